package convert

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"judge/problems"
)

// ICPC writes a problem as a package of the ICPC format 2025-09 into a new directory. Kinds of problems that the format does not have are errors.
func ICPC(p *problems.Problem, dir string) ([]string, error) {
	if slices.ContainsFunc(p.Tests, func(t problems.TestCase) bool { return t.NeedsOutput }) {
		return nil, fmt.Errorf("convert %s: the format has no tests that take only outputs", p.Path)
	}
	switch {
	case p.Manager != nil:
		return nil, fmt.Errorf("convert %s: the format has no managers", p.Path)
	case p.Grader != nil && !p.Grader.Beside:
		return nil, fmt.Errorf("convert %s: the format has no graders whose file starts the program", p.Path)
	case p.Files != (problems.FileNames{}):
		return nil, fmt.Errorf("convert %s: the format has only standard input and output", p.Path)
	}
	if p.Checker.External != nil && p.Checker.External.Also != nil {
		return nil, fmt.Errorf("convert %s: the format has one output validator, and the problem has several", p.Path)
	}
	if !plainPrograms(p) {
		return nil, fmt.Errorf("convert %s: the format has no flags for compilers, no other order of arguments and no second source of a program of another protocol", p.Path)
	}
	like, found := likeStandard(p.Checker)
	if p.Checker.Compare != problems.Tokens && !found {
		return nil, fmt.Errorf("convert %s: the format has no comparison but that of tokens", p.Path)
	}
	standard := p.Checker.Standard
	if found {
		other := *p
		other.Checker, p = like, &other
	}
	o, err := create(p, dir)
	if err != nil {
		return nil, err
	}
	if found {
		o.lose("the checker std::%s: the default output validator compares tokens likewise, but takes any answer", standard)
	}
	return o.close(o.icpc())
}

// plainPrograms reports whether the programs of a problem are called and compiled as the format has it.
func plainPrograms(p *problems.Problem) bool {
	for _, e := range []*problems.External{p.Checker.External, p.Interactor} {
		if e != nil && (e.Format != nil || e.Flags != nil || e.Driver != nil && e.Protocol != problems.ICPC) {
			return false
		}
	}
	return true
}

func (o *output) icpc() error {
	for _, step := range []func() error{o.icpcMetadata, o.icpcTests, o.icpcGroups, o.icpcPrograms, o.icpcSubmissions} {
		if err := step(); err != nil {
			return err
		}
	}
	return errors.Join(o.check(ofICPC), o.leftOut())
}

func (o *output) icpcMetadata() error {
	p := o.problem
	kinds := []string{"pass-fail"}
	if p.Groups != nil {
		kinds = []string{"scoring"}
	}
	if p.Interactor != nil {
		kinds = append(kinds, "interactive")
	}
	limits := icpcLimits(p)
	if !p.Limits.OutputOfAll && !p.OutputOnly {
		o.lose("that the limit on output is of stdout alone: a package's is of stdout, stderr and files together")
	}
	if p.Passes > 1 {
		kinds = append(kinds, "multi-pass")
		limits["validation_passes"] = p.Passes
	}
	if p.OutputOnly {
		kinds = append(kinds, "submit-answer")
	}
	if p.Limits.Processes > 0 {
		o.lose("the limit on processes")
	}
	return o.yaml("problem.yaml", struct {
		Version   string            `yaml:"problem_format_version"`
		Type      []string          `yaml:"type"`
		Name      string            `yaml:"name"`
		UUID      string            `yaml:"uuid"`
		Limits    map[string]any    `yaml:"limits"`
		Writing   bool              `yaml:"allow_file_writing,omitempty"`
		Constants map[string]string `yaml:"constants,omitempty"`
	}{"2025-09", kinds, p.Name, uuid(p), limits, !p.Limits.ReadOnly && !p.OutputOnly, p.Constants})
}

