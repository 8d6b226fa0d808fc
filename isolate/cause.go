package isolate

import "syscall"

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
