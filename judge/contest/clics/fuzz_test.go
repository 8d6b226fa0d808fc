package clics

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"judge/judge/contest"
)

// FuzzRead reads a package of hostile files, and what it accepts is written and read again.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"id":"c","duration":"5:00:00"}`), []byte(`[{"id":"a"}]`), []byte(`[{"id":"1"}]`),
		[]byte(`[{"id":"s","problem_id":"a","team_id":"1","contest_time":"0:00:01"}]`))
	f.Add([]byte(`{"scoreboard_type":"score"}`), []byte(`[{"id":"a","ordinal":7,"time_limit":1e9}]`), []byte(`[]`),
		[]byte(`[]`))
	f.Fuzz(func(t *testing.T, settings, problems, teams, submissions []byte) {
		dir := t.TempDir()
		for name, data := range map[string][]byte{"contest.json": settings, "problems.json": problems, "teams.json": teams,
			"submissions.json": submissions} {
			if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		c, closer, err := Read(dir)
		if err != nil {
			return
		}
		defer closer.Close()
		for _, s := range c.Submissions {
			if !contest.ValidID(s.ID) || !contest.ValidID(s.Team) || s.Fault == nil {
				t.Errorf("unexpected submission: %+v", s)
			}
		}
		dest := filepath.Join(dir, "x")
		if err := Write(t.Context(), dest, Export{Results: results(c), Version: Version202601}); err != nil {
			t.Fatal(err)
		}
		again, closer, err := Read(dest)
		if err != nil {
			t.Fatal(err)
		}
		defer closer.Close()
		if len(again.Submissions) != len(c.Submissions) || len(again.Teams) != len(c.Teams) {
			t.Errorf("expected %+v, got %+v", c, again)
		}
	})
}

// FuzzFeed reads hostile event feeds.
func FuzzFeed(f *testing.F) {
	for _, files := range versions() {
		f.Add([]byte(files))
	}
	f.Add([]byte(`{"type":"teams","id":"1","data":null}` + "\n" + `{"type":"teams","data":[{"id":1},{}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		lists, err := parseFeed("feed", bytes.NewReader(data))
		for _, list := range lists {
			for _, o := range list {
				if o == nil || err != nil {
					t.Error("unexpected objects")
				}
			}
		}
	})
}

// FuzzYAML reads hostile YAML files: what is accepted is valid JSON.
func FuzzYAML(f *testing.F) {
	f.Add([]byte("- {id: a, ordinal: 1}\n- &b {id: 010, x: ~, y: [1e3, .inf, yes]}\n- *b\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		all, err := parseYAML("problems.yaml", data)
		for _, o := range all {
			if _, err2 := newObject(o.place, o.raw); err == nil && err2 != nil {
				t.Error(err2)
			}
		}
	})
}

// FuzzTimes: a time that is read is the one that is written.
func FuzzTimes(f *testing.F) {
	for _, text := range []string{"5:00:00", "-0:03:38.749", "2014-06-25T10:00:00+01",
		"2014-06-25 10:00:00.5-0130", "9:99:99"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if d, ok := parseSpan(text); ok {
			again, ok := parseSpan(string(appendSpan(nil, d)))
			if !ok || again != d.Truncate(time.Millisecond) {
				t.Errorf("%q is read as %v and written as %s", text, d, appendSpan(nil, d))
			}
		}
		if at, ok := parseMoment(text); ok {
			again, ok := parseMoment(string(appendMoment(nil, at)))
			if !ok || !again.Equal(at.Truncate(time.Millisecond)) {
				t.Errorf("%q is read as %v and written as %s", text, at, appendMoment(nil, at))
			}
		}
	})
}
