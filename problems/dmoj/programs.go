package dmoj

import (
	"fmt"
	"math"
	"path"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"judge/problems"
)

// checking is the checker in init.yml: a name, or a name and arguments.
type checking struct {
	Name string         `yaml:"name"`
	Args map[string]any `yaml:"args"`
}

// checkingOf reads a checker's name and arguments.
func checkingOf(node *yaml.Node) (checking, error) {
	var given checking
	if node.Decode(&given.Name) == nil {
		return given, nil
	}
	return given, node.Decode(&given)
}

// checker reads the checker of the problem.
func (r *reader) checker() error {
	var node yaml.Node
	if err := r.yaml.Get("checker", &node); err != nil || node.Kind == 0 {
		return err
	}
	given, err := checkingOf(&node)
	if err != nil {
		return r.yaml.Fault("checker", "checker: expected a name, or name and args", "")
	}
	c := &r.problem.Checker
	switch given.Name {
	case "easy", "linecount", "linematches", "rstripped", "sorted", "unordered":
		return r.python("checker", given.Name, given.Args)
	case "bridged":
		var args struct {
			Args bridged `yaml:"args"`
		}
		if err := r.yaml.Get("checker", &args); err != nil {
			return err
		}
		external, err := r.program("checker", args.Args)
		*c = problems.Checker{External: external}
		return err
	}
	builtin, err := r.builtin(given)
	switch {
	case err != nil:
		return err
	case builtin != nil:
		*c = *builtin
		return nil
	case path.Ext(given.Name) == ".py":
		return r.python("checker", given.Name, given.Args)
	default:
		return r.yaml.Fault("checker", fmt.Sprintf("checker %q is not supported", given.Name),
			"use a checker of docs.dmoj.ca, or a file in Python")
	}
}

// ownChecker returns the checker of a case or its batch, nil if that of the problem applies.
func (r *reader) ownChecker(c *config) (*problems.Checker, error) {
	var node yaml.Node
	if err := c.get("checker", &node); err != nil || node.Kind == 0 {
		return nil, err
	}
	given, err := checkingOf(&node)
	if err != nil {
		return nil, r.folder.Fault(FileName, c.line, "checker: expected a name, or name and args", "")
	}
	own, err := r.builtin(given)
	if err == nil && own == nil {
		err = r.folder.Fault(FileName, c.line, fmt.Sprintf("the checker %q of a single case is not supported",
			given.Name), "use standard, floats or identical")
	}
	return own, err
}

// builtin returns the comparison for a checker, nil if the checker is a program.
func (r *reader) builtin(given checking) (*problems.Checker, error) {
	switch given.Name {
	case "standard":
		return &problems.Checker{CaseSensitive: true, LineSensitive: true}, nil
	case "floats", "floatsabs", "floatsrel":
		return r.floats(given)
	case "identical":
		return &problems.Checker{Compare: problems.Exact}, nil
	default:
		return nil, nil
	}
}

// leastPrecision and mostPrecision bound the digits of a tolerance. Beyond them the tolerance is infinite or 0.
const leastPrecision, mostPrecision = -300, 400

// floats returns the comparison for the checkers of numbers.
func (r *reader) floats(given checking) (*problems.Checker, error) {
	digits, err := precisionOf(given.Args)
	if err != nil {
		return nil, r.yaml.Fault("checker", fmt.Sprintf("the checker %s: precision: %v", given.Name, err), "")
	}
	e, err := strconv.ParseFloat("1e"+strconv.Itoa(-digits), 64)
	if err != nil {
		return nil, r.yaml.Fault("checker", fmt.Sprintf("the checker %s: precision: %v", given.Name, err), "")
	}
	c := problems.Checker{Compare: problems.LineFloats, Tolerance: &problems.Tolerance{Absolute: e, Relative: e}}
	mode, stated := given.Args["error_mode"]
	switch {
	case stated && given.Name != "floats":
		return nil, r.yaml.Fault("checker", fmt.Sprintf("the checker %s has no argument error_mode", given.Name),
			"use the checker floats")
	case given.Name == "floatsabs" || mode == "absolute":
		c.Tolerance.Relative = -1
	case given.Name == "floatsrel" || mode == "relative":
		c.Tolerance.Absolute = -1
	case stated && mode != "default":
		return nil, r.yaml.Fault("checker", fmt.Sprintf("the checker floats: unknown error_mode %.40q",
			fmt.Sprint(mode)), "write default, absolute or relative")
	}
	return &c, nil
}

// precisionOf returns the precision among the arguments of a checker, as Python's int reads it.
func precisionOf(args map[string]any) (int, error) {
	given, stated := args["precision"]
	if !stated {
		return 6, nil
	}
	digits := math.NaN()
	switch p := given.(type) {
	case int:
		digits = float64(p)
	case float64:
		digits = math.Trunc(p)
	case string:
		if n, err := strconv.Atoi(strings.TrimSpace(p)); err == nil {
			digits = float64(n)
		}
	}
	if !(digits >= leastPrecision && digits <= mostPrecision) {
		return 0, fmt.Errorf("%.40q is not a number from %d to %d", fmt.Sprint(given), leastPrecision, mostPrecision)
	}
	return int(digits), nil
}
