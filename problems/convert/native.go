package convert

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/lineends"
	"judge/problems/native"
	"judge/problems/safefile"
)

// Native writes a problem as a native spec with all its files into a new directory. It returns what the spec cannot
// express.
func Native(p *problems.Problem, dir string) ([]string, error) {
	if slices.ContainsFunc(p.Tests, func(t problems.TestCase) bool { return t.NeedsOutput }) {
		return nil, fmt.Errorf("convert %s: the format cannot express tests that accept only outputs", p.Path)
	}
	o, err := create(p, dir)
	if err != nil {
		return nil, err
	}
	return o.close(o.native())
}

// spec is the document, with its keys in a readable order.
type spec struct {
	Name        string           `yaml:"name"`
	Limits      map[string]any   `yaml:"limits"`
	Tests       []map[string]any `yaml:"tests"`
	Groups      []map[string]any `yaml:"groups,omitempty"`
	Checker     any              `yaml:"checker,omitempty"`
	Interactor  map[string]any   `yaml:"interactor,omitempty"`
	Manager     map[string]any   `yaml:"manager,omitempty"`
	Grader      map[string]any   `yaml:"grader,omitempty"`
	Passes      int              `yaml:"passes,omitempty"`
	Files       map[string]any   `yaml:"files,omitempty"`
	FileWriting *bool            `yaml:"allow_file_writing,omitempty"`
	OutputOnly  bool             `yaml:"output_only,omitempty"`
	Validators  []map[string]any `yaml:"input_validators,omitempty"`
	Submissions []map[string]any `yaml:"submissions,omitempty"`
}

// native writes the spec and its files.
func (o *output) native() error {
	p := o.problem
	s := spec{Name: p.Name, Limits: nativeLimits(p.Limits), OutputOnly: p.OutputOnly}
	if p.Passes > 1 {
		s.Passes = p.Passes
	}
	if p.Limits.ReadOnly {
		s.FileWriting = new(bool)
	}
	if p.NoTimeLimit {
		o.lose("the missing time limit: the spec has %g s", p.Limits.Time.Seconds())
	}
	o.loseDefine()
	if len(p.AnswerValidators) > 0 {
		o.lose("answer validators: %d", len(p.AnswerValidators))
	}
	if p.TimeRule != (problems.TimeRule{}) {
		o.lose("the factors of the time limit's calibration")
	}
	if len(p.Samples) > 0 {
		o.lose("tests of validators and checkers: %d", len(p.Samples))
	}
	if len(p.Constants) > 0 {
		var pairs []string
		for name, value := range p.Constants {
			pairs = append(pairs, "{{"+name+"}}", value)
		}
		o.constants = strings.NewReplacer(pairs...)
	}
	for _, step := range []func(*spec) error{o.nativeTests, o.nativeGroups, o.nativePrograms, o.nativeSubmissions} {
		if err := step(&s); err != nil {
			return err
		}
	}
	if err := o.yaml(native.FileName, s); err != nil {
		return err
	}
	return errors.Join(o.check(ofNative), o.leftOut())
}

// nativeLimits returns the limits in the spec's units.
func nativeLimits(l problems.Limits) map[string]any {
	mib := func(b problems.Bytes) float64 { return float64(b) / float64(problems.MiB) }
	given := map[string]any{
		"time_limit": l.Time.Seconds(), "wall_time": l.Wall.Seconds(), "memory": mib(l.Memory), "output": mib(l.Output),
		"compilation_time": l.CompilationTime.Seconds(), "compilation_memory": mib(l.CompilationMemory),
		"code":            float64(l.Code) / float64(problems.KiB),
		"validation_time": l.ValidationTime.Seconds(), "validation_memory": mib(l.ValidationMemory),
		"validation_output": mib(l.ValidationOutput),
		"generation_output": mib(cmp.Or(l.GenerationOutput, problems.PlentyOfGeneration)),
	}
	if l.OutputOfAll {
		given["output_counts"] = "all"
	}
	if l.Processes > 0 {
		given["processes"] = l.Processes
	}
	return given
}

// nativeTests copies the tests.
func (o *output) nativeTests(s *spec) error {
	inputs, err := o.tests("tests", func(t problems.TestCase) string { return t.Name })
	if err != nil {
		return err
	}
	for i, t := range o.problem.Tests {
		given := map[string]any{"input": inputs[i], "name": t.Name}
		if len(t.Groups) > 0 {
			given["group"] = t.Groups
		}
		if t.Sample {
			given["sample"] = true
		}
		if t.Points > 0 {
			given["points"] = t.Points
		}
		if len(t.Args) > 0 {
			given["args"] = t.Args
		}
		if len(t.ValidatorArgs) > 0 || len(t.ValidatorArgsOf) > 0 {
			o.lose("arguments of validators for single tests")
		}
		s.Tests = append(s.Tests, given)
	}
	return nil
}

// nativeGroups writes the groups.
func (o *output) nativeGroups(s *spec) error {
	if root := o.problem.Scoring; root != nil && root.Strict {
		o.lose("the ICPC format's rules for the checker's scores")
	}
	for _, g := range o.problem.Scoring.Groups() {
		given := map[string]any{"name": g.Name, "points": g.Points, "score": g.Rule.String()}
		if len(g.Requires) > 0 {
			given["requires"] = g.Requires
		}
		if g.Rule == problems.Threshold {
			given["threshold"] = g.Threshold
		}
		s.Groups = append(s.Groups, given)
	}
	return nil
}

// nativeExternal copies a program and returns its entry in the spec.
func (o *output) nativeExternal(e problems.External, dir string) (map[string]any, error) {
	to, err := o.external(e, dir)
	given := map[string]any{"program": to, "protocol": e.Protocol.String()}
	if len(e.Args) > 0 {
		given["args"] = e.Args
	}
	return given, err
}

