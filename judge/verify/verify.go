// Package verify holds a problem against itself: its submissions against what is expected of them, its inputs against its validators, its
// checker against outputs that are right and wrong, its time limit against what its submissions take.
//
//	v := verify.Verifier{Engine: engine}
//	result, err := v.Problem(ctx, problem)
//
// What it finds is a list of findings, errors and warnings apart; the renderers beside it (text, JUnit, annotations, a page) read nothing else.
package verify

import (
	"context"
	"errors"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"judge/isolate"
	"judge/judge"
	"judge/judge/calibrate"
	"judge/judge/languages"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/text"
)

// Schema is the number of the JSON's format.
const Schema = 1

// Severity says how bad a finding is.
type Severity string

// The severities.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Finding is one thing that is not as it should be.
type Finding struct {
	Severity Severity `json:"severity"`
	Check    string   `json:"check"`   // what was looked at: package, tests, input, checker, submission, time limit
	Subject  string   `json:"subject"` // the test, the submission or the program that it is about; "" for the whole problem
	File     string   `json:"file"`    // relative to where the user named the problem, as he would
	Line     int      `json:"line"`    // 0: unknown
	Message  string   `json:"message" text:"lines"`
}

// Result is what was found in all problems.
type Result struct {
	Schema   int            `json:"schema"`
	Began    time.Time      `json:"began"`
	Partial  bool           `json:"partial"` // it was interrupted
	Machine  report.Machine `json:"machine"`
	Problems []Problem      `json:"problems"` // all that were found, those too that were not begun
	Omitted  []Omission     `json:"omitted"`
	Budget   float64        `json:"budget_seconds"` // that was used up; 0: it is not that which cut the run
}

// Omission is a place that was named or found and not verified, as no problem is there or none that may be looked at.
type Omission struct {
	Path    string `json:"path"`
	Reason  string `json:"reason"`
	Warning bool   `json:"warning"` // somebody should look at it: it looks like a problem
}

// Problem is what was found in one.
type Problem struct {
	Path     string         `json:"path"`
	Name     string         `json:"name"`
	Format   string         `json:"format"`
	Findings []Finding      `json:"findings"`
	Invalid  bool           `json:"invalid"`   // it could not be read
	Partial  bool           `json:"partial"`   // it was interrupted: what was found is not all
	NotBegun bool           `json:"not_begun"` // it was interrupted before anything was looked at
	Report   *report.Report `json:"report"`    // of its submissions; null: none was run
	Checks   []Check        `json:"checks"`
}

// Check is how many things of a kind were looked at.
type Check struct {
	Name string `json:"name"`
	Done int    `json:"done"`
}

// Words is the check in words.
func (c Check) Words() string { return plural(c.Done, c.Name) }

// Errors counts the findings that are errors.
func (r Result) Errors() int { return r.count(Error) }

// Warnings counts the other findings.
func (r Result) Warnings() int {
	n := r.count(Warning)
	for _, o := range r.Omitted {
		if o.Warning {
			n++
		}
	}
	return n
}

func (r Result) count(s Severity) int {
	n := 0
	for _, p := range r.Problems {
		n += p.count(s)
	}
	return n
}

func (p Problem) count(s Severity) int {
	n := 0
	for _, f := range p.Findings {
		if f.Severity == s {
			n++
		}
	}
	return n
}

// JudgeErrors reports whether a program of the problem's or the judge failed.
func (p Problem) JudgeErrors() bool {
	if p.Report == nil {
		return false
	}
	return slices.ContainsFunc(p.Report.Submissions, failedAsJudge)
}

// Verifier verifies problems on one host.
type Verifier struct {
	Engine  *judge.Judge
	Observe func(judge.Event) // of the judging of submissions; nil: nobody is told
}

// verification is one under way.
type verification struct {
	Verifier
	problem *problems.Problem
	result  Problem
}

// Problem verifies one problem. An error is the host's: what is wrong with the problem is in the findings. When ctx ends it
// returns what was found by then, together with ctx's error.
func (v Verifier) Problem(ctx context.Context, p *problems.Problem) (Problem, error) {
	w := &verification{Verifier: v, problem: p, result: Problem{Path: p.Path, Name: p.Name, Format: p.Format, Findings: []Finding{}}}
	w.remarks()
	for _, step := range []func(context.Context) error{w.tests, w.inputs, w.answers, w.outputs, w.submissions, w.pace} {
		if err := step(ctx); err != nil {
			w.result.Partial = true
			return w.result, err
		}
	}
	return w.result, nil
}

