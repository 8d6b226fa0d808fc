package isolate

import (
	"fmt"
	"slices"
	"strings"
)

// Level names how strong the isolation is.
type Level uint8

// The levels, the strongest first.
const (
	// Full is every namespace, a control group, the system call filter, and a user of each jail's own.
	Full Level = iota
	// OneUser is as Full, but every program runs as the user who runs the judge, and keeps that user's supplementary
	// groups: of a program that gets out of its jail, or finds a file in it that only this user may read, nothing
	// else holds. It is what an ordinary user without subordinate ids can have.
	OneUser
)

var levels = [...]string{Full: "full", OneUser: "one-user"}

// Levels lists the names, the strongest first.
func Levels() []string { return slices.Clone(levels[:]) }

// String returns the level's name as reports show it and ParseLevel takes it.
func (l Level) String() string {
	if int(l) >= len(levels) {
		return "unknown"
	}
	return levels[l]
}

// ParseLevel returns the level with that name.
func ParseLevel(name string) (Level, error) {
	i := slices.Index(levels[:], name)
	if i < 0 {
		return Full, fmt.Errorf("there is no isolation level %q: the levels are %s", name, strings.Join(levels[:], ", "))
	}
	return Level(i), nil
}
