package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// link is an entry that is a link.
func link(name, target string) entry { return entry{name, target, fs.ModeSymlink | 0o777} }

func TestLinksBecomeTheirTargets(t *testing.T) {
	u := unpacked(t, archiveOf(t,
		link("p/early", "sub/file"), entry{"p/sub/file", "text", 0o755}, link("p/sub/up", "../top"), entry{"p/top", "TOP", 0},
		link("p/chain", "early"), link("p/dir", "./sub/"), link("p/deep", "dir/up"), link("p/again", "../p/dir/../top"), link("q", "p/dir"),
		link("p/self", "self"), link("p/back", "sub/.."), link("p/none", "sub/none"), link("p/through", "top/x"),
	), t.TempDir())
	for name, want := range map[string]string{
		"p/early": "text", "p/sub/up": "TOP", "p/chain": "text", "p/dir/file": "text", "p/dir/up": "TOP", "p/deep": "TOP", "p/again": "TOP",
		"q/up": "TOP",
	} {
		data, err := os.ReadFile(filepath.Join(u.Dir, name))
		info, _ := os.Lstat(filepath.Join(u.Dir, name))
		if err != nil || string(data) != want || !info.Mode().IsRegular() {
			t.Errorf("%s: got %q, %v, expected a file with %q", name, data, err, want)
		}
	}
	if info, err := os.Stat(filepath.Join(u.Dir, "p/chain")); err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("got %v, %v, expected the mode of the original", info, err)
	}
	left := strings.Join(u.Notes, "\n")
	for _, name := range []string{"p/self", "p/back", "p/none", "p/through"} {
		if _, err := os.Lstat(filepath.Join(u.Dir, name)); err == nil || !strings.Contains(left, name) {
			t.Errorf("%s: got %v and the notes %q, expected that it is left out, with a note", name, err, u.Notes)
		}
	}
}

func TestLinksCannotMakeAnArchiveLarge(t *testing.T) {
	entries := []entry{{"d0/file", "", 0}}
	for i := range 40 { // each holds the one before it twice
		entries = append(entries, link(fmt.Sprintf("d%d/a", i+1), fmt.Sprintf("../d%d", i)), link(fmt.Sprintf("d%d/b", i+1), fmt.Sprintf("../d%d", i)))
	}
	if u, err := unpackAt(archiveOf(t, entries...), t.TempDir()); err == nil {
		t.Errorf("unpacked to %s", u.Dir)
	}
}

func TestUnprintableNamesAreLeftOut(t *testing.T) {
	to := t.TempDir()
	path := archiveOf(t, entry{"p/problem.yaml", "x", 0}, entry{"p/\xd0\xc5\xcf\xa2.pdf", "", 0}, entry{"p/Icon\r", "", 0}, entry{"a\x1b[2J", "", 0},
		entry{"p/\xff/file", "", 0}, link("p/bad\u202e", "problem.yaml"))
	for range 2 { // the second time it is in the cache
		u := unpacked(t, path, to)
		entries, err := os.ReadDir(filepath.Join(u.Dir, "p"))
		if err != nil || len(entries) != 1 || len(u.Notes) != 5 {
			t.Errorf("got %v, %v and the notes %q, expected one file and five notes", entries, err, u.Notes)
		}
	}
}

func TestBackslashesInNamesAreExplained(t *testing.T) {
	_, err := unpackAt(archiveOf(t, entry{`sum\problem.yaml`, "x", 0}), t.TempDir())
	e, ok := errors.AsType[*Error](err)
	if !ok || !strings.Contains(e.Msg, "backslash") || e.Hint == "" {
		t.Errorf("got %v, expected an error about the backslash, with a hint", err)
	}
}
