// Package decide turns what was seen of runs into verdicts and scores. It is pure: it starts no process and opens no
// file.
package decide

import (
	"fmt"

	"judge/checkers"
	"judge/isolate"
	"judge/judge/report"
	"judge/problems"
)

// Decision is the verdict on one test. Reason is "" where the verdict says it all.
type Decision struct {
	Verdict problems.Verdict
	Reason  report.Reason
}

// Decide judges one test by all that was seen of it. The first rule that matches stands:
//
//	JE   the jail failed, or nothing was run
//	WA   the interactor saw a wrong answer, worth nothing, before the submission had ended (JE: it failed)
//	MLE  the kernel killed one of its processes for memory
//	OLE  the output was cut at its cap
//	TLE  the CPU limit, then the wall limit, was passed
//	RTE  a signal, a forbidden system call, an exit code
//	JE   the checker failed, which counts only now: on the output of a failed run it may
//	and then what the checker says.
func Decide(limits problems.Limits, f Facts) Decision {
	if f.Run == nil {
		return Decision{problems.JE, failure(f.Err, "not run")}
	}
	if f.First == Interactor {
		switch {
		case f.Check == nil:
			return Decision{problems.JE, failure(f.Err, "bug: no word of the interactor")}
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

// TurnedDown reports whether an answer is wrong and earns nothing. One that earns a part is like one that is right: it
// is the submission's if it then ends as it should.
func TurnedDown(c *checkers.Check) bool {
	earns := func(x *float64) bool { return x != nil && *x > 0 }
	return !c.Accepted && !earns(c.Score) && !earns(c.Points)
}

// decideStopped is for a submission that was ended with its interaction.
func decideStopped(f Facts) Decision {
	switch {
	case f.Deadlock != nil:
		return Decision{problems.TLE, report.Idle}
	case f.Check == nil:
		return Decision{problems.JE, failure(f.Err, "bug: stopped for nothing")}
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

// wallReason tells a program that waits from one that was slow in other ways: Idle is a program that slept at the wall
// limit, had used less than half of its CPU time and had been running for less than a tenth of the elapsed time.
func wallReason(limits problems.Limits, run isolate.Outcome) report.Reason {
	if run.Asleep && run.Usage.CPU < limits.Time/2 && run.Usage.CPU < run.Usage.Wall/10 {
		return report.Idle
	}
	return report.OverWall
}

// floodReason says what was counted, where stdout alone was not too much.
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
