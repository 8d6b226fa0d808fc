package repository

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"judge/problems/safefile"
)

// names are the problems in the order of work.
func names(h *History, t *testing.T, paths []string) (all string) {
	t.Helper()
	for _, w := range h.Order(t.Context(), paths) {
		all += filepath.Base(paths[w.Index]) + " "
	}
	return all
}

func TestOrderOfWork(t *testing.T) {
	root := tree(t, map[string]string{
		"a/problem.yaml": foreign + "# a", "b/problem.yaml": foreign + "# b",
		"c/problem.yaml": foreign + "# c", "d/problem.yaml": foreign + "# d",
	})
	var paths []string
	for _, name := range []string{"a", "b", "c", "d"} {
		paths = append(paths, filepath.Join(root, name))
	}
	dir, err := safefile.Private(filepath.Join(t.TempDir(), "cache"))
	if err != nil {
		t.Fatal(err)
	}
	defer dir.Close()
	h := OpenHistory(dir, "judge")
	expect := func(what, want string) {
		t.Helper()
		if got := names(h, t, paths); got != want {
			t.Errorf("%s: got %s, expected %s", what, got, want)
		}
	}
	note := func(i int, asWhole bool, age time.Duration) {
		t.Helper()
		w := h.recall(i, paths[i])
		h.Note(w, asWhole)
		then := time.Now().Add(-age)
		if err := dir.Chtimes(w.name(), then, then); err != nil {
			t.Fatal(err)
		}
	}
	expect("nothing is known", "a b c d ")
	note(0, true, 3*time.Hour)
	note(1, false, 2*time.Hour)
	expect("never begun, cut, whole", "c d b a ")
	note(2, true, 4*time.Hour)
	note(3, false, time.Hour)
	expect("the oldest first", "b d c a ")
	note(1, true, time.Minute)
	expect("a cut one that was verified as a whole later", "d c a b ")
	if err := os.WriteFile(filepath.Join(paths[1], "new.in"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	expect("a problem that was changed", "b d c a ")
	if err := os.Chtimes(filepath.Join(paths[0], "problem.yaml"), time.Now(), time.Now()); err != nil {
		t.Fatal(err)
	}
	expect("a time is no change", "b d c a ")
	h.judge = "another"
	expect("another judge", "a b c d ")
	if got := names(OpenHistory(nil, "judge"), t, paths); got != "a b c d " {
		t.Errorf("without a cache: got %s", got)
	}
}
