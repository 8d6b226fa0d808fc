package page

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"judge/judge/contest"
	"judge/problems"
)

// runsOf yields two tests for every judgement: the first is accepted, the second has the verdict of the judgement.
func runsOf(_ context.Context, judgements []*contest.Judgement) iter.Seq2[contest.RunsOf, error] {
	return func(yield func(contest.RunsOf, error) bool) {
		for _, j := range judgements {
			runs := contest.RunsOf{Submission: j.Submission, Round: j.Round, Runs: []contest.Run{
				{Test: 1, Verdict: problems.AC, CPU: 10 * time.Millisecond, Memory: 1 << 20},
				{Test: 2, Verdict: j.Verdict, CPU: 20 * time.Millisecond, Memory: 1 << 20, Message: "message of " + j.Submission},
			}}
			if j.Submission == "s1" { // fails the sample
				runs.Runs[0].Verdict = problems.WA
			}
			if !yield(runs, nil) {
				return
			}
		}
	}
}

func inputOf(p contest.Problem, test int) ([]byte, error) {
	return []byte("input of " + p.ID + " " + string(rune('0'+test)) + "\n" + hostile), nil
}

func options() TeamsOptions { return TeamsOptions{Runs: runsOf, Input: inputOf} }

func page(t *testing.T, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func entries(t *testing.T, dir string) []string {
	t.Helper()
	all, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range all {
		names = append(names, e.Name())
	}
	return names
}

func TestTeamPagesAreGolden(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "teams")
	if err := Teams(t.Context(), dir, sample(), options()); err != nil {
		t.Fatal(err)
	}
	want := []string{".judge-teams", "evil.html", "index.html", "lund2.html", indexTeam}
	if got := entries(t, dir); !slices.Equal(got, want) {
		t.Errorf("the directory has %q, expected %q", got, want)
	}
	team := page(t, dir, "lund2.html")
	golden(t, "team.html", team)
	goldenBody(t, "team-hostile.html", page(t, dir, "evil.html"), team)
	goldenBody(t, "teams.html", page(t, dir, "index.html"), team)
}

func TestTeamPageShowsInputsOnlyWherePermitted(t *testing.T) {
	for _, c := range []struct {
		all    bool
		shown  []string
		hidden []string
	}{
		{false, []string{"input of A 1"}, []string{"input of A 2", "input of B"}},
		{true, []string{"input of A 1", "input of B 2"}, []string{"input of B 1"}}, // B 1 is accepted
	} {
		dir := filepath.Join(t.TempDir(), "teams")
		o := options()
		o.AllInputs = c.all
		if err := Teams(t.Context(), dir, sample(), o); err != nil {
			t.Fatal(err)
		}
		text := page(t, dir, "lund2.html")
		for _, want := range c.shown {
			if !strings.Contains(text, want) {
				t.Errorf("AllInputs %v: the page has no %q", c.all, want)
			}
		}
		for _, bad := range c.hidden {
			if strings.Contains(text, bad) {
				t.Errorf("AllInputs %v: the page has %q", c.all, bad)
			}
		}
	}
}

func TestTeamPagesHideWhatIsHidden(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "teams")
	o := options()
	o.Frozen = true
	if err := Teams(t.Context(), dir, sample(), o); err != nil {
		t.Fatal(err)
	}
	for _, name := range entries(t, dir) {
		text := page(t, dir, name)
		for _, bad := range []string{
			"JURY", "jury", "FROZEN EVIDENCE", "LATE", "message of s6", "message of s7", "message of s9", "<script",
			"\u202e",
		} {
			if strings.Contains(text, bad) {
				t.Errorf("%s contains %q", name, bad)
			}
		}
	}
	if !strings.Contains(page(t, dir, "lund2.html"), "outside the contest") {
		t.Error("a late submission has no note")
	}
}

func TestTeamsRefusesADirectoryOfOthers(t *testing.T) {
	dir := t.TempDir()
	own := filepath.Join(dir, "thesis.html")
	if err := os.WriteFile(own, []byte("thesis"), 0o644); err != nil {
		t.Fatal(err)
	}
	var foreign *ForeignError
	if err := Teams(t.Context(), dir, sample(), options()); !errors.As(err, &foreign) {
		t.Errorf("got %v", err)
	}
	if got := entries(t, dir); !slices.Equal(got, []string{"thesis.html"}) {
		t.Errorf("the directory has %q", got)
	}
}

func TestTeamsReplacesItsOwnPagesOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "teams")
	r := sample()
	r.Contest.Teams = append(r.Contest.Teams, contest.Team{ID: "gone", Name: "Gone"})
	target := filepath.Join(t.TempDir(), "target")
	err := errors.Join(
		Teams(t.Context(), dir, r, options()),
		os.WriteFile(filepath.Join(dir, "notes.html"), []byte("my notes"), 0o644),
		os.WriteFile(target, []byte("kept"), 0o644),
		os.Remove(filepath.Join(dir, "evil.html")),
		os.Symlink(target, filepath.Join(dir, "evil.html")),
		Teams(t.Context(), dir, sample(), options()),
	)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{".judge-teams", "evil.html", "index.html", "lund2.html", "notes.html", indexTeam}
	if got := entries(t, dir); !slices.Equal(got, want) {
		t.Errorf("the directory has %q, expected %q", got, want)
	}
	if page(t, dir, "notes.html") != "my notes" || page(t, filepath.Dir(target), "target") != "kept" {
		t.Error("a file of others was written to")
	}
	info, err := os.Lstat(filepath.Join(dir, "evil.html"))
	if err != nil || info.Mode() != 0o644 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestTeamsTrustsNoIdAndNoManifest(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "teams")
	r := sample()
	r.Contest.Teams = append(r.Contest.Teams,
		contest.Team{ID: "../outside", Name: "Out"}, contest.Team{ID: "evil", Name: "twice"})
	err := errors.Join(
		os.WriteFile(filepath.Join(top, "outside.html"), []byte("kept"), 0o644),
		os.Mkdir(dir, 0o755),
		os.WriteFile(filepath.Join(dir, ".judge-teams"), []byte("../outside.html\nthesis.txt\n.html\n"), 0o644),
		os.WriteFile(filepath.Join(dir, "thesis.txt"), []byte("kept"), 0o644),
		Teams(t.Context(), dir, r, options()),
	)
	if err != nil {
		t.Fatal(err)
	}
	if page(t, top, "outside.html") != "kept" || page(t, dir, "thesis.txt") != "kept" {
		t.Error("a file of others was written to")
	}
}

func TestTeamsEndsWithTheContextAndWithErrors(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Teams(ctx, filepath.Join(t.TempDir(), "teams"), sample(), options()); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	broken := errors.New("broken")
	o := options()
	o.Runs = func(context.Context, []*contest.Judgement) iter.Seq2[contest.RunsOf, error] {
		return func(yield func(contest.RunsOf, error) bool) { yield(contest.RunsOf{}, broken) }
	}
	if err := Teams(t.Context(), filepath.Join(t.TempDir(), "teams"), sample(), o); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	o = options()
	o.Input = func(contest.Problem, int) ([]byte, error) { return nil, fs.ErrNotExist }
	dir := filepath.Join(t.TempDir(), "teams")
	err := Teams(t.Context(), dir, sample(), o)
	if err != nil || !strings.Contains(page(t, dir, "lund2.html"), "cannot be shown") {
		t.Errorf("an input that cannot be read: %v", err)
	}
}

func TestTeamPagesFitTheWindowInABrowser(t *testing.T) {
	b := startBrowser(t)
	if b == nil {
		return
	}
	dir := filepath.Join(t.TempDir(), "teams")
	o := options()
	o.AllInputs = true
	r := sample()
	r.Judgements["s1"].Evidence = strings.Repeat("x", 1000)
	if err := Teams(t.Context(), dir, r, o); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"index.html", "lund2.html", "evil.html"} {
		b.open(filepath.Join(dir, name))
		b.eval(`document.querySelectorAll("details").forEach(d => { d.open = true; })`)
		for _, width := range []int{390, 1440} {
			b.resize(width, "light")
			if got := b.eval(`document.documentElement.scrollWidth`); got.(float64) > float64(width) {
				t.Errorf("%s: the page is %v px wide in a window of %d", name, got, width)
			}
		}
	}
	b.wants(`document.scripts.length`, "0")
}
