package cms

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"judge/problems"
	"judge/problems/folder"
)

// ExportFile is the name of an export's description.
const ExportFile = "problem.json"

// DetectExport reports whether a directory is a JSON export. Its subdirectories distinguish it from other tools'
// files of that name.
func DetectExport(dir string) bool {
	f, err := folder.Open(dir)
	if err != nil {
		return false
	}
	defer f.Close()
	return f.IsFile(ExportFile) && !IsTree(f) &&
		slices.ContainsFunc([]string{"tests", "subtasks", "graders", "solutions"}, f.IsDirOrLink)
}

// IsTree distinguishes a source tree of the task preparation system from an export, which has directories of subtasks
// and solutions.
func IsTree(f *folder.Folder) bool {
	return !f.IsDir("subtasks") &&
		slices.ContainsFunc([]string{"subtasks.json", "solutions.json", "gen/data"}, f.IsFile)
}

// ReadExport reads the export in a directory. Errors are *problems.Error.
func ReadExport(dir string) (*problems.Problem, error) {
	f, err := folder.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var given export
	r := &reader{folder: f, problem: problems.Problem{
		Dir: f.Dir, Path: dir, Name: filepath.Base(f.Dir), Format: "CMS export", Limits: limits(), Checker: whiteDiff(),
		Define: evaluation,
	}}
	if err := r.json(ExportFile, &given); err != nil {
		return nil, err
	}
	for _, step := range []func(export) error{r.about, r.exportedTests, r.subtasks, r.kind} {
		if err := step(given); err != nil {
			return nil, err
		}
	}
	if fault := f.SkippedIn("tests", ".in"); fault != nil {
		return nil, fault // the test would be silently skipped
	}
	r.problem.Scoring = problems.GroupsOfTests(r.groups, r.problem.Tests)
	err = r.solutions("solutions")
	r.problem.Remarks = append(r.problem.Remarks, f.Notes()...)
	return &r.problem, err
}

// export holds the used keys of problem.json.
type export struct {
	Code        string          `json:"code"`
	Name        string          `json:"name"`
	TimeLimit   float64         `json:"time_limit"`   // seconds
	MemoryLimit float64         `json:"memory_limit"` // bytes; old exports have MiB
	Kind        string          `json:"task_type"`
	Type        string          `json:"type"` // in the task before it is exported
	Params      json.RawMessage `json:"task_type_params"`
}

// json decodes one of the task's files.
func (r *reader) json(name string, to any) error {
	data, err := r.folder.Read(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, to); err != nil {
		offset, line := int64(-1), 0
		if at, ok := errors.AsType[*json.SyntaxError](err); ok {
			offset = at.Offset
		} else if at, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
			offset = at.Offset
		}
		if offset >= 0 {
			line = 1 + strings.Count(string(data[:min(int(offset), len(data))]), "\n")
		}
		return r.folder.Fault(name, line, fmt.Sprintf("%.200q", err.Error()), "")
	}
	return nil
}

// about reads the name and the limits.
func (r *reader) about(given export) error {
	if given.Name != "" {
		r.problem.Name = given.Name
	}
	memory := given.MemoryLimit
	if memory > 0 && memory < float64(problems.MiB) {
		memory *= float64(problems.MiB)
	}
	if given.TimeLimit < 0 || given.TimeLimit > 86400 || memory < 0 || memory > 1<<40 {
		return r.folder.Fault(ExportFile, 0, "time limit or memory limit out of range", "")
	}
	if given.TimeLimit > 0 {
		r.problem.Limits = r.problem.Limits.WithTime(time.Duration(given.TimeLimit * float64(time.Second)))
	}
	if memory > 0 {
		r.problem.Limits.Memory = problems.Bytes(memory)
	}
	return nil
}

