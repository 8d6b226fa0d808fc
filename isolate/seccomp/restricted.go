package seccomp

import (
	lib "github.com/seccomp/libseccomp-golang"
	"golang.org/x/sys/unix"
)

// restricted returns the rules for calls whose arguments decide. Arguments of type int are compared
// masked to 32 bits: the kernel reads 32 of them, while a filter sees 64, so F_SETLK|1<<32 would
// pass a plain comparison.
//
// A call without a matching row returns ENOSYS, like a call that is not named.
func restricted() []rule {
	const namespaces = unix.CLONE_NEWNS | unix.CLONE_NEWCGROUP | unix.CLONE_NEWUTS | unix.CLONE_NEWIPC |
		unix.CLONE_NEWUSER | unix.CLONE_NEWPID | unix.CLONE_NEWNET | unix.CLONE_NEWTIME
	succeed := lib.ActErrno.SetReturnCode(0)
	invalid := lib.ActErrno.SetReturnCode(int16(unix.EINVAL))
	noFamily := lib.ActErrno.SetReturnCode(int16(unix.EAFNOSUPPORT))

	rules := []rule{
		// Threads and children, but no namespaces. A filter cannot read the flags of clone3 in
		// memory: without a permit it returns ENOSYS, and glibc falls back to clone.
		{"clone", lib.ActAllow, []condition{masked(0, namespaces, 0)}},
		{"clone", lib.ActKillProcess, []condition{{0, lib.CompareMaskedEqual, unix.CLONE_NEWUSER, unix.CLONE_NEWUSER}}},

		// Sockets only connect the jail's own processes. AF_INET would reach no host, but it would
		// reach the kernel's network code.
		{"socket", lib.ActAllow, []condition{equal(0, unix.AF_UNIX)}},
		{"socket", noFamily, []condition{{0, lib.CompareNotEqual, unix.AF_UNIX, 0}}},
		{"socketpair", lib.ActAllow, []condition{equal(0, unix.AF_UNIX)}},

		// Locks and leases on files that jails share would be a channel between them. In a jail
		// that serves once, a lock keeps nobody out. So taking one succeeds and does nothing;
		// leases and notifications are refused.
		{"flock", succeed, nil},
		{"inotify_init", invalid, nil},
		{"inotify_init1", invalid, nil},
		{"fanotify_init", invalid, nil},

		{"personality", lib.ActAllow, []condition{equal(0, 0)}},
		{"personality", lib.ActAllow, []condition{equal(0, 0xffffffff)}}, // a query

		// Nodes: only FIFOs, sockets and files. Mounts are nodev in addition.
		{"mknod", lib.ActAllow, []condition{masked(1, unix.S_IFMT, unix.S_IFIFO)}},
		{"mknodat", lib.ActAllow, []condition{masked(2, unix.S_IFMT, unix.S_IFIFO)}},
	}
	rules = append(rules, limits(succeed)...)
	rules = append(rules, ioctl()...)
	return append(rules, prctl()...)
}

// Requests of asm-generic/ioctls.h that x/sys/unix does not name. They are the same on x86-64 and
// arm64.
const (
	fionbio  = 0x5421
	fionclex = 0x5450
	fioclex  = 0x5451
	fioasync = 0x5452
)

// ioctl allows queries of a terminal, which a jail does not have, and the flags of descriptors. So
// isatty gets its honest answer, while TIOCSTI and the requests of drivers do not exist.
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

// limits lets a program set every resource limit except the one on core files. The jail sets that
// to 1 byte: the one value that also keeps the kernel from starting a core_pattern's handler, as
// root on the host (core(5)). Setting it succeeds and does nothing. For prlimit64 see processes.
func limits(succeed lib.ScmpAction) []rule {
	rules := []rule{{"setrlimit", succeed, []condition{equal(0, unix.RLIMIT_CORE)}}}
	// 0 to 3, 5, 6 and 7, 8 to 15: the fewest comparisons for "not 4" in 32 bits.
	for _, others := range []struct{ mask, value uint64 }{
		{0xfffffffc, 0}, {0xffffffff, 5}, {0xfffffffe, 6}, {0xfffffff8, 8},
	} {
		rules = append(rules, rule{"setrlimit", lib.ActAllow, []condition{masked(0, others.mask, others.value)}})
	}
	return rules
}

// prctl allows the options that runtimes ask for, and those that only weaken the caller.
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

// rule is one system call, the action, and when it applies.
type rule struct {
	name       string
	action     lib.ScmpAction
	conditions []condition
}

// condition compares an argument. For CompareMaskedEqual first is the mask and second the value.
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
