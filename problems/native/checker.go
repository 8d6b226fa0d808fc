package native

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/strictyaml"
)

// floatTolerance is the tolerance of "checker: float", absolute or relative.
const floatTolerance = 1e-6

// standardPrefix begins the names of testlib's own checkers, as in Polygon.
const standardPrefix = "std::"

func checkerNames() []string {
	names := []string{"exact", "lines", "tokens", "float", "white_diff"}
	for _, name := range problems.StandardCheckers() {
		names = append(names, standardPrefix+name)
	}
	return names
}

func (r *reader) checker(node *strictyaml.Node) error {
	if node.IsMapping() {
		return r.checkerOptions(node)
	}
	name, err := node.Text()
	if err != nil {
		return err
	}
	standard, ok := strings.CutPrefix(name, standardPrefix)
	if ok && slices.Contains(problems.StandardCheckers(), standard) {
		r.problem.Checker.Compare, r.problem.Checker.Standard = problems.Standard, standard
		return nil
	}
	switch name {
	case "exact":
		r.problem.Checker.Compare = problems.Exact
	case "lines":
		r.problem.Checker.Compare = problems.Lines
	case "tokens":
		r.problem.Checker.Compare = problems.Tokens
	case "white_diff":
		r.problem.Checker.Compare = problems.WhiteDiff
	case "float":
		r.problem.Checker.Tolerance = &problems.Tolerance{Absolute: floatTolerance, Relative: floatTolerance}
	default:
		return node.Fault("unknown checker "+quote(name), r.checkerHint(name))
	}
	return nil
}

// sourceName is the form of a source file's name.
var sourceName = regexp.MustCompile(`^[^\s:]+\.[A-Za-z]\w*$`)

// checkerHint returns the hint for an unknown checker. The word may be the program or the protocol of a custom one.
func (r *reader) checkerHint(name string) string {
	if first, rest, two := strings.Cut(name, " "); two {
		if near := problems.Synonym(first, checkerNames()); near == "float" && strictyaml.IsDecimal(rest) {
			return "write checker: {float_tolerance: " + rest + "}"
		} else if near != "" {
			return "did you mean " + quote(near) + "?"
		}
	}
	program, protocol := "check.cpp", "testlib"
	mode, err := r.root.Type(name)
	if sourceName.MatchString(name) || err == nil && (mode.IsRegular() || mode.IsDir()) {
		program = name
	} else if p := problems.Synonym(name, problems.ProtocolNames()); p != "" &&
		problems.Synonym(name, checkerNames()) == "" {
		protocol = p
	} else {
		return strictyaml.Suggest(name, checkerNames())
	}
	return "write checker: {program: " + clean(program) + ", protocol: " + protocol + "}"
}

// checkerKeys are the options of the ICPC format's default output validator and the keys of custom checkers.
func checkerKeys() []key {
	return []key{
		{"float_tolerance", tolerance(func(t *problems.Tolerance, e float64) { t.Absolute, t.Relative = e, e })},
		{"float_absolute_tolerance", tolerance(func(t *problems.Tolerance, e float64) { t.Absolute = e })},
		{"float_relative_tolerance", tolerance(func(t *problems.Tolerance, e float64) { t.Relative = e })},
		{"case_sensitive", option(func(c *problems.Checker) *bool { return &c.CaseSensitive })},
		{"line_floats", lineFloats},
		{"line_sensitive", option(func(c *problems.Checker) *bool { return &c.LineSensitive })},
		{"space_change_sensitive", option(func(c *problems.Checker) *bool { return &c.SpaceChangeSensitive })},
		{"program", ofChecker(externalProgram)},
		{"protocol", ofChecker(externalProtocol)},
		{"args", ofChecker(externalArgs)},
	}
}

func (r *reader) checkerOptions(node *strictyaml.Node) error {
	entries, err := node.Entries("")
	if err != nil {
		return err
	}
	for _, e := range entries {
		n := e.Key
		if n.Raw() == "name" || n.Raw() == "type" {
			n = e.Value
		}
		if slices.Contains(checkerNames(), n.Raw()) {
			return n.Fault(quote(n.Raw())+" is a checker without options", "write checker: "+n.Raw())
		}
	}
	given, err := r.mapping(node, checkerKeys())
	if err != nil {
		return err
	}
	if len(given) == 0 {
		return node.Fault("the checker's mapping is empty",
			"write checker: tokens, or an option such as {float_tolerance: 1e-6}")
	}
	if given["program"] != nil || given["protocol"] != nil || given["args"] != nil {
		return r.externalWhole(node, given)
	}
	both := given["float_tolerance"]
	if both != nil && (given["float_absolute_tolerance"] != nil || given["float_relative_tolerance"] != nil) {
		return both.Fault(
			"float_tolerance cannot be combined with float_absolute_tolerance or float_relative_tolerance",
			"it sets both: remove one or the other")
	}
	others := given["case_sensitive"] != nil || given["line_sensitive"] != nil || given["space_change_sensitive"] != nil
	if node := given["line_floats"]; node != nil && (others || r.problem.Checker.Tolerance == nil) {
		return node.Fault("line_floats goes with tolerances and no other option",
			"write float_tolerance: 1e-6 next to it")
	}
	return nil
}

// lineFloats reads whether the comparison is that of the DMOJ's checker floats.
func lineFloats(r *reader, node *strictyaml.Node) error {
	var on bool
	if err := option(func(*problems.Checker) *bool { return &on })(r, node); err != nil {
		return err
	}
	if on {
		r.problem.Checker.Compare = problems.LineFloats
	}
	return nil
}

func tolerance(set func(*problems.Tolerance, float64)) func(*reader, *strictyaml.Node) error {
	return func(r *reader, node *strictyaml.Node) error {
		e, err := node.Float(0, math.Inf(1))
		if err != nil {
			return err
		}
		if r.problem.Checker.Tolerance == nil {
			r.problem.Checker.Tolerance = &problems.Tolerance{Absolute: -1, Relative: -1} // both off
		}
		set(r.problem.Checker.Tolerance, e)
		return nil
	}
}

func option(field func(*problems.Checker) *bool) func(*reader, *strictyaml.Node) error {
	return func(r *reader, node *strictyaml.Node) error {
		value, err := node.Bool()
		*field(&r.problem.Checker) = value
		return err
	}
}
