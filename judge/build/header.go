package build

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"judge/isolate"
	"judge/judge/cache"
	"judge/judge/languages"
	"judge/problems"
	"judge/problems/safefile"
)

// headersDir is an include directory in a compile jail that contains only a precompiled header.
const headersDir = "/headers"

// Headers are the precompiled headers of one session. They are compiled in a jail that has seen only the judge's
// own stub, and all other jails see them read-only.
type Headers struct {
	mu      sync.Mutex
	ready   map[string]*cache.Entry // by cache key; nil: it does not compile
	claimed map[string]bool         // by cache key: it is being compiled
}

// worthHeader is the number of sources that must include a header before it is compiled: that takes as long as
// compiling two of them.
const worthHeader = 3

// Missing finds the headers in the cache for those sources that are not cached themselves. It returns the headers
// that are not in the cache and are worth compiling. After an error the sources are compiled without headers,
// which only takes longer.
func (h *Headers) Missing(ctx context.Context, c Compiler, sources []Source) []Source {
	if c.Cache == nil {
		return nil
	}
	wanted := map[string]int{}
	plans := map[string]Source{}
	for _, s := range sources {
		key, ok := c.headerKey(ctx, s)
		if !ok {
			continue
		}
		if own, err := c.Cache.Key(ctx, s.Language, s.Plan); err != nil || c.Cache.Holds(own) {
			continue
		}
		wanted[key]++
		plans[key] = headerSource(s)
	}
	var missing []Source
	for key, n := range wanted {
		entry, err := c.Cache.Get(key)
		if entry != nil && !current(entry) {
			entry.Release()
			c.Cache.Drop(key)
			entry = nil
		}
		switch {
		case entry != nil:
			h.put(key, entry)
		case err == nil && c.Cache.Want(key, n, worthHeader) >= worthHeader:
			missing = append(missing, plans[key])
		}
	}
	return missing
}

// Make compiles the header of one source of many, if enough of them have included it, it is not in the cache, and no
// other goroutine is compiling it. A header that does not compile is not tried again.
func (h *Headers) Make(ctx context.Context, c Compiler, s Source) {
	if c.Cache == nil {
		return
	}
	key, ok := c.headerKey(ctx, s)
	if !ok || !h.claim(key) {
		return
	}
	defer h.unclaim(key)
	for _, header := range h.Missing(ctx, c, []Source{s}) {
		if h.Compile(ctx, c, header); ctx.Err() == nil && !h.known(key) {
			h.put(key, nil)
		}
	}
}

// claim reserves the compilation of a header; false if it is known, or another goroutine compiles it.
func (h *Headers) claim(key string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, known := h.ready[key]; known || h.claimed[key] {
		return false
	}
	if h.claimed == nil {
		h.claimed = map[string]bool{}
	}
	h.claimed[key] = true
	return true
}

func (h *Headers) unclaim(key string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.claimed, key)
}

func (h *Headers) known(key string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	_, known := h.ready[key]
	return known
}

// Compile compiles a header. Sources that are compiled at the same time do not use it. It has its own limits,
// because the problem's are for submissions.
func (h *Headers) Compile(ctx context.Context, c Compiler, header Source) {
	c.Limits = problems.Limits{CompilationTime: time.Minute, CompilationMemory: problems.Bytes(2 * isolate.GiB)}
	key, err := c.Cache.Key(ctx, header.Language, header.Plan)
	if p := c.Compile(ctx, header); err == nil && p.Entry != nil {
		h.put(key, p.Entry)
	}
}

func (h *Headers) put(key string, entry *cache.Entry) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ready == nil {
		h.ready = map[string]*cache.Entry{}
	}
	h.ready[key] = entry
}

// Of returns the header for a source; nil: it has none, or the header is not ready.
func (h *Headers) Of(ctx context.Context, c Compiler, s Source) *cache.Entry {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.ready) == 0 {
		return nil
	}
	key, _ := c.headerKey(ctx, s)
	return h.ready[key]
}

// Release releases the headers in the cache.
func (h *Headers) Release() {
	for _, entry := range h.ready {
		if entry != nil {
			entry.Release()
		}
	}
}

func headerSource(s Source) Source { return Source{Language: s.Language, Plan: s.Plan.Header.Plan} }

func (c *Compiler) headerKey(ctx context.Context, s Source) (key string, ok bool) {
	if s.Plan.Header == nil {
		return "", false
	}
	key, err := c.Cache.Key(ctx, s.Language, s.Plan.Header.Plan)
	return key, err == nil
}

// current reports whether the files that a header was made from are unchanged: the compiler does not look at them
// again. The change time of a file is set when it is installed, whatever date its package gives it.
func current(entry *cache.Entry) bool {
	lists, err := filepath.Glob(filepath.Join(entry.Product, "*"+languages.Dependencies))
	if err != nil || len(lists) != 1 {
		return false
	}
	made, err := os.Stat(lists[0])
	if err != nil {
		return false
	}
	text, err := safefile.ReadFile(lists[0], maxDependencies)
	if err != nil {
		return false
	}
	for _, name := range strings.Fields(string(text)) {
		if !path.IsAbs(name) { // the rule's target, a line end, the stub
			continue
		}
		now, err := safefile.StampOf(name)
		if err != nil || time.Unix(now.Changed.Unix()).After(made.ModTime()) {
			return false
		}
	}
	return true
}

// maxDependencies is far above the size of any list of headers.
const maxDependencies = 1 << 20 // bytes

// withHeader shows the header to a compile jail.
func withHeader(command isolate.Command, header *cache.Entry, h languages.Header) isolate.Command {
	shown := isolate.Bind{Source: header.Product, Target: path.Join(headersDir, h.Dir()), Copy: true}
	command.Root.Binds = append(slices.Clone(command.Root.Binds), shown)
	command.Env = slices.Clone(command.Env)
	const variable = "CPATH=" // searched before the compiler's own directories
	for i, v := range command.Env {
		if rest, ok := strings.CutPrefix(v, variable); ok {
			command.Env[i] = variable + headersDir + ":" + rest
			return command
		}
	}
	command.Env = append(command.Env, variable+headersDir)
	return command
}
