// Package build turns paths into programs: it reads submissions and the problem's own programs, and compiles them.
package build

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
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

// Source is a submission that was read, before it is compiled.
type Source struct {
	Path     string               // as the user gave it
	packaged string               // its path with links resolved, in the problem's directory; "": it is elsewhere
	Listed   *problems.Submission // the problem's entry for it; nil: it has none
	Language languages.Language
	Plan     languages.Plan
	Outputs  *Outputs // the submission itself, if it consists of outputs; it then has no plan

	Sanitized bool // it is compiled with sanitizers

	// Errors that prevent compilation; the source then has no plan.
	Refused *refusal // a fault of the submission: CE
	Failed  error    // a fault of the host: JE
}

// refusal is a compile error that was found without a compiler.
type refusal struct {
	reason report.Reason
	Log    string // for the submission's author; "": the reason is enough
	Err    error  // the path of the submission
}

// Program is a compiled submission, or one that does not compile.
type Program struct {
	Source
	Entry   *cache.Entry // nil when it did not compile
	Key     string       // of the entry in the cache; "": it is not cached
	Compile report.Compile
	Reason  report.Reason // of a CE, "" when the compiler's output explains it
	Err     error         // the jail failed: JE
}

// Ready reports whether there is a program to test.
func (p Program) Ready() bool { return p.Entry != nil || p.Outputs != nil }

// Bind returns the mount that shows the program to a jail.
func (p Program) Bind() isolate.Bind {
	return isolate.Bind{Source: p.Entry.Product, Target: "/prog", Copy: true}
}

// Bounds of compiling, in addition to the problem's own limits.
const (
	compileMessages  = 16 * isolate.MiB  // of a compiler's output; more ends the compiler
	compileLog       = 64 << 10          // bytes of it that are stored
	compileError     = 300               // bytes of the first error in it that are stored
	compileScratch   = 1 * isolate.GiB   // tmpfs for temporary files; it counts as memory
	compileInodes    = 65536             //
	productLimit     = 256 * isolate.MiB // of all files that the compiler produces
	compileProcesses = 256               // for compilers without their own limit
)

// rejected is the error of a compilation that gave no product, through a fault of the submission.
type rejected struct{ reason report.Reason }

// Error returns the reason.
func (r *rejected) Error() string { return "compile error: " + string(r.reason) }

// Compiler compiles submissions on one lane.
type Compiler struct {
	Run     isolate.Runner
	Cache   *cache.Cache // nil: none
	Limits  problems.Limits
	Core    isolate.Core
	Header  *cache.Entry // precompiled, for sources that include it; nil: none
	seconds float64
	key     string // of the entry that was found or created
	log     *report.Excerpt
	Warn    func(error) // called with the reason why the cache is unavailable
}

// Compile returns the program for a source. A compiler's failure, and one of the jail, is part of the program.
func (c *Compiler) Compile(ctx context.Context, s Source) Program {
	p := Program{Source: s}
	if s.Outputs != nil {
		p.Compile = report.Compile{OK: true}
		return p
	}
	if s.Failed != nil {
		p.Err = s.Failed
		return p
	}
	if s.Refused != nil {
		p.Reason, p.Compile.Log = s.Refused.reason, text.CutLines(s.Refused.Log, compileLog)
		p.Compile.Error = text.CutLine(strings.TrimSpace(s.Refused.Log), compileError)
		return p
	}
	c.log = &report.Excerpt{Max: compileLog}
	var cached bool
	p.Entry, cached, p.Err = c.entry(ctx, s)
	p.Key = c.key
	var no *rejected
	if errors.As(p.Err, &no) {
		p.Reason, p.Err = no.reason, nil
	}
	log := underOwnName(c.log.String(), s.Plan.Renamed)
	p.Compile = report.Compile{
		OK: p.Entry != nil, Cached: cached, Seconds: c.seconds, Linking: s.Plan.Linking.Kind,
		Log: text.CutLines(log, compileLog),
	}
	if p.Entry == nil && p.Err == nil {
		found := s.Language.FirstError(log, s.names())
		p.Compile.Error = text.CutLine(found.Text, compileError)
		p.Compile.File, p.Compile.Line = text.Line(found.File), found.Line
	}
	return p
}

// names returns the names of a submission's own files, as its compile log shows them.
func (s Source) names() []string {
	if s.Plan.Renamed.To != "" {
		return []string{shownName(s.Plan.Renamed)}
	}
	var names []string
	for _, f := range s.Plan.Files[s.Plan.Ours:] {
		names = append(names, f.Name)
	}
	return names
}

// underOwnName replaces the neutral name under which a file was compiled with its real name.
func underOwnName(log string, r languages.Renaming) string {
	if r.To == "" {
		return log
	}
	pattern := `\b` + regexp.QuoteMeta(r.To)
	if !strings.HasSuffix(r.To, "+") { // the end of main.c++ is not a word boundary
		pattern += `\b`
	}
	name := regexp.MustCompile(pattern)
	return name.ReplaceAllLiteralString(log, shownName(r))
}

