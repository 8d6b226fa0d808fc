package safefile

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

func must(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func contents(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	must(t, err)
	return string(data)
}

// stranger is a user that is neither the tests' nor root.
const stranger = 12345

// sticky makes a directory as /tmp is.
func sticky(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	must(t, os.Chmod(dir, 0o777|os.ModeSticky))
	return dir
}

func TestReplaceRefusesLinksOfOtherUsers(t *testing.T) {
	victim := filepath.Join(t.TempDir(), "victim")
	must(t, os.WriteFile(victim, []byte("old"), 0o644))
	for what, plant := range map[string]func(dir string) (path string, err error){
		"the file": func(dir string) (string, error) {
			link := filepath.Join(dir, "r.json")
			return link, errors.Join(os.Symlink(victim, link), os.Lchown(link, stranger, stranger))
		},
		"a directory above": func(dir string) (string, error) {
			link := filepath.Join(dir, "out")
			err := errors.Join(os.Symlink(filepath.Dir(victim), link), os.Lchown(link, stranger, stranger))
			return filepath.Join(link, "victim"), err
		},
		"behind an own link": func(dir string) (string, error) {
			link, own := filepath.Join(dir, "r.json"), filepath.Join(dir, "own")
			return own, errors.Join(os.Symlink(victim, link), os.Lchown(link, stranger, stranger), os.Symlink("r.json", own))
		},
		"a dangling link": func(dir string) (string, error) {
			link := filepath.Join(dir, "r.json")
			return link, errors.Join(os.Symlink(victim+"2", link), os.Lchown(link, stranger, stranger))
		},
		"a FIFO": func(dir string) (string, error) {
			fifo := filepath.Join(dir, "r.json")
			return fifo, errors.Join(unix.Mkfifo(fifo, 0o666), os.Chown(fifo, stranger, stranger))
		},
	} {
		path, err := plant(sticky(t))
		must(t, err)
		for name, err := range map[string]error{"CanReplace": CanReplace(path), "Replace": Replace(path, text("new"))} {
			if err == nil || !strings.Contains(err.Error(), "of user 12345") {
				t.Errorf("%s: %s returned %v, expected an error that names the user", what, name, err)
			}
		}
		if got := contents(t, victim); got != "old" {
			t.Errorf("%s: the victim holds %q, expected what it held", what, got)
		}
		if _, err := os.Lstat(victim + "2"); err == nil {
			t.Errorf("%s: a file was created where the link leads", what)
		}
	}
}

func TestReplaceLeavesOtherNamesOfAFileAlone(t *testing.T) {
	dir := sticky(t)
	victim, path := filepath.Join(dir, "victim"), filepath.Join(dir, "r.json")
	must(t, os.WriteFile(victim, []byte("old"), 0o644), os.Link(victim, path), Replace(path, text("new")))
	if contents(t, victim) != "old" || contents(t, path) != "new" {
		t.Errorf("the victim holds %q and the report %q", contents(t, victim), contents(t, path))
	}
}

func TestReplaceDoesNotKeepTheModeOfAnotherUser(t *testing.T) {
	path := filepath.Join(sticky(t), "r.json")
	must(t, os.WriteFile(path, nil, 0o600), os.Chmod(path, 0o666), os.Chown(path, stranger, stranger), Replace(path, text("new")))
	info, err := os.Stat(path)
	must(t, err)
	if info.Mode().Perm()&0o022 != 0 {
		t.Errorf("the mode is %v, expected one with which nobody else can write", info.Mode())
	}
}

func TestReplaceCreatesDirectories(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out", "junit", "j.xml")
	must(t, CanReplace(path), Replace(path, text("new")))
	if got := contents(t, path); got != "new" {
		t.Errorf("the file holds %q, expected %q", got, "new")
	}
}

func TestReplaceFollowsAnOwnDanglingLink(t *testing.T) {
	dir := t.TempDir()
	must(t, os.Symlink("out/run.json", filepath.Join(dir, "latest.json")), Replace(filepath.Join(dir, "latest.json"), text("new")))
	if got := contents(t, filepath.Join(dir, "out", "run.json")); got != "new" {
		t.Errorf("the file behind the link holds %q, expected %q", got, "new")
	}
}

func TestReplaceWritesToADescriptorOfThisProcess(t *testing.T) {
	file, err := os.CreateTemp(t.TempDir(), "")
	must(t, err)
	defer file.Close()
	_, err = file.WriteString("before ")
	must(t, err, Replace("/dev/fd/"+filepath.Base(procPath(file)), text("new")))
	if got := contents(t, file.Name()); got != "before new" {
		t.Errorf("the file holds %q, expected what was written before as well", got)
	}
}

func TestReplaceRefusesADirectory(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{dir, dir + "/", filepath.Join(dir, "new") + "/", "/", dir + "/.."} {
		if err := CanReplace(path); err == nil {
			t.Errorf("CanReplace(%q) returned nil, expected an error", path)
		}
	}
}

func TestCreatedRefusesLinksOfOtherUsers(t *testing.T) {
	dir, victim := sticky(t), t.TempDir()
	link, own := filepath.Join(dir, "out"), filepath.Join(dir, "own")
	must(t, os.Symlink(victim, link), os.Lchown(link, stranger, stranger), os.Symlink(victim, own))
	for _, path := range []string{link, filepath.Join(link, "inner")} {
		if d, err := Created(path); err == nil {
			t.Errorf("%s: opened", path)
			d.Close()
		}
	}
	for _, path := range []string{own, filepath.Join(own, "a", "b"), filepath.Join(dir, "new")} {
		d, err := Created(path)
		must(t, err)
		must(t, d.WriteFile("f", nil, 0o644), d.Close())
		contents(t, filepath.Join(path, "f"))
	}
}
