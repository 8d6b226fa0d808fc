package main

import (
	"path/filepath"
	"testing"

	"judge/judge/contest/read"
)

// TestContestOfTheTemplate: a new contest is valid as it is, and has nothing to grade.
func TestContestOfTheTemplate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	kind, err := templateOf("contest")
	if err != nil {
		t.Fatal(err)
	}
	if err := kind.create(dir, "cpp"); err != nil {
		t.Fatal(err)
	}
	c, closer, err := read.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer closer.Close()
	if len(c.Problems)+len(c.Submissions)+len(c.Teams) != 0 || c.Name != "My contest" {
		t.Errorf("got %+v", c)
	}
}
