package read

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"judge/judge/contest"
	"judge/problems"
	"judge/problems/text"
)

// create writes files beneath a new directory with two problems, and returns the directory.
func create(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "spring27")
	for _, name := range []string{"alpha", "beta"} {
		writeFile(t, filepath.Join(dir, "problems", name, "problem.yaml"), "name: "+name+"\ntests: tests/*.in\n")
	}
	for name, content := range files {
		writeFile(t, filepath.Join(dir, name), content)
	}
	return dir
}

func writeFile(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// base is a contest.yaml with two problems.
const base = "name: Spring\nproblems: {A: problems/alpha, B: problems/beta}\n"

func open(t *testing.T, path string) *contest.Contest {
	t.Helper()
	c, closer, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := closer.Close(); err != nil {
		t.Error(err)
	}
	return c
}

// listed describes the submissions, one a line: team, problem, time and path, and the fault.
func listed(c *contest.Contest) string {
	names := map[string]string{}
	for _, team := range c.Teams {
		names[team.ID] = team.Name
	}
	var lines []string
	for _, s := range c.Submissions {
		line := fmt.Sprintf("%s %s %v %s", names[s.Team], s.Problem, s.Time, s.Path)
		if !c.Timed {
			line = fmt.Sprintf("%s %s %s", names[s.Team], s.Problem, s.Path)
		}
		if s.Fault != nil {
			line += fmt.Sprintf(" %s %s", s.Fault.Verdict, s.Fault.Reason)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func notes(c *contest.Contest) string {
	var all []string
	for _, note := range c.Notes {
		all = append(all, text.Error(note))
	}
	return strings.Join(all, "\n")
}

// errorOf returns the text of the error of reading a contest, with paths relative to its directory.
func errorOf(t *testing.T, dir, path string) string {
	t.Helper()
	c, closer, err := Open(t.Context(), path)
	if err == nil {
		closer.Close()
		return "none; submissions:\n" + listed(c)
	}
	if found, ok := asFault(err); !ok || found.Hint == "" && !strings.Contains(found.Msg, "unknown") {
		t.Errorf("expected a fault with a hint, got %v", err)
	}
	return strings.ReplaceAll(err.Error(), dir+"/", "")
}

func TestSettings(t *testing.T) {
	dir := create(t, map[string]string{"contest.yaml": `id: spring-27
name: Spring contest 2027 🙂
formal_name: The contest
start_time: 2027-03-06T10:00:00+01:00
duration: 5:00:00
scoreboard_freeze_duration: 1:00:00
scoreboard_type: score
penalty_time: 0:15:00
problems:
  A: problems/alpha
  B: {package: problems/beta, time_limit: 2.5, name: Bee, color: red, rgb: "#f00"}
score: best-per-group
ties: time
scoreboard_thaw_time: null
`})
	c := open(t, dir)
	zone := time.FixedZone("", 3600)
	if !c.Start.Equal(time.Date(2027, 3, 6, 10, 0, 0, 0, zone)) || c.Duration != 5*time.Hour || c.Freeze != time.Hour {
		t.Errorf("got the times %v %v %v", c.Start, c.Duration, c.Freeze)
	}
	if _, offset := c.Start.Zone(); offset != 3600 {
		t.Errorf("the zone of the start is lost: %v", c.Start)
	}
	want := contest.Scoring{Type: contest.Score, Penalty: 15 * time.Minute, Best: contest.BestPerGroup,
		Ties: contest.TimeBreaks}
	if c.Scoring != want || c.ID != "spring-27" || c.Name != "Spring contest 2027 🙂" || c.FormalName != "The contest" {
		t.Errorf("got %+v", c)
	}
	if len(c.Problems) != 2 || !reflect.DeepEqual(c.Problems[1], contest.Problem{
		ID: "B", Label: "B", Name: "Bee", Color: "red", RGB: "#f00", Package: "problems/beta",
		TimeLimit: 2500 * time.Millisecond,
	}) {
		t.Errorf("got the problems %+v", c.Problems)
	}
}

func TestDefaults(t *testing.T) {
	dir := create(t, map[string]string{"contest.yaml": "problems: [problems/alpha, {package: problems/beta, id: bee}]\n"})
	c := open(t, dir)
	if c.ID != "spring27" || c.Name != "spring27" || c.Scoring.Penalty != 20*time.Minute || c.Timed || !c.Start.IsZero() {
		t.Errorf("got %+v", c)
	}
	if p := c.Problems; len(p) != 2 || p[0].ID != "A" || p[0].Label != "A" || p[1].ID != "bee" || p[1].Label != "B" {
		t.Errorf("got the problems %+v", c.Problems)
	}
	if len(c.Submissions) != 0 || !strings.Contains(notes(c), "no submission found") {
		t.Errorf("got %+v and %s", c.Submissions, notes(c))
	}
}

// TestPlacesOfContests: a contest is named by its directory or its file, in YAML or JSON.
func TestPlacesOfContests(t *testing.T) {
	for _, name := range []string{"contest.yaml", "contest.yml", "contest.json", "other.yaml"} {
		content := base
		if strings.HasSuffix(name, "json") {
			content = "{\n\t\"name\": \"a\\/\\ud83d\\ude42\",\n\t\"start_time\": null,\n" +
				"\t\"problems\": {\"A\": \"problems/alpha\"}\n}\n"
		}
		dir := create(t, map[string]string{name: content, "bob/A.c": ""})
		paths := []string{filepath.Join(dir, name)}
		if name != "other.yaml" {
			paths = append(paths, dir)
		}
		for _, path := range paths {
			c := open(t, path)
			if listed(c) != "bob A bob/A.c" || !filepath.IsAbs(c.Dir) || strings.HasSuffix(name, "json") && c.Name != "a/🙂" {
				t.Errorf("%s: got %q of %q", path, listed(c), c.Name)
			}
		}
	}
}

// TestPackagesMayLieElsewhere: problems are often kept apart from contests.
func TestPackagesMayLieElsewhere(t *testing.T) {
	dir := create(t, map[string]string{
		"inner/contest.yaml":  "problems: {A: ../problems/alpha}\nsubmissions: \"{team}/{problem}.c\"\n",
		"inner/bob/A.c":       "",
		"inner/ann/alpha.c":   "",
		"absolute/alice/B.py": "",
	})
	if c := open(t, filepath.Join(dir, "inner")); listed(c) != "ann A ann/alpha.c\nbob A bob/A.c" {
		t.Errorf("got %s", listed(c))
	}
	writeFile(t, filepath.Join(dir, "absolute/contest.yaml"), "problems: {B: "+filepath.Join(dir, "problems/beta")+"}\n")
	if c := open(t, filepath.Join(dir, "absolute")); listed(c) != "alice B alice/B.py" {
		t.Errorf("got %s", listed(c))
	}
}

func TestProblemsOfCLICS(t *testing.T) {
	for _, row := range []struct{ place, list string }{
		{"problems.yaml", "problems"},
		{"set/problems.yaml", "set/problems"},
		{"problems/problems.json", "problems"},
	} {
		dir := create(t, map[string]string{
			"contest.yaml": "problems: " + row.place + "\n",
			row.place: `[{"id": "alpha", "label": "X", "name": "Al", "rgb": "#00ff00", "ordinal": 0, "time_limit": 3,` +
				` "color": null},` +
				` {"id": "beta", "label": "Y", "memory_limit": 512}]`,
			"bob/x.c":                         "",
			"set/problems/alpha/problem.yaml": "name: a\ntests: tests/*.in\n",
			"set/problems/beta/problem.yaml":  "name: b\ntests: tests/*.in\n",
		})
		c := open(t, dir)
		p := c.Problems
		if len(p) != 2 || p[0].Package != row.list+"/alpha" || p[0].TimeLimit != 3*time.Second || p[1].Label != "Y" ||
			p[0].ID != "alpha" {
			t.Errorf("%s: got %+v", row.place, p)
		}
		if listed(c) != "bob alpha bob/x.c" {
			t.Errorf("%s: got %s", row.place, listed(c))
		}
	}
}

// TestFaultsOfContestFiles: each has its place and says what to do.
func TestFaultsOfContestFiles(t *testing.T) {
	for _, row := range []struct {
		yaml  string
		files map[string]string
		want  string
	}{
		{"", nil, "contest.yaml:1:1: empty: expected the keys of a contest\nhint: write problems: {A: PATH}"},
		{"[a]\n", nil, "contest.yaml:1:1: expected a mapping, found a list"},
		{"name: a\n", nil,
			"contest.yaml:1:1: no problems: expected a mapping from labels to packages\nhint: write problems: {A: PATH}"},
		{base + "durration: 1:00:00\n", nil, "contest.yaml:3:1: unknown key \"durration\"\nhint: did you mean \"duration\"?"},
		{base + "name: a\n", nil, "contest.yaml:3:1: the key \"name\" appears twice: line 1 has it already"},
		{base + "name:\n\ta: b\n", nil, "contest.yaml:4:1: tab in indentation\nhint: indent with spaces"},
		{base + "id: spring 27!\n", nil,
			"contest.yaml:3:5: the id \"spring 27!\" is not an id of CLICS: expected 1 to 36 of A-Z a-z 0-9 _ . -, without - " +
				"or . at the ends\nhint: write spring-27"},
		{base + "start_time: tomorrow\n", nil,
			"contest.yaml:3:13: expected a date and a time, found the text \"tomorrow\"\nhint: write 2027-03-06T10:00:00+01:00"},
		{base + "start_time: 2027-02-30T10:00:00Z\n", nil, "contest.yaml:3:13: expected a date and a time"},
		{base + "start_time: 2027-03-06 10:00:00\n", nil,
			"contest.yaml:3:13: the time has no zone\nhint: add the offset from UTC, as in 2027-03-06T10:00:00+01:00"},
		{base + "duration: 300\n", nil,
			"contest.yaml:3:11: expected hours, minutes and seconds, found the text \"300\"\n" +
				"hint: write 5:00:00 for five hours"},
		{base + "duration: 5:00\n", nil, "contest.yaml:3:11: expected hours, minutes and seconds"},
		{base + "duration: 0:00:00\n", nil, "contest.yaml:3:11: 0:00:00 is out of range"},
		{base + "duration: [1]\n", nil, "contest.yaml:3:11: expected a text, found a list"},
		{base + "scoreboard_freeze_duration: 1:00:00\n", nil,
			"contest.yaml:3:29: a freeze without a duration of the contest\nhint: add duration: 5:00:00"},
		{base + "duration: 1:00:00\nscoreboard_freeze_duration: 1:00:01\n", nil,
			"contest.yaml:4:29: the freeze is longer than the contest"},
		{base + "scoreboard_type: scores\n", nil,
			"contest.yaml:3:18: unknown scoreboard type \"scores\"\nhint: did you mean \"score\"?"},
		{base + "penalty_time: -1\n", nil,
			"contest.yaml:3:15: expected minutes, found the text \"-1\"\nhint: write a whole number of minutes, or 0:20:00"},
		{base + "penalty_time: 1.5\n", nil, "contest.yaml:3:15: expected minutes"},
		{base + "score: bestest\n", nil, "contest.yaml:3:8: unknown rule \"bestest\""},
		{base + "ties: random\n", nil, "contest.yaml:3:7: unknown rule for ties \"random\"\nhint: use one of share, time"},

		{"problems:\n", nil,
			"contest.yaml:1:10: expected problems, found nothing\n" +
				"hint: write {A: problems/alpha, B: problems/beta.zip}, or a list of packages"},
		{"problems: {A: problems/alhpa}\n", nil,
			"contest.yaml:1:15: no such problem: \"problems/alhpa\"\nhint: did you mean alpha?"},
		{"problems: {A: problems}\n", nil,
			"contest.yaml:1:15: \"problems\" holds no problem\nhint: name a directory with a problem.yaml, or another package"},
		{"problems: {A: a.txt}\n", map[string]string{"a.txt": ""},
			"contest.yaml:1:15: \"a.txt\" is not a package of a problem"},
		{"problems: {A: }\n", nil, "contest.yaml:1:15: a problem without a package\nhint: write the path of its package"},
		{"problems: {A: {time_limit: 2}}\n", nil, "contest.yaml:1:15: a problem without a package\nhint: add package: PATH"},
		{"problems: {A: {package: problems/alpha, time: 2}}\n", nil,
			"contest.yaml:1:41: unknown key \"time\"\nhint: did you mean \"time_limit\"?"},
		{"problems: {A: {package: problems/alpha, time_limit: 0}}\n", nil,
			"contest.yaml:1:53: 0 is out of range\nhint: write a number from 0.001 to 86400"},
		{"problems: {A: {package: problems/alpha, rgb: red}}\n", nil,
			"contest.yaml:1:46: expected a colour, found the text \"red\"\nhint: write rgb: \"#ff8000\""},
		{"problems: {A: problems/alpha, A: problems/beta}\n", nil, "contest.yaml:1:31: the key \"A\" appears twice"},
		{"problems: [problems/alpha, {package: problems/beta, label: A}]\n", nil,
			"contest.yaml:1:28: the label \"A\" appears twice"},
		{"problems: [{package: problems/alpha, id: a}, {package: problems/beta, id: a}]\n", nil,
			"contest.yaml:1:46: the id \"a\" appears twice"},
		{"problems: [{package: problems/alpha, id: é}]\n", nil, "contest.yaml:1:42: the id \"é\" is not an id of CLICS"},
		{"problems: problem.yaml\n", map[string]string{"problems.yaml": ""},
			"contest.yaml:1:11: no such file: \"problem.yaml\"\nhint: did you mean problems.yaml?"},
		{"problems: problems\n", nil, "contest.yaml:1:11: \"problems\" is a directory: expected labels"},
		{"problems: ../problems.yaml\n", nil,
			"contest.yaml:1:11: \"../problems.yaml\" leads out of the contest's directory\nhint: copy the file into it"},
		{"problems: problems.yaml\n", map[string]string{"problems.yaml": "a: 1\n"},
			"problems.yaml:1:1: expected a list of problems, found a mapping"},
		{"problems: problems.yaml\n", map[string]string{"problems.yaml": "- {id: gamma}\n"},
			"problems.yaml:1:8: no package of problem gamma\nhint: put it into problems/gamma"},
		{"problems: problems.yaml\n", map[string]string{"problems.yaml": "- {label: A}\n"},
			"problems.yaml:1:3: a problem without an id"},
		{"problems: problems.yaml\n", map[string]string{"problems.yaml": "- [\n"}, "problems.yaml:"},

		{base + "submissions: {team}/{file}\n", nil,
			"contest.yaml:3:14: a pattern that begins with { needs quotes\nhint: write submissions: \"{team}/{file}\""},
		{base + "submissions: {team: a}\n", nil, "contest.yaml:3:14: expected a pattern or a CSV, found a mapping"},
		{base + "submissions: submissions\n", nil,
			"contest.yaml:3:14: no {team} in the pattern\n" +
				"hint: write a pattern such as {team}/{problem}/{file}, or the name of a .csv file"},
		{base + "submissions: \"{team}/{user}/{file}\"\n", nil,
			"contest.yaml:3:14: unknown placeholder \"{user}\"\nhint: use {team}, {problem}, {time} and {file}"},
		{base + "submissions: \"{team}/{problm}/{file}\"\n", nil,
			"contest.yaml:3:14: unknown placeholder \"{problm}\"\nhint: did you mean {problem}?"},
		{base + "submissions: \"{team}/x\"\n", nil, "contest.yaml:3:14: no {problem} in the pattern"},
		{base + "submissions: \"{team}/{team}/{file}\"\n", nil, "contest.yaml:3:14: the placeholder {team} appears twice"},
		{base + "submissions: \"{file}/{team}\"\n", nil, "contest.yaml:3:14: {file} is not at the end of the pattern"},
		{base + "submissions: \"{team/{file}\"\n", nil, "contest.yaml:3:14: braces without a placeholder in \"{team\""},
		{base + "submissions: \"{team}/a**/{file}\"\n", nil, "contest.yaml:3:14: ** next to other text in \"a**\""},
		{base + "submissions: \"**/{team}/**/{file}\"\n", nil, "contest.yaml:3:14: ** appears twice"},
		{base + "submissions: \"{team}/{problem}/**\"\n", nil, "contest.yaml:3:14: ** at the end of the pattern"},
		{base + "submissions: ../{team}/{file}\n", nil,
			"contest.yaml:3:14: the pattern leads out of the contest's directory"},
		{base + "submissions: a/../{team}/{file}\n", nil,
			"contest.yaml:3:14: the pattern leads out of the contest's directory"},
		{base + "submissions: /tmp/{team}/{file}\n", nil,
			"contest.yaml:3:14: the pattern leads out of the contest's directory"},
		{base + "submissions: \"" + strings.Repeat("a", 1001) + "\"\n", nil, "contest.yaml:3:14: the pattern is too long"},
		{base + "submissions: " + strings.Repeat("a/", 32) + "{team}/{file}\n", nil,
			"contest.yaml:3:14: more than 32 directories in the pattern"},
		{base + "submissions: teams.csv/{team}/{file}\n", map[string]string{"teams.csv": ""},
			"contest.yaml:3:14: \"teams.csv\": not a directory"},

		{base, map[string]string{"bob/Z/a.c": ""}, "bob/Z/a.c: no problem \"Z\"\nhint: use one of A, alpha, B, beta"},
		{base, map[string]string{"bob/bata/a.c": "", "bob/A/a.c": ""},
			"bob/bata/a.c: no problem \"bata\"\nhint: did you mean \"beta\"?"},
		{base, map[string]string{"bob/bata/a.c": "", "ann/bata/a.c": "", "bob/A/a.c": ""},
			"ann/bata/a.c: no problem \"bata\" (and 1 more such faults)"},
		{base, map[string]string{"bob/C.c": ""}, "bob/C.c: no problem \"C\""},
		{base, map[string]string{"bob/A/a.c": "", "bob/B.c": ""},
			"bob/B.c: does not match the pattern {team}/{problem}/{file}\n" +
				"hint: move it, or write another pattern as submissions in contest.yaml"},
		{base, map[string]string{"submissions/bob/A/0:01:00_a.c": "", "submissions/bob/A/b.c": ""},
			"submissions/bob/A/b.c: does not match the pattern submissions/{team}/{problem}/{time}_{file}"},
		{base, map[string]string{"submissions/bob/A/0:01:00_a.c": "", "submissions/bob/A/0:61:00_b.c": ""},
			"submissions/bob/A/0:61:00_b.c: malformed time \"0:61:00\"\nhint: write 1:02:03 since the start"},
		{base, map[string]string{"submissions/bob/A/20270306T101500_a.c": ""},
			"submissions/bob/A/20270306T101500_a.c: a time of the calendar, but contest.yaml has no start_time\n" +
				"hint: add start_time"},
		{"problems: {}\n", map[string]string{"bob/A.c": ""},
			"bob/A.c: no problem \"A\"\nhint: add it to the problems of contest.yaml"},
		{"problems: {x: problems/alpha, X: problems/beta, y: problems/alpha}\nsubmissions: \"{team}/{problem}.c\"\n",
			map[string]string{"bob/alpha.c": ""},
			"bob/alpha.c: the problem \"alpha\" may be x or y\nhint: write the label"},
	} {
		files := map[string]string{"contest.yaml": row.yaml}
		for name, content := range row.files {
			files[name] = content
		}
		dir := create(t, files)
		if got := errorOf(t, dir, dir); !strings.HasPrefix(got, row.want) {
			t.Errorf("%q %v:\nexpected %s\ngot      %s", row.yaml, row.files, row.want, got)
		}
	}
}

// TestFaultsOfTables: a CSV's faults have the line.
func TestFaultsOfTables(t *testing.T) {
	const header = "id,team,problem,language,time,path\n"
	for _, row := range []struct{ key, csv, want string }{
		{"teams", "", "list.csv:1:1: empty: expected a header\nhint: begin with the line id,name,organization,groups,hidden"},
		{"teams", "id;name\n",
			"list.csv:1: fields are separated by \";\": expected commas\nhint: save the file as CSV with commas"},
		{"teams", "id\tname\n", "list.csv:1: fields are separated by \"\\t\": expected commas"},
		{"teams", "1,Lund\n",
			"list.csv:1: no header: expected id,name,organization,groups,hidden\n" +
				"hint: add the names of the columns as the first line"},
		{"teams", "id,nam\n", "list.csv:1: unknown column \"nam\"\nhint: did you mean \"name\"?"},
		{"teams", "id,id\n", "list.csv:1: the column id appears twice\nhint: remove one"},
		{"teams", "name\nx\n", "list.csv:1: no column id"},
		{"teams", "id,name\n1,a\n1,b\n", "list.csv:3: the team \"1\" appears twice: line 2 has it already\nhint: remove one"},
		{"teams", "id,name\n,a\n", "list.csv:2: a team without an id"},
		{"teams", "id,name\n1\n", "list.csv:2: 1 fields: expected 2, as in the header"},
		{"teams", "id,hidden\n\n1,maybe\n", "list.csv:3: hidden is \"maybe\": expected true or false"},
		{"teams", "id,name\n1,\"a\n", "list.csv:2: a field in quotes does not end"},
		{"teams", "id,name\n1,a\"b\n", "list.csv:2:4: a quote in a field without quotes"},
		{"teams", "id,name\n1,\x00\n", "list.csv:2: a zero byte: expected text"},
		{"teams", "id,name\n1,Malm\xf6\n", "list.csv:2: not UTF-8\nhint: save the file as CSV in UTF-8"},
		{"teams", "\xff\xfei\x00d\x00", "list.csv:1:1: UTF-16: expected UTF-8"},
		{"teams", "id,name\r1,a\r", "list.csv:1: line ends are carriage returns without line feeds"},
		{"teams", "id,name\n1,a\u202eb\n", "list.csv:2: \"a\\u202eb\" holds a character that cannot be printed"},

		{"submissions", "id,team,problem\n", "list.csv:1: no column path"},
		{"submissions", "id;team;problem;language;time;path\n", "list.csv:1: fields are separated by \";\": expected commas"},
		{"submissions", header + "1,t,C,cpp,0:00:01,a.c\n",
			"list.csv:2: no problem \"C\"\nhint: use one of A, alpha, B, beta"},
		{"submissions", header + "1,t,A,cpp,0:00:01,a.c\n1,t,A,cpp,0:00:01,a.c\n",
			"list.csv:3: the id \"1\" appears twice: line 2 has it already"},
		{"submissions", header + ",t,A,cpp,0:00:01,a.c\n", "list.csv:2: no id\nhint: write a value in the column id"},
		{"submissions", header + "1,,A,cpp,0:00:01,a.c\n", "list.csv:2: no team"},
		{"submissions", header + "1,t,A,cpp,0:00:01,\n", "list.csv:2: no path"},
		{"submissions", header + "1,t,A,cpp,soon,a.c\n",
			"list.csv:2: malformed time \"soon\"\nhint: write 1:02:03 since the start"},
		{"submissions", header + "1,t,A,cpp,12,a.c\n", "list.csv:2: malformed time \"12\""},
		{"submissions", header + "1,t,A,cpp,1772787600,a.c\n",
			"list.csv:2: a time of the calendar, but contest.yaml has no start_time"},
		{"submissions", header + "1,t,A,cpp,0:00:01,a.c\n2,t,A,cpp,,a.c\n",
			"list.csv:3: no time, though other rows have one"},
		{"submissions", header + "1,t,A,cpp,,a.c\n2,t,A,cpp,0:00:01,a.c\n",
			"list.csv:3: a time, though the first row has none"},
		{"submissions", header + "1,t,A,cpp,0:00:01,../a.c\n",
			"list.csv:2: the path \"../a.c\" leads out of the contest's directory"},
		{"submissions", header + "1,t,A,cpp,0:00:01,/etc/passwd\n",
			"list.csv:2: the path \"/etc/passwd\" leads out of the contest's directory"},
		{"submissions", header + "1,t,A,cpp,0:00:01,a.c,x\n", "list.csv:2: 7 fields: expected 6, as in the header"},
	} {
		dir := create(t, map[string]string{"contest.yaml": base + row.key + ": list.csv\n", "list.csv": row.csv})
		if got := errorOf(t, dir, dir); !strings.HasPrefix(got, row.want) {
			t.Errorf("%q:\nexpected %s\ngot      %s", row.csv, row.want, got)
		}
	}
	for yaml, want := range map[string]string{
		"teams: ../teams.csv":      "contest.yaml:3:8: \"../teams.csv\" leads out of the contest's directory",
		"teams: /etc/teams.csv":    "contest.yaml:3:8: \"/etc/teams.csv\" leads out of the contest's directory",
		"teams: team.csv":          "contest.yaml:3:8: no such file: \"team.csv\"\nhint: did you mean teams.csv?",
		"teams: teams.txt":         "contest.yaml:3:8: \"teams.txt\" is not a CSV",
		"teams: dir.csv":           "contest.yaml:3:8: \"dir.csv\": not a regular file",
		"teams: [a]":               "contest.yaml:3:8: expected a text, found a list",
		"submissions: gone.csv":    "contest.yaml:3:14: no such file: \"gone.csv\"",
		"submissions: ../gone.csv": "contest.yaml:3:14: \"../gone.csv\" leads out of the contest's directory",
		"submissions: link.csv":    "contest.yaml:3:14: \"link.csv\": a link leads out of the contest's directory",
		"problems: {A: link.csv}":  "contest.yaml:3:1: the key \"problems\" appears twice",
	} {
		dir := create(t, map[string]string{"contest.yaml": base + yaml + "\n", "teams.csv": "", "dir.csv/a": ""})
		if err := os.Symlink("/etc/passwd", filepath.Join(dir, "link.csv")); err != nil {
			t.Fatal(err)
		}
		if got := errorOf(t, dir, dir); !strings.HasPrefix(got, want) {
			t.Errorf("%q:\nexpected %s\ngot      %s", yaml, want, got)
		}
	}
}

// TestNoContest: what is named in place of a contest.
func TestNoContest(t *testing.T) {
	dir := create(t, map[string]string{"a.txt": "", "link/x": ""})
	for path, want := range map[string]string{
		"gone":           "gone: no such file\nhint: name the directory of a contest, or its contest.yaml",
		".":              ".: no contest.yaml in this directory\nhint: create a contest.yaml that lists the problems",
		"problems/alpha": "problems/alpha: a problem: expected a contest\nhint: name a directory with a contest.yaml",
		"a.txt":          "a.txt: not a contest: expected a directory, a contest.yaml or a CLICS package",
	} {
		t.Chdir(dir)
		if got := errorOf(t, dir, path); !strings.HasPrefix(got, want) {
			t.Errorf("%s: expected %s, got %s", path, want, got)
		}
	}
	if err := os.Symlink("/etc/hostname", filepath.Join(dir, "contest.yaml")); err != nil {
		t.Fatal(err)
	}
	if got := errorOf(t, dir, dir); !strings.HasPrefix(got, "contest.yaml: a link leads out of the contest's directory") {
		t.Errorf("got %s", got)
	}
}

func TestTeams(t *testing.T) {
	dir := create(t, map[string]string{
		"contest.yaml": base + "teams: teams.csv\n",
		"teams.csv": "\ufeffid,name,organization,groups,hidden\r\n" +
			"t1,\"Lund, \"\"2\"\"\",Lund University,Students; North,\r\n" +
			"é1,Žluťoučký kůň,,Students,false\r\nt3,Guests,,,TRUE\r\n",
		"t1/A.c": "", "Lund, \"2\"/B.c": "", "Žluťoučký kůň/A.c": "", "👨‍👩‍👧 family/A.c": "", "t3/A.c": "",
	})
	c := open(t, dir)
	var got []string
	for _, team := range c.Teams {
		got = append(got, fmt.Sprintf("%s|%s|%s|%v|%v", team.ID, team.Name, team.Organization, team.Groups, team.Hidden))
		if !contest.ValidID(team.ID) {
			t.Errorf("%q is not an id", team.ID)
		}
	}
	want := []string{
		"_1-" + contest.ID("é1")[3:] + "|Žluťoučký kůň||[Students]|false",
		contest.ID("👨‍👩‍👧 family") + "|👨‍👩‍👧 family||[]|false",
		"t1|Lund, \"2\"|" + contest.ID("Lund University") + "|[Students North]|false",
		"t3|Guests||[]|true",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("expected\n%s\ngot\n%s", strings.Join(want, "\n"), strings.Join(got, "\n"))
	}
	if len(c.Submissions) != 5 || len(c.Organizations) != 1 || c.Organizations[0].Name != "Lund University" ||
		len(c.Groups) != 2 {
		t.Errorf("got %s and %v and %v", listed(c), c.Organizations, c.Groups)
	}
	// A name in another normal form of Unicode is the same name.
	dir = create(t, map[string]string{
		"contest.yaml": base + "teams: teams.csv\n", "teams.csv": "id,name\n7,Lule\u00e5\n8,Two\n9,Two\n",
		"Lulea\u030a/A.c": "",
	})
	if c = open(t, dir); len(c.Teams) != 3 || c.Submissions[0].Team != "7" {
		t.Errorf("got %v", c.Teams)
	}
	writeFile(t, filepath.Join(dir, "Two/A.c"), "")
	if got := errorOf(t, dir, dir); !strings.HasPrefix(got,
		"Two/A.c: the team \"Two\" may be 8 or 9\nhint: write the team's id") {
		t.Errorf("got %s", got)
	}
}

func TestCSVOfSubmissions(t *testing.T) {
	dir := create(t, map[string]string{
		"contest.yaml": base + "start_time: 2027-03-06T10:00:00+01:00\nsubmissions: export/list.csv\n",
		"export/list.csv": "\ufeffid,team,problem,language,time,path,entry_point\r\n" +
			"2,\"Team, two\",b,C++,0:00:02.5,s/2.cpp,\r\n" +
			"10,one,A,java,2027-03-06T10:00:01+01:00,s/10,\"Main\"\r\n" +
			"1,one,alpha,,1804323600,gone.py,\r\n" +
			"x y,one,A,,2027-03-06 09:59:59,top.py,\r\n" +
			"3,one,A,,20270306T140000Z,s/link.c,\r\n4,one,A,,0:00:02.5,s/3.zip,\r\n5,one,A,,0:00:03,s/fifo.c,\r\n" +
			"6,one,A,,0:00:03,away/1.c,\r\n",
		"export/s/2.cpp": "", "export/s/10/Main.java": "", "top.py": "", "export/s/3.zip": "not a zip",
	})
	link(t, "/etc/passwd", filepath.Join(dir, "export/s/link.c"))
	link(t, "../problems", filepath.Join(dir, "export/away"))
	fifo(t, filepath.Join(dir, "export/s/fifo.c"))
	c := open(t, dir)
	want := `one A -1s top.py
one A 0s export/gone.py JE no such file
one A 1s export/s/10
Team, two B 2.5s export/s/2.cpp
one A 2.5s export/s/3.zip CE broken archive: not a valid zip file
one A 3s export/s/fifo.c CE not a regular file
one A 3s export/away/1.c JE no such file
one A 5h0m0s export/s/link.c CE a link: expected a file`
	want = strings.Replace(want, "one A 0s", fmt.Sprintf("one A %v", time.Unix(1804323600, 0).Sub(c.Start)), 1)
	got := strings.Split(listed(c), "\n")
	for _, line := range strings.Split(want, "\n") {
		if !strings.Contains(strings.Join(got, "\n")+"\n", line+"\n") {
			t.Errorf("expected %s in\n%s", line, strings.Join(got, "\n"))
		}
	}
	for i, s := range c.Submissions {
		if i > 0 && cmp.Compare(c.Submissions[i-1].Time, s.Time) > 0 || !s.At.Equal(c.Start.Add(s.Time)) {
			t.Errorf("got the time %v at %v", s.Time, s.At)
		}
		if s.Path == "export/s/10" && (s.Entry != "Main" || s.Language != "java" || s.ID != "10") {
			t.Errorf("got %+v", s)
		}
	}
	if len(c.Submissions) != 8 || !c.Timed {
		t.Errorf("got %s", listed(c))
	}
}

// TestCSVWithoutTimes: the order of the rows counts.
func TestCSVWithoutTimes(t *testing.T) {
	dir := create(t, map[string]string{
		"contest.yaml": base + "submissions: list.csv\n", "a.c": "",
		"list.csv": "path,id,team,problem\na.c,9,t,A\na.c,10,t,A\na.c,1,t,B\n",
	})
	c := open(t, dir)
	var ids []string
	for _, s := range c.Submissions {
		ids = append(ids, s.ID)
	}
	if c.Timed || strings.Join(ids, " ") != "9 10 1" {
		t.Errorf("got %v, timed %v", ids, c.Timed)
	}
}

func verdictOf(s contest.Submission) problems.Verdict {
	if s.Fault == nil {
		return problems.AC
	}
	return s.Fault.Verdict
}
