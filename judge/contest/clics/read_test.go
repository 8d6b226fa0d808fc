package clics

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"judge/judge/contest"
	"judge/problems"
)

// versions are packages of the same contest, as programs of different times write them.
func versions() map[string]string {
	feed2020 := `
-- event-feed.ndjson --
{"type":"contests","id":"e1","op":"create","data":{"id":"c","name":"C","start_time":"2020-03-07T10:00:00+01","duration":"5:00:00.000","scoreboard_freeze_duration":"1:00:00","penalty_time":20}}
{"type":"problems","id":"e2","op":"create","data":{"id":"b","label":"B","name":"Beta","ordinal":2,"time_limit":1.5,"test_data_count":3}}
{"type":"problems","id":"e3","op":"create","data":{"id":"a","label":"A","name":"Old name","ordinal":1,"test_data_count":3}}

{"type":"problems","id":"e4","op":"update","data":{"id":"a","label":"A","name":"Alpha","ordinal":1,"test_data_count":3}}
{"type":"groups","id":"e5","op":"create","data":{"id":"g","name":"Judges","hidden":true}}
{"type":"teams","id":"e6","op":"create","data":{"id":"1","name":"One","group_ids":[]}}
{"type":"teams","id":"e7","op":"create","data":{"id":"2","name":"Two","group_ids":["g"]}}
{"type":"teams","id":"e8","op":"create","data":{"id":"3","name":"Gone","group_ids":[]}}
{"type":"teams","id":"e9","op":"delete","data":{"id":"3"}}
{"type":"submissions","id":"e10","op":"create","data":{"id":"s1","language_id":"cpp","problem_id":"a","team_id":"1","time":"2020-03-07T10:10:00.5+01","contest_time":"0:10:00.500","entry_point":null,"files":[{"href":"x","mime":"application/zip"}]}}
{"type":"judgements","id":"e11","op":"create","data":{"id":"j1","submission_id":"s1","judgement_type_id":null,"start_time":"2020-03-07T10:10:01+01","start_contest_time":"0:10:01.000"}}
{"type":"judgements","id":"e12","op":"update","data":{"id":"j1","submission_id":"s1","judgement_type_id":"AC","start_time":"2020-03-07T10:10:01+01","start_contest_time":"0:10:01.000"}}
{"type":"runs","id":"e13","op":"create","data":{"id":"r1"}}
`
	sources := "-- submissions/s1/files.zip/main.cpp --\nint main() {}\n"
	return map[string]string{
		"2020-03 feed": feed2020 + sources,
		"2020-03 archive": `
-- config/contest.json --
{"id":"c","name":"C","start_time":"2020-03-07T10:00:00+01","duration":"5:00:00","scoreboard_freeze_duration":"1:00:00",
 "penalty_time":20}
-- config/problems.json --
[{"id":"a","label":"A","name":"Alpha","ordinal":0},{"id":"b","label":"B","name":"Beta","ordinal":1,"time_limit":1.5}]
-- registration/groups.json --
[{"id":"g","name":"Judges","hidden":true}]
-- registration/teams.json --
[{"id":"1","name":"One"},{"id":"2","name":"Two","group_ids":["g"]}]
-- events/submissions.json --
[{"id":"s1","language_id":"cpp","problem_id":"a","team_id":"1","time":"2020-03-07T10:10:00.500+01",
  "contest_time":"0:10:00.500"}]
-- events/judgements.json --
[{"id":"j1","submission_id":"s1","judgement_type_id":"AC","start_time":"2020-03-07T10:10:01+01",
  "start_contest_time":"0:10:01"}]
-- events/submissions/s1/files.zip/main.cpp --
int main() {}
`,
		"2021-11 feed": `
-- event-feed.ndjson --
{"contest_id":"c","data":{"id":"c","name":"C","start_time":"2020-03-07T10:00:00+01:00","duration":"5:00:00","scoreboard_freeze_duration":"1:00:00","scoreboard_type":"pass-fail","penalty_time":20}}
{"contest_id":"c","endpoint":"problems","data":[{"id":"a","label":"A","name":"Alpha","ordinal":1},{"id":"b","label":"B","name":"Beta","ordinal":2,"time_limit":1.5}]}
{"contest_id":"c","endpoint":"groups","id":"g","data":{"id":"g","name":"Judges"}}
{"contest_id":"c","endpoint":"teams","id":"1","data":{"id":"1","name":"One","group_ids":[]}}
{"contest_id":"c","endpoint":"teams","id":"2","data":{"id":"2","name":"Two","group_ids":["g"],"hidden":true}}
{"contest_id":"c","endpoint":"teams","id":"3","data":{"id":"3","name":"Gone"}}
{"contest_id":"c","endpoint":"teams","id":"3","data":null}
{"contest_id":"c","endpoint":"submissions","id":"s1","data":{"id":"s1","language_id":"cpp","problem_id":"a","team_id":"1","time":"2020-03-07T10:10:00.500+01:00","contest_time":"0:10:00.500"}}
{"contest_id":"c","endpoint":"judgements","id":"j1","data":{"id":"j1","submission_id":"s1","judgement_type_id":"AC","start_time":"2020-03-07T10:10:01+01:00","start_contest_time":"0:10:01"}}
` + sources,
		"2022-07 yaml": `
-- contest.yaml --
id: c
name: C
start-time: 2020-03-07 10:00:00+01
duration: 5:00:00
scoreboard-freeze-duration: 1:00:00
penalty-time: 20
-- problems.yaml --
- {id: a, label: A, name: Alpha, ordinal: 1}
- {id: b, label: B, name: Beta, ordinal: 2, time_limit: 1.5}
-- groups.json --
[{"id":"g","name":"Judges"}]
-- teams.json --
[{"id":1,"name":"One"},{"id":2,"name":"Two","group_ids":["g"],"hidden":true}]
-- submissions.json --
[{"id":"s1","language_id":"cpp","problem_id":"a","team_id":"1","time":"2020-03-07T10:10:00.500+01"}]
-- judgements.json --
[{"id":"j1","submission_id":"s1","judgement_type_id":"AC","start_time":"2020-03-07T10:10:01+01",
  "start_contest_time":"0:10:01","valid":true},
 {"id":"j0","submission_id":"s1","judgement_type_id":"WA","start_time":"2020-03-07T10:10:11+01",
  "start_contest_time":"0:10:11","valid":false}]
` + sources,
		"2023-06": `
-- api.json --
{"version":"2023-06"}
-- contest.json --
{"id":"c","name":"C","start_time":"2020-03-07T10:00:00+01","duration":"5:00:00","scoreboard_freeze_duration":"1:00:00",
 "scoreboard_type":"pass-fail","penalty_time":20}
-- problems.json --
[{"id":"b","label":"B","name":"Beta","ordinal":2,"time_limit":1.5},{"id":"a","label":"A","name":"Alpha","ordinal":1}]
-- groups.json --
[{"id":"g","name":"Judges"}]
-- teams.json --
[{"id":"2","name":"Two","group_ids":["g"],"hidden":true},{"id":"1","name":"One"}]
-- submissions.json --
[{"id":"s1","language_id":"cpp","problem_id":"a","team_id":"1","time":"2020-03-07T10:10:00.500+01",
  "contest_time":"0:10:00.500","files":[{"href":"x","filename":"mine.zip","mime":"application/zip"}]}]
-- judgements.json --
[{"id":"j2","submission_id":"s1","judgement_type_id":"AC","start_time":"2020-03-07T10:10:01+01",
  "start_contest_time":"0:10:01"},
 {"id":"j1","submission_id":"s1","judgement_type_id":"WA","start_time":"2020-03-07T10:10:00+01",
  "start_contest_time":"0:10:00"}]
-- submissions/s1/mine.zip/main.cpp --
int main() {}
`,
		"2026-01": `
-- contest.json --
{"id":"c","name":"C","start_time":"2020-03-07T10:00:00+01","duration":"5:00:00","scoreboard_freeze_duration":"1:00:00",
 "scoreboard_type":"pass-fail","penalty_time":"0:20:00","main_scoreboard_group_id":"m"}
-- problems.json --
[{"id":"a","label":"A","name":"Alpha","ordinal":1},{"id":"b","label":"B","name":"Beta","ordinal":2,"time_limit":1.5}]
-- groups.json --
[{"id":"g","name":"Judges"},{"id":"m","name":"Main"}]
-- teams.json --
[{"id":"1","name":"One","group_ids":["m"]},{"id":"2","name":"Two","group_ids":["g"]}]
-- submissions.json --
[{"id":"s1","language_id":"cpp","problem_id":"a","team_id":"1","time":"2020-03-07T10:10:00.500+01",
  "contest_time":"0:10:00.500","files":[{"filename":"files.zip","mime":"application/zip"}]}]
-- judgements.json --
[{"id":"j2","submission_id":"s1","judgement_type_id":"WA","current":false,"start_time":"2020-03-07T10:10:09+01",
  "start_contest_time":"0:10:09"},
 {"id":"j1","submission_id":"s1","judgement_type_id":"AC","current":true,"start_time":"2020-03-07T10:10:01+01",
  "start_contest_time":"0:10:01"}]
` + sources,
	}
}

