package page

import (
	"encoding/json"
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"
	"time"

	"judge/judge/contest"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/text"
)

// data is the list of submissions as the script of the page reads it. Rows name teams, problems, languages, verdicts
// and texts by their index, so that a page with 10,000 submissions stays small.
type data struct {
	Contest   string      `json:"contest"`
	Written   string      `json:"written"`
	Timed     bool        `json:"timed"`
	Scored    bool        `json:"scored"`
	Teams     [][2]string `json:"teams"`    // id, name
	Problems  [][2]string `json:"problems"` // label, name
	Languages []string    `json:"languages"`
	Verdicts  []string    `json:"verdicts"`
	Texts     []string    `json:"texts"`
	Rows      []row       `json:"rows"` // in the order of the contest
}

// row is a submission: id, contest time in s, team, problem, language, verdict, score or null, ms of CPU, KiB, text. A
// figure that is not known is -1.
type row [10]any

// choices are what the filters offer.
type choices struct {
	Teams, Problems, Languages, Verdicts []choice
}

type choice struct {
	Index int
	Text  string
}

// What a submission without a verdict shows in its place.
const (
	statePending = "pending"
	stateRunning = "running"
	stateFrozen  = "frozen"
)

// evidenceRoom bounds the evidence of all submissions together, in bytes of the page.
const evidenceRoom = 1_500_000

// collector numbers texts in the order in which they come.
type collector struct {
	index map[string]int
	all   []string
}

func (c *collector) number(s string) int {
	at, known := c.index[s]
	if !known {
		if c.index == nil {
			c.index = map[string]int{}
		}
		at = len(c.all)
		c.index[s], c.all = at, append(c.all, s)
	}
	return at
}

func (c *collector) choices() []choice {
	made := make([]choice, 0, len(c.all))
	for i, s := range c.all {
		made = append(made, choice{i, s})
	}
	return made
}

// lister makes the list of submissions.
type lister struct {
	shown   *shown
	running map[string]bool

	teams, problems            collector   // of ids
	teamNames, problemNames    [][2]string // by the numbers of the ids
	languages, verdicts, texts collector

	roomOfEach, roomLeft int // for texts, in bytes
}

// dataOf returns the list of submissions, and what its filters offer.
func dataOf(s *shown, live Live, written string) (template.JS, choices, error) {
	l := lister{shown: s, running: map[string]bool{}, roomLeft: evidenceRoom}
	l.roomOfEach = min(maxEvidence, max(40, evidenceRoom/max(1, len(s.Contest.Submissions))))
	for _, id := range live.Running {
		l.running[id] = true
	}
	for _, p := range s.Contest.Problems {
		l.problem(p.ID)
	}
	for _, t := range s.Contest.Teams {
		l.team(t.ID)
	}
	for v := problems.AC; v <= problems.JE; v++ {
		l.verdicts.number(v.String())
	}
	made := data{
		Contest: contestName(&s.Contest), Written: written, Timed: s.Contest.Timed, Scored: s.scored(),
		Rows: make([]row, 0, len(s.Contest.Submissions)),
	}
	used := map[int]bool{}
	for _, one := range s.Contest.Submissions {
		r := l.row(one)
		used[r[5].(int)] = true
		made.Rows = append(made.Rows, r)
	}
	made.Teams, made.Problems = l.teamNames, l.problemNames
	made.Languages, made.Verdicts, made.Texts = l.languages.all, l.verdicts.all, l.texts.all
	encoded, err := json.Marshal(made) // escapes <, > and &, so that no text ends the element
	if err != nil {
		return "", choices{}, fmt.Errorf("write the list of submissions: %w", err)
	}
	offered := choices{Languages: l.languages.choices()}
	for i, t := range made.Teams {
		offered.Teams = append(offered.Teams, choice{i, t[1]})
	}
	slices.SortStableFunc(offered.Teams, func(a, b choice) int { return problems.NaturalOrder(a.Text, b.Text) })
	for i, p := range made.Problems {
		offered.Problems = append(offered.Problems, choice{i, p[0]})
	}
	for _, v := range l.verdicts.choices() {
		if used[v.Index] {
			offered.Verdicts = append(offered.Verdicts, v)
		}
	}
	return template.JS(encoded), offered, nil
}

func (l *lister) team(id string) int {
	at := l.teams.number(id)
	if at == len(l.teamNames) {
		l.teamNames = append(l.teamNames, [2]string{name(id), l.shown.team(id)})
	}
	return at
}

func (l *lister) problem(id string) int {
	at := l.problems.number(id)
	if at == len(l.problemNames) {
		named := [2]string{l.shown.label(id), name(l.shown.problems[id].Name)}
		l.problemNames = append(l.problemNames, named)
	}
	return at
}

func (l *lister) row(one contest.Submission) row {
	judged := l.shown.Judgements[one.ID]
	language, state := one.Language, statePending
	switch {
	case judged != nil:
		state = judged.Verdict.String()
		if judged.Language != "" {
			language = judged.Language
		}
	case l.shown.frozen[one.ID]:
		state = stateFrozen
	case l.running[one.ID]:
		state = stateRunning
	}
	r := row{
		name(one.ID), int64(math.Floor(one.Time.Seconds())), l.team(one.Team), l.problem(one.Problem),
		l.languages.number(name(language)), l.verdicts.number(state), nil, -1, -1, -1,
	}
	if judged == nil {
		return r
	}
	if s := judged.Score; s != nil && !math.IsNaN(*s) && !math.IsInf(*s, 0) {
		r[6] = math.Round(*s*100) / 100
	}
	if judged.Verdict != problems.CE && judged.Verdict != problems.JE {
		r[7], r[8] = int64(judged.CPU/time.Millisecond), judged.Memory>>10
	}
	if evidence := evidenceOf(judged, l.roomOfEach); evidence != "" {
		r[9] = l.text(evidence)
	}
	return r
}

// text numbers a text if there is room for it, and else its beginning.
func (l *lister) text(s string) int {
	before := len(l.texts.all)
	for {
		encoded, err := json.Marshal(s)
		if err != nil || l.texts.index[s] > 0 || len(encoded) <= min(2*l.roomOfEach, l.roomLeft) {
			at := l.texts.number(s)
			if len(l.texts.all) > before {
				l.roomLeft -= len(encoded)
			}
			return at
		}
		if len(s) < 16 {
			return -1
		}
		s = text.CutLine(s, len(s)/2-8)
	}
}

// evidenceOf returns what explains a verdict, in one line of at most that many bytes.
func evidenceOf(j *contest.Judgement, room int) string {
	evidence, reason := j.Evidence, string(j.Reason)
	switch {
	case evidence == "":
		evidence = reason
	case reason != "" && j.Reason != report.OverCPU && !strings.Contains(evidence, reason):
		evidence = reason + ": " + evidence // a time over the limit says what it is
	}
	if evidence == "" && j.Verdict == problems.CE {
		evidence = j.Log
	}
	return text.CutLine(evidence, room)
}
