package contest

import (
	"encoding/json"
	"time"

	"judge/judge/report"
	"judge/problems"
)

// Submission is a submission of a team to a problem.
type Submission struct {
	ID       string        `json:"id"`
	Team     string        `json:"team"`               // id
	Problem  string        `json:"problem"`            // id
	Language string        `json:"language,omitempty"` // as the contest names it; "": by the files
	Entry    string        `json:"entry,omitempty"`    // entry point; "": by the rules of the language
	Time     time.Duration `json:"time"`               // since the start of the contest
	At       time.Time     `json:"at"`                 // the same as a moment; zero: unknown
	Path     string        `json:"path"`               // file, directory or zip, relative to Contest.Dir and within it
	// Fault is why it has nothing to judge: its judgement is Fault.Verdict, CE or JE. nil: it can be judged.
	Fault *Fault `json:"fault,omitempty"`
	// Extra are the other members of the CLICS object, to be written again.
	Extra map[string]json.RawMessage `json:"extra,omitempty"`
}

// Fault is what is wrong with one submission before it is judged.
type Fault struct {
	// Verdict is CE for a fault of the team, such as an unknown language, and JE for one of the jury, such as a missing
	// file.
	Verdict problems.Verdict `json:"verdict"`
	Reason  report.Reason    `json:"reason"`
}

// Given is a judgement of a contest's own judging system.
type Given struct {
	Submission string        `json:"submission"`
	Type       string        `json:"type"` // a CLICS judgement type: AC, WA, RTE, ...; "": pending
	Score      *float64      `json:"score,omitempty"`
	Start      time.Duration `json:"start"`
}

// Judgement is the result of judging one submission in one round.
type Judgement struct {
	Submission string           `json:"submission"`
	Round      int              `json:"round"`
	Verdict    problems.Verdict `json:"verdict"`
	Reason     report.Reason    `json:"reason"`
	Score      *float64         `json:"score"`            // nil: the problem has no points
	Groups     []GroupScore     `json:"groups,omitempty"` // of a problem with points
	Language   string           `json:"language"`         // id in the judge's table; "": not found
	CPU        time.Duration    `json:"cpu"`              // the most of one test
	Memory     int64            `json:"memory"`           // bytes, the most of one test
	Started    time.Time        `json:"started"`
	Ended      time.Time        `json:"ended"`
	Machine    string           `json:"machine"`  // its name; "" if unknown
	Package    string           `json:"package"`  // digest of the problem's package
	Source     string           `json:"source"`   // digest of the submission's files
	Log        string           `json:"log"`      // of the compiler if the verdict is CE; escaped and capped
	Evidence   string           `json:"evidence"` // of the first failed test, in one line; "": accepted
	Runs       []Run            `json:"-"`        // one for each test that ran or was skipped, in order; stored apart
}

// GroupScore is what a judgement scores in a group of tests.
type GroupScore struct {
	Name   string  `json:"name"`
	Points float64 `json:"points"` // the maximum
	Score  float64 `json:"score"`
}

// Run is the result of one test of a judgement.
type Run struct {
	Test    int              `json:"test"` // ordinal, from 1
	Verdict problems.Verdict `json:"verdict"`
	Reason  report.Reason    `json:"reason"`
	CPU     time.Duration    `json:"cpu"`
	Wall    time.Duration    `json:"wall"`
	Memory  int64            `json:"memory"` // bytes
	Output  int64            `json:"output"` // bytes
	Rerun   bool             `json:"rerun"`
	Message string           `json:"message"` // cleaned and capped
}

// RunsOf are the runs of one judgement, as the store streams them.
type RunsOf struct {
	Submission string `json:"submission"` // id
	Round      int    `json:"round"`
	Runs       []Run  `json:"runs"` // by test
}

// Round is a set of judgements that count together.
type Round struct {
	ID        int       `json:"id"` // from 1
	Kind      RoundKind `json:"kind"`
	Selection Selection `json:"selection"`
	Opened    time.Time `json:"opened"`
	Applied   time.Time `json:"applied"`   // zero: its judgements do not count
	Cancelled time.Time `json:"cancelled"` // zero: it has not been cancelled
}

// RoundKind is what a round is for.
type RoundKind uint8

// The kinds of rounds.
const (
	FirstRound RoundKind = iota // the judging of every submission; it counts from the beginning
	Rejudge                     // counts once it is applied
	Audit                       // never counts; it is compared
	Shadow                      // never counts; it is compared
)
