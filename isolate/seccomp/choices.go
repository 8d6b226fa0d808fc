package seccomp

import (
	"slices"

	"golang.org/x/sys/unix"
)

// choices returns the calls whose arguments decide in an order of rows. See restricted for those
// that libseccomp can express.
func (c Config) choices() []choice {
	return slices.Concat(
		hugePages(), pageCache(c.OneUser), processes(c.Permit), descriptors(c.OneUser), makings(c.Permit))
}

// shmHugeTLB is SHM_HUGETLB of shmget(2), which x/sys/unix does not name.
const shmHugeTLB = 0o4000

// hugePages returns the calls that take pages from the host's reserve (vm.nr_hugepages), which no
// memory control group counts. They answer as on a host without a reserve.
func hugePages() []choice {
	return []choice{
		{"mmap", []row{{fails(unix.ENOMEM), []match{bits(3, unix.MAP_HUGETLB, unix.MAP_HUGETLB)}}}, allow},
		{"memfd_create", []row{{fails(unix.EINVAL), []match{bits(1, unix.MFD_HUGETLB, unix.MFD_HUGETLB)}}}, allow},
		{"shmget", []row{{fails(unix.ENOMEM), []match{bits(2, shmHugeTLB, shmHugeTLB)}}}, allow},
	}
}

// pageCache returns the calls that can tell which pages of a file are in memory, or evict them,
// which every jail that sees the file could notice.
func pageCache(ownsFiles bool) []choice {
	residency := allow // the kernel tells it only to the owner of a file
	if ownsFiles {
		residency = fails(unix.ENOSYS)
	}
	plain := []row{{allow, []match{integer(5, 0)}}} // the flag RWF_NOWAIT reads only pages in memory
	return []choice{
		{"mincore", nil, residency},
		{"preadv2", plain, fails(unix.EOPNOTSUPP)},
		{"pwritev2", plain, fails(unix.EOPNOTSUPP)},
		// Other advice is unknown, as on an older kernel: MADV_MERGEABLE merges equal pages of all
		// jails.
		{"madvise", advice(), fails(unix.EINVAL)},
		// Without MS_SYNC the kernel writes nothing, and reports whether there is memory, which
		// unwinders ask.
		{"msync", []row{{pretend, []match{bits(2, unix.MS_SYNC, unix.MS_SYNC)}}}, allow},
	}
}

// advice allows advice that changes only the caller's mappings.
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

// processes returns the calls that change another process. The only process that a program can name
// and does not own is pid 1, its jail's init, which has the program's user with OneUser. For these
// calls it does not exist.
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
			{allow, []match{exactly(2, 0)}}, // a query
			initAt(0),
			{pretend, []match{integer(1, unix.RLIMIT_CORE)}}, // see limits
		}, allow},
	}
}

// descriptors allows the commands of fcntl that affect only the descriptor. See restricted for
// locks.
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

// permitted matches a call that carries the permit as its sixth argument. The kernel ignores that
// argument of these calls.
func permitted(permit uint64) match { return exactly(5, permit) }

// makings returns the calls that make a jail in a process that has the filter already. A program
// does not know the permit, which is 64 random bits. mount and unshare kill it. sched_setaffinity
// does nothing, but reports success, as if the requested cores included its own.
//
// The permit allows only what a jailer does: new file systems, and the cgroup namespace. A filter
// cannot read the flags of clone3. Without capabilities clone3 could create only a user namespace,
// and none in a jail, whose root is not that of its mount namespace: see step_pivot in
// isolate/jailer/root.c, and docs/jail.md.
func makings(permit uint64) []choice {
	const fresh, also = unix.MS_NOSUID | unix.MS_NODEV, unix.MS_RDONLY | unix.MS_NOEXEC
	return []choice{
		{"mount", []row{{allow, []match{permitted(permit), bits(3, ^uint64(also), fresh)}}}, kill},
		{"unshare", []row{{allow, []match{permitted(permit), exactly(0, unix.CLONE_NEWCGROUP)}}}, kill},
		{"sched_setaffinity", []row{{allow, []match{permitted(permit), integer(0, 0)}}}, pretend},
		{"clone3", []row{{allow, []match{permitted(permit)}}}, fails(unix.ENOSYS)},
	}
}
