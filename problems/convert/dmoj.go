package convert

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"judge/problems"
	"judge/problems/dmoj"
)

// DMOJ writes a problem as a problem of the DMOJ into a new directory. It returns what init.yml cannot express.
// Problems of kinds that the format does not have are errors.
func DMOJ(p *problems.Problem, dir string) ([]string, error) {
	lacks := ""
	switch {
	case p.OutputOnly || slices.ContainsFunc(p.Tests, func(t problems.TestCase) bool { return t.NeedsOutput }):
		lacks = "output-only problems"
	case p.Manager != nil:
		lacks = "managers"
	case p.Grader != nil:
		lacks = "graders"
	case p.Passes > 1:
		lacks = "several passes"
	case len(p.Constants) > 0:
		lacks = "constants"
	case slices.ContainsFunc(p.Tests, func(t problems.TestCase) bool {
		return len(t.RunArgs) > 0 || t.ExtraFiles != ""
	}):
		lacks = "arguments and files of submissions"
	}
	if lacks != "" {
		return nil, fmt.Errorf("convert %s: the format cannot express %s", p.Path, lacks)
	}
	o, err := create(p, dir)
	if err != nil {
		return nil, err
	}
	return o.close(o.dmoj())
}

// initYAML is init.yml, with its keys in a readable order.
type initYAML struct {
	Checker     any       `yaml:"checker,omitempty"`
	Interactive any       `yaml:"interactive,omitempty"`
	Validator   any       `yaml:"validator,omitempty"`
	Output      int64     `yaml:"output_limit_length"`
	WallFactor  float64   `yaml:"wall_time_factor,omitempty"`
	Unbuffered  bool      `yaml:"unbuffered,omitempty"`
	Files       any       `yaml:"file_io,omitempty"`
	Cases       []*dmCase `yaml:"test_cases"`

	generators map[string][]string // sources by the path of a generator
}

// dmCase is a case, or a batch of cases.
type dmCase struct {
	In           string    `yaml:"in,omitempty"`
	Out          string    `yaml:"out,omitempty"`
	Generator    any       `yaml:"generator,omitempty"`
	Args         []string  `yaml:"generator_args,omitempty"`
	Points       *float64  `yaml:"points,omitempty"`
	Dependencies []int     `yaml:"dependencies,omitempty"`
	Batched      []*dmCase `yaml:"batched,omitempty"`
}

// dmoj writes init.yml and its files.
func (o *output) dmoj() error {
	p := o.problem
	s := initYAML{
		Output: int64(p.Limits.Output), WallFactor: p.Limits.WallFactor, Unbuffered: p.Unbuffered,
		generators: map[string][]string{},
	}
	o.lose("the name, the time limit and the memory limit: the site states them (%q, %g s, %d MiB)", p.Name,
		p.Limits.Time.Seconds(), p.Limits.Memory/problems.MiB)
	if p.Limits.ReadOnly {
		o.lose("that submissions write no files")
	}
	if p.Limits.Processes > 0 {
		o.lose("the limit on processes")
	}
	if len(p.Samples) > 0 {
		o.lose("tests of validators and checkers: %d", len(p.Samples))
	}
	if len(p.AnswerValidators) > 0 {
		o.lose("answer validators: %d", len(p.AnswerValidators))
	}
	if p.Files != (problems.FileNames{}) {
		s.Files = map[string]string{"input": p.Files.Input, "output": p.Files.Output}
	}
	for _, step := range []func(*initYAML) error{o.dmojPrograms, o.dmojTests} {
		if err := step(&s); err != nil {
			return err
		}
	}
	if err := o.yaml(dmoj.FileName, s); err != nil {
		return err
	}
	if err := o.dmojSubmissions(); err != nil {
		return err
	}
	return errors.Join(o.check(ofDMOJ), o.leftOut())
}

// dmojTests writes the cases.
func (o *output) dmojTests(s *initYAML) error {
	cases := make([]*dmCase, len(o.problem.Tests))
	for i, t := range o.problem.Tests {
		var err error
		if cases[i], err = o.dmojCase(i, t, s); err != nil {
			return fmt.Errorf("test %s: %w", t.Name, err)
		}
	}
	groups := o.problem.Scoring.Groups()
	if o.problem.Scoring.Graded() || o.problem.Scoring.Combination() != nil {
		return errors.New("the format cannot express how the scores of groups are combined")
	}
	if groups == nil {
		o.lose("that the problem has no scores: accepted submissions have 100 points")
		points := 100.0
		s.Cases = []*dmCase{{Points: &points, Batched: cases}}
		return nil
	}
	return o.dmojGroups(s, groups, cases)
}

