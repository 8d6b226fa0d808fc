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

// contender is one way to run the trivial program.
type contender struct {
	name, how string
	run       func(ctx context.Context) error
	close     func() error
}

// compile compiles a source to a static program, which is alone in a directory.
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

// contenders returns the plain start, the jail and the other installed sandboxes, each with all the isolation that it
// offers.
func contenders(dir, program string) ([]contender, error) {
	jail, err := jailed(program, "")
	if err != nil {
		return nil, err
	}
	plain := func(context.Context) error { return spawn(program) }
	all := []contender{{"plain", "vfork, exec, wait", plain, nothing}, jail}
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
			fmt.Fprintf(os.Stderr, "bench: warning: %s does not run on this host and is left out: %v\n",
				peer.command, err)
			continue
		}
		all = append(all, c)
	}
	return all, nil
}

// nothing is the close function of contenders that keep nothing.
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

// spawning returns a contender that runs a command.
func spawning(name, how string, args ...string) contender {
	return contender{name, how, func(context.Context) error { return spawn(args...) }, nothing}
}

// jailed returns the contender that runs the program in a jail of this project. input is a file for stdin, or "".
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
			stdin, err := os.Open(input) // once for each run, as runs would share the offset
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

// bubblewrap returns the contender bwrap.
func bubblewrap(path, _, program string) (contender, error) {
	c := spawning("bubblewrap", "all namespaces; no control group, no seccomp, no limits",
		path, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL",
		"--ro-bind", filepath.Dir(program), "/prog", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp",
		"/prog/"+filepath.Base(program))
	return c, c.run(context.Background())
}

// ioiIsolate returns the contender isolate, used like in a contest system: it creates a box, runs the program and
// removes the box.
func ioiIsolate(path, _, program string) (contender, error) {
	var number atomic.Int64
	run := func(context.Context) error {
		box := fmt.Sprintf("--box-id=%d", number.Add(1)%500)
		for _, args := range [][]string{
			{path, "--cg", box, "--init", "--silent"},
			{path, "--cg", box, "--silent", "--dir=/prog=" + filepath.Dir(program), "--run", "--",
				"/prog/" + filepath.Base(program)},
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
