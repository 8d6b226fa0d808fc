package judge

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"judge/isolate"
	"judge/judge/cache"
	"judge/judge/languages"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/text"
)

// source is a submission, read and understood, before it is compiled.
type source struct {
	path     string               // as the user gave it
	packaged string               // the path without links of one in the problem's directory; "": it is elsewhere
	listed   *problems.Submission // what the problem says of it; nil: nothing
	language languages.Language
	plan     languages.Plan
	outputs  *outputs // the submission itself, where it is no program: there is no plan then

	// What keeps it from being compiled at all; then there is no plan either.
	refused *refusal // a fault of the submission: CE
	failed  error    // one of the host: JE
}

// refusal is a compile error that no compiler has found.
type refusal struct {
	reason report.Reason
	log    string // for whoever wrote the submission; "": the reason says it all
	err    error  // from which it comes
}

// program is a compiled submission, or one that does not compile.
type program struct {
	source
	entry   *cache.Entry // nil when it did not compile
	key     string       // of the entry in the cache; "": it is in none
	compile report.Compile
	reason  report.Reason // of a CE, "" when the compiler's words say it
	err     error         // the jail failed: JE
}

// ready reports whether there is something to test.
func (p program) ready() bool { return p.entry != nil || p.outputs != nil }

// Bounds of compiling, beside the problem's own limits.
const (
	compileMessages  = 16 * isolate.MiB  // what a compiler may say in all; a flood ends it
	compileLog       = 64 << 10          // bytes of it that are kept
	compileError     = 300               // bytes of the first error in it that are kept
	compileScratch   = 1 * isolate.GiB   // tmpfs for temporary files; it counts as memory
	compileInodes    = 65536             //
	productLimit     = 256 * isolate.MiB // of all files that go on to the runs
	compileProcesses = 256               // for compilers that name no number of their own
)

// rejected is a compilation that ended without a product, which is the submission's doing.
type rejected struct{ reason report.Reason }

func (r *rejected) Error() string { return "compile error: " + string(r.reason) }

// compiler compiles submissions on one lane.
type compiler struct {
	run     isolate.Runner
	cache   *cache.Cache // nil: none
	limits  problems.Limits
	core    isolate.Core
	header  *cache.Entry // precompiled, for sources that include it; nil: none
	seconds float64
	key     string // of the entry that was found or made
	log     *report.Excerpt
	warn    func(error) // told why the cache is of no use
}

// compile makes a program of a source. Whatever the compiler does to itself is in the program; an error of the jail too.
func (c *compiler) compile(ctx context.Context, s source) program {
	p := program{source: s}
	if s.outputs != nil {
		p.compile = report.Compile{OK: true}
		return p
	}
	if s.failed != nil {
		p.err = s.failed
		return p
	}
	if s.refused != nil {
		p.reason, p.compile.Log = s.refused.reason, text.CutLines(s.refused.log, compileLog)
		p.compile.Error = text.CutLine(strings.TrimSpace(s.refused.log), compileError)
		return p
	}
	c.log = &report.Excerpt{Max: compileLog}
	var cached bool
	p.entry, cached, p.err = c.entry(ctx, s)
	p.key = c.key
	var no *rejected
	if errors.As(p.err, &no) {
		p.reason, p.err = no.reason, nil
	}
	log := underOwnName(c.log.String(), s.plan.Renamed)
	p.compile = report.Compile{
		OK: p.entry != nil, Cached: cached, Seconds: c.seconds, Linking: s.plan.Linking.Kind, Log: text.CutLines(log, compileLog),
	}
	if p.entry == nil && p.err == nil {
		found := s.language.FirstError(log, s.names())
		p.compile.Error = text.CutLine(found.Text, compileError)
		p.compile.File, p.compile.Line = text.Line(found.File), found.Line
	}
	return p
}

// names are those of a submission's own files, as its compile log has them.
func (s source) names() []string {
	if s.plan.Renamed.To != "" {
		return []string{shownName(s.plan.Renamed)}
	}
	var names []string
	for _, f := range s.plan.Files[s.plan.Ours:] {
		names = append(names, f.Name)
	}
	return names
}

