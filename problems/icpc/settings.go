package icpc

import (
	"fmt"
	"maps"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"judge/problems/folder"
	"judge/problems/icpc/generators"
)

// settings are the values of testdata.yaml or test_group.yaml for a group of tests, inherited ones included.
type settings struct {
	file    string // the file, or the directory of a group without one
	own     bool   // the group has its own file
	group   string // the directory of the group
	parent  *settings
	legacy  bool                // the file follows the legacy version
	input   []string            // arguments of every input validator
	inputOf map[string][]string // arguments by the name of the input validator
	output  []string            // arguments of the output validator; nil: none given
	answer  []string            // arguments of the answer validators, an extension of BAPCtools
	Args    []string            // arguments of submissions

	// Keys of the legacy version ("Test Data Groups").
	onReject, grading   string
	graderFlags         []string
	accept, reject      float64
	accepts             bool // the group or one above it has accept_score
	hasRange            bool
	rangeLow, rangeHigh float64

	// Keys of the version 2025-09 ("Test data configuration").
	aggregation string
	maxScore    string
	requires    []string
}

// settings returns the settings of a directory. Values of a legacy file apply to everything beneath it that does not
// override them. Of other files only the arguments of programs are inherited.
func (r *reader) settings(dir string, parent *settings) (*settings, error) {
	for _, name := range []string{"test_group.yaml", "testdata.yaml"} {
		if file := path.Join(dir, name); r.folder.IsFileOrLink(file) {
			return r.readSettings(dir, file, parent, name == "testdata.yaml" && r.legacyData)
		}
	}
	if given := r.made.Dirs[beneathData(dir)]; given != nil && given.Settings != nil {
		return r.readSettings(dir, generators.FileName, parent, r.legacyData)
	}
	s := &settings{file: dir, group: dir, parent: parent, legacy: r.legacyData, accept: 1, onReject: "break"}
	if parent == nil {
		return s, nil
	}
	s.file, s.input, s.inputOf, s.output = parent.file, parent.input, parent.inputOf, parent.output
	s.answer, s.Args, s.legacy = parent.answer, parent.Args, parent.legacy
	if s.legacy {
		*s = r.inherited(parent)
		s.group = dir
	} else if strings.Count(dir, "/") > 2 {
		s.group = parent.group // "The test data groups themselves can contain directories, but not further groups."
	}
	return s, nil
}

// ignoreSample is a flag of the default grader: the sample in data does not count. It "must only be used on the root
// level", so groups do not inherit it. A group that did would count only its last test.
const ignoreSample = "ignore_sample"

// inherited returns the settings that a legacy group has from the one above: a value that is not set "is taken from
// the nearest ancestor group" ("Test data groups"). In DOMjudge the score settings are not inherited.
func (r *reader) inherited(parent *settings) settings {
	s := *parent
	s.parent, s.own = parent, false
	if s.grading != "custom" { // a custom grader defines its own flags
		s.graderFlags = slices.DeleteFunc(slices.Clone(s.graderFlags), func(f string) bool { return f == ignoreSample })
	}
	if r.domjudgeScores {
		s.unscored()
	}
	return s
}

// unscored resets the score settings to those of a DOMjudge group without any. DOMjudge has no group for a directory
// without a file; here the directory adds up the groups in it.
func (s *settings) unscored() {
	s.accept, s.reject, s.accepts, s.hasRange = 0, 0, false, false
	s.onReject, s.graderFlags, s.grading = "continue", nil, ""
}

// withConstants reads a settings file and expands its constants ("Constants").
func (r *reader) withConstants(file string) (*folder.Document, error) {
	return r.folder.YAMLWith(file, r.constantPairs())
}

// constantPairs returns the texts that stand for constants, each with its value.
func (r *reader) constantPairs() (pairs []string) {
	for name, value := range r.problem.Constants {
		pairs = append(pairs, "{{"+name+"}}", value)
	}
	return pairs
}

