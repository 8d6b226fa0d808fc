package page

import (
	"fmt"

	"judge/judge/contest"
	"judge/problems"
)

// machines are the hosts that judged, and where they disagree.
type machines struct {
	Rows        []machineView
	Differ      []differView
	MoreDiffers int
}

type machineView struct {
	Name, CPU, System, Isolation string
	Toolchain, Judge, Speed      string
	FirstSeen, LastSeen          string
	Class                        int
	Judgements                   int // those that count
}

type differView struct{ ID, Team, Problem, Machine, First, Second, At string }

func machinesOf(s *shown) machines {
	var made machines
	counts := map[string]int{}
	for _, j := range s.Judgements {
		counts[j.Machine]++
	}
	for _, m := range s.Machines {
		c := m.Class
		view := machineView{
			Name: name(m.Name), CPU: name(c.CPU), Isolation: name(c.Isolation), Class: c.ID,
			System:    fmt.Sprintf("Linux %s, cgroup %s", name(c.Kernel), name(c.Cgroup)),
			Toolchain: short(name(c.Toolchain)), Judge: short(name(c.Judge)),
			FirstSeen: moment(s, m.FirstSeen), LastSeen: moment(s, m.LastSeen), Judgements: counts[m.Name],
		}
		if c.Speed > 0 {
			view.Speed = points(c.Speed)
		}
		made.Rows = append(made.Rows, view)
	}
	for i, d := range s.Differ {
		if i == maxListed {
			made.MoreDiffers = len(s.Differ) - maxListed
			break
		}
		one := s.listed[d.Submission]
		made.Differ = append(made.Differ, differView{
			name(d.Submission), s.team(one.Team), s.label(one.Problem), name(d.Machine), name(d.First), name(d.Second),
			moment(s, d.At),
		})
	}
	return made
}

// pending is what has no verdict, and why.
type pending struct {
	Count    int // submissions
	Waiting  int
	Running  int
	Frozen   int
	Since    string // the contest time from which submissions are frozen
	Problems []pendingProblem
	Faults   []faultView
	More     int // faults that are not listed
}

type pendingProblem struct {
	Label, Name string
	Count       int
}

// faultView is a submission that could not be judged.
type faultView struct{ ID, Team, Problem, Why string }

func pendingOf(s *shown, live Live) pending {
	made := pending{Since: clock(s.Contest.Duration - s.Contest.Freeze)}
	running, waiting := map[string]bool{}, map[string]int{}
	for _, id := range live.Running {
		running[id] = true
	}
	for _, one := range s.Contest.Submissions {
		j := s.Judgements[one.ID]
		switch {
		case s.frozen[one.ID]:
			made.Frozen++
		case j != nil && j.Verdict == problems.JE:
			made.fault(s, one, j)
		case j != nil:
			continue
		case running[one.ID]:
			made.Running++
		default:
			made.Waiting++
			waiting[one.Problem]++
		}
		made.Count++
	}
	for _, p := range s.Contest.Problems {
		if n := waiting[p.ID]; n > 0 {
			made.Problems = append(made.Problems, pendingProblem{s.label(p.ID), name(p.Name), n})
		}
	}
	return made
}

func (p *pending) fault(s *shown, one contest.Submission, j *contest.Judgement) {
	if len(p.Faults) == maxListed {
		p.More++
		return
	}
	why := evidenceOf(j, maxEvidence)
	if why == "" {
		why = "no reason is stored"
	}
	p.Faults = append(p.Faults, faultView{name(one.ID), s.team(one.Team), s.label(one.Problem), why})
}
