package clics

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"judge/judge/contest"
	"judge/problems"
)

// textOf returns the files of a directory as a txtar archive. Of zip archives it lists the content.
func textOf(t *testing.T, dir string) []byte {
	t.Helper()
	archive := &txtar.Archive{}
	err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if filepath.Ext(name) != ".zip" {
			archive.Files = append(archive.Files, txtar.File{Name: rel, Data: data})
			return err
		}
		entries, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return err
		}
		for _, f := range entries.File {
			r, err := f.Open()
			if err != nil {
				return err
			}
			data, err := io.ReadAll(r)
			if err != nil {
				return err
			}
			archive.Files = append(archive.Files, txtar.File{Name: rel + "/" + f.Name, Data: data})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return txtar.Format(archive)
}

// TestExportsAreGolden: JUDGE_GOLDEN=1 writes the files again.
func TestExportsAreGolden(t *testing.T) {
	for _, version := range []Version{Version202306, Version202601} {
		r := smallContest(t, contest.PassFail)
		dest := filepath.Join(t.TempDir(), "export")
		e := Export{Results: r, Version: version, Detailed: true, Runs: threeRuns(r)}
		if err := Write(t.Context(), dest, e); err != nil {
			t.Fatal(err)
		}
		golden, got := filepath.Join("testdata", version.name()+".txtar"), textOf(t, dest)
		if os.Getenv("JUDGE_GOLDEN") != "" {
			writeFile(t, golden, got)
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("the export differs from %s: expected the same; got\n%s", golden, got)
		}
	}
}