// readSettings reads the settings file of a directory.
func (r *reader) readSettings(dir, file string, parent *settings, legacy bool) (*settings, error) {
	yaml, err := r.withConstants(file)
	if file == generators.FileName {
		yaml, err = r.folder.Mapping(file, r.made.Dirs[beneathData(dir)].Settings, r.constantPairs())
	}
	if err != nil {
		return nil, err
	}
	s := &settings{file: file, group: dir, parent: parent, legacy: legacy, accept: 1, onReject: "break"}
	if parent != nil && !legacy {
		s.input, s.inputOf, s.output, s.answer = parent.input, parent.inputOf, parent.output, parent.answer
		s.Args = parent.Args
	}
	if parent != nil && legacy {
		*s = r.inherited(parent)
		s.file, s.group, s.hasRange = file, dir, false // a range is not inherited
	}
	if parent == nil && r.domjudgeScores {
		s.unscored()
	}
	if s.own = true; r.domjudgeScores {
		s.onReject = "break"
	}
	if err := s.readArgs(yaml); err != nil {
		return nil, err
	}
	if legacy {
		err = s.readLegacy(yaml)
	} else {
		err = s.readScoring(yaml)
	}
	if err != nil {
		return nil, err
	}
	if err := r.onlyGroup(s, strings.Count(dir, "/")); err != nil {
		return nil, err
	}
	if yaml.Has("static_validation_score") || yaml.Has("static_validation") {
		return nil, yaml.Fault("static_validation_score", "static validation is not supported", "")
	}
	silent := append(silentSettings(), "static_validator_args")
	r.problem.Remarks = append(r.problem.Remarks, yaml.Unknown(silent...)...)
	return s, nil
}

// silentSettings lists the keys of settings that do not concern judging.
func silentSettings() []string {
	return []string{
		"full_feedback", "hint", "description", "input_visualizer_args", "output_visualizer_args",
	}
}

// caseSettings reads the settings of one test ("Test case configuration").
func (r *reader) caseSettings(stem string, s *settings) (*settings, error) {
	file := stem + ".yaml"
	yaml, err := r.madeSettings(stem)
	if r.folder.IsFileOrLink(file) {
		yaml, err = r.withConstants(file)
	}
	if err != nil || yaml == nil {
		return s, err
	}
	own := *s
	own.file = file
	if err := own.readArgs(yaml); err != nil {
		return nil, err
	}
	r.problem.Remarks = append(r.problem.Remarks, yaml.Unknown(silentSettings()...)...)
	return &own, nil
}

// readArgs reads the arguments of programs, by the keys of all versions.
func (s *settings) readArgs(yaml *folder.Document) error {
	for _, k := range []struct {
		key string
		to  *[]string
	}{
		{"args", &s.Args}, {"input_validator_args", &s.input}, {"input_validator_flags", &s.input},
		{"output_validator_args", &s.output}, {"output_validator_flags", &s.output},
		{"answer_validator_args", &s.answer},
	} {
		if !yaml.Has(k.key) {
			continue
		}
		var args folder.Texts
		if err := yaml.Get(k.key, &args); err == nil {
			*k.to = append([]string{}, args...)
			if k.to == &s.input {
				s.inputOf = nil
			}
			continue
		}
		by, err := argsByName(yaml, k.key)
		if err != nil {
			return err
		}
		*k.to = []string{}
		if k.to == &s.input {
			s.inputOf = by // "Validators not present in the map are run without any arguments."
			continue
		}
		if k.to == &s.answer && len(by) > 1 {
			return yaml.Fault(k.key, k.key+": arguments by the name of a validator are not supported",
				"write one list for all answer validators")
		}
		for _, name := range slices.Sorted(maps.Keys(by)) { // only one output validator exists
			*k.to = by[name]
		}
	}
	return nil
}

