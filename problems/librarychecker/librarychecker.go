// Package librarychecker reads problems in the format of library-checker-problems: info.toml with generators in gen/,
// solutions in sol/, and a checker and a verifier that use testlib.h.
//
//	problem, err := librarychecker.Read("sample/aplusb")
//
// The rules are those of that repository's own generate.py.
package librarychecker

import (
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2" // its errors have lines and columns

	"judge/problems"
	"judge/problems/folder"
)

// FileName is the name of a problem's description.
const FileName = "info.toml"

// hashFile has the digests of all inputs and answers.
const hashFile = "hash.json"

// Bounds of a problem.
const (
	mostTests   = 100_000
	mostSeconds = 86400
)

// Limits of the site, which problems do not state.
const (
	siteMemory = 1024 * problems.MiB
	siteCode   = 1024 * problems.KiB
)

// Detect reports whether a directory holds a problem. Other tools have files of the same name.
func Detect(dir string) bool {
	f, err := folder.Open(dir)
	if err != nil {
		return false
	}
	defer f.Close()
	return f.IsFile(FileName) && (f.IsDir("gen") || f.IsDir("sol") || f.IsFile("verifier.cpp"))
}

// info is the content of info.toml, as far as it is used.
type info struct {
	Title     string         `toml:"title"`
	TimeLimit float64        `toml:"timelimit"` // seconds
	Checker   string         `toml:"checker"`
	Verifier  string         `toml:"verifier"`
	Tests     []generated    `toml:"tests"`
	Solutions []solution     `toml:"solutions"`
	Params    map[string]any `toml:"params"`
}

// generated are the tests of one generator, or of one series of files.
type generated struct {
	Name   string `toml:"name"`
	Number int    `toml:"number"`
}

// reader fills a problem.
type reader struct {
	folder  *folder.Folder
	problem *problems.Problem
	given   info
	rows    []int // of [[tests]]; nil: unknown
	hashes  map[string]string
}

// Read reads the problem in a directory. Errors are *problems.Error.
func Read(dir string) (*problems.Problem, error) {
	f, err := folder.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := &reader{folder: f, problem: &problems.Problem{
		Dir: f.Dir, Path: dir, Name: filepath.Base(f.Dir), Format: "library-checker", Limits: limits(),
		ValidatesInputs: true,
	}}
	for _, step := range []func() error{
		r.info, r.limits, r.readHashes, r.tests, r.programs, r.headers, r.solutions,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	r.problem.Remarks = append(r.problem.Remarks, f.Notes()...)
	return r.problem, nil
}

// limits returns the limits of problems that state none.
func limits() problems.Limits {
	l := problems.DefaultLimits()
	l.Output, l.Memory, l.Code = problems.PlentyOfOutput, siteMemory, siteCode
	return l
}

// info reads info.toml.
func (r *reader) info() error {
	data, err := r.folder.Read(FileName)
	if err != nil {
		return err
	}
	if err := toml.Unmarshal(data, &r.given); err != nil {
		fault := r.folder.Fault(FileName, 0, fmt.Sprintf("%.200q", err.Error()), "")
		if at, ok := errors.AsType[*toml.DecodeError](err); ok {
			fault.Line, fault.Col = at.Position()
		}
		return fault
	}
	for _, at := range regexp.MustCompile(`(?m)^[ \t]*\[\[[ \t]*tests[ \t]*\]\]`).FindAllIndex(data, -1) {
		r.rows = append(r.rows, 1+strings.Count(string(data[:at[0]]), "\n"))
	}
	if len(r.rows) != len(r.given.Tests) {
		r.rows = nil
	}
	return nil
}

// limits reads the name and the time limit.
func (r *reader) limits() error {
	if r.given.Title != "" {
		r.problem.Name = r.given.Title
	}
	seconds := r.given.TimeLimit
	if seconds == 0 {
		return r.folder.Fault(FileName, 0, `the key "timelimit" is missing`, "write timelimit = SECONDS")
	}
	if !(seconds > 0 && seconds <= mostSeconds) {
		return r.folder.Fault(FileName, 0, fmt.Sprintf("timelimit %v is out of range", seconds), "")
	}
	r.problem.Limits = r.problem.Limits.WithTime(time.Duration(seconds * float64(time.Second)))
	return nil
}

// readHashes reads hash.json: SHA-256 of the content of each file, by its name.
func (r *reader) readHashes() error {
	if !r.folder.IsFileOrLink(hashFile) {
		return nil
	}
	data, err := r.folder.Read(hashFile)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, &r.hashes); err != nil {
		return r.folder.Fault(hashFile, 0, fmt.Sprintf("%.200q", err.Error()), "generate it again")
	}
	return nil
}

