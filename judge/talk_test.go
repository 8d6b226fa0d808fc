package judge

import (
	"errors"
	"testing"
	"time"

	"judge/checkers"
	"judge/isolate"
	"judge/problems"
)

// TestWhoIsFasterDoesNotDecide: the same ends of a manager and two processes, in every order in which they may be seen.
func TestWhoIsFasterDoesNotDecide(t *testing.T) {
	limits := problems.Limits{Time: time.Second, Wall: 3 * time.Second}
	half := 0.5
	right, wrong, partly := &checkers.Check{Accepted: true}, &checkers.Check{}, &checkers.Check{Score: &half}
	good, bad, killed := isolate.Outcome{Cause: isolate.Exited}, isolate.Outcome{Cause: isolate.Exited, Code: 3}, isolate.Outcome{Cause: isolate.MemoryLimit}
	for _, row := range []struct {
		what         string
		first, other isolate.Outcome
		check        *checkers.Check
		err          error
		want         Decision
	}{
		{"all is well", good, good, right, nil, Decision{problems.AC, ""}},
		{"the manager refuses", good, good, wrong, nil, Decision{problems.WA, ""}},
		{"the manager refuses, and one fails", good, bad, wrong, nil, Decision{problems.WA, ""}},
		{"the manager fails", good, bad, nil, errors.New("exit 1"), Decision{problems.JE, "manager exit 1"}},
		{"the manager is content, and one fails", bad, good, right, nil, Decision{problems.RTE, "exit 3"}},
		{"a part is earned, and one fails", good, bad, partly, nil, Decision{problems.RTE, "exit 3"}},
		{"a part is earned", good, good, partly, nil, Decision{problems.WA, ""}},
		{"the worst of two speaks", bad, killed, right, nil, Decision{problems.MLE, ""}},
	} {
		for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
			k := newTalk(2)
			for _, party := range order {
				switch party {
				case 0:
					k.processEnded(0, row.first, nil)
				case 1:
					k.processEnded(1, row.other, nil)
				default:
					k.managerEnded(row.check, row.err)
				}
			}
			k.close()
			var facts Facts
			k.into(&facts)
			if got := decide(limits, facts); got != row.want {
				t.Errorf("%s, in the order %v: %+v, want %+v", row.what, order, got, row.want)
			}
		}
	}
}

func TestAllAtRestIsTheEnd(t *testing.T) {
	at := func(ms int) time.Time { return time.Unix(1000, 0).Add(time.Duration(ms) * time.Millisecond) }
	stopped := func(k *talk) bool {
		select {
		case <-k.stop:
			return true
		default:
			return false
		}
	}
	for _, row := range []struct {
		what string
		seen [][3]int // who, since, seen
		want bool
	}{
		{"nobody was asked", nil, false},
		{"one is at work", [][3]int{{0, 0, 900}, {2, 0, 900}}, false},
		{"all wait", [][3]int{{0, 0, 900}, {1, 100, 950}, {2, 50, 920}}, true},
		{"one has worked when another was last seen to wait", [][3]int{{0, 0, 400}, {1, 300, 900}, {2, 0, 950}}, false},
		{"and was seen again", [][3]int{{0, 0, 400}, {1, 300, 900}, {2, 0, 950}, {0, 0, 960}}, true},
	} {
		k := newTalk(2)
		for _, s := range row.seen {
			k.hangs(s[0], at(s[1]), at(s[2]))
		}
		if stopped(k) != row.want || k.deadlock != row.want {
			t.Errorf("%s: %v, deadlock %v", row.what, stopped(k), k.deadlock)
		}
	}
	k := newTalk(1)
	k.processEnded(0, isolate.Outcome{Cause: isolate.Exited, Code: 1}, nil)
	end := k.lastEnd
	k.hangs(1, at(0), end.Add(restful/2))
	if stopped(k) {
		t.Error("the manager is cut short before it could have gone on")
	}
	k.hangs(1, at(0), end.Add(restful))
	if !stopped(k) || k.deadlock || k.decided != submission {
		t.Errorf("a failure and a manager that waits: %+v", k)
	}
	k.close()
}
