package convert

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"judge/problems"
)

// caseYAML are the settings of one test.
type caseYAML struct {
	Args   []string `yaml:"args,omitempty"`
	Input  any      `yaml:"input_validator_args,omitempty"` // of all validators, or by their names
	Output []string `yaml:"output_validator_args,omitempty"`
	Answer []string `yaml:"answer_validator_args,omitempty"`
}

// groupYAML is test_group.yaml.
type groupYAML struct {
	Output      []string `yaml:"output_validator_args,omitempty"`
	MaxScore    any      `yaml:"max_score,omitempty"` // a number, or "unbounded"
	Aggregation string   `yaml:"score_aggregation,omitempty"`
	Requires    []string `yaml:"require_pass,omitempty"`
}

// empty reports whether there are no settings.
func (g groupYAML) empty() bool {
	return g.Output == nil && g.MaxScore == nil && g.Aggregation == "" && g.Requires == nil
}

// groupDir returns the directory of a test: sample, secret, or a group of secret if groups have points.
func (o *output) groupDir(t problems.TestCase) (string, error) {
	if len(t.Groups) > 1 {
		return "", fmt.Errorf("test %q is in several groups, which the format cannot express", t.Name)
	}
	group := ""
	if len(t.Groups) == 1 {
		group = strings.TrimPrefix(t.Groups[0], "secret/")
	}
	switch {
	case group == "sample" || group == "" && t.Sample && o.samplesLead():
		return "data/sample", nil
	case o.problem.Scoring.Groups() == nil || group == "secret":
		return "data/secret", nil
	case group == "":
		return "", fmt.Errorf("test %q is in no group, but the groups have points", t.Name)
	default:
		return path.Join("data", o.groupName(group)), nil
	}
}

// samplesLead reports whether the samples come before all other tests, as the format orders them.
func (o *output) samplesLead() bool {
	sample := func(t problems.TestCase) bool { return t.Sample }
	first := slices.IndexFunc(o.problem.Tests, func(t problems.TestCase) bool { return !t.Sample })
	return first > 0 && !slices.ContainsFunc(o.problem.Tests[first:], sample)
}

// groupName returns a group's name in the package. It is numbered, as the format orders groups by name.
func (o *output) groupName(group string) string {
	if group == "sample" {
		return group
	}
	group = strings.TrimPrefix(group, "secret/")
	groups := o.problem.Scoring.Groups()
	i := slices.IndexFunc(groups, func(g *problems.Scoring) bool {
		return strings.TrimPrefix(g.Name, "secret/") == group
	})
	return path.Join("secret", fmt.Sprintf("%0*d-%s", len(strconv.Itoa(len(groups))), i+1, plain(group)))
}

// icpcTests copies the tests. Their names are numbered, as the format orders tests by name.
func (o *output) icpcTests() error {
	width := len(strconv.Itoa(len(o.problem.Tests)))
	for i, t := range o.problem.Tests {
		dir, err := o.groupDir(t)
		if err != nil {
			return err
		}
		stem := path.Join(dir, fmt.Sprintf("%0*d-%s", width, i+1, plain(path.Base(t.Name))))
		if err := errors.Join(o.copyFile(t.Input, stem+".in"), o.copyFile(t.Answer, stem+".ans")); err != nil {
			return fmt.Errorf("test %s: %w", t.Name, err)
		}
		if t.ExtraFiles != "" {
			if _, err := o.copy(t.ExtraFiles, stem+".files"); err != nil {
				return err
			}
		}
		settings := caseYAML{Args: t.RunArgs, Output: t.Args, Answer: t.AnswerArgs}
		if t.Checker != nil {
			settings.Output = tokenArgs(*t.Checker)
		}
		own := t.ValidatorArgs // a package's validators get the submission's arguments, too
		if n := len(own) - len(t.RunArgs); n >= 0 && slices.Equal(own[n:], t.RunArgs) {
			own = own[:n]
		}
		settings.Input = o.inputArgs(own, t.ValidatorArgsOf)
		written := dataCase{strings.TrimPrefix(stem, "data/"), t.Recipe,
			map[string]string{".in": t.Input, ".ans": t.Answer}, settings.orNil()}
		o.cases = append(o.cases, written)
		if err := o.caseSettings(stem, settings); err != nil {
			return err
		}
	}
	return nil
}

// caseSettings writes the settings of one test, if there are any.
func (o *output) caseSettings(stem string, s caseYAML) error {
	if s.orNil() == nil {
		return nil
	}
	return o.yaml(stem+".yaml", s)
}

// orNil returns the settings, nil if there are none.
func (s caseYAML) orNil() any {
	if len(s.Args) == 0 && s.Input == nil && len(s.Output) == 0 && len(s.Answer) == 0 {
		return nil
	}
	return s
}