// dmojGroups writes groups as batches. A group that sums up its tests becomes cases outside of batches.
func (o *output) dmojGroups(s *initYAML, groups []*problems.Scoring, cases []*dmCase) error {
	batches, written := map[string]int{}, 0
	for _, g := range groups {
		points := g.Points
		var inner []*dmCase
		for i, t := range o.problem.Tests {
			if slices.Contains(t.Groups, g.Name) {
				if len(t.Groups) > 1 {
					return fmt.Errorf("test %q is in several groups, which the format cannot express", t.Name)
				}
				inner = append(inner, cases[i])
			}
		}
		written += len(inner)
		if g.Unbounded || breaks(g) || len(inner) == 0 {
			return fmt.Errorf("the format cannot express the group %q", g.Name)
		}
		switch {
		case g.Rule == problems.Sum && len(g.Requires) == 0:
			for i, t := range testsOf(o.problem, g.Name) {
				share := t.Points
				if !anyPoints(o.problem, g.Name) {
					share = points / float64(len(inner))
				}
				if share == 0 { // the DMOJ stops at it
					return fmt.Errorf("test %q has no points, which the format cannot express", t.Name)
				}
				inner[i].Points = &share
			}
			s.Cases = append(s.Cases, inner...)
		case g.Rule == problems.Min || g.Rule == problems.PassFail:
			batch := &dmCase{Points: &points, Batched: inner}
			for _, name := range g.Requires {
				if batches[name] == 0 {
					return fmt.Errorf("group %q requires %q, which is no batch before it", g.Name, name)
				}
				batch.Dependencies = append(batch.Dependencies, batches[name])
			}
			batches[g.Name] = len(batches) + 1
			s.Cases = append(s.Cases, batch)
		default:
			return fmt.Errorf("the format cannot express the score rule of group %q", g.Name)
		}
	}
	if written < len(cases) {
		return errors.New("the format cannot express tests in no group")
	}
	return nil
}

// testsOf returns the tests of a group.
func testsOf(p *problems.Problem, group string) (all []problems.TestCase) {
	for _, t := range p.Tests {
		if slices.Contains(t.Groups, group) {
			all = append(all, t)
		}
	}
	return all
}

// anyPoints reports whether a test of a group has points.
func anyPoints(p *problems.Problem, group string) bool {
	return slices.ContainsFunc(testsOf(p, group), func(t problems.TestCase) bool { return t.Points > 0 })
}

// dmojCase returns a case. Its input is a file, or the output of a generator.
func (o *output) dmojCase(i int, t problems.TestCase, s *initYAML) (*dmCase, error) {
	if len(t.Args) > 0 && o.problem.Checker.External != nil && !slices.Equal(t.Args, o.problem.Checker.External.Args) {
		return nil, errors.New("the format cannot express arguments of the checker for one test")
	}
	if t.Checker != nil && comparison(*t.Checker) != comparison(o.problem.Checker) {
		return nil, errors.New("the format cannot express a comparison for one test")
	}
	width := len(strconv.Itoa(len(o.problem.Tests)))
	stem := path.Join("data", fmt.Sprintf("%0*d-%s", width, i+1, plain(path.Base(t.Name))))
	given := &dmCase{Out: stem + ".out"}
	if err := o.copyFile(t.Answer, given.Out); err != nil {
		return nil, err
	}
	if !dmojMade(t.Recipe) {
		given.In = stem + ".in"
		return given, o.copyFile(t.Input, given.In)
	}
	program := t.Recipe.Program
	key := fmt.Sprintf("%q %q", program.Path, program.Flags)
	if s.generators[key] == nil {
		to, err := o.program(program.Path, path.Join("generators", strconv.Itoa(len(s.generators)+1)))
		if err != nil {
			return nil, err
		}
		s.generators[key] = []string{to}
		for _, f := range program.Driver {
			name := path.Join(path.Dir(to), f.Name)
			if err := o.write(name, f.Data); err != nil {
				return nil, err
			}
			s.generators[key] = append(s.generators[key], name)
		}
	}
	generator := map[string]any{"source": s.generators[key]}
	if len(program.Flags) > 0 {
		generator["flags"] = program.Flags
	}
	given.Generator, given.Args = generator, t.Recipe.Args
	return given, nil
}

// dmojMade reports whether init.yml can express how an input is made.
func dmojMade(r *problems.Recipe) bool {
	if r == nil || r.Program == nil || r.Stdin != "" || r.Input.Origin != problems.FromStdout {
		return false
	}
	ext := strings.ToLower(filepath.Ext(r.Program.Path))
	c := slices.Contains([]string{".c", ".cc", ".cpp"}, ext)
	return c || len(r.Program.Flags) == 0 && r.Program.Driver == nil && ext == ".py"
}
