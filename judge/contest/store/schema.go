package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// application marks a result file among SQLite files: "JUDG".
const application = 0x4a554447

// schema is a version of the tables, and how files of older versions become one of it.
type schema struct {
	version    int
	tables     string
	migrations map[int]string // by the version that they start from; each leads to the next version
}

// current returns the schema that this judge writes. Whoever changes a table raises the version, and adds a
// migration after which the tables have the same text as new ones.
//
// Durations are in nanoseconds, moments in microseconds since 1970, sizes in bytes. A digest is a blob; it is text
// if it is not hexadecimal. NULL is the zero value.
func current() schema {
	return schema{version: 1, tables: tables}
}

// tables are those of the current version.
const tables = `
CREATE TABLE meta(
	key   TEXT PRIMARY KEY,
	value ANY NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE problem(
	id           INTEGER PRIMARY KEY, -- the ordinal
	external     TEXT NOT NULL UNIQUE,
	label        TEXT NOT NULL,
	package      ANY,                 -- digest
	time_limit   INTEGER,
	memory_limit INTEGER,
	tests        INTEGER NOT NULL,
	bound        INTEGER NOT NULL,    -- tests x time limit
	data         TEXT NOT NULL        -- all of it, as JSON
) STRICT;
CREATE TABLE submission(
	id       INTEGER PRIMARY KEY,
	external TEXT NOT NULL UNIQUE,
	ordinal  INTEGER,                 -- in the contest; NULL: it is no longer there
	team     TEXT NOT NULL,
	problem  TEXT NOT NULL,
	language TEXT,
	entry    TEXT,
	time     INTEGER NOT NULL,
	at       TEXT,
	path     TEXT NOT NULL,
	fault    TEXT                     -- as JSON
) STRICT;
CREATE TABLE class(
	id        INTEGER PRIMARY KEY,
	key       TEXT NOT NULL UNIQUE,
	cpu       TEXT NOT NULL,
	kernel    TEXT NOT NULL,
	cgroup    TEXT NOT NULL,
	isolation TEXT NOT NULL,
	toolchain TEXT NOT NULL,
	judge     TEXT NOT NULL,
	speed     REAL
) STRICT;
CREATE TABLE machine(
	id         INTEGER PRIMARY KEY,
	name       TEXT NOT NULL,
	class      INTEGER NOT NULL,      -- 0: unknown
	first_seen INTEGER,
	last_seen  INTEGER,
	UNIQUE(name, class)
) STRICT;
CREATE TABLE round(
	id        INTEGER PRIMARY KEY,
	kind      INTEGER NOT NULL,       -- 0 first, 1 rejudge, 2 audit, 3 shadow
	selection TEXT NOT NULL,          -- as JSON
	opened    INTEGER,
	applied   INTEGER,
	cancelled INTEGER,
	rank      INTEGER                 -- the judgements of the highest rank count; NULL: they do not
) STRICT;
CREATE TABLE judging(
	id         INTEGER PRIMARY KEY,
	submission INTEGER NOT NULL,
	round      INTEGER NOT NULL,
	verdict    INTEGER NOT NULL,      -- 1 AC, 2 WA, 3 TLE, 4 MLE, 5 OLE, 6 RTE, 7 CE, 8 JE, 9 SKIP
	reason     TEXT,
	score      REAL,
	groups     TEXT,                  -- as JSON
	language   TEXT,
	max_cpu    INTEGER NOT NULL,
	max_memory INTEGER NOT NULL,
	started    INTEGER,
	ended      INTEGER,
	machine    INTEGER,
	package    ANY,                   -- digest
	source     ANY,                   -- digest
	log        TEXT,
	evidence   TEXT,
	UNIQUE(submission, round)
) STRICT;
CREATE TABLE run(
	judging INTEGER NOT NULL,
	test    INTEGER NOT NULL,
	verdict INTEGER NOT NULL,
	reason  TEXT,
	cpu     INTEGER NOT NULL,
	wall    INTEGER NOT NULL,
	memory  INTEGER NOT NULL,
	output  INTEGER NOT NULL,
	rerun   INTEGER NOT NULL,
	message TEXT,
	PRIMARY KEY(judging, test)
) STRICT, WITHOUT ROWID;
CREATE TABLE disagreement(
	judging INTEGER NOT NULL,
	machine INTEGER NOT NULL,         -- 0: unknown
	verdict INTEGER NOT NULL,
	max_cpu INTEGER NOT NULL,
	at      INTEGER,
	PRIMARY KEY(judging, machine, verdict)
) STRICT, WITHOUT ROWID;
`

