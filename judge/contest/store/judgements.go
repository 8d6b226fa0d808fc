package store

import (
	"database/sql"
	"encoding/json"
	"time"

	"judge/judge/contest"
	"judge/judge/report"
)

// counted is a judgement with its number in the file.
type counted struct {
	*contest.Judgement
	id int64
}

// state is what one query reads of a file: the contest and its judgements, without the runs.
type state struct {
	contest  contest.Contest
	rounds   []ranked
	machines []contest.Machine
	ids      map[int64]string // of submissions, by number
	// judgements are those that were chosen, by submission.
	judgements map[string]counted
	differ     []contest.Disagreement
	judge      string
}

// state reads a file. round chooses the judgements: those of a round, or with 0 those that count.
func (q *query) state(round int) (s *state, err error) {
	s = &state{}
	if s.contest, s.ids, err = q.contest(); err != nil {
		return nil, err
	}
	if s.rounds, err = q.rounds(); err != nil {
		return nil, err
	}
	if s.machines, err = q.machines(); err != nil {
		return nil, err
	}
	if s.judgements, err = q.judgements(s, round); err != nil {
		return nil, err
	}
	if s.differ, err = q.differ(s); err != nil {
		return nil, err
	}
	s.judge, err = meta(q.ctx, q.conn, keyJudge)
	return s, q.fault(err)
}

// ranks returns the ranks of the rounds whose judgements are chosen.
func (s *state) ranks(round int) map[int64]int64 {
	ranks := map[int64]int64{}
	for _, one := range s.rounds {
		switch {
		case round == one.ID:
			ranks[int64(one.ID)] = 1
		case round == 0 && one.rank > 0:
			ranks[int64(one.ID)] = one.rank
		}
	}
	return ranks
}

// machineNames returns the names of the machines by number.
func (s *state) machineNames() map[int64]string {
	names := make(map[int64]string, len(s.machines))
	for _, one := range s.machines {
		names[int64(one.ID)] = one.Name
	}
	return names
}

// judgingRow is a row of the table judging.
type judgingRow struct {
	id, submission, round, verdict          int64
	cpu, memory                             int64
	reason, groups, language, log, evidence sql.NullString
	score                                   *float64
	started, ended, machine                 sql.NullInt64
	packageDigest, source                   any
}

func (r *judgingRow) pointers() []any {
	return []any{
		&r.id, &r.submission, &r.round, &r.verdict, &r.reason, &r.score, &r.groups, &r.language, &r.cpu, &r.memory,
		&r.started, &r.ended, &r.machine, &r.packageDigest, &r.source, &r.log, &r.evidence,
	}
}

// judgements reads the chosen judgements of submissions that are in the contest.
func (q *query) judgements(s *state, round int) (map[string]counted, error) {
	listed := make(map[string]bool, len(s.contest.Submissions))
	for _, one := range s.contest.Submissions {
		listed[one.ID] = true
	}
	names := s.machineNames()
	ranks, best := s.ranks(round), map[string]int64{}
	all := make(map[string]counted, len(s.contest.Submissions))
	var row judgingRow
	ascending := q.ascending("judging")
	return all, q.each(`SELECT id, submission, round, `+judgingColumns+` FROM judging ORDER BY id`, nil, row.pointers(),
		func() error {
			if err := ascending(row.id); err != nil {
				return err
			}
			id, rank := s.ids[row.submission], ranks[row.round]
			if !listed[id] || rank == 0 || rank <= best[id] {
				return q.texts(row.log.String, row.evidence.String)
			}
			j, err := q.judgement(&row)
			if err != nil {
				return err
			}
			j.Submission, j.Machine = id, names[row.machine.Int64]
			best[id], all[id] = rank, counted{j, row.id}
			return nil
		})
}

// judgement makes a judgement of a row.
func (q *query) judgement(r *judgingRow) (*contest.Judgement, error) {
	verdict, err := q.verdict(r.verdict)
	if err != nil {
		return nil, err
	}
	j := &contest.Judgement{
		Round: int(r.round), Verdict: verdict, Reason: report.Reason(r.reason.String), Language: r.language.String,
		CPU: time.Duration(r.cpu), Memory: r.memory, Started: at(r.started), Ended: at(r.ended), Log: r.log.String,
		Evidence: r.evidence.String, Score: r.score,
	}
	if r.groups.Valid {
		if err := json.Unmarshal([]byte(r.groups.String), &j.Groups); err != nil {
			return nil, q.damaged("%v", err)
		}
	}
	if j.Package, err = digestOf(r.packageDigest); err == nil {
		j.Source, err = digestOf(r.source)
	}
	if err == nil {
		err = checkJudgement(j)
	}
	if err != nil {
		return nil, q.damaged("judging %d: %v", r.id, err)
	}
	return j, q.texts(r.reason.String, r.groups.String, r.language.String, r.log.String, r.evidence.String, j.Package)
}

// differ reads the disagreements with the judgements of the state.
func (q *query) differ(s *state) (all []contest.Disagreement, err error) {
	machines := s.machineNames()
	of := make(map[int64]*contest.Judgement, len(s.judgements))
	for _, one := range s.judgements {
		of[one.id] = one.Judgement
	}
	var judging, machine, verdict int64
	var when sql.NullInt64
	last := [3]int64{-1}
	return all, q.each(`SELECT judging, machine, verdict, at FROM disagreement ORDER BY judging, machine, verdict`, nil,
		[]any{&judging, &machine, &verdict, &when}, func() error {
			now := [3]int64{judging, machine, verdict}
			if !after(now, last) {
				return q.damaged("its disagreements are out of order")
			}
			last = now
			second, err := q.verdict(verdict)
			if err != nil {
				return err
			}
			if first := of[judging]; first != nil {
				all = append(all, contest.Disagreement{
					Submission: first.Submission, Machine: machines[machine], First: first.Verdict.String(),
					Second: second.String(), At: at(when),
				})
			}
			return nil
		})
}

// after reports whether a comes after b, by the first number that differs.
func after(a, b [3]int64) bool {
	for i := range a {
		if a[i] != b[i] {
			return a[i] > b[i]
		}
	}
	return false
}

// results returns what renderers get.
func (s *state) results() *contest.Results {
	r := &contest.Results{
		Contest: s.contest, Rounds: plain(s.rounds), Machines: s.machines, Differ: s.differ, Judge: s.judge,
		Judgements: make(map[string]*contest.Judgement, len(s.judgements)),
	}
	for id, one := range s.judgements {
		r.Judgements[id] = one.Judgement
	}
	return r
}
