package main

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"judge/cmd/judge/sandbox"
	"judge/isolate"
	"judge/judge/report"
	"judge/problems/text"
)

// exitLimit is the exit code of timeout(1), too.
const exitLimit = 124

// printUsage reports the usage and returns the exit code.
func (f jailFlags) printUsage(stdio IO, level isolate.Level, l isolate.Limits, o isolate.Outcome) error {
	if f.json != "" {
		if err := writeUsage(f.json, sandbox.NewUsage(level, o)); err != nil {
			return err
		}
	}
	if o.ExecErrno != 0 {
		fmt.Fprintf(stdio.Stderr, "judge: %s: %v\n", text.Line(f.command[0]), o.ExecErrno)
		return &exitStatus{sandbox.CannotStart(o.ExecErrno)}
	}
	ended, code := ending(l, o)
	if f.quiet {
		return &exitStatus{code}
	}
	memory := float64(o.Usage.Memory) / float64(isolate.MiB)
	fmt.Fprintf(stdio.Stderr,
		"judge: %s; cpu %.3f s, wall %.3f s, memory %.1f MiB, output %d bytes; isolation %s\n",
		ended, o.Usage.CPU.Seconds(), o.Usage.Wall.Seconds(), memory, o.Usage.Output, level)
	return &exitStatus{code}
}

// ending returns how a command ended, a limit with its figure, and the exit code for it.
func ending(l isolate.Limits, o isolate.Outcome) (string, int) {
	over := func(limit float64, unit string) (string, int) {
		figure := strconv.FormatFloat(math.Round(limit*1000)/1000, 'f', -1, 64)
		return "over the " + sandbox.Word(o.Cause) + " limit of " + figure + " " + unit, exitLimit
	}
	mib := func(b isolate.Bytes) float64 { return float64(b) / float64(isolate.MiB) }
	switch o.Cause {
	case isolate.Exited:
		return fmt.Sprintf("exit %d", o.Code), o.Code
	case isolate.Signaled, isolate.BadSyscall:
		words := strings.TrimPrefix(sandbox.Word(o.Cause), "signal") + " signal " + unix.SignalName(o.Signal)
		return strings.TrimSpace(words), 128 + int(o.Signal)
	case isolate.CPULimit:
		return over(l.CPU.Seconds(), "s")
	case isolate.WallLimit:
		return over(l.Wall.Seconds(), "s")
	case isolate.MemoryLimit:
		return over(mib(l.Memory), "MiB")
	case isolate.OutputLimit:
		return over(mib(l.Output), "MiB")
	default:
		return sandbox.Word(o.Cause), exitJail
	}
}

func writeUsage(path string, u sandbox.Usage) error {
	err := report.WriteFile(path, func(w io.Writer) error {
		return text.WriteJSON(w, u)
	})
	if err != nil {
		return fmt.Errorf("write the usage: %w", err)
	}
	return nil
}
