package isolate

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// firstUID begins the users of jails: a range that no distribution gives to anyone (systemd's UIDS-GIDS.md).
const firstUID = 0x70000000

// users are the ids that the jails of this process may have, as users and as groups.
type users struct{ first, count uint32 }

// rootUsers is what the whole host offers: room for the jails that a judge can have, by its process id.
var rootUsers = users{firstUID, 1 << 28}

const jailsOfJudge = 1024

// of is the user of a judge's n-th jail. No two judges' jails have the same, as far as count goes.
func (u users) of(judge int, n int) uint32 {
	return u.first + uint32((uint64(judge)*jailsOfJudge+uint64(n))%uint64(u.count))
}

// newNumbers returns the numbers of the jails that a judge can have at a time. Whoever makes a jail takes one, waiting for it
// if it must, and gives it back when all processes of the jail's user are dead.
func newNumbers() chan int {
	numbers := make(chan int, jailsOfJudge)
	for n := range jailsOfJudge {
		numbers <- n
	}
	return numbers
}

// level is what these users allow.
func (u users) level() Level {
	if u.count < 2*jailsOfJudge {
		return OneUser
	}
	return Full
}

// availableUsers finds the users in the map of the user namespace that this process is in; own is its user.
func availableUsers(uidMap io.Reader, own int) (users, error) {
	best := users{uint32(own), 1}
	lines := bufio.NewScanner(uidMap)
	for lines.Scan() {
		var inside, outside, count uint64 // user_namespaces(7)
		if _, err := fmt.Sscan(lines.Text(), &inside, &outside, &count); err != nil {
			return users{}, fmt.Errorf("/proc/self/uid_map: strange line %q", lines.Text())
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
