package cms

import (
	"cmp"
	"fmt"
	"math"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/folder"
)

// Names of files in a source tree of the task preparation system.
const (
	subtasksFile  = "subtasks.json"
	solutionsFile = "solutions.json"
	mappingFile   = "tests/mapping"
)

// DetectSource reports whether a directory is the source tree of a task for the IOI's task preparation system (TPS).
func DetectSource(dir string) bool {
	f, err := folder.Open(dir)
	if err != nil {
		return false
	}
	defer f.Close()
	return f.IsFile(ExportFile) && isSource(f)
}

// isSource distinguishes a source tree from an export, which has directories of subtasks and solutions.
func isSource(f *folder.Folder) bool {
	return !f.IsDir("subtasks") && (f.IsFile(subtasksFile) || f.IsFile(solutionsFile) || f.IsFile("gen/data"))
}

// source holds the used keys of a source tree's problem.json.
type source struct {
	Name       string  `json:"name"`
	Title      string  `json:"title"`
	Type       string  `json:"type"`
	TimeLimit  float64 `json:"time_limit"`   // seconds
	Memory     float64 `json:"memory_limit"` // MiB
	HasGrader  *bool   `json:"has_grader"`
	HasChecker *bool   `json:"has_checker"`
	Grader     string  `json:"grader_name"`
	Processes  float64 `json:"num_processes"`
}

// ReadSource reads the source tree in a directory, whose tests must have been generated. Errors are *problems.Error.
func ReadSource(dir string) (*problems.Problem, error) {
	f, err := folder.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := &reader{folder: f, problem: problems.Problem{
		Dir: f.Dir, Path: dir, Name: filepath.Base(f.Dir), Format: "TPS", Limits: limits(), Checker: whiteDiff(),
		Define: evaluation,
	}}
	var given source
	if err := r.json(ExportFile, &given); err != nil {
		return nil, err
	}
	if !f.IsDir("tests") {
		const what = "missing directory in the source of a TPS task: generating tests from gen/data"
		return nil, f.Fault("tests", 0, what+" is not supported", "run tps gen in the task's directory")
	}
	for _, step := range []func(source) error{
		r.sourceLimits, r.sourceTests, r.sourceSubtasks, r.sourceKind, r.sourceValidators, r.sourceSolutions,
	} {
		if err := step(given); err != nil {
			return nil, err
		}
	}
	r.problem.Scoring = problems.GroupsOfTests(r.groups, r.problem.Tests)
	r.problem.Remarks = append(r.problem.Remarks, f.Notes()...)
	return &r.problem, nil
}

// sourceLimits reads the name and the limits.
func (r *reader) sourceLimits(given source) error {
	return r.about(export{Name: cmp.Or(given.Title, given.Name), TimeLimit: given.TimeLimit, MemoryLimit: given.Memory})
}

// sourceTests reads the generated tests.
func (r *reader) sourceTests(source) error {
	if err := r.exportedTests(export{}); err != nil {
		return err
	}
	if fault := r.folder.SkippedIn("tests", ".in"); fault != nil {
		return fault // the test would be silently skipped
	}
	return nil
}

// subtaskJSON is a subtask in subtasks.json.
type subtaskJSON struct {
	name       string
	Index      int      `json:"index"`
	Score      float64  `json:"score"`
	Validators []string `json:"validators"`
}

// sourceSubtasks reads the subtasks and their tests, which the generator lists in tests/mapping.
func (r *reader) sourceSubtasks(source) error {
	if !r.folder.IsFile(subtasksFile) {
		r.sum(100)
		return nil
	}
	var given struct {
		Subtasks map[string]subtaskJSON `json:"subtasks"`
	}
	if err := r.json(subtasksFile, &given); err != nil {
		return err
	}
	if n := len(given.Subtasks); n > mostSubtasks {
		return r.folder.Fault(subtasksFile, 0, fmt.Sprintf("%d subtasks: expected at most %d", n, mostSubtasks), "")
	}
	var all []subtaskJSON
	for name, s := range given.Subtasks {
		if !(s.Score >= 0) || math.IsInf(s.Score, 0) {
			return r.folder.Fault(subtasksFile, 0, fmt.Sprintf("subtask %q: score out of range", name), "")
		}
		s.name = name
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b subtaskJSON) int { return cmp.Or(a.Index-b.Index, strings.Compare(a.name, b.name)) })
	sizes, err := r.mapping(given.Subtasks)
	if err != nil {
		return err
	}
	for _, s := range all {
		if sizes[s.name] > 0 {
			r.groups = append(r.groups, &problems.Scoring{Name: s.name, Points: s.Score})
		}
	}
	return nil
}

