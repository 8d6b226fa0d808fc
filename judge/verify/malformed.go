package verify

import (
	"bytes"
	"strings"

	"judge/problems/safefile"
)

// malformedData is data that is hardly ever a valid input or output.
type malformedData struct{ name, data string }

// malformed returns malformed data to try in addition to the files of a problem. Where one of them is blank, an empty
// file may be valid, and is left out.
func malformed(files ...string) []malformedData {
	all := []malformedData{
		{"an empty file", ""},
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

// blank reports whether a file is empty, or holds only white space.
func blank(path string) bool {
	const longest = 64
	data, err := safefile.ReadFile(path, longest)
	return err == nil && len(bytes.TrimSpace(data)) == 0
}

// accepting describes the malformed data that was accepted, of all that was probed; "" if none was. by names the
// programs, where there are several; else the finding is at the program's file.
func accepting(by, accepted []string, probed []malformedData, what string) string {
	verb := "accepts"
	if len(by) > 1 {
		verb = "validators " + listNames(by, asItIs) + " accept"
	}
	switch len(accepted) {
	case 0:
		return ""
	case len(probed):
		return verb + " any " + what + " (" + strings.Join(accepted, ", ") + ")"
	default:
		return verb + " malformed " + what + " (" + strings.Join(accepted, ", ") + ")"
	}
}