// underOwnName puts the name of a submission's file in place of the neutral one under which it was compiled.
func underOwnName(log string, r languages.Renaming) string {
	if r.To == "" {
		return log
	}
	pattern := `\b` + regexp.QuoteMeta(r.To)
	if !strings.HasSuffix(r.To, "+") { // main.c++ ends where no word does
		pattern += `\b`
	}
	name := regexp.MustCompile(pattern)
	return name.ReplaceAllLiteralString(log, shownName(r))
}

func shownName(r languages.Renaming) string { return text.CutLine(path.Base(r.From), report.MaxReason) }

func (c *compiler) entry(ctx context.Context, s source) (entry *cache.Entry, cached bool, err error) {
	build := func(product string) error { return c.build(ctx, s.plan, product) }
	if c.cache != nil {
		entry, cached, err = c.kept(ctx, s, build)
		if !errors.As(err, new(*cache.Error)) {
			return entry, cached, err
		}
		c.key = ""
		c.warn(fmt.Errorf("the cache is of no use: %w", err))
		c.log = &report.Excerpt{Max: compileLog}
	}
	entry, err = cache.Temporary(build)
	return entry, false, err
}

// kept takes the entry from the cache, or makes it there.
func (c *compiler) kept(ctx context.Context, s source, build func(string) error) (entry *cache.Entry, cached bool, err error) {
	key, err := c.cache.Key(ctx, s.language, s.plan)
	if err != nil && ctx.Err() == nil {
		return nil, false, cache.ErrorOf("name a cache entry", err)
	}
	if err != nil {
		return nil, false, err
	}
	c.key = key
	if entry, err = c.cache.Get(key); entry != nil || err != nil {
		return entry, entry != nil, err
	}
	entry, err = c.cache.Put(key, build)
	return entry, false, err
}

// build fills the product directory: from what the compiler leaves, or from the sources themselves.
func (c *compiler) build(ctx context.Context, plan languages.Plan, product string) error {
	if plan.Compile != nil {
		if err := c.runCompiler(ctx, plan, product); err != nil {
			return err
		}
	}
	if plan.Product == languages.Interpreted {
		return cache.ErrorOf("keep a program", languages.WriteTo(product, plan.Files))
	}
	return nil
}

// outDir is the directory in which the compile commands leave the product; see languages.Plan.
const outDir = "out"

func (c *compiler) runCompiler(ctx context.Context, plan languages.Plan, product string) error {
	start := time.Now()
	defer func() { c.seconds = time.Since(start).Seconds() }()
	if c.header != nil && plan.Header != nil {
		err := c.compileWith(ctx, plan, product)
		var no *rejected
		hopeless := errors.As(err, &no) && no.reason != "" // time or memory: without the header it takes more of both
		if err == nil || hopeless || ctx.Err() != nil {
			return err
		}
		c.log = &report.Excerpt{Max: compileLog}
		if err := empty(product); err != nil {
			return cache.ErrorOf("keep a program", err)
		}
	}
	return c.attempt(ctx, c.command(plan), plan, takeProduct, product)
}

// empty removes what is in a directory.
func empty(dir string) error {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		err = errors.Join(err, os.RemoveAll(filepath.Join(dir, e.Name())))
	}
	return err
}

// compileWith compiles with the precompiled header. It is an error if the compiler has anything to say: how it words what it says of
// a header hangs on whether that was precompiled, and nobody is to see a difference.
func (c *compiler) compileWith(ctx context.Context, plan languages.Plan, product string) error {
	silently := func(work *isolate.Work, product string) error {
		if len(c.log.Bytes()) > 0 {
			return errors.New("the compiler has something to say")
		}
		if err := c.header.Intact(); err != nil {
			return err
		}
		return takeProduct(work, product)
	}
	return c.attempt(ctx, withHeader(c.command(plan), c.header, *plan.Header), plan, silently, product)
}

func (c *compiler) command(plan languages.Plan) isolate.Command {
	return isolate.Command{
		Root:   isolate.Root{Sees: plan.CompileSees, Scratch: compileScratch, ScratchInodes: compileInodes},
		Args:   plan.Compile,
		Env:    plan.CompileEnv,
		Stdout: c.log, Stderr: c.log,
		Limits: c.jailLimits(plan),
		Core:   c.core,
		Files:  layOver(jailFiles(plan.Files), outDir),
		Dirs:   []string{outDir},
	}
}

