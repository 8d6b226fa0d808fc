package verify

import "slices"

// Merge makes one of all omissions for the same reason: its path is a list of theirs, each as show has it. Outputs for
// people have the merged ones, and those that a program reads have each path.
func Merge(all []Omission, show func(string) string) []Omission {
	var merged []Omission
	var paths [][]string
	for _, o := range all {
		i := slices.IndexFunc(merged, func(m Omission) bool { return m.Reason == o.Reason && m.Warning == o.Warning })
		if i < 0 {
			i, merged, paths = len(merged), append(merged, o), append(paths, nil)
		}
		paths[i] = append(paths[i], o.Path)
	}
	for i := range merged {
		merged[i].Path = listNames(paths[i], show)
	}
	return merged
}

// Merged are the omissions of a result, merged.
func (r Result) Merged() []Omission { return Merge(r.Omitted, asItIs) }
