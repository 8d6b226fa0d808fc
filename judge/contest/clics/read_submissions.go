package clics

import (
	"archive/zip"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"judge/judge/contest"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/safefile"
)

// NoTeam is the id of the hidden team that submissions without a team belong to. They affect no scoreboard.
const NoTeam = "_no_team"

// readSubmissions reads the submissions, by time and id.
func (r *reader) readSubmissions() {
	c, seen := r.contest, map[string]bool{}
	c.Submissions = []contest.Submission{}
	known := map[string]bool{}
	for _, p := range c.Problems {
		known[p.ID] = true
	}
	for _, o := range r.lists["submissions"] {
		one := contest.Submission{ID: r.newID(o, "submission", seen)}
		one.Team, one.Problem = get(r, o.id, "team_id"), get(r, o.id, "problem_id")
		one.Language, one.Entry = get(r, o.id, "language_id"), get(r, o.text, "entry_point")
		one.Team = cmp.Or(one.Team, NoTeam)
		if one.Team == NoTeam && !r.teams[NoTeam] {
			r.teams[NoTeam] = true
			c.Teams = append(c.Teams, contest.Team{ID: NoTeam, Name: "(no team)", Hidden: true})
		}
		if !known[one.Problem] {
			r.note(o.fault("problem_id", "unknown problem "+o.quote("problem_id"), "add the problem to problems.json"))
		}
		if !r.teams[one.Team] {
			r.note(o.fault("team_id", "unknown team "+o.quote("team_id"), "add the team to teams.json"))
		}
		r.readTime(o, &one)
		r.findSources(o, &one)
		one.Extra = o.extra("id", "team_id", "problem_id", "language_id", "entry_point", "time",
			"contest_time", "files")
		c.Submissions = append(c.Submissions, one)
	}
	slices.SortStableFunc(c.Submissions, func(a, b contest.Submission) int {
		return cmp.Or(cmp.Compare(a.Time, b.Time), strings.Compare(a.ID, b.ID))
	})
	slices.SortStableFunc(c.Teams, func(a, b contest.Team) int { return strings.Compare(a.ID, b.ID) })
}

// readTime reads the time of a submission: contest_time, else time and the contest's start.
func (r *reader) readTime(o *object, one *contest.Submission) {
	one.At = get(r, o.moment, "time")
	start := r.contest.Start
	switch {
	case o.has("contest_time"):
		one.Time = get(r, o.span, "contest_time")
		if one.At.IsZero() && !start.IsZero() {
			one.At = start.Add(one.Time)
		}
	case !one.At.IsZero() && !start.IsZero():
		one.Time = one.At.Sub(start)
		if one.Time.Abs() > mostTime {
			r.note(o.fault("time", "too far from the contest's start",
				"correct the time, or start_time in contest.json"))
		}
	default:
		r.note(o.fault("contest_time", "the submission has no contest_time", `write "contest_time": "h:mm:ss.uuu"`))
	}
}

const mostTime = 999_999 * time.Hour // that a relative time can state

// findSources finds the archive of a submission's files. Without it the submission has a Fault.
func (r *reader) findSources(o *object, one *contest.Submission) {
	own, err := o.rawID("id")
	if err != nil || !safeName(own) {
		own = one.ID
	}
	dir := path.Join("submissions", own)
	names := []string{path.Join(dir, "files.zip"), dir + ".zip", path.Join("events", dir, "files.zip")}
	if name := filename(o.members["files"]); name != "" {
		names = append([]string{path.Join(dir, name)}, names...)
	}
	one.Path = names[0]
	for _, name := range names {
		_, err := r.pack.root.Lstat(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		one.Path = name
		one.Fault = r.checkSources(name)
		return
	}
	one.Fault = fault(problems.JE, "missing file %s", names[0])
}

// mostArchive bounds the archive of a submission's files.
const mostArchive = 64 << 20

// checkSources opens the archive of a submission's files and reads its directory.
func (r *reader) checkSources(name string) *contest.Fault {
	file, err := r.pack.root.Open(name)
	if err != nil {
		why := strings.ReplaceAll(safefile.Reason(err), "problem's", "contest's")
		return fault(problems.JE, "cannot read %s: %s", name, why)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return fault(problems.JE, "cannot read %s: %s", name, safefile.Reason(err))
	}
	if info.Size() > mostArchive {
		return fault(problems.CE, "the archive is larger than %d MiB", mostArchive>>20)
	}
	entries, err := zip.NewReader(file, info.Size())
	if err != nil {
		return fault(problems.CE, "broken zip archive: %s", err)
	}
	for _, f := range entries.File {
		if f.Mode().IsRegular() {
			return nil
		}
	}
	return fault(problems.CE, "the archive holds no file")
}

func fault(verdict problems.Verdict, format string, args ...any) *contest.Fault {
	return &contest.Fault{Verdict: verdict, Reason: report.Reason(fmt.Sprintf(format, args...))}
}

// readJudgements reads the judgement that counts of each submission: the current one, else the one that began last.
// Judgements of other submissions are left out: there is nothing to compare with them.
func (r *reader) readJudgements() {
	list, stated := r.lists["judgements"]
	if !stated {
		return
	}
	type candidate struct {
		contest.Given
		at      time.Time
		current bool
	}
	best := map[string]candidate{}
	for _, o := range list {
		var one candidate
		one.Submission = get(r, o.id, "submission_id")
		one.Type = cmp.Or(get(r, o.text, "judgement_type_id"), get(r, o.text, "simplified_judgement_type_id"))
		one.Score = get(r, o.number, "score")
		one.Start, one.at = get(r, o.span, "start_contest_time"), get(r, o.moment, "start_time")
		one.current = !o.has("current") || get(r, o.flag, "current")
		if valid := !o.has("valid") || get(r, o.flag, "valid"); !valid { // DOMjudge: superseded
			one.current = false
		}
		before, found := best[one.Submission]
		later := cmp.Or(before.at.Compare(one.at), cmp.Compare(before.Start, one.Start)) <= 0
		if !found || one.current && !before.current || one.current == before.current && later {
			best[one.Submission] = one
		}
	}
	r.contest.Given = []contest.Given{}
	for _, s := range r.contest.Submissions {
		if one, ok := best[s.ID]; ok {
			r.contest.Given = append(r.contest.Given, one.Given)
		}
	}
}
