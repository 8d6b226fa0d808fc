package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/sys/unix"
)

// runc returns the contender runc.
func runc(path, dir, program string) (contender, error) { return ociRuntime(path, dir, program) }

// crun returns the contender crun. It does not run on hosts with both versions of control groups. There it is
// measured without control groups, in a mount namespace without cgroup2.
func crun(path, dir, program string) (contender, error) {
	if c, err := ociRuntime(path, filepath.Join(dir, "with-groups"), program); err == nil {
		return c, nil
	}
	mounts, err := withoutUnified()
	if err != nil {
		return contender{}, err
	}
	c, err := ociRuntime(path, filepath.Join(dir, "without-groups"), program, "--cgroup-manager=disabled")
	outside := c.run // it failed here, where both versions are visible
	if outside == nil {
		return c, errors.Join(err, mounts.Close())
	}
	c.run = func(ctx context.Context) error {
		return onOwnThread(func() error {
			return errors.Join(unix.Unshare(unix.CLONE_FS), unix.Setns(int(mounts.Fd()), unix.CLONE_NEWNS),
				outside(ctx))
		})
	}
	c.close = mounts.Close
	if err = c.run(context.Background()); err != nil {
		err = errors.Join(err, mounts.Close())
	}
	return c, err
}

// withoutUnified creates a mount namespace without the cgroup2 mount of hosts with cgroup v1.
func withoutUnified() (mounts *os.File, err error) {
	err = onOwnThread(func() error {
		if err := unix.Unshare(unix.CLONE_FS | unix.CLONE_NEWNS); err != nil {
			return err
		}
		err := errors.Join(unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""),
			unix.Unmount("/sys/fs/cgroup/unified", unix.MNT_DETACH))
		if err == nil {
			mounts, err = os.Open("/proc/thread-self/ns/mnt")
		}
		return err
	})
	return mounts, err
}

// onOwnThread calls f on a thread that exits afterwards, so that changes to the thread's namespaces are lost with it.
func onOwnThread(f func() error) error {
	done := make(chan error)
	go func() {
		runtime.LockOSThread()
		done <- f()
	}()
	return <-done
}

// ociRuntime returns the contender that runs a bundle with the runtime's own default specification, without a
// terminal.
func ociRuntime(path, dir, program string, options ...string) (contender, error) {
	name := filepath.Base(path)
	bundle := filepath.Join(dir, name)
	root := filepath.Join(bundle, "rootfs")
	if err := os.MkdirAll(root, 0o755); err != nil {
		return contender{}, err
	}
	binary, err := os.ReadFile(program)
	if err != nil {
		return contender{}, err
	}
	if err := os.WriteFile(filepath.Join(root, "trivial"), binary, 0o755); err != nil {
		return contender{}, err
	}
	command := exec.Command(path, "spec")
	command.Dir = bundle
	if out, err := command.CombinedOutput(); err != nil {
		return contender{}, fmt.Errorf("%w: %s", err, out)
	}
	config := filepath.Join(bundle, "config.json")
	text, err := os.ReadFile(config)
	if err != nil {
		return contender{}, err
	}
	edited := strings.NewReplacer(`"terminal": true`, `"terminal": false`, `"sh"`, `"/trivial"`).Replace(string(text))
	if err := os.WriteFile(config, []byte(edited), 0o644); err != nil {
		return contender{}, err
	}
	var number atomic.Int64
	run := func(context.Context) error {
		name := fmt.Sprintf("bench-%d-%d", os.Getpid(), number.Add(1))
		return spawn(slices.Concat([]string{path}, options, []string{"run", "--bundle", bundle, name})...)
	}
	how := strings.Join(append([]string{"a bundle with its default spec"}, options...), ", ")
	c := contender{name, how, run, nothing}
	return c, run(context.Background())
}
