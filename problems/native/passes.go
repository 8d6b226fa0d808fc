package native

import (
	"judge/problems"
	"judge/problems/strictyaml"
)

// maxPasses bounds the passes of a test: more is a typing mistake.
const maxPasses = 1000

// passes reads the most runs of one test. Only a checker or an interactor of the ICPC protocol can request another run.
func (r *reader) passes(node *strictyaml.Node) error {
	n, err := node.Int(1, maxPasses)
	if err != nil {
		return err
	}
	asks := r.problem.Checker.External
	if r.problem.Interactor != nil {
		if asks != nil {
			return node.Fault("passes cannot be combined with an interactor and a checker",
				"remove the checker: the interactor decides and requests passes")
		}
		asks = r.problem.Interactor
	}
	if asks == nil || asks.Protocol != problems.ICPC {
		return node.Fault("passes needs a checker or an interactor with the protocol \"icpc\"",
			"add one: it requests the next pass")
	}
	if r.problem.Manager != nil {
		return node.Fault("passes cannot be combined with a manager", "remove one of the two")
	}
	r.problem.Passes = n
	return nil
}
