// Package decide turns facts of runs into verdicts and scores. It is pure: it starts no process and opens no file.
package decide

import (
	"fmt"

	"judge/checkers"
	"judge/isolate"
	"judge/judge/report"
	"judge/problems"
)

// Decision is the verdict on one test. Reason is "" if the verdict needs no explanation.
type Decision struct {
	Verdict problems.Verdict
	Reason  report.Reason
}

// Decide returns the verdict on one test. The first rule that matches applies:
//
//	JE   the jail failed, or no program ran
//	WA   the interactor rejected before the submission ended (JE: the interactor failed)
//	MLE  the kernel killed one of its processes for memory
//	OLE  the output reached its limit
//	TLE  the CPU limit was reached, the programs of a test waited for each other, or the wall limit was reached
//	RTE  a signal, a forbidden system call, an exit code
//	JE   the checker failed; it may fail on the output of a failed run, so this comes last
//	then the result of the checker.
func Decide(limits problems.Limits, f Facts) Decision {
	if f.Run == nil {
		return Decision{problems.JE, failure(f.Err, "not run")}
	}
	if f.First == Interactor {
		switch {
		case f.Check == nil:
			return Decision{problems.JE, failure(f.Err, "bug: no answer from the interactor")}
		case TurnedDown(f.Check):
			return Decision{problems.WA, ""}
		}
	}
	run := *f.Run
	switch {
	case run.Cause == isolate.MemoryLimit:
		return Decision{problems.MLE, ""}
	case run.Cause == isolate.OutputLimit:
		return Decision{problems.OLE, floodReason(limits, run.Usage)}
	case run.Cause == isolate.CPULimit, limits.Time > 0 && run.Usage.CPU > limits.Time:
		return Decision{problems.TLE, report.OverCPU}
	case f.Deadlock != nil: // a program may see the other's end, and exit by itself, before it is stopped
		return Decision{problems.TLE, report.Idle}
	}
	switch run.Cause {
	case isolate.WallLimit:
		return Decision{problems.TLE, wallReason(limits, run)}
	case isolate.Stopped:
		return decideStopped(f)
	case isolate.BadSyscall:
		return Decision{problems.RTE, "forbidden syscall"}
	case isolate.Signaled:
		return Decision{problems.RTE, report.Reason("signal " + report.SignalName(run))}
	case isolate.Exited:
		return decideExit(run, f)
	default:
		return Decision{problems.JE, report.Reason(fmt.Sprintf("bug: a run ended with %v", run.Cause))}
	}
}

// TurnedDown reports whether an answer is wrong and scores nothing. An answer that scores part of the points is
// treated like a correct one: it counts if the submission then ends normally.
func TurnedDown(c *checkers.Check) bool {
	scores := func(x *float64) bool { return x != nil && *x > 0 }
	return !c.Accepted && !scores(c.Score) && !scores(c.Points)
}

// decideStopped decides for a submission that was stopped because its interaction was over.
func decideStopped(f Facts) Decision {
	switch {
	case f.Check == nil:
		return Decision{problems.JE, failure(f.Err, "bug: stopped without a reason")}
	case f.Check.Accepted:
		return Decision{problems.JE, "bug: stopped although accepted"}
	default:
		return Decision{problems.WA, ""}
	}
}

func decideExit(run isolate.Outcome, f Facts) Decision {
	switch {
	case run.ExecErrno != 0:
		return Decision{problems.RTE, report.Reason("could not start: " + run.ExecErrno.Error())}
	case run.Code != 0:
		return Decision{problems.RTE, report.Reason(fmt.Sprintf("exit %d", run.Code))}
	case f.Check == nil:
		return Decision{problems.JE, failure(f.Err, "bug: no check of a clean run")}
	case f.Check.Accepted:
		return Decision{problems.AC, ""}
	default:
		return Decision{problems.WA, ""}
	}
}

// wallReason distinguishes a waiting program from a slow one: Idle is a program that slept at the wall limit, had
// used less than half of its CPU time and had run for less than a tenth of the elapsed time.
func wallReason(limits problems.Limits, run isolate.Outcome) report.Reason {
	if run.Asleep && run.Usage.CPU < limits.Time/2 && run.Usage.CPU < run.Usage.Wall/10 {
		return report.Idle
	}
	return report.OverWall
}

// floodReason returns what was counted, unless stdout alone exceeded the limit.
func floodReason(limits problems.Limits, used isolate.Usage) report.Reason {
	switch {
	case !limits.OutputOfAll || used.Output > isolate.Bytes(limits.Output):
		return ""
	case limits.ReadOnly:
		return "with stderr"
	default:
		return "with stderr and files"
	}
}

func failure(err error, otherwise report.Reason) report.Reason {
	if err == nil {
		return otherwise
	}
	return report.Reason(report.Fault(err, report.MaxReason))
}