// attempt runs a compiler and takes what it has made.
func (c *compiler) attempt(ctx context.Context, command isolate.Command, plan languages.Plan, take func(*isolate.Work, string) error, product string) error {
	var taken error // kept apart from Run's error, which is the jail's
	if plan.Product == languages.Compiled {
		command.Collect = func(work *isolate.Work) error {
			taken = take(work, product)
			return nil
		}
	}
	c.stopIdle(&command)
	outcome, err := c.run(ctx, command)
	if err != nil {
		return fmt.Errorf("compile: %w", err)
	}
	if outcome.ExecErrno != 0 {
		return fmt.Errorf("compile: start %s: %w", plan.Compile[0], outcome.ExecErrno)
	}
	if why, failed := compileFailure(outcome); failed {
		return &rejected{why}
	}
	return taken
}

// busyHost is how many times its elapsed time a compiler may take that has something to do and gets no core. How long a host is busy must not
// decide about CE; many processes, such as those of a build, cannot be credited with what they wait for their core.
const busyHost = 20

// wall is how long a compiler may take that waits, seconds of elapsed time.
func (c *compiler) wall() time.Duration { return 2*c.limits.CompilationTime + time.Second }

// stopIdle has a compiler stopped that sleeps when its time is over.
func (c *compiler) stopIdle(command *isolate.Command) {
	stop, began := make(chan struct{}), time.Now()
	command.Stop = stop
	command.OnIdle = func() bool {
		over := time.Since(began) > c.wall()
		if over {
			close(stop)
		}
		return over
	}
}

func (c *compiler) jailLimits(plan languages.Plan) isolate.Limits {
	l := isolate.Limits{
		CPU: c.limits.CompilationTime, Wall: busyHost * c.wall(), Memory: isolate.Bytes(c.limits.CompilationMemory),
		Processes: plan.CompileProcesses, Output: compileMessages, Stderr: compileMessages, FileSize: productLimit,
	}
	if l.Processes == 0 {
		l.Processes = compileProcesses
	}
	return l
}

// compileFailure says why a compiler did not do its work; "" where its own words do.
func compileFailure(outcome isolate.Outcome) (reason report.Reason, failed bool) {
	switch outcome.Cause {
	case isolate.MemoryLimit:
		return "compile memory", true
	case isolate.OutputLimit:
		return "compile output", true
	case isolate.CPULimit, isolate.WallLimit, isolate.Stopped:
		return "compile time", true
	case isolate.BadSyscall:
		return "forbidden syscall", true
	case isolate.Signaled:
		if outcome.Signal == unix.SIGXFSZ { // over Limits.FileSize
			return "compile output", true
		}
		return report.Reason("compiler signal " + report.SignalName(outcome)), true
	default:
		return "", outcome.Code != 0
	}
}

// takeProduct takes what the compiler left in its output directory.
func takeProduct(work *isolate.Work, product string) error {
	err := work.CopyContents(outDir, product, productLimit)
	var bad *isolate.ProductError
	if errors.As(err, &bad) {
		return &rejected{report.Reason("product " + text.CutLine(bad.Error(), report.MaxReason))}
	}
	if err != nil {
		return cache.ErrorOf("keep a program", err)
	}
	entries, err := os.ReadDir(product)
	if err == nil && len(entries) == 0 {
		return &rejected{"no product"}
	}
	return cache.ErrorOf("keep a program", err)
}

// atLeastUsual are limits under which a problem's own programs are compiled, and its input validators run: what a
// problem states for submissions and output validators may be less than these need ("Resource guarantees" of the ICPC
// problem package format).
func atLeastUsual(l problems.Limits) problems.Limits {
	usual := problems.DefaultLimits()
	l.CompilationTime = max(l.CompilationTime, usual.CompilationTime)
	l.CompilationMemory = max(l.CompilationMemory, usual.CompilationMemory)
	l.ValidationTime = max(l.ValidationTime, usual.ValidationTime)
	l.ValidationMemory = max(l.ValidationMemory, usual.ValidationMemory)
	l.ValidationOutput = max(l.ValidationOutput, usual.ValidationOutput)
	return l
}
