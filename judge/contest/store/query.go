package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/mattn/go-sqlite3"

	"judge/problems"
)

// file is an open result file that is read.
type file struct {
	*place
	as schema
	db *sql.DB
	// still returns an error if what was read may be wrong, because the file has been written without SQLite's
	// locks; nil: SQLite's locks hold.
	still func() error
	// cleanup removes what was made for reading; nil: nothing was.
	cleanup func() error
}

// query reads one state of a file.
type query struct {
	*place
	ctx  context.Context
	conn *sql.Conn
	// read counts the bytes that were read. No honest file holds more than its size: in a damaged one, many rows
	// can lead to the same pages.
	read int64
	// bound is what may be read according to the size when it was last asked for: asking at every row took more time
	// than reading.
	bound int64
}

// view calls do with one state of the file: what is committed meanwhile is not seen.
func (f *file) view(ctx context.Context, do func(*query) error) error {
	conn, err := f.db.Conn(ctx)
	if err != nil {
		return f.fault(err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "BEGIN"); err != nil {
		return f.fault(err)
	}
	// Again, because the file may have been replaced since it was opened.
	older, err := f.as.check(ctx, conn, f.path)
	if err == nil && older != 0 {
		err = f.damaged("its version has changed")
	}
	if err == nil {
		err = do(&query{place: f.place, ctx: ctx, conn: conn})
	}
	err = f.fault(err)
	_, end := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
	if f.still != nil {
		err = errors.Join(f.still(), err)
	}
	return errors.Join(err, f.fault(end))
}

// close closes the file.
func (f *file) close() error {
	err := f.db.Close()
	if f.cleanup != nil {
		err = errors.Join(err, f.cleanup())
	}
	return errors.Join(err, f.place.close())
}

// each calls do for each row, after it has scanned the columns into the pointers.
func (q *query) each(statement string, args []any, into []any, do func() error) error {
	rows, err := q.conn.QueryContext(q.ctx, statement, args...)
	if err != nil {
		return q.fault(err)
	}
	return q.scan(rows, into, do)
}

func (q *query) scan(rows *sql.Rows, into []any, do func() error) error {
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return q.damaged("%v", err)
		}
		if err := do(); err != nil {
			return err
		}
	}
	return q.fault(rows.Err())
}

// texts counts texts that were read.
func (q *query) texts(all ...string) error {
	for _, one := range all {
		q.read += int64(len(one))
	}
	// A mebibyte: the size of the log is not exactly what it holds.
	const more = 1 << 20
	if q.read <= max(more, q.bound) {
		return nil
	}
	if q.bound = q.size() + more; q.read > q.bound {
		return q.damaged("it holds more than its size")
	}
	return nil
}

// ascending returns a function that checks that rows come in the order of their numbers, from 1: a damaged file can
// lead through the same rows for ever.
func (q *query) ascending(what string) func(id int64) error {
	last := int64(0)
	return func(id int64) error {
		if id <= last {
			return q.damaged("%s %d follows %s %d", what, id, what, last)
		}
		last = id
		return nil
	}
}

// verdict returns a stored verdict.
func (q *query) verdict(stored int64) (problems.Verdict, error) {
	if stored < int64(problems.AC) || stored > int64(problems.SKIP) {
		return 0, q.damaged("there is no verdict %d", stored)
	}
	return problems.Verdict(stored), nil
}

// isCode reports whether an error is that of SQLite with one of the codes.
func isCode(err error, codes ...sqlite3.ErrNo) bool {
	var of sqlite3.Error
	if !errors.As(err, &of) {
		return false
	}
	for _, code := range codes {
		if of.Code == code {
			return true
		}
	}
	return false
}

// orNull returns nil for the zero value: it takes no room in the file.
func orNull[T comparable](value T) any {
	var zero T
	if value == zero {
		return nil
	}
	return value
}

// moment returns what is stored of a time.
func moment(at time.Time) any {
	if at.IsZero() {
		return nil
	}
	return at.UnixMicro()
}

// at returns a stored time, in UTC.
func at(stored sql.NullInt64) time.Time {
	if !stored.Valid {
		return time.Time{}
	}
	return time.UnixMicro(stored.Int64).UTC()
}

// digest returns what is stored of a digest: half as long, if it is hexadecimal as the judge writes it.
func digest(of string) any {
	if raw, err := hex.DecodeString(of); err == nil && len(raw) > 0 && hex.EncodeToString(raw) == of {
		return raw
	}
	return orNull(of)
}

// digestOf is the inverse of digest.
func digestOf(stored any) (string, error) {
	switch value := stored.(type) {
	case nil:
		return "", nil
	case []byte:
		return hex.EncodeToString(value), nil
	case string:
		return value, nil
	}
	return "", fmt.Errorf("a digest is a number")
}
