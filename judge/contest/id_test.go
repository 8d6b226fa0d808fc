package contest

import "testing"

func TestIDsAreValidAndStable(t *testing.T) {
	seen := map[string]string{}
	for _, text := range []string{"", "a", "team 1", "team-1", "Žluťoučký kůň", "-a", "a.", ".", "🙂", "🙃", "a b",
		"a  b", "0123456789012345678901234567890123456", "../x"} {
		id := ID(text)
		if !ValidID(id) {
			t.Errorf("ID(%q) = %q: expected a valid id", text, id)
		}
		if id != ID(text) {
			t.Errorf("ID(%q) is not stable", text)
		}
		if other, ok := seen[id]; ok {
			t.Errorf("ID(%q) = ID(%q) = %q", text, other, id)
		}
		seen[id] = text
	}
	for _, text := range []string{"a", "team-1", "A_b.c", "_"} {
		if ID(text) != text {
			t.Errorf("ID(%q) = %q: expected it unchanged", text, ID(text))
		}
	}
}

func TestOnlyCLICSIDsAreValid(t *testing.T) {
	for text, want := range map[string]bool{
		"a": true, "_": true, "a.b": true, "a-": true, "0123456789_0123456789_0123456789_abc": true,
		"": false, ".a": false, "-a": false, "a.": false, "a b": false, "ä": false, "a/b": false,
		"a\n": false, "a\x00": false, "0123456789_0123456789_0123456789_abcd": false,
	} {
		if ValidID(text) != want {
			t.Errorf("ValidID(%q): expected %v", text, want)
		}
	}
}
