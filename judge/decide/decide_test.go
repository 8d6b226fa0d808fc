package decide

import (
	"errors"
	"syscall"
	"testing"
	"time"

	"judge/checkers"
	"judge/isolate"
	"judge/judge/report"
	"judge/problems"
)

func ended(cause isolate.Cause, usage isolate.Usage) Facts {
	return Facts{Run: &isolate.Outcome{Cause: cause, Usage: usage}}
}

// asleep is a program that slept when it was stopped at its wall limit.
func asleep(usage isolate.Usage) Facts {
	return Facts{Run: &isolate.Outcome{Cause: isolate.WallLimit, Usage: usage, Asleep: true}}
}

func exited(code int, check *checkers.Check, err error) Facts {
	return Facts{Run: &isolate.Outcome{Cause: isolate.Exited, Code: code}, Check: check, Err: err}
}

// talked is an interaction in which that party ended first.
func talked(first Party, cause isolate.Cause, check *checkers.Check, err error) Facts {
	f := Facts{Run: &isolate.Outcome{Cause: cause}, First: first, Check: check, Err: err}
	if cause == isolate.Signaled {
		f.Run.Signal = syscall.SIGSEGV
	}
	return f
}

func signaled(signal syscall.Signal) Facts {
	return Facts{Run: &isolate.Outcome{Cause: isolate.Signaled, Signal: signal}}
}

