package page

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"judge/judge/contest"
	"judge/judge/contest/score"
	"judge/judge/report"
	"judge/problems"
)

var update = flag.Bool("update", false, "write the golden files")

// golden compares a page, without its style and scripts, with a golden file.
func golden(t *testing.T, name, page string) {
	t.Helper()
	got := bare(page)
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the page differs from %s; if that is right, run the test with -update. Got:\n%s", path, got)
	}
}

// bare is a page without its style and scripts, which have no place in a golden file.
func bare(page string) string {
	for _, part := range []struct{ from, to, instead string }{
		{"<style>", "</style>", "<style></style>"},
		{"<script>\n\"use strict\";", "</script>", "<script></script>"},
		{"style-src '", "'; img-src", "style-src ...; img-src"},
	} {
		before, rest, found := strings.Cut(page, part.from)
		_, after, ended := strings.Cut(rest, part.to)
		if found && ended {
			page = before + part.instead + after
		}
	}
	return page
}

// goldenBody compares a page that has the head of another one: its golden file has only the title of it.
func goldenBody(t *testing.T, name, page, other string) {
	t.Helper()
	head, rest := cutHead(page)
	if want, _ := cutHead(other); head != want {
		t.Errorf("%s: expected the head\n%s\ngot\n%s", name, want, head)
	}
	golden(t, name, rest)
}

// cutHead returns the head of a page without the title, and the page without that head.
func cutHead(page string) (head, rest string) {
	before, after, _ := strings.Cut(page, "<head>\n")
	head, after, _ = strings.Cut(after, "</head>\n")
	title := regexp.MustCompile(`<title>.*</title>\n`).FindString(head)
	return strings.Replace(head, title, "", 1), before + title + after
}

func TestPageIsGolden(t *testing.T) {
	at := start().Add(6 * time.Hour)
	passFail := written(t, sample(), Live{Round: again, Written: at})
	golden(t, "pass-fail.html", passFail)
	goldenBody(t, "grading.html", written(t, sample(), Live{
		Grading: true, Frozen: true, Running: []string{"s8"}, Left: 12 * time.Minute, Round: again, Written: at,
	}), passFail)
	scores := sample()
	scores.Contest.Scoring = contest.Scoring{Type: contest.Score}
	full, part := 100.0, 33.3333
	scores.Judgements["s2"].Score, scores.Judgements["s1"].Score = &full, &part
	for i := range scores.Contest.Problems {
		scores.Contest.Problems[i].Facts.MaxScore, scores.Contest.Problems[i].Facts.Points = 100, true
	}
	goldenBody(t, "score.html", written(t, scores, Live{}), passFail)
}

func TestPageNeedsNoNetwork(t *testing.T) {
	page := written(t, sample(), Live{Round: again, Grading: true})
	for _, bad := range []string{"http:", "https:", "//cdn", "@import", "url(", "src=\"", "unsafe-inline"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page contains %q", bad)
		}
	}
}

func TestForeignTextStaysText(t *testing.T) {
	r := sample()
	r.Contest.Teams = append(r.Contest.Teams, contest.Team{ID: "evil\u202eid"})
	page := written(t, r, Live{Round: again})
	for _, bad := range []string{"<script>alert", "<!--]]", "\u202e", "\x1b", "\x00", "\u2028", "fill=\"red"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page contains %q", bad)
		}
	}
	if !strings.Contains(page, "Lund 2 👩‍💻") {
		t.Error("an emoji with a joiner is no longer the same")
	}
}

func TestNameKeepsWhatPeopleWrite(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Lund 2", "Lund 2"}, {"👩‍💻 a", "👩‍💻 a"}, {"می\u200cخواهم", "می\u200cخواهم"},
		{"Žluťoučký", "Žluťoučký"}, {"❤️", "❤️"},
		{"a\u202eb", `a\u202eb`}, {"\u200b", `\u200b`}, {"a\nb", `a\nb`}, {"\xff", `\xff`}, {"\u3164", `\u3164`},
		{"e" + strings.Repeat("\u0301", 6), "e" + strings.Repeat("\u0301", 4) + `\u0301\u0301`},
		{strings.Repeat("é", 100), strings.Repeat("é", 60) + "…"},
	} {
		if got := name(c.in); got != c.want {
			t.Errorf("name(%q) = %q, expected %q", c.in, got, c.want)
		}
	}
}

// withoutDigests is a page without its content security policy, of which the digests may contain any short text.
func withoutDigests(page string) string {
	before, rest, _ := strings.Cut(page, `content="default-src`)
	_, after, _ := strings.Cut(rest, `">`)
	return before + after
}

