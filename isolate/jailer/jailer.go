// Package jailer starts and speaks to the processes that make jails.
//
// The part that cannot be Go is in C, in this folder: jailer.c holds the theory of operation, wire.h the messages. The
// judge's own executable is the jailer's too: started under the name "judge-jailer" it enters the C constructor and
// never reaches the Go runtime. So whatever links this package can start jailers, test binaries included.
package jailer

/*
#cgo CFLAGS: -O2 -Wall -Wextra
*/
import "C"

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"

	"judge/isolate/quick"
)

// Host is what a jailer has to know of where it is.
type Host struct {
	UserNamespace bool   // this process is in one: /proc can only be mounted where one is in sight
	KeepGroups    bool   // supplementary groups cannot be dropped: /proc/self/setgroups says deny, user_namespaces(7)
	OpenFiles     uint32 // how many a program may have
}

// Setup is what all jails of one jailer share. SetUp closes neither the root nor the trees.
type Setup struct {
	Root    *os.File // detached tmpfs (fsmount) that holds every target, and /box and /proc
	Stage   *os.File // another, with what mounts without a tree show, and with Input
	Mounts  []Mount  // in the order in which they are attached
	Options string   // mount options of the scratch tmpfs of each jail
	Filter  []byte   // seccomp program, array of struct sock_filter
	Permit  uint64   // what a call carries as its sixth argument that the filter would refuse otherwise
}

// Mount is a detached tree (open_tree) for a target, which is relative to the root. Without a tree it is what the
// stage has at that path.
type Mount struct {
	Target string
	Tree   *os.File
}

// Input is the file of the stage, and of the jails, that is a program's stdin when Exec.Files has none.
const Input = "/dev/in/stdin"

// Jailer is one jailer process.
type Jailer struct {
	process *exec.Cmd
	socket  socket
	host    Host
	network network // since SetUp
}

// Start starts a jailer, and does not wait for it. It makes jails after SetUp.
func Start(host Host) (*Jailer, error) {
	ours, theirs, err := socketPair()
	if err != nil {
		return nil, err
	}
	child := os.NewFile(uintptr(theirs), "jailer's end")
	defer child.Close() // so that the jailer's death is the end of the stream
	// /proc/self/exe, not os.Args[0]: it stays this very program when the file has been replaced.
	process := exec.Command("/proc/self/exe")
	process.Args = []string{"judge-jailer"}
	process.Env = []string{}
	process.Dir = "/"
	process.ExtraFiles = []*os.File{child}                   // becomes descriptor 3
	process.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // out of reach of the terminal's Ctrl-C
	if host.UserNamespace {
		process.SysProcAttr.Cloneflags = syscall.CLONE_NEWPID // so that the /proc in sight shows no process of the user
	}
	if err := process.Start(); err != nil {
		ours.close()
		return nil, fmt.Errorf("start a jailer: %w", err)
	}
	return &Jailer{process: process, socket: ours, host: host}, nil
}

// SetUp gives the jailer its root and waits until it stands. Call it once. A jailer that fails is of no use but to be closed.
func (j *Jailer) SetUp(setup Setup) error {
	message, filter, err := setup.encode(j.host)
	if err != nil {
		return err
	}
	j.follow()
	fds := []int{int(setup.Root.Fd()), int(setup.Stage.Fd())}
	for _, m := range setup.Mounts {
		if m.Tree != nil {
			fds = append(fds, int(m.Tree.Fd()))
		}
	}
	if err = j.socket.send(message, fds...); err == nil {
		err = j.socket.send(filter)
	}
	if err == nil {
		err = j.socket.wait(unix.POLLIN)
	}
	if err == nil {
		_, err = j.socket.receiveReply(0)
	}
	if err == nil {
		j.network, err = openNetwork(j.PID())
	}
	if err != nil {
		return fmt.Errorf("prepare a jail's root: %w", err)
	}
	return nil
}

// Clean reports whether nothing is left of the programs that ran so far, all of which must be dead: sockets that only
// messages on their way hold outlive them, for as long as the kernel takes to find them (net/unix/garbage.c), and the
// next program could reach one by its abstract name. A jailer that is not clean is of no use but to be closed.
func (j *Jailer) Clean() bool { return j.network.empty() }

// follow lets the jailer run where this process may run now: that may have changed since it was started.
func (j *Jailer) follow() {
	var set unix.CPUSet
	if unix.SchedGetaffinity(0, &set) == nil {
		unix.SchedSetaffinity(j.PID(), &set) // where that is refused, it is where it was
	}
}