// nativePrograms copies the programs of the problem.
func (o *output) nativePrograms(s *spec) (err error) {
	p := o.problem
	s.Checker = nativeChecker(p.Checker)
	if p.Checker.External != nil {
		if p.Checker.External.Also != nil {
			return errors.New("a spec cannot express several checkers")
		}
		if s.Checker, err = o.nativeExternal(*p.Checker.External, "checkers"); err != nil {
			return err
		}
	}
	if p.Interactor != nil {
		if s.Interactor, err = o.nativeExternal(*p.Interactor, "interactors"); err != nil {
			return err
		}
	}
	if m := p.Manager; m != nil {
		if s.Manager, err = o.nativeExternal(m.External, "managers"); err != nil {
			return err
		}
		delete(s.Manager, "protocol")
		s.Manager["processes"], s.Manager["io"] = m.Processes, map[bool]string{true: "std", false: "fifo"}[m.Streams]
	}
	if p.Files != (problems.FileNames{}) {
		s.Files = map[string]any{}
		if p.Files.Input != "" {
			s.Files["input"] = p.Files.Input
		}
		if p.Files.Output != "" {
			s.Files["output"] = p.Files.Output
		}
	}
	if err := o.nativeValidators(s); err != nil {
		return err
	}
	return o.nativeGrader(s)
}

// nativeValidators copies the input validators.
func (o *output) nativeValidators(s *spec) error {
	p := o.problem
	o.loseNotRun()
	for _, v := range p.InputValidators {
		if !expressible(v) {
			o.lose("the validator %s: it is for a single group, or reads a file",
				filepath.Base(v.Path))
			continue
		}
		e := problems.External{Path: v.Path, Protocol: problems.ICPC, Args: v.Args}
		if v.Testlib {
			e.Protocol = problems.Testlib
		}
		given, err := o.nativeExternal(e, "validators")
		if err != nil {
			return err
		}
		s.Validators = append(s.Validators, given)
	}
	if slices.ContainsFunc(p.InputValidators, func(v problems.Validator) bool { return v.UnixLines }) {
		windows, err := windowsLines(p.Tests)
		if err != nil {
			return err
		}
		if windows {
			o.lose("the conversion of CRLF to LF for validators")
		}
	}
	return nil
}

// nativeGrader copies the files of the grader.
func (o *output) nativeGrader(s *spec) error {
	g := o.problem.Grader
	if g == nil {
		return nil
	}
	if g.Library {
		return errors.New("a spec cannot express files next to submissions (include/)")
	}
	files := map[string]any{}
	for language, paths := range g.Files {
		var names []string
		for _, from := range paths {
			to, err := o.copy(from, path.Join("graders", path.Base(from)))
			if err != nil {
				return err
			}
			names = append(names, to)
		}
		files[language] = names
	}
	s.Grader = map[string]any{"files": files}
	if g.Name != "" {
		s.Grader["name"] = g.Name
	}
	return nil
}

// nativeChecker returns a comparison's entry in the spec.
func nativeChecker(c problems.Checker) any {
	switch {
	case c.Compare == problems.Exact:
		return "exact"
	case c.Compare == problems.Lines:
		return "lines"
	case c.Compare == problems.WhiteDiff:
		return "white_diff"
	case c.Compare == problems.Standard:
		return "std::" + c.Standard
	}
	given := map[string]any{}
	if c.Compare == problems.LineFloats {
		given["line_floats"] = true
	}
	if c.CaseSensitive {
		given["case_sensitive"] = true
	}
	if c.LineSensitive {
		given["line_sensitive"] = true
	}
	if c.SpaceChangeSensitive {
		given["space_change_sensitive"] = true
	}
	if t := c.Tolerance; t != nil {
		if t.Absolute >= 0 {
			given["float_absolute_tolerance"] = t.Absolute
		}
		if t.Relative >= 0 {
			given["float_relative_tolerance"] = t.Relative
		}
	}
	if len(given) == 0 {
		return "tokens"
	}
	return given
}

// nativeSubmissions copies the submissions.
func (o *output) nativeSubmissions(s *spec) error {
	for _, sub := range o.problem.Submissions {
		to, err := o.submission(sub, path.Join("submissions", o.within(sub.Path)))
		if err != nil {
			return err
		}
		given := map[string]any{"path": to}
		if len(sub.Expect) > 0 {
			given["expect"] = codes(sub.Expect)
		}
		if sub.Language != "" {
			given["language"] = sub.Language
		}
		if sub.Entry != "" {
			given["entry"] = sub.Entry
		}
		if sub.Model {
			given["model"] = true
		}
		kept := false
		for _, d := range sub.Demands {
			if d.Tests != nil || d.Group != "" || kept {
				o.lose("%s: its expectations on single tests or groups, or several expectations", to)
				continue
			}
			kept = true
			if d.Permitted != nil {
				given["permitted"] = codes(d.Permitted)
			}
			if d.Required != nil {
				given["required"] = codes(d.Required)
			}
			if d.Score != nil {
				given["score"] = []float64{d.Score.Least, d.Score.Most}
			}
			if strings.TrimSpace(d.Message) != "" {
				given["message"] = d.Message
			}
		}
		s.Submissions = append(s.Submissions, given)
	}
	return nil
}

// windowsLines reports whether an input has CRLF.
func windowsLines(tests []problems.TestCase) (bool, error) {
	for _, t := range tests {
		file, err := safefile.Open(t.Input)
		if err != nil {
			return false, err
		}
		windows, err := lineends.Windows(file)
		file.Close() //nolint:errcheck // it was only read
		if err != nil || windows {
			return windows, err
		}
	}
	return false, nil
}
