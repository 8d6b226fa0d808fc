package main

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"

	"judge/isolate"
	"judge/judge/report"
	"judge/problems/text"
)

// usageReport is what --json writes.
type usageReport struct {
	Cause       string  `json:"cause"` // exited, signal, cpu, wall, memory, output, forbidden syscall
	ExitCode    int     `json:"exit_code"`
	Signal      string  `json:"signal"`
	CPUSeconds  float64 `json:"cpu_seconds"`
	WallSeconds float64 `json:"wall_seconds"`
	MemoryBytes int64   `json:"memory_bytes"`
	OutputBytes int64   `json:"output_bytes"`
	StderrBytes int64   `json:"stderr_bytes"`
	OOMKills    int     `json:"oom_kills"`
	Isolation   string  `json:"isolation"`
}

func newUsageReport(level isolate.Level, o isolate.Outcome) usageReport {
	r := usageReport{
		Cause: causeWord(o.Cause), ExitCode: o.Code,
		CPUSeconds: o.Usage.CPU.Seconds(), WallSeconds: o.Usage.Wall.Seconds(), MemoryBytes: int64(o.Usage.Memory),
		OutputBytes: int64(o.Usage.Output), StderrBytes: int64(o.Usage.Stderr), OOMKills: o.Usage.OOM,
		Isolation: level.String(),
	}
	if o.Signal != 0 {
		r.Signal = unix.SignalName(o.Signal)
	}
	return r
}

var causeWords = [...]string{
	isolate.NotRun: "not run", isolate.Exited: "exited", isolate.Signaled: "signal", isolate.CPULimit: "cpu",
	isolate.WallLimit: "wall", isolate.MemoryLimit: "memory", isolate.OutputLimit: "output",
	isolate.BadSyscall: "forbidden syscall",
}

func causeWord(c isolate.Cause) string {
	if int(c) >= len(causeWords) {
		c = isolate.NotRun
	}
	return causeWords[c]
}

// exitLimit is the exit code of timeout(1), too.
const exitLimit = 124

// cannotStart is the exit code of a command that cannot be started, or does not exist, as in shells.
func cannotStart(why syscall.Errno) int {
	if why == syscall.ENOENT {
		return 127
	}
	return 126
}

// printUsage reports the usage and returns the exit code.
func (f jailFlags) printUsage(stdio IO, level isolate.Level, l isolate.Limits, o isolate.Outcome) error {
	if f.json != "" {
		if err := writeUsage(f.json, newUsageReport(level, o)); err != nil {
			return err
		}
	}
	if o.ExecErrno != 0 {
		fmt.Fprintf(stdio.Stderr, "judge: %s: %v\n", text.Line(f.command[0]), o.ExecErrno)
		return &exitStatus{cannotStart(o.ExecErrno)}
	}
	ended, code := ending(l, o)
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
		return "over the " + causeWord(o.Cause) + " limit of " + figure + " " + unit, exitLimit
	}
	mib := func(b isolate.Bytes) float64 { return float64(b) / float64(isolate.MiB) }
	switch o.Cause {
	case isolate.Exited:
		return fmt.Sprintf("exit %d", o.Code), o.Code
	case isolate.Signaled, isolate.BadSyscall:
		words := strings.TrimPrefix(causeWord(o.Cause), "signal") + " signal " + unix.SignalName(o.Signal)
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
		return causeWord(o.Cause), exitJail
	}
}

func writeUsage(path string, r usageReport) error {
	err := report.WriteFile(path, func(w io.Writer) error {
		return text.WriteJSON(w, r)
	})
	if err != nil {
		return fmt.Errorf("write the usage: %w", err)
	}
	return nil
}
