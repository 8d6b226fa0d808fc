package read

import (
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"judge/problems/safefile"
)

func rootOf(t testing.TB, dir string) *safefile.Root {
	t.Helper()
	root, err := safefile.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return root
}

func patternFor(t testing.TB, text string) *pattern {
	t.Helper()
	p, err := patternOf(text, []string{"A", "alpha"})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// FuzzTable: a table is refused with a place and a hint, or each row has a cell for each column.
func FuzzTable(f *testing.F) {
	for _, seed := range []string{
		"id,name\n1,a\n", "\ufeffid,name\r\n1,\"a\"\"b\nc\"\r\n", "id;name\n", "id\n\n\n1\n", "id,name\n1\n", "", "\"",
		"id,\"\n",
		"id,id\n", "x\n", "id,name\n1,\xff\n", "id\r1\r", "ID , Name\n1,2\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data string) {
		table, err := tableOf("t.csv", []byte(data), layout{[]string{"id", "name"}, []string{"id"}, 100})
		if err != nil {
			if found, ok := asFault(err); !ok || found.File != "t.csv" || found.Line < 1 || found.Hint == "" ||
				found.Line > 1+strings.Count(data, "\n") {
				t.Fatalf("%q: expected a fault with its line and a hint, got %#v", data, err)
			}
			return
		}
		for _, row := range table.rows {
			if len(row.cells) != len(table.columns) || row.line < 2 || !utf8.ValidString(table.cell(row, "id")) {
				t.Fatalf("%q: got the row %q", data, row.cells)
			}
		}
	})
}

// FuzzPattern: a pattern is refused with a hint, or what it matches is put together again from the parts.
func FuzzPattern(f *testing.F) {
	for _, seed := range []string{
		"{team}/{problem}/{file}", "submissions/{team}/{problem}/{time}_{file}", "{team}_{problem}*.c", "**/{team}/{problem}",
		"{team}", "{", "}", "{{team}}/{file}", "../{team}/{file}", "a//b/{team}/{file}/", "{team}/*",
		"(?{team}[{problem}", "\x00{team}{file}",
	} {
		f.Add(seed, "bob_A_0:00:01.c")
	}
	f.Fuzz(func(t *testing.T, text, name string) {
		p, err := patternOf(text, []string{"A", "alpha", "("})
		if err != nil {
			if bad, ok := err.(*patternError); !ok || bad.msg == "" || bad.hint == "" {
				t.Fatalf("%q: expected a message and a hint, got %#v", text, err)
			}
			return
		}
		if strings.HasPrefix(filepath.Clean(text), "..") || filepath.IsAbs(text) {
			t.Fatalf("%q leads out", text)
		}
		for _, part := range p.parts {
			if part.any {
				continue
			}
			if c, _, ok := part.match(name, captured{}); ok {
				for _, value := range []string{c.team, c.problem, c.time, c.file} {
					if !strings.Contains(name, value) {
						t.Fatalf("%q has %q in %q", text, value, name)
					}
				}
			}
			part.matchLast(name, false, captured{})
		}
	})
}

// FuzzTime: what is read can be written and read again.
func FuzzTime(f *testing.F) {
	for _, seed := range []string{"1:02:03.4", "-0:00:01", "2027-03-06T10:15:00+01:00", "20270306T101500", "1804324500",
		"0:0:0", "T"} {
		f.Add(seed)
	}
	start := time.Date(2027, 3, 6, 10, 0, 0, 0, time.FixedZone("", 3600))
	f.Fuzz(func(t *testing.T, text string) {
		m, ok := momentOf(text, start.Location())
		if !ok {
			return
		}
		rel, at, placed := m.place(start)
		if !placed || rel%time.Millisecond != 0 || at.Sub(start) < rel || at.Sub(start)-rel >= time.Millisecond {
			t.Fatalf("%q: got %v and %v", text, rel, at)
		}
		if m.absolute {
			again, ok := momentOf(at.Format("2006-01-02T15:04:05.999999999Z07:00"), time.UTC)
			if !ok || !again.at.Equal(at) {
				t.Fatalf("%q: %v is read as %v", text, at, again.at)
			}
		}
	})
}
