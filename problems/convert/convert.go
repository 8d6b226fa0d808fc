// Package convert writes a problem in another format: as a native spec, or as a package of the ICPC format.
//
//	lost, err := convert.Native(problem, "out")
//	lost, err := convert.ICPC(problem, "out")
//
// lost lists what the target format cannot express. If that would change how the problem is judged, the conversion
// fails and writes nothing.
package convert

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"judge/problems"
	"judge/problems/safefile"
)

// output is a directory that is being filled. It is new or empty, so that nothing is overwritten.
type output struct {
	problem *problems.Problem
	dir     string
	root    *safefile.Dir
	lost    []string
	copied  map[string]string // destinations by source
	written []written         // submissions
	used    map[string]bool   // entries of the problem's directory that were copied, at least in part
	built   map[string]string // the script that builds the programs of a directory
	cases   []dataCase        // of an ICPC package

	settings map[string]groupYAML // of the directories of an ICPC package

	constants *strings.Replacer // expands constants in programs; nil if the target format has constants
}

// written is a copied submission.
type written struct {
	problems.Submission
	name string // path in the output
}

// create creates the directory, which must be missing or empty.
func create(p *problems.Problem, dir string) (*output, error) {
	if p.Headers != nil {
		return nil, fmt.Errorf("convert %s: the target format cannot express headers outside of the directory "+
			"of a source", p.Path)
	}
	root, err := safefile.Created(dir)
	if err != nil {
		return nil, fmt.Errorf("convert: %w", err)
	}
	entries, err := root.List()
	if err == nil && len(entries) > 0 {
		err = fmt.Errorf("%s is not empty: expected a new directory", dir)
	}
	if err != nil {
		return nil, fmt.Errorf("convert: %w", errors.Join(err, root.Close()))
	}
	return &output{problem: p, dir: dir, root: root, copied: map[string]string{}, used: map[string]bool{},
		built: map[string]string{}}, nil
}

// close finishes the conversion. After an error it removes everything that was written.
func (o *output) close(err error) ([]string, error) {
	if err == nil {
		return o.lost, o.root.Close()
	}
	if names, failed := o.root.List(); failed == nil {
		for _, name := range names {
			o.root.RemoveAll(name) //nolint:errcheck // the first error is returned
		}
	}
	os.Remove(o.dir) //nolint:errcheck // it is empty
	o.root.Close()   //nolint:errcheck // the first error is returned
	return o.lost, fmt.Errorf("convert %s: %w", o.problem.Path, err)
}

// lose notes something that the target format cannot express.
func (o *output) lose(format string, args ...any) {
	if words := fmt.Sprintf(format, args...); !slices.Contains(o.lost, words) {
		o.lost = append(o.lost, words)
	}
}

// loseDefine notes a macro of the compiler, which no target format defines, if it may matter.
func (o *output) loseDefine() {
	compiled := func(s problems.Submission) bool {
		return slices.Contains([]string{".c", ".cc", ".cpp", ".cxx", ".pas"}, filepath.Ext(s.Path))
	}
	if o.problem.Define != "" && slices.ContainsFunc(o.problem.Submissions, compiled) {
		o.lose("the compiler macro %s", o.problem.Define)
	}
}

// write writes a file.
func (o *output) write(name string, data []byte) error { return o.writeMode(name, data, 0o644) }

// writeMode writes a file with a mode.
func (o *output) writeMode(name string, data []byte, mode fs.FileMode) error {
	if err := o.root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	file, err := o.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	return errors.Join(err, file.Close())
}

// yaml writes a document.
func (o *output) yaml(name string, document any) error {
	data, err := yaml.Marshal(document)
	if err != nil {
		return err
	}
	return o.write(name, data)
}

// tests copies the tests into a directory and returns the paths of their inputs.
func (o *output) tests(dir string, name func(problems.TestCase) string) ([]string, error) {
	var inputs []string
	for _, t := range o.problem.Tests {
		stem := path.Join(dir, name(t))
		if !filepath.IsLocal(stem) {
			return nil, fmt.Errorf("test %q: its name leads out of the directory", t.Name)
		}
		if err := errors.Join(o.copyFile(t.Input, stem+".in"), o.copyFile(t.Answer, stem+".ans")); err != nil {
			return nil, fmt.Errorf("test %s: %w", t.Name, err)
		}
		inputs = append(inputs, stem+".in")
	}
	return inputs, nil
}

// within returns a submission's path beneath the problem's directory, without the directory of all submissions.
func (o *output) within(p string) string {
	relative, err := filepath.Rel(o.problem.Dir, p)
	if err != nil || !filepath.IsLocal(relative) {
		return filepath.Base(p)
	}
	relative = filepath.ToSlash(relative)
	for _, dir := range []string{"submissions/", "solutions/", "sol/"} {
		relative = strings.TrimPrefix(relative, dir)
	}
	return relative
}

// codes returns the codes of verdicts.
func codes(verdicts []problems.Verdict) []string {
	var words []string
	for _, v := range verdicts {
		words = append(words, v.String())
	}
	return words
}
