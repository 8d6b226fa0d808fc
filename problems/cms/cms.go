// Package cms reads the tasks of the Contest Management System in its formats: the JSON export of the IOI's task
// preparation system (problem.json, in its protocols 1 and 2), and the Italian format (task.yaml with gen/GEN). The
// source tree of that system has a package of its own, problems/tps.
//
//	problem, err := cms.ReadExport("cup")
//	problem, err := cms.ReadItalian("brackets")
//
// The rules are those of the loaders that come with the Contest Management System (cmscontrib/loaders: tps.py,
// italy_yaml.py).
package cms

import (
	"path"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/folder"
)

// reader fills a problem from a task.
type reader struct {
	folder  *folder.Folder
	problem problems.Problem
	groups  []*problems.Scoring // the subtasks
	numbers map[string]int      // numbers of subtasks from 1, which count those without tests

	generator *problems.External // of an Italian task; nil: not looked for yet, or none
}

// evaluation is the macro that CMS defines when it compiles a submission.
const evaluation = "EVAL"

// limits returns the limits of tasks that state none.
func limits() problems.Limits {
	l := problems.DefaultLimits()
	l.Output = problems.PlentyOfOutput
	return l
}

// whiteDiff returns the comparison of tasks without a checker.
func whiteDiff() problems.Checker { return problems.Checker{Compare: problems.WhiteDiff} }

// languages returns the ids of languages by the extension of their sources.
func languages() map[string]string {
	return map[string]string{
		".c": "c", ".cpp": "cpp", ".cc": "cpp", ".java": "java", ".py": "python3", ".pas": "pascal", ".cs": "csharp",
		".rs": "rust", ".go": "go",
		".hs": "haskell", ".kt": "kotlin", ".php": "php",
	}
}

// grader finds the files that are compiled with submissions: a source called stem in each language, which contains
// main, and the headers and libraries next to it. name is the stem of submissions.
func (r *reader) grader(dir, stem, name string) error {
	g := &problems.Grader{Name: name, Files: map[string][]string{}}
	if err := r.graderFiles(g, dir, stem); err != nil || len(g.Files) == 0 {
		return err
	}
	r.problem.Grader = g
	return nil
}

// graderFiles adds the files of one directory to a grader.
func (r *reader) graderFiles(g *problems.Grader, dir, stem string) error {
	files, err := r.folder.Files(dir)
	if err != nil {
		return err
	}
	for _, file := range files {
		if id := languages()[path.Ext(file)]; id != "" && strings.TrimSuffix(file, path.Ext(file)) == stem {
			full, err := r.folder.File(dir, path.Join(dir, file))
			if err != nil {
				return err
			}
			g.Files[id] = []string{full}
		}
	}
	if len(g.Files) == 0 {
		return nil
	}
	for _, file := range files {
		var ids []string
		switch {
		case path.Ext(file) == ".h" || path.Ext(file) == ".hpp":
			ids = []string{"c", "cpp"}
		case strings.HasSuffix(file, "lib.pas"):
			ids = []string{"pascal"}
		}
		for _, id := range ids {
			if g.Files[id] == nil {
				continue
			}
			full, err := r.folder.File(dir, path.Join(dir, file))
			if err != nil {
				return err
			}
			g.Files[id] = append(g.Files[id], full)
		}
	}
	return nil
}

// program returns the path of the first program among stems: its source, or the compiled program if there is no
// source. "": no such program.
func (r *reader) program(stems ...string) (string, error) {
	for _, stem := range stems {
		for _, ext := range []string{".cpp", ".cc", ".c", ".py", ".pas", ".java", ".rs", ".sh"} {
			if r.folder.IsFile(stem + ext) {
				return r.folder.Program(path.Dir(stem), stem+ext)
			}
		}
	}
	for _, stem := range stems {
		if r.folder.IsFile(stem) {
			return r.folder.Program(path.Dir(stem), stem)
		}
	}
	return "", nil
}

// verdicts returns the meaning of a directory's name or of a verdict in solutions.json.
func verdicts(name string) (expect []problems.Verdict, pace problems.Pace, model, ok bool) {
	wrong := []problems.Verdict{problems.WA, problems.TLE, problems.MLE, problems.RTE, problems.OLE}
	switch name {
	case "model_solution":
		return []problems.Verdict{problems.AC}, problems.FastEnough, true, true
	case "correct", "accepted":
		return []problems.Verdict{problems.AC}, problems.FastEnough, false, true
	case "time_limit":
		return []problems.Verdict{problems.TLE}, problems.SlowEnough, false, true
	case "memory_limit":
		return []problems.Verdict{problems.MLE, problems.RTE}, problems.NoPace, false, true
	case "incorrect", "wrong_answer":
		return []problems.Verdict{problems.WA}, problems.NoPace, false, true
	case "runtime_error":
		return []problems.Verdict{problems.RTE}, problems.NoPace, false, true
	case "protocol_violation":
		return []problems.Verdict{problems.WA, problems.RTE}, problems.NoPace, false, true
	case "failed":
		return wrong, problems.NoPace, false, true
	case "time_limit_and_runtime_error":
		return []problems.Verdict{problems.TLE, problems.RTE, problems.MLE}, problems.NoPace, false, true
	case "partially_correct", "unknown_verdict":
		return nil, problems.NoPace, false, true
	default:
		return nil, problems.NoPace, false, false
	}
}

// expectation returns the expectations for the name of a solution's directory: AC, at least one test with one of the
// verdicts, or a part of the points. A failing solution may still pass some subtasks, or fail them differently.
func (r *reader) expectation(
	kind string, expect []problems.Verdict,
) (own []problems.Verdict, demands []problems.Demand) {
	switch {
	case kind == "partially_correct":
		most := 0.0
		for _, g := range r.groups {
			most += g.Points
		}
		const least = 1e-5 // of a point
		return nil, []problems.Demand{{Score: &problems.Range{Least: least, Most: most - least}}}
	case slices.Equal(expect, []problems.Verdict{problems.AC}):
		if of := r.ofPrograms(); of != nil {
			return nil, []problems.Demand{{Tests: of, Permitted: expect}}
		}
		return expect, nil
	case expect != nil:
		return nil, []problems.Demand{{Required: expect}}
	default:
		return nil, nil
	}
}

// ofPrograms returns the tests that accept programs if others do not, or else nil.
func (r *reader) ofPrograms() []string {
	var names []string
	for _, t := range r.problem.Tests {
		if !t.NeedsOutput {
			names = append(names, t.Name)
		}
	}
	if len(names) == len(r.problem.Tests) {
		return nil
	}
	return names
}

// solutions reads solutions/VERDICT/FILE.
func (r *reader) solutions(dir string) error {
	kinds, err := r.folder.Dirs(dir)
	if err != nil {
		return err
	}
	for _, kind := range kinds {
		expect, pace, model, ok := verdicts(kind)
		if !ok {
			r.problem.Remarks = append(r.problem.Remarks,
				r.folder.Fault(path.Join(dir, kind), 0, "unknown verdict", ""))
		}
		files, err := r.folder.Files(path.Join(dir, kind))
		if err != nil {
			return err
		}
		for _, file := range files {
			full, err := r.folder.Program(dir, path.Join(dir, kind, file))
			if err != nil {
				return err
			}
			s := problems.Submission{Path: full, Listed: path.Join(dir, kind, file), Pace: pace, Model: model}
			s.Expect, s.Demands = r.expectation(kind, expect)
			r.problem.Submissions = append(r.problem.Submissions, s)
		}
	}
	return nil
}
