package safefile

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRootFollowsLinksWithinAndNamesThoseThatLeadOut(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "p")
	must(t, os.MkdirAll(filepath.Join(dir, "a", "b"), 0o755), os.WriteFile(filepath.Join(dir, "a", "file"), nil, 0o644),
		os.WriteFile(filepath.Join(top, "outside"), nil, 0o644))
	for name, target := range map[string]string{
		"in": "a/file", "up": "a/b/../file", "absolute": filepath.Join(dir, "a/file"), "again": "../p/a/file", "chain": "in", "dir": "a/b",
		"out": "../outside", "etc": "/etc/passwd", "root": "/", "loop": "loop", "self": ".", "far": "root/etc/passwd", "a/b/top": "../../..",
	} {
		must(t, os.Symlink(target, filepath.Join(dir, name)))
	}
	root, err := OpenRoot(dir)
	must(t, err)
	defer root.Close()
	for name, want := range map[string]string{
		"in": "a/file", "up": "a/file", "absolute": "a/file", "again": "a/file", "chain": "a/file", "dir": "a/b", "self/self/in": "a/file", "self": ".",
	} {
		if got, _, err := root.Path(name); err != nil || got != filepath.Join(dir, want) {
			t.Errorf("%s: got %q, %v, expected %q", name, got, err, want)
		}
	}
	for name, link := range map[string]string{
		"out": "out", "etc": "etc", "far": "root", "root/etc/passwd": "root", "dir/top/outside": "a/b/top", "self/out": "out",
	} {
		_, _, err := root.Path(name)
		if led, ok := errors.AsType[*LinkError](err); !ok || led.Name != link {
			t.Errorf("%s: got %v, expected an error that names the link %q", name, err, link)
		}
		if f, err := root.Open(name); err == nil {
			f.Close()
			t.Errorf("%s was opened", name)
		}
	}
	for _, name := range []string{"..", "../outside", "/etc/passwd", "loop", "none", "in/x"} {
		if got, _, err := root.Path(name); err == nil {
			t.Errorf("%s: got %q, expected an error", name, got)
		}
	}
}

// repository makes a git repository with a package in it, and files around.
func repository(t *testing.T) (top, dir string) {
	t.Helper()
	top = filepath.Join(t.TempDir(), "r")
	dir = filepath.Join(top, "a", "p")
	for _, name := range []string{".git/config", ".env", "common/v.py", "common/.env", "common/sub/h.h", "a/q/1.in", "a/p/.own"} {
		must(t, os.MkdirAll(filepath.Dir(filepath.Join(top, name)), 0o755), os.WriteFile(filepath.Join(top, name), []byte(name), 0o644))
	}
	must(t, os.WriteFile(filepath.Join(filepath.Dir(top), "secret"), nil, 0o644))
	return top, dir
}

func TestPackageFollowsLinksWithinItsRepository(t *testing.T) {
	top, dir := repository(t)
	for name, target := range map[string]string{
		"v.py": "../../common/v.py", "absolute": filepath.Join(top, "common", "v.py"), "dir": "../../common", "chain": "dir/sub/h.h", "own": ".own",
		"back": "../q/../p/.own", "git": "../../.git/config", "env": "../../.env", "top": "../..", "out": "../../../secret", "etc": "/etc/passwd",
		"within": "../../../r/common/v.py",
	} {
		must(t, os.Symlink(target, filepath.Join(dir, name)))
	}
	must(t, os.Symlink("../.git/config", filepath.Join(top, "common", "config")), os.Symlink("/etc", filepath.Join(top, "common", "etc")),
		os.Symlink("v.py", filepath.Join(top, "common", "w.py")))
	root, err := OpenPackage(dir)
	must(t, err)
	defer root.Close()
	for name, want := range map[string]string{
		"own": "a/p/.own", "back": "a/p/.own", "v.py": "common/v.py", "absolute": "common/v.py", "dir/v.py": "common/v.py", "dir/w.py": "common/v.py",
		"dir/sub": "common/sub", "chain": "common/sub/h.h", "top/a/q/1.in": "a/q/1.in", "within": "common/v.py",
	} {
		if got, _, err := root.Path(name); err != nil || got != filepath.Join(top, want) {
			t.Errorf("%s: got %q, %v, expected %q", name, got, err, want)
		}
	}
	for _, name := range []string{"git", "env", "top/.git", "top/.git/config", "top/.env", "dir/.env", "dir/config", "dir/etc/passwd", "out", "etc"} {
		if got, _, err := root.Path(name); !errors.Is(err, ErrOutside) {
			t.Errorf("%s: got %q, %v, expected an error about the link", name, got, err)
		}
		if f, err := root.Open(name); err == nil {
			f.Close()
			t.Errorf("%s was opened", name)
		}
	}
	if led := root.Led(); !strings.Contains(led, "more)") {
		t.Errorf("got %q, expected one note with a count", led)
	}
}

