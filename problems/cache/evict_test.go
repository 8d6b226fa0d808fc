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
	all, total := c.kept()
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
