package read

import (
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

func verdictOf(s contest.Submission) problems.Verdict {
	if s.Fault == nil {
		return problems.AC
	}
	return s.Fault.Verdict
}
