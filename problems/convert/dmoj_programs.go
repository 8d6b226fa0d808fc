package convert

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"judge/problems"
)

// dmojPrograms writes the checker, the interactor and the validator.
func (o *output) dmojPrograms(s *initYAML) (err error) {
	p := o.problem
	switch {
	case p.Interactor != nil:
		s.Interactive, err = o.dmojBridged(*p.Interactor, "interactor")
	case p.Checker.External != nil:
		var given map[string]any
		if given, err = o.dmojBridged(*p.Checker.External, "checker"); err == nil {
			s.Checker = map[string]any{"name": "bridged", "args": given}
		}
	default:
		s.Checker, err = o.dmojComparison(p.Checker)
	}
	if err != nil {
		return err
	}
	o.loseNotRun()
	for _, v := range p.InputValidators {
		if !v.Testlib || !expressible(v) || s.Validator != nil || len(v.Args) > 0 {
			o.lose("the validator %s: the format has one validator of testlib", filepath.Base(v.Path))
			continue
		}
		to, err := o.program(v.Path, "validator")
		if err != nil {
			return err
		}
		s.Validator = map[string]any{"source": to, "type": "testlib", "args_format_string": " "}
	}
	return nil
}

// dmojBridged copies a program and returns its entry in init.yml.
func (o *output) dmojBridged(e problems.External, dir string) (map[string]any, error) {
	kind, ok := map[problems.Protocol]string{
		problems.DMOJ: "default", problems.Testlib: "testlib", problems.DMOJTestlib: "testlib", problems.COCI: "coci",
		problems.PEG: "peg",
	}[e.Protocol]
	if !ok || e.Also != nil || len(e.Args) > 0 || e.Path == "" {
		return nil, fmt.Errorf("the format cannot express the protocol %s of the %s, or its arguments", e.Protocol, dir)
	}
	to, err := o.program(e.Path, dir)
	if err != nil {
		return nil, err
	}
	files := []string{to}
	for _, f := range e.Driver {
		if strings.HasPrefix(f.Name, "unbuffered_stdout") { // the format adds it itself
			continue
		}
		if err := o.write(path.Join(dir, f.Name), f.Data); err != nil {
			return nil, err
		}
		files = append(files, path.Join(dir, f.Name))
	}
	given := map[string]any{"files": files, "type": kind}
	if len(e.Flags) > 0 {
		given["flags"] = e.Flags
	}
	if e.Format != nil {
		given["args_format_string"] = command(e.Format[0], e.Format[1:])
	}
	return given, nil
}

// dmojComparison returns the checker of a comparison. The format has those of whole files, of tokens by lines, and of
// numbers; any other is a program in Python.
func (o *output) dmojComparison(c problems.Checker) (any, error) {
	t := c.Tolerance
	plainTokens := c.Compare == problems.Tokens && !c.SpaceChangeSensitive && !c.LineSensitive
	switch {
	case c.Compare == problems.Exact:
		return "identical", nil
	case c.Compare == problems.Tokens && c.CaseSensitive && c.LineSensitive && !c.SpaceChangeSensitive && t == nil:
		return "standard", nil
	case plainTokens:
		return "checker.py", o.write("checker.py", []byte(tokensChecker(c)))
	}
	return nil, errors.New("the format cannot express this comparison: expected tokens or whole files")
}

