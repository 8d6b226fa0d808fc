package languages

import (
	"path/filepath"
	"slices"
	"sync"
)

// globs remembers which paths of this host match a pattern. What is installed stays the same while one judge runs, and
// every plan asks again. A nil one remembers nothing. It may be used concurrently.
type globs struct {
	mu    sync.Mutex
	known map[string][]string
}

// match returns the paths that match a pattern, as filepath.Glob does.
func (g *globs) match(pattern string) ([]string, error) {
	if g == nil {
		return filepath.Glob(pattern)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if paths, ok := g.known[pattern]; ok {
		return slices.Clone(paths), nil
	}
	paths, err := filepath.Glob(pattern)
	if err != nil {
		return nil, err
	}
	if g.known == nil {
		g.known = map[string][]string{}
	}
	g.known[pattern] = paths
	return slices.Clone(paths), nil
}
