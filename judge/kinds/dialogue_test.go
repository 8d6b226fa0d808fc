package kinds

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"judge/judge/decide"
)

var spokenAt = regexp.MustCompile(`(?m)^([<>]) \d+\.\d{3} `)

// spoken is a transcript of words such as "<7" and ">3", without the seconds.
func spoken(words ...string) string {
	text := transcript{started: time.Now()}
	for _, w := range words {
		who := decide.Interactor
		if w[0] == '>' {
			who = decide.Submission
		}
		text.add(who, []byte(w[1:]))
	}
	return spokenAt.ReplaceAllString(string(text.Bytes()), "$1")
}

func TestEveryLineSaysWhoseItIs(t *testing.T) {
	for _, row := range []struct {
		words []string
		want  string
	}{
		{[]string{"<7\n", ">3\n", "<lower\n"}, "<7\n>3\n<lower\n"},
		{[]string{"<2\n1 2\n", ">x\n"}, "<2\n<1 2\n>x\n"},
		{[]string{">4", ">2", ">\n", "<right\n"}, ">42\n<right\n"},
		{[]string{">4", "<too\n", ">2\n"}, ">4\n<too\n>2\n"},
		{[]string{"<\n", ">\n\n"}, "<\n>\n>\n"},
		{nil, ""},
	} {
		if got := spoken(row.words...); got != row.want {
			t.Errorf("%q: %q, want %q", row.words, got, row.want)
		}
	}
}

func TestTheBeginningAndTheEndOfALongTalkAreKept(t *testing.T) {
	for _, most := range []int{100, 1000, 5000, 100_000} {
		words := []string{"<first\n"}
		for range most / 10 {
			words = append(words, ">0123456\n", "<x\n")
		}
		got := spoken(append(words, "<last\n")...)
		if !strings.HasPrefix(got, "<first\n>0123456\n<x\n") || !strings.HasSuffix(got, ">0123456\n<x\n<last\n") || len(got) > DialogueKept+100 {
			t.Errorf("%d bytes: %q", most, got)
		}
		if cut := strings.Contains(got, " bytes more)"); cut != (most >= 5000) {
			t.Errorf("%d bytes, and some left out: %v", most, cut)
		}
	}
	if got := spoken("<" + strings.Repeat("x", 1<<20)); len(got) > DialogueKept+100 {
		t.Errorf("one word without end is kept as %d bytes", len(got))
	}
}
