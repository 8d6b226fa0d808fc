package native

import (
	"path"
	"slices"

	"judge/problems"
	"judge/problems/strictyaml"
)

// solution reads the path of the model solution, a submission that may also be listed in submissions.
func (r *reader) solution(node *strictyaml.Node) error {
	var s problems.Submission
	if err := submissionPath(&s, r, node); err != nil {
		return err
	}
	if r.problem.OutputOnly {
		return node.Fault("solution cannot be combined with output_only: its submissions are outputs",
			"remove it, and list the answers")
	}
	if other := r.problem.Solution(); other != nil && other.Listed != s.Listed {
		return node.Fault("two model solutions: "+quote(s.Listed)+" and "+quote(other.Listed),
			"remove model: true from one, or solution")
	}
	i := slices.IndexFunc(r.problem.Submissions, func(o problems.Submission) bool { return o.Listed == s.Listed })
	if i < 0 {
		s.Expect, s.Model = []problems.Verdict{problems.AC}, true
		r.problem.Submissions = slices.Insert(r.problem.Submissions, 0, s)
		return nil
	}
	listed := &r.problem.Submissions[i]
	if listed.Expect == nil {
		listed.Expect = []problems.Verdict{problems.AC}
	}
	if !slices.Contains(listed.Expect, problems.AC) {
		return node.Fault("the solution "+quote(s.Listed)+" is not expected to be AC",
			"correct expect, or name another one")
	}
	listed.Model = true
	return nil
}

// submissionPath reads the path of a submission.
func submissionPath(s *problems.Submission, r *reader, node *strictyaml.Node) error {
	name, err := node.Text()
	if err != nil {
		return err
	}
	full, mode, err := r.inside(node, name)
	if err == nil && !mode.IsRegular() && !mode.IsDir() {
		err = node.Fault(quote(name)+" is neither a file nor a directory",
			"name a source, or a directory of sources")
	}
	if full == r.problem.Dir {
		err = node.Fault(quote(name)+" is the problem's own directory", "name a file or a directory in it")
	}
	s.Path, s.Listed = full, path.Clean(name)
	return err
}

// answers checks that the model solution makes the answers that no file holds.
func (r *reader) answers() error {
	p := &r.problem
	if !p.HasAnswers() || p.Solution() != nil && !p.OutputOnly {
		return nil
	}
	if r.unanswered != nil {
		return r.unanswered
	}
	for _, t := range p.Tests {
		if t.Recipe != nil && t.Recipe.Answer.Origin == problems.FromModel {
			hint := "add solution: PATH, the submission whose outputs are the answers"
			if p.OutputOnly {
				hint = "let the generator write it, and name it in answer_file"
			}
			return t.Recipe.Error("no solution makes the answer of "+quote(t.Name), hint)
		}
	}
	return nil
}
