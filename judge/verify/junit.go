package verify

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"judge/judge/report"
	"judge/problems"
	"judge/problems/text"
)

// Bounds of a JUnit file: readers of them keep all of it in memory.
const (
	maxDetail = 4 << 10  // bytes of one failure
	maxJUnit  = 16 << 20 // bytes of all of them
)

type suites struct {
	XMLName xml.Name `xml:"testsuites"`
	Suites  []suite  `xml:"testsuite"`
}

type suite struct {
	Name       string     `xml:"name,attr"`
	Package    string     `xml:"package,attr"`
	ID         int        `xml:"id,attr"`
	Timestamp  string     `xml:"timestamp,attr"`
	Hostname   string     `xml:"hostname,attr"`
	Tests      int        `xml:"tests,attr"`
	Failures   int        `xml:"failures,attr"`
	Errors     int        `xml:"errors,attr"`
	Skipped    int        `xml:"skipped,attr"`
	Time       string     `xml:"time,attr"`
	Properties properties `xml:"properties"`
	Cases      []testCase `xml:"testcase"`
	Output     string     `xml:"system-out"`
	Err        string     `xml:"system-err"`
}

type properties struct {
	All []property `xml:"property"`
}

type property struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type testCase struct {
	Name    string  `xml:"name,attr"`
	Class   string  `xml:"classname,attr"`
	Time    string  `xml:"time,attr"`
	Failure *detail `xml:"failure,omitempty"`
	Error   *detail `xml:"error,omitempty"`
	Skipped *detail `xml:"skipped,omitempty"`
}