// NotBegun is the result for a problem that nothing is known of, as an interruption came first.
func NotBegun(path string) Problem {
	return Problem{Path: path, Name: filepath.Base(path), Findings: []Finding{}, Partial: true, NotBegun: true}
}

// Unreadable is the result for a problem that could not be read.
func Unreadable(path string, err error) Problem {
	f := Finding{Severity: Error, Check: "package", File: path, Message: text.Error(err)}
	if fault, ok := errors.AsType[*problems.Error](err); ok {
		f.File, f.Line, f.Message = fault.File, fault.Line, faultWords(fault)
	}
	return Problem{Path: path, Name: filepath.Base(path), Findings: []Finding{f}, Invalid: true}
}

// faultWords are a fault and its hint in one line.
func faultWords(fault *problems.Error) string {
	if fault.Hint == "" {
		return text.Line(fault.Msg)
	}
	return text.Line(fault.Msg + " (" + fault.Hint + ")")
}

// mostMessage bounds what is said of one finding, in bytes: a compiler can say very much.
const mostMessage = 2000

// find notes a finding about one of the problem's files, an absolute path.
func (w *verification) find(s Severity, check, subject, file, message string) {
	w.result.Findings = append(w.result.Findings, Finding{
		Severity: s, Check: check, Subject: subject, File: w.named(file), Message: text.CutLines(message, mostMessage),
	})
}

// done notes that things were looked at.
func (w *verification) done(check string, n int) {
	if n > 0 {
		w.result.Checks = append(w.result.Checks, Check{check, n})
	}
}

// named is one of the problem's files as the user would name it.
func (w *verification) named(file string) string {
	root := w.problem.Path
	if file == "" {
		return root
	}
	if isSpec(root) {
		root = filepath.Dir(root)
	}
	relative, err := filepath.Rel(w.problem.Dir, file)
	if err != nil || !filepath.IsLocal(relative) {
		return file
	}
	return filepath.Join(root, relative)
}

// isSpec reports whether a path names the file that describes a problem, and not its directory.
func isSpec(path string) bool {
	return slices.Contains([]string{".yaml", ".yml", ".xml", ".json"}, filepath.Ext(path))
}

// remarks passes on what the reader did not understand.
func (w *verification) remarks() {
	for _, r := range w.problem.Remarks {
		w.result.Findings = append(w.result.Findings, Finding{
			Severity: Warning, Check: "package", File: r.File, Line: r.Line, Message: faultWords(r),
		})
	}
	if w.problem.NoTimeLimit {
		w.find(Warning, "time limit", "", "", "the package states no time limit")
	}
}

// hostError tells an error of the host or an interruption from what is the setter's to mend.
func hostError(ctx context.Context, err error) bool {
	return ctx.Err() != nil || errors.As(err, new(*isolate.LackError))
}

// submissions judges every submission and holds it against what is expected of it.
func (w *verification) submissions(ctx context.Context) error {
	if w.problem.NoTimeLimit {
		if err := w.findLimit(ctx); err != nil {
			return err
		}
	}
	request := judge.Request{Problem: w.problem, Observe: w.Observe} // with the limit that was found
	stated, accepted := false, false                                 // to be accepted: any, and any that can be judged
	for _, s := range w.problem.Submissions {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		right := len(s.Expect) == 1 && s.Expect[0] == problems.AC
		stated = stated || right
		if err := w.Engine.Understand(request, s.Path); err != nil {
			w.find(severityOf(err), "submission", w.short(s.Path), s.Path, "cannot be judged here: "+text.Error(err))
			continue
		}
		accepted = accepted || right
		request.Submissions = append(request.Submissions, s.Path)
	}
	switch {
	case !stated:
		w.find(Warning, "submission", "", "", "no submission is expected to be accepted, so that nothing shows that the problem can be solved")
	case !accepted:
		w.find(Error, "submission", "", "", "no submission that is to be accepted can be judged here")
	}
	if len(request.Submissions) == 0 {
		return nil
	}
	r, err := w.Engine.Judge(ctx, request)
	if r == nil {
		if hostError(ctx, err) {
			return err
		}
		w.find(Error, "checker", "", "", text.Error(err))
		return nil
	}
	for i := range r.Submissions {
		r.Submissions[i].Path = w.short(request.Submissions[i])
	}
	w.result.Report = r
	finished := 0
	for i, s := range r.Submissions {
		if !s.Unfinished {
			finished++
			w.judged(request.Submissions[i], s)
		}
	}
	w.done("submission", finished)
	w.done("cached test result", cached(r))
	return err
}

