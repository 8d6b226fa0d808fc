package kinds

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"judge/checkers"
	"judge/isolate/threads"
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

func TestLongInteractionHasItsBeginningAndEnd(t *testing.T) {
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

// TestAnInteractorIsStoppedOnce: when nothing that it says can change the verdict, after a deadlock too; and not when the
// submission has ended before its eyes.
func TestAnInteractorIsStoppedOnce(t *testing.T) {
	reads := threads.Wait{Call: threads.Read}
	for _, row := range []struct {
		what   string
		before func(d *dialogue)
		want   bool
	}{
		{"the submission has failed", func(d *dialogue) { d.left(false) }, true},
		{"both waited for each other", func(d *dialogue) { d.stuck([]threads.Wait{reads, reads}) }, true},
		{"it was stopped before", func(d *dialogue) { d.giveUp() }, true},
		{"it has seen the end", func(d *dialogue) { d.submissionEnded() }, false},
		{"it has ended", func(d *dialogue) { d.interactorEnded(&checkers.Check{Accepted: true}, nil) }, false},
	} {
		d := newDialogue()
		row.before(d)
		d.giveUp()
		if d.dropped != row.want {
			t.Errorf("%s: stopped is %v", row.what, d.dropped)
		}
		if row.want {
			d.hold() // returns at once
		}
		d.close()
	}
}
