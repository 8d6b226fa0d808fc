package convert

import (
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/formats"
)

// check reads the written problem and compares it with the original. A difference in judging is an error; a
// difference in the expectations of submissions is noted.
func (o *output) check(view func(*problems.Problem) picture) error {
	after, err := formats.Open(o.dir)
	if err != nil {
		return fmt.Errorf("cannot read the written problem: %w", err)
	}
	defer after.Close() //nolint:errcheck // it is not used after this
	if others := differences(view(o.problem), view(after)); len(others) > 0 {
		const lacks = "the target format cannot express: "
		return errors.New(lacks + strings.Join(others, "; "))
	}
	if err := o.checkRecipes(after); err != nil && strings.HasPrefix(after.Format, "ICPC") {
		return err
	}
	o.compareLimits(o.problem.Limits, after.Limits)
	for _, w := range o.written {
		i := slices.IndexFunc(after.Submissions, func(other problems.Submission) bool {
			return other.Path == filepath.Join(after.Dir, filepath.FromSlash(w.name))
		})
		switch {
		case i < 0:
			o.lose("the submission %s", w.name)
		// ICPC packages state expectations differently.
		case after.Format == o.problem.Format || after.Format == "native":
			o.compareSubmission(w, after.Submissions[i])
		}
	}
	return nil
}

// compareLimits notes the limits that differ, for example because a format has integers only.
func (o *output) compareLimits(before, after problems.Limits) {
	mib := func(b problems.Bytes) string { return fmt.Sprintf("%g MiB", float64(b)/float64(problems.MiB)) }
	for _, one := range []struct{ of, before, after string }{
		{"elapsed time", before.Wall.String(), after.Wall.String()},
		{"memory", mib(before.Memory), mib(after.Memory)},
		{"output", mib(before.Output), mib(after.Output)},
		{"code", mib(before.Code), mib(after.Code)},
		{"compilation time", before.CompilationTime.String(), after.CompilationTime.String()},
		{"compilation memory", mib(before.CompilationMemory), mib(after.CompilationMemory)},
		{"the CPU time of checkers and validators", before.ValidationTime.String(), after.ValidationTime.String()},
		{"the memory of checkers and validators", mib(before.ValidationMemory), mib(after.ValidationMemory)},
		{"the output of checkers and validators", mib(before.ValidationOutput), mib(after.ValidationOutput)},
	} {
		if one.before != one.after {
			o.lose("the limit on %s: %s becomes %s", one.of, one.before, one.after)
		}
	}
}

// compareSubmission notes the expectations of a submission that differ.
func (o *output) compareSubmission(w written, other problems.Submission) {
	s, name := w.Submission, w.name
	if fmt.Sprint(s.Expect, different(s.Demands), s.Language, s.Entry, s.Model) !=
		fmt.Sprint(other.Expect, different(other.Demands), other.Language, other.Entry, other.Model) && !o.said(name) {
		o.lose("%s: its expectations", name)
	}
	if pace(s) != pace(other) {
		o.lose("which submissions the time limit is calibrated with")
	}
}

// pace returns a submission's role in calibration, which follows from its expectations unless it is stated.
func pace(s problems.Submission) problems.Pace {
	switch {
	case s.Pace != problems.PaceAsExpected:
		return s.Pace
	case slices.Equal(s.Expect, []problems.Verdict{problems.AC}):
		return problems.FastEnough
	case slices.Contains(s.Expect, problems.TLE):
		return problems.SlowEnough
	default:
		return problems.NoPace
	}
}

// said reports whether something is noted for a file.
func (o *output) said(name string) bool {
	return slices.ContainsFunc(o.lost, func(words string) bool { return strings.HasPrefix(words, name+":") })
}

// picture describes how a problem is judged, as a list that can be compared.
type picture []trait

// trait is one property of a problem, of a test or of a group.
type trait struct{ subject, of, words string }

func (p *picture) add(subject, of string, values ...any) {
	*p = append(*p, trait{subject, of, fmt.Sprintf("%+v", values)})
}

// differences returns the subjects in which pictures differ, each with the first test or group.
func differences(before, after picture) []string {
	said := map[string]bool{}
	var others []string
	for _, pair := range [][2]picture{{before, after}, {after, before}} {
		known := map[trait]bool{}
		for _, one := range pair[1] {
			known[one] = true
		}
		for _, one := range pair[0] {
			if said[one.subject] || known[one] {
				continue
			}
			said[one.subject] = true
			words := one.subject
			if one.of != "" {
				words += fmt.Sprintf(" (%q)", one.of)
			}
			others = append(others, words)
		}
	}
	return others
}

// ofNative returns the properties that a native spec expresses.
func ofNative(p *problems.Problem) picture {
	var all picture
	limits := p.Limits
	all.add("the limits", "", limits)
	all.add("the number of passes", "", max(1, p.Passes))
	all.add("the files that submissions read and write", "", p.Files)
	all.add("output-only submissions", "", p.OutputOnly)
	all.add("unbuffered stdout", "", p.Unbuffered)
	all.add("the checker", "", comparison(p.Checker), external(p.Checker.External))
	all.add("the interactor", "", external(p.Interactor))
	if m := p.Manager; m != nil {
		all.add("the manager", "", external(&m.External), m.Processes, m.Streams)
	}
	if g := p.Grader; g != nil {
		names := map[string][]string{}
		for language, files := range g.Files {
			for _, file := range files {
				names[language] = append(names[language], filepath.Base(file))
			}
		}
		what := "the grader"
		if g.Library {
			what = "files next to submissions (include/)"
		}
		all.add(what, "", g.Name, names, g.Before, g.BeforeSubmission)
	}
	for _, t := range p.Tests {
		all.add("the group or the points of a test", t.Name, t.Groups, t.Points)
		all.add("the arguments of a test", t.Name, slices.Concat(t.Args), slices.Concat(t.RunArgs))
		all.add("the files of a test", t.Name, t.ExtraFiles != "")
		if t.Checker != nil && comparison(*t.Checker) != comparison(p.Checker) {
			all.add("the comparison of a test", t.Name, comparison(*t.Checker))
		}
	}
	all.scores(p, func(name string) string { return name })
	return all
}

