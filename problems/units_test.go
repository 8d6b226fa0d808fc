package problems

import "testing"

func TestTextsWithUnits(t *testing.T) {
	for text, want := range map[string]string{
		"500ms": "0.5", "1000 ms": "1", "2s": "2", "1.5 sec": "1.5", "2min": "120", "10 seconds": "10",
		"2": "", "s": "", "2 h": "", "-1s": "", "1e3s": "", "2s2": "", "9999999999s": "",
	} {
		if got := InSeconds(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"256MB": "256", "1G": "1024", "0.5 GiB": "512", "65536k": "64", "268435456B": "256", "256": "", "1T": "",
	} {
		if got := InBytes(text, MiB); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
