package verify

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"judge/judge"
	"judge/judge/report"
	"judge/problems"
)

// submissions judges every submission and compares it with what is expected of it.
func (w *verification) submissions(ctx context.Context) error {
	if w.problem.NoTimeLimit {
		if err := w.findLimit(ctx); err != nil {
			return err
		}
	}
	request, err := w.request(ctx)
	if err != nil || len(request.Submissions) == 0 {
		return err
	}
	r, err := w.Engine.Judge(ctx, request)
	if r == nil {
		if hostError(ctx, err) {
			return err
		}
		w.unusable(Error, KindChecker, err)
		return nil
	}
	for i := range r.Submissions {
		r.Submissions[i].Path = request.Listed[i]
	}
	w.leaveOutPython2(request, r)
	w.leaveOpen(r)
	w.result.Report = r
	finished := 0
	for _, s := range r.Submissions {
		if !s.Unfinished {
			finished++
			w.judged(s)
		}
	}
	w.done("submission", finished)
	w.done("cached test result", cached(r))
	return err
}

// request returns the request for the submissions that can be judged here.
func (w *verification) request(ctx context.Context) (judge.Request, error) {
	request := judge.Request{Problem: w.problem, Observe: w.Observe}
	isForeignRight := func(f problems.Foreign) bool { return isRight(f.Submission) }
	stated, accepted := false, false // to be accepted: any, and any that can be judged
	var noPrograms []string
	for _, s := range w.problem.Submissions {
		if ctx.Err() != nil {
			return request, ctx.Err()
		}
		right := isRight(s)
		stated = stated || right
		if err := w.Engine.Check(request, s.Path); err != nil {
			if name := w.notJudged(s, err); name != "" {
				noPrograms = append(noPrograms, name)
			}
			continue
		}
		accepted = accepted || right
		request.Submissions = append(request.Submissions, s.Path)
		request.Listed = append(request.Listed, w.nameOf(s))
	}
	w.foundNoPrograms(noPrograms)
	switch {
	case w.Chosen:
	case w.problem.NoSubmissions && len(w.problem.Submissions)+len(w.problem.Foreign) == 0:
		w.gap("no submissions, so it is unknown whether they can be solved")
	case !stated && slices.ContainsFunc(w.problem.Foreign, isForeignRight): // its language is told
	case !stated:
		w.find(Warning, KindSubmission, "", "",
			"no submission with the expected verdict AC: it is unknown whether the problem can be solved")
	case !accepted:
		w.find(Error, KindSubmission, "", "", "no submission with the expected verdict AC can be judged on this host")
	}
	return request, nil
}

// isRight reports whether a submission is expected to be accepted.
func isRight(s problems.Submission) bool { return len(s.Expect) == 1 && s.Expect[0] == problems.AC }

// cached counts the results of earlier runs.
func cached(r *report.Report) (n int) {
	for _, s := range r.Submissions {
		for _, t := range s.Tests {
			if t.Cached {
				n++
			}
		}
	}
	return n
}

// judged records what is wrong with one result.
func (w *verification) judged(s report.Submission) {
	path := filepath.Join(w.problem.Dir, s.Path)
	for _, t := range s.Tests {
		if t.Verdict == problems.JE {
			w.drafts = slices.DeleteFunc(w.drafts, func(d draft) bool { // the checker has shown it before
				return d.Check == KindChecker && d.cause != "" && d.cause == t.Message
			})
			message := "judge error on test " + t.Name + ": " + t.Message
			w.findFor(t.Message, Finding{
				Severity: Error, Check: KindJudgeError, Subject: s.Path, File: path, Message: message,
			})
			return // one is enough to look into
		}
	}
	for _, u := range s.Unmet {
		f := Finding{
			Severity: Error, Check: KindSubmission, Subject: s.Path, File: path,
			Message: u.Text + w.flooded(s, u.Test) + evidence(s, u.Test),
		}
		if s.Verdict == problems.CE && s.Compile.Error != "" {
			f.Message += ": " + s.Compile.Error
			f.File, f.Line = errorIn(path, s.Compile), s.Compile.Line
		}
		w.findFor("", f)
	}
	if !w.problem.OnlySamples {
		w.scored(path, s)
	}
	if s.AsExpected == nil && !w.problem.OnlySamples && !w.problem.Part {
		w.undeclared(path, s)
	}
	w.borderline(path, s)
}

