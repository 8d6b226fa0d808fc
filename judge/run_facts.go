package judge

import (
	"bytes"
	"fmt"
	"slices"

	"judge/isolate"
	"judge/judge/languages"
	"judge/problems"
)

// runFacts are what a checker may depend on in addition to the output.
type runFacts struct {
	used     isolate.Usage // by the run
	language string        // of the submission
	source   []byte        // of the submission; nil: it has several files
}

// runFactsTaker is a check that may depend on the run.
type runFactsTaker interface{ ranWith(of runFacts) }

// sourceName is the name of the submission's source in the working directory of a checker.
const sourceName = "submission_source"

// environment returns what a checker finds of the run; problems.External has the names.
func (f runFacts) environment() (env []string, files []isolate.File) {
	env = []string{
		fmt.Sprintf("JUDGE_CPU=%.6f", f.used.CPU.Seconds()), fmt.Sprintf("JUDGE_WALL=%.6f", f.used.Wall.Seconds()),
		fmt.Sprintf("JUDGE_MEMORY=%d", f.used.Memory), "JUDGE_LANGUAGE=" + f.language,
	}
	if f.source == nil {
		return env, nil
	}
	files = []isolate.File{{Name: sourceName, Data: f.source}}
	return append(env, "JUDGE_SOURCE="+isolate.WorkDir+"/"+sourceName), files
}

// onlySource is the submitted file, without the lines that a grader puts before it; nil: there are several.
func onlySource(problem *problems.Problem, p program) []byte {
	files := slices.DeleteFunc(slices.Clone(p.plan.Files[min(p.plan.Ours, len(p.plan.Files)):]),
		func(f languages.File) bool { return string(f.Data) == unbufferedStdout })
	if len(files) != 1 {
		return nil
	}
	data := files[0].Data
	if problem.Grader != nil {
		data = bytes.TrimPrefix(data, []byte(problem.Grader.BeforeSubmission))
	}
	return append([]byte{}, data...)
}
