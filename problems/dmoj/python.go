package dmoj

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"judge/problems"
)

// driver holds the Python code that runs code for the DMOJ's judge.
//
//go:embed all:python
var driver embed.FS

// driverFiles returns the files that run Python code for the DMOJ's judge. The first one starts it.
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

// mostOptions bounds the options of a case, as Linux takes arguments of up to 128 KiB. mostOptionsOfAll bounds those of
// all cases.
const (
	mostOptions      = 100 << 10 // bytes
	mostOptionsOfAll = 64 << 20
)

// python makes Python code the checker or the interactor: a file of the problem, or a checker of the DMOJ. It reports
// its result like an output validator of the ICPC.
func (r *reader) python(key, module string, args map[string]any) error {
	files, err := driverFiles()
	if err != nil {
		return err
	}
	external := &problems.External{Protocol: problems.ICPC, Driver: files, RunFacts: true}
	if args == nil {
		args = map[string]any{}
	}
	if path.Ext(module) == ".py" {
		if external.Path, err = r.folder.File(FileName, module); err != nil {
			return err
		}
		module = path.Base(module)
	}
	shared, err := r.shared()
	if err != nil {
		return err
	}
	left := mostOptionsOfAll
	for i, t := range r.problem.Tests {
		options, err := json.Marshal(map[string]any{
			"points": t.Points, "position": r.position(i), "problem": r.problem.Name, "args": args,
			"binary_data": r.binary[i], "batch": batchOf(t), "config": r.configs[i].settings(shared),
		})
		if left -= len(options); err == nil && (len(options) > mostOptions || left < 0) {
			err = fmt.Errorf("too large with the settings: expected up to %d bytes for a case and %d for all",
				mostOptions, mostOptionsOfAll)
		}
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

// position returns the DMOJ's number of a test. The DMOJ counts pretests last, although it runs them first.
func (r *reader) position(i int) int {
	if i < r.before {
		return len(r.problem.Tests) - r.before + i
	}
	return i - r.before
}

// shared returns the values of the problem that Python code finds in the settings of each case.
func (r *reader) shared() (map[string]any, error) {
	data, err := r.folder.Read(FileName)
	if err != nil {
		return nil, err
	}
	all := map[string]any{}
	if err := yaml.Unmarshal(data, &all); err != nil {
		return nil, r.folder.Fault(FileName, 0, fmt.Sprintf("%.300q", err.Error()), "")
	}
	for name, value := range all {
		_, err := json.Marshal(value)
		if name == "test_cases" || name == "test-cases" || strings.HasPrefix(name, "pretest") || err != nil {
			delete(all, name)
		}
	}
	return all, nil
}

// settings returns the values of a case, merged with those of its batch and the problem.
func (c *config) settings(shared map[string]any) map[string]any {
	all := map[string]any{}
	for name, value := range shared {
		all[name] = value
	}
	var inward []*config
	for at := c; at != nil; at = at.outer {
		inward = append([]*config{at}, inward...)
	}
	for _, at := range inward {
		for name, node := range at.values {
			var value any
			if name == "batched" || node.Decode(&value) != nil {
				continue
			}
			if _, err := json.Marshal(value); err == nil {
				all[name] = value
			}
		}
		if at.files != nil {
			all["in"], all["out"] = at.files.in, at.files.out
		}
		if at.points != nil {
			all["points"] = *at.points
		}
	}
	return all
}

// Patterns of Python code: an interactive grader, and methods that only the DMOJ's judge can call.
var (
	interactiveGrader = regexp.MustCompile(`class\s+Grader\s*\([^)]*\bInteractiveGrader\b`)
	graderMethod      = regexp.MustCompile(`(?m)^[ \t]+def\s+(grade|check_result|populate_result|_launch_process|` +
		`_interact_with_process|_generate_binary)\b`)
)

// interactive reads the interactor.
func (r *reader) interactive() error {
	r.yaml.Has("generator") // the cases look at it
	for _, key := range []string{"custom_judge", "grader"} {
		if r.yaml.Has(key) {
			return r.grader(key)
		}
	}
	if !r.yaml.Has("interactive") {
		return nil
	}
	if r.yaml.Has("signature_grader") {
		r.remark("interactive", "interactive is not used: the DMOJ's judge reads signature_grader first")
		return nil
	}
	r.withoutChecker("interactive")
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

// withoutChecker removes the problem's checker if an interactor decides.
func (r *reader) withoutChecker(key string) {
	if r.problem.Checker.External == nil {
		return
	}
	r.remark("checker", "checker is not used: "+key+" decides")
	r.problem.Checker = problems.Checker{CaseSensitive: true, LineSensitive: true}
	for i := range r.problem.Tests {
		r.problem.Tests[i].Args = nil
	}
}

// grader reads a grader in Python, which must be an interactor.
func (r *reader) grader(key string) error {
	name := ""
	if err := r.yaml.Get(key, &name); err != nil {
		return err
	}
	source, err := r.folder.Read(name)
	if err != nil {
		return err
	}
	if !interactiveGrader.Match(source) {
		return r.yaml.Fault(key, fmt.Sprintf("%s: %s is not an interactive grader", key, name),
			"derive its Grader from InteractiveGrader")
	}
	if m := graderMethod.FindSubmatch(source); m != nil {
		return r.yaml.Fault(key, fmt.Sprintf("%s: %s has a method %s, which only the DMOJ's judge can run", key, name,
			m[1]), "put everything into the method interact")
	}
	r.withoutChecker(key)
	return r.python(key, name, nil)
}

// ownCheckers rejects checkers of single cases if a program decides, as it would decide these cases, too.
func (r *reader) ownCheckers() error {
	if r.problem.Checker.External == nil && r.problem.Interactor == nil {
		return nil
	}
	for i, t := range r.problem.Tests {
		if t.Checker != nil {
			return r.folder.Fault(FileName, r.configs[i].line,
				"a checker of a single case is not supported together with a checker program", "")
		}
	}
	return nil
}

// batchOf returns the number of a test's batch, 0 if it is in none.
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
