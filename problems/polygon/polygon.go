// Package polygon reads the packages of Codeforces' Polygon, by their problem.xml:
//
//	problem, err := polygon.Read("a-plus-b")
//
// Tests are files, as in the full package for Linux, or else recipes: the commands of generators in problem.xml or in a
// script, and answers of the main solution. Checkers, interactors and validators use testlib.h, which is in the
// package.
package polygon

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"judge/problems"
	"judge/problems/folder"
)

// FileName is the name of a package's description.
const FileName = "problem.xml"

// Detect reports whether a directory is a package. Other tools have files of the same name.
func Detect(dir string) bool {
	f, err := folder.Open(dir)
	if err != nil {
		return false
	}
	defer f.Close()
	if !f.IsFile(FileName) {
		return false
	}
	data, err := f.Read(FileName)
	return err != nil || bytes.Contains(data, []byte("<judging")) // an unreadable file is an error of Read
}

// Read reads the package in a directory. Errors are *problems.Error.
func Read(dir string) (*problems.Problem, error) {
	f, err := folder.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := f.Read(FileName)
	if err != nil {
		return nil, err
	}
	r := &reader{folder: f, text: string(data), generators: map[string]*problems.External{}, problem: problems.Problem{
		Dir: f.Dir, Path: dir, Name: filepath.Base(f.Dir), Format: "Polygon", Limits: limits(), Define: "ONLINE_JUDGE",
	}}
	if err := xml.Unmarshal(data, &r.given); err != nil {
		line := 0
		if at, ok := errors.AsType[*xml.SyntaxError](err); ok {
			line = at.Line
		}
		return nil, f.Fault(FileName, line, fmt.Sprintf("%.200q", err.Error()),
			"use the problem.xml of a Polygon package")
	}
	for _, step := range []func() error{
		r.names, r.judging, r.checker, r.validators, r.samples, r.solutions, r.answers,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	r.problem.Remarks = append(r.problem.Remarks, f.Notes()...)
	return &r.problem, nil
}

// limits returns the limits that packages do not state. Codeforces lets programs write much more than the ICPC does.
func limits() problems.Limits {
	l := problems.DefaultLimits()
	l.Output = problems.PlentyOfOutput
	return l
}

// document holds the used elements of problem.xml.
type document struct {
	ShortName string `xml:"short-name,attr"`
	Names     []struct {
		Language string `xml:"language,attr"`
		Value    string `xml:"value,attr"`
	} `xml:"names>name"`
	Judging struct {
		InputFile  string    `xml:"input-file,attr"`
		OutputFile string    `xml:"output-file,attr"`
		RunCount   int       `xml:"run-count,attr"`
		Testsets   []testset `xml:"testset"`
	} `xml:"judging"`
	Resources   []file     `xml:"files>resources>file"`
	Executables []program  `xml:"files>executables>executable"`
	Checker     *program   `xml:"assets>checker"`
	Interactor  *program   `xml:"assets>interactor"`
	Validators  []program  `xml:"assets>validators>validator"`
	Solutions   []solution `xml:"assets>solutions>solution"`
}

// testset is a test set of problem.xml.
type testset struct {
	Name          string  `xml:"name,attr"`
	TimeLimit     float64 `xml:"time-limit"`   // milliseconds
	MemoryLimit   int64   `xml:"memory-limit"` // bytes
	InputPattern  string  `xml:"input-path-pattern"`
	AnswerPattern string  `xml:"answer-path-pattern"`
	Tests         []test  `xml:"tests>test"`
	Groups        []struct {
		Name         string  `xml:"name,attr"`
		Points       float64 `xml:"points,attr"`
		PointsPolicy string  `xml:"points-policy,attr"`
		Dependencies []struct {
			Group string `xml:"group,attr"`
		} `xml:"dependencies>dependency"`
	} `xml:"groups>group"`
}

// file is a file of the package.
type file struct {
	Path string `xml:"path,attr"`
	Type string `xml:"type,attr"`
}

// program is a checker, an interactor, a validator or an executable such as a generator.
type program struct {
	Name   string `xml:"name,attr"`
	Type   string `xml:"type,attr"`
	Source file   `xml:"source"`
	Trials trials `xml:"testset"`
}

// solution is a submission with its tags.
type solution struct {
	Tag    string `xml:"tag,attr"`
	Source file   `xml:"source"`
	Extra  []struct {
		Group string `xml:"group,attr"`
		Tag   string `xml:"tag,attr"`
	} `xml:"extra-tags>extra-tag"`
}

// reader fills a problem from a package.
type reader struct {
	folder  *folder.Folder
	given   document
	problem problems.Problem

	text  string // of problem.xml
	lines []int  // offsets of its lines' beginnings

	generators map[string]*problems.External // by the name in commands
}

// names reads the name of the problem.
func (r *reader) names() error {
	for i, n := range r.given.Names {
		if n.Value != "" && (i == 0 || n.Language == "english") {
			r.problem.Name = n.Value
		}
	}
	return nil
}

// standard reports whether the name of a file means a standard stream.
func standard(name string) bool { return slices.Contains([]string{"", "stdin", "stdout"}, name) }

// judging reads limits, tests and groups.
func (r *reader) judging() error {
	j := r.given.Judging
	if j.RunCount > 1 {
		return r.folder.Fault(FileName, 0, "run-count above 1 is not supported", "")
	}
	if !standard(j.InputFile) {
		r.problem.Files.Input = j.InputFile
	}
	if !standard(j.OutputFile) {
		r.problem.Files.Output = j.OutputFile
	}
	for _, name := range []string{r.problem.Files.Input, r.problem.Files.Output} {
		if strings.ContainsAny(name, "/\x00") || name == ".." || name == "." {
			return r.folder.Fault(FileName, 0, fmt.Sprintf("%q is not a file name", name),
				"write a name without a directory")
		}
	}
	i := slices.IndexFunc(j.Testsets, func(t testset) bool { return t.Name == "tests" })
	if i < 0 && len(j.Testsets) > 0 {
		i = 0
	}
	if i < 0 || len(j.Testsets[i].Tests) == 0 {
		return r.folder.Fault(FileName, 0, "no tests", "")
	}
	set := j.Testsets[i]
	if !(set.TimeLimit > 0) || set.TimeLimit > 1e8 || set.MemoryLimit <= 0 || set.MemoryLimit > 1<<40 {
		return r.folder.Fault(FileName, 0, "time limit or memory limit out of range", "")
	}
	r.problem.Limits = r.problem.Limits.WithTime(time.Duration(set.TimeLimit * float64(time.Millisecond)))
	r.problem.Limits.Memory = problems.Bytes(set.MemoryLimit)
	return r.tests(set)
}

// numbered replaces the %d of a pattern such as tests/%02d by a number.
func numbered(pattern string, n int) (string, bool) {
	at := strings.IndexByte(pattern, '%')
	if at < 0 || strings.Count(pattern, "%") != 1 {
		return "", false
	}
	end := strings.IndexByte(pattern[at:], 'd')
	if end < 0 || end > 3 || strings.Trim(pattern[at+1:at+end], "0123456789") != "" {
		return "", false
	}
	return pattern[:at] + fmt.Sprintf(pattern[at:at+end+1], n) + pattern[at+end+1:], true
}

// groups reads which tests score together. Tests without a group score separately.
func (r *reader) groups(set testset) error {
	const alone = "tests"
	var names []string
	points := map[string]float64{}
	for i := range r.problem.Tests {
		t := &r.problem.Tests[i]
		if len(t.Groups) == 0 {
			t.Groups = []string{alone}
		}
		if _, known := points[t.Groups[0]]; !known {
			names = append(names, t.Groups[0])
		}
		points[t.Groups[0]] += t.Points
	}
	if n := max(len(names), len(set.Groups)); n > mostGroups {
		return r.folder.Fault(FileName, 0, fmt.Sprintf("%d groups: expected at most %d", n, mostGroups), "")
	}
	names, err := r.ordered(names, set)
	if err != nil {
		return err
	}
	var groups []*problems.Scoring
	for _, name := range names {
		g := &problems.Scoring{Name: name, Points: points[name], Rule: problems.Sum}
		for _, given := range set.Groups {
			if given.Name != name {
				continue
			}
			if given.PointsPolicy == "complete-group" {
				g.Rule = problems.PassFail
			}
			if given.Points > 0 {
				g.Points = given.Points
			}
			for _, d := range given.Dependencies {
				g.Requires = append(g.Requires, d.Group)
			}
		}
		groups = append(groups, g)
	}
	if slices.ContainsFunc(groups, func(g *problems.Scoring) bool { return g.Points > 0 }) {
		r.problem.Scoring = problems.GroupsOfTests(groups, r.problem.Tests) // groups without points have no effect
	}
	return nil
}

// mostGroups bounds the groups of a problem: they are compared in pairs.
const mostGroups = 1000

// ordered sorts groups after those that they depend on.
func (r *reader) ordered(names []string, set testset) ([]string, error) {
	dependencies := map[string][]string{}
	for _, g := range set.Groups {
		if !slices.Contains(names, g.Name) {
			continue
		}
		for _, d := range g.Dependencies {
			dependencies[g.Name] = append(dependencies[g.Name], d.Group)
		}
	}
	var ready []string
	isReady := map[string]bool{}
	for len(ready) < len(names) {
		i := slices.IndexFunc(names, func(name string) bool {
			return !isReady[name] && !slices.ContainsFunc(dependencies[name],
				func(d string) bool { return !isReady[d] })
		})
		if i < 0 {
			left := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return isReady[name] })
			of := dependencies[left[0]]
			of = of[:min(len(of), 10)]
			return nil, r.folder.Fault(FileName, 0,
				fmt.Sprintf("group %q depends on %q, which does not exist or depends on it", left[0], of), "")
		}
		ready = append(ready, names[i])
		isReady[names[i]] = true
	}
	return ready, nil
}

