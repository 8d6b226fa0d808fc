package tps

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/kballard/go-shellquote" // the words of a shell, as the system itself splits them

	"judge/problems"
)

// dataFile lists how the tests are generated.
const dataFile = "gen/data"

// Bounds of gen/data. Inclusions can make a few lines look like any number of tests.
const (
	mostTests    = 100_000
	mostIncluded = 1_000_000 // tests of all test sets together, the included ones too
)

// data is the content of gen/data.
type data struct {
	lines    []line
	subtasks []string         // in the order of the file
	sets     map[string][]int // tests of each test set, as indexes of lines
}

// line is a line that makes a test.
type line struct {
	name   string // of the test
	words  []string
	text   string
	number int
}

// readData reads gen/data, if there is one.
func (r *reader) readData() error {
	if !r.folder.IsFileOrLink(dataFile) {
		return nil
	}
	text, err := r.folder.Read(dataFile)
	if err != nil {
		return err
	}
	d := &data{sets: map[string][]int{}}
	p := parser{reader: r, data: d, subtask: -1}
	for i, text := range strings.Split(string(text), "\n") {
		if err := p.line(strings.TrimSpace(text), i+1); err != nil {
			return err
		}
	}
	r.data = d
	return nil
}

// parser reads the lines of gen/data one after the other.
type parser struct {
	*reader
	data     *data
	set      string // the test set of the next lines
	started  bool
	subtask  int // number of the subtask, from 0; -1: the test set is not a subtask
	offset   int // number of the next test in its set, from 1
	included int
}

// line reads one line.
func (p *parser) line(text string, number int) error {
	if text == "" || strings.HasPrefix(text, "#") {
		return nil
	}
	words, err := shellquote.Split(text)
	if err != nil { // an apostrophe, not a quotation
		words = strings.Fields(text)
	}
	if len(words) == 0 {
		return nil
	}
	command := words[0]
	switch {
	case command == "@subtask" || command == "@testset":
		return p.startSet(words, number)
	case strings.HasPrefix(command, "@") && command != "@include":
		return p.folder.Fault(dataFile, number, fmt.Sprintf("unknown command %q", command),
			"use @subtask, @testset or @include")
	case !p.started:
		return p.folder.Fault(dataFile, number, "test without a subtask", "write @subtask NAME above it")
	case command == "@include":
		return p.include(words[1:], number)
	}
	if len(p.data.lines) == mostTests {
		return p.folder.Fault(dataFile, number, fmt.Sprintf("more than %d tests", mostTests), "")
	}
	p.offset++
	p.data.sets[p.set] = append(p.data.sets[p.set], len(p.data.lines))
	p.data.lines = append(p.data.lines, line{p.name(), words, text, number})
	return nil
}

// startSet begins a test set.
func (p *parser) startSet(words []string, number int) error {
	if len(words) != 2 {
		return p.folder.Fault(dataFile, number, words[0]+" needs one name", "write "+words[0]+" NAME")
	}
	p.set, p.started, p.subtask, p.offset = words[1], true, -1, 0
	p.data.sets[p.set] = nil
	if words[0] == "@subtask" {
		p.subtask = len(p.data.subtasks)
		p.data.subtasks = append(p.data.subtasks, p.set)
	}
	return nil
}

// include adds the tests that other sets have so far.
func (p *parser) include(names []string, number int) error {
	for _, name := range names {
		tests, ok := p.data.sets[name]
		if !ok {
			return p.folder.Fault(dataFile, number, fmt.Sprintf("no subtask or test set %q above this line", name), "")
		}
		if p.included += len(tests); p.included > mostIncluded {
			return p.folder.Fault(dataFile, number, fmt.Sprintf("more than %d included tests", mostIncluded), "")
		}
		p.data.sets[p.set] = append(p.data.sets[p.set], tests...)
	}
	return nil
}

