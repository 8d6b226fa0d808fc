package read

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"judge/judge/contest"
	"judge/problems"
)

func link(t *testing.T, target, path string) {
	t.Helper()
	if err := os.Symlink(target, path); err != nil {
		t.Fatal(err)
	}
}

func fifo(t *testing.T, path string) {
	t.Helper()
	if err := unix.Mkfifo(path, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestFolders: what each pattern finds.
func TestFolders(t *testing.T) {
	for _, row := range []struct {
		name, pattern string // without a pattern the default ones are tried
		files         string
		want          string
		notes         string // part of the notes
	}{
		{"exports between the teams", "", "bob/A.cpp x/.judge-results x/A/bob-1.c y/.judge-teams y/index.html", `
			bob A bob/A.cpp`, "an export of judge results"},
		{"team and problem.ext", "", "bob/A.cpp ann/beta.py ann/b.java bob/README.md bob/.git/A.c bob/todo.txt teams.csv", `
			ann B ann/b.java
			ann B ann/beta.py
			bob A bob/A.cpp`, "bob/README.md: not a submission, by its name"},
		{"a directory for each problem", "", "bob/A/10.c bob/A/9.c ann/alpha/main.py", `
			ann A ann/alpha/main.py
			bob A bob/A/9.c
			bob A bob/A/10.c`, ""},
		{"times", "", "submissions/bob/A/0:10:00_x.c submissions/bob/B/0:09:59.5_a_b.py submissions/ann/A/0:00:00_dir/a.c", `
			ann A 0s submissions/ann/A/0:00:00_dir
			bob B 9m59.5s submissions/bob/B/0:09:59.5_a_b.py
			bob A 10m0s submissions/bob/A/0:10:00_x.c`, ""},
		{"submissions without times", "", "submissions/bob/A/1_x.c submissions/bob/A/2_x.c x/y/z.c", `
			bob A submissions/bob/A/1_x.c
			bob A submissions/bob/A/2_x.c`, ""},
		{"submissions in team directories", "", "submissions/bob/A.c submissions/ann/A.c", `
			ann A submissions/ann/A.c
			bob A submissions/bob/A.c`, ""},
		{"programs of several files", "", "bob/A/x/a.c bob/A/x/b.c bob/B/a.cpp bob/B/a.h " +
			"ann/A/Main.java ann/A/Help.java ann/B/a.py ann/B/b.py", `
			ann A ann/A
			ann B ann/B/a.py
			ann B ann/B/b.py
			bob A bob/A/x
			bob B bob/B`, "bob/B: its files are one submission: a.h is a header"},
		{"files of tools", "", "bob/A/A.cpp bob/A/A bob/A/A.in bob/A/A.out bob/A/A.o bob/A/notes.xyz ann/A/A.xyz", `
			ann A ann/A/A.xyz
			bob A bob/A/A.cpp`, "bob/A/notes.xyz: not a source, next to one of the same team and problem"},
		{"Arbiter", "players/day1/{team}/{problem}/{file}",
			"players/day1/bob/alpha/alpha.cpp players/day1/ann/beta/beta.pas", `
			ann B players/day1/ann/beta/beta.pas
			bob A players/day1/bob/alpha/alpha.cpp`, ""},
		{"LemonLime", "source/{team}/{problem}.*", "source/bob/alpha.cpp source/bob/beta.c source/ann/beta.pas", `
			ann B source/ann/beta.pas
			bob A source/bob/alpha.cpp
			bob B source/bob/beta.c`, ""},
		{"CMS", "{team}/{problem}/*_{time}.{file}", "bob/alpha/17_0:00:05.cpp", `
			bob A 5s bob/alpha/17_0:00:05.cpp`, ""},
		{"one directory for all", "all/{team}_{problem}_{time}.c",
			"all/a_b_A_0:00:01.c all/a_b_beta_0:00:00.c all/readme.txt", `
			a_b B 0s all/a_b_beta_0:00:00.c
			a_b A 1s all/a_b_A_0:00:01.c`, ""},
		{"a directory for each moment", "{team}/{problem}/{time}/{file}",
			"bob/A/0:00:02/a.c bob/A/0:00:02/b.c bob/A/0:00:01/a.c", `
			bob A 1s bob/A/0:00:01/a.c
			bob A 2s bob/A/0:00:02`, ""},
		{"a directory for each number", "{team}/{problem}/*/{file}", "bob/A/s2/a.c bob/A/s2/b.c bob/A/s10/a.c", `
			bob A bob/A/s2
			bob A bob/A/s10/a.c`, ""},
		{"any depth", "**/{team}/{problem}.cpp", "x/y/bob/A.cpp x/ann/B.cpp tim/A.cpp", `
			tim A tim/A.cpp
			ann B x/ann/B.cpp
			bob A x/y/bob/A.cpp`, ""},
		{"the problem first", "{problem}/{team}.{file}", "alpha/bob.c beta/bob.py", `
			bob A alpha/bob.c
			bob B beta/bob.py`, ""},
		{"a pattern without an extension", "{team}/{problem}", "bob/A.c ann/B/x.c ann/B/y.h bob/todo.txt", `
			ann B ann/B
			bob A bob/A.c`, ""},
		{"names of all kinds", "", "😀/A.c a␠b/A.c Å/A.c 👩‍💻/A.c $(x)/A.c", `
			$(x) A $(x)/A.c
			a b A a b/A.c
			Å A Å/A.c
			👩‍💻 A 👩‍💻/A.c
			😀 A 😀/A.c`, ""},
		{"a directory that is not there", "gone/{team}/{file}", "bob/A.c", "",
			"contest.yaml: line 3: no such directory: \"gone\""},
	} {
		yaml := base
		if row.pattern != "" {
			yaml += "submissions: '" + row.pattern + "'\n"
		}
		files := map[string]string{"contest.yaml": yaml}
		for name := range strings.FieldsSeq(row.files) {
			files[strings.ReplaceAll(name, "␠", " ")] = ""
		}
		dir := create(t, files)
		c, _, err := Open(t.Context(), dir)
		if err != nil {
			t.Errorf("%s: %v", row.name, err)
			continue
		}
		if want := strings.TrimSpace(strings.ReplaceAll(row.want, "\t", "")); listed(c) != want {
			t.Errorf("%s: expected\n%s\ngot\n%s", row.name, want, listed(c))
		}
		if got := strings.ReplaceAll(notes(c), dir+"/", ""); !strings.Contains(got, row.notes) {
			t.Errorf("%s: expected %q in the notes\n%s", row.name, row.notes, got)
		}
	}
}

// TestIDsOfFolders: an id depends on the names of its submission and on nothing else.
func TestIDsOfFolders(t *testing.T) {
	files := map[string]string{"contest.yaml": base, "bob/A.c": "", "ann marie/B.py": "", "ann marie/B.c": ""}
	dir := create(t, files)
	before := map[string]string{}
	for _, s := range open(t, dir).Submissions {
		before[s.Path] = s.ID
		if !contest.ValidID(s.ID) {
			t.Errorf("%q is not an id", s.ID)
		}
	}
	writeFile(t, filepath.Join(dir, "aaa/A.c"), "")
	writeFile(t, filepath.Join(dir, "bob/B.c"), "")
	writeFile(t, filepath.Join(dir, "teams.csv"), "id,name\n1,bob\n")
	writeFile(t, filepath.Join(dir, "contest.yaml"), base+"teams: teams.csv\n")
	after, ids := map[string]string{}, map[string]bool{}
	for _, s := range open(t, dir).Submissions {
		after[s.Path] = s.ID
		ids[s.ID] = true
	}
	for path, id := range before {
		if after[path] != id {
			t.Errorf("%s: the id was %s, and is %s", path, id, after[path])
		}
	}
	if len(ids) != 5 || len(before) != 3 {
		t.Errorf("expected 5 ids, got %v", after)
	}
}

// TestHostileFolders: nothing is followed out, nothing is waited for, and each fault is that of its submission.
func TestHostileFolders(t *testing.T) {
	dir := create(t, map[string]string{
		"contest.yaml": base, "bob/A.c": "", "bob/A.zip": "PK", "secret/model.c": "",
		"eve/x\xff/keep": "", "contest2.yaml": "submissions: \"subs/{team}/{file}\"\n" + base,
	})
	link(t, "/etc/passwd", filepath.Join(dir, "bob/B.c"))
	link(t, "../secret/model.c", filepath.Join(dir, "bob/B.py"))
	link(t, "/", filepath.Join(dir, "mallory"))
	fifo(t, filepath.Join(dir, "bob/A.py"))
	if err := os.RemoveAll(filepath.Join(dir, "secret")); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "eve/x\xff")); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "\xff\x1b[2J/A.c"), "")
	c := open(t, dir)
	got := map[string]string{}
	for _, s := range c.Submissions {
		got[s.Path] = verdictOf(s).String()
	}
	for path, want := range map[string]string{
		"bob/A.c": "AC", "bob/A.py": "CE", "bob/A.zip": "CE", "bob/B.c": "CE", "bob/B.py": "CE", "\xff\x1b[2J/A.c": "AC",
	} {
		if got[path] != want {
			t.Errorf("%q: expected %s, got %q", path, want, got[path])
		}
	}
	if len(got) != 6 || !strings.Contains(notes(c), "mallory: a link, which is not followed") {
		t.Errorf("got %v and %s", got, notes(c))
	}
	for _, team := range c.Teams {
		if strings.ContainsRune(team.Name, '\uFFFD') || !contest.ValidID(team.ID) {
			t.Errorf("got the team %+q", team.Name)
		}
	}
	// The directory where the pattern begins may be a link within the contest, but not out of it.
	link(t, "bob", filepath.Join(dir, "all"))
	link(t, "..", filepath.Join(dir, "subs"))
	if got := errorOf(t, dir, filepath.Join(dir, "contest2.yaml")); !strings.HasPrefix(got,
		"contest2.yaml:1:14: \"subs\": a link leads out of the contest's directory") {
		t.Errorf("got %s", got)
	}
}

