package kinds

import (
	"context"
	"fmt"

	"judge/isolate"
	"judge/judge/report"
)

// countingAll returns a runner for submissions with one limit on stdout, stderr and files together: "Limits" of
// the ICPC problem package format, 2025-09. A flood of either stream ends the program at once, because each alone
// is bounded by the whole limit. Files are counted when the program has ended.
func countingAll(run isolate.Runner) isolate.Runner {
	return func(ctx context.Context, command isolate.Command) (isolate.Outcome, error) {
		var files isolate.Bytes
		command.Limits.Stderr = command.Limits.Output
		if !command.ReadOnly {
			given, collect := command.Files, command.Collect
			command.Collect = func(work *isolate.Work) (err error) {
				if files, err = work.Written(given); err != nil || collect == nil {
					return err
				}
				return collect(work)
			}
		}
		outcome, err := run(ctx, command)
		written := outcome.Usage.Output + outcome.Usage.Stderr + files
		if err == nil && written > command.Limits.Output && outcome.Cause != isolate.MemoryLimit {
			outcome.Cause = isolate.OutputLimit
		}
		return outcome, err
	}
}

// checkerFailure returns why one of the problem's programs did not end by itself, with the limit that it reached;
// nil if it did.
func checkerFailure(outcome isolate.Outcome, limits isolate.Limits) error {
	switch outcome.Cause {
	case isolate.Exited:
		if outcome.ExecErrno != 0 {
			return fmt.Errorf("could not start: %w", outcome.ExecErrno)
		}
		return nil
	case isolate.MemoryLimit:
		return fmt.Errorf("memory: used more than the %s of validation_memory", mebibytes(limits.Memory))
	case isolate.OutputLimit:
		return tooMuchWritten(limits.Output)
	case isolate.CPULimit:
		return fmt.Errorf("time: used more than the %g s of validation_time", limits.CPU.Seconds())
	case isolate.WallLimit:
		return fmt.Errorf("time: still running after %g s, with a validation_time of %g s", limits.Wall.Seconds(),
			limits.CPU.Seconds())
	case isolate.BadSyscall:
		return fmt.Errorf("forbidden syscall")
	default:
		return fmt.Errorf("signal %s", report.SignalName(outcome))
	}
}

func tooMuchWritten(limit isolate.Bytes) error {
	return fmt.Errorf("output: wrote more than the %s of validation_output", mebibytes(limit))
}

func mebibytes(b isolate.Bytes) string { return fmt.Sprintf("%g MiB", float64(b)/float64(isolate.MiB)) }
