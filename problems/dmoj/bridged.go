package dmoj

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/kballard/go-shellquote"
	"go.yaml.in/yaml/v3"

	"judge/problems"
	"judge/problems/folder"
)

// bridged is a program of the problem in init.yml.
type bridged struct {
	Files  folder.One `yaml:"files"`
	Lang   string     `yaml:"lang"`
	Type   string     `yaml:"type"`
	Format string     `yaml:"args_format_string"`
	Flags  []string   `yaml:"flags"`

	TimeLimit    any `yaml:"time_limit"`
	MemoryLimit  any `yaml:"memory_limit"`
	CompilerTime any `yaml:"compiler_time_limit"`
	Preprocess   any `yaml:"preprocessing_time"`

	Unbuffered *bool                `yaml:"unbuffered"` // stdout of an interactor; nil: true
	Others     map[string]yaml.Node `yaml:",inline"`
}

// protocols returns the protocols of bridged programs by their type.
func protocols() map[string]problems.Protocol {
	return map[string]problems.Protocol{
		"": problems.DMOJ, "default": problems.DMOJ, "testlib": problems.DMOJTestlib, "coci": problems.COCI,
		"peg": problems.PEG,
	}
}

// program reads a bridged program.
func (r *reader) program(key string, given bridged) (*problems.External, error) {
	protocol, ok := protocols()[given.Type]
	if !ok {
		return nil, r.yaml.Fault(key, fmt.Sprintf("%s: the type %q is not supported", key, given.Type),
			"write default, testlib, coci or peg")
	}
	r.unusedOf(key, given)
	format, err := r.format(key, given.Format)
	if err != nil {
		return nil, err
	}
	external := &problems.External{Protocol: protocol, Format: format}
	if err := r.sources(key, given, external); err != nil {
		return nil, err
	}
	if isC(path.Ext(external.Path)) {
		external.Flags = slices.Concat(given.Flags, standard(given.Lang))
	} else if len(given.Flags) > 0 {
		r.remark(key, key+": flags are not used: they are for programs in C and C++")
	}
	return external, nil
}

// unusedOf notes the keys of a program that have no effect here. feedback is for the site, and cached for caches of
// earlier judges.
func (r *reader) unusedOf(key string, given bridged) {
	if given.TimeLimit != nil || given.MemoryLimit != nil || given.CompilerTime != nil || given.Preprocess != nil {
		r.remark(key, key+": its limits are not used: the limits of checkers and validators apply")
	}
	for name := range given.Others {
		if name != "feedback" && name != "cached" {
			r.remark(key, fmt.Sprintf("%s: unknown key %q", key, name))
		}
	}
}

// isC reports whether an extension is that of a source in C or C++.
func isC(ext string) bool { return slices.Contains([]string{".c", ".cc", ".cpp", ".cxx"}, ext) }

// isHeader reports whether an extension is that of a header.
func isHeader(ext string) bool { return slices.Contains([]string{".h", ".hpp", ".hh"}, ext) }

// standard returns the flag for the language of a program, nil for the default, C17 or C++20.
func standard(lang string) []string {
	known := map[string]string{"CPP03": "gnu++98", "CPP11": "gnu++11", "CPP14": "gnu++14", "CPP17": "gnu++17"}
	if std, ok := known[lang]; ok {
		return []string{"-std=" + std}
	}
	return nil
}

// sources finds the sources of a program: the first that is not a header, and the others, which are copied next to it
// when it is compiled.
func (r *reader) sources(key string, given bridged, external *problems.External) error {
	first := slices.IndexFunc(given.Files, func(name string) bool { return !isHeader(path.Ext(name)) })
	if first < 0 {
		return r.yaml.Fault(key, key+": files: expected a source", "")
	}
	main := given.Files[first]
	var err error
	if external.Path, err = r.folder.Program(FileName, main); err != nil {
		return err
	}
	for i, name := range given.Files {
		switch {
		// Compilation finds every header next to the first source.
		case i == first, path.Dir(name) == path.Dir(main) && isHeader(path.Ext(name)):
			continue
		case !isC(path.Ext(main)):
			return r.yaml.Fault(key, key+": a program of several files must be in C or C++", "")
		}
		data, err := r.folder.Read(name)
		if err != nil {
			return err
		}
		external.Driver = append(external.Driver, problems.File{Name: path.Base(name), Data: data})
	}
	return nil
}

// format reads args_format_string: words as in a shell, with paths for {input_file}, {output_file} and {answer_file}.
func (r *reader) format(key, written string) ([]string, error) {
	if written == "" {
		return nil, nil
	}
	words, err := shellquote.Split(written)
	if err != nil {
		return nil, r.yaml.Fault(key, fmt.Sprintf("%s: the arguments %.200q: %v", key, written, err), "")
	}
	paths := strings.NewReplacer("{{", "", "}}", "", "{input_file}", "", "{output_file}", "", "{answer_file}", "")
	if strings.ContainsAny(paths.Replace(written), "{}") {
		return nil, r.yaml.Fault(key, fmt.Sprintf("%s: unknown file in the arguments %.200q", key,
			written), "write {input_file}, {output_file} or {answer_file}")
	}
	return append([]string{}, words...), nil
}

// unbuffered makes stdout of an interactor in C or C++ unbuffered, as the DMOJ's judge does by default.
func unbuffered(external *problems.External) {
	ext := path.Ext(external.Path)
	if !isC(ext) {
		return
	}
	external.Driver = append(external.Driver, problems.File{Name: "unbuffered_stdout" + ext,
		Data: []byte(unbufferedStdout)})
}

// unbufferedStdout is a source that makes stdout unbuffered.
const unbufferedStdout = `#include <stdio.h>

__attribute__((constructor)) static void unbuffered_stdout(void) { setvbuf(stdout, NULL, _IONBF, 0); }
`