// severityOf tells what this host lacks, which another may have, from what is wrong with a submission.
func severityOf(err error) Severity {
	if errors.As(err, new(*judge.MissingError)) || errors.As(err, new(*languages.UnknownError)) {
		return Warning
	}
	return Error
}

// cached counts the results that are an earlier run's.
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

// short is a file's path beneath the problem's directory.
func (w *verification) short(path string) string {
	if relative, err := filepath.Rel(w.problem.Dir, path); err == nil && filepath.IsLocal(relative) {
		return relative
	}
	return path
}

// judgeErrorOn begins the message of a judge error.
const judgeErrorOn = "judge error on test "

// judged notes what is wrong with one result.
func (w *verification) judged(path string, s report.Submission) {
	for _, t := range s.Tests {
		if t.Verdict == problems.JE {
			w.find(Error, "submission", s.Path, path, judgeErrorOn+t.Name+": "+t.Message)
			return // one is enough to look into
		}
	}
	for _, unmet := range s.Unmet {
		if s.Verdict == problems.CE && s.Compile.Log != "" {
			unmet += ": " + firstLine(s.Compile.Log)
		}
		w.find(Error, "submission", s.Path, path, unmet+evidence(s, unmet))
	}
	w.scored(path, s)
	if s.AsExpected == nil {
		w.find(Warning, "submission", s.Path, path, "nothing is expected of it: it is "+s.Verdict.String())
	}
	limit := w.problem.Limits.Time.Seconds()
	for _, t := range s.Tests {
		if t.Rerun && math.Abs(t.CPUSeconds-limit) <= judge.Band*limit {
			w.find(Warning, "time limit", s.Path, path, "its time on test "+t.Name+" is near the limit, so that the verdict hangs on the machine")
			break
		}
	}
}

// scored notes what is odd about a score.
func (w *verification) scored(path string, s report.Submission) {
	if fault := judge.ScoreFault(w.problem, s); fault != "" {
		w.find(Error, "submission", s.Path, path, fault)
	}
	for _, said := range w.problem.Submissions {
		if warning := judge.ScoreWarning(w.problem, said, s); said.Path == path && warning != "" {
			w.find(Warning, "submission", s.Path, path, warning)
		}
	}
}

// evidence is what a test shows, for those who read no more than the finding: the one that an unmet expectation names, or the first that failed.
func evidence(s report.Submission, unmet string) string {
	i := slices.IndexFunc(s.Tests, func(t report.Test) bool { return strings.HasPrefix(unmet, "test "+t.Name+" is ") })
	if i < 0 {
		i = slices.IndexFunc(s.Tests, func(t report.Test) bool { return t.Verdict != problems.AC && t.Verdict != problems.SKIP })
	}
	if i >= 0 && s.Tests[i].Verdict != problems.AC {
		t := s.Tests[i]
		words := " (test " + t.Name + ": " + t.Verdict.String()
		if t.Reason != "" {
			words += " " + t.Reason
		}
		if t.Message != "" {
			words += ", " + firstLine(t.Message)
		}
		return words + ")"
	}
	return ""
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	const most = 300
	if len(line) > most {
		line = strings.ToValidUTF8(line[:most], "") + " ..."
	}
	return line
}

// rule is the problem's rule for time limits, with the format's defaults.
func (w *verification) rule() calibrate.Rule {
	rule, given := calibrate.ICPC(), w.problem.TimeRule
	if given.ACToTimeLimit > 0 {
		rule.ACToTimeLimit = given.ACToTimeLimit
	}
	if given.TimeLimitToTLE > 0 {
		rule.TimeLimitToTLE = given.TimeLimitToTLE
	}
	if given.Resolution > 0 {
		rule.TimeResolution = given.Resolution
	}
	return rule
}
