package cache

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// tiny makes entry i, of a hundred bytes.
func tiny(t testing.TB, c *Cache, i int) *Entry {
	t.Helper()
	e, err := c.Store(Programs).Put(fmt.Sprintf("key%05d", i), func(dir string) error {
		return os.WriteFile(filepath.Join(dir, "main"), fmt.Appendf(nil, "%100d", i), 0o755)
	})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// size returns the size of all programs in a cache, without their manifests.
func size(t testing.TB, c *Cache) (total int64) {
	t.Helper()
	all, total := c.kept(func(string) bool { return true })
	if len(all) == 0 {
		t.Error("the cache is empty")
	}
	return total
}

// TestManyInsertionsStayWithinTheLimit: at every moment, and entries in use are kept.
func TestManyInsertionsStayWithinTheLimit(t *testing.T) {
	c := newCache(t)
	c.Most = 100 * 100
	used := tiny(t, c, 0)
	for i := 1; i < 400; i++ {
		mustRelease(t, tiny(t, c, i))
		if total := size(t, c); total > c.Most {
			t.Fatalf("%d bytes after %d insertions: expected at most %d", total, i, c.Most)
		}
	}
	if _, err := os.Stat(filepath.Join(used.Product, "main")); err != nil || !c.Store(Programs).Holds("key00000") {
		t.Errorf("the entry in use was removed: %v", err)
	}
	mustRelease(t, used)
}

// TestInsertionsDoNotLookAtAllEntries: the number of entries that an insertion looks at does not grow with the cache.
func TestInsertionsDoNotLookAtAllEntries(t *testing.T) {
	for _, most := range []int64{100 * 100, 400 * 100, 1 << 30} {
		c := newCache(t)
		c.Most = most
		const n = 600
		for i := range n {
			mustRelease(t, tiny(t, c, i))
		}
		if each := float64(c.looked.Load()) / n; each > 2*slack {
			t.Errorf("a cache of %d bytes: an insertion looks at %.1f entries, expected at most %d", most, each, 2*slack)
		}
	}
}

// BenchmarkInsertion is one insertion into a full cache of so many entries.
func BenchmarkInsertion(b *testing.B) {
	for _, n := range []int{100, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			c, err := Open(b.TempDir())
			if err != nil {
				b.Fatal(err)
			}
			c.Most = 1 << 30
			for i := range n {
				tiny(b, c, i).Release()
			}
			c.Most = int64(n) * 100
			c.Evict()
			i := n
			for b.Loop() {
				tiny(b, c, i).Release()
				i++
			}
		})
	}
}

// TestMadeTestsHaveTheirOwnBound: they evict no program, and no program evicts them.
func TestMadeTestsHaveTheirOwnBound(t *testing.T) {
	c := newCache(t)
	c.Most, c.MostOfTests = 1600, 800
	mustRelease(t, tiny(t, c, 0))
	used, err := c.Store(Tests).Put("used", func(dir string) error {
		return os.WriteFile(filepath.Join(dir, "stdout"), make([]byte, 100), 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		e, err := c.Store(Tests).Put(fmt.Sprint(i), func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "stdout"), make([]byte, 100), 0o644)
		})
		if err != nil {
			t.Fatal(err)
		}
		mustRelease(t, e)
	}
	_, tests := c.kept(func(part string) bool { return part == Tests })
	if tests > 800 || !c.Store(Tests).Holds("used") || !c.Store(Programs).Holds("key00000") {
		t.Errorf("%d bytes of tests, used %t, program %t: expected at most 800 bytes, and both kept",
			tests, c.Store(Tests).Holds("used"), c.Store(Programs).Holds("key00000"))
	}
	mustRelease(t, used)
	for i := range 40 {
		mustRelease(t, tiny(t, c, i+1))
	}
	if _, left := c.kept(func(part string) bool { return part == Tests }); left != tests {
		t.Errorf("%d bytes of tests after programs came, expected %d", left, tests)
	}
}

func TestNotesStayWithTheirEntry(t *testing.T) {
	c := newCache(t)
	e := tiny(t, c, 0)
	e.Note("valid")
	digest := e.Digest("main")
	mustRelease(t, e)
	again, err := c.Store(Programs).Get("key00000")
	if err != nil || again == nil {
		t.Fatalf("got %v, %v", again, err)
	}
	if !again.Noted("valid") || again.Noted("other") || digest == "" || again.Digest("main") != digest {
		t.Errorf("noted %t and %t, digest %q: expected true, false and %q",
			again.Noted("valid"), again.Noted("other"), again.Digest("main"), digest)
	}
	mustRelease(t, again)
}
