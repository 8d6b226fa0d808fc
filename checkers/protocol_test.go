package checkers

import (
	"slices"
	"strings"
	"testing"
)

func TestProtocolArguments(t *testing.T) {
	f := Files{Input: "/i", Output: "/o", Answer: "/a", Feedback: "/f"}
	rows := []struct {
		protocol Protocol
		want     string
	}{
		{ICPC{}, "/i /a /f/ x y"},
		{Testlib{}, "/i /o /a x y"},
		{CMS{}, "/i /a /o x y"},
		{DMOJ{}, "/i /o /a x y"},
		{DMOJTestlib{}, "/i /o /a x y"},
		{COCI{}, "/i /o /a x y"},
		{PEG{}, "/a /o /i x y"},
		{DMOJTalk{DMOJ{}}, "/i /a x y"},
		{DMOJTalk{COCI{}}, "/i /a x y"},
		{Format(PEG{}, []string{"--out={output_file}", "{{x}}", "{answer_file}{answer_file}"}),
			"--out=/o {x} /a/a x y"},
	}
	for _, row := range rows {
		if got := row.protocol.Args(f, []string{"x", "y"}); !slices.Equal(got, strings.Fields(row.want)) {
			t.Errorf("%T: %q", row.protocol, got)
		}
	}
}