// TestUnreadableSubmissions: the jury has to look.
func TestUnreadableSubmissions(t *testing.T) {
	if os.Geteuid() == 0 {
		if got := ofJury("cannot be read: permission denied"); got.Verdict != problems.JE {
			t.Errorf("got %v", got)
		}
		return
	}
	dir := create(t, map[string]string{"contest.yaml": base, "bob/A.c": "", "bob/B.c": ""})
	if err := os.Chmod(filepath.Join(dir, "bob/A.c"), 0); err != nil {
		t.Fatal(err)
	}
	if got := listed(open(t, dir)); got != "bob A bob/A.c JE cannot be read: permission denied\nbob B bob/B.c" {
		t.Errorf("got %s", got)
	}
}

// TestDeepAndLargeFolders: the walk is bounded.
func TestDeepAndLargeFolders(t *testing.T) {
	deep := "d" + strings.Repeat("/d", 60)
	dir := create(t, map[string]string{
		"contest.yaml": base + "submissions: \"**/{team}/{problem}.c\"\n", deep + "/bob/A.c": "", "tim/A.c": "",
	})
	c := open(t, dir)
	if listed(c) != "tim A tim/A.c" || !strings.Contains(notes(c), "more than 32 directories deep") {
		t.Errorf("got %s and %s", listed(c), notes(c))
	}
	if testing.Short() {
		return
	}
	dir = create(t, map[string]string{"contest.yaml": base})
	const teams, files = 10, 500
	for team := range teams {
		for file := range files {
			writeFile(t, filepath.Join(dir, fmt.Sprintf("t%d/A/%d.c", team, file)), "")
		}
	}
	if c = open(t, dir); len(c.Submissions) != teams*files || len(c.Teams) != teams {
		t.Errorf("got %d submissions of %d teams", len(c.Submissions), len(c.Teams))
	}
	r := &reader{dir: dir, sources: sources{}}
	r.root = rootOf(t, dir)
	w := walk{r: r, pattern: patternFor(t, "{team}/{problem}/{file}"), left: 1000, seen: map[string]bool{}}
	if err := w.find(t.Context()); err == nil || !strings.Contains(err.Error(), "more than 300000 files and directories") {
		t.Errorf("expected an error about the number of files, got %v", err)
	}
}

