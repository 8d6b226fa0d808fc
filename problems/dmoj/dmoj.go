// Package dmoj reads the problems of the DMOJ, by their init.yml:
//
//	problem, err := dmoj.Read("aplusb")
//
// The rules are those of docs.dmoj.ca, "Problem format". That format states no limits on time and memory.
package dmoj

import (
	"archive/zip"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"judge/problems"
	"judge/problems/archive"
	"judge/problems/folder"
	"judge/problems/lfs"
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
		Dir: f.Dir, Path: dir, Name: filepath.Base(f.Dir), Format: "DMOJ", NoTimeLimit: true, NoSubmissions: true, Limits: problems.DefaultLimits().WithTime(standIn),
		Checker: problems.Checker{CaseSensitive: true, LineSensitive: true},
	}}
	r.problem.Limits.Output = problems.PlentyOfOutput
	defer func() { r.data.Close() }() // of the archive, if there is one; else twice
	if r.yaml, err = f.YAML(FileName); err != nil {
		return nil, err
	}
	for _, step := range []func() error{
		r.keys, r.archive, r.tests, r.normalise, r.checker, r.interactive, r.signature, r.validator, r.limits, r.suite,
	} {
		if err := step(); err != nil {
			r.problem.Close() //nolint:errcheck // the problem's fault is told
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
	folder  *folder.Folder
	data    *folder.Folder // where the tests lie
	listed  []string       // names in the archive, in its order; nil: there is none
	yaml    *folder.Document
	problem problems.Problem
	nothing string         // an empty file; "": there is none yet
	called  map[string]int // of names that tests have: the number to try next for another test of that name
	texts   []string       // files of tests whose ends of lines are the DMOJ's
	binary  []bool         // whether a test is binary data
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

// list takes the names in an archive that could be unpacked.
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

// keys refuses keys whose values are computed.
func (r *reader) keys() error {
	for _, key := range r.yaml.Keys() {
		if strings.HasSuffix(key, "+") {
			return r.computed(key, r.yaml.Fault(key, "", "").Line)
		}
	}
	return nil
}

// unused notes the keys of the DMOJ's judge that change nothing here, though something there. output_prefix_length is
// how much of an output the site shows.
func (r *reader) unused() {
	r.yaml.Has(r.key("output_prefix_length"))
	for _, one := range []struct{ key, why string }{
		{"hints", "Java is started as for every problem"},
		{"meta", "graders do not get it"},
		{"symlinks", "submissions do not find these files"},
		{"wall_time_factor", "the wall limit is the usual one"},
		{"short_circuit",
			"the DMOJ's judge does not read it either: what follows a failed case without points is skipped, and nothing else"},
		{"time_limit", "the format states no limits: write --time-limit"},
		{"memory_limit", "the format states no limits"},
	} {
		key := r.key(one.key)
		var node yaml.Node
		if !r.yaml.Has(key) || r.yaml.Get(key, &node) == nil && (node.Value == "false" ||
			node.Kind != yaml.ScalarNode && len(node.Content) == 0) {
			continue
		}
		r.remark(key, key+" is not used: "+one.why)
	}
}

func (r *reader) limits() error {
	output := 0.0
	if err := r.yaml.Get(r.key("output_limit_length"), &output); err != nil {
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
	if err := r.yaml.Get(r.key("unbuffered"), &r.problem.Unbuffered); err != nil {
		return err
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
		Entry     string               `yaml:"entry"`
		Header    string               `yaml:"header"`
		AllowMain bool                 `yaml:"allow_main"`
		Others    map[string]yaml.Node `yaml:",inline"`
	}
	if err := r.yaml.Get("signature_grader", &given); err != nil {
		return err
	}
	for name := range given.Others {
		r.remark("signature_grader", fmt.Sprintf("signature_grader: the key %q is not understood", name))
	}
	entry, err := r.folder.File(FileName, given.Entry)
	if err != nil {
		return err
	}
	header, err := r.folder.File(FileName, given.Header)
	if err != nil {
		return err
	}
	if strings.ContainsAny(given.Header, "\"\\\n") {
		return r.yaml.Fault("signature_grader", fmt.Sprintf("signature_grader: %.100q is no name of a header",
			given.Header), "")
	}
	// As dmoj/graders/signature.py has it: the header is there before the submission, and its main is not the
	// program's.
	const defined = "#define SIGNATURE_GRADER 1\n"
	before := defined + "#include \"" + path.Base(given.Header) + "\"\n"
	if !given.AllowMain {
		before += "#define main main_of_submission\n"
	}
	r.problem.Grader = &problems.Grader{
		Name: "submission", Files: map[string][]string{}, Before: defined + "#line 1\n", BeforeSubmission: before + "#line 1\n",
	}
	if strings.TrimSuffix(path.Base(entry), path.Ext(entry)) == r.problem.Grader.Name {
		r.problem.Grader.Name = "the_submission"
	}
	for _, id := range []string{"c", "cpp"} {
		if id == "cpp" || path.Ext(entry) == ".c" {
			r.problem.Grader.Files[id] = []string{entry, header}
		}
	}
	return nil
}
