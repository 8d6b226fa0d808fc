package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"judge/problems"
)

// readAll opens a file and reads all of it, as every command together would.
func readAll(path string) error {
	r, err := OpenReader(path)
	if err != nil {
		return err
	}
	defer r.Close()
	if _, err := r.Results(context.Background()); err != nil {
		return err
	}
	for _, err := range r.Runs(context.Background(), Which{}) {
		if err != nil {
			return err
		}
	}
	return nil
}

// aFile returns the bytes of a result file.
func aFile(t testing.TB) []byte {
	t.Helper()
	s, path := created(t, 40)
	for i := range 40 {
		put(t, s, aJudgement(fmt.Sprintf("s%d", i), problems.AC, 5))
	}
	closed(t, s)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// altered returns a result file on which statements have been run by another program.
func altered(t *testing.T, statements string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "results.judge")
	if err := os.WriteFile(path, aFile(t), 0o644); err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(connector{"file:" + path + "?mode=rw"})
	defer db.Close()
	if _, err := db.Exec(statements); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFilesOfOthersAreRefused(t *testing.T) {
	tests := map[string]string{
		"a view":           "CREATE VIEW v AS SELECT 1",
		"a trigger":        "CREATE TRIGGER t AFTER INSERT ON judging BEGIN DELETE FROM run; END",
		"a virtual table":  "CREATE VIRTUAL TABLE x USING fts3(a)",
		"another table":    "CREATE TABLE x(a)",
		"an index":         "CREATE INDEX i ON run(abs(cpu))",
		"a missing table":  "DROP TABLE disagreement",
		"a view as table":  "DROP TABLE judging; CREATE VIEW judging AS SELECT 1 AS id",
		"another column":   "ALTER TABLE run ADD COLUMN x TEXT",
		"another program":  "PRAGMA application_id = 7",
		"an old version":   "PRAGMA user_version = 0",
		"a negative one":   "PRAGMA user_version = -1",
		"unknown settings": "UPDATE meta SET value = '{' WHERE key = 'contest'",
		"a number":         "UPDATE meta SET value = 7 WHERE key = 'contest'",
		"an evil team":     "UPDATE submission SET team = '../../x'",
		"an evil id":       "UPDATE submission SET external = '../' || id",
		"no such verdict":  "UPDATE judging SET verdict = 200",
		"an unjudged one":  "UPDATE judging SET verdict = 0",
		"an infinity":      "UPDATE judging SET score = 9e999",
		"faulty groups":    "UPDATE judging SET groups = '[1'",
		"faulty problem":   "UPDATE problem SET data = '[]'",
		"faulty selection": "UPDATE round SET selection = '[]'",
		"a faulty round":   "UPDATE round SET kind = 99",
		"a faulty run":     "UPDATE run SET verdict = -1",
		"a faulty test":    "UPDATE run SET test = -test",
		"a faulty digest":  "UPDATE judging SET source = 7",
		"a faulty moment":  "UPDATE submission SET at = 'noon'",
		"a faulty fault":   `UPDATE submission SET fault = '{"verdict": "AC"}'`,
		"an evil endpoint": `UPDATE meta SET value = '{"id":"x","carried":{"../x":[]}}' WHERE key = 'contest'`,
	}
	for name, statements := range tests {
		t.Run(name, func(t *testing.T) {
			path := altered(t, statements)
			err := readAll(path)
			var format *FormatError
			if !errors.As(err, &format) {
				t.Errorf("expected a FormatError, got %v", err)
			}
			if s, err := Open(path, Options{}); err == nil { // what a grader does not look at may pass
				s.Results(context.Background()) //nolint:errcheck // it must not crash
				s.Close()
			}
		})
	}
}

func TestDamagedFilesAreErrors(t *testing.T) {
	data := aFile(t)
	path := filepath.Join(t.TempDir(), "results.judge")
	try := func(name string, data []byte, mustFail bool) {
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		err := readAll(path)
		if mustFail && err == nil {
			t.Errorf("%s: expected an error", name)
		}
		if err != nil && (!strings.HasPrefix(err.Error(), path) || strings.Contains(err.Error(), "panic")) {
			t.Errorf("%s: expected an error that names the file, got %v", name, err)
		}
	}
	random := rand.New(rand.NewPCG(7, 7))
	noise := make([]byte, 20000)
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	try("noise", noise, true)
	try("noise with a header", append([]byte("SQLite format 3\x00"), noise...), true)
	try("empty", nil, true)
	try("text", []byte("hello\n"), true)
	for n := 1; n < len(data); n += len(data)/40 + 1 {
		try(fmt.Sprintf("cut after %d bytes", n), data[:n], true)
	}
	for i := range 150 {
		bad := append([]byte(nil), data...)
		for range 1 + random.IntN(20) {
			bad[random.IntN(len(bad))] = byte(random.Uint32())
		}
		try(fmt.Sprintf("damage %d", i), bad, false)
	}
}

// FuzzResultFile opens files that are one page different from a result file. None may crash the judge or keep it busy.
func FuzzResultFile(f *testing.F) {
	data := aFile(f)
	f.Add(uint16(0), []byte("SQLite format 3\x00"))
	f.Add(uint16(1), []byte{0x05, 0, 0, 0, 1, 0, 0})
	f.Add(uint16(4), []byte{0x0d, 0, 0, 0, 40, 0, 12})
	f.Fuzz(func(t *testing.T, page uint16, content []byte) {
		bad := append([]byte(nil), data...)
		copy(bad[int(page)*4096%len(bad):], content)
		path := filepath.Join(t.TempDir(), "results.judge")
		if err := os.WriteFile(path, bad, 0o644); err != nil {
			t.Fatal(err)
		}
		readAll(path) //nolint:errcheck // it must end, and not crash
		if s, err := Open(path, Options{}); err == nil {
			s.Put(aJudgement("s0", problems.WA, 2)) //nolint:errcheck // see above
			s.Close()
		}
	})
}
