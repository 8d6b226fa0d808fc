// Package dmoj reads the problems of the DMOJ, by their init.yml:
//
//	problem, err := dmoj.Read("aplusb")
//
// The rules are those of docs.dmoj.ca, "Problem format", and of judge-server, which reads the format. The format states
// no limits on time and memory.
package dmoj

import (
	"archive/zip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"judge/problems"
	"judge/problems/archive"
	"judge/problems/folder"
	"judge/problems/lfs"
	"judge/problems/safefile"
)

// FileName is the name of the file that describes a problem.
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

// Read reads the problem in a directory. Errors are *problems.Error. The caller closes the problem.
func Read(dir string) (*problems.Problem, error) {
	f, err := folder.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := &reader{folder: f, data: f, called: map[string]int{}, generators: map[int]*problems.External{}}
	r.problem = problems.Problem{
		Dir: f.Dir, Path: dir, Name: filepath.Base(f.Dir), Format: "DMOJ", NoTimeLimit: true, NoSubmissions: true,
		Limits: problems.DefaultLimits(), Checker: problems.Checker{CaseSensitive: true, LineSensitive: true},
		Define: "ONLINE_JUDGE",
	}
	defer func() { r.data.Close() }() // without an archive it is f; closing f twice is allowed
	if r.yaml, err = f.YAML(FileName); err != nil {
		return nil, err
	}
	for _, step := range []func() error{
		r.keys, r.archive, r.tests, r.normalise, r.checker, r.interactive, r.ownCheckers, r.signature, r.validator,
		r.limits, r.suite,
	} {
		if err := step(); err != nil {
			r.problem.Close() //nolint:errcheck // the first error is returned
			return nil, err
		}
	}
	r.unused()
	r.problem.Remarks = append(r.problem.Remarks, r.yaml.Unknown()...)
	r.problem.Remarks = append(r.problem.Remarks, f.Notes()...)
	return &r.problem, nil
}

// reader fills a problem from its files.
type reader struct {
	folder     *folder.Folder
	data       *folder.Folder // where the tests are
	listed     []string       // names in the archive, in its order; nil: there is no archive
	yaml       *folder.Document
	problem    problems.Problem
	generators map[int]*problems.External // by the places of their values
	nothing    string                     // path of an empty file; "" until it is needed
	called     map[string]int             // next number for another test of the same name
	texts      []string                   // test files whose line ends are converted
	binary     []bool                     // whether a test is binary data
	configs    []*config                  // values of the tests
	before     int                        // number of pretests, which come first
}

// archive unpacks the archive of the tests, if there is one.
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
	if errors.Is(err, lfs.ErrPointer) {
		return r.folder.Fault(name, 0, err.Error(), lfs.Hint)
	}
	if err != nil {
		return r.yaml.Fault("archive", fmt.Sprintf("%.300q", err.Error()), "")
	}
	r.problem.Held = append(r.problem.Held, unpacked)
	if unpacked.Note != "" {
		r.remark("archive", unpacked.Note)
	}
	for _, note := range unpacked.Notes {
		r.remark("archive", note)
	}
	data, err := folder.Open(unpacked.Dir)
	if err != nil {
		return err
	}
	r.data = data
	return r.list(open)
}

// list reads the names in an unpacked archive.
func (r *reader) list(file *os.File) error {
	info, err := file.Stat()
	if err != nil {
		return r.yaml.Fault("archive", fmt.Sprintf("%.300q", err.Error()), "")
	}
	content, err := zip.NewReader(file, info.Size())
	if err != nil {
		return r.yaml.Fault("archive", fmt.Sprintf("%.300q", err.Error()), "")
	}
	r.listed = []string{}
	for _, f := range content.File {
		if !strings.HasSuffix(f.Name, "/") {
			r.listed = append(r.listed, f.Name)
		}
	}
	return nil
}

// empty returns the path of an empty file, for tests without an input or an answer.
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

// keys rejects keys with computed values.
func (r *reader) keys() error {
	for _, key := range r.yaml.Keys() {
		if strings.HasSuffix(key, "+") {
			return r.computed(key, r.yaml.Fault(key, "", "").Line)
		}
	}
	return nil
}
