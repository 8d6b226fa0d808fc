package read

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"judge/judge/contest"
	"judge/problems"
	"judge/problems/strictyaml"
)

// readSubmissions reads the submissions: those of a CSV, or those that a pattern matches.
func (r *reader) readSubmissions(ctx context.Context, node *strictyaml.Node) error {
	if node == nil {
		return r.readDefault(ctx)
	}
	text, err := node.Text()
	if err != nil {
		return node.Fault("expected a pattern or a CSV, found "+node.Found(),
			`write submissions: "{team}/{problem}/{file}", or the name of a .csv file`)
	}
	if strings.EqualFold(filepath.Ext(text), ".csv") && !strings.Contains(text, "{") {
		return r.readCSV(node)
	}
	pattern, err := patternOf(text, r.names.all)
	if bad, ok := errors.AsType[*patternError](err); ok {
		return node.Fault(bad.msg, bad.hint)
	}
	found, err := r.look(ctx, pattern)
	if missing, ok := errors.AsType[*missingError](err); ok {
		if !isMissing(err) {
			return node.Fault(missing.Error(), "name a directory of the contest")
		}
		r.note(r.file, fmt.Sprintf("line %d: no such directory: %s", node.Line(), strictyaml.Quote(missing.dir)),
			nearFile(filepath.Join(r.root.Dir, missing.dir), "create it for the submissions"))
		return nil
	}
	if err != nil {
		return err
	}
	return r.take(found)
}

// readDefault tries the default patterns in their order. The first that matches a submission counts.
func (r *reader) readDefault(ctx context.Context) error {
	var first *lookup
	for _, text := range defaultPatterns() {
		pattern, err := patternOf(text, r.names.all)
		if err != nil {
			return err
		}
		found, err := r.look(ctx, pattern)
		switch {
		case errors.As(err, new(*missingError)):
			continue
		case err != nil:
			return err
		case len(found.good) > 0:
			return r.take(found)
		case len(found.faults) > 0 && (first == nil || first.matched == 0 && found.matched > 0):
			first = found
		}
	}
	if first != nil {
		return r.take(first)
	}
	r.note(".", "no submission found", "put submissions at TEAM/PROBLEM.cpp, or write submissions: PATTERN")
	return nil
}

// lookup is what a pattern finds.
type lookup struct {
	pattern *pattern
	good    []resolved
	faults  []error
	notes   []*problems.Error
	matched int // how many faults are of files that the pattern matches
}

// resolved is a match whose problem and time are known.
type resolved struct {
	match
	problemID string
	moment    moment
}

// look matches a pattern and finds the problems and times of the matches.
func (r *reader) look(ctx context.Context, pattern *pattern) (*lookup, error) {
	w := walk{r: r, pattern: pattern, left: maxEntries, skip: r.ownNames(), seen: map[string]bool{}}
	if err := w.find(ctx); err != nil {
		return nil, err
	}
	found := &lookup{pattern: pattern}
	for _, e := range w.strays {
		found.faults = append(found.faults, fault(r.shown(e.path), 0, 0, "does not match the pattern "+pattern.text,
			"move it, or write another pattern as submissions in contest.yaml"))
	}
	for _, m := range w.matches {
		if !pattern.timed() && (r.sources.isForeign(m.name) || r.sources.isHeader(m.name) && !m.isDir()) {
			w.note(m.entry, "not a submission, by its name", "")
			continue
		}
		one := resolved{match: m}
		var msg, hint string
		one.problemID, msg, hint = r.names.problem(m.problem)
		if msg != "" && m.fromFile && !r.hasSource(m.entry) {
			w.note(m.entry, msg+", and not a source: it is not a submission", "")
			continue
		}
		if msg == "" && pattern.timed() {
			var ok bool
			if one.moment, ok = momentOf(m.time, r.zone()); !ok {
				msg, hint = "malformed time "+strictyaml.Quote(m.time), timeHint
			}
		}
		if msg != "" {
			found.faults = append(found.faults, fault(r.shown(m.path), 0, 0, msg, hint))
			found.matched++
			continue
		}
		found.good = append(found.good, one)
	}
	found.notes = w.notes
	return found, nil
}

// zone is that of times without one: the zone of the contest's start.
func (r *reader) zone() *time.Location {
	if r.contest.Start.IsZero() {
		return time.UTC
	}
	return r.contest.Start.Location()
}