// read reads a package and closes it when the test ends.
func read(t *testing.T, dir string) *contest.Contest {
	t.Helper()
	c, closer, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := closer.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func TestAllVersionsAreRead(t *testing.T) {
	for name, files := range versions() {
		t.Run(name, func(t *testing.T) {
			dir := unpackText(t, []byte(files))
			if !Holds(dir) {
				t.Error("expected a contest package")
			}
			c := read(t, dir)
			start := time.Date(2020, 3, 7, 9, 0, 0, 0, time.UTC)
			if c.ID != "c" || c.Name != "C" || !c.Start.Equal(start) || c.Duration != 5*time.Hour || c.Freeze != time.Hour ||
				!c.Timed || c.Scoring.Penalty != 20*time.Minute || c.Scoring.Type != contest.PassFail {
				t.Errorf("unexpected contest: %+v", c)
			}
			if len(c.Problems) != 2 || c.Problems[0].Name != "Alpha" || c.Problems[1].ID != "b" ||
				c.Problems[1].TimeLimit != 1500*time.Millisecond {
				t.Errorf("unexpected problems: %+v", c.Problems)
			}
			if len(c.Teams) != 2 || c.Teams[0].Name != "One" || c.Teams[0].Hidden || !c.Teams[1].Hidden {
				t.Errorf("unexpected teams: %+v", c.Teams)
			}
			if len(c.Submissions) != 1 {
				t.Fatalf("unexpected submissions: %+v", c.Submissions)
			}
			s := c.Submissions[0]
			if s.ID != "s1" || s.Team != "1" || s.Problem != "a" || s.Language != "cpp" || s.Fault != nil ||
				s.Time != 10*time.Minute+500*time.Millisecond || !s.At.Equal(start.Add(s.Time)) {
				t.Errorf("unexpected submission: %+v", s)
			}
			if _, err := os.Stat(filepath.Join(c.Dir, s.Path)); err != nil {
				t.Error(err)
			}
			want := contest.Given{Submission: "s1", Type: "AC", Start: 10*time.Minute + time.Second}
			if len(c.Given) != 1 || c.Given[0] != want {
				t.Errorf("unexpected judgements: %+v", c.Given)
			}
		})
	}
}

const base = `
-- contest.json --
{"id":"c","name":"C","start_time":"2020-03-07T10:00:00+01","duration":"5:00:00","scoreboard_type":"pass-fail"}
-- problems.json --
[{"id":"a","label":"A"}]
-- teams.json --
[{"id":"1","name":"One"}]
-- submissions.json --
[{"id":"s1","language_id":"cpp","problem_id":"a","team_id":"1","contest_time":"0:10:00"}]
`

// with returns base with other contents of a file.
func with(name, content string) string { return base + "-- " + name + " --\n" + content + "\n" }

func TestFaultsHavePlaceAndHint(t *testing.T) {
	for _, test := range []struct{ files, want string }{
		{"-- teams.json --\n[]\n", "there is no contest.json"},
		{with("contest.json", `{"id":"c",`+"\n"+`"duration":"5h"}`),
			"contest.json:2:12: /duration: expected a relative time"},
		{with("contest.json", `{"id":"c"`+"\n"+`"duration":"5h"}`), "contest.json:2:1: no valid JSON"},
		{with("contest.json", `{"id":"c"`), "the file ends in the middle of a value"},
		{with("contest.json", `{"id":"c"} x`), "contest.json:1:12: expected the end of the file"},
		{with("contest.json", `{"id":"c","id":"d"}`), `has the member "id" twice`},
		{with("contest.json", `{"scoreboard_type":"golf"}`), `/scoreboard_type: unknown type "golf"`},
		{with("contest.json", `{"penalty_time":"x"}`), "/penalty_time: expected a relative time"},
		{with("contest.json", `{"penalty_time":-1}`), "/penalty_time: expected minutes or a relative time"},
		{with("contest.json", `{"start_time":"soon"}`), "/start_time: expected an absolute time"},
		{with("contest.json", `{"duration":"1:00:00","scoreboard_freeze_duration":"2:00:00"}`),
			"expected 0 <= scoreboard_freeze"},
		{with("contest.json", `[]`), "expected an object"},
		{with("problems.json", "[\n{\"id\":\"a\"},\n{\"id\":\"a\"}]"),
			"problems.json:3:7: /1/id: the id \"a\" is used twice"},
		{with("problems.json", `[{"id":"a","label":"X"},{"id":"b","label":"X"}]`), `/1/label: the label "X" is used twice`},
		{with("problems.json", `{}`), "problems.json:1: expected a list of objects"},
		{with("problems.json", `[{"id":"a","time_limit":"1"}]`), "/0/time_limit: expected a number"},
		{with("problems.json", `[{"label":"A"}]`), "/0: the problem has no id"},
		{with("teams.json", `[{"id":"1","organization_id":"x"}]`), `/0/organization_id: unknown organization`},
		{with("teams.json", `[{"id":"1","group_ids":["x"]}]`), `/0/group_ids: unknown group "x"`},
		{with("teams.json", `[{"id":"1","group_ids":"x"}]`), `/0/group_ids: expected a list of ids`},
		{with("teams.json", `[{"id":"1","hidden":"yes"}]`), `/0/hidden: expected true or false`},
		{with("teams.json", `[7]`), `/0: expected an object, found "7"`},
		{with("submissions.json",
			"[\n\n{\"id\":\"s1\",\"problem_id\":\"z\",\"team_id\":\"1\",\"contest_time\":\"0:00:01\"}]"),
			`submissions.json:3:25: /0/problem_id: unknown problem`},
		{with("submissions.json", `[{"id":"s","problem_id":"a","team_id":"9","contest_time":"0:00:01"}]`),
			"/0/team_id: unknown team"},
		{with("submissions.json", `[{"id":"s","problem_id":"a","team_id":"1"}]`), "the submission has no contest_time"},
		{"-- event-feed.ndjson --\n{\"type\":\"contest\",\"data\":{\"id\":\"c\",\"duration\":7}}\n" +
			"{\"type\":\"problems\",\"data\":[]}\n",
			"event-feed.ndjson:1: /data/duration: expected a text"},
		{"-- event-feed.ndjson --\n\n{\"type\":\n", "event-feed.ndjson:2: no valid event"},
		{"-- contest.yaml --\nid: c\nduration: 5\n-- problems.json --\n[]\n-- submissions.json --\n[]\n",
			"contest.yaml:1: /duration: expected a text"},
		{"-- contest.yaml --\na: &a [x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\n" +
			"c: &c [*b, *b, *b, *b, *b, *b, *b, *b]\n" +
			"d: &d [*c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d]\n" +
			"f: &f [*e, *e, *e, *e, *e, *e, *e, *e]\n" +
			"g: [*f, *f, *f, *f, *f, *f, *f, *f]\n-- problems.json --\n[]\n", "contest.yaml:7:13: more than 1000000 values"},
	} {
		c, _, err := Read(unpackText(t, []byte(test.files)))
		if err == nil {
			t.Errorf("%s: expected an error with %q, got %+v", test.files, test.want, c)
			continue
		}
		if !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "\nhint: ") {
			t.Errorf("expected an error with %q and a hint, got %v", test.want, err)
		}
		if _, ok := errors.AsType[*problems.Error](err); !ok {
			t.Errorf("expected a *problems.Error, got %T", err)
		}
	}
}

