package isolate

import (
	"syscall"
	"time"
)

// Cause is how a run ended. If several apply, it is the first of: MemoryLimit, OutputLimit,
// CPULimit, WallLimit, Stopped, BadSyscall, Signaled, Exited.
type Cause uint8

// The causes. The zero value is not one.
const (
	NotRun      Cause = iota
	Exited            // by itself, with Outcome.Code
	Signaled          // by Outcome.Signal, which no limit sent
	CPULimit          // used more CPU time than Limits.CPU
	WallLimit         // still ran at Limits.Wall
	MemoryLimit       // the kernel's OOM killer ended one of its processes
	OutputLimit       // wrote more than Limits.Output to stdout or Limits.Stderr to stderr
	BadSyscall        // made a system call that only an attack makes
	Stopped           // by Command.Stop
)

// Outcome is the facts of a run, without judgement. Whatever the program did is an Outcome, never
// an error.
type Outcome struct {
	Cause  Cause
	Code   int            // exit code, if it exited
	Signal syscall.Signal // if a signal ended it, also that of a limit
	// ExecErrno is set if the program could not be started (bad format, not executable, ...). Code
	// is then 127.
	ExecErrno syscall.Errno
	// Asleep is set if all threads slept when the program was stopped at its wall limit. In a
	// Meeting: the threads of all parties.
	Asleep bool
	Usage  Usage
}

// Usage is what all processes of a run used together.
type Usage struct {
	CPU time.Duration // user + system time, from the cgroup, without the jail's set-up
	// Wall is CLOCK_MONOTONIC from just before exec to the end of the main process. In a Meeting it
	// begins when the last party has started. Beyond the limit it leaves out the time in which
	// other processes of the host had the core.
	Wall   time.Duration
	Memory Bytes // peak of anonymous, shared, tmpfs and kernel memory, without cached files
	Output Bytes // bytes written to stdout, also after the limit until the kill
	Stderr Bytes // bytes written to stderr
	OOM    int   // number of processes that the OOM killer ended
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

// stop is why the judge killed a jail.
type stop uint8

const (
	ended     stop = iota // it did not: the program ended by itself
	stopCPU               // over Limits.CPU
	stopWall              // over Limits.Wall
	stopFlood             // over Limits.Output or Limits.Stderr
	stopAsked             // by Command.Stop
	stopOOM               // the OOM killer ended one of its processes
)

// cause returns how a run ended. The order is that of Cause.
func cause(limits Limits, stopped stop, end processEnd, usage Usage) Cause {
	switch {
	case usage.OOM > 0:
		return MemoryLimit
	case usage.Output > limits.Output, limits.Stderr > 0 && usage.Stderr > limits.Stderr:
		return OutputLimit
	case usage.CPU > limits.CPU: // the final figure, as the program may have ended before the judge looked
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
