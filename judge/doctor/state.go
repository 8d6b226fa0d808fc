package doctor

import "fmt"

// State rates a check.
type State uint8

// The states, from good to bad. The zero value is unset, and no pass.
const (
	Unknown State = iota
	OK
	Note  // worth knowing; no action is needed
	Warn  // isolation is weaker than it could be, or timing is less stable
	Unfit // nothing can be judged
)

var states = [...]string{Unknown: "unknown", OK: "ok", Note: "note", Warn: "warn", Unfit: "unfit"}

// String returns the state's name.
func (s State) String() string {
	if int(s) >= len(states) {
		return states[Unknown]
	}
	return states[s]
}

// MarshalText writes the name. A check that nobody decided is an error.
func (s State) MarshalText() ([]byte, error) {
	if s == Unknown || int(s) >= len(states) {
		return nil, fmt.Errorf("a check has no state")
	}
	return []byte(s.String()), nil
}

// Group is what a check is about.
type Group uint8

// The groups, in the order of the table.
const (
	Host Group = iota
	Isolation
	Timing
	Languages
)

var groups = [...]string{Host: "host", Isolation: "isolation", Timing: "timing", Languages: "languages"}

// String returns the group's name.
func (g Group) String() string {
	if int(g) >= len(groups) {
		return "unknown"
	}
	return groups[g]
}

// MarshalText writes the name.
func (g Group) MarshalText() ([]byte, error) { return []byte(g.String()), nil }