// exportedTests reads the tests in tests/.
func (r *reader) exportedTests(export) error {
	files, err := r.folder.Files("tests")
	if err != nil {
		return err
	}
	for _, file := range files {
		if path.Ext(file) != ".in" {
			continue
		}
		t := problems.TestCase{Name: strings.TrimSuffix(file, ".in")}
		t.Listed = problems.Pair{Input: path.Join("tests", file), Answer: path.Join("tests", t.Name+".out")}
		if t.Input, err = r.folder.File("tests", t.Listed.Input); err != nil {
			return err
		}
		if t.Answer, err = r.folder.File("tests", t.Listed.Answer); err != nil {
			return err
		}
		r.problem.Tests = append(r.problem.Tests, t)
	}
	if len(r.problem.Tests) == 0 {
		return r.folder.Fault("tests", 0, "no tests", "add a .in and a .out for each test")
	}
	return nil
}

// subtasks reads subtasks/*.json. A subtask scores its points by its worst test. Without subtasks, all tests have the
// same points.
func (r *reader) subtasks(export) error {
	files, err := r.folder.Files("subtasks")
	if err != nil {
		return err
	}
	if n := len(files); n > mostSubtasks {
		return r.folder.Fault("subtasks", 0,
			fmt.Sprintf("%d files: expected at most %d subtasks", n, mostSubtasks), "")
	}
	byName := map[string]int{}
	for i, t := range r.problem.Tests {
		byName[t.Name] = i
	}
	for _, file := range files {
		if path.Ext(file) != ".json" {
			continue
		}
		var given struct {
			Score      float64  `json:"score"`
			Tests      []string `json:"testcases"`
			OutputOnly bool     `json:"output_only"`
		}
		name := path.Join("subtasks", file)
		if err := r.json(name, &given); err != nil {
			return err
		}
		if given.Score < 0 || math.IsInf(given.Score, 0) {
			return r.folder.Fault(name, 0, "score out of range", "")
		}
		g := &problems.Scoring{Name: groupName(file), Points: given.Score}
		for _, test := range given.Tests {
			i, ok := byName[test]
			if !ok {
				return r.folder.Fault(name, 0, fmt.Sprintf("no test %q", test), "")
			}
			t := &r.problem.Tests[i]
			if !slices.Contains(t.Groups, g.Name) {
				t.Groups = append(t.Groups, g.Name)
			}
			t.NeedsOutput = t.NeedsOutput || given.OutputOnly
		}
		if len(given.Tests) > 0 {
			r.groups = append(r.groups, g)
		}
	}
	if len(r.groups) == 0 {
		r.sum(100)
	}
	return nil
}

// groupName returns a subtask's file name without its number: 01-small.json is small.
func groupName(file string) string {
	stem := strings.TrimSuffix(file, ".json")
	number, name, ok := strings.Cut(stem, "-")
	if ok && name != "" && strings.Trim(number, "0123456789") == "" {
		return name
	}
	return stem
}

// kind reads the task type and its programs.
func (r *reader) kind(given export) error {
	kind := given.Kind
	if kind == "" {
		kind = given.Type
	}
	kind = strings.TrimSuffix(kind, "2017") // the suffix of IOI 2017
	if kind != "" {
		kind = strings.ToUpper(kind[:1]) + kind[1:] // as the loader does
	}
	if err := r.comparator(); err != nil {
		return err
	}
	if kind != "BatchAndOutput" {
		for i := range r.problem.Tests {
			r.problem.Tests[i].NeedsOutput = false // the loader reads it only for that type
		}
	}
	switch kind {
	case "Batch":
		return r.batch(given)
	case "BatchAndOutput":
		r.batchAndOutput(ExportFile)
		return r.batch(given)
	case "OutputOnly":
		r.problem.OutputOnly, r.problem.NoSubmissions = true, true
		return nil
	case "Communication":
		return r.communication(given)
	case "TwoSteps":
		return r.folder.Fault(ExportFile, 0, `task type "TwoSteps" is not supported: a submission there is two `+
			"programs, which run one after the other", "judge the task with CMS, or make it a Communication task")
	default:
		return r.folder.Fault(ExportFile, 0, fmt.Sprintf("task type %q is not supported", kind),
			"use Batch, BatchAndOutput, Communication or OutputOnly")
	}
}

// comparator finds the checker.
func (r *reader) comparator() error {
	source, err := r.program("checker/checker")
	if err != nil || source == "" {
		return err
	}
	r.problem.Checker = problems.Checker{External: &problems.External{Path: source, Protocol: problems.CMS}}
	return nil
}
