package icpc

import (
	"fmt"
	"math"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"judge/problems"
	"judge/problems/folder"
)

// expectation is an entry of "Example submissions", for all tests or for some.
type expectation struct {
	permitted, required []problems.Verdict // nil: any
	score               *problems.Range
	message             string
	pace                problems.Pace
	final               []problems.Verdict // its own verdict; nil: any
	less                bool               // the score is not the best one
}

// verdicts returns the verdicts for the format's codes. The format counts exceeded memory and output limits as
// run-time errors.
func verdicts(codes ...string) []problems.Verdict {
	var all []problems.Verdict
	for _, code := range codes {
		switch code {
		case "AC":
			all = append(all, problems.AC)
		case "WA":
			all = append(all, problems.WA)
		case "TLE":
			all = append(all, problems.TLE)
		case "RTE":
			all = append(all, problems.RTE, problems.MLE, problems.OLE)
		}
	}
	return all
}

// directories returns the expectations of the directories: "Default directories" and, for the legacy version, its
// table, in which time_limit_exceeded may have wrong answers and run_time_error any verdicts. With graders, the
// graded verdict counts, as in the reference implementation. The last entries are those of DOMjudge and other tools.
func directories(legacy, graded bool) map[string]expectation {
	d := map[string]expectation{
		"accepted":            {permitted: verdicts("AC"), pace: problems.FastEnough, final: verdicts("AC")},
		"rejected":            {required: verdicts("RTE", "TLE", "WA")},
		"wrong_answer":        {permitted: verdicts("AC", "WA"), required: verdicts("WA"), pace: problems.FastEnough},
		"time_limit_exceeded": {permitted: verdicts("AC", "TLE"), required: verdicts("TLE"), pace: problems.SlowEnough},
		"run_time_error":      {permitted: verdicts("AC", "RTE"), required: verdicts("RTE"), pace: problems.FastEnough},
		"brute_force":         {permitted: verdicts("AC", "RTE", "TLE"), required: verdicts("RTE", "TLE")},
	}
	if legacy {
		d["wrong_answer"] = expectation{permitted: verdicts("AC", "WA"), required: verdicts("WA")}
		d["time_limit_exceeded"] = expectation{
			permitted: verdicts("AC", "WA", "TLE"), required: verdicts("TLE"), pace: problems.SlowEnough,
		}
		d["run_time_error"] = expectation{required: verdicts("RTE")}
		d["partially_accepted"] = expectation{final: verdicts("AC"), pace: problems.NoPace, less: true}
	}
	if graded {
		d["accepted"] = expectation{final: verdicts("AC"), pace: problems.FastEnough}
		d["wrong_answer"] = expectation{final: verdicts("WA")}
		d["time_limit_exceeded"] = expectation{final: verdicts("TLE"), pace: problems.SlowEnough}
		d["run_time_error"] = expectation{final: verdicts("RTE")}
	}
	d["slow_accepted"] = expectation{permitted: verdicts("AC", "TLE"), pace: problems.NoPace}
	d["compiler_error"] = expectation{final: []problems.Verdict{problems.CE}}
	d["memory_limit_exceeded"] = expectation{required: []problems.Verdict{problems.MLE, problems.RTE}}
	d["output_limit"] = expectation{required: []problems.Verdict{problems.OLE}}
	d["no_output"] = expectation{required: verdicts("WA")}
	for alias, of := range map[string]string{
		"run-error": "run_time_error", "run-time-error": "run_time_error", "timelimit": "time_limit_exceeded",
		"wrong-answer": "wrong_answer", "runtime_error": "run_time_error",
	} {
		d[alias] = d[of]
	}
	return d
}

// submissions reads the example submissions and their expectations.
func (r *reader) submissions() error {
	given, err := r.folder.YAML("submissions/submissions.yaml")
	if err != nil {
		return err
	}
	dirs, err := r.folder.Dirs("submissions")
	if err != nil {
		return err
	}
	started, err := r.started()
	if err != nil {
		return err
	}
	used := map[string]bool{}
	for _, dir := range dirs {
		entries, err := r.folder.List(path.Join("submissions", dir))
		if err != nil {
			return err
		}
		for _, e := range entries {
			switch path.Ext(e.Name) {
			case ".md", ".txt", ".class", ".pyc", ".desc":
				continue
			}
			if e.Name == "__pycache__" {
				continue
			}
			if err := r.submission(dir, path.Join(dir, e.Name), started, given, used); err != nil {
				return err
			}
		}
	}
	r.unmatched(given, used)
	return nil
}

// mostUnmatched bounds the notes on patterns without a submission.
const mostUnmatched = 20

// unmatched notes the patterns that match no submission.
func (r *reader) unmatched(given *folder.Document, used map[string]bool) {
	n := 0
	for _, key := range given.Keys() {
		if used[key] || directories(r.legacy || r.graded, r.graded)[key].pace != 0 {
			continue
		}
		if n++; n <= mostUnmatched {
			r.remark(given.Fault(key, fmt.Sprintf("no submission matches %q", key), ""))
		}
	}
	if more := n - mostUnmatched; more > 0 {
		r.remark(r.folder.Fault("submissions/submissions.yaml", 0,
			fmt.Sprintf("%d more patterns match no submission", more), ""))
	}
}

