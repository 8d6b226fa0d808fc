package read

import (
	"path/filepath"

	"judge/problems/safefile"
)

// Inputs returns the paths of the files that describe the contest at a path: its contest.yaml, and the tables and lists
// that this names. They are nil without a contest.yaml, as for an archive.
func Inputs(path string) []string {
	dir, file := path, specIn(path)
	if file == "" && isYAML(path) {
		dir, file = filepath.Dir(path), filepath.Base(path)
	}
	if file == "" {
		return nil
	}
	root, err := safefile.OpenRoot(dir)
	if err != nil {
		return nil
	}
	defer root.Close()
	all := []string{filepath.Join(dir, file)}
	top, err := (&reader{root: root, dir: dir, file: file}).parse(file)
	if err != nil || top == nil || !top.IsMapping() {
		return all
	}
	entries, err := top.Entries("")
	if err != nil {
		return all
	}
	for _, e := range entries {
		switch e.Key.Raw() {
		case "problems", "submissions", "teams":
			if e.Value.IsScalar() {
				all = append(all, filepath.Join(dir, e.Value.Raw()))
			}
		}
	}
	return all
}
