package dmoj

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"time"

	"go.yaml.in/yaml/v3"

	"judge/problems"
	"judge/problems/folder"
)

// suite reads the submissions that the tests of the DMOJ's judge have beside problems: tests/NAME/test.yml says what
// is expected of the sources beside it, and under which limits.
func (r *reader) suite() error {
	names, err := r.folder.Dirs("tests")
	if err != nil {
		return err
	}
	var longest time.Duration
	var most problems.Bytes
	var trials []trial
	for _, name := range names {
		file := path.Join("tests", name, "test.yml")
		if !r.folder.IsFile(file) {
			continue
		}
		before := len(r.problem.Submissions)
		limit, memory, err := r.trial(path.Dir(file), file)
		if err != nil {
			return err
		}
		longest, most = max(longest, limit), max(most, memory)
		trials = append(trials, trial{file, limit, memory, r.problem.Submissions[before:]})
	}
	r.problem.Submissions = nil
	for _, t := range trials {
		if t.needsLimits(longest, most) {
			r.problem.Remarks = append(r.problem.Remarks, r.folder.Fault(t.file, 0,
				"what is to exceed a limit below those of the other tests is not tried", ""))
			continue
		}
		r.problem.Submissions = append(r.problem.Submissions, t.submissions...)
	}
	if longest > 0 {
		r.problem.NoTimeLimit = false
		r.problem.Limits = r.problem.Limits.WithTime(longest)
	}
	if most > 0 {
		r.problem.Limits.Memory = most
	}
	return nil
}

// trial is what a test.yml states. All submissions of a problem are judged under one time limit and one limit of
// memory, which are the largest.
type trial struct {
	file        string
	limit       time.Duration
	memory      problems.Bytes
	submissions []problems.Submission
}

// needsLimits reports whether the trial expects a submission to exceed a limit of its own below that of the problem.
func (t trial) needsLimits(limit time.Duration, memory problems.Bytes) bool {
	return slices.ContainsFunc(t.submissions, func(s problems.Submission) bool {
		return t.limit < limit && isToFail(s, problems.TLE) || t.memory < memory && isToFail(s, problems.MLE)
	})
}

// isToFail reports whether a submission has to have a verdict.
func isToFail(s problems.Submission, v problems.Verdict) bool {
	only := func(permitted []problems.Verdict) bool {
		return slices.Contains(permitted, v) && !slices.Contains(permitted, problems.AC)
	}
	return only(s.Expect) || slices.ContainsFunc(s.Demands, func(d problems.Demand) bool { return only(d.Permitted) })
}

// trial reads one test.yml.
func (r *reader) trial(dir, file string) (limit time.Duration, memory problems.Bytes, err error) {
	test, err := r.folder.YAML(file)
	if err != nil {
		return 0, 0, err
	}
	var language string
	var seconds, kibibytes float64
	var sources folder.One
	all := codes{"AC"}
	var cases yaml.Node
	for key, to := range map[string]any{
		"language": &language, "time": &seconds, "memory": &kibibytes, "source": &sources, "expect": &all, "cases": &cases,
	} {
		if err := test.Get(key, to); err != nil {
			return 0, 0, err
		}
	}
	if !(seconds >= 0 && seconds <= 86400 && kibibytes >= 0 && kibibytes <= 1<<30) {
		return 0, 0, test.Fault("time", "the limits are out of range", "")
	}
	id, known := ids()[language]
	if slices.Contains(all, "IE") {
		r.problem.Remarks = append(r.problem.Remarks, r.folder.Fault(file, 0,
			"what is to fail in the DMOJ's judge itself is not tried", ""))
		return 0, 0, nil
	}
	s := problems.Submission{Language: id, Pace: problems.NoPace}
	if err := r.expected(&s, all, &cases); err != nil {
		return 0, 0, test.Fault("cases", err.Error(), "")
	}
	for _, source := range sources {
		s.Listed = path.Join(dir, source)
		if !known {
			r.problem.Foreign = append(r.problem.Foreign, problems.Foreign{Submission: s, Language: foreignName(language)})
			continue
		}
		if s.Path, err = r.folder.Program(file, s.Listed); err != nil {
			return 0, 0, err
		}
		r.problem.Submissions = append(r.problem.Submissions, s)
	}
	if !known {
		return 0, 0, nil
	}
	return time.Duration(seconds * float64(time.Second)), problems.Bytes(kibibytes) * problems.KiB, nil
}

