package polygon

import (
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"judge/problems"
	"judge/problems/polygon/script"
	"judge/problems/recipe"
)

// test is a test of a test set.
type test struct {
	Points   float64 `xml:"points,attr"`
	Group    string  `xml:"group,attr"`
	Sample   bool    `xml:"sample,attr"`
	Method   string  `xml:"method,attr"`
	Command  string  `xml:"cmd,attr"`
	FromFile string  `xml:"from-file,attr"`

	offset int // behind its tag
}

// UnmarshalXML reads a test and remembers where it is.
func (t *test) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	type plain test
	t.offset = int(d.InputOffset())
	return d.DecodeElement((*plain)(t), &start)
}

// generated reports whether a generator makes the test.
func (t *test) generated() bool { return t.Command != "" || t.Method == "generated" }

// inFile reports whether the generator writes the test to a file instead of to stdout.
func (t *test) inFile() bool { return t.FromFile != "" && t.FromFile != "false" }

// place returns the line and the column of the test's tag in problem.xml.
func (r *reader) place(t *test) (row, column int) {
	at := strings.LastIndex(r.text[:min(t.offset, len(r.text))], "<test")
	if at < 0 {
		return 0, 0
	}
	if r.lines == nil {
		r.lines = []int{0}
		for i := range len(r.text) {
			if r.text[i] == '\n' {
				r.lines = append(r.lines, i+1)
			}
		}
	}
	row, begins := slices.BinarySearch(r.lines, at)
	if !begins {
		row--
	}
	return row + 1, at - r.lines[row] + 1
}

// faultAt returns an error at a test.
func (r *reader) faultAt(t *test, msg, hint string) error {
	fault := r.folder.Fault(FileName, 0, msg, hint)
	fault.Line, fault.Col = r.place(t)
	return fault
}

// command is the command that makes a test, and where it is.
type command struct {
	text  string
	file  string // it writes the test to a file of this name, in one of its spellings; "": to stdout
	place problems.Recipe
}

// commands returns the commands of a test set's generated tests by their indices.
func (r *reader) commands(set testset) (map[int]command, error) {
	all := map[int]command{}
	lacking := map[int]bool{}
	for i := range set.Tests {
		t := &set.Tests[i]
		switch {
		case t.Command != "":
			c := command{text: t.Command, place: problems.Recipe{File: r.folder.Fault(FileName, 0, "", "").File}}
			c.place.Row, c.place.Column = r.place(t)
			if t.inFile() {
				c.file = t.FromFile
				if !strings.ContainsAny(c.file, "0123456789") {
					c.file = strconv.Itoa(i + 1)
				}
			}
			all[i] = c
		case t.Method == "generated":
			lacking[i] = true
		}
	}
	if len(lacking) == 0 {
		return all, nil
	}
	return all, r.scripted(set, all, lacking)
}

// scriptFiles lists where a package may hold the script of its tests. Polygon writes the commands to problem.xml.
func scriptFiles() []string {
	var all []string
	for _, dir := range []string{"", "files", "tests", "doc", "documents", "scripts", "script"} {
		for _, name := range []string{"script", "script.txt", "script.ftl", "tests.script", "generator-script.txt"} {
			all = append(all, path.Join(dir, name))
		}
	}
	return all
}

// scripted adds the commands of the script's tests to all.
func (r *reader) scripted(set testset, all map[int]command, lacking map[int]bool) error {
	i := slices.IndexFunc(scriptFiles(), r.folder.IsFile)
	if i < 0 {
		return nil // it counts only if files are missing
	}
	name := scriptFiles()[i]
	data, err := r.folder.Read(name)
	if err != nil {
		return err
	}
	lines, err := script.Read(string(data))
	if err == nil {
		var taken []int
		for i := range set.Tests {
			if !lacking[i] {
				taken = append(taken, i+1)
			}
		}
		err = script.Number(lines, taken)
	}
	if fault, ok := errors.AsType[*script.Error](err); ok {
		at := r.folder.Fault(name, fault.Row, fault.Msg, fault.Hint)
		at.Col = fault.Column
		return at
	}
	file := r.folder.Fault(name, 0, "", "").File
	for _, l := range lines {
		c := command{text: l.Command, place: problems.Recipe{File: file, Row: l.Place.Row, Column: l.Place.Column}}
		for _, n := range l.Tests {
			if n > len(set.Tests) {
				return c.place.Error(fmt.Sprintf("test %d of %d in problem.xml", n, len(set.Tests)),
					"download the package again: its script is of another revision")
			}
			if l.File {
				c.file = strconv.Itoa(n)
			}
			all[n-1] = c
		}
	}
	return nil
}

