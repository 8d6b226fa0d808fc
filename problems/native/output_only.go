package native

import "judge/problems/strictyaml"

// outputOnly reads whether submissions are outputs. No key about programs may be combined with it.
func (r *reader) outputOnly(node *strictyaml.Node) (err error) {
	if r.problem.OutputOnly, err = node.Bool(); err != nil || !r.problem.OutputOnly {
		return err
	}
	p := r.problem
	programs := p.Interactor != nil || p.Manager != nil || p.Grader != nil
	if programs || p.Files.Input+p.Files.Output != "" || p.Passes > 1 {
		return node.Fault("output_only cannot be combined with an interactor, a manager, a grader, passes or files",
			"these are about programs: remove one of the two")
	}
	return nil
}