// ownNames are the names in the contest's directory that belong to the contest and to no team.
func (r *reader) ownNames() map[string]bool {
	own := map[string]bool{"problems": true, "submissions": true, "results.judge": true}
	for _, name := range specNames() {
		own[name] = true
	}
	for _, p := range r.contest.Problems {
		if filepath.IsLocal(p.Package) {
			top, _, _ := strings.Cut(filepath.ToSlash(p.Package), "/")
			own[top] = true
		}
	}
	return own
}

// take makes the submissions of what a pattern found.
func (r *reader) take(found *lookup) error {
	if len(found.faults) > 0 {
		first, _ := asFault(found.faults[0])
		if more := len(found.faults) - 1; more > 0 {
			first.Msg += fmt.Sprintf(" (and %d more such faults)", more)
		}
		return first
	}
	for _, note := range found.notes {
		r.addNote(note)
	}
	r.contest.Timed = found.pattern.timed()
	ids := map[string]bool{}
	for _, one := range r.withoutCompanions(found) {
		if len(r.contest.Submissions) == maxSubmissions {
			msg := fmt.Sprintf("more than %d submissions", maxSubmissions)
			return fault(r.shown(one.path), 0, 0, msg, "split the contest")
		}
		s := contest.Submission{ID: submissionID(one.captured, ids), Problem: one.problemID, Path: one.path}
		var msg, hint string
		if s.Team, msg, hint = r.teams.team(one.team); msg != "" {
			return fault(r.shown(one.path), 0, 0, msg, hint)
		}
		if r.contest.Timed {
			var ok bool
			if s.Time, s.At, ok = one.moment.place(r.contest.Start); !ok {
				return fault(r.shown(one.path), 0, 0, noStart, noStartHint)
			}
		}
		s.Fault = r.faultOf(one.path, one.mode)
		r.contest.Submissions = append(r.contest.Submissions, s)
	}
	r.sortSubmissions()
	return nil
}

// withoutCompanions leaves out files in no language next to a source of the same team and problem. Without times they
// would count as further submissions.
func (r *reader) withoutCompanions(found *lookup) []resolved {
	if found.pattern.timed() {
		return found.good
	}
	type key struct{ team, problem string }
	several := map[key]int{}
	for _, one := range found.good {
		several[key{one.team, one.problemID}]++
	}
	hasSource := map[key]bool{}
	source := make([]bool, len(found.good))
	for i, one := range found.good {
		if k := (key{one.team, one.problemID}); several[k] > 1 {
			source[i] = r.hasSource(one.entry)
			hasSource[k] = hasSource[k] || source[i]
		}
	}
	var kept []resolved
	for i, one := range found.good {
		if k := (key{one.team, one.problemID}); !hasSource[k] || source[i] {
			kept = append(kept, one)
			continue
		}
		r.note(one.path, "not a source, next to one of the same team and problem: it is not a submission", "")
	}
	return kept
}

// sortSubmissions sorts by time, then by id. Without times the order in which they were found counts.
func (r *reader) sortSubmissions() {
	if !r.contest.Timed {
		return
	}
	slices.SortStableFunc(r.contest.Submissions, func(a, b contest.Submission) int {
		return cmp.Or(cmp.Compare(a.Time, b.Time), strings.Compare(a.ID, b.ID))
	})
}

// submissionID returns an id that depends only on the names of the submission: the same in each run, whatever else is
// in the folder.
func submissionID(c captured, taken map[string]bool) string {
	const teamBytes, problemBytes, sumBytes = 12, 6, 8
	short := func(text string, most int) string {
		kept := notInID.ReplaceAllString(text, "_")
		return kept[:min(len(kept), most)]
	}
	for n := 0; ; n++ {
		sum := sha256.New()
		for _, text := range []string{c.team, c.problem, c.time, c.file, c.wild} {
			fmt.Fprintf(sum, "%d:%s,", len(text), text)
		}
		if n > 0 {
			fmt.Fprintf(sum, "%d", n)
		}
		hash := hex.EncodeToString(sum.Sum(nil)[:sumBytes])
		id := short(c.team, teamBytes) + "-" + short(c.problem, problemBytes) + "-" + hash
		if !taken[id] {
			taken[id] = true
			return id
		}
	}
}

// asFault returns the fault that an error is.
func asFault(err error) (*problems.Error, bool) { return errors.AsType[*problems.Error](err) }
