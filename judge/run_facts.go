package judge

import (
	"fmt"

	"judge/isolate"
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