// tests reads [[tests]].
func (r *reader) tests() error {
	seen := map[string]bool{}
	for i, g := range r.given.Tests {
		fault := func(msg, hint string) error {
			fault := r.folder.Fault(FileName, r.row(i), msg, hint)
			fault.Col = 1
			if fault.Line == 0 {
				fault.Col = 0
			}
			return fault
		}
		ext := path.Ext(g.Name)
		switch {
		case ext != ".cpp" && ext != ".in" || path.Base(g.Name) != g.Name:
			return fault(fmt.Sprintf("%q is not a generator", g.Name), "name a file gen/NAME.cpp, or NAME.in")
		case g.Number < 0 || g.Number > mostTests-len(r.problem.Tests):
			return fault(fmt.Sprintf("%d tests: expected 0 to %d in all", g.Number, mostTests), "")
		}
		for n := range g.Number {
			t, err := r.test(g, n, r.row(i))
			if err != nil {
				return err
			}
			if seen[t.Name] {
				return fault(fmt.Sprintf("second test %q", t.Name), "give the generators different names")
			}
			seen[t.Name] = true
			r.problem.Tests = append(r.problem.Tests, t)
		}
	}
	if len(r.problem.Tests) == 0 {
		return r.folder.Fault(FileName, 0, "no tests", "add [[tests]] with a name and a number")
	}
	return nil
}

// row returns the line of an element of [[tests]]; 0: it is unknown.
func (r *reader) row(i int) int {
	if r.rows == nil {
		return 0
	}
	return r.rows[i]
}

// test returns the test of a generator with a number, which is also the generator's seed.
func (r *reader) test(g generated, number, row int) (t problems.TestCase, err error) {
	stem := strings.TrimSuffix(g.Name, path.Ext(g.Name))
	t.Name = fmt.Sprintf("%s_%02d", stem, number)
	t.Sample = stem == "example"
	recipe := &problems.Recipe{
		InputSHA256: r.hashes[t.Name+".in"], AnswerSHA256: r.hashes[t.Name+".out"],
		File: r.folder.Fault(FileName, 0, "", "").File, Row: row, Column: min(row, 1),
	}
	t.Recipe = recipe
	if path.Ext(g.Name) == ".in" {
		name := path.Join("gen", t.Name+".in")
		full, err := r.folder.File(FileName, name)
		if err != nil {
			return t, recipe.Error(fmt.Sprintf("no file %q", name), "add the file, or lower the number of tests")
		}
		recipe.Input, recipe.Command = problems.Source{Origin: problems.FromPath, Name: full}, name
	} else {
		name := path.Join("gen", g.Name)
		full, err := r.folder.File(FileName, name)
		if err != nil {
			return t, recipe.Error(fmt.Sprintf("no generator %q", name), "add its source")
		}
		recipe.Program = &problems.External{Path: full}
		recipe.Args = []string{fmt.Sprint(number)}
		recipe.Input = problems.Source{Origin: problems.FromStdout}
		recipe.Command, recipe.Line = fmt.Sprintf("%s %d", name, number), name+" 0 to "+fmt.Sprint(g.Number-1)
		recipe.Seeded = true
		r.draw(recipe)
	}
	return t, r.files(&t)
}

// draw makes a generator the one that random tests are drawn from, if it is the best for that: small tests fail as
// well as large ones, and are easier to read.
func (r *reader) draw(recipe *problems.Recipe) {
	rank := func(name string) int {
		name = path.Base(name)
		switch {
		case strings.Contains(name, "small"):
			return 2
		case strings.Contains(name, "random") && !strings.Contains(name, "max"):
			return 1
		default:
			return 0
		}
	}
	if now := r.problem.Stress; now != nil && rank(now.Program.Path) >= rank(recipe.Program.Path) {
		return
	}
	from := *recipe
	from.Args, from.Command = nil, recipe.Command[:strings.LastIndex(recipe.Command, " ")]+" {seed}"
	from.InputSHA256, from.AnswerSHA256 = "", ""
	r.problem.Stress = &problems.Template{Program: recipe.Program, Words: []string{"{seed}"}, Recipe: from}
}

// files sets the files of a test that has been made: in/NAME.in and out/NAME.out.
func (r *reader) files(t *problems.TestCase) (err error) {
	listed := problems.Pair{Input: "in/" + t.Name + ".in", Answer: "out/" + t.Name + ".out"}
	if !r.folder.IsFile(listed.Input) || !r.folder.IsFile(listed.Answer) {
		return nil
	}
	t.Listed = listed
	if t.Input, err = r.folder.File(FileName, listed.Input); err != nil {
		return err
	}
	t.Answer, err = r.folder.File(FileName, listed.Answer)
	return err
}
