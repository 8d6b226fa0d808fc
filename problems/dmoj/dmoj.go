// Package dmoj reads the problems of the DMOJ, by their init.yml:
//
//	problem, err := dmoj.Read("aplusb")
//
// The rules are those of docs.dmoj.ca, "Problem format". That format states no limits on time and memory.
package dmoj

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"
	"time"

	"judge/problems"
	"judge/problems/archive"
	"judge/problems/folder"
	"judge/problems/safefile"
)

// FileName is that of a problem's description.
const FileName = "init.yml"

// Detect reports whether a directory holds a problem.
func Detect(dir string) bool {
	f, err := folder.Open(dir)
	if err != nil {
		return false
	}
	defer f.Close()
	return f.IsFile(FileName)
}

// standIn is the time limit, until one is found by measuring: the format keeps limits elsewhere.
const standIn = 10 * time.Second

// Read reads the problem in a directory. Errors are *problems.Error.
func Read(dir string) (*problems.Problem, error) {
	f, err := folder.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := &reader{folder: f, data: f, called: map[string]int{}, problem: problems.Problem{
		Dir: f.Dir, Path: dir, Name: filepath.Base(f.Dir), Format: "DMOJ", NoTimeLimit: true, Limits: problems.DefaultLimits().WithTime(standIn),
		Checker: problems.Checker{CaseSensitive: true, LineSensitive: true},
	}}
	r.problem.Limits.Output = problems.PlentyOfOutput
	defer func() { r.data.Close() }() // of the archive, if there is one; else twice
	if r.yaml, err = f.YAML(FileName); err != nil {
		return nil, err
	}
	for _, step := range []func() error{r.archive, r.tests, r.checker, r.interactive, r.signature, r.limits, r.suite} {
		if err := step(); err != nil {
			r.problem.Close() //nolint:errcheck // the problem's fault is told
			return nil, err
		}
	}
	r.problem.Remarks = append(r.problem.Remarks, r.yaml.Unknown("unbuffered", "hints", "meta", "output_prefix_length", "binary_data", "wall_time_factor",
		"symlinks", "pretest_test_cases", "time_limit", "memory_limit")...)
	r.problem.Remarks = append(r.problem.Remarks, f.Skipped()...)
	return &r.problem, nil
}

// reader fills a problem from its files.
type reader struct {
	folder  *folder.Folder
	data    *folder.Folder // where the tests lie
	yaml    *folder.Document
	problem problems.Problem
	nothing string         // an empty file; "": there is none yet
	called  map[string]int // of names that tests have: the number to try next for another test of that name
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
	open, err := safefile.Open(file)
	if err != nil {
		return r.yaml.Fault("archive", fmt.Sprintf("%.300q", err.Error()), "")
	}
	defer open.Close()
	unpacked, err := archive.Unpack(open, "")
	if err != nil {
		return r.yaml.Fault("archive", fmt.Sprintf("%.300q", err.Error()), "")
	}
	r.problem.Held = append(r.problem.Held, unpacked)
	if unpacked.Note != "" {
		r.remark("archive", unpacked.Note)
	}
	data, err := folder.Open(unpacked.Dir)
	if err == nil {
		r.data = data
	}
	return err
}

// empty is the path of an empty file, which stands for what a test does not have.
func (r *reader) empty() (string, error) {
	if r.nothing == "" {
		unpacked, err := archive.Empty("")
		if err != nil {
			return "", err
		}
		r.problem.Held = append(r.problem.Held, unpacked)
		r.nothing = filepath.Join(unpacked.Dir, "empty")
	}
	return r.nothing, nil
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

// add puts a test into a group. One without an input reads nothing, and one without an answer has to say nothing.
func (r *reader) add(group string, c testCase, points float64) error {
	name := strings.TrimSuffix(c.In, path.Ext(c.In))
	if name == "" {
		name = fmt.Sprintf("case %d", len(r.problem.Tests)+1)
	}
	t := problems.TestCase{Name: name, Groups: []string{group}, Points: points}
	for n := max(2, r.called[name]); r.called[t.Name] > 0; n++ {
		t.Name = fmt.Sprintf("%s (%d)", name, n)
		r.called[name] = n + 1
	}
	r.called[t.Name] = max(1, r.called[t.Name])
	for _, file := range []struct {
		name string
		full *string
	}{{c.In, &t.Input}, {c.Out, &t.Answer}} {
		var err error
		switch {
		case file.name == "":
			*file.full, err = r.empty()
		case r.data != r.folder && r.folder.IsFile(file.name): // what lies beside the archive goes before what is in it
			*file.full, err = r.folder.File(FileName, file.name)
		default:
			*file.full, err = r.data.File(FileName, file.name)
		}
		if err != nil {
			return r.yaml.Fault("test_cases", fmt.Sprintf("%q is not there", file.name), "")
		}
	}
	r.problem.Tests = append(r.problem.Tests, t)
	return nil
}
