package output

import (
	"fmt"
	"io"
	"time"

	"judge/judge/contest"
	"judge/judge/contest/score"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/text"
)

// Schema is the version of the JSON document. Fields may be added to it; none changes its meaning.
const Schema = 1

// Document is what JSON writes; schema.json describes it.
type Document struct {
	Schema        int            `json:"schema"`
	Judge         report.Build   `json:"judge"`
	Contest       Contest        `json:"contest"`
	Frozen        bool           `json:"frozen"`
	Submissions   []Submission   `json:"submissions"`
	Scoreboard    []Row          `json:"scoreboard"`
	Rounds        []Round        `json:"rounds"`
	Machines      []Machine      `json:"machines"`
	Disagreements []Disagreement `json:"disagreements"`
}

// Contest is the contest of a document.
type Contest struct {
	ID             string    `json:"id"`
	Name           string    `json:"name"`
	StartTime      *string   `json:"start_time"` // RFC 3339; null: not stated
	Duration       *string   `json:"duration"`   // h:mm:ss.uuu; null: not stated
	FreezeDuration *string   `json:"scoreboard_freeze_duration"`
	Timed          bool      `json:"timed"`
	ScoreboardType string    `json:"scoreboard_type"`
	PenaltyTime    *int      `json:"penalty_time"` // minutes; null in a score contest
	Score          *string   `json:"score"`        // best, best-per-group, last; null in a pass-fail contest
	Ties           *string   `json:"ties"`         // share, time
	Problems       []Problem `json:"problems"`
	Teams          []Team    `json:"teams"`
}

// Problem is a problem of a document.
type Problem struct {
	ID       string   `json:"id"`
	Label    string   `json:"label"`
	Name     string   `json:"name"`
	MaxScore *float64 `json:"max_score"` // null in a pass-fail contest
}

// Team is a team of a document.
type Team struct {
	ID           string   `json:"id"`
	Name         string   `json:"name"`
	Organization *string  `json:"organization"` // name
	Groups       []string `json:"groups"`       // ids
	Hidden       bool     `json:"hidden"`
}

// Submission is a submission of a document, and a line of the CSV file.
type Submission struct {
	ID          string   `json:"id"`
	Team        string   `json:"team"`
	Problem     string   `json:"problem"`
	Language    string   `json:"language"`
	ContestTime *string  `json:"contest_time"` // null: the contest is untimed
	Verdict     *string  `json:"verdict"`      // null: not graded, or hidden by the freeze
	Reason      *string  `json:"reason"`
	Score       *float64 `json:"score"` // null: no points, or not graded
	Path        string   `json:"path"`
}

// Row is a row of the scoreboard.
type Row struct {
	Rank     int      `json:"rank"`
	Team     string   `json:"team"`
	Solved   int      `json:"solved"`
	Penalty  *int     `json:"penalty"` // minutes; null in a score contest
	Score    *float64 `json:"score"`   // null in a pass-fail contest
	Problems []Cell   `json:"problems"`
}

// Cell is a problem of a row.
type Cell struct {
	Problem string   `json:"problem"`
	Judged  int      `json:"judged"`
	Pending int      `json:"pending"`
	Solved  bool     `json:"solved"`
	First   bool     `json:"first_to_solve"`
	Score   *float64 `json:"score"` // null in a pass-fail contest
	Time    *string  `json:"time"`  // null: not solved, no score, or untimed
}

// Round is a round of judging.
type Round struct {
	ID        int       `json:"id"`
	Kind      string    `json:"kind"` // first, rejudge, audit, shadow
	Selection Selection `json:"selection"`
	Opened    *string   `json:"opened"`
	Applied   *string   `json:"applied"`
	Cancelled *string   `json:"cancelled"`
}

// Selection chooses the submissions of a round; what is empty or null chooses all.
type Selection struct {
	Problems    []string `json:"problems"`
	Teams       []string `json:"teams"`
	Languages   []string `json:"languages"`
	Submissions []string `json:"submissions"`
	Verdicts    []string `json:"verdicts"`
	Machines    []string `json:"machines"`
	From        *string  `json:"from"`
	To          *string  `json:"to"`
}