func shownName(r languages.Renaming) string { return text.CutLine(path.Base(r.From), report.MaxReason) }

func (c *Compiler) entry(ctx context.Context, s Source) (entry *cache.Entry, cached bool, err error) {
	build := func(product string) error { return c.build(ctx, s.Plan, product) }
	if c.Cache != nil {
		entry, cached, err = c.kept(ctx, s, build)
		if !errors.As(err, new(*cache.Error)) {
			return entry, cached, err
		}
		c.key = ""
		c.Warn(fmt.Errorf("the cache is unavailable: %w", err))
		c.log = &report.Excerpt{Max: compileLog}
	}
	entry, err = cache.Temporary(build)
	return entry, false, err
}

// kept returns the entry in the cache, and creates it if needed.
func (c *Compiler) kept(
	ctx context.Context, s Source, build func(string) error,
) (entry *cache.Entry, cached bool, err error) {
	key, err := c.Cache.Key(ctx, s.Language, s.Plan)
	if err != nil && ctx.Err() == nil {
		return nil, false, cache.ErrorOf("name a cache entry", err)
	}
	if err != nil {
		return nil, false, err
	}
	c.key = key
	if entry, err = c.Cache.Get(key); entry != nil || err != nil {
		return entry, entry != nil, err
	}
	entry, err = c.Cache.Put(key, build)
	return entry, false, err
}

// build fills the product directory, from the compiler's output or from the sources.
func (c *Compiler) build(ctx context.Context, plan languages.Plan, product string) error {
	if plan.Compile != nil {
		if err := c.runCompiler(ctx, plan, product); err != nil {
			return err
		}
	}
	if plan.Product == languages.Interpreted {
		return cache.ErrorOf("store a program", languages.WriteTo(product, plan.Files))
	}
	return nil
}

// outDir is the directory in which the compile commands put the product; see languages.Plan.
const outDir = "out"

func (c *Compiler) runCompiler(ctx context.Context, plan languages.Plan, product string) error {
	start := time.Now()
	defer func() { c.seconds = time.Since(start).Seconds() }()
	if c.Header != nil && plan.Header != nil {
		err := c.compileWith(ctx, plan, product)
		var no *rejected
		hopeless := errors.As(err, &no) && no.reason != "" // out of time or memory: the header costs both
		if err == nil || hopeless || ctx.Err() != nil {
			return err
		}
		c.log = &report.Excerpt{Max: compileLog}
		if err := empty(product); err != nil {
			return cache.ErrorOf("store a program", err)
		}
	}
	return c.attempt(ctx, c.command(plan), plan, takeProduct, product)
}

// empty removes the contents of a directory.
func empty(dir string) error {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		err = errors.Join(err, os.RemoveAll(filepath.Join(dir, e.Name())))
	}
	return err
}

// compileWith compiles with the precompiled header. It returns an error if the compiler prints anything: messages
// about a header depend on whether it was precompiled, and that must not be visible.
func (c *Compiler) compileWith(ctx context.Context, plan languages.Plan, product string) error {
	silently := func(work *isolate.Work, product string) error {
		if len(c.log.Bytes()) > 0 {
			return errors.New("the compiler has something to say")
		}
		if err := c.Header.Intact(); err != nil {
			return err
		}
		return takeProduct(work, product)
	}
	return c.attempt(ctx, withHeader(c.command(plan), c.Header, *plan.Header), plan, silently, product)
}

func (c *Compiler) command(plan languages.Plan) isolate.Command {
	return isolate.Command{
		Root:   isolate.Root{Sees: plan.CompileSees, Scratch: compileScratch, ScratchInodes: compileInodes},
		Args:   plan.Compile,
		Env:    plan.CompileEnv,
		Stdout: c.log, Stderr: c.log,
		Limits: c.jailLimits(plan),
		Core:   c.Core,
		Files:  LayOver(JailFiles(plan.Files), outDir),
		Dirs:   []string{outDir},
	}
}

// attempt runs a compiler and reads its product.
func (c *Compiler) attempt(
	ctx context.Context, command isolate.Command, plan languages.Plan,
	take func(*isolate.Work, string) error, product string,
) error {
	var taken error // separate from Run's error, which is the jail's
	if plan.Product == languages.Compiled {
		command.Collect = func(work *isolate.Work) error {
			if taken = take(work, product); taken == nil {
				taken = checkProgram(plan, product)
			}
			return nil
		}
	}
	c.stopIdle(&command)
	outcome, err := c.Run(ctx, command)
	if err != nil {
		return fmt.Errorf("compile: %w", err)
	}
	if outcome.ExecErrno != 0 {
		return fmt.Errorf("compile: start %s: %w", plan.Compile[0], outcome.ExecErrno)
	}
	if why, failed := failureOf(outcome, c.log.Bytes()); failed {
		return &rejected{why}
	}
	return taken
}