func (s Setup) encode(host Host) (message, filter []byte, err error) {
	if len(s.Mounts) > wireMounts {
		return nil, nil, fmt.Errorf("a jail sees %d host paths, at most %d are possible: name directories, not files", len(s.Mounts), wireMounts)
	}
	if len(s.Filter)%8 != 0 || len(s.Filter) > 8*wireInstructions {
		return nil, nil, fmt.Errorf("a filter of %d bytes does not fit", len(s.Filter))
	}
	setup := wireSetup{wireSetupHead: wireSetupHead{
		Version: wireVersion, Mounts: uint32(len(s.Mounts)), UserNamespace: flag(host.UserNamespace), KeepGroups: flag(host.KeepGroups),
		OpenFiles: host.OpenFiles,
	}}
	if err := copyString(setup.Options[:], s.Options); err != nil {
		return nil, nil, err
	}
	for i, m := range s.Mounts {
		if err := copyString(setup.Targets[i][:], m.Target); err != nil {
			return nil, nil, err
		}
		setup.Staged[i] = uint8(flag(m.Tree == nil))
	}
	program := wireFilter{wireFilterHead: wireFilterHead{Count: uint32(len(s.Filter) / 8), Permit: s.Permit}}
	copy(program.Instructions[:], s.Filter)
	return setup.encode(), program.encode(), nil
}

// Cgroups are those of a program's process. The zero value is none.
type Cgroups struct {
	fds  []int
	born bool
}

// Attached takes descriptors of cgroup.procs, one a hierarchy.
func Attached(procs ...int) Cgroups { return Cgroups{fds: procs} }

// BornIn takes a descriptor of the directory of a group of v2.
func BornIn(directory int) Cgroups { return Cgroups{fds: []int{directory}, born: true} }

// Prepare asks for a jail whose program's process is in the cgroups, runs on the CPU with that number, and waits for Exec. uid is the
// user and the group of the program. It does not wait for the jail: see Ready. Several may be prepared at a time.
func (j *Jailer) Prepare(uid uint32, cpu int, cgroups Cgroups) (*Jail, error) {
	if len(cgroups.fds) > wireCgroups {
		return nil, fmt.Errorf("%d cgroups for one jail, at most %d are possible", len(cgroups.fds), wireCgroups)
	}
	ours, theirs, err := socketPair()
	if err != nil {
		return nil, err
	}
	request := wirePrepare{Cgroups: uint32(len(cgroups.fds)), UID: uid, CPU: uint32(cpu), Born: flag(cgroups.born)}
	err = j.socket.send(encode(request), append([]int{theirs}, cgroups.fds...)...)
	quick.Close(theirs) // the jail holds it now, so its death ends the stream
	if err != nil {
		ours.close()
		return nil, fmt.Errorf("make a jail: %w", err)
	}
	return &Jail{socket: ours, work: -1, pidfd: -1}, nil
}

// Close ends the jailer and with it every jail that it made, and waits until the jailer is gone.
func (j *Jailer) Close() error {
	j.socket.close()
	j.network.close()
	if err := j.process.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("end a jailer: %w", err)
	}
	j.process.Wait() // its status says nothing: it was killed
	return nil
}

// Alive reports whether the jailer has not ended and is not about to. One that ends kills its jails a moment before
// wait(2) tells of it: the kernel signals the children (PR_SET_PDEATHSIG) after it has set PF_EXITING, and before the
// process is a zombie.
func (j *Jailer) Alive() bool {
	var info unix.Siginfo
	err := unix.Waitid(unix.P_PID, j.PID(), &info, unix.WEXITED|unix.WNOHANG|unix.WNOWAIT, nil)
	return err == nil && info.Signo == 0 && !exiting(j.PID())
}

// exiting reports whether a process is on its way out, by its flags in /proc/PID/stat (proc(5), field 9).
func exiting(pid int) bool {
	const (
		pfExiting = 0x4 // PF_EXITING of the kernel's include/linux/sched.h
		flags     = 6   // of the fields behind the name, which may hold anything
	)
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return true
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	if len(fields) <= flags {
		return true
	}
	set, err := strconv.ParseUint(fields[flags], 10, 64)
	return err != nil || set&pfExiting != 0
}

// PID is the jailer's process id.
func (j *Jailer) PID() int { return j.process.Process.Pid }
