package isolate

import (
	"syscall"
	"time"
)

// Cause is how a run ended. When several apply, the first of this order stands: MemoryLimit, OutputLimit, CPULimit,
// WallLimit, Stopped, BadSyscall, Signaled, Exited.
type Cause uint8

// The causes; the zero value is not one.
const (
	NotRun      Cause = iota
	Exited            // by itself, with Outcome.Code
	Signaled          // by Outcome.Signal, which no limit sent
	CPULimit          // used more CPU time than Limits.CPU
	WallLimit         // was still there at Limits.Wall
	MemoryLimit       // the kernel's OOM killer ended one of its processes
	OutputLimit       // wrote more than Limits.Output to stdout or Limits.Stderr to stderr
	BadSyscall        // made a system call that only an attack makes
	Stopped           // by Command.Stop
)

// Outcome is what was seen of a run: facts, no judgement. Whatever the program did is an Outcome, never an error.
type Outcome struct {
	Cause  Cause
	Code   int            // exit code, when it exited
	Signal syscall.Signal // when a signal ended it, a limit's kill included
	// ExecErrno is set when the program could not be started (bad format, not executable, ...); Code is then 127.
	ExecErrno syscall.Errno
	// Asleep is set when the program was stopped at its wall limit and all its threads slept then; in a Meeting, those of all parties.
	Asleep bool
	Usage  Usage
}

// Usage is what a run used, of all its processes together.
type Usage struct {
	CPU time.Duration // user + system, from the cgroup; the jail's own set-up is not in it
	// Wall is CLOCK_MONOTONIC, from just before exec (in a Meeting, from when the last party had started) to the end of the main process;
	// beyond the limit, without the time in which others on the host had its core.
	Wall   time.Duration
	Memory Bytes // the most that was held at a time: anonymous, shared, tmpfs and kernel memory, no cached files
	Output Bytes // bytes written to stdout, including what came after the limit until the kill
	Stderr Bytes // bytes written to stderr
	OOM    int   // processes that the OOM killer ended
}

var causes = [...]string{
	NotRun: "NotRun", Exited: "Exited", Signaled: "Signaled", CPULimit: "CPULimit", WallLimit: "WallLimit",
	MemoryLimit: "MemoryLimit", OutputLimit: "OutputLimit", BadSyscall: "BadSyscall",
	Stopped: "Stopped",
}

// String returns the constant's name.
func (c Cause) String() string {
	if int(c) >= len(causes) {
		return "unknown"
	}
	return causes[c]
}

// stop is why the watch killed a jail.
type stop uint8

const (
	ended     stop = iota // it did not: the program ended by itself
	stopCPU               // over Limits.CPU
	stopWall              // over Limits.Wall
	stopFlood             // over Limits.Output or Limits.Stderr
	stopAsked             // by Command.Stop
	stopOOM               // the OOM killer has ended one of its processes
)

// cause decides how a run ended from what was seen of it; the order is Cause's.
func cause(limits Limits, stopped stop, end processEnd, usage Usage) Cause {
	switch {
	case usage.OOM > 0:
		return MemoryLimit
	case usage.Output > limits.Output, limits.Stderr > 0 && usage.Stderr > limits.Stderr:
		return OutputLimit
	case usage.CPU > limits.CPU: // by the final figure: it holds also when the program ended before the watch looked
		return CPULimit
	case stopped == stopWall || usage.Wall > limits.Wall:
		return WallLimit
	case stopped == stopAsked && end.signal == syscall.SIGKILL: // unless it had just ended by itself
		return Stopped
	case end.signal == syscall.SIGSYS:
		return BadSyscall
	case end.signal != 0:
		return Signaled
	default:
		return Exited
	}
}

// processEnd is how the main process ended.
type processEnd struct {
	code   int
	signal syscall.Signal
	exec   syscall.Errno
}
