package cgroup

import (
	"fmt"
	"judge/isolate/size"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// fakeSet is a set with ordinary files, whose group is an empty directory.
type fakeSet struct {
	*set
	group, peak string // paths
}

func newFakeSet(t *testing.T, processes, held int, events string) fakeSet {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{"processes": fmt.Sprintln(processes), "held": fmt.Sprintln(held), "events": events, "peak": "1\n"}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	group := filepath.Join(dir, "group")
	if err := os.Mkdir(group, 0o755); err != nil {
		t.Fatal(err)
	}
	s := &set{groups: []directory{{unix.AT_FDCWD, group}}, spoils: []string{"oom", "oom_kill"}}
	for _, unused := range []*controlFile{&s.processes, &s.usage, &s.memory, &s.swap, &s.stat} {
		*unused = noFile()
	}
	beneath := directory{unix.AT_FDCWD, dir}
	if err := s.open([]setFile{
		{&s.current, beneath, "processes", unix.O_RDONLY}, {&s.held, beneath, "held", unix.O_RDONLY},
		{&s.events, beneath, "events", unix.O_RDONLY}, {&s.peak, beneath, "peak", unix.O_RDWR},
	}); err != nil {
		t.Fatal(err)
	}
	return fakeSet{s, group, filepath.Join(dir, "peak")}
}

func (f fakeSet) removed() bool {
	_, err := os.Stat(f.group)
	return os.IsNotExist(err)
}

func TestGroupPoolReusesCleanGroups(t *testing.T) {
	const quiet = "oom 0\noom_kill 0\n"
	for _, row := range []struct {
		what            string
		processes, held int
		events          string
		most            int
		again, removed  bool
	}{
		{"nothing left", 0, 0, quiet, 1, true, false},
		{"some kernel objects", 0, int(settled), quiet, 1, true, false},
		{"as much as is carried", 0, int(carried), quiet, 1, true, false},
		{"more than is carried", 0, int(carried) + 1, quiet, 1, false, false},
		{"a process", 1, 0, quiet, 1, false, true},
		{"a kill for memory", 0, 0, "oom 1\noom_kill 1\n", 1, false, true},
		{"memory that ran out", 0, 0, "oom 1\noom_kill 0\n", 1, false, true},
		{"events that cannot be read", 0, 0, "", 1, false, true},
		{"a kernel that cannot forget a peak", 0, 0, quiet, 0, false, true},
	} {
		t.Run(row.what, func(t *testing.T) {
			h := groupPool{max: row.most}
			t.Cleanup(h.close)
			given := newFakeSet(t, row.processes, row.held, row.events)
			if err := h.give(given.set); err != nil {
				t.Fatal(err)
			}
			taken, err := h.take()
			if err != nil || (taken == given.set) != row.again || given.removed() != row.removed {
				t.Errorf("taken again: %v, removed: %v, %v", taken == given.set, given.removed(), err)
			}
			if taken == nil {
				return
			}
			defer taken.close()
			if peak, err := os.ReadFile(given.peak); err != nil || string(peak) != "0\n" { // a write resets the peak; an ordinary file holds what was written
				t.Errorf("the peak was not forgotten: %q, %v", peak, err)
			}
		})
	}
}

func TestGroupPoolRemovesLongestUnusedFirst(t *testing.T) {
	const quiet = "oom 0\noom_kill 0\n"
	h := groupPool{max: 2}
	full, first, second := newFakeSet(t, 0, int(size.GiB), quiet), newFakeSet(t, 0, int(settled)+1, quiet), newFakeSet(t, 0, 0, quiet)
	for _, s := range []fakeSet{full, first, second} {
		if err := h.give(s.set); err != nil {
			t.Fatal(err)
		}
	}
	if !full.removed() || first.removed() || second.removed() {
		t.Errorf("removed: %v, %v, %v; expected the first of three", full.removed(), first.removed(), second.removed())
	}
	for i, want := range []*set{second.set, first.set, nil} { // the settled one, then the one with more memory
		got, err := h.take()
		if err != nil || got != want {
			t.Errorf("take %d gives another set, %v", i+1, err)
		}
		if got != nil {
			got.close()
		}
	}
}