// execer is a connection or a transaction.
type execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// create makes the tables in an empty database.
func (s schema) create(ctx context.Context, db execer) error {
	stamp := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", application, s.version)
	_, err := db.ExecContext(ctx, s.tables+stamp)
	return err
}

// check compares a file with the schema. It returns the version of an older file that migrate can bring to this one,
// and else 0.
func (s schema) check(ctx context.Context, db execer, path string) (older int, err error) {
	var mark, version int
	if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&mark); err != nil {
		return 0, err
	}
	if mark != application {
		return 0, &FormatError{path, "is not a result file of judge"}
	}
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return 0, err
	}
	if version > s.version {
		return 0, &VersionError{path, version, s.version}
	}
	if version < s.version {
		if _, known := s.migrations[version]; known {
			return version, nil
		}
		return 0, &FormatError{path, fmt.Sprintf("has version %d, which no judge has written", version)}
	}
	return 0, s.compare(ctx, db, path)
}

// compare refuses a file whose tables differ from new ones in any way. Views, triggers and virtual tables of a stranger
// would run when the file is read.
func (s schema) compare(ctx context.Context, db execer, path string) error {
	found, err := definitions(ctx, db)
	if err != nil {
		return err
	}
	fresh := sql.OpenDB(connector{dsn: ":memory:"})
	defer fresh.Close()
	fresh.SetMaxOpenConns(1) // each has a database of its own
	if err := s.create(ctx, fresh); err != nil {
		return err
	}
	want, err := definitions(ctx, fresh)
	if err != nil {
		return err
	}
	for _, one := range found {
		if !slices.Contains(want, one) {
			why := fmt.Sprintf("is not a result file of judge: it has a %s that judge does not create", kindOf(one))
			return &FormatError{path, why}
		}
	}
	if len(found) != len(want) {
		return &FormatError{path, "is not a result file of judge: tables are missing"}
	}
	return nil
}

// kindOf returns the kind of a definition, in words.
func kindOf(one string) string {
	kind, _, _ := strings.Cut(one, "\n")
	if slices.Contains([]string{"table", "index", "view", "trigger"}, kind) {
		return kind
	}
	return "part"
}

// definitions returns what a database consists of.
func definitions(ctx context.Context, db execer) (all []string, err error) {
	const most = 100
	rows, err := db.QueryContext(ctx,
		`SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY rowid LIMIT ?`, most)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var one [4]string
		if err := rows.Scan(&one[0], &one[1], &one[2], &one[3]); err != nil {
			return nil, err
		}
		all = append(all, strings.Join(one[:], "\n"))
	}
	return all, rows.Err()
}

// migrate brings a file of an older version to this one, in one transaction.
func (s schema) migrate(ctx context.Context, conn *sql.Conn, path string, from int) error {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to roll back
	for version := from; version < s.version; version++ {
		step, known := s.migrations[version]
		if !known {
			return &FormatError{path, fmt.Sprintf("has version %d, which no judge has written", version)}
		}
		if _, err := tx.ExecContext(ctx, step); err != nil {
			return fmt.Errorf("migrate from version %d: %w", version, err)
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", s.version)); err != nil {
		return err
	}
	if err := s.compare(ctx, tx, path); err != nil {
		return err
	}
	return tx.Commit()
}
