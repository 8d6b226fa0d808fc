package convert

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"judge/problems"
)

// ICPC writes a problem as a package of the ICPC format 2025-09 into a new directory. It returns what the package
// cannot express. Problems of kinds that the format does not have are errors.
func ICPC(p *problems.Problem, dir string) ([]string, error) {
	if slices.ContainsFunc(p.Tests, func(t problems.TestCase) bool { return t.NeedsOutput }) {
		return nil, fmt.Errorf("convert %s: the format cannot express tests that accept only outputs", p.Path)
	}
	switch {
	case p.Manager != nil:
		return nil, fmt.Errorf("convert %s: the format cannot express managers", p.Path)
	case p.Grader != nil && !p.Grader.Library:
		return nil, fmt.Errorf("convert %s: the format cannot express a grader that contains main", p.Path)
	case p.Files != (problems.FileNames{}):
		return nil, fmt.Errorf("convert %s: the format cannot express input and output files", p.Path)
	}
	if p.Checker.External != nil && p.Checker.External.Also != nil {
		return nil, fmt.Errorf("convert %s: the format cannot express several output validators", p.Path)
	}
	if !plainPrograms(p) {
		return nil, fmt.Errorf("convert %s: the format cannot express compiler flags, another order of arguments or "+
			"several sources of a program with another protocol", p.Path)
	}
	like, found := likeStandard(p.Checker)
	if p.Checker.Compare != problems.Tokens && !found {
		return nil, fmt.Errorf("convert %s: the format cannot express comparisons other than tokens", p.Path)
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
		o.lose("the checker std::%s: the default output validator compares the same tokens, "+
			"but does not check the answer", standard)
	}
	return o.close(o.icpc())
}

// plainPrograms reports whether the programs of a problem are called and compiled as in the format.
func plainPrograms(p *problems.Problem) bool {
	for _, e := range []*problems.External{p.Checker.External, p.Interactor} {
		if e != nil && (e.Format != nil || e.Flags != nil || e.Driver != nil && e.Protocol != problems.ICPC) {
			return false
		}
	}
	return true
}

// icpc writes the package.
func (o *output) icpc() error {
	for _, step := range []func() error{
		o.icpcMetadata, o.icpcStatement, o.icpcTests, o.icpcSamples, o.icpcGroups, o.icpcPrograms, o.icpcSubmissions,
		o.icpcGenerators,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return errors.Join(o.check(ofICPC), o.leftOut())
}

// packageYAML is problem.yaml, with its keys in a readable order.
type packageYAML struct {
	Version   string            `yaml:"problem_format_version"`
	Type      []string          `yaml:"type"`
	Name      string            `yaml:"name"`
	UUID      string            `yaml:"uuid"`
	Limits    limitsYAML        `yaml:"limits"`
	Writing   bool              `yaml:"allow_file_writing,omitempty"`
	Constants map[string]string `yaml:"constants,omitempty"`
}

// limitsYAML are the limits in problem.yaml: seconds, MiB and KiB.
type limitsYAML struct {
	Time              float64 `yaml:"time_limit,omitempty"`
	Resolution        float64 `yaml:"time_resolution,omitempty"`
	Memory            int64   `yaml:"memory"`
	Output            int64   `yaml:"output"`
	Code              int64   `yaml:"code"`
	CompilationTime   int64   `yaml:"compilation_time,omitempty"`
	CompilationMemory int64   `yaml:"compilation_memory,omitempty"`
	ValidationTime    int64   `yaml:"validation_time,omitempty"`
	ValidationMemory  int64   `yaml:"validation_memory,omitempty"`
	ValidationOutput  int64   `yaml:"validation_output,omitempty"`
	Passes            int     `yaml:"validation_passes,omitempty"`
}

// icpcMetadata writes problem.yaml.
func (o *output) icpcMetadata() error {
	p := o.problem
	kinds := []string{"pass-fail"}
	if p.Scoring.Groups() != nil {
		kinds = []string{"scoring"}
	}
	if p.Interactor != nil {
		kinds = append(kinds, "interactive")
	}
	limits := icpcLimits(p)
	if !p.Limits.OutputOfAll && !p.OutputOnly {
		o.lose("the limit on stdout: a package limits stdout, stderr and files together")
	}
	if p.Passes > 1 {
		kinds = append(kinds, "multi-pass")
		limits.Passes = p.Passes
	}
	if p.OutputOnly {
		kinds = append(kinds, "submit-answer")
	}
	o.loseDefine()
	if p.Limits.Processes > 0 {
		o.lose("the limit on processes")
	}
	return o.yaml("problem.yaml", packageYAML{
		Version: "2025-09", Type: kinds, Name: p.Name, UUID: uuid(p), Limits: limits,
		Writing: !p.Limits.ReadOnly && !p.OutputOnly, Constants: p.Constants,
	})
}

// icpcLimits returns the limits in the format's units. Default limits on compilation and on the problem's programs
// are left to the system.
func icpcLimits(p *problems.Problem) limitsYAML {
	l, usual := p.Limits, problems.DefaultLimits()
	limits := limitsYAML{
		Memory: mebi(l.Memory), Output: mebi(l.Output), Code: max(1, int64(l.Code/problems.KiB)),
		CompilationTime:   chosenTime(l.CompilationTime, usual.CompilationTime),
		CompilationMemory: chosenSize(l.CompilationMemory, usual.CompilationMemory),
		ValidationTime:    chosenTime(l.ValidationTime, usual.ValidationTime),
		ValidationMemory:  chosenSize(l.ValidationMemory, usual.ValidationMemory),
		ValidationOutput:  chosenSize(l.ValidationOutput, usual.ValidationOutput),
	}
	if !p.NoTimeLimit {
		limits.Time = l.Time.Seconds()
		if r := resolution(l.Time); r != time.Second {
			limits.Resolution = r.Seconds()
		}
	}
	return limits
}

// chosenTime returns a limit in whole seconds, 0 for the default.
func chosenTime(limit, usual time.Duration) int64 {
	if limit == usual {
		return 0
	}
	return max(1, int64((limit+time.Second-1)/time.Second))
}

// chosenSize returns a limit in whole MiB, 0 for the default.
func chosenSize(limit, usual problems.Bytes) int64 {
	if limit == usual {
		return 0
	}
	return mebi(limit)
}

// resolution returns the largest usual step of which a limit is a multiple, as the format requires.
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

// mebi returns a size in whole MiB, rounded up.
func mebi(b problems.Bytes) int64 { return max(1, int64((b+problems.MiB-1)/problems.MiB)) }

// uuid returns an identifier that is stable for a problem: a hash of its name and its tests' names, in version 8 of
// RFC 9562.
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

// unfit matches characters that names of the format cannot have.
var unfit = regexp.MustCompile(`[^a-zA-Z0-9_.-]+`)

// plain returns a name that is valid in the format.
func plain(name string) string {
	name = unfit.ReplaceAllString(name, "_")
	return cmp.Or(strings.TrimLeft(name, ".-"), "_")
}
