package kinds

import (
	"context"
	"fmt"
	"os"

	"golang.org/x/sys/unix"

	"judge/checkers"
	"judge/isolate"
	"judge/judge/report"
	"judge/problems"
)

func (e *External) start(t problems.TestCase, core isolate.Core) (outputCheck, error) {
	fd, err := unix.MemfdCreate("output", unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		return nil, fmt.Errorf("store the output: %w", err)
	}
	return &recording{File: os.NewFile(uintptr(fd), "output"), by: e, test: t, core: core}, nil
}

// recording holds an output in memory until the program has ended.
type recording struct {
	*os.File
	by   *External
	test problems.TestCase
	core isolate.Core
	of   *runFacts // nil: the output is not that of a run
}

func (r *recording) ranWith(of runFacts) { r.of = &of }

func (r *recording) abandon() { r.Close() }

func (r *recording) finish(ctx context.Context) (*checkers.Check, error) {
	defer r.Close()
	// From here on nobody can change it, including the checker that has it as stdin.
	const seals = unix.F_SEAL_WRITE | unix.F_SEAL_GROW | unix.F_SEAL_SHRINK
	if _, err := unix.FcntlInt(r.Fd(), unix.F_ADD_SEALS, seals); err != nil {
		return nil, fmt.Errorf("store the output: %w", err)
	}
	if _, err := r.Seek(0, 0); err != nil {
		return nil, fmt.Errorf("store the output: %w", err)
	}
	by := *r.by
	if by.runFacts && r.of != nil {
		by.env, by.extra = r.of.environment()
	}
	ending, err := by.check(ctx, r.File, r.test, r.core)
	var check checkers.Check
	if err == nil {
		check, err = by.protocol.Decode(ending)
	}
	if err != nil {
		return nil, fmt.Errorf("checker %w", err)
	}
	return &check, nil
}

// check runs the checker on an output.
func (e *External) check(
	ctx context.Context, output *os.File, t problems.TestCase, core isolate.Core,
) (checkers.Ending, error) {
	stdout := &report.Excerpt{Max: checkerText}
	ending, err := e.complete(ctx, isolate.Command{Stdin: output, Stdout: stdout, Core: core}, "/dev/stdin", t)
	ending.Stdout = stdout.Bytes()
	return ending, err
}

// runFacts holds what a checker may depend on in addition to the output.
type runFacts struct {
	used     isolate.Usage // by the run
	language string        // of the submission
	source   []byte        // of the submission; nil: it has several files
}

// runFactsTaker is a check that may depend on the run.
type runFactsTaker interface{ ranWith(of runFacts) }

// sourceName is the name of the submission's source in the working directory of a checker.
const sourceName = "submission_source"

// environment returns the variables that describe the run to a checker; see problems.External.
func (f runFacts) environment() (env []string, files []isolate.File) {
	env = []string{
		fmt.Sprintf("JUDGE_CPU=%.6f", f.used.CPU.Seconds()), fmt.Sprintf("JUDGE_WALL=%.6f", f.used.Wall.Seconds()),
		fmt.Sprintf("JUDGE_MEMORY=%d", f.used.Memory), "JUDGE_LANGUAGE=" + f.language,
	}
	if f.source == nil {
		return env, nil
	}
	files = []isolate.File{{Name: sourceName, Data: f.source}}
	return append(env, "JUDGE_SOURCE="+isolate.WorkDir+"/"+sourceName), files
}