// submission reads one submission. name is its path beneath submissions.
func (r *reader) submission(
	dir, name string, started map[string]start, given *folder.Document, used map[string]bool,
) error {
	full, err := r.folder.Program("submissions", path.Join("submissions", name))
	if err != nil {
		return err
	}
	s := problems.Submission{
		Path: full, Listed: path.Join("submissions", name), Entry: started[name].Entry,
		Language: started[name].Language,
	}
	expected, known := directories(r.legacy || r.graded, r.graded)[dir]
	stated, err := r.statedIn(dir, name)
	if err != nil {
		return err
	}
	keys := given.Keys()
	if err := r.folder.Steps("submissions/submissions.yaml", cost(keys)); err != nil {
		return err
	}
	for _, key := range keys {
		if !matches(key, name) {
			continue
		}
		used[key] = true
		inner, err := given.Inner(key)
		if err != nil {
			return err
		}
		if key == dir { // "The defaults can be overwritten"
			known = true
			err = r.readExpectation(inner, &expected)
		} else {
			var more expectation
			if err = r.readExpectation(inner, &more); err == nil {
				r.demand(&s, more, nil, "")
			}
		}
		if err != nil {
			return err
		}
		if err := r.about(inner, &s); err != nil {
			return err
		}
	}
	if !known {
		r.expect(&s, stated, nil)
	} else {
		r.expect(&s, stated, &expected)
	}
	r.problem.Submissions = append(r.problem.Submissions, s)
	return nil
}

// expect sets the expectations of a submission: those that its source states, or else those of its directory (of,
// which may be nil).
func (r *reader) expect(s *problems.Submission, stated statements, of *expectation) {
	if stated.score != nil {
		s.Demands = append(s.Demands, problems.Demand{Score: stated.score})
	}
	switch {
	case stated.verdicts != nil:
		s.Expect, s.Pace = stated.verdicts, problems.NoPace
		if len(stated.verdicts) == 1 {
			s.Pace = problems.PaceAsExpected
		}
	case stated.score != nil:
		s.Pace = problems.NoPace
	case of != nil:
		r.demand(s, *of, nil, "")
		s.Expect = of.final
	}
	if s.Pace == problems.PaceAsExpected && stated.verdicts == nil {
		s.Pace = problems.NoPace
	}
}

// about reads the other settings of a submission, and its expectations on some tests.
func (r *reader) about(yaml *folder.Document, s *problems.Submission) error {
	if err := yaml.Get("language", &s.Language); err != nil {
		return err
	}
	if err := yaml.Get("model_solution", &s.Model); err != nil {
		return err
	}
	if err := yaml.Get("entrypoint", &s.Entry); err != nil {
		return err
	}
	keys := yaml.Keys()
	if err := r.folder.Steps("submissions/submissions.yaml", cost(keys)*(1+len(r.problem.Tests))); err != nil {
		return err
	}
	for _, key := range keys {
		switch key {
		case "language", "entrypoint", "author", "authors", "model_solution", "permitted", "required", "score",
			"message", "use_for_time_limit", "use_for_timelimit":
			continue
		}
		tests := r.testsOf(key)
		if len(tests) == 0 {
			r.remark(yaml.Fault(key, fmt.Sprintf("no test case matches %q", key), ""))
			continue
		}
		inner, err := yaml.Inner(key)
		if err != nil {
			return err
		}
		var on expectation
		if err := r.readExpectation(inner, &on); err != nil {
			return err
		}
		on.pace = problems.PaceAsExpected // calibration considers whole submissions only
		group := key
		if key == "secret" {
			group = ""
		}
		r.demand(s, on, tests, group)
	}
	return nil
}

// demand adds an expectation to a submission.
func (r *reader) demand(s *problems.Submission, e expectation, tests []string, group string) {
	d := problems.Demand{
		Tests: tests, Permitted: e.permitted, Required: e.required, Score: e.score, Group: group, Message: e.message,
	}
	if e.less {
		d.Score = r.lessThanBest()
	}
	if d.Permitted != nil || d.Required != nil || d.Score != nil || d.Message != "" {
		s.Demands = append(s.Demands, d)
	}
	if e.pace != problems.PaceAsExpected {
		s.Pace = e.pace
	}
}

// lessThanBest returns the scores that are not the best one: "Overall score must not be max of range if objective is
// max and min of range if objective is min". It returns nil if the best score is unknown, so that any score is
// accepted.
func (r *reader) lessThanBest() *problems.Range {
	const most = 1e300
	root := r.problem.Scoring
	if !root.Graded() || !root.Grader.Certain {
		return nil
	}
	best := root.Points
	if root.Grader.Minimize {
		return &problems.Range{Least: best + 1e-5*max(1, math.Abs(best)), Most: most}
	}
	return &problems.Range{Least: min(0, best), Most: best - 1e-5*max(1, math.Abs(best))}
}

