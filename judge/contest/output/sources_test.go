package output

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"judge/judge/contest"
	"judge/judge/contest/score"
	"judge/problems/text"
)

// accepted are the accepted submissions of the sample.
const accepted = "s01 s03 s05 s10 s14 s15 s16"

func oneFile(name string) func(contest.Submission) (fs.FS, error) {
	return func(s contest.Submission) (fs.FS, error) {
		return fstest.MapFS{name: {Data: []byte("of " + s.ID)}}, nil
	}
}

func sourcesOf(t *testing.T, frozen bool, open func(contest.Submission) (fs.FS, error)) (string, []*SourceError) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "sources")
	left, err := Sources(dir, sample(contest.PassFail), score.Options{Frozen: frozen}, open)
	if err != nil {
		t.Fatal(err)
	}
	return dir, left
}

func TestSourcesAreThoseOfAcceptedSubmissions(t *testing.T) {
	dir, left := sourcesOf(t, false, oneFile("Main.java"))
	want := ".judge-results A/jury-s10.java A/kth-1-s05.java A/lund2-s01.java B/lund2-s03.java B/x-s16.java " +
		"C/lund2-s14.java C/lund2-s15.java"
	if got := names(t, dir); got != want || left != nil {
		t.Errorf("expected %s, got %s, %v", want, got, left)
	}
	if got := tree(t, dir)["A/kth-1-s05.java"]; got != "of s05" {
		t.Errorf("got %q", got)
	}
	dir, _ = sourcesOf(t, true, oneFile("a.cpp"))
	if got := names(t, dir); strings.Contains(got, "s14") || strings.Contains(got, "s15") {
		t.Errorf("sources tell of the freeze: %s", got)
	}
}

func TestSourcesOfSeveralFilesAreADirectory(t *testing.T) {
	dir, _ := sourcesOf(t, false, func(s contest.Submission) (fs.FS, error) {
		if s.ID != "s01" {
			return oneFile("a.py")(s)
		}
		link := &fstest.MapFile{Mode: fs.ModeSymlink, Data: []byte("/etc/passwd")}
		return fstest.MapFS{"lib/util.py": {}, "main.py": {}, "link.py": link}, nil
	})
	if got := names(t, dir); !strings.Contains(got, "A/lund2-s01/lib/util.py A/lund2-s01/main.py B/") {
		t.Errorf("got %s", got)
	}
}

func TestSourcesWithHostileNames(t *testing.T) {
	files := fstest.MapFS{}
	for _, name := range []string{"-rf", ".git/config", "a b.c", "a?b.c", "A_b.c", "a?b.c.d/x", "x\x1b[31m.c", "\u202e.c",
		"..x/y", strings.Repeat("long", 60) + ".cpp", "a\nb/c", "a:b/c", "ž.c", "$(id).c"} {
		files[name] = &fstest.MapFile{Data: []byte(name)}
	}
	dir, left := sourcesOf(t, false, func(contest.Submission) (fs.FS, error) { return files, nil })
	if left != nil {
		t.Fatal(left[0])
	}
	seen := map[string]bool{}
	for name, data := range tree(t, filepath.Join(dir, "A", "lund2-s01")) {
		for part := range strings.SplitSeq(name, "/") {
			if !text.Plain(part) || strings.ContainsAny(part, " $?:()") || part[0] == '-' || part[0] == '.' || len(part) > 100 {
				t.Errorf("got the name %q", name)
			}
		}
		seen[data] = true
	}
	if len(seen) != len(files) {
		t.Errorf("expected %d files, got %d", len(files), len(seen))
	}
}

func TestHostileIDsStayInTheFolder(t *testing.T) {
	r := sample(contest.PassFail)
	for i := range r.Contest.Submissions {
		s := &r.Contest.Submissions[i]
		s.Problem, s.Team = "../../up", "..//x"
	}
	dir := filepath.Join(t.TempDir(), "deep", "sources")
	if _, err := Sources(dir, r, score.Options{}, oneFile("a.c")); err != nil {
		t.Fatal(err)
	}
	if got := len(tree(t, filepath.Dir(filepath.Dir(dir)))); got != len(strings.Fields(accepted))+1 {
		t.Errorf("got %d files", got)
	}
	for name := range tree(t, dir) {
		if strings.Count(name, "/") > 1 {
			t.Errorf("got %s", name)
		}
	}
}

func TestUnreadableSourceIsLeftOut(t *testing.T) {
	many := fstest.MapFS{}
	for i := range maxSourceFiles + 1 {
		many[fmt.Sprint(i)] = &fstest.MapFile{}
	}
	faults := map[string]fs.FS{
		"s01": fstest.MapFS{}, "s03": many,
		"s05": fstest.MapFS{strings.Repeat("d/", maxSourceDepth+1) + "x": {}},
		"s10": fstest.MapFS{"a": {Data: make([]byte, maxSourceBytes/2)}, "b": {Data: make([]byte, maxSourceBytes/2+1)}},
	}
	missing := errors.New("broken zip")
	dir, left := sourcesOf(t, false, func(s contest.Submission) (fs.FS, error) {
		if s.ID == "s14" {
			return nil, missing
		}
		if files, ok := faults[s.ID]; ok {
			return files, nil
		}
		return oneFile("a.c")(s)
	})
	got := ""
	for _, fault := range left {
		got += fault.Error() + "\n"
	}
	for _, want := range []string{"s01: submissions/s01.cpp: no files", "s03: submissions/s03.cpp: more than 1000 files",
		"more than 16 directories deep", "more than 64 MiB", "broken zip"} {
		if !strings.Contains(got, want) {
			t.Errorf("expected %q in\n%s", want, got)
		}
	}
	if got := names(t, dir); got != ".judge-results B/x-s16.c C/lund2-s15.c" || !errors.Is(left[4], missing) {
		t.Errorf("got %s", got)
	}
}

func TestExtensionsAreThoseOfLanguages(t *testing.T) {
	for name, want := range map[string]string{"a.cpp": ".cpp", "a.c++": ".c++", "a": "", "a.": "", "a.b c": "", "a.ž": "",
		"d.x/a": "", ".profile": ".profile", "a.averyveryverylong": ""} {
		if got := extension(name); got != want {
			t.Errorf("%s: expected %q, got %q", name, want, got)
		}
	}
}
