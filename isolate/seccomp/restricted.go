package seccomp

import (
	lib "github.com/seccomp/libseccomp-golang"
	"golang.org/x/sys/unix"
)

// restricted are the calls whose arguments decide. Arguments of type int are compared masked to 32 bits: the kernel
// reads 32 of them, while a filter sees 64, so F_SETLK|1<<32 would pass a plain comparison.
//
// A call without a matching row answers ENOSYS, like every call that is not named.
func restricted() []rule {
	const namespaces = unix.CLONE_NEWNS | unix.CLONE_NEWCGROUP | unix.CLONE_NEWUTS | unix.CLONE_NEWIPC |
		unix.CLONE_NEWUSER | unix.CLONE_NEWPID | unix.CLONE_NEWNET | unix.CLONE_NEWTIME
	pretend := lib.ActErrno.SetReturnCode(0)
	invalid := lib.ActErrno.SetReturnCode(int16(unix.EINVAL))
	noFamily := lib.ActErrno.SetReturnCode(int16(unix.EAFNOSUPPORT))

	rules := []rule{
		// Threads and children, but no namespaces. clone3's flags are in memory and cannot be inspected: without a permit
		// it answers ENOSYS, and glibc falls back to clone.
		{"clone", lib.ActAllow, []condition{masked(0, namespaces, 0)}},
		{"clone", lib.ActKillProcess, []condition{{0, lib.CompareMaskedEqual, unix.CLONE_NEWUSER, unix.CLONE_NEWUSER}}},

		// The only sockets are between the jail's own processes. AF_INET would reach nothing, but it would reach the
		// kernel's network code.
		{"socket", lib.ActAllow, []condition{equal(0, unix.AF_UNIX)}},
		{"socket", noFamily, []condition{{0, lib.CompareNotEqual, unix.AF_UNIX, 0}}},
		{"socketpair", lib.ActAllow, []condition{equal(0, unix.AF_UNIX)}},

		// Locks and leases on files that jails share would be a channel between them. A lock in a single-use jail has
		// nobody to keep out, so taking one succeeds and does nothing; leases and notifications are refused.
		{"flock", pretend, nil},
		{"inotify_init", invalid, nil},
		{"inotify_init1", invalid, nil},
		{"fanotify_init", invalid, nil},

		{"personality", lib.ActAllow, []condition{equal(0, 0)}},
		{"personality", lib.ActAllow, []condition{equal(0, 0xffffffff)}}, // asks, changes nothing

		// Nodes: only FIFOs, sockets and files; nodev stands behind this.
		{"mknod", lib.ActAllow, []condition{masked(1, unix.S_IFMT, unix.S_IFIFO)}},
		{"mknodat", lib.ActAllow, []condition{masked(2, unix.S_IFMT, unix.S_IFIFO)}},
	}
	rules = append(rules, fcntl(pretend, invalid)...)
	rules = append(rules, limits(pretend)...)
	rules = append(rules, ioctl()...)
	return append(rules, prctl()...)
}

// makings are the calls by which a jail is made in a process that has the filter already. A program that makes one has no permit,
// which is 64 random bits: mount and unshare end it; and it stays on its core, but is told that it may leave, as when the cores that it
// asks for include its own.
func makings(permit uint64) []rule {
	const sixth = 5 // none of these calls has that many arguments for the kernel
	with := condition{argument: sixth, op: lib.CompareEqual, first: permit}
	without := condition{argument: sixth, op: lib.CompareNotEqual, first: permit}
	return []rule{
		{"mount", lib.ActAllow, []condition{with}},
		{"mount", lib.ActKillProcess, []condition{without}},
		{"unshare", lib.ActAllow, []condition{with}},
		{"unshare", lib.ActKillProcess, []condition{without}},
		{"sched_setaffinity", lib.ActAllow, []condition{with}},
		{"sched_setaffinity", lib.ActErrno.SetReturnCode(0), []condition{without}},
		{"clone3", lib.ActAllow, []condition{with}},
	}
}

// Requests of asm-generic/ioctls.h that x/sys/unix does not name; the same on x86-64 and arm64.
const (
	fionbio  = 0x5421
	fionclex = 0x5450
	fioclex  = 0x5451
	fioasync = 0x5452
)

// ioctl allows asking of a terminal, of which a jail has none, and the flags of descriptors; so isatty gets its honest
// answer, and TIOCSTI and all that drivers offer does not exist.
func ioctl() []rule {
	var rules []rule
	for _, request := range []uint64{
		unix.TCGETS, unix.TCGETS2, unix.TIOCGWINSZ, unix.TIOCGPGRP, unix.TIOCINQ, // TIOCINQ is FIONREAD
		fionbio, fioasync, fioclex, fionclex,
	} {
		rules = append(rules, rule{"ioctl", lib.ActAllow, []condition{equal(1, request)}})
	}
	return rules
}