func TestTimes(t *testing.T) {
	zone := time.FixedZone("", 3600)
	start := time.Date(2027, 3, 6, 10, 0, 0, 0, zone)
	for text, want := range map[string]string{
		"0:00:00": "0s", "1:02:03.456": "1h2m3.456s", "-0:00:01": "-1s", "100:00:00": "100h0m0s", "0:00:00.0019": "1ms",
		"-0:00:00.0001": "-1ms", "2027-03-06T10:15:00+01:00": "15m0s", "2027-03-06T09:15:00Z": "15m0s",
		"2027-03-06 10:15:00": "15m0s", "2027-03-06T10:15:00.25": "15m0.25s", "20270306T101500": "15m0s",
		"20270306T091500Z": "15m0s", "20270306T101500+0100": "15m0s", "20270306T101500+01": "15m0s", "1804324500": "15m0s",
		"1804324500.5": "15m0.5s",
		"":             "", "5": "", "1:02": "", "1:60:00": "", "1:00:60": "", "1772791900000": "", "2027-03-06": "",
		"2027-13-06T10:15:00": "", "2027-0306T10:15:00": "", "20270306T10:15:00": "", "2027-03-06T101500": "", "1e9": "",
		"1969-12-31T23:00:00Z": "", "2200-01-01T00:00:00Z": "", "1:00:00+01:00": "", "2027-03-06T10:15:00+99:00": "",
		"9999999:00:00": "", " 0:00:01": "",
	} {
		m, ok := momentOf(text, zone)
		got := ""
		if ok {
			rel, at, _ := m.place(start)
			got = rel.String()
			if d := at.Sub(start) - rel; d < 0 || d >= time.Millisecond {
				t.Errorf("%q: %v is not %v after the start", text, at, rel)
			}
		}
		if got != want {
			t.Errorf("%q: expected %q, got %q", text, want, got)
		}
	}
}
