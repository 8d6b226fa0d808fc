package convert

import (
	"slices"

	"judge/problems"
)

// likeStandard returns the comparison of tokens that decides like one of testlib's checkers on valid answers. false
// means that no comparison does.
func likeStandard(c problems.Checker) (problems.Checker, bool) {
	tolerance := map[string]float64{"rcmp4": 1e-4, "rcmp6": 1e-6, "rcmp9": 1e-9}[c.Standard]
	switch {
	case c.Compare != problems.Standard:
		return c, false
	case slices.Contains([]string{"wcmp", "ncmp", "hcmp"}, c.Standard):
		return problems.Checker{CaseSensitive: true}, true
	case tolerance > 0:
		return problems.Checker{Tolerance: &problems.Tolerance{Absolute: tolerance, Relative: tolerance}}, true
	case c.Standard == "nyesno":
		return problems.Checker{}, true
	}
	return c, false
}
