package native

import (
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
		if seen[s.Path] {
			return r.fault(n, "the submission stands here twice", "remove one")
		}
		seen[s.Path] = true
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
			full, info, err := r.inside(node, name)
			if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
				err = r.fault(node, quote(name)+" is neither a file nor a directory", "name a source, or a directory of sources")
			}
			if full == r.problem.Dir {
				err = r.fault(node, quote(name)+" is the problem's own directory", "name a file or a directory in it")
			}
			s.Path = full
			return err
		}},
		{"expect", func(r *reader, node *yaml.Node) error {
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
				s.Expect = append(s.Expect, v)
			}
			return nil
		}},
	}
}

// verdict reads a verdict that a submission can earn: not what is the judge's fault, and not what was not run.
func (r *reader) verdict(node *yaml.Node) (problems.Verdict, error) {
	code, err := r.text(node)
	if err != nil {
		return problems.Unjudged, err
	}
	v, err := problems.ParseVerdict(code)
	if err != nil || v == problems.JE || v == problems.SKIP {
		return problems.Unjudged, r.fault(node, quote(code)+" is not a verdict to expect", "use AC, WA, TLE, MLE, OLE, RTE or CE")
	}
	return v, nil
}
