package native

import (
	"strconv"

	"go.yaml.in/yaml/v3"

	"judge/problems"
)

// mostPasses bounds the passes of a test; more is a slip of the pen.
const mostPasses = 1000

// passes reads how often a test is run at the most, which only a checker of the ICPC's can make use of.
func (r *reader) passes(node *yaml.Node) error {
	text, err := r.text(node)
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > mostPasses {
		return r.fault(node, quote(text)+" is not a number of passes", "write a whole number from 1 to 1000")
	}
	if external := r.problem.Checker.External; external == nil || external.Protocol != problems.ICPC {
		return r.fault(node, "passes without a checker of the protocol \"icpc\"", "it is the checker that asks for another pass")
	}
	if r.problem.Interactor != nil || r.problem.Manager != nil {
		return r.fault(node, "passes beside an interactor or a manager", "remove one of the two")
	}
	r.problem.Passes = n
	return nil
}
