package icpc

import (
	"fmt"
	"math"
	"strconv"

	"judge/problems"
)

// comparison reads the arguments of the default output validator. from is the file that has them.
func (r *reader) comparison(from string, args []string) (problems.Checker, error) {
	var c problems.Checker
	given := map[string]bool{}
	for i := 0; i < len(args); i++ {
		switch arg := args[i]; arg {
		case "case_sensitive":
			c.CaseSensitive = true
		case "space_change_sensitive":
			c.SpaceChangeSensitive = true
		case "float_tolerance", "float_absolute_tolerance", "float_relative_tolerance":
			if i++; i == len(args) {
				return c, r.folder.Fault(from, 0, arg+": expected a number after it", "")
			}
			if err := r.onlyTolerance(from, arg, given); err != nil {
				return c, err
			}
			e, err := strconv.ParseFloat(args[i], 64)
			if err != nil || !(e >= 0) || math.IsInf(e, 0) {
				return c, r.folder.Fault(from, 0, fmt.Sprintf("%s: %q is not a number", arg, args[i]), "")
			}
			if c.Tolerance == nil {
				c.Tolerance = &problems.Tolerance{Absolute: -1, Relative: -1}
			}
			if arg != "float_relative_tolerance" {
				c.Tolerance.Absolute = e
			}
			if arg != "float_absolute_tolerance" {
				c.Tolerance.Relative = e
			}
		default:
			return c, r.folder.Fault(from, 0,
				fmt.Sprintf("unknown argument of the default output validator: %q", arg), "")
		}
	}
	return c, nil
}

// onlyTolerance applies the rule of 2025-09 "It is an error to provide any of the ... arguments more than once, or to
// provide a `float_tolerance` alongside" the others ("Default output validator"). Other versions lack the rule; there
// the last argument counts.
func (r *reader) onlyTolerance(from, arg string, given map[string]bool) error {
	const both = "float_tolerance"
	if !r.latest {
		return nil
	}
	if given[arg] {
		return r.folder.Fault(from, 0, arg+" appears twice", "keep one")
	}
	if given[both] || arg == both && len(given) > 0 {
		return r.folder.Fault(from, 0, both+" appears alongside a relative or an absolute tolerance",
			"keep "+both+", or the others without it")
	}
	given[arg] = true
	return nil
}