// busyHost is the maximum of a compiler's elapsed time, as a multiple of its time limit, while it has work but
// gets no core. The load of the host must not cause a CE; and for many processes, such as those of a build, the
// wait for a core cannot be measured.
const busyHost = 20

// wall is the maximum elapsed time of a compiler that waits, in seconds.
func (c *Compiler) wall() time.Duration { return 2*c.Limits.CompilationTime + time.Second }

// stopIdle stops a compiler that sleeps when its time is over.
func (c *Compiler) stopIdle(command *isolate.Command) {
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

func (c *Compiler) jailLimits(plan languages.Plan) isolate.Limits {
	l := isolate.Limits{
		CPU: c.Limits.CompilationTime, Wall: busyHost * c.wall(), Memory: isolate.Bytes(c.Limits.CompilationMemory),
		Processes: plan.CompileProcesses, Output: compileMessages, Stderr: compileMessages, FileSize: productLimit,
	}
	if l.Processes == 0 {
		l.Processes = compileProcesses
	}
	return l
}

// failureOf returns why a compiler failed; "" if its own output, the log, explains that.
func failureOf(outcome isolate.Outcome, log []byte) (reason report.Reason, failed bool) {
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
			return tooLargeProduct(), true
		}
		return report.Reason("compiler signal " + report.SignalName(outcome)), true
	case isolate.Exited:
		if outcome.Code != 0 && hitFileLimit(log) {
			return tooLargeProduct(), true
		}
	}
	return "", outcome.Code != 0
}

// tooLargeProduct returns the reason of a CE because a compiler's file exceeds Limits.FileSize.
func tooLargeProduct() report.Reason {
	return report.Reason(fmt.Sprintf("compile output: a file over the limit of %d MiB", productLimit/isolate.MiB))
}

// hitFileLimit reports whether a compiler's output contains the message of a program that it runs, such as the
// assembler, after SIGXFSZ or the error that comes with it. Such a message names no limit.
func hitFileLimit(log []byte) bool {
	return bytes.Contains(log, []byte("File size limit exceeded")) || bytes.Contains(log, []byte("File too large"))
}

// takeProduct copies the compiler's output directory.
func takeProduct(work *isolate.Work, product string) error {
	err := work.CopyContents(outDir, product, productLimit)
	var bad *isolate.ProductError
	if errors.As(err, &bad) {
		return &rejected{report.Reason("product " + text.CutLine(bad.Error(), report.MaxReason))}
	}
	if err != nil {
		return cache.ErrorOf("store a program", err)
	}
	entries, err := os.ReadDir(product)
	if err == nil && len(entries) == 0 {
		return &rejected{"no product"}
	}
	return cache.ErrorOf("store a program", err)
}

// checkProgram rejects a product without the executable that a run starts. Compilers of some languages create a library
// without an error, such as go for a package that is not main. A precompiled header has nothing to run.
func checkProgram(plan languages.Plan, product string) error {
	if len(plan.Run) == 0 {
		return nil
	}
	name, ours := strings.CutPrefix(plan.Run[0], "/prog/")
	if !ours {
		return nil
	}
	info, err := os.Lstat(filepath.Join(product, name))
	if err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
		return nil
	}
	return &rejected{"no executable: expected a main program"}
}

// AtLeastUsual returns the limits under which a problem's own programs are compiled and its input validators run.
// They are at least the defaults, because the limits of a problem are for submissions and output validators
// ("Resource guarantees" of the ICPC problem package format).
func AtLeastUsual(l problems.Limits) problems.Limits {
	usual := problems.DefaultLimits()
	l.CompilationTime = max(l.CompilationTime, usual.CompilationTime)
	l.CompilationMemory = max(l.CompilationMemory, usual.CompilationMemory)
	l.ValidationTime = max(l.ValidationTime, usual.ValidationTime)
	l.ValidationMemory = max(l.ValidationMemory, usual.ValidationMemory)
	l.ValidationOutput = max(l.ValidationOutput, usual.ValidationOutput)
	return l
}

// OnlySource returns the submitted file, without the lines that a grader puts before it; nil: there are several
// files.
func OnlySource(problem *problems.Problem, p Program) []byte {
	files := slices.DeleteFunc(slices.Clone(p.Plan.Files[min(p.Plan.Ours, len(p.Plan.Files)):]),
		func(f languages.File) bool { return string(f.Data) == unbufferedStdout })
	if len(files) != 1 {
		return nil
	}
	data := files[0].Data
	if problem.Grader != nil {
		data = bytes.TrimPrefix(data, []byte(problem.Grader.BeforeSubmission))
	}
	return append([]byte{}, data...)
}
