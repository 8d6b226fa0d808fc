// Package verify checks a problem for consistency: its submissions against what is expected of them, its inputs
// against its validators, its checker against outputs that are right and wrong, its time limit against what its
// submissions take.
//
//	v := verify.Verifier{Engine: engine}
//	result, err := v.Problem(ctx, problem)
//
// What it finds is a list of findings, which are errors or warnings; the renderers (text, JUnit, annotations, a page)
// read nothing else.
package verify

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"time"

	"judge/isolate"
	"judge/judge"
	"judge/judge/calibrate"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/formats"
	"judge/problems/text"
)

// Schema is the number of the JSON's format.
const Schema = 1

// Result is what was found in all problems of a run.
type Result struct {
	Schema   int            `json:"schema"`
	Began    time.Time      `json:"began"`
	Partial  bool           `json:"partial"` // it was interrupted
	Judge    report.Build   `json:"judge"`
	Machine  report.Machine `json:"machine"`
	Problems []Problem      `json:"problems"` // all that were found, including those not started
	Omitted  []Omission     `json:"omitted"`
	Budget   float64        `json:"budget_seconds"` // that was used up; 0: no budget cut the run short
	Findings []Finding      `json:"findings"`       // that are about no one problem: made by Conclude
	Known    []Finding      `json:"known"`          // that are about no one problem, and in a baseline
	Shard    *Shard         `json:"shard"`          // nil: all problems were to be verified
}

// Shard is one of several parts of a run.
type Shard struct {
	Index int `json:"index"` // from 1
	Of    int `json:"of"`
}

// Omission is a place that was named or found and not verified: it is no problem, or is excluded.
type Omission struct {
	Path    string `json:"path"`
	Reason  string `json:"reason"`
	Warning bool   `json:"warning"` // it looks like a problem, so somebody should check it
}

// Problem is what was found in one.
type Problem struct {
	Path     string         `json:"path"`
	Name     string         `json:"name"`
	Format   string         `json:"format"`
	Spec     string         `json:"spec"` // the file that describes it, as the user would name it; "": there is none
	Findings []Finding      `json:"findings"`
	Invalid  bool           `json:"invalid"`   // it could not be read
	Partial  bool           `json:"partial"`   // it was interrupted: findings are incomplete
	NotBegun bool           `json:"not_begun"` // it was interrupted before it was examined
	Report   *report.Report `json:"report"`    // of its submissions; null: none was run
	Checks   []Check        `json:"checks"`
	Found    bool           `json:"limit_found"` // the time limit was found by running submissions
	Notes    []string       `json:"notes"`       // notes that are not findings
	Linked   bool           `json:"linked"`      // files of it lie elsewhere in the git repository, behind links
	Gaps     []Gap          `json:"gaps"`        // parts that were not checked
	Unjudged []Unjudged     `json:"not_judged"`  // submissions in languages that this host cannot judge
	Relative string         `json:"relative"`    // its path from the argument that led to it
	Known    []Finding      `json:"known"`       // findings that are in a baseline, and not in Findings

	// Judged reports that only submissions were judged, as judge run does.
	Judged bool `json:"-"`
}

// Check is how many things of a kind were checked.
type Check struct {
	Name string `json:"name"`
	Done int    `json:"done"`
}

// Words describes the check.
func (c Check) Words() string { return plural(c.Done, c.Name) }

// Errors counts the findings that are errors.
func (r Result) Errors() int { return r.count(Error) }

// Warnings counts the other findings.
func (r Result) Warnings() int {
	n := r.count(Warning)
	for _, o := range r.Merged() {
		if o.Warning {
			n++
		}
	}
	return n
}

func (r Result) count(s Severity) int {
	n := count(r.Findings, s)
	for _, p := range r.Problems {
		n += p.count(s)
	}
	return n
}