// icpcLimits are the limits as the format has them. It leaves those on compiling and on the problem's own programs to
// the system unless somebody has chosen them.
func icpcLimits(p *problems.Problem) map[string]any {
	l, usual := p.Limits, problems.DefaultLimits()
	limits := map[string]any{
		"memory": mebi(l.Memory), "output": mebi(l.Output), "code": max(1, int64(l.Code/problems.KiB)),
	}
	for _, of := range []struct {
		time          string
		cpu, usualCPU time.Duration
		memory        string
		size, usual   problems.Bytes
	}{
		{"compilation_time", l.CompilationTime, usual.CompilationTime, "compilation_memory", l.CompilationMemory,
			usual.CompilationMemory},
		{"validation_time", l.ValidationTime, usual.ValidationTime, "validation_memory", l.ValidationMemory,
			usual.ValidationMemory},
	} {
		if of.cpu != of.usualCPU {
			limits[of.time] = max(1, int64((of.cpu+time.Second-1)/time.Second))
		}
		if of.size != of.usual {
			limits[of.memory] = mebi(of.size)
		}
	}
	if l.ValidationOutput != usual.ValidationOutput {
		limits["validation_output"] = mebi(l.ValidationOutput)
	}
	if !p.NoTimeLimit {
		limits["time_limit"] = l.Time.Seconds()
		if r := resolution(l.Time); r != time.Second {
			limits["time_resolution"] = r.Seconds()
		}
	}
	return limits
}

// resolution is the largest usual step of which a limit is a multiple, as the format wants it.
func resolution(limit time.Duration) time.Duration {
	for _, step := range []time.Duration{
		time.Second, 500 * time.Millisecond, 100 * time.Millisecond, 50 * time.Millisecond, 10 * time.Millisecond,
		time.Millisecond, time.Microsecond,
	} {
		if limit%step == 0 {
			return step
		}
	}
	return time.Nanosecond
}

// mebi is a size in whole MiB, which the format has, and not less than it was.
func mebi(b problems.Bytes) int64 { return max(1, int64((b+problems.MiB-1)/problems.MiB)) }

// uuid is one that stays the same for a problem: of its name and its tests' names, in the form of version 8 (RFC 9562).
func uuid(p *problems.Problem) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%q", p.Name)
	for _, t := range p.Tests {
		fmt.Fprintf(sum, "%q", t.Name)
	}
	b := sum.Sum(nil)[:16]
	b[6], b[8] = b[6]&0x0f|0x80, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// unfit is what names of the format do not have.
var unfit = regexp.MustCompile(`[^a-zA-Z0-9_.-]+`)

func plain(name string) string {
	name = unfit.ReplaceAllString(name, "_")
	return cmp.Or(strings.TrimLeft(name, ".-"), "_")
}

// groupDir is where a test lies: sample, or secret, or a group of secret when groups earn points.
func (o *output) groupDir(t problems.TestCase) (string, error) {
	if len(t.Groups) > 1 {
		return "", fmt.Errorf("the test %q is in several groups, which the format does not have", t.Name)
	}
	group := ""
	if len(t.Groups) == 1 {
		group = strings.TrimPrefix(t.Groups[0], "secret/")
	}
	switch {
	case group == "sample":
		return "data/sample", nil
	case o.problem.Groups == nil || group == "secret":
		return "data/secret", nil
	case group == "":
		return "", fmt.Errorf("the test %q is in no group, where others earn points", t.Name)
	default:
		return path.Join("data", o.groupName(group)), nil
	}
}

// groupName is what a group is called in the package: numbered, as the format takes their order from their names.
func (o *output) groupName(group string) string {
	if group == "sample" {
		return group
	}
	group = strings.TrimPrefix(group, "secret/")
	i := slices.IndexFunc(o.problem.Groups, func(g problems.Group) bool { return strings.TrimPrefix(g.Name, "secret/") == group })
	return path.Join("secret", fmt.Sprintf("%0*d-%s", len(strconv.Itoa(len(o.problem.Groups))), i+1, plain(group)))
}

