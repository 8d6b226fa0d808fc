package isolate

import (
	"strings"
	"testing"
)

func TestUsersComeFromTheNamespacesMap(t *testing.T) {
	rows := []struct {
		what, uidMap string
		want         users
		level        Level
	}{
		{"the host", "0 0 4294967295\n", users{0x70000000, 1 << 28}, Full},
		{"subordinate ids", "0 1000 1\n1879048192 100000 65536\n", users{0x70000000, 65536}, Full},
		{"a container's range", "0 100000 65536\n", users{32768, 32768}, Full},
		{"one user", "1879048192 1000 1\n", users{0x70000000, 1}, OneUser},
		{"one user as root", "0 1000 1\n", users{1000, 1}, OneUser},
		{"few ids", "0 1000 1\n1 100000 100\n", users{1000, 1}, OneUser},
	}
	for _, row := range rows {
		got, err := availableUsers(strings.NewReader(row.uidMap), 1000)
		if row.what == "one user" {
			got, err = availableUsers(strings.NewReader(row.uidMap), firstUID)
		}
		if err != nil || got != row.want || got.level() != row.level {
			t.Errorf("%s: %v, %v, %v", row.what, got, got.level(), err)
		}
	}
	if _, err := availableUsers(strings.NewReader("a b c\n"), 0); err == nil {
		t.Error("got no error for a malformed map")
	}
}

func TestConcurrentJailsHaveDistinctUsers(t *testing.T) {
	for _, u := range []users{rootUsers, {firstUID, 65536}, {32768, 32768}} {
		seen := map[uint32]bool{}
		for n := range jailsOfJudge {
			for _, judge := range []int{100, 101} {
				uid := u.of(judge, n)
				if seen[uid] || uid < u.first || uid-u.first >= u.count {
					t.Fatalf("%v: jail %d of judge %d has the user %d", u, n, judge, uid)
				}
				seen[uid] = true
			}
		}
	}
}

func TestLevelsHaveNames(t *testing.T) {
	for _, name := range Levels() {
		if level, err := ParseLevel(name); err != nil || level.String() != name {
			t.Errorf("%s: %v, %v", name, level, err)
		}
	}
	if _, err := ParseLevel("none"); err == nil {
		t.Error("got no error for an unknown level")
	}
}

// TestRunNeedsOneNumber: if other programs have all numbers but one, no jail is made ahead, and no
// run waits for one.
func TestRunNeedsOneNumber(t *testing.T) {
	pool := openPool(t)
	var others []int
	for len(pool.numbers) > 1 {
		others = append(others, <-pool.numbers)
	}
	for range 5 {
		if outcome, err := pool.Run(t.Context(), shell("exit 0")); err != nil || describe(outcome) != "Exited 0" {
			t.Fatalf("%s, %v", describe(outcome), err)
		}
	}
	for _, number := range others {
		pool.numbers <- number
	}
}
