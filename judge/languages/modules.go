package languages

import (
	"errors"
	"path/filepath"
	"regexp"
	"strings"

	"judge/problems/safefile"
)

// pythonImport matches an import of Python: its modules, or the module that names come from.
var pythonImport = regexp.MustCompile(`(?m)^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import\b|import[ \t]+([\w., \t]+))`)

// maxModules bounds the modules of one program.
const maxModules = 100

// ReadModules reads the Python modules in the directory of a problem's single source that it imports, directly or
// through each other, at most limit bytes together.
func ReadModules(problem, path string, source []byte, limit int64) ([]File, error) {
	root, err := safefile.OpenProgram(problem, filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	w := walk{root: root, links: true, left: limit, limit: limit}
	seen := map[string]bool{filepath.Base(path): true}
	for next := -1; next < len(w.files) && len(w.files) < maxModules; next++ {
		if next >= 0 {
			source = w.files[next].Data
		}
		for _, module := range imported(source) {
			name := module + ".py"
			if seen[name] || len(w.files) == maxModules {
				continue
			}
			seen[name] = true
			mode, err := root.Type(name)
			if errors.Is(err, safefile.ErrOutside) {
				return nil, err
			}
			if err != nil || !mode.IsRegular() {
				continue // a module of Python's
			}
			file, err := root.Open(name)
			if err != nil {
				return nil, err
			}
			if err := w.content(file, name); err != nil {
				return nil, err
			}
		}
	}
	return w.files, nil
}

// imported returns the names of the modules that a source imports, without the parts behind a dot.
func imported(source []byte) []string {
	var all []string
	for _, m := range pythonImport.FindAllSubmatch(source, -1) {
		for part := range strings.SplitSeq(string(m[1])+string(m[2]), ",") {
			words := strings.Fields(part)
			if len(words) == 0 {
				continue
			}
			if name, _, _ := strings.Cut(words[0], "."); name != "" && checkName(name) == nil {
				all = append(all, name)
			}
		}
	}
	return all
}
