// Package report is the result of a judging: the schema of the report, and its renderers.
//
// A Report is plain data. The engine creates it in one place; the renderers (JSON, the verdict table) read it and
// nothing else, so a saved report can be rendered again.
//
// Names in it are unchanged. What programs wrote (logs, messages, stderr, interactions, differences) has been
// escaped. Renderers escape every text, as package text does, so a report may come from anywhere.
package report

import (
	"time"

	"judge/problems"
)

// Schema is the number of the report's format. Fields may be added; none changes its meaning without a new number.
const Schema = 1

// Report is the result of judging submissions to one problem on one machine. Times are in seconds, sizes in bytes.
type Report struct {
	Schema      int          `json:"schema"`
	Judge       Build        `json:"judge"`
	Began       *time.Time   `json:"began"`   // null: the report is part of another one, which states it
	Partial     bool         `json:"partial"` // the judging was interrupted: what had not run is SKIP
	Machine     Machine      `json:"machine"`
	Problem     Problem      `json:"problem"`
	Submissions []Submission `json:"submissions"`
}

// Machine describes the host of a session.
type Machine struct {
	CPU       string `json:"cpu"`
	Kernel    string `json:"kernel"`
	Cores     []int  `json:"cores"`     // CPU numbers that ran tests, one at a time on each
	JudgeOn   []int  `json:"judge_on"`  // CPU numbers that the judge itself used; null: it shared those of the tests
	Exclusive bool   `json:"exclusive"` // no other process could run on the cores of the tests
	Cgroup    string `json:"cgroup"`    // "v1" or "v2"
	Isolation string `json:"isolation"` // "full", or the weaker level that the user chose
	// Speed is how fast a core is next to the reference, see docs/timing.md: 2 is twice as fast. 0: not measured.
	Speed float64 `json:"speed"`
}

// Problem is the problem of a judging.
type Problem struct {
	Name   string `json:"name"`
	Path   string `json:"path"`
	Limits Limits `json:"limits"`
	Tests  int    `json:"tests"`
}

// Limits are the limits in force, in the units of the spec: seconds, MiB and, for code, KiB.
type Limits struct {
	TimeLimit         float64 `json:"time_limit"`
	WallTime          float64 `json:"wall_time"`
	Memory            float64 `json:"memory"`
	Output            float64 `json:"output"`
	Processes         int     `json:"processes"`
	CompilationTime   float64 `json:"compilation_time"`
	CompilationMemory float64 `json:"compilation_memory"`
	Code              float64 `json:"code"`
}

// LimitsOf returns a problem's limits in the units of a report.
func LimitsOf(l problems.Limits) Limits {
	mib := func(b problems.Bytes) float64 { return float64(b) / float64(problems.MiB) }
	return Limits{
		TimeLimit: l.Time.Seconds(), WallTime: l.Wall.Seconds(), Memory: mib(l.Memory), Output: mib(l.Output),
		Processes: l.Processes, Code: float64(l.Code) / float64(problems.KiB),
		CompilationTime: l.CompilationTime.Seconds(), CompilationMemory: mib(l.CompilationMemory),
	}
}

// Submission is one submission's result. Verdict is that of the first test that was not accepted.
type Submission struct {
	Path           string             `json:"path"` // as the user gave it, with whatever characters
	Language       string             `json:"language"`
	Verdict        problems.Verdict   `json:"verdict"`
	Reason         Reason             `json:"reason"`
	Score          *float64           `json:"score"`       // null: the problem has no points, or Unfinished
	Worth          float64            `json:"worth"`       // the most that can be scored
	Groups         []Group            `json:"groups"`      // with points, in the problem's order; null: none
	Expected       []problems.Verdict `json:"expected"`    // null: not stated
	AsExpected     *bool              `json:"as_expected"` // null: not stated, or Unfinished
	Unmet          []Unmet            `json:"unmet"`       // the author's expectations that are not met; null: none
	Unfinished     bool               `json:"unfinished"`  // an interruption has kept tests from being run
	MaxCPUSeconds  float64            `json:"max_cpu_seconds"`
	MaxMemoryBytes int64              `json:"max_memory_bytes"`
	Compile        Compile            `json:"compile"`
	Tests          []Test             `json:"tests"`
}