func TestAllFaultsAreReported(t *testing.T) {
	_, _, err := Read(unpackText(t, []byte(with("submissions.json", "["+strings.Repeat(`{"id":"s"},`, 30)+`{"id":"s"}]`))))
	if err == nil || strings.Count(err.Error(), "hint:") != mostFaults || !strings.Contains(err.Error(), "more faults") {
		t.Errorf("expected %d faults and the number of the others, got %v", mostFaults, err)
	}
}

func TestBrokenFilesAreTheFaultOfTheirSubmission(t *testing.T) {
	dir := unpackText(t, []byte(with("submissions.json", `[
{"id":"missing","problem_id":"a","team_id":"1","contest_time":"0:00:01"},
{"id":"broken","problem_id":"a","team_id":"1","contest_time":"0:00:02"},
{"id":"empty","problem_id":"a","team_id":"1","contest_time":"0:00:03"},
{"id":"out","problem_id":"a","team_id":"1","contest_time":"0:00:04"},
{"id":"fifo","problem_id":"a","team_id":"1","contest_time":"0:00:05"},
{"id":"path","problem_id":"a","team_id":"1","contest_time":"0:00:06","files":[{"filename":"../../contest.json"}]},
{"id":"../x","problem_id":"a","team_id":"1","contest_time":"0:00:07"},
{"id":"good","problem_id":"a","team_id":"1","contest_time":"0:00:08"}]`)+`
-- submissions/broken/files.zip --
PK no
-- submissions/good/files.zip/a.c --
int main() {}
-- submissions/empty/x --
`))
	writeFile(t, filepath.Join(dir, "submissions/empty/files.zip"), zipOf(t, nil))
	if err := os.MkdirAll(filepath.Join(dir, "submissions/out"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("/etc/passwd", filepath.Join(dir, "submissions/out/files.zip")); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "submissions/fifo/files.zip"), 0o755); err != nil {
		t.Fatal(err)
	}
	c := read(t, dir)
	want := []string{"JE missing file", "CE broken zip archive", "CE the archive holds no file", "JE cannot read",
		"JE cannot read", "JE missing file submissions/path/files.zip", "JE missing file", ""}
	if len(c.Submissions) != len(want) {
		t.Fatalf("got %d submissions", len(c.Submissions))
	}
	for i, s := range c.Submissions {
		got := ""
		if s.Fault != nil {
			got = s.Fault.Verdict.String() + " " + string(s.Fault.Reason)
		}
		if !strings.HasPrefix(got, want[i]) || (want[i] == "") != (got == "") {
			t.Errorf("submission %s: expected the fault %q, got %q", s.ID, want[i], got)
		}
		if strings.Contains(s.Path, "..") {
			t.Errorf("submission %s has the path %q", s.ID, s.Path)
		}
	}
}

