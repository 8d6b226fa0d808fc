// Package dmoj reads the problems of the DMOJ, by their init.yml:
//
//	problem, err := dmoj.Read("aplusb")
//
// The rules are those of docs.dmoj.ca, "Problem format". That format states no limits on time and memory.
package dmoj

import (
	"fmt"
	"math"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"judge/problems"
	"judge/problems/archive"
	"judge/problems/folder"
)

// FileName is that of a problem's description.
const FileName = "init.yml"

// Detect reports whether a directory holds a problem.
func Detect(dir string) bool {
	f, err := folder.Open(dir)
	return err == nil && f.IsFile(FileName)
}

// standIn is the time limit, until one is found by measuring: the format keeps limits elsewhere.
const standIn = 10 * time.Second

// Read reads the problem in a directory. Errors are *problems.Error.
func Read(dir string) (*problems.Problem, error) {
	f, err := folder.Open(dir)
	if err != nil {
		return nil, err
	}
	r := &reader{folder: f, data: f, problem: problems.Problem{
		Dir: f.Dir, Path: dir, Name: filepath.Base(f.Dir), Format: "DMOJ", NoTimeLimit: true, Limits: problems.DefaultLimits().WithTime(standIn),
		Checker: problems.Checker{CaseSensitive: true},
	}}
	r.problem.Limits.Output = problems.PlentyOfOutput
	if r.yaml, err = f.YAML(FileName); err != nil {
		return nil, err
	}
	for _, step := range []func() error{r.archive, r.tests, r.checker, r.interactive, r.signature, r.limits} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	r.problem.Remarks = r.yaml.Unknown("unbuffered", "hints", "meta", "output_prefix_length", "binary_data", "wall_time_factor", "symlinks", "pretest_test_cases")
	return &r.problem, nil
}

// reader fills a problem from its files.
type reader struct {
	folder  *folder.Folder
	data    *folder.Folder // where the tests lie
	yaml    *folder.Document
	problem problems.Problem
}

// archive unpacks the archive with the tests, if they are in one.
func (r *reader) archive() error {
	name := ""
	if err := r.yaml.Get("archive", &name); err != nil || name == "" {
		return err
	}
	file, err := r.folder.File(FileName, name)
	if err != nil {
		return err
	}
	dir, err := archive.Unpack(file, "")
	if err != nil {
		return r.yaml.Fault("archive", fmt.Sprintf("%.300q", err.Error()), "")
	}
	r.data, err = folder.Open(dir)
	return err
}

func (r *reader) limits() error {
	output := 0.0
	if err := r.yaml.Get("output_limit_length", &output); err != nil {
		return err
	}
	if output > 0 && output < 1<<40 {
		r.problem.Limits.Output = problems.Bytes(output)
	}
	var names struct{ Input, Output string }
	if err := r.yaml.Get("file_io", &names); err != nil {
		return err
	}
	if strings.Contains(names.Input+names.Output, "/") {
		return r.yaml.Fault("file_io", "the names of files lead elsewhere", "")
	}
	r.problem.Files = problems.FileNames{Input: names.Input, Output: names.Output}
	return nil
}

// program finds the source of a program; files is one name or several, the first of which is the program.
func (r *reader) program(key string, files []string) (string, error) {
	if len(files) == 0 {
		return "", r.yaml.Fault(key, key+": there are no files", "")
	}
	for _, other := range files[1:] {
		if ext := path.Ext(other); ext != ".h" && ext != ".hpp" {
			return "", r.yaml.Fault(key, key+": programs of several sources are not supported", "headers beside one source are")
		}
	}
	return r.folder.Program(FileName, files[0])
}

// bridged is a program that comes with the problem.
type bridged struct {
	Files folder.One `yaml:"files"`
	Lang  string     `yaml:"lang"`
	Type  string     `yaml:"type"`
}