type detail struct {
	Message string `xml:"message,attr,omitempty"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// WriteJUnit writes the result in the format that CI systems read: a suite for each submission, with a case for each
// test and one for its expected verdict, and a suite for all else. The expected verdict decides what is a failure: a
// test on which a wrong submission is WA is no failure; its message is in the suite's output.
//
// There is no single schema. This output satisfies both that of Ant's task (JUnit.xsd of Windy Road) and that of
// Jenkins' xUnit plugin: no totals over all suites, no output of single cases, and every attribute that the first
// requires.
func WriteJUnit(w io.Writer, r Result) error {
	r = text.Clean(r)
	var all suites
	left := maxJUnit
	for _, p := range r.Problems {
		if !p.Judged || p.Partial {
			all.Suites = append(all.Suites, checksSuite(p, &left))
		}
		if p.Report == nil {
			continue
		}
		for _, s := range p.Report.Submissions {
			all.Suites = append(all.Suites, submissionSuite(p, s, &left))
		}
	}
	if len(r.Findings) > 0 {
		all.Suites = append(all.Suites, checksSuite(Problem{Path: "all problems", Findings: r.Findings}, &left))
	}
	if len(r.Omitted) > 0 {
		all.Suites = append(all.Suites, omittedSuite(r))
	}
	made := properties{propertiesOf(r)}
	for i := range all.Suites {
		s := &all.Suites[i]
		s.Properties = made
		s.ID, s.Package, s.Timestamp, s.Hostname = i, s.Name, r.Began.UTC().Format("2006-01-02T15:04:05"), "localhost"
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("write JUnit: %w", err)
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", " ")
	if err := encoder.Encode(all); err != nil {
		return fmt.Errorf("write JUnit: %w", err)
	}
	if _, err := io.WriteString(w, "\n"); err != nil {
		return fmt.Errorf("write JUnit: %w", err)
	}
	return nil
}

func span(seconds float64) string { return fmt.Sprintf("%.3f", seconds) }

// propertiesOf names the judge and the machine: in every suite, as there is no place for all of them.
func propertiesOf(r Result) []property {
	return []property{
		{"judge.version", r.Judge.Version}, {"judge.revision", r.Judge.Revision}, {"machine.cpu", r.Machine.CPU},
		{"machine.isolation", r.Machine.Isolation}, {"machine.speed", fmt.Sprintf("%.3g", r.Machine.Speed)},
	}
}

// checksSuite is the suite of the problem itself.
func checksSuite(p Problem, left *int) suite {
	s := suite{Name: p.Path, Time: span(0)}
	add := func(c testCase) {
		c.Class, c.Time = p.Path, span(0)
		s.Cases, s.Tests = append(s.Cases, c), s.Tests+1
	}
	for i, f := range p.Findings {
		if (f.Check == KindSubmission || f.Check == KindJudgeError) && hasSuite(p, f.Subject) {
			continue // it is in the submission's own suite
		}
		c := testCase{Name: fmt.Sprintf("%d %s %s", i+1, f.Check, f.Subject)}
		what := &detail{Message: cut(f.Message, left), Type: string(f.Severity), Text: place(f)}
		if f.Severity == Error {
			c.Failure = what
			s.Failures++
		} else {
			s.Output += "warning: " + what.Message + " (" + what.Text + ")\n"
		}
		add(c)
	}
	if p.Partial {
		add(testCase{Name: "interrupted", Error: &detail{Type: "interrupted", Message: p.Progress()}})
		s.Errors++
	}
	if len(s.Cases) == 0 {
		add(testCase{Name: "checks"})
	}
	return s
}

// hasSuite reports whether a submission was judged, and so has a suite.
func hasSuite(p Problem, subject string) bool {
	if p.Report == nil {
		return false
	}
	return slices.ContainsFunc(p.Report.Submissions, func(s report.Submission) bool { return isAbout(subject, s) })
}

// isAbout reports whether the subject of a finding is a submission.
func isAbout(subject string, s report.Submission) bool {
	return subject == s.Path
}

// omittedSuite is the suite of what was not verified.
func omittedSuite(r Result) suite {
	s := suite{Name: "not verified", Time: span(0), Tests: len(r.Omitted), Skipped: len(r.Omitted)}
	for _, o := range r.Omitted {
		c := testCase{Name: o.Path, Class: s.Name, Time: span(0), Skipped: &detail{Text: o.Reason}}
		s.Cases = append(s.Cases, c)
	}
	return s
}

// expectationCases are the cases of what is expected of a submission: one that fails for each error that was found,
// so that the numbers of all outputs are the same. A judge error is in the cases of the tests.
func expectationCases(p Problem, s report.Submission, class string, left *int) []testCase {
	if p.undeclared(s) && s.Verdict != problems.CE {
		return nil // its tests are the cases
	}
	made := testCase{Name: "expectation", Class: class, Time: span(0)}
	var failed []testCase
	for _, f := range p.Findings {
		if f.Severity != Error || f.Check != KindSubmission || !isAbout(f.Subject, s) {
			continue
		}
		c := made
		if len(failed) > 0 {
			c.Name = fmt.Sprintf("expectation %d", len(failed)+1)
		}
		c.Failure = &detail{Message: cut(f.Message, left), Type: "expectation", Text: cut(s.Compile.Log, left)}
		failed = append(failed, c)
	}
	switch {
	case len(failed) > 0:
		return failed
	case s.Unfinished:
		made.Skipped = &detail{Text: string(report.Interrupted)}
	case failedAsJudge(s):
		made.Skipped = &detail{Text: "judge error"}
	}
	return []testCase{made}
}

func place(f Finding) string {
	if f.Line > 0 {
		return fmt.Sprintf("%s:%d", f.File, f.Line)
	}
	return f.File
}

// submissionSuite is one submission's: its expectation, and its tests.
func submissionSuite(p Problem, s report.Submission, left *int) suite {
	made := suite{Name: p.Path + "/" + s.Path}
	for _, f := range p.Findings {
		if f.Severity == Warning && f.Check == KindSubmission && isAbout(f.Subject, s) {
			made.Output += "warning: " + cut(f.Message, left) + " (" + place(f) + ")\n"
		}
	}
	total := 0.0
	causes := map[string]string{} // the first test with each judge error
	for _, c := range expectationCases(p, s, made.Name, left) {
		made.Cases = append(made.Cases, c)
		switch {
		case c.Failure != nil:
			made.Failures++
		case c.Skipped != nil:
			made.Skipped++
		}
	}
	for _, t := range s.Tests {
		total += t.WallSeconds
		c := testCase{Name: t.Name, Class: made.Name, Time: span(t.CPUSeconds)}
		words := strings.TrimSpace(t.Verdict.String() + " " + string(t.Reason) + " " + t.Explanation())
		switch {
		case t.Verdict == problems.JE && causes[string(t.Reason)+t.Message] != "":
			c.Skipped = &detail{Text: "the same judge error as " + causes[string(t.Reason)+t.Message]}
			made.Skipped++
		case t.Verdict == problems.JE:
			causes[string(t.Reason)+t.Message] = t.Name
			c.Error = &detail{Message: cut(words, left), Type: "JE"}
			made.Errors++
		case t.Verdict == problems.SKIP:
			c.Skipped = &detail{Text: string(t.Reason)}
			made.Skipped++
		case t.Verdict != problems.AC && p.undeclared(s):
			if t.Difference != nil && t.Message == "" {
				words += ": " + differenceWords(*t.Difference)
			}
			c.Failure = &detail{Message: cut(words, left), Type: t.Verdict.String()}
			made.Failures++
		case t.Verdict != problems.AC:
			made.Output += t.Name + ": " + cut(words, left) + "\n"
		}
		made.Cases = append(made.Cases, c)
	}
	made.Tests, made.Time = len(made.Cases), span(total)
	return made
}

// cut keeps a text within its own bound and within the rest of the file's. encoding/xml replaces what XML cannot hold.
func cut(text string, left *int) string {
	most := min(maxDetail, *left)
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + " ..."
	}
	*left = max(0, *left-len(text))
	return text
}