// knownCount counts the findings that are in the baseline.
func (r Result) knownCount() int {
	n := len(r.Known)
	for _, p := range r.Problems {
		n += len(p.Known)
	}
	return n
}

func (p Problem) count(s Severity) int { return count(p.Findings, s) }

func count(all []Finding, s Severity) int {
	n := 0
	for _, f := range all {
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
	Chosen  bool              // the problem holds only some of its submissions
	Observe func(judge.Event) // receives the events of judging submissions; nil: nobody does
}

// verification is one under way.
type verification struct {
	Verifier
	problem *problems.Problem
	result  Problem
	drafts  []draft

	forChecker []problems.Sample // invalid answers that no answer validator rejects
}

// Problem verifies one problem. An error is the host's: what is wrong with the problem is in the findings. When ctx
// ends it returns what was found by then, together with ctx's error.
func (v Verifier) Problem(ctx context.Context, p *problems.Problem) (Problem, error) {
	w := &verification{Verifier: v, problem: p}
	w.result = Problem{Path: p.Path, Name: p.Name, Format: p.Format, Spec: formats.Spec(p.Path)}
	w.readerNotes()
	w.onlySamples()
	complete, err := w.make(ctx)
	steps := []func(context.Context) error{w.tests, w.inputs, w.answers, w.outputs}
	if complete {
		steps = append(steps, w.submissions, w.pace)
	}
	if len(p.Tests) == 0 && !complete {
		steps = nil
	}
	for _, step := range steps {
		if err != nil {
			break
		}
		err = step(ctx)
	}
	w.result.Partial = err != nil
	w.result.Findings = w.findings()
	return w.result, err
}

// NotBegun returns the result for a problem that an interruption has prevented from being verified.
func NotBegun(path string) Problem {
	return Problem{Path: path, Name: filepath.Base(path), Findings: []Finding{}, Partial: true, NotBegun: true}
}

// Unreadable returns the result for a problem that could not be read.
func Unreadable(path string, err error) Problem {
	f := Finding{Severity: Error, Check: KindPackage, File: path, Message: text.Error(err)}
	if fault, ok := errors.AsType[*problems.Error](err); ok {
		f.File, f.Line, f.Message = fault.File, fault.Line, faultWords(fault)
	}
	return Problem{
		Path: path, Name: filepath.Base(path), Spec: formats.Spec(path), Findings: []Finding{f}, Invalid: true,
	}
}

// faultWords returns a fault and its hint in one line.
func faultWords(fault *problems.Error) string {
	if fault.Hint == "" {
		return text.Line(fault.Msg)
	}
	return text.Line(fault.Msg + " (" + fault.Hint + ")")
}

// notes copies the notes of the reader, and lists unsupported parts of the package.
func (w *verification) readerNotes() {
	for _, r := range w.problem.Remarks {
		if r.Usual {
			w.result.Linked = true
			w.note(text.Line(r.Msg))
			continue
		}
		f := Finding{Severity: Warning, Check: KindPackage, File: r.File, Line: r.Line, Message: faultWords(r)}
		w.drafts = append(w.drafts, draft{Finding: f})
	}
	for _, program := range w.problem.NotRun {
		w.gap(program.Language + " validators, which are not supported")
	}
	for _, f := range w.problem.Foreign {
		why := Unjudged{Language: f.Language, Reason: "unsupported language"}
		if f.Language == inPython2().Language {
			why = inPython2()
		}
		w.unjudged(why, f.Submission)
	}
}

// note records a note that is not a finding.
func (w *verification) note(words string) { w.result.Notes = append(w.result.Notes, words) }

// done records that n items were checked.
func (w *verification) done(check string, n int) {
	if n > 0 {
		w.result.Checks = append(w.result.Checks, Check{check, n})
	}
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

// hostError reports whether an error is the host's or an interruption; any other is the setter's to fix.
func hostError(ctx context.Context, err error) bool {
	return ctx.Err() != nil || errors.As(err, new(*isolate.LackError))
}
