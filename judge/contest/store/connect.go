package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"net/url"

	// SQLite itself, in C: cgo is needed anyway for the filter of system calls, and this is one module.
	"github.com/mattn/go-sqlite3"
)

// maxValue bounds a text or blob in a result file: that of a contest's settings is the longest.
const maxValue = 64 << 20

// limitLength and limitAttached are numbers of sqlite3_limit(): the length of a value, and of attached databases.
const (
	limitLength   = 0
	limitAttached = 7
)

// connector opens connections to one database. It registers no driver under a name: that would be global.
type connector struct{ dsn string }

// Connect opens a connection that trusts nothing in the file.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	return c.Driver().Open(c.dsn)
}

// Driver returns SQLite's driver.
func (c connector) Driver() driver.Driver {
	return &sqlite3.SQLiteDriver{ConnectHook: func(conn *sqlite3.SQLiteConn) error {
		conn.SetLimit(limitLength, maxValue)
		conn.SetLimit(limitAttached, 0)
		for _, pragma := range []string{
			"trusted_schema = OFF", // no functions with effects in views and defaults
			"cell_size_check = ON", // damaged pages are found when they are read
			"mmap_size = 0",        // a file that becomes shorter is an error, and no SIGBUS
			"temp_store = MEMORY",
		} {
			if _, err := conn.Exec("PRAGMA "+pragma, nil); err != nil {
				return err
			}
		}
		return nil
	}}
}

// openIdle returns a pool for reading, that closes each connection after its use: an open one would keep a grader that
// ends from moving its log into the file.
func (p *place) openIdle(options ...string) *sql.DB {
	db := p.open("", maxReading, append(options, "mode=ro")...)
	db.SetMaxIdleConns(0)
	return db
}

// maxReading bounds the connections that read a file.
const maxReading = 4

// open returns a pool of connections to the file with a suffix. Nothing has been read of it.
func (p *place) open(suffix string, most int, options ...string) *sql.DB {
	name := url.URL{Path: p.real(suffix)}
	dsn := "file:" + name.EscapedPath() + "?_busy_timeout=5000"
	for _, option := range options {
		dsn += "&" + option
	}
	db := sql.OpenDB(connector{dsn})
	db.SetMaxOpenConns(most)
	db.SetMaxIdleConns(most)
	return db
}
