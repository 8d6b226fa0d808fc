package native

import (
	"math"
	"strings"

	"judge/problems"
	"judge/problems/strictyaml"
)

func (r *reader) submissions(node *strictyaml.Node) error {
	nodes, err := node.List("submissions", "write [{path: PATH, expect: AC}]")
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
			return n.Fault("the submission appears twice", "remove one")
		}
		seen[s.Listed] = true
		if other := r.problem.Solution(); s.Model && other != nil {
			return n.Fault("two model solutions: "+quote(other.Listed)+" and "+quote(s.Listed),
				"remove model: true from one")
		}
		r.problem.Submissions = append(r.problem.Submissions, s)
	}
	return nil
}

func (r *reader) submission(node *strictyaml.Node) (s problems.Submission, err error) {
	given, err := r.mapping(node, submissionKeys(&s))
	if err == nil && given["path"] == nil {
		err = node.Fault("the key \"path\" is missing", "add path: PATH")
	}
	return s, err
}

func submissionKeys(s *problems.Submission) []key {
	return []key{
		{"path", func(r *reader, node *strictyaml.Node) error { return submissionPath(s, r, node) }},
		{"expect", verdictsInto(&s.Expect)},
		{"permitted", func(r *reader, node *strictyaml.Node) error {
			return verdictsInto(&demandOf(s).Permitted)(r, node)
		}},
		{"required", func(r *reader, node *strictyaml.Node) error {
			return verdictsInto(&demandOf(s).Required)(r, node)
		}},
		{"score", func(r *reader, node *strictyaml.Node) (err error) {
			demandOf(s).Score, err = r.scores(node)
			return err
		}},
		{"message", func(r *reader, node *strictyaml.Node) (err error) {
			demandOf(s).Message, err = node.Text()
			return err
		}},
		{"language", func(r *reader, node *strictyaml.Node) (err error) {
			if s.Language, err = node.Text(); err == nil && !languageID.matches(s.Language) {
				err = node.Fault(quote(s.Language)+" is not the id of a language", languageHint(s.Language))
			}
			return err
		}},
		{"entry", func(r *reader, node *strictyaml.Node) (err error) {
			s.Entry, err = node.Text()
			return err
		}},
		{"model", func(r *reader, node *strictyaml.Node) (err error) {
			s.Model, err = node.Bool()
			return err
		}},
	}
}

// languageHint returns the hint for a word that is not a language id. Only the table of languages knows which ids
// exist.
func languageHint(word string) string {
	if near := problems.Synonym(word, []string{"cpp", "csharp", "python3", "javascript"}); near != "" {
		return "did you mean " + quote(near) + "?"
	}
	return "run judge languages to list them"
}

// demandOf returns the demand on all tests. A submission has at most one.
func demandOf(s *problems.Submission) *problems.Demand {
	if s.Demands == nil {
		s.Demands = []problems.Demand{{}}
	}
	return &s.Demands[0]
}

// verdictsInto reads a verdict, or a list of several.
func verdictsInto(to *[]problems.Verdict) func(*reader, *strictyaml.Node) error {
	return func(r *reader, node *strictyaml.Node) error {
		nodes, err := node.OneOrMore("verdicts", "")
		if err != nil {
			return err
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
func (r *reader) scores(node *strictyaml.Node) (*problems.Range, error) {
	nodes, err := node.OneOrMore("scores", "")
	if err != nil {
		return nil, err
	}
	if node.IsScalar() {
		nodes = append(nodes, node)
	}
	if len(nodes) != 2 {
		return nil, node.Fault("expected one score, or the least and the most", "write score: 50, or score: [40, 60]")
	}
	var both [2]float64
	for i, n := range nodes {
		if both[i], err = n.Float(0, math.Inf(1)); err != nil {
			return nil, err
		}
	}
	if both[0] > both[1] {
		return nil, node.Fault("the least score is more than the most", "write [LEAST, MOST]")
	}
	return &problems.Range{Least: both[0], Most: both[1]}, nil
}

// expectable returns the codes of the verdicts that a submission can get.
func expectable() []string {
	var codes []string
	for v := problems.AC; v < problems.JE; v++ {
		codes = append(codes, v.String())
	}
	return codes
}

// verdict reads a verdict that a submission can get: any but JE and SKIP.
func (r *reader) verdict(node *strictyaml.Node) (problems.Verdict, error) {
	code, err := node.Text()
	if err != nil {
		return problems.Unjudged, err
	}
	several := strings.FieldsFunc(code, func(c rune) bool { return strings.ContainsRune(",|/ ", c) })
	if len(several) > 1 {
		if _, err := problems.ParseVerdict(several[0]); err == nil {
			return problems.Unjudged, node.Fault(quote(code)+" is not a verdict to expect",
				"write a list: ["+clean(strings.Join(several, ", "))+"]")
		}
	}
	v, err := problems.ParseVerdict(code)
	if err != nil || v == problems.JE || v == problems.SKIP {
		return problems.Unjudged, node.Fault(quote(code)+" is not a verdict to expect",
			strictyaml.Suggest(code, expectable()))
	}
	return v, nil
}
