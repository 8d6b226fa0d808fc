package store

import (
	"context"
	"database/sql"
	"iter"
	"time"

	"judge/judge/contest"
	"judge/judge/report"
)

// Which chooses judgements whose runs are read.
type Which struct {
	Round       int      // 0: the judgements that count
	Submissions []string // ids; nil: all
}

// maxRuns bounds the runs of a judgement in a file: no problem has as many tests.
const maxRuns = 1 << 20

// runsOf reads the runs of a judgement, in the order of the tests.
func (q *query) runsOf(statement *sql.Stmt, of counted) ([]contest.Run, error) {
	rows, err := statement.QueryContext(q.ctx, of.id)
	if err != nil {
		return nil, q.fault(err)
	}
	var all []contest.Run
	var test, verdict, cpu, wall, memory, output, rerun int64
	var reason, message sql.NullString
	ascending := q.ascending("test")
	err = q.scan(rows, []any{&test, &verdict, &reason, &cpu, &wall, &memory, &output, &rerun, &message}, func() error {
		if err := ascending(test); err != nil {
			return err
		}
		if len(all) == maxRuns {
			return q.damaged("a judgement has more than %d runs", maxRuns)
		}
		code, err := q.verdict(verdict)
		if err != nil {
			return err
		}
		all = append(all, contest.Run{
			Test: int(test), Verdict: code, Reason: report.Reason(reason.String), CPU: time.Duration(cpu),
			Wall: time.Duration(wall), Memory: memory, Output: output, Rerun: rerun != 0, Message: message.String,
		})
		return q.texts(reason.String, message.String)
	})
	return all, err
}

// Runs returns the runs of judgements, in the order of the contest's submissions and of the tests, of one state of the
// file. An error ends them.
func (r *Reader) Runs(ctx context.Context, which Which) iter.Seq2[contest.RunsOf, error] {
	return func(yield func(contest.RunsOf, error) bool) {
		stopped := false
		err := r.view(ctx, func(all []*query) error {
			u, err := unite(all, which.Round)
			if err != nil {
				return err
			}
			stopped, err = u.stream(all, which, yield)
			return err
		})
		if err != nil && !stopped {
			yield(contest.RunsOf{}, err)
		}
	}
}

// stream yields the runs of the chosen judgements. It reports whether the caller has seen enough.
func (u *united) stream(all []*query, which Which, yield func(contest.RunsOf, error) bool) (stopped bool, err error) {
	statements := make([]*sql.Stmt, len(all))
	for i, q := range all {
		statements[i], err = q.conn.PrepareContext(q.ctx, `
			SELECT test, verdict, reason, cpu, wall, memory, output, rerun, message
			FROM run WHERE judging = ? ORDER BY test`)
		if err != nil {
			return false, q.fault(err)
		}
		defer statements[i].Close()
	}
	for _, id := range which.order(u.results.Contest) {
		from, ok := u.from[id]
		if !ok {
			continue
		}
		runs, err := all[from.file].runsOf(statements[from.file], from.counted)
		if err != nil {
			return false, err
		}
		if !yield(contest.RunsOf{Submission: id, Round: from.Round, Runs: runs}, nil) {
			return true, nil
		}
	}
	return false, nil
}

// order returns the chosen submissions in the order of the contest.
func (w Which) order(c contest.Contest) []string {
	chosen := map[string]bool{}
	for _, id := range w.Submissions {
		chosen[id] = true
	}
	order := make([]string, 0, len(c.Submissions))
	for _, one := range c.Submissions {
		if w.Submissions == nil || chosen[one.ID] {
			order = append(order, one.ID)
		}
	}
	return order
}