// Machine is a machine that judged.
type Machine struct {
	Name      string  `json:"name"`
	Class     int     `json:"class"`
	CPU       string  `json:"cpu"`
	Kernel    string  `json:"kernel"`
	Cgroup    string  `json:"cgroup"`
	Isolation string  `json:"isolation"`
	Speed     float64 `json:"speed"` // 0: not measured
	FirstSeen *string `json:"first_seen"`
	LastSeen  *string `json:"last_seen"`
}

// Disagreement is a second judgement that differs from the one that counts.
type Disagreement struct {
	Submission string  `json:"submission"`
	Machine    string  `json:"machine"`
	First      string  `json:"first"`
	Second     string  `json:"second"`
	At         *string `json:"at"`
}

// JSON writes all results as one indented document. Submissions are in the order of the contest, and include those
// that are on no scoreboard: late ones, and those of hidden teams.
func JSON(w io.Writer, r *contest.Results, o score.Options) error {
	d := Document{
		Schema: Schema, Judge: report.ThisBuild(), Contest: contestOf(&r.Contest), Frozen: o.Frozen,
		Submissions: submissions(r, o), Scoreboard: scoreboard(score.Compute(r, o)),
		Rounds: []Round{}, Machines: []Machine{}, Disagreements: []Disagreement{},
	}
	for _, round := range r.Rounds {
		d.Rounds = append(d.Rounds, Round{ID: round.ID, Kind: kindOf(round.Kind),
			Selection: selectionOf(round.Selection), Opened: moment(round.Opened),
			Applied: moment(round.Applied), Cancelled: moment(round.Cancelled)})
	}
	for _, m := range r.Machines {
		d.Machines = append(d.Machines, Machine{Name: m.Name, Class: m.Class.ID, CPU: m.Class.CPU,
			Kernel: m.Class.Kernel, Cgroup: m.Class.Cgroup, Isolation: m.Class.Isolation,
			Speed: score.Finite(m.Class.Speed), FirstSeen: moment(m.FirstSeen), LastSeen: moment(m.LastSeen)})
	}
	shown := visible(r, o)
	for _, one := range r.Differ {
		if shown[one.Submission] {
			d.Disagreements = append(d.Disagreements, Disagreement{Submission: one.Submission,
				Machine: one.Machine, First: one.First, Second: one.Second, At: moment(one.At)})
		}
	}
	if err := text.WriteJSON(w, d); err != nil {
		return fmt.Errorf("write the results: %w", err)
	}
	return nil
}

func contestOf(c *contest.Contest) Contest {
	made := Contest{ID: c.ID, Name: c.Name, StartTime: moment(c.Start), Timed: c.Timed, ScoreboardType: "pass-fail",
		Problems: []Problem{}, Teams: []Team{}}
	if c.Duration > 0 {
		made.Duration = pointer(relTime(c.Duration))
		made.FreezeDuration = pointer(relTime(c.Freeze))
	}
	scores := c.Scoring.Type == contest.Score
	if scores {
		made.ScoreboardType = "score"
		made.Score = pointer([...]string{"best", "best-per-group", "last"}[min(c.Scoring.Best, contest.LastSubmission)])
		made.Ties = pointer([...]string{"share", "time"}[min(c.Scoring.Ties, contest.TimeBreaks)])
	} else {
		made.PenaltyTime = pointer(int(c.Scoring.Penalty / time.Minute))
	}
	for i := range c.Problems {
		p := Problem{ID: c.Problems[i].ID, Label: c.Problems[i].Label, Name: c.Problems[i].Name}
		if scores {
			p.MaxScore = pointer(score.MaxScore(&c.Problems[i]))
		}
		made.Problems = append(made.Problems, p)
	}
	organizations, hidden := map[string]string{}, score.Hidden(c)
	for _, one := range c.Organizations {
		organizations[one.ID] = one.Name
	}
	for _, t := range c.Teams {
		team := Team{ID: t.ID, Name: t.Name, Groups: append([]string{}, t.Groups...), Hidden: hidden[t.ID]}
		if name, known := organizations[t.Organization]; known {
			team.Organization = &name
		}
		made.Teams = append(made.Teams, team)
	}
	return made
}

