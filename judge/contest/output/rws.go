package output

import (
	"cmp"
	"fmt"
	"math"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"judge/judge/contest"
	"judge/judge/contest/score"
	"judge/problems"
	"judge/problems/text"
)

// RWS writes the data folder of CMS's ranking web server, version 1.5: contests, tasks, teams, users, submissions and
// subchanges, a file for each object. Users are the teams of the contest; its teams are their organizations. What is
// on no scoreboard is left out: hidden teams, and submissions out of time. A pending submission has no score yet.
//
// The server adds up scores. In a pass-fail contest each solved problem is worth 1, so that it shows the problems
// solved; it knows no penalty. It expects that submissions of a user to a task have different seconds: one that does
// not is moved behind the one before.
//
// An existing folder is replaced if it was written by RWS; faces and flags in it stay.
func RWS(dir string, r *contest.Results, o score.Options) error {
	return replaceFolder(dir, "ranking web server", func(root *os.Root) error {
		export := newRanking(root, r, o)
		for _, step := range []func() error{
			export.folders, export.contest, export.tasks, export.users, export.submissions,
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
}

// ranking is a folder of the ranking web server that is being written.
type ranking struct {
	root      *os.Root
	results   *contest.Results
	options   score.Options
	groups    map[string][]string // of each problem, the names of its test groups
	outside   map[string]bool     // problems in which submissions score outside of groups
	precision int
}

// A decimal is a number that JSON writes with a decimal point: the server refuses integers as scores.
type decimal float64

// MarshalJSON writes the number.
func (d decimal) MarshalJSON() ([]byte, error) {
	written := strconv.FormatFloat(score.Finite(float64(d)), 'f', -1, 64)
	if !strings.Contains(written, ".") {
		written += ".0"
	}
	return []byte(written), nil
}

// key writes an id as the server requires: letters, digits, and _ with a code for every other character, as CMS does.
func key(id string) string {
	var b strings.Builder
	for _, c := range id {
		if c < 0x80 && (c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z') {
			b.WriteRune(c)
		} else {
			fmt.Fprintf(&b, "_%x", c)
		}
	}
	return b.String()
}

func newRanking(root *os.Root, r *contest.Results, o score.Options) *ranking {
	export := &ranking{root: root, results: r, options: o, groups: map[string][]string{}, outside: map[string]bool{}}
	worth := worthOf(&r.Contest)
	for _, s := range r.Contest.Submissions {
		j := export.judgement(s)
		points := worth(s, j)
		if points == nil {
			continue
		}
		if *points != math.Trunc(*points) {
			export.precision = 2
		}
		if r.Contest.Scoring.Type == contest.PassFail {
			continue
		}
		for _, g := range j.Groups {
			if !slices.Contains(export.groups[s.Problem], g.Name) {
				export.groups[s.Problem] = append(export.groups[s.Problem], g.Name)
			}
		}
		if export.rest(*points, j) != 0 {
			export.outside[s.Problem] = true
		}
	}
	return export
}

// judgement returns what a viewer may see of a submission.
func (e *ranking) judgement(s contest.Submission) *contest.Judgement {
	return score.Shown(&e.results.Contest, s, e.results.Judgements[s.ID], e.options)
}

// rest is what a submission scores outside of its groups.
func (e *ranking) rest(worth float64, j *contest.Judgement) float64 {
	parts := []float64{worth}
	for _, g := range j.Groups {
		parts = append(parts, -g.Score)
	}
	return score.Sum(parts)
}

// write writes an object.
func (e *ranking) write(folder, id string, object any) error {
	file, err := e.root.OpenFile(path.Join(folder, key(id)+".json"), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	if err = text.WriteJSON(file, object); err != nil {
		file.Close() //nolint:errcheck // the first error is returned
		return err
	}
	return file.Close()
}

func (e *ranking) folders() error {
	for _, name := range []string{"contests", "tasks", "teams", "users", "submissions", "subchanges"} {
		if err := e.root.Mkdir(name, 0o755); err != nil {
			return err
		}
	}
	return nil
}

// begin returns the start of the contest in seconds since 1970; 0: unknown.
func (e *ranking) begin() int64 {
	if c := &e.results.Contest; c.Timed && !c.Start.IsZero() {
		return c.Start.Unix()
	}
	return 0
}

func (e *ranking) contest() error {
	c := &e.results.Contest
	length := c.Duration
	if length <= 0 {
		for _, s := range c.Submissions {
			length = max(length, s.Time+time.Second)
		}
	}
	seconds := int64((length + time.Second - 1) / time.Second)
	return e.write("contests", c.ID, struct {
		Name      string `json:"name"`
		Begin     int64  `json:"begin"`
		End       int64  `json:"end"`
		Precision int    `json:"score_precision"`
	}{c.Name, e.begin(), e.begin() + seconds, e.precision})
}

func (e *ranking) tasks() error {
	c := &e.results.Contest
	mode := "max"
	if c.Scoring.Type == contest.Score {
		mode = [...]string{"max", "max_subtask", "max_tokened_last"}[min(c.Scoring.Best, contest.LastSubmission)]
	}
	for i := range c.Problems {
		p := &c.Problems[i]
		most := score.MaxScore(p)
		if c.Scoring.Type == contest.PassFail {
			most = 1
		}
		err := e.write("tasks", p.ID, struct {
			Name      string   `json:"name"`
			Short     string   `json:"short_name"`
			Contest   string   `json:"contest"`
			Max       decimal  `json:"max_score"`
			Precision int      `json:"score_precision"`
			Headers   []string `json:"extra_headers"`
			Order     int      `json:"order"`
			Mode      string   `json:"score_mode"`
		}{cmp.Or(p.Name, p.Label), p.Label, key(c.ID), decimal(most), e.precision, e.headers(p.ID), i, mode})
		if err != nil {
			return err
		}
	}
	return nil
}

// headers names the columns of a task's details.
func (e *ranking) headers(problem string) []string {
	headers := append([]string{}, e.groups[problem]...)
	if len(headers) > 0 && e.outside[problem] {
		headers = append(headers, "other tests")
	}
	return headers
}

// extra returns the details of a submission, one for each header.
func (e *ranking) extra(problem string, worth float64, j *contest.Judgement) []string {
	scores := map[string]float64{}
	for _, g := range j.Groups {
		scores[g.Name] = score.Finite(g.Score)
	}
	details := []string{}
	for _, name := range e.groups[problem] {
		details = append(details, strconv.FormatFloat(scores[name], 'f', -1, 64))
	}
	if len(details) > 0 && e.outside[problem] {
		details = append(details, strconv.FormatFloat(e.rest(worth, j), 'f', -1, 64))
	}
	return details
}

func (e *ranking) users() error {
	c := &e.results.Contest
	hidden, organizations := score.Hidden(c), map[string]bool{}
	for _, one := range c.Organizations {
		organizations[one.ID] = true
		if err := e.write("teams", one.ID, struct {
			Name string `json:"name"`
		}{one.Name}); err != nil {
			return err
		}
	}
	for _, t := range c.Teams {
		if hidden[t.ID] {
			continue
		}
		var team *string
		if organizations[t.Organization] {
			team = pointer(key(t.Organization))
		}
		if err := e.write("users", t.ID, struct {
			First string  `json:"f_name"`
			Last  string  `json:"l_name"`
			Team  *string `json:"team"`
		}{"", cmp.Or(t.DisplayName, t.Name), team}); err != nil {
			return err
		}
	}
	return nil
}

func (e *ranking) submissions() error {
	c := &e.results.Contest
	hidden, known, worth := score.Hidden(c), map[string]bool{}, worthOf(c)
	for _, t := range c.Teams {
		known[t.ID] = !hidden[t.ID]
	}
	isProblem, last := map[string]bool{}, map[[2]string]int64{}
	for _, p := range c.Problems {
		isProblem[p.ID] = true
	}
	for _, s := range score.InOrder(c) {
		if !known[s.Team] || !isProblem[s.Problem] || !score.Counts(c, s) {
			continue
		}
		at, cell := e.begin()+int64(s.Time/time.Second), [2]string{s.Team, s.Problem}
		if before, again := last[cell]; again {
			at = max(at, before+1)
		}
		last[cell] = at
		if err := e.submission(s, at, worth); err != nil {
			return err
		}
	}
	return nil
}

// submission writes a submission, and its score if it has one.
func (e *ranking) submission(
	s contest.Submission, at int64, worth func(contest.Submission, *contest.Judgement) *float64,
) error {
	err := e.write("submissions", s.ID, struct {
		User string `json:"user"`
		Task string `json:"task"`
		Time int64  `json:"time"`
	}{key(s.Team), key(s.Problem), at})
	j := e.judgement(s)
	if err != nil || score.Pending(j) {
		return err
	}
	scored := 0.0
	if e.results.Contest.Scoring.Type == contest.Score {
		scored = *worth(s, j)
	} else if j.Verdict == problems.AC {
		scored = 1
	}
	return e.write("subchanges", s.ID, struct {
		Submission string   `json:"submission"`
		Time       int64    `json:"time"`
		Score      decimal  `json:"score"`
		Extra      []string `json:"extra"`
	}{key(s.ID), at, decimal(scored), e.extra(s.Problem, scored, j)})
}