// icpcTests copies the tests, numbered in their order, which the format takes from their names.
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
		if t.Beside != "" {
			if _, err := o.copy(t.Beside, stem+".files"); err != nil {
				return err
			}
		}
		settings := map[string]any{}
		if len(t.Args) > 0 {
			settings["output_validator_args"] = t.Args
		}
		if t.Checker != nil {
			settings["output_validator_args"] = tokenArgs(*t.Checker)
		}
		if len(t.RunArgs) > 0 {
			settings["args"] = t.RunArgs
		}
		// A package's validators get the submission's arguments, too.
		if own := len(t.ValidatorArgs) - len(t.RunArgs); own > 0 && slices.Equal(t.ValidatorArgs[own:], t.RunArgs) {
			settings["input_validator_args"] = t.ValidatorArgs[:own]
		}
		if len(settings) > 0 {
			if err := o.yaml(stem+".yaml", settings); err != nil {
				return err
			}
		}
	}
	return nil
}

// tokenArgs are the arguments of the default output validator.
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
	args := tokenArgs(p.Checker)
	for _, e := range []*problems.External{p.Checker.External, p.Interactor} {
		if e != nil {
			args = e.Args
		}
	}
	of := func(more map[string]any) map[string]any {
		if len(args) > 0 {
			more["output_validator_args"] = args
		}
		return more
	}
	settings := map[string]map[string]any{"data/secret": of(map[string]any{})}
	if slices.ContainsFunc(p.Tests, func(t problems.TestCase) bool { return slices.Equal(t.Groups, []string{"sample"}) }) {
		settings["data/sample"] = of(map[string]any{})
	}
	for _, g := range p.Groups {
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
		settings[dir] = of(given)
	}
	if secret := settings["data/secret"]; p.Groups != nil && secret["max_score"] == nil {
		secret["max_score"] = int64(p.Total.Of(p.Groups, func(i int) float64 {
			if p.Groups[i].Name == "sample" {
				return 0
			}
			return p.Groups[i].Points
		}))
		switch {
		case p.Total.Plain():
		case p.Total.Rule == problems.Min && p.Total.Parts == nil && p.Total.Times == 0:
			secret["score_aggregation"] = "min"
		default:
			return errors.New("the format adds up the scores of groups, or takes the least: it has no other way to put them together")
		}
	}
	for dir, given := range settings {
		if len(given) > 0 {
			if err := o.yaml(path.Join(dir, "test_group.yaml"), given); err != nil {
				return err
			}
		}
	}
	return nil
}

func (o *output) icpcGroup(g problems.Group) (map[string]any, error) {
	rules := map[problems.Rule]string{problems.Min: "min", problems.Sum: "sum", problems.PassFail: "pass-fail"}
	rule, ok := rules[g.Rule]
	if !ok || g.Break {
		return nil, fmt.Errorf("the format has no rule for the scores of the group %q", g.Name)
	}
	if o.required(g.Name) {
		if !passesOrFails(o.problem, g) {
			return nil, fmt.Errorf("the group %q is required, which the format has for groups that pass or fail", g.Name)
		}
		rule = rules[problems.PassFail]
	}
	given := map[string]any{"max_score": int64(g.Points), "score_aggregation": rule}
	if g.Unbounded {
		given["max_score"] = "unbounded"
	} else if g.Points != float64(int64(g.Points)) {
		return nil, fmt.Errorf("the group %q has %g points, where the format has whole numbers", g.Name, g.Points)
	}
	var requires []string
	for _, name := range g.Requires {
		requires = append(requires, o.groupName(name))
	}
	if len(requires) > 0 {
		given["require_pass"] = requires
	}
	return given, nil
}