func selectionOf(s contest.Selection) Selection {
	list := func(all []string) []string { return append([]string{}, all...) }
	made := Selection{Problems: list(s.Problems), Teams: list(s.Teams), Languages: list(s.Languages),
		Submissions: list(s.Submissions), Verdicts: []string{}, Machines: list(s.Machines)}
	for _, v := range s.Verdicts {
		made.Verdicts = append(made.Verdicts, v.String())
	}
	if s.From != nil {
		made.From = pointer(relTime(*s.From))
	}
	if s.To != nil {
		made.To = pointer(relTime(*s.To))
	}
	return made
}

// submissions lists all submissions as a viewer may see them.
func submissions(r *contest.Results, o score.Options) []Submission {
	c := &r.Contest
	worth := worthOf(c)
	list := make([]Submission, 0, len(c.Submissions))
	for _, s := range c.Submissions {
		one := Submission{ID: s.ID, Team: s.Team, Problem: s.Problem, Language: s.Language, Path: s.Path}
		if c.Timed {
			one.ContestTime = pointer(relTime(s.Time))
		}
		if j := score.Shown(c, s, r.Judgements[s.ID], o); j != nil && j.Verdict != problems.Unjudged {
			one.Verdict, one.Reason = pointer(j.Verdict.String()), pointer(string(j.Reason))
			one.Score = worth(s, j)
			if j.Language != "" {
				one.Language = j.Language
			}
		}
		list = append(list, one)
	}
	return list
}

// worthOf returns the score of a judgement for the list of submissions: of a score contest what it is worth there.
func worthOf(c *contest.Contest) func(contest.Submission, *contest.Judgement) *float64 {
	found := make(map[string]*contest.Problem, len(c.Problems))
	for i := range c.Problems {
		found[c.Problems[i].ID] = &c.Problems[i]
	}
	return func(s contest.Submission, j *contest.Judgement) *float64 {
		switch problem := found[s.Problem]; {
		case score.Pending(j):
			return nil
		case c.Scoring.Type == contest.Score && problem != nil:
			return pointer(score.Worth(problem, j))
		case j.Score != nil:
			return pointer(score.Finite(*j.Score))
		}
		return nil
	}
}

func scoreboard(b score.Board) []Row {
	rows := make([]Row, 0, len(b.Rows))
	for _, r := range b.Rows {
		row := Row{Rank: r.Rank, Team: r.Team.ID, Solved: r.Solved, Problems: []Cell{}}
		if b.Type == contest.PassFail {
			row.Penalty = &r.Penalty
		} else {
			row.Score = &r.Score
		}
		for i, c := range r.Cells {
			cell := Cell{Problem: b.Problems[i].Problem.ID, Judged: c.Judged, Pending: c.Pending, Solved: c.Solved,
				First: c.First}
			hasTime := c.Solved
			if b.Type == contest.Score {
				cell.Score, hasTime = &c.Score, c.Score > 0
			}
			if b.Timed && hasTime {
				cell.Time = pointer(relTime(c.Time))
			}
			row.Problems = append(row.Problems, cell)
		}
		rows = append(rows, row)
	}
	return rows
}

// visible returns the ids of the submissions whose judgements a viewer may see.
func visible(r *contest.Results, o score.Options) map[string]bool {
	shown := make(map[string]bool, len(r.Contest.Submissions))
	for _, s := range r.Contest.Submissions {
		shown[s.ID] = !o.Frozen || !score.InFreeze(&r.Contest, s)
	}
	return shown
}

func kindOf(k contest.RoundKind) string {
	return [...]string{"first", "rejudge", "audit", "shadow"}[min(k, contest.Shadow)]
}

// relTime writes a time since the start as CLICS does: h:mm:ss.uuu, with a - before it if it is negative.
func relTime(d time.Duration) string {
	sign := ""
	ms := d.Milliseconds()
	if ms < 0 {
		sign, ms = "-", -ms
	}
	return fmt.Sprintf("%s%d:%02d:%02d.%03d", sign, ms/3_600_000, ms/60_000%60, ms/1000%60, ms%1000)
}

// moment writes a time; nil: unknown.
func moment(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return pointer(t.Format(time.RFC3339))
}

func pointer[T any](value T) *T { return &value }
