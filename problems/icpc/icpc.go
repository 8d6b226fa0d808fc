// Package icpc reads problem packages of the ICPC and of Kattis: the versions 2025-09, 2023-07 and legacy, and what the DOMjudge adds.
//
//	problem, err := icpc.Read("hello")
//
// The versions are told apart by what the package says and by the files that are there, as tools write all mixtures of them. What it holds
// and the judge does without is in the problem's remarks; what would change a verdict and cannot be done is an error. The rules are
// those of www.kattis.com/problem-package-format/spec, by the names of its sections.
package icpc

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"judge/problems"
	"judge/problems/folder"
)

// Names in a package.
const (
	FileName     = "problem.yaml"
	domjudgeFile = "domjudge-problem.ini"
)

// Detect reports whether a directory holds a package: test data where the format has it, and no list of tests as native specs have.
func Detect(dir string) bool {
	f, err := folder.Open(dir)
	if err != nil {
		return false
	}
	defer f.Close()
	if !f.IsDir("data/secret") && !f.IsDir("data/sample") || !f.IsFile(FileName) && !f.IsFile(domjudgeFile) {
		return false
	}
	yaml, err := f.YAML(FileName)
	return err != nil || !yaml.Has("tests")
}

// Read reads the package in a directory. Errors are *problems.Error.
func Read(dir string) (*problems.Problem, error) {
	f, err := folder.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := &reader{folder: f, problem: problems.Problem{Dir: f.Dir, Path: dir, Name: filepath.Base(f.Dir), Limits: limits()}}
	for _, step := range []func() error{
		r.metadata, r.timeLimit, r.validation, r.tests, r.included, r.inputValidators, r.answerValidators, r.samples, r.submissions,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	r.problem.Remarks = append(r.problem.Remarks, f.Skipped()...)
	return &r.problem, nil
}

// limits are the format's typical system defaults ("Limits").
func limits() problems.Limits {
	l := problems.DefaultLimits()
	l.Memory = 2048 * problems.MiB
	return l
}

// reader fills a problem from a package.
type reader struct {
	folder  *folder.Folder
	problem problems.Problem

	legacy      bool     // the version, or what is most like it
	kinds       []string // pass-fail, scoring, interactive, multi-pass, submit-answer
	custom      bool     // legacy: there is an output validator
	flags       []string // legacy: validator_flags
	timeLimited bool

	validatorScores bool // legacy: validation says that the output validator gives scores
	perGroup        bool // legacy: an accept_score is what a whole group is worth
}

func (r *reader) is(kind string) bool { return slices.Contains(r.kinds, kind) }

func (r *reader) remark(e *problems.Error) { r.problem.Remarks = append(r.problem.Remarks, e) }

// silent are the keys of problem.yaml that say nothing about judging.
func silent() []string {
	return []string{
		"uuid", "version", "author", "authors", "credits", "source", "source_url", "license", "rights_owner", "embargo_until", "keywords",
		"languages", "grading", "libraries", "allow_file_writing", "problem_id", "label", "show_validation", "show_test_data_groups",
	}
}

// metadata reads problem.yaml.
func (r *reader) metadata() error {
	yaml, err := r.folder.YAML(FileName)
	if err != nil {
		return err
	}
	version := "legacy"
	if err := yaml.Get("problem_format_version", &version); err != nil {
		return err
	}
	r.legacy = strings.HasPrefix(version, "legacy")
	r.problem.Format = "ICPC " + version
	if !r.legacy && !strings.HasPrefix(version, "2023-07") && !strings.HasPrefix(version, "2025-09") && version != "draft" {
		r.remark(yaml.Fault("problem_format_version", fmt.Sprintf("version %q is read as 2025-09", version), ""))
	}
	for _, read := range []func(*folder.Document) error{r.name, r.kind, r.constants, r.limits} {
		if err := read(yaml); err != nil {
			return err
		}
	}
	r.problem.Remarks = append(r.problem.Remarks, yaml.Unknown(silent()...)...)
	return nil
}

// name takes a name in English, or else in the first language there is.
func (r *reader) name(yaml *folder.Document) error {
	var one string
	if yaml.Get("name", &one) == nil {
		if one != "" {
			r.problem.Name = one
		}
		return nil
	}
	byLanguage, err := yaml.Inner("name")
	if err != nil {
		return err
	}
	for _, language := range append([]string{"en"}, byLanguage.Keys()...) {
		if byLanguage.Has(language) {
			return byLanguage.Get(language, &r.problem.Name)
		}
	}
	return nil
}

// kind reads what kind of problem it is: "Type", and "Validation" of the legacy version.
func (r *reader) kind(yaml *folder.Document) error {
	var kinds, validation folder.Texts
	if err := yaml.Get("type", &kinds); err != nil {
		return err
	}
	if yaml.Get("validation", &validation) != nil {
		words, err := draftValidation(yaml)
		if err != nil {
			return err
		}
		validation = words
	}
	if err := yaml.Get("validator_flags", (*folder.Texts)(&r.flags)); err != nil {
		return err
	}
	for _, kind := range kinds {
		if !slices.Contains([]string{"pass-fail", "scoring", "multi-pass", "interactive", "submit-answer"}, kind) {
			return yaml.Fault("type", fmt.Sprintf("unknown type %q", kind), "use pass-fail, scoring, multi-pass, interactive or submit-answer")
		}
	}
	r.kinds = kinds
	r.custom, r.validatorScores = slices.Contains(validation, "custom"), slices.Contains(validation, "score")
	for _, word := range validation {
		switch word {
		case "interactive", "multi-pass":
			r.kinds = append(r.kinds, word)
		case "default", "custom", "score":
		default:
			return yaml.Fault("validation", fmt.Sprintf("unknown validation %q", word), "use default, or custom with interactive, multi-pass and score")
		}
	}
	r.problem.OutputOnly = r.is("submit-answer")
	return nil
}

// draftValidation reads the mapping that drafts of 2023-07 had, such as {interactive: true}, as words.
func draftValidation(yaml *folder.Document) ([]string, error) {
	given, err := yaml.Inner("validation")
	if err != nil {
		return nil, err
	}
	words := []string{}
	for _, key := range given.Keys() {
		on := false
		if err := given.Get(key, &on); err != nil {
			return nil, err
		}
		word, known := map[string]string{"interactive": "interactive", "multipass": "multi-pass", "scoring": "score"}[key]
		if on && !known {
			return nil, given.Fault(key, fmt.Sprintf("unknown validation %q", key), "use interactive, multipass and scoring")
		}
		if on {
			words = append(words, word)
		}
	}
	return words, nil
}

func (r *reader) constants(yaml *folder.Document) error {
	given, err := yaml.Inner("constants")
	if err != nil {
		return err
	}
	all := map[string]string{}
	for _, name := range given.Keys() {
		var one string
		if given.Get(name, &one) == nil {
			all[name] = one
			continue
		}
		// Drafts had several values of a constant: value is what {{name}} stands for, and key what {{name.key}} does.
		values, err := given.Inner(name)
		if err != nil {
			return err
		}
		for _, key := range values.Keys() {
			if err := values.Get(key, &one); err != nil {
				return err
			}
			all[name+"."+key] = one
			if key == "value" {
				all[name] = one
			}
		}
	}
	if len(all) > mostConstants {
		return yaml.Fault("constants", fmt.Sprintf("%d constants: at most %d are possible", len(all), mostConstants), "")
	}
	if len(all) > 0 {
		r.problem.Constants = all
	}
	return nil
}

// mostConstants bounds the constants, each of which is looked for in every file of settings.
const mostConstants = 1000

// limits reads "Limits".
func (r *reader) limits(yaml *folder.Document) error {
	given, err := yaml.Inner("limits")
	if err != nil {
		return err
	}
	l := &r.problem.Limits
	read := func(key string, unit float64, set func(float64)) error {
		value := 0.0
		if err := given.Get(key, &value); err != nil || !given.Has(key) {
			return err
		}
		if !(value > 0) || value > 1<<20 {
			return given.Fault(key, fmt.Sprintf("%s: %v is out of range", key, value), "it is more than 0")
		}
		set(value * unit)
		return nil
	}
	size := func(to *problems.Bytes) func(float64) { return func(v float64) { *to = problems.Bytes(v) } }
	span := func(to *time.Duration) func(float64) { return func(v float64) { *to = time.Duration(v) } }
	mib, second := float64(problems.MiB), float64(time.Second)
	rule := &r.problem.TimeRule
	for _, k := range []struct {
		key  string
		unit float64
		set  func(float64)
	}{
		{"time_limit", second, func(v float64) { r.limit(time.Duration(v)) }},
		{"memory", mib, size(&l.Memory)}, {"output", mib, size(&l.Output)}, {"code", float64(problems.KiB), size(&l.Code)},
		{"compilation_time", second, span(&l.CompilationTime)}, {"compilation_memory", mib, size(&l.CompilationMemory)},
		{"validation_time", second, span(&l.ValidationTime)}, {"validation_memory", mib, size(&l.ValidationMemory)},
		{"validation_output", mib, size(&l.ValidationOutput)},
		{"validation_passes", 1, func(v float64) { r.problem.Passes = int(v) }},
		{"time_safety_margin", 1, func(v float64) { rule.TimeLimitToTLE = v }},
		{"time_resolution", 1, func(v float64) { rule.Resolution = v }},
	} {
		if err := read(k.key, k.unit, k.set); err != nil {
			return err
		}
	}
	if r.is("multi-pass") && r.problem.Passes == 0 {
		r.problem.Passes = 2
	}
	for _, key := range []string{"time_multipliers", "time_multiplier"} { // the second is the legacy version's number, and a draft's mapping
		if given.Has(key) {
			if err := r.multipliers(given, key); err != nil {
				return err
			}
		}
	}
	if r.legacy && rule.ACToTimeLimit == 0 {
		rule.ACToTimeLimit = 5 // "Limits" of the legacy version: time_multiplier
	}
	if r.legacy && rule.TimeLimitToTLE == 0 {
		rule.TimeLimitToTLE = 2 // time_safety_margin
	}
	r.problem.Remarks = append(r.problem.Remarks, given.Unknown()...)
	return nil
}

// multipliers reads "Problem timing".
func (r *reader) multipliers(limits *folder.Document, key string) error {
	rule := &r.problem.TimeRule
	if limits.Get(key, &rule.ACToTimeLimit) != nil {
		given, err := limits.Inner(key)
		if err == nil {
			err = errors.Join(given.Get("ac_to_time_limit", &rule.ACToTimeLimit), given.Get("time_limit_to_tle", &rule.TimeLimitToTLE))
		}
		if err != nil {
			return err
		}
	}
	if !(rule.ACToTimeLimit >= 0 && rule.ACToTimeLimit < 1<<20 && rule.TimeLimitToTLE >= 0 && rule.TimeLimitToTLE < 1<<20) {
		return limits.Fault(key, key+": a multiplier is out of range", "it is 1 or more")
	}
	return nil
}

func (r *reader) limit(limit time.Duration) {
	r.problem.Limits = r.problem.Limits.WithTime(limit)
	r.timeLimited = true
}

// standIn is the limit of packages that leave it to be found by measuring, until it is.
const standIn = 10 * time.Second

// timeLimit finds the time limit of packages whose problem.yaml has none: the DOMjudge's and Kattis' tools keep it in files of their own.
func (r *reader) timeLimit() error {
	if !r.timeLimited && r.folder.IsFile(domjudgeFile) {
		data, err := r.folder.Read(domjudgeFile)
		if err != nil {
			return err
		}
		for i, line := range strings.Split(string(data), "\n") {
			key, value, _ := strings.Cut(line, "=")
			value = strings.Trim(strings.TrimSpace(value), `'"`)
			switch strings.TrimSpace(key) {
			case "timelimit":
				limit, err := time.ParseDuration(value + "s")
				if err != nil || limit <= 0 || limit > 24*time.Hour {
					return r.folder.Fault(domjudgeFile, i+1, fmt.Sprintf("timelimit: %q is not a number of seconds", value), "")
				}
				r.limit(limit)
			case "name":
				if value != "" && !r.folder.IsFile(FileName) {
					r.problem.Name = value
				}
			}
		}
	}
	if !r.timeLimited && r.folder.IsFile(".timelimit") {
		data, err := r.folder.Read(".timelimit")
		if err != nil {
			return err
		}
		limit, err := time.ParseDuration(strings.TrimSpace(string(data)) + "s")
		if err != nil || limit <= 0 || limit > 24*time.Hour {
			return r.folder.Fault(".timelimit", 1, "not a number of seconds", "")
		}
		r.limit(limit)
	}
	if !r.timeLimited {
		r.problem.NoTimeLimit = true
		r.limit(standIn)
	}
	return nil
}

// validation finds the output validator ("Output Validators").
func (r *reader) validation() error {
	dir := ""
	for _, name := range []string{"output_validator", "output_validators"} {
		if r.folder.IsDir(name) || r.folder.IsFile(name) {
			dir = name
			break
		}
	}
	if dir != "" && r.legacy && !r.custom && dir == "output_validators" {
		r.remark(r.folder.Fault(dir, 0, "is not used, as the package asks for the default validation", "validation: custom in "+FileName+" would use it"))
		dir = ""
	}
	if dir == "" {
		if r.custom || r.is("interactive") || r.is("multi-pass") {
			return r.folder.Fault(FileName, 0, "there is no output validator", "put one into "+map[bool]string{true: "output_validators", false: "output_validator"}[r.legacy])
		}
		checker, err := r.comparison(FileName, r.flags)
		r.problem.Checker = checker
		return err
	}
	programs, err := r.outputValidators(dir)
	if err != nil {
		return err
	}
	var first *problems.External
	for _, program := range slices.Backward(programs) {
		full, err := r.folder.Program(dir, program)
		if err != nil {
			return err
		}
		first = &problems.External{Path: full, Protocol: problems.ICPC, Args: r.flags, Also: first}
	}
	if r.is("interactive") {
		r.problem.Interactor = first
	} else {
		r.problem.Checker = problems.Checker{External: first}
	}
	return nil
}

// outputValidators are the programs in a directory, or the directory itself if its files are one. In the legacy version there may be several,
// all of which have to accept; who talks with a submission or has it run again is alone.
func (r *reader) outputValidators(dir string) ([]string, error) {
	programs, err := r.programs(dir)
	switch {
	case err != nil:
		return nil, err
	case len(programs) == 0:
		return nil, r.folder.Fault(dir, 0, "holds no program", "")
	case len(programs) > 1 && (!r.legacy || r.is("interactive") || r.is("multi-pass")):
		return nil, r.folder.Fault(dir, 0, fmt.Sprintf("%d output validators are more than one", len(programs)), "keep one")
	}
	return programs, nil
}

// programs are those in a directory ("Programs"): each directory, or each file that is not a header; files beside each other of which one
// is a header are one program.
func (r *reader) programs(dir string) ([]string, error) {
	if r.folder.IsFile(dir) {
		return []string{dir}, nil
	}
	entries, err := r.folder.List(dir)
	var dirs, files []string
	whole := false
	for _, e := range entries {
		switch ext := path.Ext(e.Name); {
		case e.Dir && e.Name != "__pycache__":
			dirs = append(dirs, path.Join(dir, e.Name))
		case e.Dir, ext == ".md", ext == ".txt", ext == ".pyc":
		case ext == ".h" || ext == ".hpp" || e.Name == "build" || e.Name == "run" || e.Name == "__main__.py":
			whole = true
		default:
			files = append(files, path.Join(dir, e.Name))
		}
	}
	if whole && len(dirs) == 0 {
		return []string{dir}, err
	}
	return append(dirs, files...), err
}

// comparison reads the arguments of the default output validator.
func (r *reader) comparison(from string, args []string) (problems.Checker, error) {
	var c problems.Checker
	for i := 0; i < len(args); i++ {
		switch arg := args[i]; arg {
		case "case_sensitive":
			c.CaseSensitive = true
		case "space_change_sensitive":
			c.SpaceChangeSensitive = true
		case "float_tolerance", "float_absolute_tolerance", "float_relative_tolerance":
			if i++; i == len(args) {
				return c, r.folder.Fault(from, 0, arg+" lacks its number", "")
			}
			var e float64
			if _, err := fmt.Sscanf(args[i], "%g", &e); err != nil || !(e >= 0) {
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
			return c, r.folder.Fault(from, 0, fmt.Sprintf("the default output validator has no argument %q", arg), "")
		}
	}
	return c, nil
}