func TestHiddenAndLateAreNotOnThePage(t *testing.T) {
	page := withoutDigests(written(t, sample(), Live{Round: again}))
	for _, secret := range []string{"JURY", "jury", "s5", "s9", "LATE"} {
		if strings.Contains(page, secret) {
			t.Errorf("the page contains %q", secret)
		}
	}
}

// TestFrozenPageHasNoFrozenVerdict: only the submissions made during the freeze have certain verdicts, figures and
// texts, and these are nowhere in the bytes of the page.
func TestFrozenPageHasNoFrozenVerdict(t *testing.T) {
	r := sample()
	for _, id := range []string{"s6", "s7"} {
		r.Judgements[id].CPU, r.Judgements[id].Memory = 7777*time.Millisecond, 8888<<10
		r.Judgements[id].Language, r.Judgements[id].Machine = "brainfuck", "secretmachine"
	}
	r.Differ = []contest.Disagreement{{Submission: "s7", Machine: "secretmachine", First: "OLE", Second: "SECOND"}}
	r.Rounds[1].Selection = contest.Selection{Submissions: []string{"s1", "s7"}, Teams: []string{"jury"}}
	secrets := []string{
		"FROZEN EVIDENCE", "7777", "8888", "brainfuck", "secretmachine", "SECOND", "<td>s7", "s6</bdi>", "s7</bdi>",
	}
	open := withoutDigests(written(t, r, Live{Round: again}))
	for _, secret := range secrets[:5] {
		if !strings.Contains(open, secret) {
			t.Errorf("the open page has no %q: the test finds nothing", secret)
		}
	}
	page := written(t, r, Live{Round: again, Frozen: true})
	for _, secret := range secrets {
		if strings.Contains(withoutDigests(page), secret) {
			t.Errorf("the frozen page contains %q", secret)
		}
	}
	// The page does not depend on what the verdicts are.
	for _, v := range []problems.Verdict{problems.AC, problems.WA, problems.JE, problems.CE} {
		other := sample()
		other.Rounds[1].Selection = r.Rounds[1].Selection
		other.Judgements["s6"].Verdict, other.Judgements["s7"].Verdict = v, v
		if written(t, other, Live{Round: again, Frozen: true}) != page {
			t.Errorf("the frozen page shows that a verdict is %s", v)
		}
	}
}

func TestPageIsBounded(t *testing.T) {
	r := many(1000, 10_000)
	page := written(t, r, Live{})
	t.Logf("%d bytes with 10,000 submissions", len(page))
	if len(page) > 4<<20 {
		t.Errorf("%d bytes with 10,000 submissions", len(page))
	}
	for id, j := range r.Judgements { // every byte of the evidence takes six on the page
		j.Evidence = id + strings.Repeat("<", 1000)
	}
	if page = written(t, r, Live{}); len(page) > 4<<20 {
		t.Errorf("%d bytes with 10,000 submissions and hostile evidence", len(page))
	}
}

