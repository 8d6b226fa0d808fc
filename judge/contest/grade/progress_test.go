package grade

import (
	"fmt"
	"testing"
	"time"

	"judge/judge/contest"
	"judge/problems"
)

func TestTimeLeftFollowsMeasuredRatesByProblem(t *testing.T) {
	clock := time.Now()
	slow := &opened{Problem: contest.Problem{ID: "S", Label: "S", Facts: &contest.Facts{}}}
	quick := &opened{Problem: contest.Problem{ID: "Q", Label: "Q", Facts: &contest.Facts{}}}
	var todo []Item
	add := func(n int, of *opened, bound time.Duration) {
		for i := range n {
			s := contest.Submission{ID: fmt.Sprint(of.ID, i)}
			todo = append(todo, Item{Submission: s, Bound: bound, problem: of})
		}
	}
	add(4, slow, 100*time.Second)
	add(10, quick, 10*time.Second)
	p := newProgress(append(todo, todo...), todo)
	p.now = func() time.Time { return clock }
	judge := func(one Item, took time.Duration, v problems.Verdict) {
		p.begin(one)
		clock = clock.Add(took)
		p.end(one, &contest.Judgement{Verdict: v, Runs: make([]contest.Run, 1)})
	}
	if got := p.Status().Left; got != 0 {
		t.Errorf("before the first: got %v left, expected none", got)
	}
	judge(todo[0], 10*time.Second, problems.AC)
	judge(todo[1], 10*time.Second, problems.WA)
	// 2 slow ones take 10 s each; a quick one a tenth of its bound, as the slow ones did.
	if got, want := p.Status().Left, 30*time.Second; got != want {
		t.Errorf("got %v left, expected %v", got, want)
	}
	judge(todo[4], 4*time.Second, problems.JE)
	s := p.Status()
	if got, want := s.Left, (20+9*4)*time.Second; got != want {
		t.Errorf("got %v left, expected %v", got, want)
	}
	if s.Judged != 14+3 || s.Total != 28 || s.Errors != 1 || s.Problem != "Q" || s.Accepted != 0 {
		t.Errorf("got %+v", s)
	}
}