// TestArchivesHoldWhatDirectoriesHold: an export is the same as a directory and as an archive, and each time.
func TestArchivesHoldWhatDirectoriesHold(t *testing.T) {
	r, dir := smallContest(t, contest.Score), t.TempDir()
	e := Export{Results: r, Runs: threeRuns(r)}
	for _, name := range []string{"a", "b", "a.zip", "b.zip"} {
		if err := Write(t.Context(), filepath.Join(dir, name), e); err != nil {
			t.Fatal(err)
		}
	}
	a, b := textOf(t, filepath.Join(dir, "a")), textOf(t, filepath.Join(dir, "b"))
	if !bytes.Equal(a, b) {
		t.Error("two exports of the same results differ")
	}
	one, _ := os.ReadFile(filepath.Join(dir, "a.zip"))
	two, _ := os.ReadFile(filepath.Join(dir, "b.zip"))
	if len(one) == 0 || !bytes.Equal(one, two) {
		t.Error("two archives of the same results differ")
	}
	archive, err := zip.OpenReader(filepath.Join(dir, "a.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	for _, f := range archive.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(in)
		want, err2 := os.ReadFile(filepath.Join(dir, "a", f.Name))
		if err := errors.Join(err, err2); err != nil || !bytes.Equal(data, want) {
			t.Errorf("%s differs from the directory: %v", f.Name, err)
		}
	}
}

// results returns results of a package: each submission is accepted.
func results(c *contest.Contest) *contest.Results {
	r := &contest.Results{Contest: *c, Judgements: map[string]*contest.Judgement{}}
	for i, s := range c.Submissions {
		at := c.Start.Add(s.Time + time.Duration(i)*time.Second)
		r.Judgements[s.ID] = &contest.Judgement{Submission: s.ID, Round: 1, Verdict: problems.AC, Started: at, Ended: at}
	}
	return r
}

const full = `
-- contest.json --
{"id":"c","name":"C","formal_name":"Contest","start_time":"2020-03-07T10:00:00+01:00","duration":"5:00:00",
 "scoreboard_freeze_duration":"1:00:00","scoreboard_type":"pass-fail","penalty_time":10,
 "location":{"latitude":55.7,"longitude":13.19},
 "banner":[{"href":"x","filename":"b.png","mime":"image/png","width":8,"height":1}]}
-- contest/b.png --
banner
-- problems.json --
[{"id":"a","label":"A","name":"Alpha","ordinal":1,"rgb":"#AC00FF","color":"purple","time_limit":1.5,"test_data_count":3,
  "uuid":"01234567-89ab-cdef-0123-456789ABCDEF"}]
-- languages.json --
[{"id":"cpp","name":"GNU C++","entry_point_required":false,"extensions":["cc"],
  "compiler":{"command":"g++","args":"-O2"}},
 {"id":"java","name":"Java","entry_point_required":true,"entry_point_name":"Main class","extensions":["java"]}]
-- groups.json --
[{"id":"g","icpc_id":"7593","name":"Asia","type":"site","location":{"latitude":1,"longitude":2}}]
-- organizations.json --
[{"id":"lu","icpc_id":"433","name":"Lund U.","formal_name":"Lund University","country":"SWE","url":"https://lu.se",
  "logo":[{"href":"https://example.org/logo.png","filename":"logo.png","mime":"image/png","width":56,"height":56}]}]
-- teams.json --
[{"id":"1","icpc_id":"2","name":"One","label":"01","display_name":"The One","organization_id":"lu","group_ids":["g"],
  "location":{"x":1.5,"y":2,"rotation":90}},{"id":"2","name":"Two","label":"02","group_ids":[],"hidden":true}]
-- persons.json --
[{"id":"ada","name":"Ada","role":"contestant","team_ids":["1"],"sex":"female","email":"ada@example.org"}]
-- accounts.json --
[{"id":"team1","username":"team1","type":"team","team_id":"1","ip":"10.0.0.1"}]
-- awards.json --
[{"id":"winner","citation":"Old winner","team_ids":["2"]},
 {"id":"best-costume","citation":"Best costume","team_ids":["1"]},
 {"id":"organization-winner-lu","citation":"Best of Lund","team_ids":[]}]
-- submissions.json --
[{"id":"s1","language_id":"cpp","problem_id":"a","team_id":"1","time":"2020-03-07T10:10:00.500+01:00",
  "contest_time":"0:10:00.500","entry_point":null},
 {"id":"s2","language_id":"java","problem_id":"a","team_id":"2","time":"2020-03-07T10:11:00+01:00",
  "contest_time":"0:11:00","entry_point":"org.example.Main"}]
-- submissions/s1/files.zip/main.cc --
int main() {}
-- submissions/s2/files.zip/org/example/Main.java --
class Main {}
`

// TestPackagesComeOutAgain: what was read and written is read as the same contest, by way of a directory and of an
// archive, in both versions.
func TestPackagesComeOutAgain(t *testing.T) {
	for _, version := range []Version{Version202306, Version202601} {
		for _, ending := range []string{"", ".zip"} {
			first := read(t, unpackText(t, []byte(full)))
			dest := filepath.Join(t.TempDir(), "again"+ending)
			if err := Write(t.Context(), dest, Export{Results: results(first), Version: version}); err != nil {
				t.Fatal(err)
			}
			if !Holds(dest) {
				t.Errorf("%s: expected a contest package", dest)
			}
			second := read(t, dest)
			if len(second.Given) != 2 || second.Given[0].Type != "AC" {
				t.Errorf("unexpected judgements: %+v", second.Given)
			}
			awards := string(second.Carried["awards"])
			for _, want := range []string{`"id":"best-costume","team_ids":["1"]`,
				`"id":"organization-winner-lu","team_ids":["1"]`, `"id":"winner","team_ids":["1"]`,
				`"id":"first-to-solve-a","team_ids":["1"]`} {
				if !strings.Contains(awards, want) {
					t.Errorf("expected the award %s, got %s", want, awards)
				}
			}
			banner, err := os.ReadFile(filepath.Join(second.Dir, "contest/b.png"))
			if err != nil || string(banner) != "banner\n" {
				t.Errorf("unexpected banner: %q, %v", banner, err)
			}
			a, b := compared(t, first), compared(t, second)
			if a != b {
				t.Errorf("%s%s: expected\n%s\ngot\n%s", version.name(), ending, a, b)
			}
		}
	}
}

// compared returns a contest as JSON, without what an export makes new.
func compared(t *testing.T, c *contest.Contest) string {
	t.Helper()
	one := *c
	one.Given, one.Carried = nil,
		map[string]json.RawMessage{"persons": c.Carried["persons"], "accounts": c.Carried["accounts"]}
	one.Extra = map[string]json.RawMessage{"location": c.Extra["location"]}
	data, err := json.MarshalIndent(one, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestPendingBlocksFinalizing(t *testing.T) {
	for name, change := range map[string]func(r *contest.Results){
		"JE":       func(r *contest.Results) { r.Judgements["s9"].Verdict = problems.JE },
		"unjudged": func(r *contest.Results) { delete(r.Judgements, "s10") },
	} {
		r := smallContest(t, contest.PassFail)
		change(r)
		dest := filepath.Join(t.TempDir(), "x")
		if err := Write(t.Context(), dest, Export{Results: r}); err != nil {
			t.Fatal(err)
		}
		state, err := os.ReadFile(filepath.Join(dest, "state.json"))
		if err != nil || !strings.Contains(string(state), `"finalized":null,"end_of_updates":null`) {
			t.Errorf("%s: expected nothing to be final, got %s %v", name, state, err)
		}
		strict{t: t, dir: dest}.check(false)
	}
}

func TestFrozenExportsHideJudgements(t *testing.T) {
	r := smallContest(t, contest.PassFail)
	dest := filepath.Join(t.TempDir(), "x")
	if err := Write(t.Context(), dest, Export{Results: r, Frozen: true, Runs: threeRuns(r)}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"judgements.json", "runs.json", feedName} {
		data, err := os.ReadFile(filepath.Join(dest, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{`"s7-1`, `"s8-1`, `"s10-1`} {
			if strings.Contains(string(data), id) {
				t.Errorf("%s shows the judgement %s", name, id)
			}
		}
	}
}

// TestUntimedContestsHaveTimes: an export states times even if the contest has none, and keeps the order.
func TestUntimedContestsHaveTimes(t *testing.T) {
	r := smallContest(t, contest.PassFail)
	c := &r.Contest
	c.Timed, c.Start, c.Duration, c.Freeze, c.Languages = false, time.Time{}, 0, 0, nil
	for i := range c.Submissions {
		c.Submissions[i].Time, c.Submissions[i].At = 0, time.Time{}
	}
	dest := filepath.Join(t.TempDir(), "x")
	if err := Write(t.Context(), dest, Export{Results: r, Version: Version202601}); err != nil {
		t.Fatal(err)
	}
	strict{t: t, dir: dest, version: Version202601}.check(false)
	again := read(t, dest)
	for i, s := range again.Submissions {
		if s.ID != c.Submissions[i].ID || s.Time != time.Duration(i)*time.Millisecond {
			t.Errorf("submission %d: expected %s, got %s at %v", i, c.Submissions[i].ID, s.ID, s.Time)
		}
	}
}

func TestOnlyExportsAreReplaced(t *testing.T) {
	dir, r := t.TempDir(), smallContest(t, contest.PassFail)
	e := Export{Results: r}
	if err := os.Mkdir(filepath.Join(dir, "empty"), 0o755); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "mine", "thesis.tex"), nil)
	writeFile(t, filepath.Join(dir, "package", "contest.json"), []byte("{}"))
	writeFile(t, filepath.Join(dir, "package", "api.json"), []byte(`{"provider":{"name":"DOMjudge"}}`))
	writeFile(t, filepath.Join(dir, "file"), nil)
	writeFile(t, filepath.Join(dir, "file.zip"), nil)
	writeFile(t, filepath.Join(dir, "package.zip"), zipOf(t, []txtar.File{{Name: "contest.json"}}))
	for name, good := range map[string]bool{"empty": true, "new/dir": true, "new/x.zip": true, "mine": false,
		"package": false, "file": false, "file.zip": false, "package.zip": false} {
		dest := filepath.Join(dir, name)
		for range 2 { // the second time over the first export
			err := Write(t.Context(), dest, e)
			if (err == nil) != good {
				t.Errorf("%s: unexpected error %v", name, err)
			}
			if err != nil && !strings.Contains(err.Error(), "hint: ") {
				t.Errorf("%s: expected a hint, got %v", name, err)
			}
		}
	}
	writeFile(t, filepath.Join(dir, "empty", "problems", "a", "problem.yaml"), nil) // a user's addition to an export
	if err := Write(t.Context(), filepath.Join(dir, "empty"), e); err == nil {
		t.Error("expected an export with other files to stay")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || slices.ContainsFunc(entries, func(e os.DirEntry) bool { return strings.HasPrefix(e.Name(), ".") }) {
		t.Errorf("unexpected entries: %v %v", entries, err)
	}
}

// TestFailedExportsLeaveNothing: neither a part of an export nor a temporary file, and the earlier export stays.
func TestFailedExportsLeaveNothing(t *testing.T) {
	dir, r := t.TempDir(), smallContest(t, contest.PassFail)
	failing := Export{Results: r, Runs: func(context.Context) iter.Seq2[contest.RunsOf, error] {
		return func(yield func(contest.RunsOf, error) bool) { yield(contest.RunsOf{}, errors.New("disk on fire")) }
	}}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, name := range []string{"x", "x.zip"} {
		dest := filepath.Join(dir, name)
		if err := Write(t.Context(), dest, failing); err == nil || !strings.Contains(err.Error(), "disk on fire") {
			t.Errorf("expected the error of the runs, got %v", err)
		}
		if err := Write(cancelled, dest, Export{Results: r}); !errors.Is(err, context.Canceled) {
			t.Errorf("expected the cancellation, got %v", err)
		}
		if entries, err := os.ReadDir(dir); err != nil || len(entries) != 0 {
			t.Errorf("expected nothing, got %v %v", entries, err)
		}
	}
	dest := filepath.Join(dir, "x")
	if err := Write(t.Context(), dest, Export{Results: r}); err != nil {
		t.Fatal(err)
	}
	before := textOf(t, dest)
	if err := Write(t.Context(), dest, failing); err == nil {
		t.Error("expected an error")
	}
	if !bytes.Equal(before, textOf(t, dest)) {
		t.Error("a failed export changed the earlier one")
	}
}

// TestHostileResultsAreContained: ids that are paths are errors, links out are not followed, broken archives stay
// whole.
func TestHostileResultsAreContained(t *testing.T) {
	r := smallContest(t, contest.PassFail)
	r.Contest.Submissions[0].ID = "../../x"
	if err := Write(t.Context(), filepath.Join(t.TempDir(), "x"), Export{Results: r}); err == nil {
		t.Error("expected an error about the id")
	}
	r = smallContest(t, contest.PassFail)
	dir := r.Contest.Dir
	if err := os.Symlink("/etc/passwd", filepath.Join(dir, "link.cpp")); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "broken.zip"), []byte("PK no"))
	var slip bytes.Buffer
	z := zip.NewWriter(&slip)
	for _, name := range []string{"../evil.c", "/etc/x", "good.c", "good.c"} {
		w, _ := z.Create(name)
		fmt.Fprint(w, name)
	}
	z.Close()
	writeFile(t, filepath.Join(dir, "slip.zip"), slip.Bytes())
	for i, path := range []string{"link.cpp", "broken.zip", "slip.zip", "none.c", "../" + filepath.Base(dir) + "/a.cpp",
		"/etc/passwd"} {
		r.Contest.Submissions[i].Path = path
	}
	var warnings []string
	dest := filepath.Join(t.TempDir(), "x")
	e := Export{Results: r, Warn: func(err error) { warnings = append(warnings, err.Error()) }}
	if err := Write(t.Context(), dest, e); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range txtar.Parse(textOf(t, dest)).Files {
		if name, ok := strings.CutPrefix(f.Name, "submissions/"); ok {
			got = append(got, name)
		}
		if strings.Contains(string(f.Data), "root:") {
			t.Errorf("%s has a file from outside", f.Name)
		}
	}
	want := []string{"s10/files.zip/a.cpp", "s2/files.zip/broken.zip", "s3/files.zip/good.c",
		"s7/files.zip/a.cpp", "s8/files.zip/a.cpp", "s9/files.zip/a.cpp"}
	if !slices.Equal(got, want) {
		t.Errorf("expected the files %v, got %v", want, got)
	}
	if len(warnings) != 4 {
		t.Errorf("expected four warnings, got %q", warnings)
	}
}

func TestHostileArchivesAreRefused(t *testing.T) {
	dir := t.TempDir()
	for name, files := range map[string][]txtar.File{
		"slip.zip":    {{Name: "contest.json", Data: []byte("{}")}, {Name: "../evil", Data: nil}},
		"twice.zip":   {{Name: "contest.json", Data: []byte("{}")}, {Name: "contest.json", Data: []byte("{}")}},
		"nothing.zip": {{Name: "readme.txt", Data: nil}},
	} {
		writeFile(t, filepath.Join(dir, name), zipOf(t, files))
	}
	writeFile(t, filepath.Join(dir, "broken.zip"), []byte("PK"))
	for _, name := range []string{"slip.zip", "twice.zip", "nothing.zip", "broken.zip", "none.zip"} {
		if _, _, err := Read(filepath.Join(dir, name)); err == nil {
			t.Errorf("%s: expected an error", name)
		}
	}
	inner := []txtar.File{{Name: "c/contest.json", Data: []byte(`{"id":"c"}`)},
		{Name: "c/problems.json", Data: []byte("[]")}}
	writeFile(t, filepath.Join(dir, "inner.zip"), zipOf(t, inner))
	if c := read(t, filepath.Join(dir, "inner.zip")); c.ID != "c" || !Holds(filepath.Join(dir, "inner.zip")) {
		t.Errorf("expected the contest of the only directory, got %+v", c)
	}
	for _, name := range []string{"nothing.zip", "broken.zip", "none.zip", "."} {
		if Holds(filepath.Join(dir, name)) {
			t.Errorf("%s: expected no contest package", name)
		}
	}
}
