package cms

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"judge/problems"
	"judge/problems/folder"
)

// params returns the parameters of a task type: a list in protocol 2, a JSON text of names and values in protocol 1.
func (e export) params() (list []any, named map[string]any) {
	given, text := []byte(e.Params), ""
	if json.Unmarshal(given, &text) == nil {
		given = []byte(text)
	}
	if json.Unmarshal(given, &list) != nil {
		json.Unmarshal(given, &named) //nolint:errcheck // the defaults apply then, as in the loader
	}
	return list, named
}

// batchAndOutput passes the checker the kind of submission of each test. A program scores nothing on a test that
// accepts only outputs.
func (r *reader) batchAndOutput(from string) {
	r.problem.SomeOutputs = true
	for i := range r.problem.Tests {
		t := &r.problem.Tests[i]
		t.Args = []string{map[bool]string{true: "outputonly", false: "batch"}[t.NeedsOutput]}
	}
	r.problem.Remarks = append(r.problem.Remarks, r.folder.Fault(from, 0,
		"submissions are judged as programs only: submitting outputs is not supported", ""))
}

// batch reads the parameters of Batch.
func (r *reader) batch(given export) error {
	list, named := given.params()
	compilation := "grader"
	var input, output string
	if len(list) > 0 {
		compilation, _ = list[0].(string)
	}
	if len(list) > 1 {
		if both, ok := list[1].([]any); ok && len(both) == 2 {
			input, _ = both[0].(string)
			output, _ = both[1].(string)
		}
	}
	for key, to := range map[string]*string{
		"compilation": &compilation, "io_0_inputfile": &input, "io_1_outputfile": &output,
	} {
		for _, kind := range []string{"Batch", "BatchAndOutput"} {
			if value, ok := named["task_type_parameters_"+kind+"_"+key].(string); ok {
				*to = value
			}
		}
	}
	if strings.Contains(input+output, "/") {
		return r.folder.Fault(ExportFile, 0, "a file name contains a slash: expected a name without a directory", "")
	}
	r.problem.Files = problems.FileNames{Input: input, Output: output}
	if compilation != "grader" {
		return nil
	}
	return r.grader("graders", "grader", given.Code)
}

// communication reads the parameters of Communication.
func (r *reader) communication(given export) error {
	list, named := given.params()
	processes, streams := 1.0, false
	if len(list) > 0 {
		processes, _ = list[0].(float64)
	}
	if len(list) > 2 {
		streams = list[2] == "std_io"
	}
	for _, key := range []string{"task_type_parameters_Communication_num_processes"} {
		if value, ok := named[key].(float64); ok {
			processes = value
		}
	}
	if list == nil {
		streams = true // protocol 1: ["...", "stub", "std_io"]
	}
	if err := r.processes(processes); err != nil {
		return err
	}
	source, err := r.program("graders/manager", "manager/manager")
	if err != nil {
		return err
	}
	if source == "" {
		return r.folder.Fault("graders", 0, "no manager.cpp", "")
	}
	r.problem.Manager = &problems.Manager{
		External: problems.External{Path: source, Protocol: problems.CMS}, Processes: int(processes), Streams: streams,
	}
	for _, stem := range []string{"stub", "grader"} {
		if err := r.grader("graders", stem, given.Code); err != nil || r.problem.Grader != nil {
			return err
		}
	}
	return nil
}

// processes checks the number of processes of a submission.
func (r *reader) processes(n float64) error {
	if n < 1 || n > 64 || n != math.Trunc(n) {
		return r.folder.Fault(ExportFile, 0, fmt.Sprintf("%v processes: expected 1 to 64", n), "")
	}
	return nil
}

// italianOutputs reads the lists of the numbers of tests for which outputs can be submitted.
func (r *reader) italianOutputs(yaml *folder.Document) error {
	found := false
	for _, key := range []string{"output_only_testcases", "output_optional_testcases"} {
		list := ""
		if err := yaml.Get(key, &list); err != nil {
			return err
		}
		if strings.TrimSpace(list) == "" {
			continue
		}
		found = true
		for number := range strings.SplitSeq(list, ",") {
			i, err := strconv.Atoi(strings.TrimSpace(number))
			if err != nil || i < 0 || i >= len(r.problem.Tests) {
				what := fmt.Sprintf("%q is not the number of a test", number)
				return yaml.Fault(key, what, "write numbers from 0, separated by commas")
			}
			if key == "output_only_testcases" {
				r.problem.Tests[i].NeedsOutput = true
			}
		}
	}
	if found {
		r.batchAndOutput(ItalianFile)
	}
	return nil
}
