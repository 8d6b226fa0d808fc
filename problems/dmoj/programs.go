package dmoj

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/kballard/go-shellquote"

	"judge/problems"
	"judge/problems/folder"
)

// bridged is a program that comes with the problem.
type bridged struct {
	Files  folder.One `yaml:"files"`
	Lang   string     `yaml:"lang"`
	Type   string     `yaml:"type"`
	Format string     `yaml:"args_format_string"`
}

// protocols are those of bridged programs, by their type.
func protocols() map[string]problems.Protocol {
	return map[string]problems.Protocol{"": problems.DMOJ, "default": problems.DMOJ, "testlib": problems.Testlib, "coci": problems.COCI, "peg": problems.PEG}
}

// program finds the source of a bridged program: the first of its files; the others are headers beside it.
func (r *reader) program(key string, given bridged) (*problems.External, error) {
	protocol, ok := protocols()[given.Type]
	if !ok {
		return nil, r.yaml.Fault(key, fmt.Sprintf("%s: the type %q is not supported", key, given.Type), "default, testlib, coci and peg are")
	}
	sources := 0
	for _, name := range given.Files {
		if ext := path.Ext(name); ext == ".h" || ext == ".hpp" {
			continue
		}
		given.Files[sources] = name
		sources++
	}
	switch {
	case sources == 0:
		return nil, r.yaml.Fault(key, key+": there are no files", "")
	case sources > 1:
		return nil, r.yaml.Fault(key, key+": programs of several sources are not supported", "headers beside one source are")
	}
	args, err := r.arguments(key, given.Format)
	if err != nil {
		return nil, err
	}
	full, err := r.folder.Program(FileName, given.Files[0])
	return &problems.External{Path: full, Protocol: protocol, Args: args}, err
}

// usual are the arguments that programs of all types get first.
var usual = regexp.MustCompile(`^\s*\{input_file\}\s+(\{output_file\}\s+)?\{answer_file\}(\s|$)`)

// arguments are those behind the usual ones.
func (r *reader) arguments(key, format string) ([]string, error) {
	if format == "" {
		return nil, nil
	}
	rest := usual.ReplaceAllString(format, "")
	if rest == format || strings.ContainsAny(rest, "{}") {
		return nil, r.yaml.Fault(key, fmt.Sprintf("%s: the arguments %q are not supported", key, format), "those that begin with {input_file} {output_file} {answer_file} are")
	}
	words, err := shellquote.Split(rest)
	if err != nil {
		return nil, r.yaml.Fault(key, fmt.Sprintf("%s: the arguments %q: %v", key, format, err), "")
	}
	return words, nil
}

// checking is what init.yml says of the checker: a name, or a name and arguments.
type checking struct {
	Name string         `yaml:"name"`
	Args map[string]any `yaml:"args"`
}

func (r *reader) checker() error {
	if !r.yaml.Has("checker") {
		return nil
	}
	var given checking
	if r.yaml.Get("checker", &given.Name) != nil {
		if err := r.yaml.Get("checker", &given); err != nil {
			return err
		}
	}
	c := &r.problem.Checker
	switch given.Name {
	case "standard":
		return nil
	case "easy", "linecount", "linematches", "sorted", "unordered":
		return r.python("checker", given.Name, given.Args)
	case "floats", "floatsabs", "floatsrel":
		return r.floats(given)
	case "identical":
		*c = problems.Checker{Compare: problems.Exact}
	case "rstripped":
		*c = problems.Checker{Compare: problems.Lines}
	case "bridged":
		var args struct {
			Args bridged `yaml:"args"`
		}
		if err := r.yaml.Get("checker", &args); err != nil {
			return err
		}
		external, err := r.program("checker", args.Args)
		*c = problems.Checker{External: external}
		return err
	default:
		if path.Ext(given.Name) == ".py" {
			return r.python("checker", given.Name, given.Args)
		}
		return r.yaml.Fault("checker", fmt.Sprintf("the checker %q is not supported", given.Name), "those of docs.dmoj.ca are, and files in Python")
	}
	return nil
}