// different counts distinct demands. A directory and a file may state the same one.
func different(demands []problems.Demand) int {
	var seen []problems.Demand
	for _, d := range demands {
		if !slices.ContainsFunc(seen, func(o problems.Demand) bool { return reflect.DeepEqual(d, o) }) {
			seen = append(seen, d)
		}
	}
	return len(seen)
}

// scores adds how points are computed.
func (p *picture) scores(of *problems.Problem, name func(string) string) {
	root := of.Scoring
	if root.Graded() {
		p.add("the graders of scores", "", true)
	}
	if root.Combination() != nil {
		p.add("how the scores of groups are combined", "", true)
	}
	for _, g := range root.Groups() {
		var requires []string
		for _, required := range g.Requires {
			requires = append(requires, name(required))
		}
		rule, threshold := g.Rule, 0.0
		if passesOrFails(of, g) {
			rule = problems.PassFail
		}
		if g.Rule == problems.Threshold {
			threshold = g.Threshold
		}
		p.add("how a group scores", name(g.Name), rule, g.Points, g.Unbounded, threshold, breaks(g), requires)
	}
}

// breaks reports whether tests of a group do not count after one that is not accepted. The description of DOMjudge's
// groups leaves that out.
func breaks(g *problems.Scoring) bool {
	return g.Break && g.Rule == problems.Sum && (g.Grader == nil || !g.Grader.DOMjudge)
}

// required reports whether a group is required by another one.
func (o *output) required(name string) bool {
	return slices.ContainsFunc(o.problem.Scoring.Groups(), func(g *problems.Scoring) bool {
		return slices.Contains(g.Requires, name)
	})
}

// passesOrFails reports whether a group scores all its points or none: by its rule, or as the minimum of tests that a
// comparison accepts or rejects.
func passesOrFails(p *problems.Problem, g *problems.Scoring) bool {
	compared := p.Checker.External == nil && p.Interactor == nil && p.Manager == nil
	own := func(t problems.TestCase) bool {
		return slices.Contains(t.Groups, g.Name) && t.Points > 0
	}
	return g.Rule == problems.PassFail ||
		g.Rule == problems.Min && !g.Unbounded && compared && !slices.ContainsFunc(p.Tests, own)
}

// comparison describes a built-in checker.
func comparison(c problems.Checker) string {
	if c.External != nil {
		return ""
	}
	words := fmt.Sprint(c.CaseSensitive, c.SpaceChangeSensitive, c.LineSensitive)
	switch c.Compare {
	case problems.Tokens:
	case problems.LineFloats:
		words = "lines"
	default:
		return fmt.Sprint(c.Compare, c.Standard)
	}
	if t := c.Tolerance; t != nil {
		words += fmt.Sprint(max(t.Absolute, -1), max(t.Relative, -1))
	}
	return words
}

// external describes how a program is called and answers.
func external(e *problems.External) string {
	if e == nil {
		return ""
	}
	words := fmt.Sprintf("%d %q %q %q", e.Protocol, e.Args, e.Format, e.Flags)
	if e.Also != nil {
		words += " and " + external(e.Also)
	}
	return words
}

// ofICPC returns the properties that an ICPC package expresses. Groups and tests have other names there.
func ofICPC(p *problems.Problem) picture {
	var all picture
	all.add("the time limit", "", p.NoTimeLimit || p.Limits.Time > 0, timeOf(p))
	all.add("the number of passes", "", max(1, p.Passes))
	all.add("output-only submissions", "", p.OutputOnly)
	all.add("unbuffered stdout", "", p.Unbuffered)
	all.add("a checker or an interactor", "", p.Checker.External != nil || p.Interactor != nil)
	names := map[string]string{}
	groups := p.Scoring.Groups()
	for i, g := range groups {
		names[g.Name] = fmt.Sprint(i + 1)
	}
	for i, t := range p.Tests {
		test := fmt.Sprint(i + 1)
		all.add("the arguments of submissions for a test", test, slices.Concat(t.RunArgs))
		all.add("the files of a test", test, t.ExtraFiles != "")
		for _, g := range t.Groups {
			if groups != nil {
				all.add("the group of a test", test, names[g])
			}
		}
		own := p.Checker
		if t.Checker != nil {
			own = *t.Checker
		}
		if p.Checker.External == nil && p.Interactor == nil {
			all.add("the comparison of a test", test, comparison(own))
		}
	}
	if p.Scoring.Graded() {
		all.add("the graders of scores", "", true)
	}
	return all
}

// timeOf returns the time limit, or "none".
func timeOf(p *problems.Problem) any {
	if p.NoTimeLimit {
		return "none"
	}
	return p.Limits.Time
}
