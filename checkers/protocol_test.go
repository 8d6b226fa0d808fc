package checkers

import (
	"slices"
	"strings"
	"testing"
)

func TestProtocolsCallTheirCheckers(t *testing.T) {
	f := Files{Input: "/i", Output: "/o", Answer: "/a", Feedback: "/f"}
	rows := []struct {
		protocol Protocol
		want     string
	}{
		{ICPC{}, "/i /a /f/ x y"},
		{Testlib{}, "/i /o /a x y"},
		{CMS{}, "/i /a /o x y"},
	}
	for _, row := range rows {
		if got := row.protocol.Args(f, []string{"x", "y"}); !slices.Equal(got, strings.Fields(row.want)) {
			t.Errorf("%T: %q", row.protocol, got)
		}
	}
}

func TestAnExternalCheckersAnswerIsUnderstood(t *testing.T) {
	type files = map[string][]byte
	score := func(s float64) *float64 { return &s }
	rows := []struct {
		rule     string
		protocol Protocol
		ending   Ending
		want     Check
		fails    bool
	}{
		{"ICPC accepts by 42", ICPC{}, Ending{Code: 42}, Check{Accepted: true}, false},
		{"ICPC rejects by 43", ICPC{}, Ending{Code: 43, Feedback: files{"judgemessage.txt": []byte("off by\none\n"), "teammessage.txt": []byte("no")}}, Check{Message: "off by one"}, false},
		{"ICPC words for the team", ICPC{}, Ending{Code: 43, Feedback: files{"teammessage.txt": []byte("no")}}, Check{Message: "no"}, false},
		{"ICPC score", ICPC{}, Ending{Code: 42, Feedback: files{"score.txt": []byte("12.5\n")}}, Check{Accepted: true, Points: score(12.5)}, false},
		{"ICPC score that is none", ICPC{}, Ending{Code: 42, Feedback: files{"score.txt": []byte("nan")}}, Check{}, true},
		{"ICPC negative score", ICPC{}, Ending{Code: 42, Feedback: files{"score.txt": []byte("-1")}}, Check{}, true},
		{"ICPC part", ICPC{}, Ending{Code: 42, Feedback: files{"score_multiplier.txt": []byte("0.25")}}, Check{Accepted: true, Score: score(0.25)}, false},
		{"ICPC more than all", ICPC{}, Ending{Code: 42, Feedback: files{"score_multiplier.txt": []byte("1.5")}}, Check{}, true},
		{"ICPC a score and a part", ICPC{}, Ending{Code: 42, Feedback: files{"score.txt": []byte("1"), "score_multiplier.txt": []byte("1")}}, Check{}, true},
		{"ICPC a number in Go's own way", ICPC{}, Ending{Code: 42, Feedback: files{"score.txt": []byte("0x10")}}, Check{}, true},
		{"ICPC knows no other code", ICPC{}, Ending{Code: 0}, Check{}, true},
		{"ICPC crash", ICPC{}, Ending{Code: 1, Stderr: []byte("Traceback")}, Check{}, true},
		{"testlib ok", Testlib{}, Ending{Stderr: []byte("ok 3 numbers")}, Check{Accepted: true, Message: "ok 3 numbers"}, false},
		{"testlib wrong", Testlib{}, Ending{Code: 1, Stderr: []byte("wrong answer 1st")}, Check{Message: "wrong answer 1st"}, false},
		{"testlib presentation", Testlib{}, Ending{Code: 2}, Check{}, false},
		{"testlib fail is the jury's", Testlib{}, Ending{Code: 3}, Check{}, true},
		{"testlib dirt", Testlib{}, Ending{Code: 4}, Check{}, false},
		{"testlib end of file", Testlib{}, Ending{Code: 8}, Check{}, false},
		{"testlib points", Testlib{}, Ending{Code: 7, Stderr: []byte("points 12.5 well")}, Check{Accepted: true, Points: score(12.5), Message: "well"}, false},
		{"testlib points without points", Testlib{}, Ending{Code: 7, Stderr: []byte("well")}, Check{}, true},
		{"testlib partial", Testlib{}, Ending{Code: 150}, Check{Score: score(0.5)}, false},
		{"testlib all of the parts", Testlib{}, Ending{Code: 250}, Check{Accepted: true, Score: score(1)}, false},
		{"testlib part, without TESTSYS", Testlib{}, Ending{Code: 100, Stderr: []byte("partially correct (100) half\n")}, Check{Score: score(0.5), Message: "partially correct (100) half"}, false},
		{"testlib part, with TESTSYS", Testlib{}, Ending{Code: 150, Stderr: []byte("partially correct (100) half")}, Check{Score: score(0.5), Message: "partially correct (100) half"}, false},
		{"testlib part that ends as if accepted", Testlib{}, Ending{Stderr: []byte("partially correct (0) nothing")}, Check{Score: score(0), Message: "partially correct (0) nothing"}, false},
		{"testlib part that ends as a failure", Testlib{}, Ending{Code: 3, Stderr: []byte("partially correct (3)")}, Check{Score: score(0.015), Message: "partially correct (3)"}, false},
		{"testlib part that ends with the code of points", Testlib{}, Ending{Code: 7, Stderr: []byte("partially correct (7)")}, Check{Score: score(0.035), Message: "partially correct (7)"}, false},
		{"testlib all of the parts, without TESTSYS", Testlib{}, Ending{Code: 200, Stderr: []byte("partially correct (200)")}, Check{Accepted: true, Score: score(1), Message: "partially correct (200)"}, false},
		{"testlib more than all", Testlib{}, Ending{Code: 201, Stderr: []byte("partially correct (201)")}, Check{}, true},
		{"testlib part that the code denies", Testlib{}, Ending{Code: 1, Stderr: []byte("partially correct (100)")}, Check{Message: "partially correct (100)"}, false},
		{"testlib part further on in the message", Testlib{}, Ending{Code: 3, Stderr: []byte("FAIL partially correct (3)")}, Check{}, true},
		{"testlib negative points", Testlib{}, Ending{Code: 7, Stderr: []byte("points -5 too bad")}, Check{}, true},
		{"testlib no points", Testlib{}, Ending{Code: 7, Stderr: []byte("points 0")}, Check{Accepted: true, Points: score(0)}, false},
		{"testlib points of versions that end with 0", Testlib{}, Ending{Stderr: []byte("points 3 well")}, Check{Accepted: true, Points: score(3), Message: "well"}, false},
		{"testlib ok that speaks of points", Testlib{}, Ending{Stderr: []byte("ok points 3")}, Check{Accepted: true, Message: "ok points 3"}, false},
		{"testlib knows no 5", Testlib{}, Ending{Code: 5}, Check{}, true},
		{"DMOJ accepts", DMOJ{}, Ending{Stdout: []byte("fine\n")}, Check{Accepted: true, Message: "fine"}, false},
		{"DMOJ rejects", DMOJ{}, Ending{Code: 1, Stdout: []byte("not so\n")}, Check{Message: "not so"}, false},
		{"DMOJ knows no 2", DMOJ{}, Ending{Code: 2}, Check{}, true},
		{"COCI part", COCI{}, Ending{Code: 7, Stderr: []byte("well\npartial 3/4\n")}, Check{Score: score(0.75), Message: "well partial 3/4"}, false},
		{"COCI all of it", COCI{}, Ending{Code: 7, Stderr: []byte("partial 4/4")}, Check{Accepted: true, Score: score(1), Message: "partial 4/4"}, false},
		{"COCI more than all", COCI{}, Ending{Code: 7, Stderr: []byte("partial 5/4")}, Check{}, true},
		{"COCI of nothing", COCI{}, Ending{Code: 7, Stderr: []byte("partial 0/0")}, Check{}, true},
		{"COCI no part", COCI{}, Ending{Code: 7, Stderr: []byte("partial x/4")}, Check{}, true},
		{"COCI is testlib otherwise", COCI{}, Ending{Code: 1, Stderr: []byte("no")}, Check{Message: "no"}, false},
		{"PEG accepts", PEG{}, Ending{}, Check{Accepted: true}, false},
		{"PEG rejects", PEG{}, Ending{Code: 1, Stdout: []byte("no")}, Check{Message: "no"}, false},
		{"PEG part", PEG{}, Ending{Code: 1, Stdout: []byte("1\n4\n")}, Check{Score: score(0.25)}, false},
		{"PEG more than all", PEG{}, Ending{Code: 1, Stdout: []byte("5\n4\n")}, Check{}, true},
		{"CMS full score", CMS{}, Ending{Stdout: []byte("1.0\n"), Stderr: []byte("translate:success\n")}, Check{Accepted: true, Score: score(1), Message: "Output is correct"}, false},
		{"CMS none", CMS{}, Ending{Stdout: []byte("0\n"), Stderr: []byte("bad")}, Check{Score: score(0), Message: "bad"}, false},
		{"CMS part", CMS{}, Ending{Stdout: []byte("0.5"), Stderr: []byte("translate:partial")}, Check{Score: score(0.5), Message: "Output is partially correct"}, false},
		{"CMS says more than a line", CMS{}, Ending{Stdout: []byte("1.0\nx"), Stderr: []byte("translate: success \nfor the setter\n")}, Check{Accepted: true, Score: score(1), Message: "Output is correct"}, false},
		{"CMS an unknown word to translate", CMS{}, Ending{Stdout: []byte("0"), Stderr: []byte("translate:bad")}, Check{Score: score(0), Message: "translate:bad"}, false},
		{"CMS more than all", CMS{}, Ending{Stdout: []byte("1.5\n")}, Check{}, true},
		{"CMS no score", CMS{}, Ending{}, Check{}, true},
		{"CMS exit code", CMS{}, Ending{Code: 1, Stdout: []byte("1.0\n")}, Check{}, true},
		{"CMS judge failure", CMS{}, Ending{Stdout: []byte("0\n"), Stderr: []byte("Judge Failure; no answer")}, Check{}, true},
	}
	for _, row := range rows {
		got, err := row.protocol.Decode(row.ending)
		if (err != nil) != row.fails {
			t.Errorf("%s: error %v", row.rule, err)
			continue
		}
		same := got.Accepted == row.want.Accepted && got.Message == row.want.Message && equal(got.Score, row.want.Score) && equal(got.Points, row.want.Points)
		if !same {
			t.Errorf("%s: %+v, want %+v", row.rule, got, row.want)
		}
	}
}

func equal(a, b *float64) bool { return a == b || a != nil && b != nil && *a == *b }

func FuzzAnEndingIsAnAnswerOrAFailure(f *testing.F) {
	f.Add(7, []byte("1\n"), []byte("points 3 x"))
	f.Fuzz(func(t *testing.T, code int, stdout, stderr []byte) {
		for _, p := range []Protocol{ICPC{}, Testlib{}, CMS{}, DMOJ{}, COCI{}, PEG{}} {
			check, err := p.Decode(Ending{Code: code, Stdout: stdout, Stderr: stderr, Feedback: map[string][]byte{"score.txt": stdout}})
			if err != nil && check.Accepted {
				t.Errorf("%T: a failure that accepts", p)
			}
		}
	})
}