// expected makes demands of codes: those of all cases, and those of cases that have their own.
func (r *reader) expected(s *problems.Submission, all codes, cases *yaml.Node) error {
	if slices.Contains(all, "CE") {
		s.Expect = []problems.Verdict{problems.CE}
		return nil
	}
	own, err := byCase(cases)
	if err != nil {
		return err
	}
	if permitted := all.verdicts(); len(own) == 0 && permitted != nil {
		s.Demands = []problems.Demand{{Permitted: permitted}}
		if slices.Equal(all, codes{"AC"}) {
			s.Expect, s.Demands = permitted, nil
		}
		return nil
	}
	var others []string
	for i, t := range r.problem.Tests {
		switch of, ok := own[i+1]; {
		case !ok:
			others = append(others, t.Name)
		case of.verdicts() != nil:
			s.Demands = append(s.Demands, problems.Demand{Tests: []string{t.Name}, Permitted: of.verdicts()})
		}
	}
	if permitted := all.verdicts(); permitted != nil && others != nil {
		s.Demands = append(s.Demands, problems.Demand{Tests: others, Permitted: permitted})
	}
	return nil
}

// byCase reads the codes of cases, by their numbers from 1: a list, or a mapping.
func byCase(node *yaml.Node) (map[int]codes, error) {
	own := map[int]codes{}
	switch node.Kind {
	case yaml.SequenceNode:
		var list []codes
		if err := node.Decode(&list); err != nil {
			return nil, err
		}
		for i, c := range list {
			own[i+1] = c
		}
	case yaml.MappingNode:
		var named map[string]codes
		if err := node.Decode(&named); err != nil {
			return nil, err
		}
		for number, c := range named {
			n, err := strconv.Atoi(number)
			if err != nil {
				return nil, fmt.Errorf("%q is not the number of a case", number)
			}
			own[n] = c
		}
	}
	return own, nil
}

// codes are those of the DMOJ, one or several; "*" is any.
type codes []string

// UnmarshalYAML reads either.
func (c *codes) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		*c = codes{node.Value}
		return nil
	}
	return node.Decode((*[]string)(c))
}

// verdicts are what the codes stand for; nil: anything. A case that is skipped says nothing.
func (c codes) verdicts() []problems.Verdict {
	var all []problems.Verdict
	for _, code := range c {
		switch code {
		case "AC":
			all = append(all, problems.AC)
		case "WA":
			all = append(all, problems.WA)
		case "TLE":
			all = append(all, problems.TLE)
		case "MLE":
			all = append(all, problems.MLE)
		case "OLE":
			all = append(all, problems.OLE)
		case "RTE", "IR":
			all = append(all, problems.RTE)
		default:
			return nil
		}
	}
	return all
}

// foreignName is the name of a language that judge does not have.
func foreignName(code string) string {
	switch code {
	case "PY2", "PYPY2":
		return "Python 2"
	}
	return code
}

// ids are the languages of the DMOJ's codes.
func ids() map[string]string {
	return map[string]string{
		"C": "c", "C11": "c", "CPP03": "cpp17", "CPP11": "cpp17", "CPP14": "cpp17", "CPP17": "cpp17", "CPP20": "cpp", "JAVA": "java", "JAVA8": "java",
		"JAVA9": "java", "JAVA10": "java", "JAVA11": "java", "JAVA17": "java", "PY3": "python3", "PYPY3": "pypy3", "GO": "go", "RUST": "rust",
		"V8JS": "javascript", "NODEJS": "javascript", "MONOCS": "csharp", "PAS": "pascal", "HASK": "haskell", "OCAML": "ocaml", "RUBY2": "ruby", "RUBY": "ruby",
		"PERL": "perl", "LUA": "lua", "PHP": "php", "BASH": "bash", "KOTLIN": "kotlin",
	}
}
