package judge

import (
	"strings"

	"judge/checkers"
	"judge/judge/build"
	"judge/judge/decide"
	"judge/judge/kinds"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/text"
)

// excerptKept is the number of bytes of a difference's text in a report.
const excerptKept = 200

// record converts the facts and the decision on a test to its entry in the report. There is no other way into the
// report.
func record(t problems.TestCase, f decide.Facts, d decide.Decision) report.Test {
	r := report.Test{Verdict: d.Verdict, Reason: d.Reason, Core: f.Core, Rerun: f.Rerun}
	describe(&r, t)
	if run := f.Run; run != nil {
		r.CPUSeconds, r.WallSeconds = run.Usage.CPU.Seconds(), run.Usage.Wall.Seconds()
		r.MemoryBytes, r.OutputBytes = int64(run.Usage.Memory), int64(run.Usage.Output)
		r.ExitCode, r.Signal = run.Code, report.SignalName(*run)
	}
	if f.Err != nil && d.Verdict == problems.JE {
		r.Message = report.Fault(f.Err, report.MaxMessage)
	}
	if d.Verdict == problems.AC || d.Verdict == problems.WA {
		r.Score, r.Points = f.Check.Score, f.Check.Points
	}
	if d.Verdict == problems.AC || d.Verdict == problems.WA {
		r.Message = text.CutLine(f.Check.Message, report.MaxMessage)
	}
	if f.Deadlock != nil && d.Verdict == problems.TLE {
		r.Message = f.Deadlock.String()
	}
	if d.Verdict == problems.WA {
		r.Difference = difference(f.Check.Difference)
	}
	if d.Verdict != problems.AC && f.Output != nil {
		output := report.Head(f.Output)
		r.Output = &output
	}
	if d.Verdict != problems.AC {
		r.Stderr = text.CutLines(string(f.Stderr), kinds.StderrKept)
	}
	if d.Verdict != problems.AC {
		r.Interaction = text.CutLines(string(f.Dialogue), 4*kinds.DialogueKept) // an escape has four bytes
	}
	return r
}

// recordOf decides a test of a program and records it. A crash that a sanitizer explains has its explanation.
func recordOf(p build.Program, problem *problems.Problem, t problems.TestCase, f decide.Facts) report.Test {
	r := record(t, f, decide.Decide(problem.Limits, f))
	if p.Sanitized && r.Verdict == problems.RTE {
		r.Message = p.SanitizerFault(f.Stderr)
	}
	return r
}

func difference(d *checkers.Difference) *report.Difference {
	if d == nil {
		return nil
	}
	return &report.Difference{
		Line: d.Line, Column: d.Column, Token: d.Token,
		Expected: text.CutLine(d.Expected, excerptKept), Got: text.CutLine(d.Got, excerptKept),
		ExpectedEnd: d.ExpectedEnd, GotEnd: d.GotEnd,
	}
}

// describe sets what does not depend on the run of a test.
func describe(r *report.Test, t problems.TestCase) {
	r.Name, r.Group, r.Recipe = t.Name, strings.Join(t.Groups, ", "), nil
	if t.Recipe != nil && !t.Recipe.OfFile() {
		command := text.CutLine(t.Recipe.Command, maxCommand)
		r.Recipe = &command
	}
}

// maxCommand is the number of bytes of a test's command in a report.
const maxCommand = 500

// skipped returns a test that was not run, or whose run does not count.
func skipped(t problems.TestCase) report.Test {
	r := report.Test{Verdict: problems.SKIP, Core: -1}
	describe(&r, t)
	return r
}

// cut returns a test that an interruption has prevented or cut short. Its result is unknown.
func cut(t problems.TestCase) report.Test {
	r := skipped(t)
	r.Reason = report.Interrupted
	return r
}

func wasCut(t report.Test) bool { return t.Verdict == problems.SKIP && t.Reason == report.Interrupted }

// leaveOut marks tests as unnecessary.
func leaveOut(tests []report.Test) {
	for i := range tests {
		tests[i].Reason = ""
	}
}

// summarize sets a submission's verdict and maxima from its tests: the first test that is not accepted decides. A
// skipped test is not a pass: it decides unless another test has a more specific verdict. After a test that was
// interrupted no later one decides, because the interrupted test might have failed first.
func summarize(s *report.Submission) {
	s.Verdict, s.Reason = problems.AC, ""
	if len(s.Tests) == 0 {
		s.Verdict = problems.SKIP // no test was passed
	}
	for _, t := range s.Tests {
		s.MaxCPUSeconds = max(s.MaxCPUSeconds, t.CPUSeconds)
		s.MaxMemoryBytes = max(s.MaxMemoryBytes, t.MemoryBytes)
		quiet := s.Verdict == problems.AC || s.Verdict == problems.SKIP && s.Reason != report.Interrupted
		if t.Verdict != problems.AC && quiet {
			s.Verdict, s.Reason = t.Verdict, t.Reason
		}
	}
}
