package seccomp

import (
	"slices"

	"golang.org/x/sys/unix"
)

// choices are the calls whose arguments decide, in rows that are tried in order. See restricted for those that
// libseccomp can say.
func (c Config) choices() []choice {
	return slices.Concat(hugePages(), pageCache(c.OneUser), processes(c.Permit), descriptors(c.OneUser), makings(c.Permit))
}

// shmHugeTLB is SHM_HUGETLB of shmget(2), which x/sys/unix does not name.
const shmHugeTLB = 0o4000

// hugePages are the calls that take pages from the reserve of the host (vm.nr_hugepages), which no control group of
// memory counts. They answer as a host without a reserve does.
func hugePages() []choice {
	return []choice{
		{"mmap", []row{{fails(unix.ENOMEM), []match{bits(3, unix.MAP_HUGETLB, unix.MAP_HUGETLB)}}}, allow},
		{"memfd_create", []row{{fails(unix.EINVAL), []match{bits(1, unix.MFD_HUGETLB, unix.MFD_HUGETLB)}}}, allow},
		{"shmget", []row{{fails(unix.ENOMEM), []match{bits(2, shmHugeTLB, shmHugeTLB)}}}, allow},
	}
}

// pageCache are the calls that can ask which pages of a file are in memory, or put them out of it, which every jail
// that sees the file would notice.
func pageCache(ownsFiles bool) []choice {
	residency := allow // the kernel tells it of files to their owner alone
	if ownsFiles {
		residency = fails(unix.ENOSYS)
	}
	plain := []row{{allow, []match{integer(5, 0)}}} // RWF_NOWAIT among the flags reads only what is in memory
	return []choice{
		{"mincore", nil, residency},
		{"preadv2", plain, fails(unix.EOPNOTSUPP)},
		{"pwritev2", plain, fails(unix.EOPNOTSUPP)},
		// What is not named is unknown, as to an older kernel: MADV_MERGEABLE makes equal pages of all jails one.
		{"madvise", advice(), fails(unix.EINVAL)},
		// Without MS_SYNC the kernel writes nothing, and tells whether there is memory, which unwinders ask.
		{"msync", []row{{pretend, []match{bits(2, unix.MS_SYNC, unix.MS_SYNC)}}}, allow},
	}
}

// advice allows what changes the caller's mappings alone.
func advice() []row {
	return []row{
		{allow, []match{integer(2,
			unix.MADV_DONTNEED, unix.MADV_FREE, unix.MADV_NORMAL, unix.MADV_RANDOM, unix.MADV_SEQUENTIAL,
			unix.MADV_REMOVE, unix.MADV_HUGEPAGE, unix.MADV_NOHUGEPAGE, unix.MADV_DONTFORK, unix.MADV_DOFORK,
			unix.MADV_DONTDUMP, unix.MADV_DODUMP, unix.MADV_WIPEONFORK, unix.MADV_KEEPONFORK,
		)}},
		{pretend, []match{integer(2, unix.MADV_WILLNEED, unix.MADV_COLD, unix.MADV_PAGEOUT)}},
	}
}

// processes are the calls that change a process which an argument names. One that a program can name is not its own:
// pid 1, its jail's init, which has the program's user where there is but one. For these calls it does not exist.
func processes(permit uint64) []choice {
	const initPID = 1
	initAt := func(argument int) row { return row{fails(unix.ESRCH), []match{integer(argument, initPID)}} }
	own := func(name string, arguments ...int) choice {
		c := choice{name: name, otherwise: allow}
		for _, argument := range arguments {
			c.rows = append(c.rows, initAt(argument))
		}
		return c
	}
	return []choice{
		own("kill", 0), own("tkill", 0), own("tgkill", 0, 1), own("rt_sigqueueinfo", 0), own("rt_tgsigqueueinfo", 0, 1),
		own("sched_setscheduler", 0), own("sched_setparam", 0), own("sched_setattr", 0),
		// Init has the permit, and gives the judge a pidfd of itself.
		{"pidfd_open", []row{{allow, []match{permitted(permit)}}, initAt(0)}, allow},
		{"setpriority", []row{{fails(unix.EPERM), []match{integer(0, unix.PRIO_USER)}}, initAt(1)}, allow},
		{"prlimit64", []row{
			{allow, []match{exactly(2, 0)}}, // asks, changes nothing
			initAt(0),
			{pretend, []match{integer(1, unix.RLIMIT_CORE)}}, // see limits
		}, allow},
	}
}

// descriptors allows the commands of fcntl that touch nothing but the descriptor. See restricted for locks.
func descriptors(oneUser bool) []choice {
	const initPID = 1
	rows := []row{{fails(unix.ESRCH), []match{integer(1, unix.F_SETOWN), integer(2, initPID)}}}
	if oneUser { // the pages of all pipes count together, and later pipes would be small: fs.pipe-user-pages-soft
		rows = append(rows, row{fails(unix.EPERM), []match{integer(1, unix.F_SETPIPE_SZ)}})
	}
	return []choice{{"fcntl", append(rows, commands()...), fails(unix.ENOSYS)}}
}

func commands() []row {
	return []row{
		{allow, []match{integer(1,
			unix.F_GETFD, unix.F_SETFD, unix.F_GETFL, unix.F_SETFL, unix.F_DUPFD_CLOEXEC, unix.F_DUPFD,
			unix.F_GETPIPE_SZ, unix.F_SETPIPE_SZ, unix.F_ADD_SEALS, unix.F_GET_SEALS, unix.F_GETOWN, unix.F_SETOWN,
			unix.F_GETLK, unix.F_OFD_GETLK,
		)}},
		{pretend, []match{integer(1, unix.F_SETLK, unix.F_SETLKW, unix.F_OFD_SETLK, unix.F_OFD_SETLKW)}},
		{fails(unix.EINVAL), []match{integer(1, unix.F_SETLEASE, unix.F_GETLEASE, unix.F_NOTIFY, unix.F_SETSIG)}},
	}
}

// permitted matches a call that carries the permit as its sixth argument, which none of these calls has for the kernel.
func permitted(permit uint64) match { return exactly(5, permit) }

// makings are the calls by which a jail is made in a process that has the filter already. A program that makes one
// has no permit, which is 64 random bits: mount and unshare end it; and it stays on its core, but is told that it may
// leave, as when the cores that it asks for include its own.
//
// A permit is good for what a jailer does and no more: fresh file systems, and the namespace of control groups. What
// clone3 is asked for cannot be inspected. Without capabilities it makes nothing but a user namespace, and none in a
// jail, whose root is not that of its mount namespace: see step_pivot in isolate/jailer/root.c.
func makings(permit uint64) []choice {
	const fresh, also = unix.MS_NOSUID | unix.MS_NODEV, unix.MS_RDONLY | unix.MS_NOEXEC
	return []choice{
		{"mount", []row{{allow, []match{permitted(permit), bits(3, ^uint64(also), fresh)}}}, kill},
		{"unshare", []row{{allow, []match{permitted(permit), exactly(0, unix.CLONE_NEWCGROUP)}}}, kill},
		{"sched_setaffinity", []row{{allow, []match{permitted(permit), integer(0, 0)}}}, pretend},
		{"clone3", []row{{allow, []match{permitted(permit)}}}, fails(unix.ENOSYS)},
	}
}
