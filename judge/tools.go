package judge

import (
	"context"
	"io"
	"os"
	"time"

	"judge/checkers"
	"judge/isolate"
	"judge/judge/build"
	"judge/judge/cores"
	"judge/judge/decide"
	"judge/judge/kinds"
	"judge/judge/report"
	"judge/problems"
)

// Tool is a compiled program of a problem, or a submission, that runs outside of the problem's tests.
type Tool struct {
	Program build.Program // Ready

	judge   *Judge
	problem *problems.Problem
	is      *problems.Submission // nil: one of the problem's own programs
}

// Release releases the compiled program.
func (t *Tool) Release() {
	if t.Program.Entry != nil {
		t.Program.Entry.Release()
	}
}

// CoresOf returns the cores of a judge that run tests.
func (j *Judge) CoresOf() ([]int, error) {
	if len(j.Cores) > 0 {
		return j.Cores, nil
	}
	return cores.Default()
}

// OnCores calls do for each i below n, on as many goroutines as the judge has cores. A call has its core to itself. It
// returns when all are done or, after ctx has ended, when the running ones are.
func (j *Judge) OnCores(ctx context.Context, n int, do func(ctx context.Context, core, i int)) error {
	cpus, err := j.CoresOf()
	if err != nil {
		return err
	}
	lanes(ctx, cpus, 0, numbered(n, func(ctx context.Context, l *lane, i int) { do(ctx, l.cpu, i) }))
	return ctx.Err()
}

// CompileExternal compiles one of a problem's own programs on a core. Errors: *CheckerError, *MissingError,
// *isolate.LackError, and that of ctx.
func (j *Judge) CompileExternal(
	ctx context.Context, core int, p *problems.Problem, given *problems.External,
) (*Tool, error) {
	source, err := build.Reader{Languages: j.Languages, Problem: usually(p)}.ReadExternal(given)
	if err != nil {
		return nil, err
	}
	return j.compileTool(ctx, core, p, source, nil)
}

// CompileSubmission compiles a submission on a core, with the sanitizers of its language if requested. Errors are those
// of CompileExternal, and *SubmissionError; a submission that does not compile is a *CheckerError.
func (j *Judge) CompileSubmission(
	ctx context.Context, core int, p *problems.Problem, s problems.Submission, sanitize bool,
) (*Tool, error) {
	of := *p
	of.OutputOnly = false // it makes the outputs
	reader := build.Reader{
		Languages: j.Languages, Problem: &of, Language: s.Language, Entry: s.Entry, Sanitize: sanitize,
	}
	source, err := reader.Read(s.Path, s.Listed)
	switch {
	case err != nil:
	case source.Failed != nil:
		err = source.Failed
	case source.Refused != nil:
		err = &SubmissionError{Path: s.Path, Err: source.Refused.Err}
	}
	if err != nil {
		closeOutputs([]build.Source{source})
		return nil, err
	}
	return j.compileTool(ctx, core, p, source, &s)
}

func (j *Judge) compileTool(
	ctx context.Context, core int, p *problems.Problem, source build.Source, is *problems.Submission,
) (*Tool, error) {
	s, err := newSession(j)
	if err != nil {
		return nil, err
	}
	c := s.compiler(core, usually(p))
	program := s.compiled(ctx, c, source)
	switch {
	case program.Entry != nil:
		return &Tool{Program: program, judge: j, problem: p, is: is}, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case program.Err != nil:
		return nil, program.Err
	default:
		return nil, build.DoesNotCompile(p, program)
	}
}

// usually returns a problem with at least the usual limits for its own programs.
func usually(p *problems.Problem) *problems.Problem {
	of := *p
	of.Limits = build.AtLeastUsual(p.Limits)
	return &of
}

// ToolRun is one run of a tool.
type ToolRun struct {
	Core   int      // CPU number, which the caller has to itself
	Args   []string // after those that start the program
	Stdin  *os.File // nil: empty
	Input  string   // the path of Stdin; "": it has none
	Time   time.Duration
	Memory problems.Bytes
	Output problems.Bytes // of stdout and of the files that are taken, together; and again of stderr
	Stdout io.Writer
	Stderr io.Writer // nil: ToolEnd.Stderr is enough
	// Test supplies the arguments and extra files that a submission gets; the zero value has none.
	Test problems.TestCase
	// Take, if set, returns where to write a file that the run has left in its working directory; nil: it is not
	// wanted.
	Take func(name string) (io.WriteCloser, error)
}

// ToolEnd is how a run of a tool ended.
type ToolEnd struct {
	Verdict problems.Verdict // AC: it ended by itself, with exit code 0
	Reason  report.Reason
	Usage   isolate.Usage
	Stderr  []byte // its last 4 KiB
}

// Run runs a tool once in a fresh jail, while no test must be alone. An error is not the program's.
func (t *Tool) Run(ctx context.Context, r ToolRun) (ToolEnd, error) {
	if quiet := t.judge.Quiet; quiet != nil {
		quiet.RLock()
		defer quiet.RUnlock()
	}
	limits := t.problem.Limits
	limits.Time, limits.Wall, limits.Memory, limits.Output = r.Time, problems.DefaultWall(r.Time), r.Memory, r.Output
	limits.OutputOfAll, limits.ReadOnly = false, false
	names := t.problem.Files
	if t.is == nil {
		names, limits.Processes = problems.FileNames{}, 0
	}
	tail := &report.Tail{Max: kinds.StderrKept}
	var stderr io.Writer = tail
	if r.Stderr != nil {
		stderr = io.MultiWriter(tail, r.Stderr)
	}
	outcome, err := kinds.Tool{
		Program: t.Program, Core: isolate.OnCore(r.Core), Args: r.Args, Stdin: r.Stdin, Input: r.Input, Limits: limits,
		Stdout: r.Stdout, Stderr: stderr, Names: names, Test: r.Test, Problem: t.problem, Take: r.Take,
	}.Run(ctx, t.judge.Run)
	if err == nil {
		err = t.Program.Entry.Intact()
	}
	if err != nil {
		return ToolEnd{}, err
	}
	ended := decide.Decide(limits, decide.Facts{Run: &outcome, Check: &checkers.Check{Accepted: true}})
	return ToolEnd{Verdict: ended.Verdict, Reason: ended.Reason, Usage: outcome.Usage, Stderr: tail.Bytes()}, nil
}