func TestSubFollowsLinksAsItsPackageDoes(t *testing.T) {
	top, dir := repository(t)
	must(t, os.MkdirAll(filepath.Join(dir, "v"), 0o755), os.Symlink("../../../common/sub/h.h", filepath.Join(dir, "v", "h.h")),
		os.Symlink("../.own", filepath.Join(dir, "v", "own")), os.Symlink("../../../.env", filepath.Join(dir, "v", "env")),
		os.Symlink("../../common", filepath.Join(dir, "w")), os.Symlink("../a/q/1.in", filepath.Join(top, "common", "in")))
	root, err := OpenPackage(dir)
	must(t, err)
	defer root.Close()
	for _, test := range []struct {
		dir, name string
		opens     bool
	}{{"v", "h.h", true}, {"v", "own", true}, {"v", "env", false}, {"w", "in", true}, {"w", "v.py", true}} {
		full, _, err := root.Path(test.dir)
		must(t, err)
		sub, err := root.Sub(full)
		must(t, err)
		file, err := sub.Open(test.name)
		if (err == nil) != test.opens {
			t.Errorf("%s/%s: got %v, expected that it opens: %v", test.dir, test.name, err, test.opens)
		}
		if err == nil {
			file.Close()
		}
		sub.Close()
	}
	if _, err := root.Sub("/etc"); err == nil {
		t.Error("a directory outside was opened")
	}
}

// own gives everything in a directory to a user.
func own(top string, user int) error {
	return filepath.WalkDir(top, func(name string, _ os.DirEntry, err error) error {
		return errors.Join(err, os.Lchown(name, user, user))
	})
}

func TestRepositoryCountsOnlyIfItsOwnerWroteThePackage(t *testing.T) {
	for _, test := range []struct {
		what   string
		opens  bool
		change func(top, dir string) error
	}{
		{"as it is", true, func(string, string) error { return nil }},
		{"a worktree", true, func(top, _ string) error {
			return errors.Join(os.RemoveAll(top+"/.git"), os.WriteFile(top+"/.git", nil, 0o644))
		}},
		{"no repository", false, func(top, _ string) error { return os.RemoveAll(top + "/.git") }},
		{"a link as .git", false, func(top, _ string) error {
			return errors.Join(os.Rename(top+"/.git", top+"/git"), os.Symlink("git", top+"/.git"))
		}},
		{"a stranger's .git", false, func(top, _ string) error { return os.Chown(top+"/.git", stranger, -1) }},
		{"another user's", os.Geteuid() == 0, func(top, _ string) error { return own(top, stranger) }},
		{"two other users'", false, func(top, dir string) error {
			return errors.Join(own(top, stranger), os.Chown(dir, stranger+1, -1))
		}},
		{"everybody's directory", false, func(top, _ string) error { return os.Chmod(top, 0o777|os.ModeSticky) }},
		{"the package is one", false, func(_, dir string) error { return os.Mkdir(dir+"/.git", 0o755) }},
		{"another in between", false, func(_, dir string) error { return os.Mkdir(filepath.Dir(dir)+"/.git", 0o755) }},
		{"the user's home", false, func(top, _ string) error { return os.Setenv("HOME", top) }},
	} {
		t.Run(test.what, func(t *testing.T) {
			t.Setenv("HOME", "/")
			top, dir := repository(t)
			must(t, os.Symlink("../../common/v.py", filepath.Join(dir, "v.py")), test.change(top, dir))
			root, err := OpenPackage(dir)
			must(t, err)
			defer root.Close()
			file, err := root.Open("v.py")
			if (err == nil) != test.opens {
				t.Errorf("got %v, expected that it opens: %v", err, test.opens)
			}
			if err == nil {
				file.Close()
			}
		})
	}
}

func TestRootFollowsNoLinksOfOthersWhereEverybodyCanCreateThem(t *testing.T) {
	dir := sticky(t)
	must(t, os.WriteFile(filepath.Join(dir, "file"), nil, 0o644), os.Symlink("file", filepath.Join(dir, "own")),
		os.Symlink("file", filepath.Join(dir, "planted")), os.Lchown(filepath.Join(dir, "planted"), stranger, stranger))
	root, err := OpenRoot(dir)
	must(t, err)
	defer root.Close()
	if _, _, err := root.Path("own"); err != nil {
		t.Errorf("an own link: %v", err)
	}
	if _, _, err := root.Path("planted"); err == nil || !strings.Contains(err.Error(), "of user 12345") {
		t.Errorf("got %v, expected an error that names the user", err)
	}
	must(t, os.Chmod(dir, 0o755))
	if _, _, err := root.Path("planted"); err != nil {
		t.Errorf("where only one user can create links: %v", err)
	}
}

func TestInsideGoesByTheNamesOnTheWay(t *testing.T) {
	dir := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(dir, "p", "sub"), 0o755), os.Symlink("/etc", filepath.Join(dir, "p", "etc")),
		os.Symlink("p", filepath.Join(dir, "link")))
	root, err := OpenPackage(filepath.Join(dir, "link"))
	must(t, err)
	defer root.Close()
	for named, want := range map[string]string{
		"p/etc/passwd": "etc/passwd", "link/sub/../x": "x", "p": ".", "link/none/x": "none/x", "x": "", ".": "",
	} {
		name, inside := root.Inside(filepath.Join(dir, named))
		if name != want || inside != (want != "") {
			t.Errorf("%s: got %q, %v, expected %q", named, name, inside, want)
		}
	}
}
