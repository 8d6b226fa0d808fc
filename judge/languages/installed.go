package languages

import (
	"path/filepath"
	"slices"
	"sync"
)

// installed caches which paths of this host match a pattern, and where commands and libraries are. Installed
// software does not change while one judge runs, and every plan needs the answers. A nil installed caches nothing.
// It is safe for concurrent use.
type installed struct {
	mu       sync.Mutex
	known    map[string][]string
	commands sync.Map // paths by name: those that were found
	searched sync.Map // directories by compiler: see searchDirs
}

// find is the function find.
func (n *installed) find(name string) (string, bool) {
	if n == nil {
		return find(name)
	}
	if path, ok := n.commands.Load(name); ok {
		return path.(string), true
	}
	path, ok := find(name)
	if ok {
		n.commands.Store(name, path)
	}
	return path, ok
}

// searchDirs is the function searchDirs.
func (n *installed) searchDirs(compiler string) []string {
	if n == nil {
		return searchDirs(compiler)
	}
	once, _ := n.searched.LoadOrStore(compiler, sync.OnceValue(func() []string { return searchDirs(compiler) }))
	return once.(func() []string)()
}

// match returns the paths that match a pattern, as filepath.Glob does.
func (n *installed) match(pattern string) ([]string, error) {
	if n == nil {
		return filepath.Glob(pattern)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if paths, ok := n.known[pattern]; ok {
		return slices.Clone(paths), nil
	}
	paths, err := filepath.Glob(pattern)
	if err != nil {
		return nil, err
	}
	if n.known == nil {
		n.known = map[string][]string{}
	}
	n.known[pattern] = paths
	return slices.Clone(paths), nil
}
