package stress

import (
	"strings"

	"judge/judge/report"
)

// Report returns the report of one submission on the input that was found, for a table.
func (s Search) Report(f *Found, m report.Machine) *report.Report {
	p := s.Problem
	test := f.Test
	test.Name = "random"
	return &report.Report{
		Schema: report.Schema, Judge: report.ThisBuild(), Machine: m,
		Problem: report.Problem{Name: p.Name, Path: p.Path, Limits: report.LimitsOf(p.Limits), Tests: 1},
		Submissions: []report.Submission{{
			Path: f.Submission, Language: f.Language, Verdict: test.Verdict, Reason: test.Reason, Compile: f.Compile,
			MaxCPUSeconds: test.CPUSeconds, MaxMemoryBytes: test.MemoryBytes, Tests: []report.Test{test},
		}},
	}
}

// JSON is a result as JSON. Input, Answer and Output are at most 1 MiB each; bytes that are not UTF-8 become U+FFFD.
type JSON struct {
	Schema  int        `json:"schema"`
	Seed    uint64     `json:"seed"`
	Inputs  int64      `json:"inputs"`
	Runs    int64      `json:"runs"`
	Seconds float64    `json:"seconds"`
	Failure *FoundJSON `json:"failure"` // null: none failed
	Slowest *FoundJSON `json:"slowest"` // null: not requested
	Notes   []string   `json:"notes"`
}

// FoundJSON is an input that was found, as JSON.
type FoundJSON struct {
	Submission string      `json:"submission"`
	Draw       int64       `json:"draw"`
	Command    string      `json:"command"` // the generator and its arguments
	Edited     bool        `json:"edited"`  // the command makes a larger input, of which this is a part
	Test       report.Test `json:"test"`
	InputBytes int         `json:"input_bytes"`
	DrawnBytes int         `json:"drawn_bytes"` // of the input before it was shrunk
	Input      string      `json:"input"`
	Answer     string      `json:"answer"`
	Output     string      `json:"output"`
}

// JSON returns the result as JSON.
func (r *Result) JSON() JSON {
	j := JSON{
		Schema: 1, Seed: r.Seed, Inputs: r.Drawn, Runs: r.Runs, Seconds: r.Seconds, Failure: r.Failure.json(),
		Slowest: r.Slowest.json(), Notes: r.Notes,
	}
	if j.Notes == nil {
		j.Notes = []string{}
	}
	return j
}

func (f *Found) json() *FoundJSON {
	if f == nil {
		return nil
	}
	return &FoundJSON{
		Submission: f.Submission, Draw: f.Draw, Command: f.Command(), Edited: f.Edited, Test: f.Test,
		InputBytes: len(f.Input), DrawnBytes: f.Drew,
		Input: bounded(f.Input), Answer: bounded(f.Answer), Output: bounded(f.Output),
	}
}

func bounded(data []byte) string {
	return strings.ToValidUTF8(string(data[:min(len(data), maxOutput)]), "\uFFFD")
}
