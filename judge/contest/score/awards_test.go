package score

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"judge/judge/contest"
	"judge/problems"
)

// solvers makes a board on which team 1 solved so many problems, team 2 so many, and so on; each needs as many minutes.
func solvers(minutes int, solved ...int) *sample {
	s := newSample(contest.PassFail)
	s.Contest.Problems = nil
	for i := range 10 {
		s.Contest.Problems = append(s.Contest.Problems, contest.Problem{ID: fmt.Sprint(i), Label: fmt.Sprint(i)})
	}
	for i, n := range solved {
		id := fmt.Sprint(i + 1)
		s.Contest.Teams = append(s.Contest.Teams, contest.Team{ID: id, Name: fmt.Sprintf("%03d", i+1)})
		for p := range n {
			s.submit(id, fmt.Sprint(p), time.Duration(i*minutes)*minute, problems.AC)
		}
	}
	return s
}

func awardsOf(s *sample) map[string]string {
	all := map[string]string{}
	for _, a := range Awards(&s.Contest, s.board()) {
		all[a.ID] = strings.Join(a.Teams, " ")
	}
	return all
}

func TestAwards(t *testing.T) {
	for _, one := range []struct {
		name string
		s    *sample
		want map[string]string
	}{
		{"nobody has solved anything", solvers(1, 0, 0, 0), map[string]string{
			"winner": "", "gold-medal": "", "first-to-solve-0": ""}},
		{"only teams that solved a problem get medals", solvers(1, 2, 1, 0), map[string]string{
			"winner": "1", "gold-medal": "1 2", "silver-medal": "", "bronze-medal": "",
			"first-to-solve-0": "1", "first-to-solve-1": "1", "first-to-solve-2": "", "highest-honors": "-"}},
		{"ties share a medal and leave a gap", solvers(0, 9, 8, 7, 6, 6, 5, 4, 3, 2, 1, 1, 1), map[string]string{
			"winner": "1", "gold-medal": "1 2 3 4 5", "silver-medal": "6 7 8", "bronze-medal": "9 10 11 12"}},
		{"below the median nobody is ranked", solvers(1, 9, 9, 9, 9, 8, 8, 8, 8, 7, 7, 7, 6, 6, 6, 5, 4, 4, 3, 0),
			map[string]string{
				"gold-medal": "1 2 3 4", "silver-medal": "5 6 7 8", "bronze-medal": "9 10 11 12",
				"rank-13": "-", "highest-honors": "1 2 3 4 5 6 7 8 9 10 11 12", "high-honors": "-",
				"honorable-mention": "13 14 15 16 17 18 19"}},
		{"honors", solvers(1, 9, 9, 9, 9, 8, 8, 8, 8, 7, 7, 7, 6, 5, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4),
			map[string]string{"rank-13": "13", "rank-14": "14 15 16 17 18 19 20 21 22 23 24 25 26",
				"highest-honors": "1 2 3 4 5 6 7 8 9 10 11 12", "high-honors": "13",
				"honors": "14 15 16 17 18 19 20 21 22 23 24 25 26", "honorable-mention": "-"}},
	} {
		t.Run(one.name, func(t *testing.T) {
			got := awardsOf(one.s)
			for id, want := range one.want {
				teams, there := got[id]
				if !there {
					teams = "-"
				}
				if teams != want {
					t.Errorf("%s: expected %q, got %q", id, want, teams)
				}
			}
		})
	}
}

func TestGroupWinners(t *testing.T) {
	s := solvers(1, 3, 2, 2, 0)
	s.Contest.Groups = []contest.Group{
		{ID: "n", Name: "North"}, {ID: "s", Name: "South"}, {ID: "x", Hidden: true}, {ID: "e"},
	}
	s.Contest.Teams[1].Groups, s.Contest.Teams[2].Groups = []string{"n"}, []string{"n"}
	s.Contest.Teams[3].Groups = []string{"s"}
	got := awardsOf(s)
	if got["group-winner-n"] != "2" || got["group-winner-s"] != "" || got["group-winner-e"] != "" {
		t.Errorf("got %v", got)
	}
	if _, there := got["group-winner-x"]; there {
		t.Error("a hidden group has an award")
	}
}

func TestAwardIDsAreIDs(t *testing.T) {
	s := solvers(1, 1)
	s.Contest.Problems[0].ID = strings.Repeat("p", 36)
	for _, a := range Awards(&s.Contest, s.board()) {
		if !contest.ValidID(a.ID) || a.Citation == "" || a.Teams == nil {
			t.Errorf("%+v: expected a valid id, a citation and a list", a)
		}
	}
}

func TestAwardsOfLongIDsKeepTheirPrefix(t *testing.T) {
	s := solvers(1, 1)
	s.Contest.Problems[0].ID = strings.Repeat("p", 36)
	s.Contest.Groups = []contest.Group{{ID: strings.Repeat("g", 35) + "1"}, {ID: strings.Repeat("g", 35) + "2"}}
	count := map[string]int{}
	for id := range awardsOf(s) {
		for _, prefix := range []string{"first-to-solve-", "group-winner-"} {
			if strings.HasPrefix(id, prefix) {
				count[prefix]++
			}
		}
	}
	if count["first-to-solve-"] != len(s.Contest.Problems) || count["group-winner-"] != 2 {
		t.Errorf("expected a prefix for every problem and group, got %v", awardsOf(s))
	}
}

func TestUntimedContestsHaveNoFirstToSolve(t *testing.T) {
	s := solvers(0, 1, 1)
	s.Contest.Timed = false
	for _, a := range Awards(&s.Contest, s.board()) {
		if strings.HasPrefix(a.ID, "first-to-solve") {
			t.Errorf("got %+v", a)
		}
	}
}

func TestMedalsHaveNames(t *testing.T) {
	if got := fmt.Sprint(NoMedal, Bronze, Silver, Gold); got != "none bronze silver gold" {
		t.Errorf("got %s", got)
	}
}
