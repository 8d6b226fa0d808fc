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
	"strconv"
	"strings"

	"github.com/kballard/go-shellquote"
	"go.yaml.in/yaml/v3"

	"judge/problems"
	"judge/problems/folder"
)

// checking is what init.yml says of the checker: a name, or a name and arguments.
type checking struct {
	Name string         `yaml:"name"`
	Args map[string]any `yaml:"args"`
}

// checkingOf reads a checker's name and arguments.
func checkingOf(node *yaml.Node) (checking, error) {
	var given checking
	if node.Decode(&given.Name) == nil {
		return given, nil
	}
	return given, node.Decode(&given)
}

func (r *reader) checker() error {
	var node yaml.Node
	if err := r.yaml.Get("checker", &node); err != nil || node.Kind == 0 {
		return err
	}
	given, err := checkingOf(&node)
	if err != nil {
		return r.yaml.Fault("checker", "checker: a name, or name and args, are expected", "")
	}
	c := &r.problem.Checker
	switch given.Name {
	case "easy", "linecount", "linematches", "rstripped", "sorted", "unordered":
		return r.python("checker", given.Name, given.Args)
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
	}
	builtin, err := r.builtin(given)
	switch {
	case err != nil:
		return err
	case builtin != nil:
		*c = *builtin
		return nil
	case path.Ext(given.Name) == ".py":
		return r.python("checker", given.Name, given.Args)
	default:
		return r.yaml.Fault("checker", fmt.Sprintf("the checker %q is not supported", given.Name),
			"those of docs.dmoj.ca are, and files in Python")
	}
}

// ownChecker is the checker of a case, or of its batch; nil: it has none but the problem's.
func (r *reader) ownChecker(c *config) (*problems.Checker, error) {
	var node yaml.Node
	if err := c.get("checker", &node); err != nil || node.Kind == 0 {
		return nil, err
	}
	given, err := checkingOf(&node)
	if err != nil {
		return nil, r.folder.Fault(FileName, c.line, "checker: a name, or name and args, are expected", "")
	}
	own, err := r.builtin(given)
	if err == nil && own == nil {
		err = r.folder.Fault(FileName, c.line, fmt.Sprintf("the checker %q of a single case is not supported",
			given.Name), "standard, floats and identical are")
	}
	return own, err
}

// builtin is a checker that is a comparison; nil: it is another one.
func (r *reader) builtin(given checking) (*problems.Checker, error) {
	usual := problems.Checker{CaseSensitive: true, LineSensitive: true}
	switch given.Name {
	case "standard":
		return &usual, nil
	case "floats", "floatsabs", "floatsrel":
		return r.floats(given, usual)
	case "identical":
		return &problems.Checker{Compare: problems.Exact}, nil
	default:
		return nil, nil
	}
}

func (r *reader) floats(given checking, c problems.Checker) (*problems.Checker, error) {
	precision := 6.0
	switch p := given.Args["precision"].(type) {
	case int:
		precision = float64(p)
	case float64:
		precision = math.Trunc(p) // int(precision)
	case string:
		n, err := strconv.Atoi(p)
		if err != nil {
			return nil, r.yaml.Fault("checker", fmt.Sprintf("the checker %s: precision: %.40q is not a number",
				given.Name, p), "")
		}
		precision = float64(n)
	}
	e := math.Pow(10, -precision)
	c.Tolerance = &problems.Tolerance{Absolute: e, Relative: e}
	mode := given.Args["error_mode"]
	switch {
	case given.Name == "floatsabs" || mode == "absolute":
		c.Tolerance.Relative = -1
	case given.Name == "floatsrel" || mode == "relative":
		c.Tolerance.Absolute = -1
	case mode != nil && mode != "default":
		return nil, r.yaml.Fault("checker", fmt.Sprintf("the checker floats: error_mode: %.40q is not known",
			fmt.Sprint(mode)), "write default, absolute or relative")
	}
	return &c, nil
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

// python has Python check, or talk: a file of the problem's, or a checker that comes with the DMOJ. It answers as an
// output validator of the ICPC's does.
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
		options, err := json.Marshal(map[string]any{
			"points": t.Points, "position": i, "problem": r.problem.Name, "args": args, "binary_data": r.binary[i], "batch": batchOf(t),
		})
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
	r.yaml.Has("generator") // cases that need one are refused
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
			return r.yaml.Fault(key, fmt.Sprintf("%s: %s is part of the DMOJ's own judge", key, name),
				"a Grader that is an InteractiveGrader can be run")
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
	if given.Type == "peg" && given.Format == "" {
		return r.yaml.Fault("interactive", "interactive: the type peg has no interactors",
			"write another type, or args_format_string")
	}
	external, err := r.program("interactive", given)
	if err != nil {
		return err
	}
	if given.Unbuffered == nil || *given.Unbuffered {
		unbuffered(external)
	}
	r.problem.Interactor = external
	return nil
}

// batchOf is the number of a test's batch; 0: it is in none.
func batchOf(t problems.TestCase) int {
	number, ok := strings.CutPrefix(t.Groups[0], "batch ")
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(number)
	if err != nil {
		return 0
	}
	return n
}

// validator reads the validator of inputs, by dmoj/commands/validate.py: it reads an input and exits with 0 if that
// is valid.
func (r *reader) validator() error {
	if !r.yaml.Has("validator") {
		return nil
	}
	var given struct {
		Source folder.One `yaml:"source"`
		Type   string     `yaml:"type"`
		Format string     `yaml:"args_format_string"`
	}
	if err := r.yaml.Get("validator", &given); err != nil {
		return err
	}
	format := given.Format
	if format == "" {
		usual := map[string]string{"": "{batch_no} {case_no}", "default": "{batch_no} {case_no}",
			"testlib": "--group st{batch_no}"}
		var ok bool
		if format, ok = usual[given.Type]; !ok {
			return r.yaml.Fault("validator", fmt.Sprintf("validator: the type %q is not supported", given.Type),
				"default and testlib are")
		}
	}
	words, err := shellquote.Split(format)
	if err != nil {
		return r.yaml.Fault("validator", fmt.Sprintf("validator: the arguments %.200q: %v", format, err), "")
	}
	if len(given.Source) != 1 {
		return r.yaml.Fault("validator", "validator: programs of several files are not supported",
			"name one source: headers beside it are found")
	}
	full, err := r.folder.Program(FileName, given.Source[0])
	if err != nil {
		return err
	}
	r.problem.InputValidators = append(r.problem.InputValidators, problems.Validator{Path: full, Testlib: true})
	for i, t := range r.problem.Tests {
		fill := strings.NewReplacer("{batch_no}", strconv.Itoa(batchOf(t)), "{case_no}", strconv.Itoa(i))
		for _, word := range words {
			r.problem.Tests[i].ValidatorArgs = append(r.problem.Tests[i].ValidatorArgs, fill.Replace(word))
		}
	}
	return nil
}

// remark says once what is done without.
func (r *reader) remark(key, msg string) {
	if !r.said(msg) {
		r.problem.Remarks = append(r.problem.Remarks, r.yaml.Fault(key, msg, ""))
	}
}

func (r *reader) said(msg string) bool {
	return slices.ContainsFunc(r.problem.Remarks, func(said *problems.Error) bool { return said.Msg == msg })
}