func TestProtocolResults(t *testing.T) {
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
		{"ICPC rejects by 43", ICPC{}, Ending{Code: 43, Feedback: files{"judgemessage.txt": []byte("off by\none\n"),
			"teammessage.txt": []byte("no")}}, Check{Message: "off by one"}, false},
		{"ICPC words for the team", ICPC{}, Ending{Code: 43, Feedback: files{"teammessage.txt": []byte("no")}},
			Check{Message: "no"}, false},
		{"ICPC score", ICPC{}, Ending{Code: 42, Feedback: files{"score.txt": []byte("12.5\n")}}, Check{Accepted: true,
			Points: score(12.5)}, false},
		{"ICPC score that is not a number", ICPC{},
			Ending{Code: 42, Feedback: files{"score.txt": []byte("nan")}}, Check{},
			true},
		{"ICPC negative score", ICPC{}, Ending{Code: 42, Feedback: files{"score.txt": []byte("-1")}}, Check{}, true},
		{"ICPC part", ICPC{}, Ending{Code: 42, Feedback: files{"score_multiplier.txt": []byte("0.25")}},
			Check{Accepted: true, Score: score(0.25)}, false},
		{"ICPC more than all", ICPC{}, Ending{Code: 42, Feedback: files{"score_multiplier.txt": []byte("1.5")}},
			Check{}, true},
		{"ICPC a score and a part", ICPC{}, Ending{Code: 42, Feedback: files{"score.txt": []byte("1"),
			"score_multiplier.txt": []byte("1")}}, Check{}, true},
		{"ICPC a number in Go's own way", ICPC{}, Ending{Code: 42, Feedback: files{"score.txt": []byte("0x10")}},
			Check{}, true},
		{"ICPC knows no other code", ICPC{}, Ending{Code: 0}, Check{}, true},
		{"ICPC crash", ICPC{}, Ending{Code: 1, Stderr: []byte("Traceback")}, Check{}, true},
		{"testlib ok", Testlib{}, Ending{Stderr: []byte("ok 3 numbers")}, Check{Accepted: true,
			Message: "ok 3 numbers"}, false},
		{"testlib wrong", Testlib{}, Ending{Code: 1, Stderr: []byte("wrong answer 1st")},
			Check{Message: "wrong answer 1st"}, false},
		{"testlib presentation", Testlib{}, Ending{Code: 2}, Check{}, false},
		{"testlib fail is the jury's", Testlib{}, Ending{Code: 3}, Check{}, true},
		{"testlib dirt", Testlib{}, Ending{Code: 4}, Check{}, false},
		{"testlib end of file", Testlib{}, Ending{Code: 8}, Check{}, false},
		{"testlib points", Testlib{}, Ending{Code: 7, Stderr: []byte("points 12.5 well")}, Check{Accepted: true,
			Points: score(12.5), Message: "well"}, false},
		{"testlib points without points", Testlib{}, Ending{Code: 7, Stderr: []byte("well")}, Check{}, true},
		{"testlib partial", Testlib{}, Ending{Code: 150}, Check{Score: score(0.5)}, false},
		{"testlib all of the parts", Testlib{}, Ending{Code: 250}, Check{Accepted: true, Score: score(1)}, false},
		{"testlib part, without TESTSYS", Testlib{}, Ending{Code: 100,
			Stderr: []byte("partially correct (100) half\n")}, Check{Score: score(0.5),
			Message: "partially correct (100) half"}, false},
		{"testlib part, with TESTSYS", Testlib{}, Ending{Code: 150, Stderr: []byte("partially correct (100) half")},
			Check{Score: score(0.5), Message: "partially correct (100) half"}, false},
		{"testlib part that ends as if accepted", Testlib{}, Ending{Stderr: []byte("partially correct (0) nothing")},
			Check{Score: score(0), Message: "partially correct (0) nothing"}, false},
		{"testlib part that ends as a failure", Testlib{}, Ending{Code: 3, Stderr: []byte("partially correct (3)")},
			Check{Score: score(0.015), Message: "partially correct (3)"}, false},
		{"testlib part that ends with the code of points", Testlib{}, Ending{Code: 7,
			Stderr: []byte("partially correct (7)")}, Check{Score: score(0.035), Message: "partially correct (7)"},
			false},
		{"testlib all of the parts, without TESTSYS", Testlib{}, Ending{Code: 200,
			Stderr: []byte("partially correct (200)")}, Check{Accepted: true, Score: score(1),
			Message: "partially correct (200)"}, false},
		{"testlib more than all", Testlib{}, Ending{Code: 201, Stderr: []byte("partially correct (201)")}, Check{},
			true},
		{"testlib part that the code denies", Testlib{}, Ending{Code: 1, Stderr: []byte("partially correct (100)")},
			Check{Message: "partially correct (100)"}, false},
		{"testlib part further on in the message", Testlib{}, Ending{Code: 3,
			Stderr: []byte("FAIL partially correct (3)")}, Check{}, true},
		{"testlib negative points", Testlib{}, Ending{Code: 7, Stderr: []byte("points -5 too bad")}, Check{}, true},
		{"testlib no points", Testlib{}, Ending{Code: 7, Stderr: []byte("points 0")}, Check{Accepted: true,
			Points: score(0)}, false},
		{"testlib points of versions that end with 0", Testlib{}, Ending{Stderr: []byte("points 3 well")},
			Check{Accepted: true, Points: score(3), Message: "well"}, false},
		{"testlib ok that speaks of points", Testlib{}, Ending{Stderr: []byte("ok points 3")}, Check{Accepted: true,
			Message: "ok points 3"}, false},
		{"testlib knows no 5", Testlib{}, Ending{Code: 5}, Check{}, true},
		{"DMOJ accepts", DMOJ{}, Ending{Stdout: []byte("fine\n")}, Check{Accepted: true, Message: "fine"}, false},
		{"DMOJ rejects", DMOJ{}, Ending{Code: 1, Stdout: []byte("not so\n")}, Check{Message: "not so"}, false},
		{"DMOJ knows no 2", DMOJ{}, Ending{Code: 2}, Check{}, true},
		{"DMOJ testlib accepts", DMOJTestlib{}, Ending{Stderr: []byte("ok")}, Check{Accepted: true, Message: "ok"},
			false},
		{"DMOJ testlib rejects", DMOJTestlib{}, Ending{Code: 1}, Check{}, false},
		{"DMOJ testlib presentation", DMOJTestlib{}, Ending{Code: 2}, Check{}, false},
		{"DMOJ testlib the jury is wrong", DMOJTestlib{}, Ending{Code: 3}, Check{}, true},
		{"DMOJ testlib knows no dirt", DMOJTestlib{}, Ending{Code: 4}, Check{}, true},
		{"DMOJ testlib knows no end of file", DMOJTestlib{}, Ending{Code: 8}, Check{}, true},
		{"DMOJ testlib knows no parts of 200", DMOJTestlib{}, Ending{Code: 150}, Check{}, true},
		{"DMOJ testlib points on any line", DMOJTestlib{}, Ending{Code: 7, Stderr: []byte("well\npoints 3\n")},
			Check{Accepted: true, Points: score(3), Message: "well points 3"}, false},
		{"DMOJ testlib points and words", DMOJTestlib{}, Ending{Code: 7, Stderr: []byte("points 2 fair\n")}, Check{},
			true},
		{"DMOJ testlib half a point", DMOJTestlib{}, Ending{Code: 7, Stderr: []byte("points 2.5\n")}, Check{}, true},
		{"DMOJ testlib negative points", DMOJTestlib{}, Ending{Code: 7, Stderr: []byte("points -5")}, Check{}, true},
		{"DMOJ testlib no points", DMOJTestlib{}, Ending{Code: 7, Stderr: []byte("point 5")}, Check{}, true},
		{"DMOJ testlib points with 0 are words", DMOJTestlib{}, Ending{Stderr: []byte("points 3")},
			Check{Accepted: true, Message: "points 3"}, false},
		{"COCI part", COCI{}, Ending{Code: 7, Stderr: []byte("well\npartial 3/4\n")}, Check{Accepted: true,
			Score: score(0.75), Message: "well partial 3/4"}, false},
		{"COCI none of it", COCI{}, Ending{Code: 7, Stderr: []byte("partial 0/4\n")}, Check{Accepted: true,
			Score: score(0), Message: "partial 0/4"}, false},
		{"COCI all of it", COCI{}, Ending{Code: 7, Stderr: []byte("partial 4/4")}, Check{Accepted: true,
			Score: score(1), Message: "partial 4/4"}, false},
		{"COCI more than all", COCI{}, Ending{Code: 7, Stderr: []byte("partial 5/4")}, Check{}, true},
		{"COCI of nothing", COCI{}, Ending{Code: 7, Stderr: []byte("partial 0/0")}, Check{}, true},
		{"COCI of nothing, then a part", COCI{}, Ending{Code: 7, Stderr: []byte("partial 0/0\npartial 1/2")},
			Check{Accepted: true, Score: score(0.5), Message: "partial 0/0 partial 1/2"}, false},
		{"COCI large numbers", COCI{}, Ending{Code: 7, Stderr: []byte("partial 10000000000/20000000000")},
			Check{Accepted: true, Score: score(0.5), Message: "partial 10000000000/20000000000"}, false},
		{"COCI no part", COCI{}, Ending{Code: 7, Stderr: []byte("partial x/4")}, Check{}, true},
		{"COCI is testlib otherwise", COCI{}, Ending{Code: 1, Stderr: []byte("no")}, Check{Message: "no"}, false},
		{"COCI knows no dirt", COCI{}, Ending{Code: 4}, Check{}, true},
		{"PEG accepts", PEG{}, Ending{}, Check{Accepted: true}, false},
		{"PEG rejects", PEG{}, Ending{Code: 1, Stdout: []byte("no")}, Check{Message: "no"}, false},
		{"PEG part", PEG{}, Ending{Code: 1, Stdout: []byte("1\n4\n")}, Check{Accepted: true, Score: score(0.25)},
			false},
		{"PEG part that accepts, with decimals, after a message", PEG{}, Ending{Stdout: []byte("fair\n 1.5\n6.0\n")},
			Check{Accepted: true, Score: score(0.25)}, false},
		{"PEG part of none is no part", PEG{}, Ending{Code: 1, Stdout: []byte("0\n4\n")}, Check{Message: "0 4"}, false},
		{"PEG the first two numbers that make one", PEG{}, Ending{Code: 1, Stdout: []byte("0\n4\n8\n")},
			Check{Accepted: true, Score: score(0.5)}, false},
		{"PEG of nothing", PEG{}, Ending{Code: 1, Stdout: []byte("1\n0\n")}, Check{Message: "1 0"}, false},
		{"PEG more than all", PEG{}, Ending{Code: 1, Stdout: []byte("5\n4\n")}, Check{}, true},
		{"PEG knows no 2", PEG{}, Ending{Code: 2, Stdout: []byte("1\n4\n")}, Check{}, true},
		{"PEG as an interactor", DMOJTalk{PEG{}}, Ending{Code: 1, Stderr: []byte("1\n4\n")},
			Check{Accepted: true, Score: score(0.25)}, false},
		{"DMOJ as an interactor", DMOJTalk{DMOJ{}}, Ending{Code: 1, Stderr: []byte("no\n")}, Check{Message: "no"},
			false},
		{"CMS full score", CMS{}, Ending{Stdout: []byte("1.0\n"), Stderr: []byte("translate:success\n")},
			Check{Accepted: true, Score: score(1), Message: "Output is correct"}, false},
		{"CMS none", CMS{}, Ending{Stdout: []byte("0\n"), Stderr: []byte("bad")}, Check{Score: score(0),
			Message: "bad"}, false},
		{"CMS part", CMS{}, Ending{Stdout: []byte("0.5"), Stderr: []byte("translate:partial")}, Check{Score: score(0.5),
			Message: "Output is partially correct"}, false},
		{"CMS says more than a line", CMS{}, Ending{Stdout: []byte("1.0\nx"),
			Stderr: []byte("translate: success \nfor the setter\n")}, Check{Accepted: true, Score: score(1),
			Message: "Output is correct"}, false},
		{"CMS an unknown word to translate", CMS{}, Ending{Stdout: []byte("0"), Stderr: []byte("translate:bad")},
			Check{Score: score(0), Message: "translate:bad"}, false},
		{"CMS more than all", CMS{}, Ending{Stdout: []byte("1.5\n")}, Check{}, true},
		{"CMS no score", CMS{}, Ending{}, Check{}, true},
		{"CMS exit code", CMS{}, Ending{Code: 1, Stdout: []byte("1.0\n")}, Check{}, true},
		{"CMS judge failure", CMS{}, Ending{Stdout: []byte("0\n"), Stderr: []byte("Judge Failure; no answer")}, Check{},
			true},
	}
	for _, row := range rows {
		got, err := row.protocol.Decode(row.ending)
		if (err != nil) != row.fails {
			t.Errorf("%s: error %v", row.rule, err)
			continue
		}
		same := got.Accepted == row.want.Accepted && got.Message == row.want.Message && equal(got.Score,
			row.want.Score) && equal(got.Points, row.want.Points)
		if !same {
			t.Errorf("%s: %+v, want %+v", row.rule, got, row.want)
		}
	}
}

