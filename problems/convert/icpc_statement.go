package convert

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// icpcStatement copies the statements of a package in the ICPC format. A problem without one gets a statement that has
// its name alone, as tools demand one.
func (o *output) icpcStatement() error {
	for _, dir := range []string{"statement", "problem_statement"} {
		from := filepath.Join(o.problem.Dir, dir)
		entries, err := os.ReadDir(from)
		if err != nil || !strings.HasPrefix(o.problem.Format, "ICPC") {
			continue
		}
		stated := slices.ContainsFunc(entries, func(e os.DirEntry) bool {
			return e.Type().IsRegular() && strings.HasPrefix(e.Name(), "problem.")
		})
		if !stated {
			continue
		}
		o.used[dir] = true
		if err := o.copyDir(from, "statement", 0); err != nil {
			return err
		}
		// Old packages have one without a language.
		if plainName := "problem.tex"; o.exists(path.Join("statement", plainName)) {
			data, err := o.readFrom(filepath.Join(from, plainName))
			if err != nil || o.exists("statement/problem.en.tex") {
				return err
			}
			return o.write("statement/problem.en.tex", data)
		}
		return nil
	}
	return o.write("statement/problem.en.tex", []byte("\\problemname{}\n"))
}
