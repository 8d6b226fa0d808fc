package cache

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func newCache(t testing.TB) *Cache {
	t.Helper()
	c, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func programs(c *Cache) string { return filepath.Join(c.Dir, Programs) }

func put(t *testing.T, c *Cache, key, content string) *Entry {
	t.Helper()
	e, err := c.Store(Programs).Put(key, func(dir string) error { return os.WriteFile(filepath.Join(dir, "main"), []byte(content), 0o755) })
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func mustRelease(t *testing.T, e *Entry) {
	t.Helper()
	if err := e.Release(); err != nil {
		t.Fatal(err)
	}
}

// content returns what an entry of the key holds, "" without one.
func content(t *testing.T, c *Cache, key string) string {
	t.Helper()
	e, err := c.Store(Programs).Get(key)
	if err != nil {
		t.Fatal(err)
	}
	if e == nil {
		return ""
	}
	defer mustRelease(t, e)
	data, err := os.ReadFile(filepath.Join(e.Product, "main"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestPutEntriesAreFound(t *testing.T) {
	c := newCache(t)
	if got := content(t, c, "a"); got != "" {
		t.Errorf("an empty cache has %q", got)
	}
	mustRelease(t, put(t, c, "a", "program"))
	if got := content(t, c, "a"); got != "program" {
		t.Errorf("found %q", got)
	}
}

func TestDamagedEntriesAreRebuilt(t *testing.T) {
	for what, damage := range map[string]func(entry string) error{
		"a changed file":     func(e string) error { return os.WriteFile(filepath.Join(e, "product/main"), []byte("pROGRAM"), 0o755) },
		"a cut file":         func(e string) error { return os.Truncate(filepath.Join(e, "product/main"), 3) },
		"a missing file":     func(e string) error { return os.Remove(filepath.Join(e, "product/main")) },
		"one file too many":  func(e string) error { return os.WriteFile(filepath.Join(e, "product/more"), nil, 0o644) },
		"a changed mode":     func(e string) error { return os.Chmod(filepath.Join(e, "product/main"), 0o644) },
		"no manifest":        func(e string) error { return os.Remove(filepath.Join(e, manifestName)) },
		"half a manifest":    func(e string) error { return os.Truncate(filepath.Join(e, manifestName), 10) },
		"a link for a file":  func(e string) error { return relink(filepath.Join(e, "product/main")) },
		"no product at all":  func(e string) error { return os.RemoveAll(filepath.Join(e, "product")) },
		"an empty directory": func(e string) error { return errors.Join(os.RemoveAll(e), os.Mkdir(e, 0o700)) },
		"a file":             func(e string) error { return errors.Join(os.RemoveAll(e), os.WriteFile(e, []byte("x"), 0o600)) },
		"a FIFO":             func(e string) error { return errors.Join(os.RemoveAll(e), unix.Mkfifo(e, 0o600)) },
		"a link elsewhere": func(e string) error {
			return errors.Join(os.Rename(e, filepath.Dir(e)+"2"), os.Symlink(filepath.Dir(e)+"2", e))
		},
		"a link to nothing": func(e string) error { return errors.Join(os.RemoveAll(e), os.Symlink("/no/such/file", e)) },
		"a FIFO for a file": func(e string) error {
			return errors.Join(os.Remove(filepath.Join(e, "product/main")), unix.Mkfifo(filepath.Join(e, "product/main"), 0o755))
		},
		"a FIFO for a manifest": func(e string) error {
			return errors.Join(os.Remove(filepath.Join(e, manifestName)), unix.Mkfifo(filepath.Join(e, manifestName), 0o600))
		},
		"a boundless manifest": func(e string) error { return os.Truncate(filepath.Join(e, manifestName), 1<<40) },
	} {
		t.Run(what, func(t *testing.T) {
			c := newCache(t)
			mustRelease(t, put(t, c, "a", "program"))
			if err := damage(filepath.Join(programs(c), "a")); err != nil {
				t.Fatal(err)
			}
			if got := content(t, c, "a"); got != "" {
				t.Errorf("the damaged entry was handed out: %q", got)
			}
			mustRelease(t, put(t, c, "a", "program"))
			if got := content(t, c, "a"); got != "program" {
				t.Errorf("after rebuilding: %q", got)
			}
			onlyEntries(t, c, "a")
		})
	}
}

// TestMisnamedEntriesAreNotUsed: it is whole, and another program.
func TestMisnamedEntriesAreNotUsed(t *testing.T) {
	c := newCache(t)
	mustRelease(t, put(t, c, "a", "program a"))
	mustRelease(t, put(t, c, "b", "program b"))
	a, b := filepath.Join(programs(c), "a"), filepath.Join(programs(c), "b")
	if err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE); err != nil {
		t.Fatal(err)
	}
	if got := content(t, c, "a") + content(t, c, "b"); got != "" {
		t.Errorf("handed out: %q", got)
	}
}

func TestReadFileDoesNotWaitForFIFOs(t *testing.T) {
	c := newCache(t)
	path := filepath.Join(filepath.Join(c.Dir, Versions), "x")
	if err := unix.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := c.Part(Versions).ReadFile("x", 1000); err == nil {
		t.Errorf("a FIFO says %q", said)
	}
}

func TestWritableByOthersIsNotUsed(t *testing.T) {
	for what, open := range map[string]func(dir string) error{
		"another's":      func(dir string) error { return os.Chown(dir, 12345, 0) },
		"open to all":    func(dir string) error { return os.Chmod(dir, 0o777) },
		"open to groups": func(dir string) error { return os.Chmod(dir, 0o770) },
	} {
		c := newCache(t)
		if err := open(programs(c)); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(c.Dir); err == nil || !strings.Contains(err.Error(), programs(c)) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func relink(path string) error {
	return errors.Join(os.Rename(path, path+"2"), os.Symlink("main2", path))
}

// onlyEntries checks that the cache holds these entries and nothing half-made or half-removed.
func onlyEntries(t *testing.T, c *Cache, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(programs(c))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if len(got) != len(want) {
		t.Errorf("the cache holds %v, want %v", got, want)
	}
}

func TestFailedBuildsLeaveNothing(t *testing.T) {
	c := newCache(t)
	fails := errors.New("does not compile")
	if _, err := c.Store(Programs).Put("a", func(string) error { return fails }); !errors.Is(err, fails) {
		t.Errorf("got %v", err)
	}
	onlyEntries(t, c)
}

func TestEvictionKeepsUsedAndRecentEntries(t *testing.T) {
	c := newCache(t)
	c.Most = 25
	used := put(t, c, "used", "0123456789")
	mustRelease(t, put(t, c, "old", "0123456789"))
	for key, age := range map[string]time.Duration{"used": 2 * time.Hour, "old": time.Hour} {
		then := time.Now().Add(-age)
		if err := os.Chtimes(filepath.Join(programs(c), key), then, then); err != nil {
			t.Fatal(err)
		}
	}
	mustRelease(t, put(t, c, "new", "0123456789"))
	if content(t, c, "old") != "" || content(t, c, "new") == "" || content(t, c, "used") == "" {
		t.Error("not the longest unused entry was removed")
	}
	mustRelease(t, used)
	onlyEntries(t, c, "new", "used")
}

// TestOneBoundHoldsForAllParts: what was used longest ago is removed, whichever part it is in.
func TestOneBoundHoldsForAllParts(t *testing.T) {
	c := newCache(t)
	c.Most = 25
	age := func(part, name string, hours int) {
		t.Helper()
		then := time.Now().Add(-time.Duration(hours) * time.Hour)
		if err := c.Part(part).Chtimes(name, then, then); err != nil {
			t.Fatal(err)
		}
	}
	e, err := c.Store(Packages).Put("archive", func(dir string) error {
		return os.WriteFile(filepath.Join(dir, "1.in"), []byte("0123456789"), 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	mustRelease(t, e)
	if err := c.Part(Verdicts).WriteFile("a.jsonl", []byte("0123456789"), 0o600); err != nil {
		t.Fatal(err)
	}
	age(Packages, "archive", 3)
	age(Verdicts, "a.jsonl", 2)
	mustRelease(t, put(t, c, "program", "0123456789"))
	if c.Store(Packages).Holds("archive") || len(namesIn(t, filepath.Join(c.Dir, Verdicts))) != 1 || content(t, c, "program") == "" {
		t.Error("not what was used longest ago was removed")
	}
	age(Programs, "program", 1)
	c.Most = 10
	c.Evict()
	if left := namesIn(t, filepath.Join(c.Dir, Verdicts)); len(left) != 0 {
		t.Errorf("%v is left, expected only the program, which was used last", left)
	}
}

func TestLeftoversOfEarlierVersionsAreRemoved(t *testing.T) {
	c := newCache(t)
	for _, name := range []string{".unpacking-123/big", "0123abc/problem.yaml", "empty/empty", ".new-dead/product/main", ".old-dead/entry/product/main", ".old-empty"} {
		writeFile(t, filepath.Join(c.Dir, Packages, name), "x")
	}
	if _, err := Open(c.Dir); err != nil {
		t.Fatal(err)
	}
	for _, name := range namesIn(t, filepath.Join(c.Dir, Packages)) {
		if name != ".old-empty" { // a file: judges make directories
			t.Errorf("%s is left", name)
		}
	}
}

// TestSwappedDirectoriesAreNotUsed: whoever owns a directory above puts another cache in the place of an open one.
func TestSwappedDirectoriesAreNotUsed(t *testing.T) {
	above := t.TempDir()
	c, err := Open(filepath.Join(above, "judge"))
	if err != nil {
		t.Fatal(err)
	}
	mustRelease(t, put(t, c, "a", "program"))
	other, err := Open(filepath.Join(above, "other"))
	if err != nil {
		t.Fatal(err)
	}
	mustRelease(t, put(t, other, "a", "planted"))
	if err := unix.Renameat2(unix.AT_FDCWD, c.Dir, unix.AT_FDCWD, other.Dir, unix.RENAME_EXCHANGE); err != nil {
		t.Fatal(err)
	}
	if got := content(t, c, "a"); got != "program" {
		t.Errorf("found %q, expected what was in the directory that was opened", got)
	}
}

func TestLinksToTheCacheMustBeOurs(t *testing.T) {
	for what, plant := range map[string]func(above, own string) error{
		"the cache":         func(above, own string) error { return linkOf(own, filepath.Join(above, "judge")) },
		"a part":            func(above, own string) error { return inner(above, own, Programs) },
		"a directory above": func(above, own string) error { return linkOf(filepath.Dir(own), above+"/x") },
	} {
		above, own := t.TempDir(), filepath.Join(t.TempDir(), "judge")
		if err := errors.Join(os.Chmod(above, 0o777), os.MkdirAll(filepath.Join(own, Programs), 0o700), plant(above, own)); err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(above, "judge")
		if what == "a directory above" {
			dir = filepath.Join(above, "x", "judge")
		}
		if _, err := Open(dir); err == nil {
			t.Errorf("%s is another user's link: got no error", what)
		}
	}
}

// linkOf makes a link of another user.
func linkOf(target, path string) error {
	return errors.Join(os.Symlink(target, path), os.Lchown(path, 12345, 12345))
}

func inner(above, own, part string) error {
	dir := filepath.Join(above, "judge")
	return errors.Join(os.Mkdir(dir, 0o700), os.Symlink(filepath.Join(own, part), filepath.Join(dir, part)))
}

func TestEntriesOfOtherUsersAreNotUsed(t *testing.T) {
	for _, name := range []string{"", "product", "product/main"} {
		c := newCache(t)
		mustRelease(t, put(t, c, "a", "program"))
		if err := os.Lchown(filepath.Join(programs(c), "a", name), 12345, 12345); err != nil {
			t.Fatal(err)
		}
		if got := content(t, c, "a"); got != "" {
			t.Errorf("another user's %q was handed out: %q", name, got)
		}
	}
}

func TestOpenSweepsTheDirectoryForTemporaryFiles(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	for _, name := range []string{"dead", "foreign"} {
		if err := os.Mkdir(filepath.Join(tmp, TemporaryPrefix+name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Lchown(filepath.Join(tmp, TemporaryPrefix+"foreign"), 12345, 12345); err != nil {
		t.Fatal(err)
	}
	living, err := Temporary(func(string) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	longAgo(t, tmp)
	if _, err := Open(filepath.Join(tmp, "judge")); err != nil {
		t.Fatal(err)
	}
	left := namesIn(t, tmp)
	if len(left) != 3 { // the cache, the living one, and another user's
		t.Errorf("left are %v, expected all but that of the dead judge", left)
	}
	mustRelease(t, living)
}
