package languages

import (
	"errors"
	"path/filepath"
	"slices"

	"judge/problems"
	"judge/problems/safefile"
)

// ReadHeaders reads the headers in the directory of a problem's single source, at most limit bytes together, in
// natural order.
func ReadHeaders(problem, path string, limit int64) ([]File, error) {
	root, err := safefile.OpenProgram(problem, filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	dir, err := root.OpenDir(".")
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	names, err := dir.Readdirnames(-1)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(names, problems.NaturalOrder)
	w := walk{root: root, links: true, left: limit, limit: limit}
	for _, name := range names {
		if !slices.Contains([]string{".h", ".hpp", ".hh"}, filepath.Ext(name)) || name == filepath.Base(path) {
			continue
		}
		mode, err := root.Type(name)
		if errors.Is(err, safefile.ErrOutside) {
			return nil, err
		}
		if err != nil || !mode.IsRegular() {
			continue
		}
		file, err := root.Open(name)
		if err != nil {
			return nil, err
		}
		if err := w.content(file, singleName(name)); err != nil {
			return nil, err
		}
	}
	return w.files, nil
}
