package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestASearchThatEndsSaysWhere: what lies beyond the bound is not passed over in silence.
func TestASearchThatEndsSaysWhere(t *testing.T) {
	root := t.TempDir()
	for i := range 5 {
		dir := filepath.Join(root, fmt.Sprint(i))
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "problem.yaml"), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s := &search{most: 3, failed: map[string]error{}}
	if err := s.beneath(t.Context(), root); err != nil {
		t.Fatal(err)
	}
	slices.Sort(s.paths)
	want := []string{root, filepath.Join(root, "0"), filepath.Join(root, "1")}
	why := fmt.Sprint(s.failed[root])
	if !slices.Equal(s.paths, want) || !strings.Contains(why, "more than 3 directories: the search ended at "+filepath.Join(root, "2")) {
		t.Errorf("%q: %s", s.paths, why)
	}
}
