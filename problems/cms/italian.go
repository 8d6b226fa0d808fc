package cms

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"judge/problems"
	"judge/problems/folder"
)

// ItalianFile is the name of a task's description in the Italian format.
const ItalianFile = "task.yaml"

// DetectItalian reports whether a directory is a task in the Italian format.
func DetectItalian(dir string) bool {
	f, err := folder.Open(dir)
	if err != nil {
		return false
	}
	defer f.Close()
	generated := slices.ContainsFunc(generatorFiles(), f.IsFile)
	if f.IsFile(ItalianFile) && (generated || f.IsDir("sol") || f.IsDir("testo")) {
		return true // even without tests; other tools have a task.yaml, too
	}
	if !f.IsDirOrLink("input") {
		return false
	}
	beside, err := folder.Open(filepath.Dir(f.Dir))
	if err != nil {
		return f.IsFile(ItalianFile)
	}
	defer beside.Close()
	return f.IsFile(ItalianFile) || f.IsFile("input/input0.txt") && beside.IsFile(filepath.Base(f.Dir)+".yaml")
}

// italianYAML reads the task's description. It may be next to the directory, with the directory's name, as in the
// examples of CMS.
func italianYAML(f *folder.Folder) (*folder.Document, error) {
	if f.IsFile(ItalianFile) {
		return f.YAML(ItalianFile)
	}
	beside, err := folder.Open(filepath.Dir(f.Dir))
	if err != nil {
		return nil, err
	}
	defer beside.Close()
	beside.Named = filepath.Dir(filepath.Clean(f.Named))
	return beside.YAML(filepath.Base(f.Dir) + ".yaml")
}

// italianSilent lists the keys of task.yaml that do not concern judging.
func italianSilent() []string {
	return []string{
		"name", "title", "primary_language", "syllabus_topics", "public_testcases", "risultati", "feedback_level",
		"score_mode", "score_precision", "statement",
		"token_mode", "token_max_number", "token_min_interval", "token_gen_initial", "token_gen_number",
		"token_gen_interval", "token_gen_max",
		"token_initial", "token_max", "token_total", "token_gen_time", "max_submission_number",
		"max_user_test_number", "min_submission_interval",
		"min_user_test_interval", "min_submission_interval_grace_period", "n_input", "total_value", "infile",
		"outfile", "output_only", "num_processes", "user_io",
	}
}