// name returns the name of the test of the current line, as the system's own template makes it.
func (p *parser) name() string {
	switch {
	case strings.EqualFold(p.given.Type, "OutputOnly"):
		return fmt.Sprintf("%02d", len(p.data.lines)+1)
	case p.subtask >= 0:
		return fmt.Sprintf("%d-%02d", p.subtask, p.offset)
	default:
		return fmt.Sprintf("%s-%02d", p.set, p.offset)
	}
}

// recipes makes the tests of gen/data.
func (r *reader) recipes() error {
	first := map[string]int{}
	for _, l := range r.data.lines {
		recipe, err := r.recipe(l)
		if err != nil {
			return err
		}
		if number, twice := first[l.name]; twice {
			return recipe.Error(fmt.Sprintf("second test %q: the first is in line %d", l.name, number),
				"give the test sets different names")
		}
		first[l.name] = l.number
		r.problem.Tests = append(r.problem.Tests, problems.TestCase{Name: l.name, Recipe: recipe})
	}
	if len(r.problem.Tests) == 0 {
		return r.folder.Fault(dataFile, 0, "no tests", "add a line GENERATOR ARGUMENTS below @subtask NAME")
	}
	return nil
}

// attach adds the recipes to tests that have been generated. A line that cannot be read as one is a note: the test is
// there.
func (r *reader) attach() {
	if r.data == nil {
		return
	}
	byName, missing := r.testsByName(), 0
	for _, l := range r.data.lines {
		i, ok := byName[l.name]
		if !ok {
			missing++
			continue
		}
		recipe, err := r.recipe(l)
		if err != nil {
			r.problem.Remarks = append(r.problem.Remarks, err)
			continue
		}
		r.problem.Tests[i].Recipe = recipe
	}
	if missing > 0 {
		r.problem.Remarks = append(r.problem.Remarks, r.folder.Fault(dataFile, 0,
			fmt.Sprintf("tests that are not in tests/ are left out: %d", missing),
			"remove tests/, so that all tests are made"))
	}
}

// recipe reads a line: manual FILE, copy FILE, or a generator with its arguments.
func (r *reader) recipe(l line) (*problems.Recipe, *problems.Error) {
	recipe := &problems.Recipe{
		Command: l.text, File: r.folder.Fault(dataFile, 0, "", "").File, Row: l.number, Column: 1,
	}
	from := map[string]string{"manual": "gen/manual", "copy": "gen"}[l.words[0]]
	if from != "" {
		if len(l.words) != 2 {
			return nil, recipe.Error(l.words[0]+" needs one file", "write "+l.words[0]+" FILE")
		}
		name := path.Join(from, l.words[1])
		full, err := r.folder.File(dataFile, name)
		if err != nil {
			return nil, recipe.Error(fmt.Sprintf("no file %q", name), "add the file, or remove the line")
		}
		recipe.Input = problems.Source{Origin: problems.FromPath, Name: full}
		return recipe, nil
	}
	program, err := r.task.Program(path.Join("gen", l.words[0]))
	if err != nil || program == "" {
		return nil, recipe.Error(fmt.Sprintf("no generator gen/%s.*", l.words[0]), "add its source to gen/")
	}
	recipe.Program, recipe.Args = &problems.External{Path: program}, l.words[1:]
	recipe.Input = problems.Source{Origin: problems.FromStdout}
	return recipe, nil
}

// dataSubtasks adds the tests of gen/data to their subtasks. It returns the number of tests of each subtask.
func (r *reader) dataSubtasks() (map[string]int, error) {
	sizes := map[string]int{}
	for _, name := range slices.Compact(slices.Sorted(slices.Values(r.data.subtasks))) {
		if _, ok := r.subtasks[name]; !ok {
			r.problem.Remarks = append(r.problem.Remarks, r.folder.Fault(dataFile, 0,
				fmt.Sprintf("the subtask %q is not in %s: its tests score nothing", name, subtasksFile),
				"add it there"))
			continue
		}
		seen := map[int]bool{}
		for _, i := range r.data.sets[name] {
			if !seen[i] {
				seen[i] = true
				r.problem.Tests[i].Groups = append(r.problem.Tests[i].Groups, name)
				sizes[name]++
			}
		}
	}
	return sizes, nil
}
