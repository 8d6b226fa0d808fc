package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"judge/judge/contest"
)

// The keys of table meta.
const (
	keyContest = "contest" // the contest without problems and submissions, as JSON
	keyDigest  = "digest"  // of all of the contest
	keyCreator = "created by"
	keyJudge   = "judge" // the version that wrote last
)

// SetContest stores the contest: settings, teams, problems and submissions. Judgements stay, also those of submissions
// that are no longer in the contest. It returns a *MismatchError if the file holds another contest.
func (s *Store) SetContest(c contest.Contest) error {
	if err := check(c); err != nil {
		return err
	}
	whole, err := json.Marshal(c)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(whole)
	digest := hex.EncodeToString(sum[:])
	return s.write(func(ctx context.Context, tx *sql.Tx) error {
		known, err := meta(ctx, tx, keyDigest)
		if err != nil || known == digest {
			return err
		}
		if err := s.sameContest(ctx, tx, c); err != nil {
			return err
		}
		if err := setSettings(ctx, tx, c); err != nil {
			return err
		}
		if err := setProblems(ctx, tx, c.Problems); err != nil {
			return err
		}
		if err := setSubmissions(ctx, tx, c.Submissions); err != nil {
			return err
		}
		return setMeta(ctx, tx, keyDigest, digest)
	})
}

// sameContest refuses a contest with another id.
func (s *Store) sameContest(ctx context.Context, tx *sql.Tx, c contest.Contest) error {
	stored, err := meta(ctx, tx, keyContest)
	if err != nil || stored == "" {
		return err
	}
	var old struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal([]byte(stored), &old); err != nil {
		return s.damaged("%v", err)
	}
	if old.ID != c.ID {
		return &MismatchError{s.path, fmt.Sprintf("holds results of the contest %q, expected %q", old.ID, c.ID)}
	}
	return nil
}

func setSettings(ctx context.Context, tx *sql.Tx, c contest.Contest) error {
	c.Problems, c.Submissions = nil, nil
	settings, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return setMeta(ctx, tx, keyContest, string(settings))
}

func setProblems(ctx context.Context, tx *sql.Tx, all []contest.Problem) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM problem"); err != nil {
		return err
	}
	for i, one := range all {
		data, err := json.Marshal(one)
		if err != nil {
			return err
		}
		var facts contest.Facts
		if one.Facts != nil {
			facts = *one.Facts
		}
		limit := facts.TimeLimit
		if one.TimeLimit > 0 {
			limit = one.TimeLimit
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			i+1, one.ID, one.Label, digest(facts.Digest), orNull(int64(limit)), orNull(facts.MemoryLimit),
			len(facts.Tests), int64(limit)*int64(len(facts.Tests)), string(data))
		if err != nil {
			return err
		}
	}
	return nil
}

func setSubmissions(ctx context.Context, tx *sql.Tx, all []contest.Submission) error {
	if _, err := tx.ExecContext(ctx, "UPDATE submission SET ordinal = NULL"); err != nil {
		return err
	}
	put, err := tx.PrepareContext(ctx, `
		INSERT INTO submission(external, ordinal, team, problem, language, entry, time, at, path, fault)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT(external) DO UPDATE SET
			ordinal = excluded.ordinal, team = excluded.team, problem = excluded.problem,
			language = excluded.language, entry = excluded.entry, time = excluded.time, at = excluded.at,
			path = excluded.path, fault = excluded.fault`)
	if err != nil {
		return err
	}
	defer put.Close()
	for i, one := range all {
		var at, fault any
		if !one.At.IsZero() {
			at = one.At.Format(time.RFC3339Nano)
		}
		if one.Fault != nil {
			data, err := json.Marshal(one.Fault)
			if err != nil {
				return err
			}
			fault = string(data)
		}
		_, err := put.ExecContext(ctx, one.ID, i+1, one.Team, one.Problem, orNull(one.Language), orNull(one.Entry),
			int64(one.Time), at, one.Path, fault)
		if err != nil {
			return err
		}
	}
	return nil
}

// contest reads the contest, and the external ids of all submissions that were ever in it by their numbers.
func (q *query) contest() (c contest.Contest, ids map[int64]string, err error) {
	settings, err := meta(q.ctx, q.conn, keyContest)
	if err != nil {
		return c, nil, q.fault(err)
	}
	if settings != "" {
		if err := json.Unmarshal([]byte(settings), &c); err != nil {
			return c, nil, q.damaged("%v", err)
		}
	}
	if c.Problems, err = q.problems(); err != nil {
		return c, nil, err
	}
	if c.Submissions, ids, err = q.submissions(); err != nil {
		return c, nil, err
	}
	if err := check(c); err != nil {
		return c, nil, q.damaged("%v", err)
	}
	return c, ids, nil
}

func (q *query) problems() (all []contest.Problem, err error) {
	var id int64
	var data string
	ascending := q.ascending("problem")
	return all, q.each(`SELECT id, data FROM problem ORDER BY id`, nil, []any{&id, &data}, func() error {
		var one contest.Problem
		if err := json.Unmarshal([]byte(data), &one); err != nil {
			return q.damaged("%v", err)
		}
		all = append(all, one)
		return first(ascending(id), q.texts(data))
	})
}

// submissions reads the submissions in the contest's order.
func (q *query) submissions() (all []contest.Submission, ids map[int64]string, err error) {
	type numbered struct {
		ordinal int64
		contest.Submission
	}
	var id int64
	var ordinal sql.NullInt64
	var language, entry, at, fault sql.NullString
	var one contest.Submission
	var list []numbered
	ids = map[int64]string{}
	ascending := q.ascending("submission")
	err = q.each(`SELECT id, external, ordinal, team, problem, language, entry, time, at, path, fault FROM submission
		ORDER BY id`, nil,
		[]any{&id, &one.ID, &ordinal, &one.Team, &one.Problem, &language, &entry, (*int64)(&one.Time), &at, &one.Path,
			&fault},
		func() error {
			if err := first(ascending(id), q.texts(one.ID, one.Team, one.Problem, one.Path, language.String,
				entry.String, at.String, fault.String)); err != nil {
				return err
			}
			ids[id] = one.ID
			if !ordinal.Valid {
				return nil
			}
			made := one
			made.Language, made.Entry = language.String, entry.String
			if err := q.complete(&made, at.String, fault.String); err != nil {
				return err
			}
			list = append(list, numbered{ordinal.Int64, made})
			return nil
		})
	if err != nil {
		return nil, nil, err
	}
	slices.SortStableFunc(list, func(a, b numbered) int { return cmp.Compare(a.ordinal, b.ordinal) })
	all = make([]contest.Submission, len(list))
	for i, one := range list {
		all[i] = one.Submission
	}
	return all, ids, nil
}

// complete adds what is stored as text.
func (q *query) complete(one *contest.Submission, at, fault string) (err error) {
	if at != "" {
		if one.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return q.damaged("%v", err)
		}
	}
	if fault != "" {
		if err := json.Unmarshal([]byte(fault), &one.Fault); err != nil {
			return q.damaged("%v", err)
		}
	}
	return nil
}

// meta returns a value of table meta; "": not set.
func meta(ctx context.Context, db execer, key string) (value string, err error) {
	err = db.QueryRowContext(ctx, "SELECT value FROM meta WHERE key = ?", key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

func setMeta(ctx context.Context, db execer, key, value string) error {
	_, err := db.ExecContext(ctx,
		`INSERT INTO meta VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value`, key, value)
	return err
}

// first returns the first error.
func first(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}