// recipe returns the recipe of a command.
func (r *reader) recipe(c command) (*problems.Recipe, error) {
	made := c.place
	made.Command, made.Line = c.text, c.text
	words, err := recipe.Words(c.text)
	if hint, ok := errors.AsType[*problems.HintError](err); ok {
		return nil, made.Error(hint.Msg, hint.Hint)
	}
	if err != nil || len(words) == 0 {
		return nil, made.Error("no generator in the command", "write GENERATOR ARG...")
	}
	if made.Program, err = r.generator(words[0], &made); err != nil {
		return nil, err
	}
	made.Args = words[1:]
	made.Input = problems.Source{Origin: problems.FromStdout}
	if c.file != "" {
		made.Input = problems.Source{Origin: problems.FromRunFile, Name: c.file}
	}
	return &made, nil
}

// generator returns the program of a name: one of the executables by its name without an extension, or else the one
// source of that name in files/.
func (r *reader) generator(name string, at *problems.Recipe) (*problems.External, error) {
	if known, ok := r.generators[name]; ok {
		return known, nil
	}
	bare := strings.TrimSuffix(name, ".exe")
	var paths []string
	for _, e := range r.given.Executables {
		if own := path.Base(e.Source.Path); own == bare || strings.TrimSuffix(own, path.Ext(own)) == bare {
			paths = append(paths, e.Source.Path)
		}
	}
	if paths == nil {
		files, err := r.folder.Files("files")
		if err != nil {
			return nil, err
		}
		for _, own := range files {
			stem := strings.TrimSuffix(own, path.Ext(own))
			if isSource := slices.Contains(sources(), path.Ext(own)); isSource && (own == bare || stem == bare) {
				paths = append(paths, path.Join("files", own))
			}
		}
	}
	if paths = slices.Compact(paths); len(paths) != 1 {
		what := fmt.Sprintf("the package has no generator %.80q", name)
		if len(paths) > 1 {
			what = fmt.Sprintf("the generator %.80q is ambiguous: %s and %s", name, paths[0], paths[1])
		}
		return nil, at.Error(what, "add its source to files/ and to the executables of problem.xml")
	}
	full, err := r.folder.Program(FileName, paths[0])
	if err != nil {
		return nil, err
	}
	r.generators[name] = &problems.External{Path: full}
	return r.generators[name], nil
}

// sources lists the extensions of generators that no executable names.
func sources() []string {
	return []string{".cpp", ".cc", ".c", ".java", ".py", ".pas", ".dpr", ".kt", ".go", ".rs", ".js", ".rb"}
}

// filesOfRuns completes the names of the files that generators leave. Of test 5 it is 5, 05 or 005, and only the run
// decides which.
func (r *reader) filesOfRuns() {
	type run struct{ program, args string }
	var order []run
	recipes := map[run][]*problems.Recipe{}
	for _, t := range r.problem.Tests {
		if t.Recipe == nil || t.Recipe.Input.Origin != problems.FromRunFile || t.Input != "" {
			continue
		}
		key := run{t.Recipe.Program.Path, strings.Join(t.Recipe.Args, "\x00")}
		if recipes[key] == nil {
			order = append(order, key)
		}
		recipes[key] = append(recipes[key], t.Recipe)
	}
	for _, key := range order {
		tests := recipes[key]
		r.problem.Batches = append(r.problem.Batches, problems.Batch{
			Recipe: *tests[0], Complete: func(files []string) error { return foundAs(tests, files) },
		})
	}
}

// foundAs sets the names under which a run left the inputs of tests.
func foundAs(tests []*problems.Recipe, files []string) error {
	for _, t := range tests {
		name := t.Input.Name
		i := slices.IndexFunc([]string{name, "0" + name, "00" + name},
			func(name string) bool { return slices.Contains(files, name) })
		if i < 0 {
			return t.Error(fmt.Sprintf("%.80q leaves no file %s, 0%[2]s or 00%[2]s", t.Command, name),
				"let the generator write each test to a file with its number")
		}
		t.Input.Name = strings.Repeat("0", i) + name
	}
	return nil
}
