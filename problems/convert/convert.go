// Package convert writes a problem down in another form: as a native spec, or as a package of the ICPC.
//
//	lost, err := convert.Native(problem, "out")
//	lost, err := convert.ICPC(problem, "out")
//
// What the other form cannot say is in lost, in words; what would make it another problem is an error, and nothing is written.
package convert

import (
	"errors"
	"fmt"
	"io"
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

// output is a directory that is being filled. It begins new: nothing that is there is written over.
type output struct {
	problem *problems.Problem
	dir     string
	root    *safefile.Dir
	lost    []string
	copied  map[string]string // what was copied to where
	built   map[string]string // the script that builds the programs of a directory

	constants *strings.Replacer // in programs, where the other form has none; nil: they stay
}

// create makes the directory, which must not be there yet or be empty.
func create(p *problems.Problem, dir string) (*output, error) {
	root, err := safefile.Created(dir)
	if err != nil {
		return nil, fmt.Errorf("convert: %w", err)
	}
	entries, err := root.List()
	if err == nil && len(entries) > 0 {
		err = fmt.Errorf("%s is not empty: name a directory that is not there yet", dir)
	}
	if err != nil {
		return nil, fmt.Errorf("convert: %w", errors.Join(err, root.Close()))
	}
	return &output{problem: p, dir: dir, root: root, copied: map[string]string{}, built: map[string]string{}}, nil
}

// close ends the conversion. After an error nothing is left of it.
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

func (o *output) lose(format string, args ...any) {
	if words := fmt.Sprintf(format, args...); !slices.Contains(o.lost, words) {
		o.lost = append(o.lost, words)
	}
}

// write writes a file.
func (o *output) write(name string, data []byte) error { return o.writeMode(name, data, 0o644) }

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

// copyFile copies one of the problem's files. What can be started there can be started here.
func (o *output) copyFile(from, to string) error {
	return o.copyThrough(from, to, func(in io.Reader) (io.Reader, error) { return in, nil })
}

// mostSource bounds a file of a program in which constants stand, in bytes.
const mostSource = 16 << 20

// copySource copies a file of a program, with what constants stand for.
func (o *output) copySource(from, to string) error {
	if o.constants == nil {
		return o.copyFile(from, to)
	}
	return o.copyThrough(from, to, func(in io.Reader) (io.Reader, error) {
		data, err := io.ReadAll(io.LimitReader(in, mostSource+1))
		if err == nil && len(data) > mostSource {
			err = fmt.Errorf("%s is larger than %d MiB", from, mostSource>>20)
		}
		if err != nil {
			return nil, err
		}
		text := &problems.BoundedText{Left: mostSource}
		if _, err := o.constants.WriteString(text, string(data)); err != nil {
			return nil, fmt.Errorf("%s is larger than %d MiB with constants written out", from, mostSource>>20)
		}
		return strings.NewReader(text.String()), nil
	})
}

// copyThrough copies what becomes of a file.
func (o *output) copyThrough(from, to string, become func(io.Reader) (io.Reader, error)) error {
	in, err := safefile.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	content, err := become(in)
	if err != nil {
		return err
	}
	if err := o.root.MkdirAll(path.Dir(to), 0o755); err != nil {
		return err
	}
	file, err := o.root.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644|info.Mode()&0o111)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, content)
	return errors.Join(err, file.Close())
}

// copy copies a program, a file or a directory, and returns where it is. What was copied before is not copied again.
func (o *output) copy(from, to string) (string, error) {
	if there, ok := o.copied[from]; ok {
		return there, nil
	}
	info, err := os.Stat(from)
	if err != nil {
		return "", err
	}
	o.copied[from] = to
	if !info.IsDir() {
		return to, o.copySource(from, to)
	}
	return to, filepath.WalkDir(from, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		relative, err := filepath.Rel(from, name)
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		return o.copySource(name, path.Join(to, filepath.ToSlash(relative)))
	})
}

// external copies a program of the problem's, together with what starts it.
func (o *output) external(e problems.External, dir string) (string, error) {
	if e.Driver == nil {
		return o.program(e.Path, dir)
	}
	name := "checker"
	if e.Path != "" {
		name = strings.TrimSuffix(filepath.Base(e.Path), filepath.Ext(e.Path))
		if _, err := o.copy(e.Path, path.Join(dir, name, filepath.Base(e.Path))); err != nil {
			return "", err
		}
	}
	for _, f := range e.Driver {
		if err := o.write(path.Join(dir, name, f.Name), f.Data); err != nil {
			return "", err
		}
	}
	return path.Join(dir, name), nil
}

// program copies a program of the problem's into a directory, and the headers beside it, of which the judge sees those.
func (o *output) program(from, dir string) (string, error) {
	to, err := o.copy(from, path.Join(dir, filepath.Base(from)))
	if err != nil {
		return "", err
	}
	info, err := os.Stat(from)
	if err != nil || info.IsDir() {
		return to, err
	}
	entries, err := os.ReadDir(filepath.Dir(from))
	if err != nil {
		return "", err
	}
	for _, e := range entries {
		if ext := filepath.Ext(e.Name()); e.Type().IsRegular() && (ext == ".h" || ext == ".hpp" || ext == ".hh") {
			header := filepath.Join(filepath.Dir(from), e.Name())
			if o.copied[header+"\x00"+dir] != "" { // another program's, which lies there too
				continue
			}
			o.copied[header+"\x00"+dir] = dir
			if err := o.copySource(header, path.Join(dir, e.Name())); err != nil {
				return "", err
			}
		}
	}
	return to, nil
}

// tests copies the tests into a directory, by their names, and returns where each one's input is.
func (o *output) tests(dir string, name func(problems.TestCase) string) ([]string, error) {
	var inputs []string
	for _, t := range o.problem.Tests {
		stem := path.Join(dir, name(t))
		if !filepath.IsLocal(stem) {
			return nil, fmt.Errorf("the test %q has a name that leads elsewhere", t.Name)
		}
		if err := errors.Join(o.copyFile(t.Input, stem+".in"), o.copyFile(t.Answer, stem+".ans")); err != nil {
			return nil, fmt.Errorf("test %s: %w", t.Name, err)
		}
		inputs = append(inputs, stem+".in")
	}
	return inputs, nil
}

// within is a submission's path beneath the problem's directory, without the directory in which all of them lie.
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

func codes(verdicts []problems.Verdict) []string {
	var words []string
	for _, v := range verdicts {
		words = append(words, v.String())
	}
	return words
}
