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
	"judge/isolate/lack"
)

// EnterUserNamespace lets an ordinary user open pools. It restarts the running program within this
// process, with the same arguments, environment and descriptors, in a user namespace where it may
// create jails. So call it before anything that must happen only once. It does nothing if this
// process may create jails already.
//
// With subordinate ids (subuid(5)) and newuidmap(1) each jail has its own user. Without them it
// returns an error unless accepted is OneUser. The error is a *LackError when the host refuses.
// Later refusals are checked first, so that a fix does not lead to the next error.
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
		return withoutCapabilities(missing)
	}
	return jailer.Enter(mapping)
}

// mayMakeJails reports whether this process has CAP_SYS_ADMIN in its user namespace. The first jail
// shows whether that is enough.
func mayMakeJails() bool {
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var caps [2]unix.CapUserData
	return unix.Capget(&header, &caps[0]) == nil && caps[0].Effective&(1<<unix.CAP_SYS_ADMIN) != 0
}

// subordinates returns the ids that may be mapped for this user, or what is missing.
func subordinates() (jailer.Mapping, *LackError) {
	m := jailer.Mapping{First: firstUID}
	name := strconv.Itoa(os.Getuid())
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	var err error
	if m.Subordinate, err = subordinateIDs("/etc/subuid", name, os.Getuid()); err == nil {
		m.Groups, err = subordinateIDs("/etc/subgid", name, os.Getuid())
	}
	missing := func(why, fix string) (jailer.Mapping, *LackError) {
		why += ", so all programs would run as this user"
		missing := lack.New("users for the jails", why, "run as root; or "+fix)
		return jailer.Mapping{First: firstUID}, missing.Waivable(lack.OwnUsers)
	}
	install, then := "sudo apt-get install uidmap", " && "
	if _, err := exec.LookPath("apt-get"); err != nil {
		install, then = "install newuidmap and newgidmap (in Fedora: shadow-utils, in Arch: shadow)", ", then run "
	}
	if err != nil {
		const usermod = "sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535"
		return missing(err.Error(), install+then+usermod+" "+name)
	}
	for _, program := range []string{"newuidmap", "newgidmap"} {
		if _, err := exec.LookPath(program); err != nil {
			return missing(program+" is not installed", install)
		}
	}
	return m, nil
}

// subordinateIDs returns a user's first range that is large enough, from a file with
// "name:first:count" on each line. The name may be a number: subuid(5).
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
	return jailer.IDs{}, fmt.Errorf("%s has no ids for %s", path, name)
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
