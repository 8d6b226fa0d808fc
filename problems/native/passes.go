package native

import (
	"strconv"

	"go.yaml.in/yaml/v3"

	"judge/problems"
)

// mostPasses bounds the passes of a test; more is a slip of the pen.
const mostPasses = 1000

// passes reads how often a test is run at the most, which only a checker or an interactor of the ICPC's can make use of.
func (r *reader) passes(node *yaml.Node) error {
	text, err := r.text(node)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > mostPasses {
		return r.fault(node, quote(text)+" is not a number of passes", "write a whole number from 1 to 1000")
	}
	asks := r.problem.Checker.External
	if r.problem.Interactor != nil {
		if asks != nil {
			return r.fault(node, "passes cannot be combined with an interactor and a checker",
				"the interactor decides and asks for passes: remove the checker")
		}
		asks = r.problem.Interactor
	}
	if asks == nil || asks.Protocol != problems.ICPC {
		return r.fault(node, "passes without a checker or an interactor of the protocol \"icpc\"",
			"add one: it is what requests another pass")
	}
	if r.problem.Manager != nil {
		return r.fault(node, "passes cannot be combined with a manager", "remove one of the two")
	}
	r.problem.Passes = n
	return nil
}
