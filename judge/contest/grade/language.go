package grade

import (
	"slices"
	"strings"
)

// languageOf returns the id in the judge's table of a language as the contest names it: by id, by name, or by the
// extensions that a package states. "": by the files of the submission.
func (g *Grading) languageOf(name string) string {
	if name == "" {
		return ""
	}
	table := g.options.Languages
	if l, ok := table.Lookup(strings.ToLower(name)); ok {
		return l.ID
	}
	names, extensions := []string{name}, []string(nil)
	for _, l := range g.Contest.Languages {
		if l.ID == name {
			names, extensions = append(names, l.Name), l.Extensions
		}
	}
	for _, l := range table.All() {
		for _, name := range names {
			if strings.EqualFold(l.Name, name) {
				return l.ID
			}
		}
	}
	for _, l := range table.All() {
		same := func(e string) bool { return slices.Contains(l.Extensions, "."+strings.TrimPrefix(e, ".")) }
		if len(extensions) > 0 && !slices.ContainsFunc(extensions, func(e string) bool { return !same(e) }) {
			return l.ID
		}
	}
	return ""
}