func TestRoundThatCannotBeReadIsAnError(t *testing.T) {
	broken := errors.New("broken")
	round := func(int) (map[string]*contest.Judgement, error) { return nil, broken }
	err := Write(&strings.Builder{}, sample(), Live{Round: round})
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestWriteFileFollowsNoLink(t *testing.T) {
	dir := t.TempDir()
	target, path := filepath.Join(dir, "target"), filepath.Join(dir, "board.html")
	if err := errors.Join(os.WriteFile(target, []byte("kept"), 0o600), os.Symlink(target, path)); err != nil {
		t.Fatal(err)
	}
	var link *LinkError
	if err := WriteFile(path, sample(), Live{}); !errors.As(err, &link) {
		t.Errorf("got %v", err)
	}
	if kept, _ := os.ReadFile(target); string(kept) != "kept" {
		t.Error("the target of the link was written to")
	}
	path = filepath.Join(dir, "new.html")
	if err := WriteFile(path, sample(), Live{}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o644 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if names, _ := filepath.Glob(filepath.Join(dir, ".*")); len(names) > 0 {
		t.Errorf("%v is left behind", names)
	}
}

// TestRejudgingComparesWithWhatCountedBefore: an applied rejudging is compared with the judgements before it, and not
// with its own.
func TestRejudgingComparesWithWhatCountedBefore(t *testing.T) {
	r := sample()
	first := r.Judgements
	second, _ := again(2)
	r.Rounds[1].Applied = start().Add(2 * time.Hour)
	r.Judgements = map[string]*contest.Judgement{}
	for id, j := range first {
		r.Judgements[id] = j
		if second[id] != nil {
			r.Judgements[id] = second[id]
		}
	}
	round := func(id int) (map[string]*contest.Judgement, error) {
		if id == 1 {
			return first, nil
		}
		return again(id)
	}
	all, err := rejudgingsOf(visible(r, false, false), round)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	got := all[0]
	if first := got.Lists[0].Changes[0]; got.Judged != 4 || got.Differ != 2 || first.ID != "s1" || first.Before != "WA" {
		t.Errorf("%+v", got)
	}
}

func TestWriterKeepsItsShareOfTheTime(t *testing.T) {
	now := start()
	writes, cost := 0, time.Duration(0)
	w := Writer{Path: filepath.Join(t.TempDir(), "board.html"), Now: func() time.Time { return now }}
	step := func(version uint64) bool {
		t.Helper()
		before := writes
		if err := w.Update(version, func() (*contest.Results, Live, error) {
			writes++
			now = now.Add(cost)
			return sample(), Live{}, nil
		}); err != nil {
			t.Fatal(err)
		}
		return writes > before
	}
	for i, c := range []struct {
		after   time.Duration
		version uint64
		cost    time.Duration
		want    bool
	}{
		{0, 1, 0, true},                        // the first
		{time.Second, 2, 0, false},             // too early
		{time.Second, 2, 0, true},              // 2 s after the last
		{time.Hour, 2, 0, false},               // nothing has changed
		{0, 3, 500 * time.Millisecond, true},   // takes long
		{49 * time.Second, 4, 0, false},        // 1 % of 50 s
		{500 * time.Millisecond, 4, 0, true},   //
		{1999 * time.Millisecond, 5, 0, false}, // short again
		{time.Millisecond, 5, 0, true},
	} {
		now, cost = now.Add(c.after), c.cost
		if got := step(c.version); got != c.want {
			t.Errorf("step %d: written %v, expected %v", i, got, c.want)
		}
	}
	page, err := os.ReadFile(w.Path)
	if err != nil || !strings.Contains(string(page), `data-reload="10"`) {
		t.Errorf("the page does not reload itself: %v", err)
	}
	if err := w.Finish(sample(), Live{Grading: true}); err != nil {
		t.Fatal(err)
	}
	if page, _ = os.ReadFile(w.Path); !strings.Contains(string(page), `data-reload="0"`) {
		t.Error("the last page still reloads itself")
	}
}

// TestPageHasTheScoreboardOfAllResults: what is removed from the results before the page is made changes no scoreboard.
func TestPageHasTheScoreboardOfAllResults(t *testing.T) {
	all := many(30, 900)
	for i := range all.Contest.Submissions {
		one := &all.Contest.Submissions[i]
		one.Time = one.Time*3/2 - 10*time.Minute // before the start, in the freeze, and after the end
		if i%17 == 0 {
			all.Judgements[one.ID].Verdict = problems.JE
		} else if i%19 == 0 {
			delete(all.Judgements, one.ID)
		}
	}
	all.Contest.Teams[3].Hidden = true
	for _, r := range []*contest.Results{sample(), all} {
		for _, frozen := range []bool{false, true} {
			o := score.Options{Frozen: frozen}
			want, got := score.Compute(r, o), score.Compute(&visible(r, frozen, false).Results, o)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("frozen %v: the page has another scoreboard:\n%+v\nexpected\n%+v", frozen, got, want)
			}
		}
	}
}

func TestEvidenceHasTheReason(t *testing.T) {
	for _, c := range []struct {
		j    contest.Judgement
		want string
	}{
		{contest.Judgement{Verdict: problems.RTE, Reason: "exit 3", Evidence: "test 1"}, "exit 3: test 1"},
		{contest.Judgement{Verdict: problems.RTE, Reason: "exit 3", Evidence: "RTE exit 3 on test 1"},
			"RTE exit 3 on test 1"},
		{contest.Judgement{Verdict: problems.RTE, Reason: "exit 3"}, "exit 3"},
		{contest.Judgement{Verdict: problems.TLE, Reason: report.OverCPU, Evidence: "test 1: used 1.20 s"},
			"test 1: used 1.20 s"},
		{contest.Judgement{Verdict: problems.CE, Log: "a.c:1: error"}, "a.c:1: error"},
		{contest.Judgement{Verdict: problems.AC}, ""},
	} {
		if got := evidenceOf(&c.j, 100); got != c.want {
			t.Errorf("%s %s: got %q, expected %q", c.j.Verdict, c.j.Reason, got, c.want)
		}
	}
}
