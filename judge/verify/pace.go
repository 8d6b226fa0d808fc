package verify

import (
	"context"
	"fmt"
	"time"

	"judge/judge"
	"judge/judge/calibrate"
	"judge/judge/report"
	"judge/problems"
)

// findLimit finds the time limit of a problem that states none: by the rule of the ICPC format, from the submissions that have to be fast
// enough. They run within the stand-in that the reader has put there.
func (w *verification) findLimit(ctx context.Context) error {
	request := judge.Request{Problem: w.problem, Stop: judge.AtFirstTimeout}
	for _, s := range w.problem.Submissions {
		kind, ok := calibrate.KindOf(s)
		if ok && kind != calibrate.TooSlow && w.Engine.Understand(request, s.Path) == nil {
			request.Submissions = append(request.Submissions, s.Path)
		}
	}
	if len(request.Submissions) == 0 {
		w.find(Warning, "time limit", "", "", fmt.Sprintf("no submission is there to find a time limit by; %v is used", w.problem.Limits.Time))
		return nil
	}
	r, err := w.Engine.Judge(ctx, request)
	if err != nil {
		if hostError(ctx, err) {
			return err
		}
		return nil // the judging of all submissions will say it
	}
	var timings []calibrate.Timing
	for _, s := range r.Submissions {
		timings = append(timings, calibrate.TimingOf(calibrate.FastEnough, s))
	}
	limits := w.rule().Fit(timings, 0)
	if limits.Proposed <= 0 {
		return nil
	}
	problem := *w.problem
	problem.Limits = problem.Limits.WithTime(time.Duration(limits.Proposed * float64(time.Second)))
	w.problem = &problem
	return nil
}

// pace holds the time limit against what submissions take: "Problem timing" of the ICPC format.
func (w *verification) pace(ctx context.Context) error {
	r := w.result.Report
	if r == nil {
		return nil
	}
	rule, limit := w.rule(), w.problem.Limits.Time.Seconds()
	var slow []string
	for _, s := range w.problem.Submissions {
		kind, ok := calibrate.KindOf(s)
		if !ok {
			continue
		}
		of := resultOf(r, w.short(s.Path))
		switch {
		case of == nil || of.Verdict == problems.CE:
		case kind == calibrate.TooSlow:
			if timedOut(*of) {
				slow = append(slow, s.Path)
			}
		case of.MaxCPUSeconds*rule.ACToTimeLimit > limit && !w.problem.NoTimeLimit:
			w.find(Warning, "time limit", of.Path, s.Path, fmt.Sprintf("it takes %.2f s of %.2f s: the limit leaves less than a factor of %g", of.MaxCPUSeconds, limit, rule.ACToTimeLimit))
		}
	}
	w.done("time limit", len(slow))
	return w.slowEnough(ctx, slow, rule)
}

// slowEnough runs the submissions that are too slow again, for as long as the rule wants them to take.
func (w *verification) slowEnough(ctx context.Context, slow []string, rule calibrate.Rule) error {
	if len(slow) == 0 {
		return nil
	}
	problem := *w.problem
	longer := time.Duration(float64(problem.Limits.Time) * rule.TimeLimitToTLE)
	problem.Limits = problem.Limits.WithTime(longer)
	r, err := w.Engine.Judge(ctx, judge.Request{Problem: &problem, Submissions: slow, Stop: judge.AtFirstTimeout})
	if err != nil {
		return err
	}
	for i, s := range r.Submissions {
		if !timedOut(s) {
			w.find(Warning, "time limit", w.short(slow[i]), slow[i], fmt.Sprintf("it takes no more than %.2f s, %g times the limit: it is hardly too slow", longer.Seconds(), rule.TimeLimitToTLE))
		}
	}
	return nil
}

func timedOut(s report.Submission) bool {
	for _, t := range s.Tests {
		if t.Verdict == problems.TLE {
			return true
		}
	}
	return false
}

func resultOf(r *report.Report, path string) *report.Submission {
	for i := range r.Submissions {
		if r.Submissions[i].Path == path {
			return &r.Submissions[i]
		}
	}
	return nil
}
