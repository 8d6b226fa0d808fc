package native

import (
	"math"
	"path"
	"strings"

	"go.yaml.in/yaml/v3"

	"judge/problems"
)

func (r *reader) submissions(node *yaml.Node) error {
	nodes, err := r.list(node, "submissions")
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, n := range nodes {
		s, err := r.submission(n)
		if err != nil {
			return err
		}
		if seen[s.Listed] {
			return r.fault(n, "the submission is here twice", "remove one")
		}
		seen[s.Listed] = true
		r.problem.Submissions = append(r.problem.Submissions, s)
	}
	return nil
}

func (r *reader) submission(node *yaml.Node) (s problems.Submission, err error) {
	given, err := r.mapping(node, submissionKeys(&s))
	if err == nil && given["path"] == nil {
		err = r.fault(node, "the key \"path\" is missing", "add path: PATH")
	}
	return s, err
}

func submissionKeys(s *problems.Submission) []key {
	return []key{
		{"path", func(r *reader, node *yaml.Node) error {
			name, err := r.text(node)
			if err != nil {
				return err
			}
			full, mode, err := r.inside(node, name)
			if err == nil && !mode.IsRegular() && !mode.IsDir() {
				err = r.fault(node, quote(name)+" is neither a file nor a directory", "name a source, or a directory of sources")
			}
			if full == r.problem.Dir {
				err = r.fault(node, quote(name)+" is the problem's own directory", "name a file or a directory in it")
			}
			s.Path, s.Listed = full, path.Clean(name)
			return err
		}},
		{"expect", verdictsInto(&s.Expect)},
		{"permitted", func(r *reader, node *yaml.Node) error { return verdictsInto(&demandOf(s).Permitted)(r, node) }},
		{"required", func(r *reader, node *yaml.Node) error { return verdictsInto(&demandOf(s).Required)(r, node) }},
		{"score", func(r *reader, node *yaml.Node) (err error) {
			demandOf(s).Score, err = r.scores(node)
			return err
		}},
		{"message", func(r *reader, node *yaml.Node) (err error) {
			demandOf(s).Message, err = r.text(node)
			return err
		}},
		{"language", func(r *reader, node *yaml.Node) (err error) {
			if s.Language, err = r.text(node); err == nil && !languageID.matches(s.Language) {
				err = r.fault(node, quote(s.Language)+" is not the id of a language", languageHint(s.Language))
			}
			return err
		}},
		{"entry", func(r *reader, node *yaml.Node) (err error) {
			s.Entry, err = r.text(node)
			return err
		}},
		{"model", func(r *reader, node *yaml.Node) (err error) {
			s.Model, err = r.truth(node)
			return err
		}},
	}
}

// languageHint says what to write instead of what is no language's id. Which ids there are, only the table of
// languages knows.
func languageHint(word string) string {
	if near := problems.Synonym(word, []string{"cpp", "csharp", "python3", "javascript"}); near != "" {
		return "did you mean " + quote(near) + "?"
	}
	return "judge languages lists them"
}

// demandOf is the demand on all tests, of which a submission has one at the most.
func demandOf(s *problems.Submission) *problems.Demand {
	if s.Demands == nil {
		s.Demands = []problems.Demand{{}}
	}
	return &s.Demands[0]
}

// verdictsInto reads a verdict, or a list of several.
func verdictsInto(to *[]problems.Verdict) func(*reader, *yaml.Node) error {
	return func(r *reader, node *yaml.Node) error {
		nodes := []*yaml.Node{node}
		if node.Kind != yaml.ScalarNode {
			var err error
			if nodes, err = r.list(node, "verdicts"); err != nil {
				return err
			}
		}
		for _, n := range nodes {
			v, err := r.verdict(n)
			if err != nil {
				return err
			}
			*to = append(*to, v)
		}
		return nil
	}
}

// scores reads a score, or a list of the least and the most.
func (r *reader) scores(node *yaml.Node) (*problems.Range, error) {
	nodes := []*yaml.Node{node, node}
	if node.Kind != yaml.ScalarNode {
		var err error
		if nodes, err = r.list(node, "scores"); err != nil {
			return nil, err
		}
	}
	if len(nodes) != 2 {
		return nil, r.fault(node, "a score is one number, or the least and the most", "write score: 50, or score: [40, 60]")
	}
	var both [2]float64
	for i, n := range nodes {
		value, err := r.number(n)
		if err != nil {
			return nil, err
		}
		if both[i], _ = value.Float64(); value.Sign() < 0 || math.IsInf(both[i], 0) {
			return nil, r.fault(n, n.Value+" is out of range", "a score is 0 or more")
		}
	}
	if both[0] > both[1] {
		return nil, r.fault(node, "the least score is more than the most", "write [least, most]")
	}
	return &problems.Range{Least: both[0], Most: both[1]}, nil
}

// expectable are the codes of the verdicts that a submission can earn.
func expectable() []string {
	var codes []string
	for v := problems.AC; v < problems.JE; v++ {
		codes = append(codes, v.String())
	}
	return codes
}

// verdict reads a verdict that a submission can earn: not what is the judge's fault, and not what was not run.
func (r *reader) verdict(node *yaml.Node) (problems.Verdict, error) {
	code, err := r.text(node)
	if err != nil {
		return problems.Unjudged, err
	}
	several := strings.FieldsFunc(code, func(c rune) bool { return strings.ContainsRune(",|/ ", c) })
	if len(several) > 1 {
		if _, err := problems.ParseVerdict(several[0]); err == nil {
			return problems.Unjudged, r.fault(node, quote(code)+" is not a verdict to expect",
				"write a list: ["+clean(strings.Join(several, ", "))+"]")
		}
	}
	v, err := problems.ParseVerdict(code)
	if err != nil || v == problems.JE || v == problems.SKIP {
		return problems.Unjudged, r.fault(node, quote(code)+" is not a verdict to expect", suggest(code, expectable()))
	}
	return v, nil
}
