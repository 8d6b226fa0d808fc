package score

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"judge/judge/contest"
)

// Award is an award of the CLICS contest API.
type Award struct {
	ID       string   // winner, gold-medal, first-to-solve-A, ...
	Citation string   // in English, for people
	Teams    []string // ids, by rank
}

// The awards whose ids do not depend on the contest.
const (
	winner           = "winner"
	goldMedal        = "gold-medal"
	silverMedal      = "silver-medal"
	bronzeMedal      = "bronze-medal"
	highestHonors    = "highest-honors"
	highHonors       = "high-honors"
	honors           = "honors"
	honorableMention = "honorable-mention"
)

// Awards returns the awards that a scoreboard gives. They are final only if the board has nothing pending.
//
// The winner, the medals, first-to-solve-ID and group-winner-ID are always listed, without teams until a team wins
// them. rank-N and the honors are those of the CCS rules for pass-fail contests of at least 12 teams, and are listed
// only if a team receives them: teams behind the medals are ranked by problems solved alone, and not at all below the
// median.
func Awards(c *contest.Contest, b Board) []Award {
	awards := []Award{
		{winner, "Contest winner", b.teams(func(r Row) bool { return r.Rank == 1 && b.scored(r) })},
		{goldMedal, "Gold medal winner", b.teams(func(r Row) bool { return MedalOf(b, r) == Gold })},
		{silverMedal, "Silver medal winner", b.teams(func(r Row) bool { return MedalOf(b, r) == Silver })},
		{bronzeMedal, "Bronze medal winner", b.teams(func(r Row) bool { return MedalOf(b, r) == Bronze })},
	}
	if b.Timed {
		for i, p := range b.Problems {
			awards = append(awards, Award{awardID("first-to-solve-", p.Problem.ID), "First to solve problem " +
				p.Problem.Label, b.teams(func(r Row) bool { return r.Cells[i].First })})
		}
	}
	for _, g := range c.Groups {
		if !g.Hidden {
			awards = append(awards, Award{awardID("group-winner-", g.ID), "Winner of group " + g.Name,
				b.winnersOf(g.ID)})
		}
	}
	if b.Type == contest.PassFail {
		awards = append(awards, b.honors()...)
	}
	return awards
}

// awardID returns the id of the award of a problem or a group. Readers recognise the award by its prefix, so that only
// the rest is shortened if both together are too long for an id.
func awardID(prefix, id string) string {
	if contest.ValidID(prefix + id) {
		return prefix + id
	}
	sum := sha256.Sum256([]byte(id))
	return prefix + hex.EncodeToString(sum[:8])
}

// teams returns the ids of the teams whose rows are chosen, by rank.
func (b Board) teams(chosen func(Row) bool) []string {
	ids := []string{}
	for _, r := range b.Rows {
		if chosen(r) {
			ids = append(ids, r.Team.ID)
		}
	}
	return ids
}

// scored reports whether a team has solved a problem, or scored in a score contest.
func (b Board) scored(r Row) bool {
	if b.Type == contest.PassFail {
		return r.Solved > 0
	}
	return r.Score > 0
}

// winnersOf returns the teams of a group that are ranked best among its teams.
func (b Board) winnersOf(group string) []string {
	isIn := func(r Row) bool { return slices.Contains(r.Team.Groups, group) }
	first := slices.IndexFunc(b.Rows, isIn)
	return b.teams(func(r Row) bool { return isIn(r) && r.Rank == b.Rows[first].Rank && b.scored(r) })
}

// Medal is a medal.
type Medal uint8

// The medals; the zero value is no medal.
const (
	NoMedal Medal = iota
	Bronze
	Silver
	Gold
)

// String returns "gold", "silver", "bronze" or "none".
func (m Medal) String() string { return [...]string{"none", "bronze", "silver", "gold"}[min(m, Gold)] }

// The last ranks of each medal, by the CCS rules.
const (
	lastGold   = 4
	lastSilver = 8
	lastBronze = 12
)

// MedalOf returns the medal of a row: gold for ranks 1 to 4, silver for 5 to 8, bronze for 9 to 12; none for a team
// that has solved or scored nothing. Teams that share a rank share its medal.
func MedalOf(b Board, r Row) Medal {
	switch {
	case !b.scored(r) || r.Rank > lastBronze:
		return NoMedal
	case r.Rank <= lastGold:
		return Gold
	case r.Rank <= lastSilver:
		return Silver
	}
	return Bronze
}

// honors returns rank-N and the honors. The teams of the ranks 1 to 12 are ranked as on the scoreboard. Of the others,
// those that solved fewer problems than the median team are not ranked, and the rest are ranked by problems solved.
// A team that solved nothing is not ranked.
func (b Board) honors() []Award {
	if len(b.Rows) < lastBronze || !b.scored(b.Rows[0]) {
		return nil
	}
	median, top12, last := b.Rows[len(b.Rows)/2].Solved, b.lastOfTop(), 0
	var ranks []Award
	by := map[string][]string{}
	for i, r := range b.Rows {
		honor, top := honorableMention, r.Rank <= lastBronze
		if b.scored(r) && (top || r.Solved >= median) {
			honor = honorOf(top12 - r.Solved)
		}
		if !top && honor != honorableMention {
			if r.Solved != last {
				ranks = append(ranks, Award{ID: fmt.Sprintf("rank-%d", i+1), Citation: fmt.Sprintf("Rank %d", i+1)})
			}
			last = r.Solved
			ranks[len(ranks)-1].Teams = append(ranks[len(ranks)-1].Teams, r.Team.ID)
		}
		by[honor] = append(by[honor], r.Team.ID)
	}
	for _, a := range []Award{
		{ID: highestHonors, Citation: "Highest honors"}, {ID: highHonors, Citation: "High honors"},
		{ID: honors, Citation: "Honors"}, {ID: honorableMention, Citation: "Honorable mention"},
	} {
		if a.Teams = by[a.ID]; a.Teams != nil {
			ranks = append(ranks, a)
		}
	}
	return ranks
}

// lastOfTop returns the problems solved by the last team of ranks 1 to 12 that solved at least one.
func (b Board) lastOfTop() (solved int) {
	for _, r := range b.Rows {
		if r.Rank <= lastBronze && b.scored(r) {
			solved = r.Solved
		}
	}
	return solved
}

// honorOf returns the honor of a ranked team, by how many problems fewer it solved than the team of lastOfTop.
func honorOf(fewer int) string {
	switch {
	case fewer <= 0:
		return highestHonors
	case fewer == 1:
		return highHonors
	}
	return honors
}
