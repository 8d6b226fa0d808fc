// Package icpc reads problem packages in the ICPC and Kattis format: the versions 2025-09, 2023-07 and legacy, and
// DOMjudge's extensions.
//
//	problem, err := icpc.Read("hello")
//
// Tools mix the versions, so the reader decides by the stated version and by the files that exist. Parts of a package
// that it ignores are in the problem's remarks. Unsupported parts that could change a verdict are errors. The rules
// are those of www.kattis.com/problem-package-format/spec; quoted names are its sections.
package icpc

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/folder"
	"judge/problems/icpc/generators"
)

// Names of files in a package.
const (
	FileName     = "problem.yaml"
	domjudgeFile = "domjudge-problem.ini"
)

// Detect reports whether a directory is a package: it has test data in the format's place, or keys that only this
// format has, and no list of tests as native specs have.
func Detect(dir string) bool {
	f, err := folder.Open(dir)
	if err != nil {
		return false
	}
	defer f.Close()
	if f.IsFile(domjudgeFile) && !f.IsFile(FileName) {
		return true
	}
	if !f.IsFile(FileName) {
		return false
	}
	yaml, err := f.YAML(FileName)
	if f.IsDirOrLink("data/secret") || f.IsDirOrLink("data/sample") {
		return err != nil || !isNative(yaml)
	}
	if err != nil || isNative(yaml) {
		return false
	}
	return slices.ContainsFunc(marks(), yaml.Has) || f.IsFile(generators.FileName)
}

// marks lists keys of problem.yaml that no other format has. They identify a package without test data.
func marks() []string {
	return []string{"problem_format_version", "uuid", "validation", "validator_flags", "license", "rights_owner"}
}

// Read reads the package in a directory. Errors are *problems.Error.
func Read(dir string) (*problems.Problem, error) {
	f, err := folder.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	f.Valid = validName.MatchString
	r := &reader{folder: f, runs: map[string]*problems.External{}, problem: problems.Problem{
		Dir: f.Dir, Path: dir, Name: filepath.Base(f.Dir), Limits: limits(),
	}}
	for _, step := range []func() error{
		r.metadata, r.timeLimit, r.validation, r.findLegacyData, r.generators, r.tests, r.included, r.inputValidators,
		r.answerValidators, r.samples, r.submissions, r.model, r.noteStray,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	r.problem.ValidNames = validName
	r.noteIgnored()
	r.problem.Remarks = append(r.problem.Remarks, f.Notes()...)
	return &r.problem, nil
}

// reader fills a problem from a package.
type reader struct {
	folder  *folder.Folder
	problem problems.Problem

	legacy      bool     // the version is legacy
	legacyData  bool     // groups of tests have settings of the legacy version
	latest      bool     // the version is 2025-09, or read as such
	kinds       []string // pass-fail, scoring, interactive, multi-pass, submit-answer
	custom      bool     // legacy: validation says custom
	flags       []string // legacy: validator_flags
	timeLimited bool

	validatorScores bool // legacy: the output validator gives scores
	minimize        bool // legacy: lower scores are better
	domjudgeScores  bool // legacy: scores follow DOMjudge's rules
	graded          bool // legacy: graders decide the verdict

	made generators.File               // what generators.yaml describes
	runs map[string]*problems.External // generators by their paths in the package

	groups []*problems.Scoring // of the version 2025-09
	empty  []string            // settings files of secret groups without tests
}

func (r *reader) is(kind string) bool { return slices.Contains(r.kinds, kind) }

func (r *reader) remark(e *problems.Error) { r.problem.Remarks = append(r.problem.Remarks, e) }

// silent lists the keys of problem.yaml that do not concern judging.
func silent() []string {
	return []string{
		"uuid", "version", "author", "authors", "credits", "source", "source_url", "license", "rights_owner",
		"embargo_until", "keywords",
		"languages", "libraries", "problem_id", "label", "show_validation", "show_test_data_groups",
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
	r.problem.Format, r.problem.ValidatesInputs = "ICPC "+version, true
	if !r.legacy && !strings.HasPrefix(version, "2023-07") && !strings.HasPrefix(version, "2025-09") &&
		version != "draft" {
		r.remark(yaml.Fault("problem_format_version", fmt.Sprintf("version %q is read as 2025-09", version), ""))
	}
	r.latest = !r.legacy && !strings.HasPrefix(version, "2023-07") && version != "draft"
	for _, read := range []func(*folder.Document) error{
		r.name, r.kind, r.objective, r.constants, r.limits, r.fileWriting,
	} {
		if err := read(yaml); err != nil {
			return err
		}
	}
	r.problem.Remarks = append(r.problem.Remarks, yaml.Unknown(silent()...)...)
	return nil
}

// name reads the name in English, or in the first language of the list.
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

// kind reads the type of the problem: "Type", and "Validation" of the legacy version.
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
			return yaml.Fault("type", fmt.Sprintf("unknown type %q", kind),
				"use pass-fail, scoring, multi-pass, interactive or submit-answer")
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
			return yaml.Fault("validation", fmt.Sprintf("unknown validation %q", word),
				"use default, or custom with interactive, multi-pass and score")
		}
	}
	r.problem.OutputOnly = r.is("submit-answer")
	return nil
}

