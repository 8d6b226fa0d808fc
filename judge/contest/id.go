package contest

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
)

// ValidID reports whether a text is an id of the CLICS contest API.
func ValidID(text string) bool {
	return regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.-]{0,35}$`).MatchString(text) && text[len(text)-1] != '.'
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
