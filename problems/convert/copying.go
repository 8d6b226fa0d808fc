package convert

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"judge/problems"
	"judge/problems/safefile"
)

// openFrom opens one of the problem's files. It follows links as the readers of packages do.
func (o *output) openFrom(name string) (*os.File, error) {
	relative, err := filepath.Rel(o.problem.Dir, name)
	if err != nil || !filepath.IsLocal(relative) {
		return safefile.Open(name)
	}
	o.used[strings.SplitN(filepath.ToSlash(relative), "/", 2)[0]] = true
	root, err := safefile.OpenPackage(o.problem.Dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.Open(filepath.ToSlash(relative))
}

// copyFile copies one of the problem's files, and keeps whether it is executable.
func (o *output) copyFile(from, to string) error {
	return o.copyThrough(from, to, func(in io.Reader) (io.Reader, error) { return in, nil })
}

// mostSource bounds a file of a program in which constants are expanded, in bytes.
const mostSource = 16 << 20

// readFrom returns the content of a file of a program.
func (o *output) readFrom(name string) ([]byte, error) {
	file, err := o.openFrom(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, mostSource+1))
	if err == nil && len(data) > mostSource {
		err = fmt.Errorf("%s is larger than %d MiB", name, mostSource>>20)
	}
	return data, err
}

// copySource copies a file of a program and expands its constants.
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
			return nil, fmt.Errorf("%s is larger than %d MiB with constants expanded", from, mostSource>>20)
		}
		return strings.NewReader(text.String()), nil
	})
}

// copyThrough copies a file through a conversion.
func (o *output) copyThrough(from, to string, become func(io.Reader) (io.Reader, error)) error {
	in, err := o.openFrom(from)
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

// copy copies a program, which is a file or a directory, unless it was copied before. It returns the copy's path.
func (o *output) copy(from, to string) (string, error) {
	if there, ok := o.copied[from]; ok {
		return there, nil
	}
	o.copied[from] = to
	return to, o.copyNew(from, to)
}

// copyNew copies a program, even if it was copied before.
func (o *output) copyNew(from, to string) error {
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return o.copySource(from, to)
	}
	return o.copyDir(from, to, 0)
}

// mostDepth bounds the nesting of directories, which links can make infinite.
const mostDepth = 32

// copyDir copies a directory with links followed. It skips names that the problem's format ignores.
func (o *output) copyDir(from, to string, depth int) error {
	if depth > mostDepth {
		return fmt.Errorf("%s: more than %d nested directories", from, mostDepth)
	}
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if valid := o.problem.ValidNames; valid != nil && !valid.MatchString(entry.Name()) {
			continue
		}
		name, mode := filepath.Join(from, entry.Name()), entry.Type()
		if mode&fs.ModeSymlink != 0 {
			if mode, err = o.behind(name); err != nil {
				return err
			}
		}
		inner := path.Join(to, entry.Name())
		switch {
		case mode.IsDir():
			err = o.copyDir(name, inner, depth+1)
		case mode.IsRegular():
			err = o.copySource(name, inner)
		default:
			err = fmt.Errorf("%s is not a regular file", name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// behind returns the type of a link's target.
func (o *output) behind(name string) (fs.FileMode, error) {
	relative, err := filepath.Rel(o.problem.Dir, name)
	if err != nil || !filepath.IsLocal(relative) {
		return 0, fmt.Errorf("%s is a link", name)
	}
	root, err := safefile.OpenPackage(o.problem.Dir)
	if err != nil {
		return 0, err
	}
	defer root.Close()
	return root.Type(filepath.ToSlash(relative))
}

// external copies a program of the problem with the files that start it, into its own directory if it has such files.
func (o *output) external(e problems.External, dir string) (string, error) {
	if e.Driver == nil {
		return o.programAs(e.Path, dir, plain(filepath.Base(e.Path)))
	}
	name := "checker"
	if e.Path != "" {
		name = plain(strings.TrimSuffix(filepath.Base(e.Path), filepath.Ext(e.Path)))
	}
	return path.Join(dir, name), o.driven(e, path.Join(dir, name))
}

// driven copies a program and the files that start it into a directory.
func (o *output) driven(e problems.External, dir string) error {
	if e.Path != "" {
		if _, err := o.program(e.Path, dir); err != nil {
			return err
		}
	}
	for _, f := range e.Driver {
		if err := o.write(path.Join(dir, f.Name), f.Data); err != nil {
			return err
		}
	}
	return nil
}

// program copies a program of the problem into a directory, with the headers next to it.
func (o *output) program(from, dir string) (string, error) {
	return o.programAs(from, dir, filepath.Base(from))
}

// programAs is like program, with another name: an ICPC package must not have invalid names.
func (o *output) programAs(from, dir, name string) (string, error) {
	to, err := o.copy(from, path.Join(dir, name))
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
			if o.copied[header+"\x00"+dir] != "" { // copied with another program
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

// submission copies a submission under a free name, as several may be links to one file.
func (o *output) submission(s problems.Submission, to string) (string, error) {
	name, ext := strings.TrimSuffix(to, path.Ext(to)), path.Ext(to)
	for n := 2; ; n++ {
		_, err := o.root.Lstat(to)
		if errors.Is(err, fs.ErrNotExist) {
			break
		}
		if err != nil {
			return "", err
		}
		to = fmt.Sprintf("%s_%d%s", name, n, ext)
	}
	if err := o.copyNew(s.Path, to); err != nil {
		return "", err
	}
	o.written = append(o.written, written{s, to})
	return to, nil
}

// leftOut notes the entries of the problem's directory that were not copied.
func (o *output) leftOut() error {
	entries, err := os.ReadDir(o.problem.Dir)
	if err != nil {
		return err
	}
	described := []string{"problem.yaml", "init.yml", "problem.xml", "task.yaml", "domjudge-problem.ini",
		".timelimit", "data"}
	const most = 20
	var names []string
	for _, entry := range entries {
		name := entry.Name()
		known := o.used[name] || strings.HasPrefix(name, ".")
		for _, one := range described {
			known = known || name == one
		}
		if !known {
			names = append(names, fmt.Sprintf("%q", name))
		}
	}
	if more := len(names) - most; more > 0 {
		names = append(names[:most], fmt.Sprintf("%d more", more))
	}
	if names != nil {
		o.lose("other files of the problem's directory: %s", strings.Join(names, ", "))
	}
	return nil
}