// borderline warns of a time so close to the limit that a verdict may depend on the machine. It does not where another
// test of the same group is TLE for certain.
func (w *verification) borderline(path string, s report.Submission) {
	limit := w.problem.Limits.Time.Seconds()
	near := func(t report.Test) bool { return math.Abs(t.CPUSeconds-limit) <= judge.Band*limit }
	for _, t := range s.Tests {
		certain := func(o report.Test) bool { return o.Group == t.Group && o.Verdict == problems.TLE && !near(o) }
		if t.Rerun && near(t) && !slices.ContainsFunc(s.Tests, certain) {
			message := fmt.Sprintf(
				"takes %.2f s on %s, close to the limit of %.4g s: the verdict may differ between machines",
				t.CPUSeconds, t.Name, limit)
			w.findFor("close", Finding{
				Severity: Warning, Check: KindTimeLimit, Subject: s.Path, File: path, Message: message,
			})
			return
		}
	}
}

// undeclared records the result of a submission without an expected verdict. Nobody means it not to compile.
func (w *verification) undeclared(path string, s report.Submission) {
	message := fmt.Sprintf("no expected verdict declared (got %s)", s.Verdict)
	f := Finding{Severity: Warning, Check: KindSubmission, Subject: s.Path, File: path, Message: message}
	switch {
	case s.Verdict == problems.CE && s.Compile.Error != "":
		f.Message = "does not compile: " + s.Compile.Error
		f.File, f.Line = errorIn(path, s.Compile), s.Compile.Line
		w.findFor("", f)
	case w.problem.NoExpectations:
		w.note(s.Path + ": " + message)
	default:
		w.findFor("undeclared", f)
	}
}

// scored records what is odd about a score.
func (w *verification) scored(path string, s report.Submission) {
	if fault := judge.ScoreFault(w.problem, s); fault != "" {
		w.find(Error, KindSubmission, s.Path, path, fault)
	}
	for _, said := range w.problem.Submissions {
		if warning := judge.ScoreWarning(w.problem, said, s); w.nameOf(said) == s.Path && warning != "" {
			w.find(Warning, KindSubmission, s.Path, path, warning)
		}
	}
}

// errorIn is the file that a compile error is in: of a submission that is a directory, one of its files.
func errorIn(path string, c report.Compile) string {
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() || c.Line == 0 || !filepath.IsLocal(c.File) {
		return path
	}
	return filepath.Join(path, c.File)
}

// flooded explains an OLE of a submission that is expected to be TLE. A program that writes for ever reaches the
// limit on output first here. Other judges only truncate the output, and let it run into the time limit.
func (w *verification) flooded(s report.Submission, test string) string {
	i := slices.IndexFunc(s.Tests, func(t report.Test) bool { return t.Name == test })
	expectsTLE := slices.ContainsFunc(w.problem.Submissions, func(said problems.Submission) bool {
		demands := slices.ContainsFunc(said.Demands, func(d problems.Demand) bool {
			return slices.Contains(d.Required, problems.TLE) || slices.Contains(d.Permitted, problems.TLE)
		})
		return w.nameOf(said) == s.Path && (demands || slices.Contains(said.Expect, problems.TLE))
	})
	if i < 0 || s.Tests[i].Verdict != problems.OLE || !expectsTLE {
		return ""
	}
	return fmt.Sprintf(": killed at the output limit of %g MiB, before the time limit; a judge that truncates the "+
		"output instead reports TLE (raise the output limit, or do not expect TLE)",
		float64(w.problem.Limits.Output)/float64(problems.MiB))
}

// evidence is the message of the named test, for people who read only the finding.
func evidence(s report.Submission, test string) string {
	i := slices.IndexFunc(s.Tests, func(t report.Test) bool { return t.Name == test })
	if i < 0 || s.Tests[i].Message == "" {
		return ""
	}
	return ": " + firstLine(s.Tests[i].Message)
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	const most = 300
	if len(line) > most {
		line = strings.ToValidUTF8(line[:most], "") + " ..."
	}
	return line
}

// onlySamples warns of a package that has samples and no other tests, as before its tests are generated.
func (w *verification) onlySamples() {
	if w.problem.OnlySamples {
		w.find(Warning, KindTest, "", "", "no secret test cases: the samples alone do not show that a submission "+
			"fails or what it scores (add tests to data/secret)")
	}
}

// leaveOpen drops what samples alone do not show: a submission that must fail, or score a part, may pass them. Only one
// with the expected verdict AC must pass.
func (w *verification) leaveOpen(r *report.Report) {
	if !w.problem.OnlySamples {
		return
	}
	for i := range r.Submissions {
		s := &r.Submissions[i]
		accepted := slices.ContainsFunc(w.problem.Submissions, func(said problems.Submission) bool {
			right := slices.Equal(said.Expect, []problems.Verdict{problems.AC}) && said.Pace != problems.NoPace
			return right && w.nameOf(said) == s.Path
		})
		if !accepted && s.AsExpected != nil && !*s.AsExpected && s.Verdict != problems.CE {
			s.AsExpected, s.Unmet = nil, nil
		}
	}
}
