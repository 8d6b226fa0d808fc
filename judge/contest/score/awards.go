package score

import "judge/judge/contest"

// Award is an award of the CLICS contest API.
type Award struct {
	ID       string   // winner, gold-medal, first-to-solve-A, ...
	Citation string   // in English, for people
	Teams    []string // ids, by rank
}

// Awards returns the awards that a scoreboard gives. It is final only if the board has nothing pending.
func Awards(c *contest.Contest, b Board) []Award { return nil }

// Medal is a medal.
type Medal uint8

// The medals; the zero value is none.
const (
	NoMedal Medal = iota
	Bronze
	Silver
	Gold
)

// String returns "gold", "silver", "bronze" or "none".
func (m Medal) String() string { return [...]string{"none", "bronze", "silver", "gold"}[min(m, Gold)] }

// MedalOf returns the medal of a row: gold for ranks 1 to 4, silver for 5 to 8, bronze for 9 to 12; none for a team
// that has solved or scored nothing. Teams that share a rank share its medal.
func MedalOf(b Board, r Row) Medal { return NoMedal }
