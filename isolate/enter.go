package isolate

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"judge/isolate/cgroup"
	"judge/isolate/jailer"
)

// EnterUserNamespace lets an ordinary user open pools: it starts the running program anew, within this process and with
// the same arguments, environment and descriptors, in a user namespace where it may make jails. So call it before
// anything that must happen once. For who may make jails already, it does nothing.
//
// With subordinate ids (subuid(5)) and newuidmap(1), jails have users of their own. Without, it is refused unless the
// level accepted is OneUser. The error is a *LackError when the host refuses. What else would be refused afterwards is
// looked at first: a fix must not lead to the next error.
func EnterUserNamespace(accepted Level) error {
	if mayMakeJails() {
		return nil
	}
	entered, err := jailer.Entered()
	if err != nil || entered {
		return withoutCapabilities(lackOf(err))
	}
	if err := cgroup.MayCreate(); err != nil {
		return withoutCapabilities(err)
	}
	mapping, missing := subordinates()
	if missing != nil && accepted != OneUser {
		return withoutCapabilities(&LackError{Lacks: []Lack{*missing}})
	}
	return jailer.Enter(mapping)
}

// mayMakeJails reports whether this process has CAP_SYS_ADMIN in its user namespace. Whether that is enough, a first
// jail shows.
func mayMakeJails() bool {
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var caps [2]unix.CapUserData
	return unix.Capget(&header, &caps[0]) == nil && caps[0].Effective&(1<<unix.CAP_SYS_ADMIN) != 0
}

// subordinates finds the ids that may be mapped for this user, or says what is missing.
func subordinates() (jailer.Mapping, *Lack) {
	m := jailer.Mapping{First: firstUID}
	name := strconv.Itoa(os.Getuid())
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	var err error
	if m.Subordinate, err = subordinateIDs("/etc/subuid", name, os.Getuid()); err == nil {
		m.Groups, err = subordinateIDs("/etc/subgid", name, os.Getuid())
	}
	if err != nil {
		return jailer.Mapping{First: firstUID}, &Lack{What: "users for the jails", Why: err.Error() + ", so all programs would run as this very user",
			Fix: fmt.Sprintf("run as root; or sudo apt-get install uidmap && sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 %s; or accept it with --isolation %s", name, OneUser)}
	}
	for _, program := range []string{"newuidmap", "newgidmap"} {
		if _, err := exec.LookPath(program); err != nil {
			return jailer.Mapping{First: firstUID}, &Lack{What: "users for the jails", Why: program + " is not installed, so all programs would run as this very user",
				Fix: fmt.Sprintf("run as root; or sudo apt-get install uidmap; or accept it with --isolation %s", OneUser)}
		}
	}
	return m, nil
}

// subordinateIDs finds the first range of a user that is large enough in a file with "name:first:count" on each line,
// where the name may be a number: subuid(5).
func subordinateIDs(path, name string, uid int) (jailer.IDs, error) {
	file, err := os.Open(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return jailer.IDs{}, err
	}
	if err == nil {
		defer file.Close()
		if ids, ok := findIDs(file, name, uid); ok {
			return ids, nil
		}
	}
	return jailer.IDs{}, fmt.Errorf("%s gives %s no ids", path, name)
}

func findIDs(lines io.Reader, name string, uid int) (jailer.IDs, bool) {
	for scanner := bufio.NewScanner(lines); scanner.Scan(); {
		fields := strings.Split(strings.TrimSpace(scanner.Text()), ":")
		if len(fields) != 3 || fields[0] != name && fields[0] != strconv.Itoa(uid) {
			continue
		}
		first, err1 := strconv.ParseUint(fields[1], 10, 32)
		count, err2 := strconv.ParseUint(fields[2], 10, 32)
		if err1 == nil && err2 == nil && count >= 4*jailsOfJudge {
			return jailer.IDs{First: uint32(first), Count: uint32(min(count, uint64(rootUsers.count)))}, true
		}
	}
	return jailer.IDs{}, false
}
