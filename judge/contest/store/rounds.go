package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"math"
	"time"

	"judge/judge/contest"
)

// OpenRound opens a round. The first round exists from the beginning: it is returned as it is.
func (s *Store) OpenRound(kind contest.RoundKind, of contest.Selection) (round contest.Round, err error) {
	if kind == contest.FirstRound {
		all, err := s.Rounds(context.Background())
		if err != nil {
			return round, err
		}
		if len(all) > 0 && all[0].Kind == contest.FirstRound {
			return all[0], nil
		}
		return round, s.damaged("it has no first round")
	}
	return round, s.write(func(ctx context.Context, tx *sql.Tx) error {
		round, err = addRound(ctx, tx, kind, of, time.Now())
		return err
	})
}

// addRound stores a round. The first round counts at once, before every other.
func addRound(ctx context.Context, tx *sql.Tx, kind contest.RoundKind, of contest.Selection, now time.Time) (
	contest.Round, error) {
	round := contest.Round{Kind: kind, Selection: of, Opened: now.UTC().Truncate(time.Microsecond)}
	var rank any
	if kind == contest.FirstRound {
		round.Applied, rank = round.Opened, 1
	}
	selection, err := json.Marshal(of)
	if err != nil {
		return round, err
	}
	result, err := tx.ExecContext(ctx,
		`INSERT INTO round(kind, selection, opened, applied, rank) VALUES (?, ?, ?, ?, ?)`,
		int64(kind), string(selection), moment(round.Opened), moment(round.Applied), rank)
	if err != nil {
		return round, err
	}
	id, err := result.LastInsertId()
	round.ID = int(id)
	return round, err
}

// Apply makes the judgements of a rejudging count, from now on. It returns a *RoundError if the round is not an open
// rejudging.
func (s *Store) Apply(round int) error {
	return s.finish(round, `UPDATE round SET applied = ?, rank = (SELECT max(rank) + 1 FROM round) WHERE id = ?`)
}

// Cancel closes a round whose judgements shall never count. It returns a *RoundError as Apply does.
func (s *Store) Cancel(round int) error {
	return s.finish(round, `UPDATE round SET cancelled = ? WHERE id = ?`)
}

func (s *Store) finish(round int, statement string) error {
	return s.write(func(ctx context.Context, tx *sql.Tx) error {
		var kind int64
		var applied, cancelled sql.NullInt64
		err := tx.QueryRowContext(ctx, `SELECT kind, applied, cancelled FROM round WHERE id = ?`, round).
			Scan(&kind, &applied, &cancelled)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return &RoundError{round, "does not exist"}
		case err != nil:
			return err
		case contest.RoundKind(kind) != contest.Rejudge:
			return &RoundError{round, "is not a rejudging"}
		case applied.Valid:
			return &RoundError{round, "was applied at " + at(applied).Local().Format(time.DateTime)}
		case cancelled.Valid:
			return &RoundError{round, "was cancelled at " + at(cancelled).Local().Format(time.DateTime)}
		}
		_, err = tx.ExecContext(ctx, statement, moment(time.Now()), round)
		return err
	})
}

// ranked is a round, and which of several judgements of a submission counts: that of the highest rank.
type ranked struct {
	contest.Round
	rank int64 // 0: its judgements do not count
}

// rounds reads the rounds by number.
func (q *query) rounds() (all []ranked, err error) {
	var id, kind int64
	var selection string
	var opened, applied, cancelled, rank sql.NullInt64
	ascending := q.ascending("round")
	return all, q.each(`SELECT id, kind, selection, opened, applied, cancelled, rank FROM round ORDER BY id`, nil,
		[]any{&id, &kind, &selection, &opened, &applied, &cancelled, &rank}, func() error {
			one := ranked{rank: rank.Int64, Round: contest.Round{
				ID: int(id), Kind: contest.RoundKind(kind), Opened: at(opened), Applied: at(applied),
				Cancelled: at(cancelled),
			}}
			if kind < 0 || kind > int64(contest.Shadow) {
				return q.damaged("there is no kind %d of rounds", kind)
			}
			if err := json.Unmarshal([]byte(selection), &one.Selection); err != nil {
				return q.damaged("%v", err)
			}
			all = append(all, one)
			return first(ascending(id), q.texts(selection))
		})
}

