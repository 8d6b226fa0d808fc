package generate

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/text"
)

// Failure is the fault of a generator, a model solution or a validator: what was run for which test, and how it ended.
type Failure struct {
	Recipe *problems.Recipe // nil: the test has none
	Test   string           // "": all tests of the run
	Doing  string           // "generator random.py --n 10 --seed 7", "model solution sol.cpp"
	How    string           // "RTE exit 1", "not deterministic: two runs wrote different inputs"
	Stderr string           // its last lines, cleaned; "": none
	Hint   string
}

// Error returns the lines of the failure.
func (f *Failure) Error() string { return strings.Join(f.Lines(), "\n") }

// Lines returns the lines of Error: the place, the test, the command and how it ended; the last lines of stderr; the
// hint.
func (f *Failure) Lines() []string {
	words := f.Message()
	if f.Recipe != nil && f.Recipe.File != "" {
		words = f.Recipe.Error(words, "").Error()
	}
	lines := []string{words}
	for line := range strings.Lines(f.Stderr) {
		lines = append(lines, "  "+strings.TrimRight(line, "\n"))
	}
	if f.Hint != "" {
		lines = append(lines, "hint: "+text.Line(f.Hint))
	}
	return lines
}

// Message returns the first line of the failure without its place.
func (f *Failure) Message() string {
	words := text.Line(f.Doing) + ": " + text.Line(f.How)
	if f.Test != "" {
		words = "test " + text.Line(f.Test) + ": " + words
	}
	return words
}

// Failures are all failures of one making, in the order of the tests.
type Failures []*Failure

// Error returns the lines of all failures.
func (f Failures) Error() string { return strings.Join(f.Lines(), "\n") }

// Lines returns the lines of Error.
func (f Failures) Lines() (lines []string) {
	for _, one := range f {
		lines = append(lines, one.Lines()...)
	}
	return lines
}

// Unwrap returns the failures.
func (f Failures) Unwrap() []error {
	var all []error
	for _, one := range f {
		all = append(all, one)
	}
	return all
}

// maxStderr bounds the lines of stderr in a failure, and maxLine the bytes of each.
const (
	maxStderr = 8
	maxLine   = 200
)

// lastLines returns the last lines of a program's stderr, cleaned.
func lastLines(stderr []byte) string {
	all := strings.Split(strings.TrimRight(string(stderr), "\r\n\t "), "\n")
	all = all[max(0, len(all)-maxStderr):]
	for i, line := range all {
		all[i] = text.CutLine(strings.TrimRight(line, "\r"), maxLine)
	}
	return strings.Join(slices.DeleteFunc(all, func(line string) bool { return line == "" }), "\n")
}

// doing describes the run of a recipe.
func doing(r *problems.Recipe) string {
	if r.Program == nil {
		return "recipe"
	}
	words := []string{"generator", filepath.Base(r.Program.Path)}
	for _, arg := range argsOf(r) {
		words = append(words, quoted(arg))
	}
	return text.CutLine(strings.Join(words, " "), maxDoing)
}

// maxDoing bounds the description of a run, in bytes.
const maxDoing = 300

// quoted returns an argument so that its bounds can be seen.
func quoted(arg string) string {
	if arg == "" || strings.ContainsAny(arg, " \t\n\"'") {
		return fmt.Sprintf("%q", arg)
	}
	return arg
}

// argsOf returns the arguments of a recipe's program.
func argsOf(r *problems.Recipe) []string { return slices.Concat(r.Program.Args, r.Args) }