func TestDecideByTheFirstRuleThatMatches(t *testing.T) {
	limits := problems.Limits{Time: time.Second, Wall: 3 * time.Second}
	yes, no := &checkers.Check{Accepted: true}, &checkers.Check{}
	used := func(cpu time.Duration) isolate.Usage { return isolate.Usage{CPU: cpu, Wall: 3 * time.Second} }
	rows := []struct {
		rule  string
		facts Facts
		want  Decision
	}{
		{"right", exited(0, yes, nil), Decision{problems.AC, ""}},
		{"wrong", exited(0, no, nil), Decision{problems.WA, ""}},
		{"right, then exit 1", exited(1, yes, nil), Decision{problems.RTE, "exit 1"}},
		{"wrong and exit 3", exited(3, no, nil), Decision{problems.RTE, "exit 3"}},
		{"killed by the kernel for memory", ended(isolate.MemoryLimit, isolate.Usage{}), Decision{problems.MLE, ""}},
		{"too much output", ended(isolate.OutputLimit, isolate.Usage{}), Decision{problems.OLE, ""}},
		{"too much on stderr", ended(isolate.OutputLimit, isolate.Usage{Stderr: 9}), Decision{problems.OLE, ""}},
		{"too much CPU time", ended(isolate.CPULimit, used(2*time.Second)), Decision{problems.TLE, "cpu"}},
		{"right, but over the limit that the jail had widened", Facts{Run: &isolate.Outcome{Cause: isolate.Exited, Usage: used(1001 * time.Millisecond)}, Check: yes},
			Decision{problems.TLE, "cpu"}},
		{"right at the limit", Facts{Run: &isolate.Outcome{Cause: isolate.Exited, Usage: used(time.Second)}, Check: yes}, Decision{problems.AC, ""}},
		{"asleep until the wall limit", asleep(used(time.Millisecond)), Decision{problems.TLE, "idle"}},
		{"no core until the wall limit", ended(isolate.WallLimit, used(time.Millisecond)), Decision{problems.TLE, "wall"}},
		{"slow until the wall limit", ended(isolate.WallLimit, used(900*time.Millisecond)), Decision{problems.TLE, "wall"}},
		{"a tenth of the time at work is not idle", ended(isolate.WallLimit, used(300*time.Millisecond)), Decision{problems.TLE, "wall"}},
		{"crashed", signaled(syscall.SIGSEGV), Decision{problems.RTE, "signal SIGSEGV"}},
		{"a signal without a name", signaled(40), Decision{problems.RTE, "signal 40"}},
		{"a forbidden system call", ended(isolate.BadSyscall, isolate.Usage{}), Decision{problems.RTE, "forbidden syscall"}},
		{"an executable that cannot start", Facts{Run: &isolate.Outcome{Cause: isolate.Exited, Code: 127, ExecErrno: syscall.ENOEXEC}},
			Decision{problems.RTE, "could not start: exec format error"}},
		{"the jail failed", Facts{Err: errors.New("no cgroup")}, Decision{problems.JE, "no cgroup"}},
		{"the checker failed on a clean run", exited(0, nil, errors.New("answer unreadable")), Decision{problems.JE, "answer unreadable"}},
		{"the checker failed on a failed run", exited(2, nil, errors.New("answer unreadable")), Decision{problems.RTE, "exit 2"}},
		{"the interactor saw a wrong answer, and then the submission crashed", talked(Interactor, isolate.Signaled, no, nil), Decision{problems.WA, ""}},
		{"the interactor saw a wrong answer and the submission was ended", talked(Interactor, isolate.Stopped, no, nil), Decision{problems.WA, ""}},
		{"the submission crashed, and then the interactor rejected", talked(Submission, isolate.Signaled, no, nil), Decision{problems.RTE, "signal SIGSEGV"}},
		{"the submission crashed, and then the interactor failed", talked(Submission, isolate.Signaled, nil, errors.New("eof")), Decision{problems.RTE, "signal SIGSEGV"}},
		{"the interactor accepted, and then the submission crashed", talked(Interactor, isolate.Signaled, yes, nil), Decision{problems.RTE, "signal SIGSEGV"}},
		{"both agreed", talked(Interactor, isolate.Exited, yes, nil), Decision{problems.AC, ""}},
		{"the submission ended first and was right", talked(Submission, isolate.Exited, yes, nil), Decision{problems.AC, ""}},
		{"the interactor failed first", talked(Interactor, isolate.Stopped, nil, errors.New("checker exit 1")), Decision{problems.JE, "checker exit 1"}},
		{"the interactor failed on a submission that had ended well", talked(Submission, isolate.Exited, nil, errors.New("checker exit 1")), Decision{problems.JE, "checker exit 1"}},
		{"both waited for each other", Facts{Run: &isolate.Outcome{Cause: isolate.Stopped}, First: Submission, Deadlock: &Deadlock{}, Check: no}, Decision{problems.TLE, "idle"}},
		{"it ended when the other was stopped", Facts{
			Run: &isolate.Outcome{Cause: isolate.Exited}, First: Submission, Deadlock: &Deadlock{}, Err: errors.New("signal SIGKILL"),
		}, Decision{problems.TLE, "idle"}},
		{"it failed when the other was stopped", Facts{
			Run: &isolate.Outcome{Cause: isolate.Exited, Code: 1}, First: Submission, Deadlock: &Deadlock{},
		}, Decision{problems.TLE, "idle"}},
		{"nothing recorded", Facts{}, Decision{problems.JE, "not run"}},
		{"no check of a clean run", exited(0, nil, nil), Decision{problems.JE, "bug: no check of a clean run"}},
		{"an outcome that is none", Facts{Run: &isolate.Outcome{}}, Decision{problems.JE, "bug: a run ended with NotRun"}},
	}
	for _, row := range rows {
		if got := Decide(limits, row.facts); got != row.want {
			t.Errorf("%s: %+v, want %+v", row.rule, got, row.want)
		}
	}
}

func TestFloodReasonNamesTheCountedStreams(t *testing.T) {
	for _, row := range []struct {
		all, readOnly bool
		used          isolate.Usage
		want          string
	}{
		{false, false, isolate.Usage{Output: 2000}, ""},
		{true, true, isolate.Usage{Output: 2000, Stderr: 2000}, ""},
		{true, true, isolate.Usage{Output: 600, Stderr: 600}, "with stderr"},
		{true, false, isolate.Usage{Output: 600}, "with stderr and files"},
	} {
		limits := problems.Limits{Output: 1000, OutputOfAll: row.all, ReadOnly: row.readOnly}
		if got := Decide(limits, ended(isolate.OutputLimit, row.used)); got != (Decision{problems.OLE, report.Reason(row.want)}) {
			t.Errorf("%+v: %+v", row, got)
		}
	}
}