func plain(all []ranked) []contest.Round {
	rounds := make([]contest.Round, len(all))
	for i, one := range all {
		rounds[i] = one.Round
	}
	return rounds
}

// SetMachine stores a machine and its class, and when it was seen. Its number and that of its class are not used.
func (s *Store) SetMachine(m contest.Machine) error {
	return s.write(func(ctx context.Context, tx *sql.Tx) error {
		c := m.Class
		c.ID, c.Speed = 0, 0
		data, err := json.Marshal(c)
		if err != nil {
			return err
		}
		key := sha256.Sum256(data)
		var class int64
		err = tx.QueryRowContext(ctx, `INSERT INTO class(key, cpu, kernel, cgroup, isolation, toolchain, judge, speed)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(key) DO UPDATE SET speed = excluded.speed RETURNING id`,
			hex.EncodeToString(key[:]), c.CPU, c.Kernel, c.Cgroup, c.Isolation, c.Toolchain, c.Judge, m.Class.Speed).
			Scan(&class)
		if err != nil {
			return err
		}
		id, err := seen(ctx, tx, m, class)
		if err == nil {
			s.machines[m.Name] = id
		}
		return err
	})
}

// seen stores a machine, and returns its number.
func seen(ctx context.Context, tx *sql.Tx, m contest.Machine, class int64) (id int64, err error) {
	err = tx.QueryRowContext(ctx, `INSERT INTO machine(name, class, first_seen, last_seen) VALUES (?, ?, ?, ?)
		ON CONFLICT(name, class) DO UPDATE SET first_seen = coalesce(first_seen, excluded.first_seen),
			last_seen = coalesce(excluded.last_seen, last_seen) RETURNING id`,
		m.Name, class, moment(m.FirstSeen), moment(m.LastSeen)).Scan(&id)
	return id, err
}

// machines reads the machines by number.
func (q *query) machines() (all []contest.Machine, err error) {
	var one contest.Machine
	var firstSeen, lastSeen, class sql.NullInt64
	var texts [6]sql.NullString
	var speed sql.NullFloat64
	var id int64
	ascending := q.ascending("machine")
	return all, q.each(`SELECT m.id, m.name, m.first_seen, m.last_seen, c.id, c.cpu, c.kernel, c.cgroup, c.isolation,
			c.toolchain, c.judge, c.speed
		FROM machine m LEFT JOIN class c ON c.id = m.class ORDER BY m.id`, nil,
		[]any{&id, &one.Name, &firstSeen, &lastSeen, &class, &texts[0], &texts[1], &texts[2], &texts[3], &texts[4],
			&texts[5], &speed},
		func() error {
			made := contest.Machine{ID: int(id), Name: one.Name, FirstSeen: at(firstSeen), LastSeen: at(lastSeen)}
			made.Class = contest.Class{
				ID: int(class.Int64), CPU: texts[0].String, Kernel: texts[1].String, Cgroup: texts[2].String,
				Isolation: texts[3].String, Toolchain: texts[4].String, Judge: texts[5].String, Speed: speed.Float64,
			}
			all = append(all, made)
			if math.IsNaN(speed.Float64) || math.IsInf(speed.Float64, 0) {
				return q.damaged("the speed of machine %d is %v", id, speed.Float64)
			}
			// Many machines share a class: it counts once for each, which the budget of an honest file allows.
			return first(ascending(id), q.texts(one.Name, texts[0].String, texts[1].String, texts[2].String,
				texts[3].String, texts[4].String, texts[5].String))
		})
}