func TestPackagesOfProblemsAreFound(t *testing.T) {
	c := read(t, unpackText(t, []byte(with("problems.json", `[
{"id":"named","package":[{"filename":"x.zip","mime":"application/zip"}]}, {"id":"usual"}, {"id":"dir"}, {"id":"none"},
{"id":"kpp"}, {"id":"old"}, {"id":"a"}]`)+`
-- problems/named/x.zip --
-- problems/named/package.zip --
-- problems/usual/usual.zip --
-- problems/dir/problem.yaml --
-- problems/kpp.kpp --
-- config/problems/old/problem.yaml --
`)))
	want := []string{"problems/named/x.zip", "problems/usual/usual.zip", "problems/dir", "problems/none",
		"problems/kpp.kpp", "config/problems/old", "problems/a"}
	for i, p := range c.Problems {
		if p.Package != want[i] {
			t.Errorf("problem %s: expected the package %s, got %s", p.ID, want[i], p.Package)
		}
	}
}

func TestIDsAreMappedAndPasswordsLeftOut(t *testing.T) {
	c := read(t, unpackText(t, []byte(with("teams.json", `[{"id":"1","name":"x"},{"id":"team/ö","name":"y"}]`)+`
-- accounts.yaml --
- {id: stephan, username: stephan, password: secret, type: judge}
-- team-members.json --
[{"id":"m","team_id":"1","first_name":"Ada","last_name":"L"}]
-- awards.json --
[]
`)))
	if id := c.Teams[1].ID; !contest.ValidID(id) || c.Teams[1].Name != "y" {
		t.Errorf("unexpected team %+v", c.Teams[1])
	}
	carried, _ := json.Marshal(c.Carried)
	if strings.Contains(string(carried), "secret") || !strings.Contains(string(carried), `"username":"stephan"`) ||
		!strings.Contains(string(carried), `"name":"Ada L"`) || !strings.Contains(string(carried), `"team_ids":["1"]`) {
		t.Errorf("unexpected %s", carried)
	}
}

func TestPackagesWithoutSubmissionsAreEmpty(t *testing.T) {
	c := read(t, unpackText(t, []byte("-- contest.json --\n{}\n-- problems.json --\n[]\n")))
	if c.Submissions == nil || len(c.Submissions)+len(c.Teams)+len(c.Problems) != 0 || c.Given != nil {
		t.Errorf("expected an empty contest, got %+v", c)
	}
}
