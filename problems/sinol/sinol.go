// Package sinol reads tasks in the format of SIO2 and sinol-make: config.yml, with programs in prog/ whose names begin
// with the task's short name.
//
//	problem, err := sinol.Read("abc")
//
// Tests are the files of in/ and out/, and those that the generator prog/NAMEingen.* leaves.
package sinol

import (
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"judge/problems"
	"judge/problems/folder"
)

// FileName is the name of a task's description.
const FileName = "config.yml"

// mostTests bounds the tests of a task.
const mostTests = 100_000

// Detect reports whether a directory holds a task. Many tools have a file of that name.
func Detect(dir string) bool {
	f, err := folder.Open(dir)
	if err != nil {
		return false
	}
	defer f.Close()
	return f.IsFile(FileName) && f.IsDir("prog")
}

// reader fills a problem.
type reader struct {
	folder  *folder.Folder
	problem *problems.Problem
	yaml    *folder.Document
	id      string   // the short name
	progs   []string // names in prog/
	scores  map[string]float64
	kind    string // sinol_contest_type
	expects map[string]expected
	named   *regexp.Regexp // names of inputs
}

// Read reads the task in a directory. Errors are *problems.Error.
func Read(dir string) (*problems.Problem, error) {
	f, err := folder.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	l := problems.DefaultLimits()
	l.Output = problems.PlentyOfOutput
	r := &reader{folder: f, problem: &problems.Problem{
		Dir: f.Dir, Path: dir, Name: filepath.Base(f.Dir), Format: "sinol", Limits: l, ValidatesInputs: true,
		Checker: problems.Checker{Compare: problems.WhiteDiff},
	}}
	if r.yaml, err = f.YAML(FileName); err != nil {
		return nil, err
	}
	if r.progs, err = f.Files("prog"); err != nil {
		return nil, err
	}
	for _, step := range []func() error{
		r.about, r.limits, r.grader, r.programs, r.tests, r.ingen, r.submissions,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	r.finish()
	r.problem.Remarks = append(r.problem.Remarks, f.Notes()...)
	return r.problem, nil
}

// about reads the names, and how groups score.
func (r *reader) about() error {
	id, title := "", ""
	for key, to := range map[string]any{
		"sinol_task_id": &id, "title": &title, "scores": &r.scores, "sinol_contest_type": &r.kind,
		"sinol_expected_scores": &r.expects,
	} {
		if err := r.yaml.Get(key, to); err != nil {
			return err
		}
	}
	if title != "" {
		r.problem.Name = title
	}
	if r.id = id; id == "" {
		r.id = r.guess()
	}
	if !regexp.MustCompile(`^[A-Za-z0-9_-]+$`).MatchString(r.id) {
		return r.folder.Fault(FileName, 0, fmt.Sprintf("%q is not the short name of a task", r.id),
			"write sinol_task_id: NAME, with which the files in prog/ begin")
	}
	r.named = regexp.MustCompile(`^` + regexp.QuoteMeta(r.id) + `([0-9]+)([a-z]?[a-z0-9]*)\.in$`)
	for group, points := range r.scores {
		if !(points >= 0 && points <= 1e9) {
			return r.yaml.Fault("scores", fmt.Sprintf("group %q: %v points are out of range", group, points), "")
		}
	}
	if r.yaml.Has("subtask_dependencies") {
		return r.yaml.Fault("subtask_dependencies", "dependencies of groups are not supported", "")
	}
	if r.kind == "oi" {
		r.problem.Remarks = append(r.problem.Remarks, r.yaml.Fault("sinol_contest_type",
			"the contest type oi scores slow programs less: judge gives all points up to the time limit", ""))
	}
	return nil
}

// guess returns the short name by the generator's name, or by that of the directory.
func (r *reader) guess() string {
	for _, name := range r.progs {
		if id, _, ok := strings.Cut(name, "ingen."); ok && id != "" {
			return id
		}
	}
	base := filepath.Base(r.folder.Dir)
	if slices.ContainsFunc(r.progs, func(name string) bool { return stem(name) == base }) {
		return base
	}
	shortest := ""
	for _, name := range r.progs {
		if isSource(name) && (shortest == "" || len(stem(name)) < len(shortest)) {
			shortest = stem(name)
		}
	}
	return shortest
}

func stem(name string) string { return strings.TrimSuffix(name, path.Ext(name)) }

// isSource reports whether a file is a source in a language of the format.
func isSource(name string) bool {
	return slices.Contains([]string{".c", ".cpp", ".cc", ".py", ".java", ".rs", ".pas"}, path.Ext(name))
}

// limits reads the time limit in milliseconds and the memory limit in KiB. Limits of single groups would change
// verdicts, so that they must be those of all groups.
func (r *reader) limits() error {
	milliseconds, err := r.limit("time_limit", "time_limits", 24*3600*1000)
	if err != nil {
		return err
	}
	memory, err := r.limit("memory_limit", "memory_limits", 1<<30)
	if err != nil {
		return err
	}
	if milliseconds > 0 {
		r.problem.Limits = r.problem.Limits.WithTime(time.Duration(milliseconds * float64(time.Millisecond)))
	} else {
		r.problem.NoTimeLimit = true
	}
	if memory > 0 {
		r.problem.Limits.Memory = problems.Bytes(memory) * problems.KiB
	}
	if r.yaml.Has("override_limits") {
		r.problem.Remarks = append(r.problem.Remarks, r.yaml.Fault("override_limits",
			"limits of single languages are not supported: all languages have the same limits", ""))
	}
	return nil
}

// limit reads a limit, and those of groups.
func (r *reader) limit(key, groups string, most float64) (limit float64, err error) {
	if err := r.yaml.Get(key, &limit); err != nil {
		return 0, err
	}
	var single map[string]float64
	if err := r.yaml.Get(groups, &single); err != nil {
		return 0, err
	}
	for group, other := range single {
		if limit == 0 {
			limit = other
		}
		if other != limit {
			what := fmt.Sprintf("group %q has its own limit: expected %v for all", group, limit)
			return 0, r.yaml.Fault(groups, what, "give all groups the same limit")
		}
	}
	if !(limit >= 0 && limit <= most) {
		return 0, r.yaml.Fault(key, fmt.Sprintf("%v is out of range", limit), "")
	}
	return limit, nil
}

// prog returns the path of the first program prog/NAMEsuffix.*; "": there is none.
func (r *reader) prog(suffix string, extensions ...string) (string, error) {
	for _, ext := range extensions {
		if slices.Contains(r.progs, r.id+suffix+ext) {
			return r.folder.Program("prog", path.Join("prog", r.id+suffix+ext))
		}
	}
	return "", nil
}

// sources are the extensions of programs, in the order in which they are preferred.
func sources() []string { return []string{".c", ".cpp", ".cc", ".py", ".java", ".rs", ".pas"} }

// programs reads the checker and the validator of inputs.
func (r *reader) programs() error {
	soc, err := r.prog("soc", sources()...)
	if err != nil {
		return err
	}
	if soc != "" {
		return r.folder.Fault(path.Join("prog", filepath.Base(soc)), 0,
			"interactors are not supported in this format", "")
	}
	checker, err := r.prog("chk", sources()...)
	if err != nil {
		return err
	}
	if checker != "" {
		r.problem.Checker = problems.Checker{External: &problems.External{Path: checker, Protocol: problems.Sinol}}
	}
	inwer, err := r.prog("inwer", sources()...)
	if err != nil || inwer == "" {
		return err
	}
	r.problem.InputValidators = []problems.Validator{{Path: inwer, Testlib: true}}
	return nil
}

// grader reads the files that are compiled with submissions.
func (r *reader) grader() error {
	var args map[string]folder.One
	var files folder.One
	if err := r.yaml.Get("extra_compilation_args", &args); err != nil {
		return err
	}
	if err := r.yaml.Get("extra_compilation_files", &files); err != nil {
		return err
	}
	g := &problems.Grader{Name: r.id, Files: map[string][]string{}}
	for ext, id := range map[string]string{"c": "c", "cpp": "cpp", "cc": "cpp", "py": "python3", "pas": "pascal"} {
		for _, name := range args[ext] {
			if !slices.Contains(r.progs, name) {
				return r.yaml.Fault("extra_compilation_args", fmt.Sprintf("%q is not a file in prog/", name),
					"flags of compilers are not supported")
			}
			full, err := r.folder.File(FileName, path.Join("prog", name))
			if err != nil {
				return err
			}
			g.Files[id] = append(g.Files[id], full)
		}
	}
	for _, name := range files {
		id := map[string]string{".h": "cpp", ".hpp": "cpp", ".py": "python3"}[path.Ext(name)]
		if id == "" || len(g.Files[id]) == 0 && id == "cpp" {
			continue
		}
		full, err := r.folder.File(FileName, path.Join("prog", name))
		if err != nil {
			return err
		}
		if !slices.Contains(g.Files[id], full) {
			g.Files[id] = append(g.Files[id], full)
		}
	}
	if len(g.Files) > 0 {
		r.problem.Grader = g
	}
	return nil
}
