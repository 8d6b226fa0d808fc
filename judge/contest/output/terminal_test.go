package output

import (
	"bytes"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"

	"judge/judge/contest"
	"judge/judge/contest/score"
	"judge/problems"
	"judge/problems/text"
)

func draw(t *testing.T, to Terminal, b score.Board) string {
	t.Helper()
	var out bytes.Buffer
	if err := to.Board(&out, "Spring contest 2027", b); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestBoards(t *testing.T) {
	untimed := sample(contest.PassFail)
	untimed.Contest.Timed = false
	for i := range untimed.Contest.Submissions {
		untimed.Contest.Submissions[i].Time = 0
	}
	for name, got := range map[string]string{
		"passfail.txt": draw(t, Terminal{}, board(sample(contest.PassFail), false)),
		"frozen.txt":   draw(t, Terminal{Width: 70}, board(sample(contest.PassFail), true)),
		"color.txt":    draw(t, Terminal{Color: true, Width: 120}, board(sample(contest.PassFail), false)),
		"score.txt":    draw(t, Terminal{Rows: 3}, board(sample(contest.Score), false)),
		"untimed.txt":  draw(t, Terminal{}, board(untimed, false)),
		"narrow.txt":   draw(t, Terminal{Width: 42}, board(sample(contest.PassFail), false)),
		"tiny.txt":     draw(t, Terminal{Width: 36}, board(sample(contest.PassFail), false)),
		"empty.txt":    draw(t, Terminal{Width: 80}, score.Board{}),
	} {
		golden(t, name, got)
	}
}

func TestBoardFitsTheTerminal(t *testing.T) {
	r := sample(contest.PassFail)
	for i := range 20 {
		r.Contest.Problems = append(r.Contest.Problems, contest.Problem{ID: "P" + string(rune('a'+i)), Label: "long label"})
	}
	for width := 40; width < 320; width += 7 {
		for line := range strings.Lines(draw(t, Terminal{Width: width}, board(r, false))) {
			if got := runewidth.StringWidth(strings.TrimSuffix(line, "\n")); got > width && !strings.HasPrefix(line, "note") {
				t.Fatalf("width %d: a line has %d columns: %s", width, got, line)
			}
		}
	}
}

func TestTerminalGetsNoForeignControls(t *testing.T) {
	r := sample(contest.PassFail)
	r.Contest.Problems[0].Label = hostile
	r.Contest.Teams = append(r.Contest.Teams, contest.Team{ID: hostile})
	r.Contest.Submissions[0].ID = hostile
	r.Contest.Submissions[1].Problem = hostile
	var out bytes.Buffer
	after := map[string]*contest.Judgement{hostile: {Verdict: problems.WA}, "s02": {Verdict: problems.TLE}}
	d := score.Compare(&r.Contest, r.Judgements, after)
	if err := (Terminal{}).Preview(&out, hostile, &r.Contest, d); err != nil {
		t.Fatal(err)
	}
	var title bytes.Buffer
	if err := (Terminal{}).Board(&title, hostile, board(r, false)); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String() + title.String()) {
		if line = strings.TrimSuffix(line, "\n"); !text.Plain(line) {
			t.Errorf("expected no controls in %q", line)
		}
	}
}

func TestPreviews(t *testing.T) {
	r := sample(contest.PassFail)
	after := map[string]*contest.Judgement{}
	for id, v := range map[string]problems.Verdict{"s01": problems.TLE, "s02": problems.WA, "s03": problems.AC,
		"s06": problems.AC, "s08": problems.WA, "s09": problems.AC, "s14": problems.AC} {
		after[id] = &contest.Judgement{Verdict: v}
	}
	for name, d := range map[string]score.Difference{
		"preview.txt":      score.Compare(&r.Contest, r.Judgements, after),
		"preview_same.txt": score.Compare(&r.Contest, r.Judgements, r.Judgements),
		"preview_none.txt": {},
	} {
		var out bytes.Buffer
		if err := (Terminal{Width: 80}).Preview(&out, "rejudging 2 of problem C", &r.Contest, d); err != nil {
			t.Fatal(err)
		}
		golden(t, name, out.String())
	}
}