// Unmet is an expectation that a result does not meet. In JSON it is the text.
type Unmet struct {
	Test string // the test that shows it; "" if no single one does
	Text string
}

// MarshalText returns the text.
func (u Unmet) MarshalText() ([]byte, error) { return []byte(u.Text), nil }

// UnmarshalText reads the text; the test is not known then.
func (u *Unmet) UnmarshalText(from []byte) error {
	u.Text = string(from)
	return nil
}

// Group is what a submission has scored in a group of tests.
type Group struct {
	Name         string           `json:"name"`
	Points       float64          `json:"points"` // the maximum
	Score        float64          `json:"score"`  // the points scored
	Verdict      problems.Verdict `json:"verdict"`
	Reason       Reason           `json:"reason"`
	Test         string           `json:"test"`  // the first that was not accepted; "" when all were
	MissingGroup string           `json:"lacks"` // a required group that did not pass; "" if there is none
}

// Compile is how the submission's compilation went. Log is escaped (see package text) and capped.
type Compile struct {
	OK      bool    `json:"ok"`
	Cached  bool    `json:"cached"`
	Seconds float64 `json:"seconds"` // wall time; 0 when cached or when there was nothing to compile
	Linking string  `json:"linking"` // "static" or "dynamic"; "" where the language's compiler decides
	Log     string  `json:"log" text:"lines"`
	Error   string  `json:"error"` // the first error in Log, in one line; "" without one
	File    string  `json:"file"`  // the submission's file that the error is in; "" when unknown
	Line    int     `json:"line"`  // of that file, from 1; 0 when unknown
}

// Test is the result of one test case.
type Test struct {
	Name        string           `json:"name"`
	Group       string           `json:"group"`
	Verdict     problems.Verdict `json:"verdict"`
	Reason      Reason           `json:"reason"`
	CPUSeconds  float64          `json:"cpu_seconds"`
	WallSeconds float64          `json:"wall_seconds"`
	MemoryBytes int64            `json:"memory_bytes"`
	OutputBytes int64            `json:"output_bytes"`
	ExitCode    int              `json:"exit_code"`
	Signal      string           `json:"signal"` // "SIGSEGV"; "" without one
	Core        int              `json:"core"`   // CPU number; -1 when it did not run
	Rerun       bool             `json:"rerun"`
	// Cached reports that the result is that of an earlier run, or of an earlier equal test.
	Cached  bool   `json:"cached"`
	Message string `json:"message"`             // of the checker or the judge, cleaned and capped
	Stderr  string `json:"stderr" text:"lines"` // the beginning of it, cleaned and capped; "" for an accepted test
	// Interaction is the beginning and the end of what submission (>) and interactor (<) wrote, with the seconds;
	// cleaned.
	Interaction string      `json:"interaction" text:"lines"`
	Score       *float64    `json:"score"`      // a share of what the test is worth, 0 to 1, by the checker; null: none
	Points      *float64    `json:"points"`     // of the test, by the checker; null: it gave none
	Difference  *Difference `json:"difference"` // null unless the verdict is WA by a built-in checker
	// Input, Output and Answer are the beginnings of the files of a failed test, by Head; null for other tests. Output is
	// null, too, where a program of the problem reads it as it is written: Interaction has it then.
	Input  *string `json:"input" text:"lines"`
	Output *string `json:"output" text:"lines"`
	Answer *string `json:"answer" text:"lines"`
}

// Difference is the first place where output and answer differ; positions count from 1 in the output, 0: does not
// apply. Expected and Got are cleaned excerpts; ExpectedEnd and GotEnd say that the answer or the output had ended
// there.
type Difference struct {
	Line        int    `json:"line"`
	Column      int    `json:"column"`
	Token       int    `json:"token"`
	Expected    string `json:"expected"`
	Got         string `json:"got"`
	ExpectedEnd bool   `json:"expected_end"`
	GotEnd      bool   `json:"got_end"`
}
