package verify

import (
	"bytes"
	"strings"

	"judge/problems/safefile"
)

// malformedData is an input or an output that hardly any problem has.
type malformedData struct{ name, data string }

// malformed returns malformed data to try beside the files of a problem. Where one of them is blank, nothing at all is
// as good as that file, and is left out.
func malformed(files ...string) []malformedData {
	all := []malformedData{
		{"nothing", ""},
		{"binary data", "\x00\xff\xfe\x01judge\x00"},
		{"words", "this is no valid file of this problem -1 -1 x\n"},
	}
	for _, f := range files {
		if blank(f) {
			return all[1:]
		}
	}
	return all
}

// blank reports whether a file holds nothing, or line ends and spaces at most.
func blank(path string) bool {
	const longest = 64
	data, err := safefile.ReadFile(path, longest)
	return err == nil && len(bytes.TrimSpace(data)) == 0
}

// accepting says which malformed data was accepted as what, of all that was tried; "" if none was. Of one program, which
// the finding is about, by is empty.
func accepting(by, accepted []string, tried []malformedData, what string) string {
	verb := "accepts"
	if len(by) > 1 {
		verb = "validators " + listNames(by, asItIs) + " accept"
	}
	switch len(accepted) {
	case 0:
		return ""
	case len(tried):
		return verb + " anything (" + strings.Join(accepted, ", ") + ")"
	default:
		return verb + " malformed " + what + " (" + strings.Join(accepted, ", ") + ")"
	}
}
