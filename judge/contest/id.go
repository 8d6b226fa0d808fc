package contest

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
)

// ValidID reports whether a text is an id of the CLICS contest API.
func ValidID(text string) bool {
	if text == "" || len(text) > 36 || text[0] == '-' || text[0] == '.' || text[len(text)-1] == '.' {
		return false
	}
	for i := range len(text) { // an export has hundreds of thousands of ids, which a regular expression would slow down
		c := text[i]
		letter, digit := 'a' <= c|0x20 && c|0x20 <= 'z', '0' <= c && c <= '9'
		if !letter && !digit && c != '_' && c != '.' && c != '-' {
			return false
		}
	}
	return true
}

// ID returns the text if it is a valid id, else one that is made from it: the same for the same text, and another
// for any other text.
func ID(text string) string {
	if ValidID(text) {
		return text
	}
	kept := regexp.MustCompile(`[^A-Za-z0-9_]+`).ReplaceAllString(text, "_")
	if kept == "" {
		kept = "_"
	}
	sum := sha256.Sum256([]byte(text))
	return kept[:min(len(kept), 19)] + "-" + hex.EncodeToString(sum[:8])
}