func (o *output) icpcPrograms() error {
	p := o.problem
	if err := o.validation(); err != nil {
		return err
	}
	for _, v := range p.InputValidators {
		if err := o.inputValidator(v); err != nil {
			return err
		}
	}
	if g := p.Grader; g != nil {
		for language, files := range g.Files {
			if language == "" {
				language = "default"
			}
			for _, file := range files {
				if err := o.copyFile(file, path.Join("include", language, path.Base(file))); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// directoryOf is the directory whose meaning is nearest to what is expected of a submission.
func directoryOf(s problems.Submission) string {
	var of []problems.Verdict
	for _, v := range s.Expect {
		if v == problems.MLE || v == problems.OLE {
			v = problems.RTE
		}
		if !slices.Contains(of, v) {
			of = append(of, v)
		}
	}
	if len(of) == 1 {
		return map[problems.Verdict]string{problems.AC: "accepted", problems.WA: "wrong_answer", problems.TLE: "time_limit_exceeded", problems.RTE: "run_time_error"}[of[0]]
	}
	return ""
}

// icpcSubmissions copies the submissions, each with its expectations in submissions.yaml. The format speaks of all tests, and a verdict is
// that of the first that failed: what is not the verdict is permitted on the others.
func (o *output) icpcSubmissions() error {
	about := map[string]any{}
	for _, s := range o.problem.Submissions {
		dir := directoryOf(s)
		if slices.Contains(s.Expect, problems.CE) {
			o.lose("%s, which does not compile", o.within(s.Path))
			continue
		}
		given := map[string]any{}
		if dir != "accepted" {
			dir = map[bool]string{true: "other", false: dir}[dir == ""]
			given["permitted"] = []string{"AC", "WA", "TLE", "RTE"}
			if len(s.Expect) > 0 && !slices.Contains(s.Expect, problems.AC) {
				given["required"] = shortCodes(s.Expect)
			}
		}
		name := path.Join(dir, plain(strings.ReplaceAll(o.within(s.Path), "/", "_")))
		for _, d := range s.Demands {
			if d.Tests != nil || d.Group != "" {
				o.lose("%s: what is expected of single tests or groups", name)
				continue
			}
			if d.Permitted != nil {
				given["permitted"] = shortCodes(d.Permitted)
			}
			if d.Required != nil {
				given["required"] = shortCodes(d.Required)
			}
			if d.Score != nil {
				given["score"] = []float64{d.Score.Least, d.Score.Most}
			}
			if d.Message != "" {
				given["message"] = d.Message
			}
		}
		if s.Model {
			given["model_solution"] = true
		}
		if s.Language != "" {
			given["language"] = s.Language
		}
		if s.Entry != "" {
			given["entrypoint"] = s.Entry
		}
		to, err := o.submission(s, path.Join("submissions", name))
		if err != nil {
			return err
		}
		name = strings.TrimPrefix(to, "submissions/")
		if slices.Contains(s.Expect, problems.MLE) || slices.Contains(s.Expect, problems.OLE) {
			o.lose("%s: that it is MLE or OLE, where the format has run-time errors", name)
		}
		if len(given) > 0 {
			about[name] = given
		}
	}
	// A directory's own demands would stand beside these.
	for _, dir := range []string{"wrong_answer", "time_limit_exceeded", "run_time_error"} {
		if slices.ContainsFunc(keys(about), func(name string) bool { return strings.HasPrefix(name, dir+"/") }) {
			about[dir] = map[string]any{"permitted": []string{"AC", "WA", "TLE", "RTE"}}
		}
	}
	if len(about) == 0 {
		return nil
	}
	return o.yaml("submissions/submissions.yaml", about)
}

func keys(m map[string]any) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	return names
}

// shortCodes are the format's codes: limits on memory and output are run-time errors to it.
func shortCodes(verdicts []problems.Verdict) []string {
	var all []string
	for _, v := range verdicts {
		code := v.String()
		if v == problems.MLE || v == problems.OLE {
			code = "RTE"
		}
		if !slices.Contains(all, code) {
			all = append(all, code)
		}
	}
	return all
}