func (r *reader) checker() error {
	if !r.yaml.Has("checker") {
		return nil
	}
	name := ""
	var given struct {
		Name string `yaml:"name"`
		Args struct {
			bridged   `yaml:",inline"`
			Precision *float64 `yaml:"precision"`
			Mode      string   `yaml:"error_mode"`
		} `yaml:"args"`
	}
	if r.yaml.Get("checker", &name) == nil {
		given.Name = name
	} else if err := r.yaml.Get("checker", &given); err != nil {
		return err
	}
	precision := 6.0
	if given.Args.Precision != nil {
		precision = *given.Args.Precision
	}
	e := math.Pow(10, -precision)
	c := &r.problem.Checker
	switch given.Name {
	case "standard", "easy":
		c.CaseSensitive = given.Name == "standard"
	case "floats", "floatsabs", "floatsrel":
		c.Tolerance = &problems.Tolerance{Absolute: e, Relative: e}
		switch {
		case given.Name == "floatsabs" || given.Args.Mode == "absolute":
			c.Tolerance.Relative = -1
		case given.Name == "floatsrel" || given.Args.Mode == "relative":
			c.Tolerance.Absolute = -1
		}
	case "identical":
		*c = problems.Checker{Compare: problems.Exact}
	case "rstripped":
		*c = problems.Checker{Compare: problems.Lines}
	case "bridged":
		protocols := map[string]problems.Protocol{"": problems.DMOJ, "default": problems.DMOJ, "testlib": problems.Testlib, "coci": problems.COCI, "peg": problems.PEG}
		protocol, ok := protocols[given.Args.Type]
		if !ok {
			return r.yaml.Fault("checker", fmt.Sprintf("checker: the type %q is not supported", given.Args.Type), "default, testlib, coci and peg are")
		}
		source, err := r.program("checker", given.Args.Files)
		if err != nil {
			return err
		}
		*c = problems.Checker{External: &problems.External{Path: source, Protocol: protocol}}
	default:
		return r.yaml.Fault("checker", fmt.Sprintf("the checker %q is not supported", given.Name), "standard, easy, floats, floatsabs, floatsrel, identical, rstripped and bridged are")
	}
	return nil
}

func (r *reader) interactive() error {
	for _, key := range []string{"custom_judge", "grader", "generator"} {
		if r.yaml.Has(key) {
			return r.yaml.Fault(key, key+": programs that are part of the DMOJ's own judge are not supported", "")
		}
	}
	if !r.yaml.Has("interactive") {
		return nil
	}
	var given bridged
	if err := r.yaml.Get("interactive", &given); err != nil {
		return err
	}
	if given.Type != "testlib" {
		return r.yaml.Fault("interactive", fmt.Sprintf("interactive: the type %q is not supported", given.Type), "testlib is")
	}
	source, err := r.program("interactive", given.Files)
	r.problem.Interactor = &problems.External{Path: source, Protocol: problems.Testlib}
	return err
}

// signature reads the grader of problems in which a function is submitted.
func (r *reader) signature() error {
	if !r.yaml.Has("signature_grader") {
		return nil
	}
	var given struct {
		Entry  string `yaml:"entry"`
		Header string `yaml:"header"`
	}
	if err := r.yaml.Get("signature_grader", &given); err != nil {
		return err
	}
	entry, err := r.folder.File(FileName, given.Entry)
	if err != nil {
		return err
	}
	header, err := r.folder.File(FileName, given.Header)
	if err != nil {
		return err
	}
	r.problem.Grader = &problems.Grader{Files: map[string][]string{}}
	for _, id := range []string{"c", "cpp"} {
		if id == "cpp" || path.Ext(entry) == ".c" {
			r.problem.Grader.Files[id] = []string{entry, header}
		}
	}
	return nil
}

// add puts a test into a group.
func (r *reader) add(group, input, answer string, points float64) error {
	t := problems.TestCase{Name: strings.TrimSuffix(input, path.Ext(input)), Groups: []string{group}, Points: points}
	for n := 2; slices.ContainsFunc(r.problem.Tests, func(o problems.TestCase) bool { return o.Name == t.Name }); n++ {
		t.Name = fmt.Sprintf("%s (%d)", strings.TrimSuffix(input, path.Ext(input)), n)
	}
	var err error
	if t.Input, err = r.data.File(FileName, input); err == nil {
		t.Answer, err = r.data.File(FileName, answer)
	}
	if err != nil {
		return r.yaml.Fault("test_cases", fmt.Sprintf("%q or %q is not there", input, answer), "")
	}
	r.problem.Tests = append(r.problem.Tests, t)
	return nil
}