// readExpectation reads expectations into e, and keeps those that the document does not override.
func (r *reader) readExpectation(yaml *folder.Document, e *expectation) error {
	for _, k := range []struct {
		key string
		to  *[]problems.Verdict
	}{{"permitted", &e.permitted}, {"required", &e.required}} {
		if !yaml.Has(k.key) {
			continue
		}
		var codes folder.Texts
		if err := yaml.Get(k.key, &codes); err != nil {
			return err
		}
		for _, code := range codes {
			if verdicts(code) == nil {
				return yaml.Fault(k.key, fmt.Sprintf("%q is not a verdict", code), "use AC, WA, TLE or RTE")
			}
		}
		*k.to, e.final = verdicts(codes...), nil
	}
	if yaml.Has("permitted") || yaml.Has("required") { // "Timelimit inference"
		e.pace = problems.PaceAsExpected
		if len(e.required) == 1 && e.required[0] == problems.TLE {
			e.pace = problems.SlowEnough
		} else if e.permitted != nil && !slices.Contains(e.permitted, problems.TLE) {
			e.pace = problems.FastEnough
		}
	}
	if err := yaml.Get("message", &e.message); err != nil {
		return err
	}
	var use string
	for _, key := range []string{"use_for_time_limit", "use_for_timelimit"} {
		if err := yaml.Get(key, &use); err != nil {
			return err
		}
	}
	switch use {
	case "", "true":
	case "false":
		e.pace = problems.NoPace
	case "lower":
		e.pace = problems.FastEnough
	case "upper":
		e.pace = problems.SlowEnough
	default:
		return yaml.Fault("use_for_time_limit", fmt.Sprintf("unknown use_for_time_limit %q", use),
			"use false, lower or upper")
	}
	if !yaml.Has("score") {
		return nil
	}
	var score scoreRange
	if err := yaml.Get("score", &score); err != nil {
		return err
	}
	e.score = (*problems.Range)(&score)
	return nil
}

// scoreRange is a score, or a list of the lowest and the highest.
type scoreRange problems.Range

// UnmarshalYAML reads a number or a list of two.
func (s *scoreRange) UnmarshalYAML(node *yaml.Node) error {
	var both []float64
	if node.Kind == yaml.ScalarNode {
		both = make([]float64, 1)
		if err := node.Decode(&both[0]); err != nil {
			return err
		}
		both = append(both, both[0])
	} else if err := node.Decode(&both); err != nil {
		return err
	}
	if len(both) != 2 {
		return fmt.Errorf("line %d: expected a score, or a list of the lowest and the highest", node.Line)
	}
	s.Least, s.Most = both[0], both[1]
	return nil
}

// testsOf returns the names of the tests that a pattern matches, directly or by a group.
func (r *reader) testsOf(pattern string) []string {
	var names []string
	patterns := braces(pattern, 0)
	for _, t := range r.problem.Tests {
		if matchesOne(patterns, t.Name) {
			names = append(names, t.Name)
		}
	}
	return names
}

// matches reports whether a pattern matches a path or a directory above it ("Glob patterns").
func matches(pattern, name string) bool { return matchesOne(braces(pattern, 0), name) }

// matchesOne reports whether one of some patterns with expanded braces matches. Their only wildcard is *.
func matchesOne(patterns []string, name string) bool {
	literal := strings.NewReplacer(`\`, `\\`, `?`, `\?`, `[`, `\[`)
	for _, p := range patterns {
		p = literal.Replace(strings.TrimSuffix(p, "/"))
		for at := name; at != "." && at != "/"; at = path.Dir(at) {
			if ok, err := path.Match(p, at); ok && err == nil {
				return true
			}
		}
	}
	return false
}

// cost estimates the comparisons needed to match keys with one name.
func cost(keys []string) int {
	all := 0
	for _, key := range keys {
		n := 1
		for _, part := range strings.Split(key, "{")[1:] {
			words, _, _ := strings.Cut(part, "}")
			n = min(mostPatterns, n*(1+strings.Count(words, ",")))
		}
		all += n * (1 + len(key)/64)
	}
	return all
}

// mostPatterns bounds the patterns that one pattern with braces expands to.
const mostPatterns = 1000

// braces expands {a,b}. Blanks around a word are not part of it.
func braces(pattern string, depth int) []string {
	open := strings.IndexByte(pattern, '{')
	if open < 0 || depth > 8 {
		return []string{pattern}
	}
	length := strings.IndexByte(pattern[open:], '}')
	if length < 0 {
		return []string{pattern}
	}
	var all []string
	for _, word := range strings.Split(pattern[open+1:open+length], ",") {
		all = append(all, braces(pattern[:open]+strings.TrimSpace(word)+pattern[open+length+1:], depth+1)...)
		if len(all) > mostPatterns {
			break
		}
	}
	return all
}
