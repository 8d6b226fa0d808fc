// Package tps reads the source tree of a task for the IOI's task preparation system (TPS): problem.json with
// subtasks.json, solutions.json or gen/data.
//
//	problem, err := tps.Read("cup")
//
// The tests are those in tests/, which the system's own command writes, or the recipes of gen/data.
package tps

import (
	"cmp"
	"fmt"
	"math"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/cms"
	"judge/problems/folder"
)

// Names of files in a source tree.
const (
	FileName      = cms.ExportFile // problem.json
	subtasksFile  = "subtasks.json"
	solutionsFile = "solutions.json"
	mappingFile   = "tests/mapping"
)

// mostSubtasks bounds the subtasks of a task: each is compared with each test.
const mostSubtasks = 1000

// Detect reports whether a directory is a source tree.
func Detect(dir string) bool {
	f, err := folder.Open(dir)
	if err != nil {
		return false
	}
	defer f.Close()
	return f.IsFile(FileName) && cms.IsTree(f)
}

// reader fills a problem from a source tree.
type reader struct {
	folder   *folder.Folder
	task     *cms.Task
	problem  *problems.Problem
	given    source
	subtasks map[string]subtaskJSON
	groups   []*problems.Scoring
	data     *data // of gen/data; nil: there is none
}

// source holds the used keys of problem.json.
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

// Read reads the source tree in a directory. Errors are *problems.Error.
func Read(dir string) (*problems.Problem, error) {
	f, err := folder.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	task := cms.NewTask(f, dir, filepath.Base(f.Dir), "TPS")
	r := &reader{folder: f, task: task, problem: task.Problem()}
	if err := task.JSON(FileName, &r.given); err != nil {
		return nil, err
	}
	for _, step := range []func() error{
		r.limits, r.readData, r.tests, r.readSubtasks, r.kind, r.validators, r.solutions,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	r.problem.Scoring = problems.GroupsOfTests(r.groups, r.problem.Tests)
	r.problem.Remarks = append(r.problem.Remarks, f.Notes()...)
	return r.problem, nil
}

// limits reads the name and the limits.
func (r *reader) limits() error {
	return r.task.Limits(cmp.Or(r.given.Title, r.given.Name), r.given.TimeLimit, r.given.Memory)
}

// tests reads the tests: those that have been generated, or else those of gen/data.
func (r *reader) tests() error {
	if !r.folder.IsDir("tests") {
		if r.data == nil {
			return r.folder.Fault("tests", 0, "missing directory in the source of a TPS task without "+dataFile,
				"add the tests, or "+dataFile+" to generate them")
		}
		return r.recipes()
	}
	if err := r.task.Tests(); err != nil {
		return err
	}
	if fault := r.folder.SkippedIn("tests", ".in"); fault != nil {
		return fault // the test would be silently skipped
	}
	r.attach()
	return nil
}

// subtaskJSON is a subtask in subtasks.json.
type subtaskJSON struct {
	name       string
	Index      int      `json:"index"`
	Score      float64  `json:"score"`
	Validators []string `json:"validators"`
}

// readSubtasks reads the subtasks and their tests.
func (r *reader) readSubtasks() error {
	if !r.folder.IsFile(subtasksFile) {
		r.groups = r.task.Sum(100)
		return nil
	}
	var given struct {
		Subtasks map[string]subtaskJSON `json:"subtasks"`
	}
	if err := r.task.JSON(subtasksFile, &given); err != nil {
		return err
	}
	if n := len(given.Subtasks); n > mostSubtasks {
		return r.folder.Fault(subtasksFile, 0, fmt.Sprintf("%d subtasks: expected at most %d", n, mostSubtasks), "")
	}
	r.subtasks = given.Subtasks
	var all []subtaskJSON
	for name, s := range given.Subtasks {
		if !(s.Score >= 0) || math.IsInf(s.Score, 0) {
			return r.folder.Fault(subtasksFile, 0, fmt.Sprintf("subtask %q: score out of range", name), "")
		}
		s.name = name
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b subtaskJSON) int {
		return cmp.Or(cmp.Compare(a.Index, b.Index), strings.Compare(a.name, b.name))
	})
	read := r.mapping
	if !r.folder.IsDir("tests") {
		read = r.dataSubtasks
	}
	sizes, err := read()
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
func (r *reader) mapping() (sizes map[string]int, err error) {
	const regenerate = "generate the tests again with: tps gen"
	if !r.folder.IsFile(mappingFile) {
		return nil, r.folder.Fault(mappingFile, 0, "missing file: it assigns the tests to subtasks", regenerate)
	}
	data, err := r.folder.Read(mappingFile)
	if err != nil {
		return nil, err
	}
	byName, sizes := r.testsByName(), map[string]int{}
	for number, line := range strings.Split(string(data), "\n") {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if len(words) != 2 {
			what := fmt.Sprintf("%d words: expected a subtask and a test", len(words))
			return nil, r.folder.Fault(mappingFile, number+1, what, regenerate)
		}
		if _, ok := r.subtasks[words[0]]; !ok {
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

// testsByName returns the indexes of the tests.
func (r *reader) testsByName() map[string]int {
	byName := map[string]int{}
	for i, t := range r.problem.Tests {
		byName[t.Name] = i
	}
	return byName
}

// kind reads the task type and its programs.
func (r *reader) kind() error {
	given := r.given
	kind := strings.ToLower(given.Type)
	if given.HasChecker == nil || *given.HasChecker {
		if err := r.task.Checker(); err != nil {
			return err
		}
	}
	switch kind {
	case "outputonly":
		r.problem.OutputOnly, r.problem.NoSubmissions = true, true
		return nil
	case "batch":
	case "communication":
		if err := r.manager(); err != nil {
			return err
		}
	default:
		what := fmt.Sprintf("task type %q is not supported", given.Type)
		return r.folder.Fault(FileName, 0, what, "use Batch, Communication or OutputOnly")
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
			if err := r.task.GraderFiles(g, path.Join("grader", language), stem); err != nil {
				return err
			}
		}
	}
	if len(g.Files) > 0 {
		r.problem.Grader = g
	}
	return nil
}

// manager reads the manager, which communicates over the standard streams.
func (r *reader) manager() error {
	processes := cmp.Or(r.given.Processes, 1)
	if err := r.task.Processes(processes); err != nil {
		return err
	}
	program, err := r.task.Program("grader/manager", "manager/manager")
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