func equal(a, b *float64) bool { return a == b || a != nil && b != nil && *a == *b }

func FuzzAnEndingIsAnAnswerOrAFailure(f *testing.F) {
	f.Add(7, []byte("1\n"), []byte("points 3 x"))
	f.Fuzz(func(t *testing.T, code int, stdout, stderr []byte) {
		for _, p := range []Protocol{ICPC{}, Testlib{}, CMS{}, DMOJ{}, DMOJTestlib{}, COCI{}, PEG{}} {
			check, err := p.Decode(Ending{Code: code, Stdout: stdout, Stderr: stderr,
				Feedback: map[string][]byte{"score.txt": stdout}})
			if err != nil && check.Accepted {
				t.Errorf("%T: a failure that accepts", p)
			}
		}
	})
}

func TestSinolCheckers(t *testing.T) {
	for _, row := range []struct {
		stdout string
		code   int
		score  float64
		accept bool
		fails  bool
	}{
		{"OK\n", 0, 1, true, false}, {"OK\nwell\n100\n", 0, 1, true, false}, {"OK\n\n50", 0, 0.5, false, false},
		{"OK\n\n1/2\n", 1, 0.005, false, false}, {"OK\n\n75%\n", 0, 0.75, false, false},
		{"WRONG\nline 2\n", 0, -1, false, false},
		{"", 0, -1, false, false}, {"OK\n\nhalf\n", 0, 0, false, true}, {"OK\n\n101\n", 0, 0, false, true},
		{"OK\n\n1/0\n", 0, 0, false, true}, {"OK\n\nNaN\n", 0, 0, false, true}, {"OK\n", 3, 0, false, true},
	} {
		check, err := Sinol{}.Decode(Ending{Code: row.code, Stdout: []byte(row.stdout)})
		score := -1.0
		if check.Score != nil {
			score = *check.Score
		}
		if (err != nil) != row.fails || err == nil && (score != row.score || check.Accepted != row.accept) {
			t.Errorf("%q: got %+v (%v), %v", row.stdout, check, score, err)
		}
	}
}
