package judge

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
	c, err := OpenCache(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func put(t *testing.T, c *Cache, key, content string) *Entry {
	t.Helper()
	e, err := c.Put(key, func(dir string) error { return os.WriteFile(filepath.Join(dir, "main"), []byte(content), 0o755) })
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
	e, err := c.Get(key)
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

func TestWhatWasPutIsFound(t *testing.T) {
	c := newCache(t)
	if got := content(t, c, "a"); got != "" {
		t.Errorf("an empty cache has %q", got)
	}
	mustRelease(t, put(t, c, "a", "program"))
	if got := content(t, c, "a"); got != "program" {
		t.Errorf("found %q", got)
	}
}

func TestADamagedEntryIsNoticedAndRebuilt(t *testing.T) {
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
			if err := damage(filepath.Join(c.programs(), "a")); err != nil {
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

// TestAnEntryUnderAnothersNameIsNotHandedOut: it is whole, and another program.
func TestAnEntryUnderAnothersNameIsNotHandedOut(t *testing.T) {
	c := newCache(t)
	mustRelease(t, put(t, c, "a", "program a"))
	mustRelease(t, put(t, c, "b", "program b"))
	a, b := filepath.Join(c.programs(), "a"), filepath.Join(c.programs(), "b")
	if err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE); err != nil {
		t.Fatal(err)
	}
	if got := content(t, c, "a") + content(t, c, "b"); got != "" {
		t.Errorf("handed out: %q", got)
	}
}

func TestWhatACompilerSaidIsNotWaitedFor(t *testing.T) {
	c := newCache(t)
	path := filepath.Join(c.versions(), "x")
	if err := unix.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := readPlain(path, mostVersion); err == nil {
		t.Errorf("a FIFO says %q", said)
	}
}

func TestACacheThatOthersCanWriteIsNotUsed(t *testing.T) {
	for what, open := range map[string]func(dir string) error{
		"another's":      func(dir string) error { return os.Chown(dir, 12345, 0) },
		"open to all":    func(dir string) error { return os.Chmod(dir, 0o777) },
		"open to groups": func(dir string) error { return os.Chmod(dir, 0o770) },
	} {
		c := newCache(t)
		if err := open(c.programs()); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenCache(c.dir); err == nil || !strings.Contains(err.Error(), c.programs()) {
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
	entries, err := os.ReadDir(c.programs())
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

func TestAFailedBuildLeavesNothing(t *testing.T) {
	c := newCache(t)
	fails := errors.New("does not compile")
	if _, err := c.Put("a", func(string) error { return fails }); !errors.Is(err, fails) {
		t.Errorf("got %v", err)
	}
	onlyEntries(t, c)
}

func TestTheLongestUnusedGoesFirstAndWhatIsUsedStays(t *testing.T) {
	c := newCache(t)
	c.most = 25
	used := put(t, c, "used", "0123456789")
	mustRelease(t, put(t, c, "old", "0123456789"))
	for key, age := range map[string]time.Duration{"used": 2 * time.Hour, "old": time.Hour} {
		then := time.Now().Add(-age)
		if err := os.Chtimes(filepath.Join(c.programs(), key), then, then); err != nil {
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