// solutions reads the solutions and the expectations of their tags: a TLE or WA solution fails some test, and may
// pass others.
func (r *reader) solutions() error {
	for _, given := range r.given.Solutions {
		full, err := r.folder.Program(FileName, given.Source.Path)
		if err != nil {
			return err
		}
		if given.Tag == "do-not-run" {
			continue
		}
		s := problems.Submission{
			Path: full, Listed: given.Source.Path, Pace: problems.NoPace, Expect: r.expected(given.Tag),
			Language: language(given.Source.Type),
		}
		switch given.Tag {
		case "main":
			s.Pace, s.Model = problems.FastEnough, true
		case "accepted":
			s.Pace = problems.FastEnough
		case "time-limit-exceeded":
			s.Pace = problems.SlowEnough
		}
		if err := r.folder.Steps(FileName, len(given.Extra)*len(r.problem.Tests)); err != nil {
			return err
		}
		for _, extra := range given.Extra {
			r.demand(&s, extra.Group, r.expected(extra.Tag))
		}
		r.problem.Submissions = append(r.problem.Submissions, s)
	}
	return nil
}

// expected returns the verdicts for a tag.
func (r *reader) expected(tag string) []problems.Verdict {
	ac, wa, tle, mle, rte, ole := problems.AC, problems.WA, problems.TLE, problems.MLE, problems.RTE, problems.OLE
	switch tag {
	case "main", "accepted":
		return []problems.Verdict{ac}
	case "rejected", "failed":
		return []problems.Verdict{wa, tle, mle, rte, ole}
	case "wrong-answer", "presentation-error":
		return []problems.Verdict{wa}
	case "time-limit-exceeded":
		return []problems.Verdict{tle}
	case "time-limit-exceeded-or-accepted":
		return []problems.Verdict{tle, ac}
	case "time-limit-exceeded-or-memory-limit-exceeded":
		return []problems.Verdict{tle, mle}
	case "memory-limit-exceeded":
		return []problems.Verdict{mle}
	case "runtime-error", "run-time-error":
		return []problems.Verdict{rte}
	}
	r.problem.Remarks = append(r.problem.Remarks, r.folder.Fault(FileName, 0,
		fmt.Sprintf("unknown tag %q of a solution", tag), ""))
	return nil
}

// demand adds the expectation of a tag on one group: AC on all of its tests, or one of the verdicts on at least one.
func (r *reader) demand(s *problems.Submission, group string, expected []problems.Verdict) {
	d := problems.Demand{Group: group, Required: expected}
	if slices.Equal(expected, []problems.Verdict{problems.AC}) {
		d.Permitted, d.Required = expected, nil
	}
	for _, t := range r.problem.Tests {
		if slices.Contains(t.Groups, group) {
			d.Tests = append(d.Tests, t.Name)
		}
	}
	if d.Tests != nil && expected != nil {
		s.Demands = append(s.Demands, d)
	}
}

// language returns the id for a type of source, such as cpp.g++17 or python.3. "" means that the file decides.
func language(kind string) string {
	switch {
	case strings.HasPrefix(kind, "cpp.") && strings.Contains(kind, "23"):
		return "cpp23"
	case strings.HasPrefix(kind, "cpp.") && strings.Contains(kind, "20"):
		return "cpp"
	case strings.HasPrefix(kind, "cpp."):
		return "cpp17"
	case strings.HasPrefix(kind, "python.pypy"):
		return "pypy3"
	default:
		return ""
	}
}
