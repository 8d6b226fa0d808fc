package build

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"

	"judge/judge/languages"
	"judge/problems"
	"judge/problems/safefile"
)

// Bounds of the headers of one source.
const (
	mostPlaced  = 200
	headerBytes = 4 << 20 // of one header
)

// placed are the headers that a source includes, at their places in the problem's directory.
type placed struct {
	headers *problems.Headers
	root    *safefile.Root
	files   []languages.File
	left    int // bytes
}

// withPlaced gives a single source in C or C++ its place in the problem's directory, and adds the headers that it
// includes. It returns the flags with which the compiler finds them. Other sources, and those of problems without
// Headers, stay as they are. path is that of the source, without links.
func withPlaced(p *problems.Problem, full string, s languages.Sources) (languages.Sources, []string, error) {
	at, err := filepath.Rel(p.Dir, full)
	single := !s.Directory && len(s.Files) > 0
	if p.Headers == nil || !single || err != nil || !filepath.IsLocal(at) || !isC(at) {
		return s, nil, nil
	}
	root, err := safefile.OpenPackage(p.Dir)
	if err != nil {
		return s, nil, err
	}
	defer root.Close()
	of := placed{headers: p.Headers, root: root, left: checkerCode}
	dir := path.Dir(filepath.ToSlash(at))
	for _, f := range s.Files {
		f.Name = path.Join(dir, f.Name)
		of.files = append(of.files, f)
	}
	own := len(of.files)
	for i := 0; i < len(of.files); i++ { // files grows
		if err := of.includes(of.files[i]); err != nil {
			return s, nil, err
		}
	}
	if len(of.files) == own && own == 1 {
		return s, nil, nil // it includes nothing, and gets a neutral name
	}
	s.Files = of.files
	var flags []string
	for _, dir := range p.Headers.Dirs {
		flags = append(flags, "-I"+dir)
	}
	return s, flags, nil
}

// includes adds the headers that a file includes, which may be nowhere: the compiler says so.
func (of *placed) includes(file languages.File) error {
	for _, m := range included.FindAllSubmatch(file.Data, -1) {
		name := string(m[1]) + string(m[2])
		for _, dir := range slices.Concat([]string{path.Dir(file.Name)}, of.headers.Dirs) {
			found, err := of.add(path.Join(dir, name))
			if err != nil {
				return err
			}
			if found {
				break
			}
		}
	}
	return nil
}

// add adds the header of a name, and reports whether there is one.
func (of *placed) add(name string) (bool, error) {
	if !filepath.IsLocal(name) {
		return false, nil
	}
	if slices.ContainsFunc(of.files, func(f languages.File) bool { return f.Name == name }) {
		return true, nil
	}
	if len(of.files) > mostPlaced {
		return false, fmt.Errorf("more than %d included headers", mostPlaced)
	}
	for _, f := range of.headers.Files {
		if f.Name == name {
			of.files = append(of.files, languages.File{Name: name, Data: f.Data})
			return true, nil
		}
	}
	file, err := of.root.Open(name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, safefile.ErrNotRegular) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, headerBytes+1))
	if err != nil {
		return false, err
	}
	if of.left -= len(data); len(data) > headerBytes || of.left < 0 {
		return false, fmt.Errorf("%s: the included headers are too large", name)
	}
	of.files = append(of.files, languages.File{Name: name, Data: data})
	return true, nil
}
