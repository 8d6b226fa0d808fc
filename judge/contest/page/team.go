package page

import (
	"context"
	"fmt"

	"judge/judge/contest"
	"judge/judge/contest/score"
	"judge/problems"
	"judge/problems/text"
)

// maxTests bounds the tests on the page of a team.
const maxTests = 20_000

// teamPage is what the template of a team gets.
type teamPage struct {
	Policy
	Contest      string
	Name         string
	Organization string
	Place        string
	Scored       bool
	Cells        []teamCell
	Submissions  []teamSubmission
}

// teamCell is a problem of a team.
type teamCell struct {
	Label, Name string
	Cell        cellView
}

type teamSubmission struct {
	ID, Problem, ProblemName  string
	Time, Language            string
	Verdict, Score            string
	CPU, Memory               string
	Late                      bool
	Evidence, Log             string
	Groups                    []teamGroup
	Tests                     []teamTest
	MoreTests                 int
	InputTest, Input, NoInput string
}

type teamGroup struct{ Name, Score, Points string }

type teamTest struct{ Name, Group, Verdict, Reason, CPU, Wall, Memory, Message string }

// team makes the page of a team.
func (w *teamWriter) team(team contest.Team, runs map[string][]contest.Run) teamPage {
	b := w.book
	page := teamPage{
		Policy: policy(), Contest: contestName(&b.Contest), Name: b.team(team.ID), Scored: b.scored(),
	}
	for _, o := range b.Contest.Organizations {
		if o.ID == team.Organization {
			page.Organization = name(o.Name)
		}
	}
	row := b.rows[team.ID]
	page.Place = b.place(row)
	for i, c := range row.Cells {
		p := b.board.Problems[i]
		cell := newCellView(b.board, p, c)
		page.Cells = append(page.Cells, teamCell{b.label(p.Problem.ID), name(p.Problem.Name), cell})
	}
	room := maxTests
	for _, one := range b.of[team.ID] {
		page.Submissions = append(page.Submissions, w.submission(one, runs[one.ID], &room))
	}
	return page
}

// place describes a team's place on the scoreboard.
func (b *book) place(row *score.Row) string {
	switch {
	case b.scored():
		return fmt.Sprintf("Rank %d with %s points", row.Rank, points(row.Score))
	case b.board.Timed:
		return fmt.Sprintf("Rank %d with %s solved and a penalty of %d",
			row.Rank, plural(row.Solved, "problem"), row.Penalty)
	default:
		return fmt.Sprintf("Rank %d with %s solved", row.Rank, plural(row.Solved, "problem"))
	}
}

// runs reads the runs of the teams' judgements, by submission.
func (w *teamWriter) runs(ctx context.Context, teams []contest.Team) (map[string][]contest.Run, error) {
	made := map[string][]contest.Run{}
	var judgements []*contest.Judgement
	for _, team := range teams {
		for _, one := range w.book.of[team.ID] {
			if j := w.book.Judgements[one.ID]; j != nil {
				judgements = append(judgements, j)
			}
		}
	}
	if w.options.Runs == nil || len(judgements) == 0 {
		return made, ctx.Err()
	}
	for r, err := range w.options.Runs(ctx, judgements) {
		if err != nil {
			return nil, err
		}
		if j := w.book.Judgements[r.Submission]; j != nil && j.Round == r.Round {
			made[r.Submission] = r.Runs
		}
	}
	return made, ctx.Err()
}

func (w *teamWriter) submission(one contest.Submission, runs []contest.Run, room *int) teamSubmission {
	b := w.book
	problem := b.problems[one.Problem]
	made := teamSubmission{
		ID: name(one.ID), Problem: b.label(one.Problem), ProblemName: name(problem.Name), Language: name(one.Language),
		Late: b.late[one.ID], Verdict: statePending,
	}
	if b.Contest.Timed {
		made.Time = clock(one.Time)
	}
	j := b.Judgements[one.ID]
	if j == nil {
		if b.frozen[one.ID] {
			made.Verdict = stateFrozen
		}
		return made
	}
	made.Verdict, made.Evidence = j.Verdict.String(), evidenceOf(j, maxMessage)
	made.Log = text.CutLines(j.Log, maxLog)
	for _, g := range j.Groups {
		made.Groups = append(made.Groups, teamGroup{name(g.Name), points(g.Score), points(g.Points)})
	}
	if j.Language != "" {
		made.Language = name(j.Language)
	}
	if j.Score != nil {
		made.Score = points(*j.Score)
	}
	if j.Verdict != problems.CE {
		made.CPU, made.Memory = seconds(j.CPU), mebibytes(j.Memory)
	}
	for i, r := range runs {
		if *room--; *room < 0 {
			made.MoreTests = len(runs) - i
			break
		}
		made.Tests = append(made.Tests, newTeamTest(problem, r))
	}
	w.showInput(&made, problem, runs)
	return made
}

func newTeamTest(p contest.Problem, r contest.Run) teamTest {
	made := teamTest{
		Name: fmt.Sprint(r.Test), Verdict: r.Verdict.String(), Reason: text.CutLine(string(r.Reason), maxName),
		Message: text.CutLine(r.Message, maxMessage),
	}
	if t, ok := testOf(p, r.Test); ok {
		made.Name, made.Group = name(t.Name), name(t.Group)
	}
	if r.Verdict != problems.SKIP {
		made.CPU, made.Wall, made.Memory = seconds(r.CPU), seconds(r.Wall), mebibytes(r.Memory)
	}
	return made
}

// testOf returns a test by its ordinal, if the problem has it.
func testOf(p contest.Problem, ordinal int) (contest.Test, bool) {
	if p.Facts == nil || ordinal < 1 || ordinal > len(p.Facts.Tests) {
		return contest.Test{}, false
	}
	return p.Facts.Tests[ordinal-1], true
}

// showInput adds the input of the first failed test, if it may be shown.
func (w *teamWriter) showInput(made *teamSubmission, p contest.Problem, runs []contest.Run) {
	for _, r := range runs {
		if r.Verdict == problems.AC || r.Verdict == problems.SKIP {
			continue
		}
		t, ok := testOf(p, r.Test)
		if !ok || w.options.Input == nil || !t.Sample && !w.options.AllInputs {
			return
		}
		made.InputTest = name(t.Name)
		input, err := w.options.Input(p, r.Test)
		if err != nil {
			made.NoInput = text.Error(err)
			return
		}
		made.Input = text.CutLines(string(input[:min(len(input), 2*maxInput)]), maxInput)
		return
	}
}