// tokensChecker returns the source of a checker that compares tokens as judge does.
func tokensChecker(c problems.Checker) string {
	absolute, relative := "None", "None"
	if t := c.Tolerance; t != nil {
		if t.Absolute >= 0 {
			absolute = fmt.Sprint(t.Absolute)
		}
		if t.Relative >= 0 {
			relative = fmt.Sprint(t.Relative)
		}
	}
	return fmt.Sprintf(`CASE_SENSITIVE = %s
ABSOLUTE = %s
RELATIVE = %s


def same(expected, got):
    if expected == got or not CASE_SENSITIVE and expected.lower() == got.lower():
        return True
    if ABSOLUTE is None and RELATIVE is None:
        return False
    try:
        a, b = float(expected), float(got)
    except ValueError:
        return False
    difference = abs(a - b)
    if ABSOLUTE is not None and difference <= ABSOLUTE:
        return True
    return RELATIVE is not None and difference <= RELATIVE * abs(a)


def check(process_output, judge_output, **kwargs):
    got, expected = process_output.split(), judge_output.split()
    return len(got) == len(expected) and all(map(same, expected, got))
`, map[bool]string{true: "True", false: "False"}[c.CaseSensitive], absolute, relative)
}

// dmojLanguages returns the DMOJ's codes of languages by extension.
func dmojLanguages() map[string]string {
	return map[string]string{
		".c": "C11", ".cpp": "CPP20", ".cc": "CPP20", ".py": "PY3", ".java": "JAVA", ".go": "GO", ".rs": "RUST",
		".kt": "KOTLIN", ".pas": "PAS", ".hs": "HASK", ".cs": "MONOCS", ".rb": "RUBY", ".js": "V8JS", ".pl": "PERL",
		".lua": "LUA", ".php": "PHP", ".ml": "OCAML",
	}
}

// dmojSubmissions writes submissions of one file as tests of the DMOJ's judge.
func (o *output) dmojSubmissions() error {
	limits := o.problem.Limits
	for _, s := range o.problem.Submissions {
		language := dmojLanguages()[filepath.Ext(s.Path)]
		if language == "" || len(s.Expect) == 0 {
			o.lose("the submission %s: its language, or its expectations", o.within(s.Path))
			continue
		}
		expect := codes(s.Expect)
		ce := slices.Equal(s.Expect, []problems.Verdict{problems.CE})
		if !slices.Contains(s.Expect, problems.AC) && !ce {
			expect = append([]string{"AC"}, expect...) // on single tests
			o.lose("%s: that one test at least is not accepted", o.within(s.Path))
		}
		name := plain(strings.ReplaceAll(o.within(s.Path), "/", "_"))
		dir := path.Join("tests", name)
		for n := 2; o.exists(dir); n++ {
			dir = path.Join("tests", fmt.Sprintf("%s_%d", name, n))
		}
		base := filepath.Base(s.Path)
		if _, err := o.submission(s, path.Join(dir, base)); err != nil {
			return err
		}
		given := map[string]any{
			"language": language, "source": base, "expect": expect, "memory": int64(limits.Memory / problems.KiB),
		}
		if !o.problem.NoTimeLimit {
			given["time"] = limits.Time.Seconds()
		}
		if err := o.yaml(path.Join(dir, "test.yml"), given); err != nil {
			return err
		}
	}
	return nil
}

// ofDMOJ returns the properties that init.yml expresses. Groups and tests have other names there.
func ofDMOJ(p *problems.Problem) picture {
	var all picture
	all.add("the files that submissions read and write", "", p.Files)
	all.add("unbuffered stdout", "", p.Unbuffered)
	all.add("an interactor", "", p.Interactor != nil)
	all.add("the output limit", "", p.Limits.Output)
	all.add("the number of tests", "", len(p.Tests))
	groups := p.Scoring.Groups()
	if groups == nil { // accepted submissions have all points
		groups = []*problems.Scoring{{Name: "", Rule: problems.Min, Points: 100}}
	}
	batch := 0
	for _, g := range groups {
		rule := g.Rule
		if rule == problems.PassFail {
			rule = problems.Min
		}
		if rule != problems.Sum { // several groups of sums become one
			batch++
			all.add("how a group scores", fmt.Sprint(batch), rule, g.Points, len(g.Requires))
		}
	}
	total := 0.0
	for _, g := range groups {
		total += g.Points
	}
	all.add("the points of all groups", "", int64(total*1000+0.5))
	return all
}
