package sandbox

import (
	"golang.org/x/sys/unix"

	"judge/isolate"
)

// Usage is how a command ended and what it used.
type Usage struct {
	// Cause is exited, signal, cpu, wall, memory, output, forbidden syscall or not started.
	Cause       string  `json:"cause"`
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

const notStarted = "not started"

// NewUsage returns the usage of a command that a jail ran.
func NewUsage(level isolate.Level, o isolate.Outcome) Usage {
	u := Usage{
		Cause: Word(o.Cause), ExitCode: o.Code,
		CPUSeconds: o.Usage.CPU.Seconds(), WallSeconds: o.Usage.Wall.Seconds(), MemoryBytes: int64(o.Usage.Memory),
		OutputBytes: int64(o.Usage.Output), StderrBytes: int64(o.Usage.Stderr), OOMKills: o.Usage.OOM,
		Isolation: level.String(),
	}
	if o.Signal != 0 {
		u.Signal = unix.SignalName(o.Signal)
	}
	if o.ExecErrno != 0 {
		u.Cause, u.ExitCode = notStarted, CannotStart(o.ExecErrno)
	}
	return u
}

// NotStarted returns the usage of a command that was not found. No jail was made for it.
func NotStarted(code int) Usage { return Usage{Cause: notStarted, ExitCode: code} }

// Word returns the word of a cause in a Usage.
func Word(c isolate.Cause) string {
	words := [...]string{
		isolate.NotRun: "not run", isolate.Exited: "exited", isolate.Signaled: "signal", isolate.CPULimit: "cpu",
		isolate.WallLimit: "wall", isolate.MemoryLimit: "memory", isolate.OutputLimit: "output",
		isolate.BadSyscall: "forbidden syscall",
	}
	if int(c) >= len(words) {
		c = isolate.NotRun
	}
	return words[c]
}