// ReadItalian reads the task in a directory. Errors are *problems.Error.
func ReadItalian(dir string) (*problems.Problem, error) {
	f, err := folder.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := &reader{folder: f, problem: problems.Problem{
		Dir: f.Dir, Path: dir, Name: filepath.Base(f.Dir), Format: "CMS Italian", NoExpectations: true,
		Limits: limits(), Checker: whiteDiff(), Define: evaluation,
	}}
	yaml, err := italianYAML(f)
	if err != nil {
		return nil, err
	}
	if !f.IsDir("input") && !f.IsFile(genFile) {
		return nil, noInputs(f)
	}
	task := filepath.Base(f.Dir)
	for _, step := range []func() error{
		func() error { return r.italianLimits(yaml, &task) },
		func() error { return r.generated(yaml) },
		func() error { return r.italianPrograms(yaml, task) },
		r.italianValidators,
		r.italianSolutions,
		r.italianAnswers,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	r.problem.Scoring = problems.GroupsOfTests(r.groups, r.problem.Tests)
	r.problem.Remarks = slices.Concat(r.problem.Remarks, yaml.Unknown(italianSilent()...), f.Notes())
	return &r.problem, nil
}

// generatorFiles lists the files from which tools generate tests.
func generatorFiles() []string { return []string{"gen/GEN", "gen/cases.gen", "gen/gen.toml"} }

// noInputs returns the error about missing tests. It names the file from which they can be generated.
func noInputs(f *folder.Folder) error {
	if barred := f.Barred("input"); barred != nil {
		return barred
	}
	const what = "missing directory in a task of the Italian format"
	for _, name := range generatorFiles() {
		if f.IsFile(name) {
			made := ": generating tests from " + name + " is not supported"
			return f.Fault("input", 0, what+made, "generate them, or gen/GEN, with task-maker-rust")
		}
	}
	return f.Fault("input", 0, what, "put its tests into input/input0.txt, output/output0.txt and so on")
}

// italianLimits reads the names and the limits.
func (r *reader) italianLimits(yaml *folder.Document, task *string) error {
	limit, memory := 0.0, 0.0
	for _, k := range []struct {
		key string
		to  any
	}{
		{"name", task}, {"nome_breve", task}, {"title", &r.problem.Name}, {"nome", &r.problem.Name},
		{"time_limit", &limit}, {"timeout", &limit}, {"memory_limit", &memory}, {"memlimit", &memory},
	} {
		if err := yaml.Get(k.key, k.to); err != nil {
			return err
		}
	}
	if limit < 0 || limit > 86400 || memory < 0 || memory > 1<<20 {
		return yaml.Fault("time_limit", "time limit or memory limit out of range", "")
	}
	if limit > 0 {
		r.problem.Limits = r.problem.Limits.WithTime(time.Duration(limit * float64(time.Second)))
	}
	if memory > 0 {
		r.problem.Limits.Memory = problems.Bytes(memory) * problems.MiB
	}
	return nil
}

// groupNames returns the names of the groups for subtasks: their own names if these are distinct, or else their
// numbers.
func groupNames(subtasks []subtask) []string {
	names, seen := make([]string, len(subtasks)), map[string]bool{}
	for i, s := range subtasks {
		names[i] = cmp.Or(s.name, strconv.Itoa(i))
		seen[names[i]] = true
	}
	if len(seen) < len(names) {
		for i := range names {
			names[i] = strconv.Itoa(i)
		}
	}
	return names
}

// generated reads the tests and their subtasks, from gen/GEN unless task.yaml has a score type.
func (r *reader) generated(yaml *folder.Document) error {
	subtasks, entries, err := r.gen()
	// The loader requires all three keys.
	scored := yaml.Has("score_type") && yaml.Has("score_type_parameters") && yaml.Has("n_input")
	n := 0
	switch {
	case scored && err != nil:
		subtasks, entries = nil, nil // it is read for names and recipes only
	case err != nil:
		return err
	case !scored:
		n = len(entries)
	}
	if n == 0 {
		if err := yaml.Get("n_input", &n); err != nil {
			return err
		}
	}
	if n == 0 {
		for r.folder.IsFile(fmt.Sprintf("input/input%d.txt", n)) {
			n++
		}
	}
	if n <= 0 || n > 1<<20 {
		return r.folder.Fault("input", 0, "no tests",
			"put them into input/input0.txt, output/output0.txt and so on, or list them in gen/GEN")
	}
	if err := r.italianTests(n, entries); err != nil {
		return err
	}
	if scored {
		return r.scoreType(yaml, groupNames(subtasks))
	}
	if subtasks == nil {
		total := 100.0
		if err := yaml.Get("total_value", &total); err != nil {
			return err
		}
		r.sum(total)
		return nil
	}
	return r.groupTests(subtasks)
}

// italianPrograms finds checker, manager and graders, and the names of input and output files.
func (r *reader) italianPrograms(yaml *folder.Document, task string) error {
	checker, err := r.program("check/checker", "cor/correttore", "check/correttore", "cor/checker")
	if err != nil {
		return err
	}
	if checker != "" {
		r.problem.Checker = problems.Checker{External: &problems.External{Path: checker, Protocol: problems.CMS}}
	}
	outputOnly := false
	if err := yaml.Get("output_only", &outputOnly); err != nil {
		return err
	}
	if outputOnly {
		r.problem.OutputOnly, r.problem.NoSubmissions = true, true
		return nil
	}
	manager, err := r.program("check/manager", "cor/manager")
	if err != nil {
		return err
	}
	if manager != "" {
		processes := 1
		if err := yaml.Get("num_processes", &processes); err != nil {
			return err
		}
		if processes < 1 || processes > 64 {
			return yaml.Fault("num_processes", fmt.Sprintf("%d processes: expected 1 to 64", processes), "")
		}
		r.problem.Manager = &problems.Manager{
			External: problems.External{Path: manager, Protocol: problems.CMS}, Processes: processes,
		}
		if err := r.grader("sol", "stub", task); err != nil {
			return err
		}
		return r.italianStreams(yaml)
	}
	names := problems.FileNames{Input: "input.txt", Output: "output.txt"}
	if err := yaml.Get("infile", &names.Input); err != nil {
		return err
	}
	if err := yaml.Get("outfile", &names.Output); err != nil {
		return err
	}
	if strings.Contains(names.Input+names.Output, "/") {
		return yaml.Fault("infile", "a file name contains a slash: expected a name without a directory", "")
	}
	r.problem.Files = names
	if err := r.italianOutputs(yaml); err != nil {
		return err
	}
	return r.grader("sol", "grader", task)
}

// italianStreams reads how the submission's processes communicate with the manager: over pipes with a stub, or else
// over the standard streams, unless task.yaml states user_io.
func (r *reader) italianStreams(yaml *folder.Document) error {
	over := map[bool]string{true: "std_io", false: "fifo_io"}[r.problem.Grader == nil]
	if err := yaml.Get("user_io", &over); err != nil {
		return err
	}
	if over != "std_io" && over != "fifo_io" {
		return yaml.Fault("user_io", fmt.Sprintf("unknown user_io %q", over), "use std_io or fifo_io")
	}
	r.problem.Manager.Streams = over == "std_io"
	return nil
}

// italianSolutions reads the programs in sol that are not graders. The official solution is the model.
func (r *reader) italianSolutions() error {
	for _, dir := range []string{"sol", "solution"} {
		files, err := r.folder.Files(dir)
		if err != nil {
			return err
		}
		for _, file := range files {
			ext := filepath.Ext(file)
			stem := strings.TrimSuffix(file, ext)
			if languages()[ext] == "" || stem == "grader" || stem == "stub" || stem == "template" ||
				strings.HasSuffix(stem, "lib") {
				continue
			}
			full, err := r.folder.Program(dir, dir+"/"+file)
			if err != nil {
				return err
			}
			s := problems.Submission{Path: full, Listed: dir + "/" + file, Pace: problems.NoPace}
			if stem == "solution" || stem == "soluzione" {
				s.Pace, s.Model = problems.FastEnough, true
				s.Expect, s.Demands = r.expectation("model_solution", []problems.Verdict{problems.AC})
			}
			if err := r.checks(&s, dir+"/"+file); err != nil {
				return err
			}
			r.problem.Submissions = append(r.problem.Submissions, s)
		}
		if err := r.beneath(dir); err != nil {
			return err
		}
	}
	return nil
}

// italianAnswers requires the official solution if an answer is not a file.
func (r *reader) italianAnswers() error {
	i := slices.IndexFunc(r.problem.Tests, func(t problems.TestCase) bool { return t.Answer == "" })
	if i < 0 || !r.problem.HasAnswers() || r.problem.Solution() != nil {
		return nil
	}
	return r.folder.Fault("output", 0, fmt.Sprintf("no file output/output%d.txt, and no solution that makes it", i),
		"add sol/soluzione.* or sol/solution.*")
}

// beneath notes programs in subdirectories of solutions, which the format does not have.
func (r *reader) beneath(dir string) error {
	dirs, err := r.folder.Dirs(dir)
	if err != nil {
		return err
	}
	for _, name := range dirs {
		files, err := r.folder.Files(dir + "/" + name)
		if err != nil {
			continue // the directory is not used anyway
		}
		files = slices.DeleteFunc(files, func(file string) bool { return languages()[filepath.Ext(file)] == "" })
		if len(files) > 0 {
			r.problem.Remarks = append(r.problem.Remarks, r.folder.Fault(dir+"/"+name, 0,
				fmt.Sprintf("solutions in a subdirectory are ignored: %d", len(files)), "move them to "+dir+"/"))
		}
	}
	return nil
}
