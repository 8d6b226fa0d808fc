package native

import "strings"

// form is the set of valid names of a kind: at most `most` ASCII characters, with a smaller set for the first.
type form struct {
	first, rest string
	most        int
}

const (
	lower   = "abcdefghijklmnopqrstuvwxyz"
	letters = lower + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digits  = "0123456789"
)

var (
	// fileName is a name that a file can have in a working directory, and in a program of any language.
	fileName = form{letters + digits + "_", letters + digits + "_.-", 64}
	// fileStem is a name that a file can have in every language.
	fileStem = form{letters + "_", letters + digits + "_", 64}
	// languageID is the form of language ids, as in the table of languages of the ICPC problem package format.
	languageID = form{lower, lower + digits, 32}
)

func (f form) matches(name string) bool {
	return name != "" && len(name) <= f.most &&
		strings.Contains(f.first, name[:1]) && strings.Trim(name[1:], f.rest) == ""
}
