package contest

import "time"

// Results are a contest and what has been judged of it: all that renderers get. They hold no runs; those are read
// from the store when an output needs them.
type Results struct {
	Contest Contest
	Rounds  []Round
	// Judgements are those that count: of each submission the judgement of its last applied round. A submission
	// without one is not judged. A judgement with the verdict JE is pending.
	Judgements map[string]*Judgement // by submission id
	Machines   []Machine
	Differ     []Disagreement
	Judge      string // version of the judge that wrote the results last
}

// Machine is a host that has judged.
type Machine struct {
	ID        int
	Name      string
	Class     Class
	FirstSeen time.Time
	LastSeen  time.Time
}

// Class is what machines must have in common so that their judgements can be compared.
type Class struct {
	ID        int
	CPU       string
	Kernel    string
	Cgroup    string // v1 or v2
	Isolation string
	Toolchain string // digest of the versions of the compilers
	Judge     string // digest of the judge
	Speed     float64
}

// Disagreement is a second judgement that differs from the one that counts.
type Disagreement struct {
	Submission string
	Machine    string
	First      string // verdict
	Second     string // verdict
	At         time.Time
}
