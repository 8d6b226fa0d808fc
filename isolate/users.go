package isolate

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// firstUID is the first user of jails, in a range that no distribution assigns (systemd's
// UIDS-GIDS.md).
const firstUID = 0x70000000

// users are the ids that the jails of this process may have, as users and as groups.
type users struct{ first, count uint32 }

// rootUsers is the range of the whole host: room for the jails of every judge, by its process id.
var rootUsers = users{firstUID, 1 << 28}

const jailsOfJudge = 1024

// of returns the user of a judge's n-th jail. Judges have distinct users, as far as count allows.
func (u users) of(judge int, n int) uint32 {
	return u.first + uint32((uint64(judge)*jailsOfJudge+uint64(n))%uint64(u.count))
}

// newNumbers returns the numbers of the jails that a judge can have at once. A jail takes a number
// when it is made, and gives it back when all processes of its user are dead.
func newNumbers() chan int {
	numbers := make(chan int, jailsOfJudge)
	for n := range jailsOfJudge {
		numbers <- n
	}
	return numbers
}

// level returns what these users allow.
func (u users) level() Level {
	if u.count < 2*jailsOfJudge {
		return OneUser
	}
	return Full
}

// availableUsers returns the users in the map of this process's user namespace. own is its user.
func availableUsers(uidMap io.Reader, own int) (users, error) {
	best := users{uint32(own), 1}
	lines := bufio.NewScanner(uidMap)
	for lines.Scan() {
		var inside, outside, count uint64 // user_namespaces(7)
		if _, err := fmt.Sscan(lines.Text(), &inside, &outside, &count); err != nil {
			return users{}, fmt.Errorf("/proc/self/uid_map: malformed line %q", lines.Text())
		}
		switch end := inside + count; {
		case inside <= firstUID && end > firstUID:
			return users{firstUID, uint32(min(end-firstUID, uint64(rootUsers.count)))}, nil
		case count >= 4*jailsOfJudge && count/2 > uint64(best.count): // the upper half: users and services come first
			best = users{uint32(inside + count - count/2), uint32(count / 2)}
		}
	}
	return best, lines.Err()
}

func ownUsers() (users, error) {
	file, err := os.Open("/proc/self/uid_map")
	if os.IsNotExist(err) { // a kernel without user namespaces
		return rootUsers, nil
	}
	if err != nil {
		return users{}, err
	}
	defer file.Close()
	return availableUsers(file, os.Geteuid())
}

// Level is how strong the isolation is.
type Level uint8

// The levels, the strongest first.
const (
	// Full has every namespace, a control group, the system call filter, and its own user for each
	// jail.
	Full Level = iota
	// OneUser is as Full, but every program runs as the user who runs the judge and keeps that
	// user's supplementary groups. Nothing else restricts a program that escapes its jail, or that
	// finds a file in it which only this user may read. It is for ordinary users without
	// subordinate ids.
	OneUser
)

var levels = [...]string{Full: "full", OneUser: "one-user"}

// Levels returns the names, the strongest first.
func Levels() []string { return slices.Clone(levels[:]) }

// String returns the level's name, which ParseLevel accepts.
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
		return Full, fmt.Errorf("unknown isolation level %q: expected %s", name, strings.Join(levels[:], " or "))
	}
	return Level(i), nil
}
