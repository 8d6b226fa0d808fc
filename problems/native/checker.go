package native

import (
	"go.yaml.in/yaml/v3"

	"judge/problems"
)

// floatTolerance is that of "checker: float", absolute or relative.
const floatTolerance = 1e-6

func checkerNames() []string { return []string{"exact", "lines", "tokens", "float"} }

func (r *reader) checker(node *yaml.Node) error {
	if node.Kind == yaml.MappingNode {
		return r.checkerOptions(node)
	}
	name, err := r.text(node)
	if err != nil {
		return err
	}
	switch name {
	case "exact":
		r.problem.Checker.Compare = problems.Exact
	case "lines":
		r.problem.Checker.Compare = problems.Lines
	case "tokens":
		r.problem.Checker.Compare = problems.Tokens
	case "float":
		r.problem.Checker.Tolerance = &problems.Tolerance{Absolute: floatTolerance, Relative: floatTolerance}
	default:
		hint := "the checkers are exact, lines, tokens and float, or a mapping such as {float_tolerance: 1e-6}"
		if near := nearest(name, checkerNames()); near != "" {
			hint = "did you mean " + quote(near) + "?"
		}
		return r.fault(node, "unknown checker "+quote(name), hint)
	}
	return nil
}

// checkerKeys are the options of the ICPC format's default output validator, and those of external checkers.
func checkerKeys() []key {
	return []key{
		{"float_tolerance", tolerance(func(t *problems.Tolerance, e float64) { t.Absolute, t.Relative = e, e })},
		{"float_absolute_tolerance", tolerance(func(t *problems.Tolerance, e float64) { t.Absolute = e })},
		{"float_relative_tolerance", tolerance(func(t *problems.Tolerance, e float64) { t.Relative = e })},
		{"case_sensitive", option(func(c *problems.Checker) *bool { return &c.CaseSensitive })},
		{"space_change_sensitive", option(func(c *problems.Checker) *bool { return &c.SpaceChangeSensitive })},
		{"program", (*reader).external},
		{"protocol", (*reader).external},
	}
}

func (r *reader) checkerOptions(node *yaml.Node) error {
	given, err := r.mapping(node, checkerKeys())
	if err != nil {
		return err
	}
	if len(given) == 0 {
		return r.fault(node, "the checker's mapping is empty", "write checker: tokens")
	}
	both := given["float_tolerance"]
	if both != nil && (given["float_absolute_tolerance"] != nil || given["float_relative_tolerance"] != nil) {
		return r.fault(both, "float_tolerance stands beside float_absolute_tolerance or float_relative_tolerance", "it stands for both: remove one or the other")
	}
	return nil
}

func tolerance(set func(*problems.Tolerance, float64)) func(*reader, *yaml.Node) error {
	return func(r *reader, node *yaml.Node) error {
		value, err := r.number(node)
		if err != nil {
			return err
		}
		if value.Sign() < 0 {
			return r.fault(node, "a tolerance is not negative", "")
		}
		if r.problem.Checker.Tolerance == nil {
			r.problem.Checker.Tolerance = &problems.Tolerance{Absolute: -1, Relative: -1} // both off
		}
		e, _ := value.Float64()
		if e > 1e300 {
			return r.fault(node, node.Value+" is too large for a tolerance", "")
		}
		set(r.problem.Checker.Tolerance, e)
		return nil
	}
}

func option(field func(*problems.Checker) *bool) func(*reader, *yaml.Node) error {
	return func(r *reader, node *yaml.Node) error {
		if node.Kind != yaml.ScalarNode || node.Tag != "!!bool" {
			return r.fault(node, "expected true or false, found "+kindOf(node), "")
		}
		return node.Decode(field(&r.problem.Checker))
	}
}

func (r *reader) external(node *yaml.Node) error {
	return r.fault(node, "external checkers are not supported yet", "use exact, lines, tokens, float or a mapping of their options")
}