// fcntl allows the commands that touch nothing but the descriptor.
func fcntl(pretend, invalid lib.ScmpAction) []rule {
	var rules []rule
	for _, command := range []uint64{
		unix.F_DUPFD, unix.F_DUPFD_CLOEXEC, unix.F_GETFD, unix.F_SETFD, unix.F_GETFL, unix.F_SETFL, unix.F_GETPIPE_SZ,
		unix.F_SETPIPE_SZ, unix.F_ADD_SEALS, unix.F_GET_SEALS, unix.F_GETOWN, unix.F_SETOWN, unix.F_GETLK, unix.F_OFD_GETLK,
	} {
		rules = append(rules, rule{"fcntl", lib.ActAllow, []condition{equal(1, command)}})
	}
	for _, command := range []uint64{unix.F_SETLK, unix.F_SETLKW, unix.F_OFD_SETLK, unix.F_OFD_SETLKW} {
		rules = append(rules, rule{"fcntl", pretend, []condition{equal(1, command)}})
	}
	for _, command := range []uint64{unix.F_SETLEASE, unix.F_GETLEASE, unix.F_NOTIFY, unix.F_SETSIG} {
		rules = append(rules, rule{"fcntl", invalid, []condition{equal(1, command)}})
	}
	return rules
}

// limits lets a program set every resource limit but that on core files, which the jail sets to 1 byte: the one value that
// also keeps the kernel from starting a core_pattern's handler, as root and on the host (core(5)). Setting that one
// succeeds and does nothing.
func limits(pretend lib.ScmpAction) []rule {
	rules := []rule{
		{"setrlimit", pretend, []condition{equal(0, unix.RLIMIT_CORE)}},
		{"prlimit64", pretend, []condition{equal(1, unix.RLIMIT_CORE), {2, lib.CompareNotEqual, 0, 0}}},
		{"prlimit64", lib.ActAllow, []condition{{2, lib.CompareEqual, 0, 0}}}, // asks, changes nothing
	}
	// 0 to 3, 5, 6 and 7, 8 to 15: as few comparisons as say "not 4" of 32 bits.
	for _, others := range []struct{ mask, value uint64 }{{0xfffffffc, 0}, {0xffffffff, 5}, {0xfffffffe, 6}, {0xfffffff8, 8}} {
		rules = append(rules,
			rule{"setrlimit", lib.ActAllow, []condition{masked(0, others.mask, others.value)}},
			rule{"prlimit64", lib.ActAllow, []condition{masked(1, others.mask, others.value)}})
	}
	return rules
}

// prctl allows what runtimes ask for and what only weakens the caller.
func prctl() []rule {
	var rules []rule
	for _, option := range []uint64{
		unix.PR_SET_NAME, unix.PR_GET_NAME, unix.PR_SET_PDEATHSIG, unix.PR_GET_PDEATHSIG, unix.PR_SET_DUMPABLE,
		unix.PR_GET_DUMPABLE, unix.PR_SET_NO_NEW_PRIVS, unix.PR_GET_NO_NEW_PRIVS, unix.PR_SET_CHILD_SUBREAPER,
		unix.PR_GET_CHILD_SUBREAPER, unix.PR_SET_TIMERSLACK, unix.PR_GET_TIMERSLACK, unix.PR_SET_VMA,
		unix.PR_GET_THP_DISABLE, unix.PR_CAPBSET_READ, unix.PR_GET_SECCOMP, unix.PR_GET_KEEPCAPS, unix.PR_SET_KEEPCAPS,
		unix.PR_GET_SECUREBITS, unix.PR_GET_TSC, unix.PR_SET_FP_MODE, unix.PR_GET_SPECULATION_CTRL,
	} {
		rules = append(rules, rule{"prctl", lib.ActAllow, []condition{equal(0, option)}})
	}
	return rules
}

// A rule is one system call, what happens, and when.
type rule struct {
	name       string
	action     lib.ScmpAction
	conditions []condition
}

// A condition compares an argument; for CompareMaskedEqual first is the mask and second the value.
type condition struct {
	argument      uint
	op            lib.ScmpCompareOp
	first, second uint64
}

func equal(argument uint, value uint64) condition {
	return condition{argument, lib.CompareMaskedEqual, 0xffffffff, value}
}

func masked(argument uint, mask, value uint64) condition {
	return condition{argument, lib.CompareMaskedEqual, mask, value}
}
