package verify

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"judge/judge"
	"judge/judge/calibrate"
	"judge/judge/report"
	"judge/problems"
)

// findLimit derives the time limit of a problem that declares none: by the rule of the ICPC format, from the
// submissions that must be fast enough. They run within the provisional limit of the reader.
func (w *verification) findLimit(ctx context.Context) error {
	request := judge.Request{Problem: w.problem, Stop: judge.AtFirstTimeout}
	for _, s := range w.problem.Submissions {
		kind, ok := calibrate.KindOf(s)
		if ok && kind != calibrate.TooSlow && w.Engine.Check(request, s.Path) == nil {
			request.Submissions, request.Listed = append(request.Submissions, s.Path), append(request.Listed, s.Listed)
		}
	}
	if len(request.Submissions) == 0 {
		w.note(fmt.Sprintf("no submissions to derive a time limit from; using %g s", w.problem.Limits.Time.Seconds()))
		return nil
	}
	r, err := w.Engine.Judge(ctx, request)
	if err != nil {
		if hostError(ctx, err) {
			return err
		}
		return nil // the judging of all submissions will report it
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
	w.result.Found = true
	w.note(fmt.Sprintf("time limit %g s, derived from %s", limits.Proposed, plural(len(timings), "submission")))
	return nil
}

// pace compares the time limit with the times of submissions: "Problem timing" of the ICPC format. The slowest comes
// first.
func (w *verification) pace(ctx context.Context) error {
	r := w.result.Report
	if r == nil {
		return nil
	}
	rule, limit := w.rule(), w.problem.Limits.Time.Seconds()
	var slow []problems.Submission
	var tight []*report.Submission
	for _, s := range w.problem.Submissions {
		kind, ok := calibrate.KindOf(s)
		if !ok {
			continue
		}
		of := resultOf(r, w.nameOf(s))
		switch {
		case of == nil || of.Verdict == problems.CE:
		case kind == calibrate.TooSlow:
			if timedOut(*of) {
				slow = append(slow, s)
			}
		case of.MaxCPUSeconds*rule.ACToTimeLimit > limit && !timedOut(*of) && !w.problem.NoTimeLimit:
			tight = append(tight, of)
		}
	}
	slices.SortStableFunc(tight, func(a, b *report.Submission) int {
		return cmp.Compare(b.MaxCPUSeconds, a.MaxCPUSeconds)
	})
	for _, of := range tight {
		message := fmt.Sprintf("takes %.2f s: the limit of %.4g s is less than %g times that",
			of.MaxCPUSeconds, limit, rule.ACToTimeLimit)
		file := filepath.Join(w.problem.Dir, of.Path)
		w.findFor("tight", Finding{
			Severity: Warning, Check: KindTimeLimit, Subject: of.Path, File: file, Message: message,
		})
	}
	w.done("TLE submission", len(slow))
	return w.slowEnough(ctx, slow, rule)
}

// slowEnough runs the submissions with the expected verdict TLE again, for as long as the rule requires.
func (w *verification) slowEnough(ctx context.Context, slow []problems.Submission, rule calibrate.Rule) error {
	if len(slow) == 0 {
		return nil
	}
	problem := *w.problem
	longer := time.Duration(float64(problem.Limits.Time) * rule.TimeLimitToTLE)
	problem.Limits = problem.Limits.WithTime(longer)
	request := judge.Request{Problem: &problem, Stop: judge.AtFirstTimeout}
	for _, s := range slow {
		request.Submissions, request.Listed = append(request.Submissions, s.Path), append(request.Listed, s.Listed)
	}
	r, err := w.Engine.Judge(ctx, request)
	if err != nil {
		return err
	}
	for i, s := range r.Submissions {
		if !timedOut(s) {
			message := fmt.Sprintf("finishes within %gx the limit (%.2f s): too close to count as TLE",
				rule.TimeLimitToTLE, longer.Seconds())
			w.find(Warning, KindTimeLimit, w.nameOf(slow[i]), w.listed(slow[i].Listed, slow[i].Path), message)
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
