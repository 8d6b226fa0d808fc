package checkers

import "testing"

func TestSpacesOfEveryByte(t *testing.T) {
	for c := range 256 {
		for place := range 8 {
			word := uint64(c) << (8 * place)
			if got, want := spaces(word)>>(8*place+7)&1, uint64(isSpace[c]); got != want {
				t.Errorf("byte %#x at place %d: %d, want %d", c, place, got, want)
			}
		}
	}
}

func FuzzTokenStarts(f *testing.F) {
	f.Add([]byte("12 3\t\x80\xa0 x\r\n\n  4 \x8d\x89y"), true, 3)
	f.Fuzz(func(t *testing.T, data []byte, afterSpace bool, cut int) {
		want, before := 0, afterSpace
		for _, c := range data {
			space := isSpace[c] == 1
			if before && !space {
				want++
			}
			before = space
		}
		if got := tokenStarts(data, afterSpace); got != want {
			t.Fatalf("%q: %d, want %d", data, got, want)
		}
		// Two parts have the same result.
		p := position{afterSpace: afterSpace}
		cut = min(max(cut, 0), len(data))
		p.pass(data[:cut])
		p.pass(data[cut:])
		if p.tokens != want || p.afterSpace != before {
			t.Errorf("%q cut at %d: %+v, want %d tokens", data, cut, p, want)
		}
	})
}