func (r *reader) floats(given checking) error {
	precision := 6.0
	switch p := given.Args["precision"].(type) {
	case int:
		precision = float64(p)
	case float64:
		precision = p
	}
	e := math.Pow(10, -precision)
	c := &r.problem.Checker
	c.Tolerance = &problems.Tolerance{Absolute: e, Relative: e}
	switch {
	case given.Name == "floatsabs" || given.Args["error_mode"] == "absolute":
		c.Tolerance.Relative = -1
	case given.Name == "floatsrel" || given.Args["error_mode"] == "relative":
		c.Tolerance.Absolute = -1
	}
	return nil
}

//go:embed all:python
var driver embed.FS

// driverFiles are what runs Python that is written for the DMOJ's own judge. The first of them starts it.
func driverFiles() ([]problems.File, error) {
	var files []problems.File
	return files, fs.WalkDir(driver, "python", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := driver.ReadFile(name)
		files = append(files, problems.File{Name: strings.TrimPrefix(name, "python/"), Data: data})
		return err
	})
}

// python has Python check, or talk: a file of the problem's, or a checker that comes with the DMOJ. It answers as an output validator of the
// ICPC's does.
func (r *reader) python(key, module string, args map[string]any) error {
	files, err := driverFiles()
	if err != nil {
		return err
	}
	external := &problems.External{Protocol: problems.ICPC, Driver: files}
	if args == nil {
		args = map[string]any{}
	}
	if path.Ext(module) == ".py" {
		if external.Path, err = r.folder.File(FileName, module); err != nil {
			return err
		}
		module = path.Base(module)
	}
	for i, t := range r.problem.Tests {
		options, err := json.Marshal(map[string]any{"points": t.Points, "position": i, "problem": r.problem.Name, "args": args})
		if err != nil {
			return r.yaml.Fault(key, fmt.Sprintf("%s: the arguments cannot be passed on: %v", key, err), "")
		}
		r.problem.Tests[i].Args = []string{module, string(options)}
	}
	external.Args = []string{module, "{}"}
	if key == "checker" {
		r.problem.Checker = problems.Checker{External: external}
	} else {
		r.problem.Interactor = external
	}
	return nil
}

// talking is how graders say that they are interactive ones, the only ones that need nothing of the DMOJ's own judge.
var talking = regexp.MustCompile(`class\s+Grader\s*\([^)]*\bInteractiveGrader\b`)

// interactive reads the interactor.
func (r *reader) interactive() error {
	if r.yaml.Has("generator") {
		return r.yaml.Fault("generator", "generator: inputs that are made while judging are not supported", "put the inputs and answers into the archive")
	}
	for _, key := range []string{"custom_judge", "grader"} {
		if !r.yaml.Has(key) {
			continue
		}
		name := ""
		if err := r.yaml.Get(key, &name); err != nil {
			return err
		}
		source, err := r.folder.Read(name)
		if err != nil {
			return err
		}
		if !talking.Match(source) {
			return r.yaml.Fault(key, fmt.Sprintf("%s: %s is part of the DMOJ's own judge", key, name), "a Grader that is an InteractiveGrader can be run")
		}
		return r.python(key, name, nil)
	}
	if !r.yaml.Has("interactive") {
		return nil
	}
	var given bridged
	if err := r.yaml.Get("interactive", &given); err != nil {
		return err
	}
	external, err := r.program("interactive", given)
	r.problem.Interactor = external
	return err
}

// remark says once what is done without.
func (r *reader) remark(key, msg string) {
	if !slices.ContainsFunc(r.problem.Remarks, func(said *problems.Error) bool { return said.Msg == msg }) {
		r.problem.Remarks = append(r.problem.Remarks, r.yaml.Fault(key, msg, ""))
	}
}
