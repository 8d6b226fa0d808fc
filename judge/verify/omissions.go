package verify

import "slices"

// Merge joins all omissions with the same reason: the path of the result lists theirs, each as show returns it. Outputs
// for people have the merged ones; those for programs have each path.
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

// Merged returns the omissions of a result, merged.
func (r Result) Merged() []Omission { return Merge(r.Omitted, asItIs) }
