package cms

import (
	"fmt"
	"strconv"
	"strings"

	"judge/problems"
)

// genFile is the file that lists the tests of an Italian task, and how they are made.
const genFile = "gen/GEN"

// subtask is an entry of gen/GEN: the points for a number of tests.
type subtask struct {
	name   string // may be empty
	points float64
	tests  int
}

// entry is a test of gen/GEN: arguments of the generator, or a file of the task.
type entry struct {
	args         []string
	file         string // relative to the task's directory; "": the generator makes it
	line, column int
	text         string
}

// gen reads gen/GEN. A line is a test, and #COPY: FILE, too. #ST: POINTS begins a subtask, and #STNAME: NAME names
// it, as in task-maker. Other comments are ignored.
func (r *reader) gen() (subtasks []subtask, tests []entry, err error) {
	if !r.folder.IsFile(genFile) {
		return nil, nil, nil
	}
	data, err := r.folder.Read(genFile)
	if err != nil {
		return nil, nil, err
	}
	for i, line := range strings.Split(string(data), "\n") {
		command, comment, _ := strings.Cut(strings.TrimSpace(line), "#")
		comment = strings.TrimSpace(comment)
		points, begins := strings.CutPrefix(comment, "ST:")
		called, named := strings.CutPrefix(comment, "STNAME:")
		file, copied := strings.CutPrefix(comment, "COPY:")
		made := entry{line: i + 1, text: strings.TrimSpace(command)}
		switch {
		case named && len(subtasks) > 0:
			called, _, _ = strings.Cut(called, "#")
			subtasks[len(subtasks)-1].name = strings.TrimSpace(called)
			continue
		case begins:
			value, err := strconv.ParseFloat(strings.TrimSpace(points), 64)
			if err != nil || !(value >= 0) || subtasks == nil && tests != nil {
				return nil, nil, r.folder.Fault(genFile, i+1, "expected #ST: POINTS before the first test", "")
			}
			subtasks = append(subtasks, subtask{points: value})
			continue
		case made.text != "":
			made.args = strings.Fields(command)
		case copied:
			file, _, _ = strings.Cut(file, "#")
			if made.file = strings.TrimSpace(file); made.file == "" {
				return nil, nil, r.folder.Fault(genFile, i+1, "#COPY: without a file", "write #COPY: FILE")
			}
			made.text = "#COPY: " + made.file
		default:
			continue
		}
		made.column = len(line) - len(strings.TrimLeft(line, " \t")) + 1
		tests = append(tests, made)
		if len(subtasks) > 0 {
			subtasks[len(subtasks)-1].tests++
		}
	}
	return subtasks, tests, nil
}

// italianTests reads the first n tests: their files, and the lines of gen/GEN that make them.
func (r *reader) italianTests(n int, entries []entry) error {
	if len(entries) != n {
		entries = nil // it lists other tests
	}
	for i := range n {
		t := problems.TestCase{Name: fmt.Sprintf("%03d", i)}
		input, answer := fmt.Sprintf("input/input%d.txt", i), fmt.Sprintf("output/output%d.txt", i)
		if entries == nil || r.folder.IsFileOrLink(input) {
			full, err := r.folder.File("input", input)
			if err != nil {
				return err
			}
			t.Input, t.Listed.Input = full, input
		}
		if r.folder.IsFileOrLink(answer) {
			full, err := r.folder.File("output", answer)
			if err != nil {
				return err
			}
			t.Answer, t.Listed.Answer = full, answer
		}
		if err := r.italianRecipe(&t, i, entries); err != nil {
			return err
		}
		r.problem.Tests = append(r.problem.Tests, t)
	}
	return nil
}

// italianRecipe sets the recipe of a test: its line of gen/GEN, or an input without an answer.
func (r *reader) italianRecipe(t *problems.TestCase, i int, entries []entry) error {
	made := problems.Recipe{File: r.folder.Fault(genFile, 0, "", "").File}
	switch {
	case entries != nil:
		e := entries[i]
		made.Command, made.Line, made.Row, made.Column = e.text, e.text, e.line, e.column
		err := r.italianInput(&made, e)
		if err != nil && t.Input == "" {
			return err
		}
		if err != nil && t.Answer != "" {
			return nil // both are files
		}
		if err != nil {
			made.Program, made.Input = nil, problems.Source{Origin: problems.FromPath, Name: t.Input}
		}
	case t.Answer == "":
		made.Command, made.File = t.Listed.Input, r.folder.Fault(t.Listed.Input, 0, "", "").File
		made.Line, made.Input = made.Command, problems.Source{Origin: problems.FromPath, Name: t.Input}
	default:
		return nil
	}
	if t.Answer != "" {
		made.Answer = problems.Source{Origin: problems.FromPath, Name: t.Answer}
	}
	t.Recipe = &made
	return nil
}

// italianInput sets what makes the input of a test.
func (r *reader) italianInput(made *problems.Recipe, e entry) error {
	if e.file != "" {
		full, err := r.folder.File(genFile, e.file)
		if err != nil {
			return made.Error(fmt.Sprintf("%.200q is not a file of the task", e.file),
				"write a path relative to the task's directory")
		}
		made.Input = problems.Source{Origin: problems.FromPath, Name: full}
		return nil
	}
	if r.folder.Target("gen/generatore.sh") == "/bin/echo" {
		text := strings.Join(e.args, " ") + "\n"
		made.Input = problems.Source{Origin: problems.FromText, Name: text}
		return nil
	}
	if r.generator == nil {
		full, err := r.program("gen/generator", "gen/generatore")
		if err != nil {
			return err
		}
		if full == "" {
			return made.Error("no generator makes this test", "add gen/generator.* or gen/generatore.*")
		}
		r.generator = &problems.External{Path: full}
	}
	made.Program, made.Args = r.generator, e.args
	made.Input = problems.Source{Origin: problems.FromStdout}
	return nil
}

// groupTests assigns the tests to the subtasks of gen/GEN.
func (r *reader) groupTests(subtasks []subtask) error {
	if n := len(subtasks); n > mostSubtasks {
		return r.folder.Fault(genFile, 0, fmt.Sprintf("%d subtasks: expected at most %d", n, mostSubtasks), "")
	}
	next, names := 0, groupNames(subtasks)
	r.numbers = map[string]int{}
	for i, s := range subtasks {
		if s.tests == 0 {
			continue
		}
		g := &problems.Scoring{Name: names[i], Points: s.points}
		r.numbers[g.Name] = i + 1
		for range s.tests {
			r.problem.Tests[next].Groups = []string{g.Name}
			next++
		}
		r.groups = append(r.groups, g)
	}
	return nil
}
