// Package isolate runs one command in one fresh jail and reports what it did and what it used.
//
//	pool, err := isolate.Open(isolate.Config{})
//	...
//	outcome, err := pool.Run(ctx, isolate.Command{
//		Root:   isolate.Root{Binds: []isolate.Bind{{Source: "/home/me/a.out", Target: "/prog/a.out"}}},
//		Args:   []string{"/prog/a.out"},
//		Stdin:  input,
//		Stdout: &output,
//		Limits: isolate.Limits{CPU: time.Second, Memory: 256 * isolate.MiB},
//	})
//
// A jail has its own pid, mount, ipc, uts, cgroup and (empty) network namespace, its own control
// group on one CPU core, a read-only root directory that shows only what the command lists, a
// private tmpfs, no capabilities, its own user, and a system call filter. It serves one run and is
// discarded with everything in it.
//
// An error means that the jail failed. Whatever the program did is an Outcome. The package knows
// nothing of contests.
package isolate