// objective reads the objective of scores in problem.yaml ("Grading" of the legacy version). Other versions lack the
// key.
func (r *reader) objective(yaml *folder.Document) error {
	given, err := yaml.Inner("grading")
	if err != nil || !r.legacy {
		return err
	}
	objective := "max"
	if err := given.Get("objective", &objective); err != nil {
		return err
	}
	if objective != "min" && objective != "max" {
		return given.Fault("objective", fmt.Sprintf("unknown objective %q", objective), "use min or max")
	}
	r.minimize = objective == "min"
	r.problem.Remarks = append(r.problem.Remarks, given.Unknown("show_test_data_groups")...)
	return nil
}

// draftValidation returns the words for the mapping in drafts of 2023-07, such as {interactive: true}.
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
		word, known := map[string]string{
			"interactive": "interactive", "multipass": "multi-pass", "scoring": "score",
		}[key]
		if on && !known {
			return nil, given.Fault(key, fmt.Sprintf("unknown validation %q", key),
				"use interactive, multipass and scoring")
		}
		if on {
			words = append(words, word)
		}
	}
	return words, nil
}

// constants reads "Constants".
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
		// In drafts a constant has several values: {{name}} stands for that of the key value, {{name.key}} for the
		// others.
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
		return yaml.Fault("constants",
			fmt.Sprintf("%d constants: expected at most %d", len(all), mostConstants), "")
	}
	if len(all) > 0 {
		r.problem.Constants = all
	}
	return nil
}

// mostConstants bounds the constants, each of which is searched in every settings file.
const mostConstants = 1000

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
		if unused, err := r.programs(dir); err != nil || len(unused) > 0 {
			r.remark(r.folder.Fault(dir, 0, "is not used: the package has the default validation",
				"write validation: custom in "+FileName+" to use it"))
		}
		dir = ""
	}
	if dir == "" {
		if r.custom || r.is("interactive") || r.is("multi-pass") {
			return r.folder.Fault(FileName, 0, "no output validator",
				"put one into "+map[bool]string{true: "output_validators", false: "output_validator"}[r.legacy])
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

// outputValidators returns the programs in a directory, or the directory itself if its files are one program. The
// legacy version allows several, all of which must accept, but only one that interacts or runs several passes.
func (r *reader) outputValidators(dir string) ([]string, error) {
	programs, err := r.programs(dir)
	switch {
	case err != nil:
		return nil, err
	case len(programs) == 0:
		return nil, r.folder.Fault(dir, 0, "no program in this directory",
			"put the output validator there, or remove the directory")
	case len(programs) > 1 && (!r.legacy || r.is("interactive") || r.is("multi-pass")):
		return nil, r.folder.Fault(dir, 0, fmt.Sprintf("%d output validators: expected one", len(programs)),
			"keep one")
	}
	return programs, nil
}
