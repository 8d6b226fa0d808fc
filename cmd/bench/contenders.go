package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"

	"judge/isolate"
)

// contender is one way to run the trivial program once.
type contender struct {
	name, how string
	run       func(ctx context.Context) error
	close     func() error
}

// compile makes a static program of a source, alone in a directory.
func compile(dir, name, source string) (string, error) {
	root := filepath.Join(dir, name)
	if err := os.Mkdir(root, 0o755); err != nil {
		return "", err
	}
	file := filepath.Join(dir, name+".c")
	if err := errors.Join(os.Chmod(dir, 0o755), os.WriteFile(file, []byte(source), 0o644)); err != nil {
		return "", err
	}
	program := filepath.Join(root, name)
	if out, err := exec.Command("gcc", "-O2", "-static", "-o", program, file).CombinedOutput(); err != nil {
		return "", fmt.Errorf("compile the program to run: %w\n%s", err, out)
	}
	return program, nil
}

// contenders are the plain start, the jail, and what is installed of others; each gives full isolation as it offers it.
func contenders(dir, program string) ([]contender, error) {
	jail, err := jailed(program, "")
	if err != nil {
		return nil, err
	}
	all := []contender{{"plain", "vfork, exec, wait", func(context.Context) error { return spawn(program) }, nothing}, jail}
	for _, peer := range []struct {
		command string
		set     func(path, dir, program string) (contender, error)
	}{{"bwrap", bubblewrap}, {"crun", crun}, {"runc", runc}, {"isolate", ioiIsolate}, {"go-judge", goJudge}} {
		path, err := exec.LookPath(peer.command)
		if err != nil {
			continue
		}
		c, err := peer.set(path, dir, program)
		if err != nil {
			fmt.Fprintf(os.Stderr, "bench: left out, it does not run here: %s: %v\n", peer.command, err)
			continue
		}
		all = append(all, c)
	}
	return all, nil
}

func nothing() error { return nil }

// spawn starts a program and waits for it. ForkExec is clone(CLONE_VFORK|CLONE_VM) and exec.
func spawn(args ...string) error {
	pid, err := syscall.ForkExec(args[0], args, &syscall.ProcAttr{Files: []uintptr{0, 1, 2}})
	if err != nil {
		return err
	}
	var status syscall.WaitStatus
	for {
		_, err = syscall.Wait4(pid, &status, 0, nil)
		if err != syscall.EINTR {
			break
		}
	}
	if err == nil && status != 0 {
		err = fmt.Errorf("%s ended with %#x", strings.Join(args, " "), uint32(status))
	}
	return err
}

// spawning is a contender that is a command.
func spawning(name, how string, args ...string) contender {
	return contender{name, how, func(context.Context) error { return spawn(args...) }, nothing}
}

// jailed runs the program in a jail of this project; input is a file for its stdin, or "".
func jailed(program, input string) (contender, error) {
	pool, err := isolate.Open(isolate.Config{})
	if err != nil {
		return contender{}, err
	}
	command := isolate.Command{
		Root: isolate.Root{Binds: []isolate.Bind{{Source: filepath.Dir(program), Target: "/prog"}}},
		Args: []string{"/prog/" + filepath.Base(program)},
	}
	run := func(ctx context.Context) error {
		command := command
		if input != "" {
			stdin, err := os.Open(input) // anew, since the offset is shared
			if err != nil {
				return err
			}
			defer stdin.Close()
			command.Stdin = stdin
		}
		outcome, err := pool.Run(ctx, command)
		if err == nil && (outcome.Cause != isolate.Exited || outcome.Code != 0) {
			err = fmt.Errorf("the jailed program ended with %v, exit %d", outcome.Cause, outcome.Code)
		}
		return err
	}
	return contender{"judge", "one fresh jail: all namespaces, control groups, seccomp", run, pool.Close}, nil
}

func bubblewrap(path, _, program string) (contender, error) {
	c := spawning("bubblewrap", "all namespaces; no control group, no seccomp, no limits", path, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL",
		"--ro-bind", filepath.Dir(program), "/prog", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "/prog/"+filepath.Base(program))
	return c, c.run(context.Background())
}

// ioiIsolate does what a contest system does for each run: a fresh box, the program, and the box removed.
func ioiIsolate(path, _, program string) (contender, error) {
	var number atomic.Int64
	run := func(context.Context) error {
		box := fmt.Sprintf("--box-id=%d", number.Add(1)%500)
		for _, args := range [][]string{
			{path, "--cg", box, "--init", "--silent"},
			{path, "--cg", box, "--silent", "--dir=/prog=" + filepath.Dir(program), "--run", "--", "/prog/" + filepath.Base(program)},
			{path, "--cg", box, "--cleanup"},
		} {
			if err := exec.Command(args[0], args[1:]...).Run(); err != nil { // its output goes to /dev/null
				return err
			}
		}
		return nil
	}
	c := contender{"isolate", "--init, --run and --cleanup, with control groups", run, nothing}
	return c, run(context.Background())
}
