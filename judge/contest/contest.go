// Package contest is the model of a contest that is graded offline: its settings, teams, problems and submissions,
// and the judgements that a grader stores. It is plain data, with the rules that need nothing else.
//
// The packages below it: read and clics make a Contest from files; store keeps it with its judgements in one file;
// score computes the scoreboard; grade judges what is not judged; output, page and clics write results.
package contest

import (
	"encoding/json"
	"time"

	"judge/problems"
)

// Contest is a contest as its files describe it. All ids are ids of the CLICS contest API: 1 to 36 characters of
// A-Z a-z 0-9 _ . -, without - or . at the beginning and without . at the end (see ID). It is stored as JSON.
type Contest struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	FormalName string `json:"formal_name,omitempty"`

	Start    time.Time     `json:"start"`    // with its zone; zero: not stated
	Duration time.Duration `json:"duration"` // 0: not stated, so that every submission is in time
	Freeze   time.Duration `json:"freeze"`   // before the end; 0: the scoreboard is never frozen
	Timed    bool          `json:"timed"`    // submissions have times; else Submission.Time is 0 and their order counts

	Scoring Scoring `json:"scoring"`

	Problems      []Problem      `json:"problems"` // by ordinal
	Teams         []Team         `json:"teams"`    // by id
	Organizations []Organization `json:"organizations,omitempty"`
	Groups        []Group        `json:"groups,omitempty"`
	Languages     []Language     `json:"languages,omitempty"` // those of the package; nil: those that are used
	Submissions   []Submission   `json:"submissions"`         // by Time, then by ID

	// Carried holds endpoints of a CLICS package that grading does not change, such as persons, accounts and
	// awards: each a JSON array, to be written again as it was read.
	Carried map[string]json.RawMessage `json:"carried,omitempty"`
	// Given are the judgements of a CLICS package, to compare with; nil: no judgements.
	Given []Given `json:"given,omitempty"`
	// Extra are the other members of the CLICS object, to be written again.
	Extra map[string]json.RawMessage `json:"extra,omitempty"`

	Dir string `json:"-"` // absolute path of the contest's directory; of an archive, where it was unpacked
	// Notes report what the reader left out or decided, for the user to check. They are not errors.
	Notes []*problems.Error `json:"-"`
}

// Scoring is how a scoreboard is computed.
type Scoring struct {
	Type    Type          `json:"type"`
	Penalty time.Duration `json:"penalty"` // pass-fail: for each rejected submission before the accepted one
	Best    Best          `json:"best"`    // of score contests
	Ties    Ties          `json:"ties"`    // of score contests
}

// Type is the CLICS scoreboard type.
type Type uint8

// The types; the zero value is that of the ICPC.
const (
	PassFail Type = iota
	Score
)

// Best is which of a team's submissions count in a score contest.
type Best uint8

// What counts for a team and problem.
const (
	BestSubmission Best = iota // the submission with the highest score
	BestPerGroup               // for each test group the highest score over all submissions
	LastSubmission             // the last submission
)

// Ties is how teams with equal scores are ranked in a score contest.
type Ties uint8

// How ties are broken.
const (
	ShareRank  Ties = iota // they share a rank
	TimeBreaks             // the team that reached its score earlier is first
)

// Problem is a problem of a contest. What its package says is in Package.
type Problem struct {
	ID      string `json:"id"`
	Label   string `json:"label"`
	Name    string `json:"name"` // "": that of the package
	Color   string `json:"color,omitempty"`
	RGB     string `json:"rgb,omitempty"`
	Package string `json:"package"` // path that formats.Open reads, relative to Contest.Dir or absolute
	// TimeLimit replaces that of the package; 0: that of the package applies.
	TimeLimit time.Duration `json:"time_limit,omitempty"`
	Facts     *Facts        `json:"facts,omitempty"` // nil: the package has not been opened
	// Extra are the other members of the CLICS object, to be written again.
	Extra map[string]json.RawMessage `json:"extra,omitempty"`
}

// Facts are what grading learned from a problem's package.
type Facts struct {
	Digest string `json:"digest"` // of all files of the package that judging depends on, in hexadecimal
	// Files are the beginnings of the digests of these files, by name, so that a change can be named.
	Files       map[string]string `json:"files,omitempty"`
	TimeLimit   time.Duration     `json:"time_limit"`
	MemoryLimit int64             `json:"memory_limit"` // bytes
	OutputLimit int64             `json:"output_limit"` // bytes
	CodeLimit   int64             `json:"code_limit"`   // bytes
	Tests       []Test            `json:"tests"`        // in the order in which they are judged
	MaxScore    float64           `json:"max_score"`    // 100 for a problem without points
	Points      bool              `json:"points"`       // tests score points; else AC is worth MaxScore
}

// Test is what results show of a test.
type Test struct {
	Name   string `json:"name"`
	Group  string `json:"group,omitempty"`
	Sample bool   `json:"sample,omitempty"`
}

// Team is a team.
type Team struct {
	ID           string   `json:"id"`
	Name         string   `json:"name"` // as it was found, with whatever characters
	DisplayName  string   `json:"display_name,omitempty"`
	Label        string   `json:"label,omitempty"`
	Organization string   `json:"organization,omitempty"` // id
	Groups       []string `json:"groups,omitempty"`       // ids
	Hidden       bool     `json:"hidden,omitempty"`       // on no scoreboard, award or page
	// Extra are the other members of the CLICS object, to be written again.
	Extra map[string]json.RawMessage `json:"extra,omitempty"`
}

// Organization is what teams belong to, such as a university.
type Organization struct {
	ID    string                     `json:"id"`
	Name  string                     `json:"name"`
	Extra map[string]json.RawMessage `json:"extra,omitempty"`
}

// Group is a group of teams.
type Group struct {
	ID     string                     `json:"id"`
	Name   string                     `json:"name"`
	Hidden bool                       `json:"hidden,omitempty"`
	Extra  map[string]json.RawMessage `json:"extra,omitempty"`
}

// Language is a language of a CLICS package.
type Language struct {
	ID         string                     `json:"id"`
	Name       string                     `json:"name"`
	EntryName  string                     `json:"entry_name,omitempty"` // entry_point_name; "": not required
	Extensions []string                   `json:"extensions,omitempty"`
	Extra      map[string]json.RawMessage `json:"extra,omitempty"`
}