// inputArgs returns the arguments of the input validators for one input: nil, a list, or a list by validator if these
// differ.
func (o *output) inputArgs(all []string, of map[string][]string) any {
	byName, differ := map[string][]string{}, len(of) > 0
	for _, v := range o.problem.InputValidators {
		if !expressible(v) {
			continue
		}
		base := path.Base(v.Path)
		own, ok := of[base]
		if !ok {
			own = of[strings.TrimSuffix(base, path.Ext(base))]
		}
		byName[validatorName(v)] = slices.Concat(v.Args, own, all)
		differ = differ || len(v.Args) > 0
	}
	switch {
	case differ:
		return byName
	case len(all) > 0:
		return all
	}
	return nil
}

// tokenArgs returns the arguments of the default output validator.
func tokenArgs(c problems.Checker) []string {
	var args []string
	if c.CaseSensitive {
		args = append(args, "case_sensitive")
	}
	if c.SpaceChangeSensitive {
		args = append(args, "space_change_sensitive")
	}
	if t := c.Tolerance; t != nil {
		if t.Absolute >= 0 {
			args = append(args, "float_absolute_tolerance", strconv.FormatFloat(t.Absolute, 'g', -1, 64))
		}
		if t.Relative >= 0 {
			args = append(args, "float_relative_tolerance", strconv.FormatFloat(t.Relative, 'g', -1, 64))
		}
	}
	return args
}

// icpcGroups writes test_group.yaml for sample, secret and its groups.
func (o *output) icpcGroups() error {
	p := o.problem
	args := o.outputArgs()
	settings := map[string]groupYAML{"data/secret": {Output: args}}
	sample := func(t problems.TestCase) bool {
		dir, err := o.groupDir(t)
		return err == nil && dir == "data/sample"
	}
	if slices.ContainsFunc(p.Tests, sample) {
		settings["data/sample"] = groupYAML{Output: args}
	}
	for _, g := range p.Scoring.Groups() {
		if g.Name == "sample" {
			if g.Points > 0 {
				o.lose("the points of sample")
			}
			continue
		}
		given, err := o.icpcGroup(g)
		if err != nil {
			return err
		}
		dir, err := o.groupDir(problems.TestCase{Groups: []string{g.Name}})
		if err != nil {
			return err
		}
		given.Output = args
		settings[dir] = given
	}
	if secret := settings["data/secret"]; p.Scoring.Groups() != nil && secret.MaxScore == nil {
		if err := totalOf(p, &secret); err != nil {
			return err
		}
		settings["data/secret"] = secret
	}
	o.settings = settings
	for dir, given := range settings {
		if given.empty() {
			continue
		}
		if err := o.yaml(path.Join(dir, "test_group.yaml"), given); err != nil {
			return err
		}
	}
	return nil
}

// outputArgs returns the arguments of the output validator for all tests.
func (o *output) outputArgs() []string {
	p := o.problem
	args := tokenArgs(p.Checker)
	for _, e := range []*problems.External{p.Checker.External, p.Interactor} {
		if e != nil {
			args = e.Args
		}
	}
	if len(args) == 0 {
		return nil
	}
	return args
}

// totalOf sets how the scores of groups are combined.
func totalOf(p *problems.Problem, secret *groupYAML) error {
	secret.MaxScore = int64(p.Scoring.Best(func(g *problems.Scoring) float64 {
		if g.Name == "sample" {
			return 0
		}
		return g.Points
	}))
	part := func(item problems.Item) bool { return item.Inner.Name == "" }
	switch combined := p.Scoring.Combination(); {
	case combined == nil:
	case combined.Rule == problems.Min && combined.Factor == 0 && !slices.ContainsFunc(combined.Items, part):
		secret.Aggregation = "min"
	default:
		return errors.New("the format cannot express how the scores of groups are combined: " +
			"expected their sum or minimum")
	}
	return nil
}

// icpcGroup returns the settings of a group.
func (o *output) icpcGroup(g *problems.Scoring) (given groupYAML, err error) {
	rules := map[problems.Rule]string{problems.Min: "min", problems.Sum: "sum", problems.PassFail: "pass-fail"}
	rule, ok := rules[g.Rule]
	if !ok || breaks(g) {
		return given, fmt.Errorf("the format cannot express the score rule of group %q", g.Name)
	}
	if o.required(g.Name) {
		if !passesOrFails(o.problem, g) {
			return given, fmt.Errorf("the format cannot express that group %q is required: expected a pass-fail group",
				g.Name)
		}
		rule = rules[problems.PassFail]
	}
	given = groupYAML{MaxScore: int64(g.Points), Aggregation: rule}
	if g.Unbounded {
		given.MaxScore = "unbounded"
	} else if g.Points != float64(int64(g.Points)) {
		return given, fmt.Errorf("group %q has %g points: the format has integers only", g.Name, g.Points)
	}
	for _, name := range g.Requires {
		given.Requires = append(given.Requires, o.groupName(name))
	}
	return given, nil
}