// argsByName reads arguments by the name of a validator. The legacy version has the keys name and flags instead.
func argsByName(yaml *folder.Document, key string) (map[string][]string, error) {
	given, err := yaml.Inner(key)
	if err != nil {
		return nil, yaml.Fault(key, key+": expected a text, a list of texts, or these by the name of a validator", "")
	}
	var name string
	by := map[string][]string{}
	for _, k := range given.Keys() {
		if k == "name" && given.Has("flags") {
			if err := given.Get(k, &name); err != nil {
				return nil, err
			}
			continue
		}
		var args folder.Texts
		if err := given.Get(k, &args); err != nil {
			return nil, err
		}
		by[k] = append([]string{}, args...)
	}
	if name != "" {
		by[name] = by["flags"]
		delete(by, "flags")
	}
	return by, nil
}

// readLegacy reads the keys of the legacy version for judging and grading.
func (s *settings) readLegacy(yaml *folder.Document) error {
	var flags folder.Texts
	span := ""
	for _, k := range []struct {
		key string
		to  any
	}{
		{"on_reject", &s.onReject}, {"grading", &s.grading}, {"grader_flags", &flags}, {"accept_score", &s.accept},
		{"reject_score", &s.reject}, {"range", &span},
	} {
		if err := yaml.Get(k.key, k.to); err != nil {
			return err
		}
	}
	if yaml.Has("grader_flags") {
		// DOMjudge's own examples have commas between flags.
		s.graderFlags = strings.FieldsFunc(strings.Join(flags, " "), func(c rune) bool { return c == ',' || c == ' ' })
	}
	s.accepts = s.accepts || yaml.Has("accept_score")
	if s.onReject != "break" && s.onReject != "continue" {
		return yaml.Fault("on_reject", fmt.Sprintf("unknown on_reject %q", s.onReject), "use break or continue")
	}
	if s.grading != "" && s.grading != "default" && s.grading != "custom" {
		return yaml.Fault("grading", fmt.Sprintf("unknown grading %q", s.grading), "use default or custom")
	}
	if s.parent != nil && s.grading != "custom" && slices.Contains(s.graderFlags, ignoreSample) {
		return yaml.Fault("grader_flags", "grader_flags: ignore_sample applies only to all data",
			"move it to data/testdata.yaml")
	}
	if span == "" {
		return nil
	}
	return s.readRange(yaml, span)
}

// readRange reads the least and the greatest score, which may be infinite.
func (s *settings) readRange(yaml *folder.Document, span string) error {
	ends := strings.Fields(span)
	if len(ends) != 2 {
		return yaml.Fault("range", fmt.Sprintf("range: %q is not two numbers", span), "write range: 0 100")
	}
	for i, to := range []*float64{&s.rangeLow, &s.rangeHigh} {
		var err error
		if *to, err = strconv.ParseFloat(ends[i], 64); err != nil || math.IsNaN(*to) {
			return yaml.Fault("range", fmt.Sprintf("range: %q is not two numbers", span), "write range: 0 100")
		}
	}
	if s.rangeLow > s.rangeHigh {
		return yaml.Fault("range", fmt.Sprintf("range: %q has the greater score first", span),
			"write the least score first")
	}
	s.hasRange = true
	return nil
}

// readScoring reads the keys of the versions 2023-07 and 2025-09 for scores.
func (s *settings) readScoring(yaml *folder.Document) error {
	from := yaml
	if yaml.Has("scoring") { // 2023-07
		inner, err := yaml.Inner("scoring")
		if err != nil {
			return err
		}
		from = inner
	}
	requires := folder.One{}
	for _, k := range []struct {
		key string
		to  any
	}{
		{"score", &s.maxScore}, {"max_score", &s.maxScore}, {"aggregation", &s.aggregation},
		{"score_aggregation", &s.aggregation}, {"require_pass", &requires},
	} {
		if err := from.Get(k.key, k.to); err != nil {
			return err
		}
	}
	s.requires = requires
	switch s.aggregation {
	case "", "pass-fail", "sum", "min":
		return nil
	}
	return from.Fault("score_aggregation", fmt.Sprintf("unknown score_aggregation %q", s.aggregation),
		"use pass-fail, sum or min")
}