// mapping reads tests/mapping, whose lines have a subtask and a test. It returns the number of tests of each subtask.
func (r *reader) mapping(subtasks map[string]subtaskJSON) (sizes map[string]int, err error) {
	const regenerate = "generate the tests again with: tps gen"
	if !r.folder.IsFile(mappingFile) {
		return nil, r.folder.Fault(mappingFile, 0, "missing file: it assigns the tests to subtasks", regenerate)
	}
	data, err := r.folder.Read(mappingFile)
	if err != nil {
		return nil, err
	}
	byName, sizes := map[string]int{}, map[string]int{}
	for i, t := range r.problem.Tests {
		byName[t.Name] = i
	}
	for number, line := range strings.Split(string(data), "\n") {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if len(words) != 2 {
			what := fmt.Sprintf("%d words: expected a subtask and a test", len(words))
			return nil, r.folder.Fault(mappingFile, number+1, what, regenerate)
		}
		if _, ok := subtasks[words[0]]; !ok {
			continue // a test set that is not a subtask
		}
		i, ok := byName[words[1]]
		if !ok {
			return nil, r.folder.Fault(mappingFile, number+1, fmt.Sprintf("no test %q in tests/", words[1]),
				regenerate)
		}
		if t := &r.problem.Tests[i]; !slices.Contains(t.Groups, words[0]) {
			t.Groups = append(t.Groups, words[0])
			sizes[words[0]]++
		}
	}
	return sizes, nil
}

// sourceKind reads the task type and its programs.
func (r *reader) sourceKind(given source) error {
	kind := strings.ToLower(given.Type)
	if given.HasChecker == nil || *given.HasChecker {
		if err := r.comparator(); err != nil {
			return err
		}
	}
	switch kind {
	case "outputonly":
		r.problem.OutputOnly, r.problem.NoSubmissions = true, true
		return nil
	case "batch":
	case "communication":
		if err := r.sourceManager(given); err != nil {
			return err
		}
	default:
		what := fmt.Sprintf("task type %q is not supported", given.Type)
		return r.folder.Fault(ExportFile, 0, what, "use Batch, Communication or OutputOnly")
	}
	if given.HasGrader != nil && !*given.HasGrader {
		return nil
	}
	stems := []string{cmp.Or(given.Grader, "grader")}
	if kind == "communication" && given.Grader == "" {
		stems = append(stems, "stub")
	}
	g := &problems.Grader{Name: given.Name, Files: map[string][]string{}}
	for _, language := range []string{"cpp", "java", "pas", "py"} {
		for _, stem := range stems {
			if err := r.graderFiles(g, path.Join("grader", language), stem); err != nil {
				return err
			}
		}
	}
	if len(g.Files) > 0 {
		r.problem.Grader = g
	}
	return nil
}

// sourceManager reads the manager, which communicates over the standard streams.
func (r *reader) sourceManager(given source) error {
	processes := cmp.Or(given.Processes, 1)
	if err := r.processes(processes); err != nil {
		return err
	}
	program, err := r.program("grader/manager", "manager/manager")
	if err != nil {
		return err
	}
	if program == "" {
		return r.folder.Fault("grader", 0, "no manager.cpp", "")
	}
	r.problem.Manager = &problems.Manager{
		External: problems.External{Path: program, Protocol: problems.CMS}, Processes: int(processes), Streams: true,
	}
	return nil
}
