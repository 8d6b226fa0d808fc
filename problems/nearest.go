package problems

import "strings"

// Nearest returns the candidate that a mistyped word most likely means, "" if none is near. It tries in this order: the
// same word in another case or with other separators, a synonym, the only candidate that begins with the word, and one
// with at most a third of its letters changed.
func Nearest(word string, candidates []string) string {
	const longest = 40 // bytes; longer words are not typing mistakes, and the distance takes quadratic time
	if len(word) > longest {
		return ""
	}
	if same := Synonym(word, candidates); same != "" {
		return same
	}
	plain := folded(word)
	if begun := begunBy(plain, candidates); begun != "" {
		return begun
	}
	best, least := "", max(1, len(plain)/3)+1
	for _, c := range candidates {
		other := folded(c)
		d := distance(plain, other)
		missesOne := len(plain) == 2 && d == 1 && len(other) == 3 // of so short a word all letters must agree
		if d < least && (d < len(plain)-1 || missesOne) {
			best, least = c, d
		}
	}
	return best
}

// NearestFile returns the file name that a mistyped one most likely means, "" if none is near. Numbers must agree: 9.in
// is not 1.in mistyped.
func NearestFile(name string, candidates []string) string {
	digits := func(s string) string {
		return strings.Map(func(c rune) rune {
			if c < '0' || c > '9' {
				return -1
			}
			return c
		}, s)
	}
	var alike []string
	for _, c := range candidates {
		if digits(c) == digits(name) {
			alike = append(alike, c)
		}
	}
	return Nearest(name, alike)
}

// folded returns a word for comparison: without the dashes of a flag, in lower case, with one kind of separator.
func folded(word string) string {
	return strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(strings.TrimLeft(word, "-")))
}

// begunBy returns the only candidate that begins with a word of at least three letters.
func begunBy(plain string, candidates []string) string {
	const least = 3
	begun := ""
	for _, c := range candidates {
		switch {
		case len(plain) < least || !strings.HasPrefix(folded(c), plain):
		case begun != "":
			return ""
		default:
			begun = c
		}
	}
	return begun
}

// distance counts the letters to insert, delete, replace or swap with a neighbour (optimal string alignment).
func distance(a, b string) int {
	before, above := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, above = above, row
	}
	return above[len(b)]
}
