package cache

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"judge/judge/languages"
	store "judge/problems/cache"
)

// made holds everything that determines a product.
type made struct {
	Format         int // of the cache: a new number invalidates all older entries
	Version        string
	Compile, Env   []string
	Sees           []string
	Product        languages.Product
	Names, Digests []string
	Executable     []string `json:",omitempty"`
}

// Key returns the name of a product, a digest of everything that determines it.
func (c *Cache) Key(ctx context.Context, language languages.Language, plan languages.Plan) (string, error) {
	version, err := c.version(ctx, language)
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	made := made{
		Format: 1, Version: version, Compile: plan.Compile, Env: plan.CompileEnv, Sees: plan.CompileSees,
		Product: plan.Product,
	}
	for _, f := range plan.Files {
		digest := sha256.Sum256(f.Data)
		made.Names = append(made.Names, f.Name)
		made.Digests = append(made.Digests, hex.EncodeToString(digest[:]))
		if f.Executable {
			made.Executable = append(made.Executable, f.Name)
		}
	}
	if err := json.NewEncoder(hash).Encode(made); err != nil {
		return "", fmt.Errorf("name a cache entry: %w", err)
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// version returns the output of a language's version command. Running it takes up to half a second (javac), so the
// output is cached until the executable changes.
func (c *Cache) version(ctx context.Context, l languages.Language) (string, error) {
	name, known := executableID(l)
	if known {
		if said, err := c.Small(name, maxVersion); err == nil && len(said) > 0 {
			return string(said), nil
		}
	}
	version, err := l.Version(ctx)
	if err != nil {
		return "", err
	}
	if known {
		c.Keep(name, version.Full)
	}
	return version.Full, nil
}

// maxVersion is above the size of any compiler's version.
const maxVersion = 64 << 10 // bytes

// executableID identifies the executable of the version command by properties that change with it: its path with
// links resolved, its size and its times.
func executableID(l languages.Language) (string, bool) {
	path, ok := l.VersionExecutable()
	if !ok {
		return "", false
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", false
	}
	info, err := os.Stat(real)
	if err != nil {
		return "", false
	}
	id := fmt.Sprintf("%q %q %d %d", l.VersionCommand, real, info.Size(), info.ModTime().UnixNano())
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:]), true
}

// Small reads a small file of the cache.
func (c *Cache) Small(name string, limit int64) ([]byte, error) {
	return c.Part(store.Versions).ReadFile(name, limit)
}

// Keep writes a small file, completely or not at all. After a failure the next judge computes it again.
func (c *Cache) Keep(name, text string) {
	dir := c.Part(store.Versions)
	half := ".new-" + rand.Text()
	err := dir.WriteFile(half, []byte(text), 0o600)
	if err != nil || dir.Rename(half, name) != nil {
		dir.Remove(half) //nolint:errcheck // a sweep removes it
	}
}

// Want records that n sources could have used a header that does not exist, and returns the total so far. When the
// total reaches the threshold the count restarts.
func (c *Cache) Want(key string, n, enough int) int {
	name := key + ".wanted"
	before, err := c.Small(name, int64(enough))
	if err != nil {
		before = nil
	}
	count := min(len(before)+n, enough)
	if count >= enough {
		c.Part(store.Versions).Remove(name) //nolint:errcheck // if it does not compile, later sources wait
	} else {
		c.Keep(name, strings.Repeat("+", count))
	}
	return count
}
