package grade

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"judge/judge/contest"
	"judge/problems"
	"judge/problems/formats"
)

// lay writes files into a directory.
func lay(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func factsAt(t *testing.T, dir string) *contest.Facts {
	t.Helper()
	p, err := formats.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	f, err := factsOf(p)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func specWithTimeLimit(seconds int) string {
	return fmt.Sprintf("name: P\nlimits: {time_limit: %d}\ntests: tests/*.in\n"+
		"checker: {program: check.cpp, protocol: testlib}\n", seconds)
}

func packageFiles() map[string]string {
	return map[string]string{
		"problem.yaml": specWithTimeLimit(1), "tests/1.in": "1\n", "tests/1.ans": "2\n", "check.cpp": "int main() {}\n",
		"lib.h": "\n", "statement.pdf": "x",
		"submissions/slow.c": "int main(void) {}\n",
	}
}

func TestDigestChangesWithWhatJudgingDependsOn(t *testing.T) {
	dir := t.TempDir()
	lay(t, dir, packageFiles())
	before := factsAt(t, dir)
	for _, row := range []struct {
		file, text string
		changed    []string
	}{
		{"tests/1.ans", "3\n", []string{"tests/1.ans"}},
		{"check.cpp", "int main() { return 1; }\n", []string{"check.cpp"}},
		{"lib.h", "int x;\n", []string{"lib.h"}},
		{"problem.yaml", specWithTimeLimit(2), []string{"limits"}},
		{"statement.pdf", "y", nil},
		{"submissions/slow.c", "int x;\n", nil},
		{"results.judge", "y", nil},
	} {
		lay(t, dir, map[string]string{row.file: row.text})
		now := factsAt(t, dir)
		got, differs := changedFiles(before, now), now.Digest != before.Digest
		if !slices.Equal(got, row.changed) || differs != (row.changed != nil) {
			t.Errorf("%s: got %v changed, digest %v, expected %v", row.file, got, differs, row.changed)
		}
		os.Remove(filepath.Join(dir, row.file))
		lay(t, dir, packageFiles())
	}
	if again := factsAt(t, dir); !reflect.DeepEqual(again, before) {
		t.Errorf("got %v for the same files, expected %v", again, before)
	}
}

func TestDigestIsTheSameInAnotherDirectory(t *testing.T) {
	one, other := t.TempDir(), t.TempDir()
	lay(t, one, packageFiles())
	lay(t, other, packageFiles())
	if a, b := factsAt(t, one), factsAt(t, other); a.Digest != b.Digest {
		t.Errorf("got %s and %s", a.Digest, b.Digest)
	}
}

func TestAddedTestIsNamed(t *testing.T) {
	dir := t.TempDir()
	lay(t, dir, packageFiles())
	before := factsAt(t, dir)
	lay(t, dir, map[string]string{"tests/2.in": "1\n", "tests/2.ans": "2\n"})
	got := changedFiles(before, factsAt(t, dir))
	if want := []string{"limits", "tests/2.ans", "tests/2.in"}; !slices.Equal(got, want) {
		t.Errorf("got %v, expected %v", got, want)
	}
}

func TestSourcesAreReadWithinTheContest(t *testing.T) {
	dir := t.TempDir()
	outside := t.TempDir()
	lay(t, outside, map[string]string{"secret": "x"})
	lay(t, dir, map[string]string{"a/A.c": "1", "a/dir/x.c": "1", "a/dir/y.h": "2"})
	if err := os.Symlink(filepath.Join(outside, "secret"), filepath.Join(dir, "a/B.c")); err != nil {
		t.Fatal(err)
	}
	files := &tree{dir: dir}
	defer files.Close()
	sum := func(path string) string {
		got, _ := files.digest(contest.Submission{Path: path})
		return got
	}
	for _, path := range []string{"a/A.c", "a/dir"} {
		if sum(path) == "" {
			t.Errorf("%s: expected a digest", path)
		}
	}
	for _, path := range []string{"a/B.c", "a/none.c", "../x"} {
		if got := sum(path); got != "" {
			t.Errorf("%s: got a digest, expected an error", path)
		}
	}
	before := sum("a/dir")
	lay(t, dir, map[string]string{"a/dir/y.h": "3"})
	if sum("a/dir") == before {
		t.Error("a changed file of a directory changes no digest")
	}
}

// TestContentOfMadeTestsCounts: where the cache has them does not.
func TestContentOfMadeTestsCounts(t *testing.T) {
	dir := t.TempDir()
	lay(t, dir, packageFiles())
	digest := func(input string) string {
		p, err := formats.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer p.Close()
		cache := t.TempDir()
		lay(t, cache, map[string]string{"stdout": input, "answer": "1\n"})
		p.Tests = append(p.Tests, problems.TestCase{
			Name: "made", Recipe: &problems.Recipe{}, Input: filepath.Join(cache, "stdout"),
			Answer: filepath.Join(cache, "answer"),
		})
		f, err := factsOf(p)
		if err != nil {
			t.Fatal(err)
		}
		return f.Digest
	}
	if one, same, other := digest("1\n"), digest("1\n"), digest("2\n"); one != same || one == other {
		t.Errorf("got %.8s, %.8s for the same content and %.8s for another", one, same, other)
	}
}
