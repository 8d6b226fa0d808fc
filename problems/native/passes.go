package native

import (
	"judge/problems"
	"judge/problems/strictyaml"
)

// maxPasses bounds the passes of a test: more is a typing mistake.
const maxPasses = 1000

// passes reads how often a test is run at the most, which only a checker or an interactor of the ICPC's can make use of.
func (r *reader) passes(node *strictyaml.Node) error {
	n, err := node.Int(1, maxPasses)
	if err != nil {
		return err
	}
	asks := r.problem.Checker.External
	if r.problem.Interactor != nil {
		if asks != nil {
			return node.Fault("passes cannot be combined with an interactor and a checker",
				"the interactor decides and asks for passes: remove the checker")
		}
		asks = r.problem.Interactor
	}
	if asks == nil || asks.Protocol != problems.ICPC {
		return node.Fault("passes without a checker or an interactor of the protocol \"icpc\"",
			"add one: it is what requests another pass")
	}
	if r.problem.Manager != nil {
		return node.Fault("passes cannot be combined with a manager", "remove one of the two")
	}
	r.problem.Passes = n
	return nil
}
