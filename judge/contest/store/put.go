package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"judge/judge/contest"
	"judge/problems"
)

// Fate is what became of a judgement that was put.
type Fate uint8

// The fates.
const (
	Kept      Fate = iota // it is the judgement of its submission and round
	Replaced              // it is, instead of a JE
	Known                 // there was one with the same verdict and score
	Differs               // there was one with another verdict or score: it is stored as a disagreement
	Discarded             // it is a JE, and there was a judgement
)

// The columns of a judgement, without its number, submission and round.
const (
	judgingColumns = `verdict, reason, score, groups, language, max_cpu, max_memory, started, ended, machine, package,
		source, log, evidence`
	insertJudging = `INSERT INTO judging(submission, round, ` + judgingColumns + `)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(submission, round) DO NOTHING`
	updateJudging = `UPDATE judging SET (` + judgingColumns + `) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		WHERE id = ?`
)

// put stores a judgement and its runs in a transaction.
func (s *Store) put(ctx context.Context, tx *sql.Tx, j *contest.Judgement) (Fate, error) {
	columns, err := s.columns(ctx, tx, j)
	if err != nil {
		return 0, err
	}
	submission := s.known.submission(j.Submission)
	result, err := tx.ExecContext(ctx, insertJudging, append([]any{submission, j.Round}, columns...)...)
	if err != nil {
		return 0, err
	}
	if n, err := result.RowsAffected(); err != nil {
		return 0, err
	} else if n == 1 {
		id, err := result.LastInsertId()
		if err != nil {
			return 0, err
		}
		return Kept, putRuns(ctx, tx, id, j.Runs)
	}
	return s.meet(ctx, tx, j, submission, columns)
}

// meet decides about a judgement of a submission and round that has one. Only a JE is replaced: it is no judgement of
// the submission. Else the first one stays, so that what was shown does not change.
func (s *Store) meet(ctx context.Context, tx *sql.Tx, j *contest.Judgement, submission int64, columns []any) (
	Fate, error) {
	var id, verdict int64
	var score *float64
	err := tx.QueryRowContext(ctx, `SELECT id, verdict, score FROM judging WHERE submission = ? AND round = ?`,
		submission, j.Round).Scan(&id, &verdict, &score)
	switch {
	case err != nil:
		return 0, err
	case verdict == int64(problems.JE):
		if _, err := tx.ExecContext(ctx, updateJudging, append(columns, id)...); err != nil {
			return 0, err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM run WHERE judging = ?`, id); err != nil {
			return 0, err
		}
		return Replaced, putRuns(ctx, tx, id, j.Runs)
	case j.Verdict == problems.JE:
		return Discarded, nil
	case verdict == int64(j.Verdict) && sameScore(score, j.Score):
		return Known, nil
	}
	machine, err := s.machine(ctx, tx, j.Machine)
	if err != nil {
		return 0, err
	}
	when := j.Ended
	if when.IsZero() {
		when = time.Now()
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO disagreement VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		id, machine, int64(j.Verdict), int64(j.CPU), moment(when))
	return Differs, err
}

// columns returns the values of judgingColumns.
func (s *Store) columns(ctx context.Context, tx *sql.Tx, j *contest.Judgement) ([]any, error) {
	machine, err := s.machine(ctx, tx, j.Machine)
	if err != nil {
		return nil, err
	}
	var score, groups any
	if j.Score != nil {
		score = *j.Score
	}
	if len(j.Groups) > 0 {
		data, err := json.Marshal(j.Groups)
		if err != nil {
			return nil, err
		}
		groups = string(data)
	}
	return []any{
		int64(j.Verdict), orNull(string(j.Reason)), score, groups, orNull(j.Language), int64(j.CPU), j.Memory,
		moment(j.Started), moment(j.Ended), orNull(machine), digest(j.Package), digest(j.Source), orNull(j.Log),
		orNull(j.Evidence),
	}, nil
}

func putRuns(ctx context.Context, tx *sql.Tx, judging int64, runs []contest.Run) error {
	for _, one := range runs {
		rerun := int64(0)
		if one.Rerun {
			rerun = 1
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			judging, int64(one.Test), int64(one.Verdict), orNull(string(one.Reason)), int64(one.CPU), int64(one.Wall),
			one.Memory, one.Output, rerun, orNull(one.Message))
		if err != nil {
			return err
		}
	}
	return nil
}

// machine returns the number of a machine; 0 for the name "". One that SetMachine has not stored gets a row without a
// class.
func (s *Store) machine(ctx context.Context, tx *sql.Tx, name string) (int64, error) {
	if name == "" {
		return 0, nil
	}
	if id, ok := s.machines[name]; ok {
		return id, nil
	}
	id, err := seen(ctx, tx, contest.Machine{Name: name}, 0)
	if err == nil {
		s.machines[name] = id
	}
	return id, err
}
