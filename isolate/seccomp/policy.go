package seccomp

// allowed is the system calls that a program may make with any arguments. Calls that no file of
// this package names return ENOSYS, so a call that is newer than this list is absent and not open.
//
// The list is sufficient for the unmodified runtimes of all languages that the judge supports. A
// name that this machine's libseccomp does not know is left out and returns ENOSYS as well.
var allowed = [...]group{
	{"files, by path and by descriptor; the mount tree says which", []string{
		"read", "write", "readv", "writev", "pread64", "pwrite64", "preadv", "pwritev",
		"open", "openat", "creat", "close", "close_range", "lseek", "dup", "dup2", "dup3", "pipe", "pipe2",
		"stat", "lstat", "fstat", "newfstatat", "statx", "access", "faccessat", "faccessat2", "readlink", "readlinkat",
		"getdents", "getdents64", "getcwd", "chdir", "fchdir", "mkdir", "mkdirat", "rmdir", "rename", "renameat",
		"renameat2", "link", "linkat", "symlink", "symlinkat", "unlink", "unlinkat", "chmod", "fchmod", "fchmodat",
		"chown", "fchown", "lchown", "fchownat", "utime", "utimes", "utimensat", "futimesat", "truncate", "ftruncate",
		"fallocate", "sendfile", "copy_file_range",
		"splice", "tee", "statfs", "fstatfs", "umask", "getxattr", "lgetxattr", "fgetxattr", "listxattr",
		"llistxattr", "flistxattr",
	}},
	{"waiting for descriptors", []string{
		"poll", "ppoll", "select", "pselect6", "epoll_create", "epoll_create1", "epoll_ctl", "epoll_wait",
		"epoll_pwait", "epoll_pwait2", "eventfd", "eventfd2", "signalfd", "signalfd4", "timerfd_create",
		"timerfd_settime", "timerfd_gettime",
	}},
	{"memory", []string{
		"brk", "munmap", "mremap", "mprotect", "mlock", "mlock2", "mlockall", "munlock", "munlockall", "membarrier",
		"pkey_alloc", "pkey_free", "pkey_mprotect",
	}},
	{"processes and threads", []string{
		"fork", "vfork", "execve", "execveat", "exit", "exit_group", "wait4", "waitid", "gettid", "getpid", "getppid",
		"getpgid", "setpgid", "getpgrp", "setsid", "getsid", "set_tid_address", "set_robust_list", "get_robust_list",
		"futex", "futex_waitv", "rseq", "arch_prctl", "sched_yield", "pidfd_send_signal",
		"restart_syscall",
	}},
	{"signals, within the jail's own pid namespace", []string{
		"rt_sigaction", "rt_sigprocmask", "rt_sigpending", "rt_sigreturn", "rt_sigsuspend", "rt_sigtimedwait",
		"sigaltstack", "pause", "alarm",
	}},
	{"time", []string{
		"clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "times", "getitimer",
		"setitimer", "timer_create", "timer_delete", "timer_getoverrun", "timer_gettime", "timer_settime",
	}},
	{"who and where one is, and changes that need a capability", []string{
		"getuid", "geteuid", "getgid", "getegid", "getgroups", "getresuid", "getresgid", "setuid", "setgid", "setreuid",
		"setregid", "setresuid", "setresgid", "setgroups", "setfsuid", "setfsgid", "capget", "capset", "uname",
		"sysinfo",
		"getcpu", "getrusage", "getrlimit", "getpriority", "ioprio_get",
		"getrandom",
	}},
	{"scheduling", []string{
		"sched_getaffinity", "sched_getparam", "sched_getscheduler", "sched_getattr", "sched_get_priority_max",
		"sched_get_priority_min", "sched_rr_get_interval",
	}},
	{"sockets, which only socket and socketpair can make: see restricted", []string{
		"connect", "bind", "listen", "accept", "accept4", "getsockname", "getpeername", "getsockopt", "setsockopt",
		"shutdown", "sendto", "sendmsg", "sendmmsg", "recvfrom", "recvmsg", "recvmmsg",
	}},
	{"System V and POSIX queues, in the jail's own ipc namespace", []string{
		"shmat", "shmdt", "shmctl", "semget", "semop", "semtimedop", "semctl", "msgget", "msgsnd", "msgrcv",
		"msgctl", "mq_open", "mq_unlink", "mq_timedsend", "mq_timedreceive", "mq_notify", "mq_getsetattr",
	}},
}

// pretended is the calls that succeed and do nothing. A program's files are on a tmpfs, which has
// no disk to sync with and no pages to read ahead. On files that jails share, these calls would
// evict pages from memory.
var pretended = [...]group{
	{"writing to disk", []string{"fsync", "fdatasync", "sync", "syncfs", "sync_file_range"}},
	{"advice about the page cache", []string{"fadvise64", "readahead"}},
}

// killed is the calls that no contest program makes by accident. They kill the process with SIGSYS,
// and the outcome reports it. mount and unshare are in makings. Calls that honest runtimes probe
// (io_uring by Node, keyctl by some libraries) return ENOSYS, as no list names them.
//
// So do calls that would be a channel between jails and that runtimes do without: cachestat (how
// much of a file is in memory), openat2 (RESOLVE_CACHED tells which names were looked up before,
// and a filter cannot read its flags), mbind and similar calls (they move pages of a file to
// another node, and tell where they are).
var killed = [...]group{
	{"tracing and reading other processes", []string{
		"ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_getfd",
	}},
	{"changing what is mounted", []string{
		"umount2", "pivot_root", "chroot", "open_tree", "move_mount", "fsopen", "fsconfig", "fsmount", "fspick",
		"mount_setattr", "swapon", "swapoff", "quotactl", "quotactl_fd",
	}},
	{"namespaces", []string{"setns"}},
	{"the kernel itself", []string{
		"bpf", "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot", "acct",
		"settimeofday", "clock_settime", "clock_adjtime", "adjtimex", "sethostname", "setdomainname", "iopl", "ioperm",
		"syslog", "vhangup", "open_by_handle_at", "name_to_handle_at", "lookup_dcookie", "perf_event_open",
		"userfaultfd",
	}},
}

// group is a list of system calls with the reason for their place.
type group struct {
	reason string
	names  []string
}
