package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/urfave/cli/v2"

	"judge/isolate"
	"judge/isolate/root"
)

// jailFlags are the flags of jail as the user wrote them.
type jailFlags struct {
	timeLimit, wallTime, memory, processes, output, json, isolation string
	see, put                                                        []string
	command                                                         []string
}

func jailCommand(stdio, raw IO) *cli.Command {
	return &cli.Command{
		Name:      "jail",
		Usage:     "run one command in one fresh jail",
		ArgsUsage: "-- CMD ARG...",
		Description: "The command sees /usr, /lib, /bin and the paths of --see, all read-only, and an empty working\n" +
			"directory. Stdin, stdout and stderr are passed through. The exit code is the command's own,\n" +
			"128+n for a signal, 124 for a limit, 126 or 127 if the command cannot be started or does not\n" +
			"exist, and 125 for an error of judge itself, an unfit host included.\n\n" +
			"   judge jail --memory 64 -- python3 -c 'print(1)'",
		Flags: []cli.Flag{
			&cli.StringFlag{
				Name: "time-limit", Aliases: []string{"t"},
				Usage: "kill after `SECONDS` of CPU time of all processes (default: 10)",
			},
			&cli.StringFlag{
				Name: "wall-time", Usage: "kill after `SECONDS` of elapsed time (default: 2 x time limit + 1)",
			},
			&cli.StringFlag{Name: "memory", Usage: "limit memory to `MiB` in all, files included (default: 256)"},
			&cli.StringFlag{Name: "processes", Usage: "allow `N` processes and threads at once (default: 64)"},
			&cli.StringFlag{Name: "output", Usage: "kill after `MiB` on stdout (default: 64)"},
			&cli.StringSliceFlag{Name: "see", Usage: "bind `PATH` read-only (repeatable)"},
			&cli.StringSliceFlag{Name: "put", Usage: "copy `FILE` into the working directory (repeatable)"},
			&cli.StringFlag{Name: "json", Usage: "write exit status and resource usage to `FILE` as JSON"},
			isolationFlag(),
		},
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			if c.NArg() == 0 {
				return &usageError{"no command given: judge jail [limits] -- CMD ARG...", ""}
			}
			return jail(c.Context, stdio, raw, jailFlags{
				timeLimit: c.String("time-limit"), wallTime: c.String("wall-time"), memory: c.String("memory"),
				processes: c.String("processes"), output: c.String("output"), json: c.String("json"),
				isolation: c.String("isolation"),
				see:       c.StringSlice("see"), put: c.StringSlice("put"), command: c.Args().Slice(),
			})
		},
	}
}

// jail runs the command; raw holds the streams of the command itself.
func jail(ctx context.Context, stdio, raw IO, f jailFlags) error {
	if f.json == "-" {
		return &usageError{"--json -: stdout belongs to the command", "name a file"}
	}
	if err := jsonFile(f.json); err != nil {
		return err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	raw.Stdout = &watchedOutput{raw.Stdout, func() { stop(&interrupted{syscall.SIGPIPE}) }}
	command, err := f.isolated(raw)
	if err != nil {
		return err
	}
	pool, err := openPool(f.isolation, nil, nil)
	if err != nil {
		return err
	}
	noteLongLimit(stdio.Stderr, f.timeLimit, command.Limits.CPU)
	result, err := pool.Run(ctx, command)
	if err = errors.Join(err, pool.Close()); err != nil {
		if by := interruption(ctx); by == syscall.SIGPIPE && errors.Is(err, context.Canceled) {
			return &exitStatus{128 + int(by)}
		}
		if errors.Is(err, root.ErrReserved) {
			return &hinted{err, "copy it to another directory, or pass a file with --put"}
		}
		return err
	}
	return f.printUsage(stdio, pool.Level(), command.Limits, result)
}

// watchedOutput passes the command's stdout on. When its reader leaves, as in "judge jail ... | head", it calls broken,
// since the command writes into a pipe of ours and would not notice.
type watchedOutput struct {
	to     io.Writer
	broken func()
}

// Write passes data on. It calls broken if the reader has left.
func (w *watchedOutput) Write(data []byte) (int, error) {
	n, err := w.to.Write(data)
	if errors.Is(err, syscall.EPIPE) {
		w.broken()
	}
	return n, err
}

// isolated returns the jail's command for the flags.
func (f jailFlags) isolated(stdio IO) (isolate.Command, error) {
	limits, err := f.limits()
	if err != nil {
		return isolate.Command{}, err
	}
	see, err := seen(f.see)
	if err != nil {
		return isolate.Command{}, err
	}
	command := isolate.Command{
		Root:   isolate.Root{Sees: append(hostPaths(), see...)},
		Env:    []string{"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/tmp", "LANG=C.UTF-8"},
		Stdin:  stdio.Stdin,
		Stdout: stdio.Stdout,
		Stderr: stdio.Stderr,
		Limits: limits,
	}
	if command.Files, err = readFiles(f.put); err != nil {
		return isolate.Command{}, err
	}
	command.Args, command.Root.Binds, err = locate(f.command, command.Root.Sees)
	return command, err
}

// hostPaths are what a dynamically linked program of a host needs.
func hostPaths() []string {
	return []string{"/usr", "/bin", "/lib", "/lib64?", "/etc/alternatives?", "/etc/ld.so.cache?"}
}

// seen returns the absolute paths of --see, which must exist.
func seen(paths []string) ([]string, error) {
	var all []string
	for _, path := range paths {
		full, err := filepath.Abs(path)
		if err != nil {
			return nil, fmt.Errorf("find %s: %w", path, err)
		}
		if _, err := os.Stat(full); err != nil {
			return nil, &usageError{fmt.Sprintf("--see %s: %v", path, cause(err)), ""}
		}
		all = append(all, full)
	}
	return all, nil
}

// cause returns a file error without the name, where the message has it already.
func cause(err error) error {
	var inner *fs.PathError
	if errors.As(err, &inner) {
		return inner.Err
	}
	return err
}

func (f jailFlags) limits() (l isolate.Limits, err error) {
	var memory, output int64
	for _, read := range []func() error{
		func() (err error) { l.CPU, err = seconds("time-limit", f.timeLimit); return },
		func() (err error) { l.Wall, err = seconds("wall-time", f.wallTime); return },
		func() (err error) { memory, err = mebibytes("memory", f.memory); return },
		func() (err error) { output, err = mebibytes("output", f.output); return },
		func() (err error) { l.Processes, err = count("processes", f.processes, 1<<15); return },
	} {
		if err := read(); err != nil {
			return l, err
		}
	}
	l.Memory, l.Output = isolate.Bytes(memory), isolate.Bytes(output)
	if memory > 0 && l.Memory < isolate.MiB {
		return l, &usageError{fmt.Sprintf("--memory %s: too little for any program: expected at least 1", f.memory), ""}
	}
	return withDefaults(l), nil
}

// withDefaults fills in the jail's defaults, so that the limit that ended a command can be named.
func withDefaults(l isolate.Limits) isolate.Limits {
	l.CPU = cmp.Or(l.CPU, isolate.DefaultCPU)
	l.Wall = cmp.Or(l.Wall, 2*l.CPU+time.Second)
	l.Memory = cmp.Or(l.Memory, isolate.DefaultMemory)
	l.Processes = cmp.Or(l.Processes, isolate.DefaultProcesses)
	l.Output = cmp.Or(l.Output, isolate.DefaultOutput)
	return l
}

// maxPut bounds a file that is copied into a jail. It counts towards the memory limit there.
const maxPut = 64 << 20 // bytes

// readFiles reads the files of --put.
func readFiles(paths []string) ([]isolate.File, error) {
	var files []isolate.File
	for _, path := range paths {
		file, err := readFile(path)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(files, func(f isolate.File) bool { return f.Name == file.Name }) {
			return nil, &usageError{fmt.Sprintf("--put %s: another file is named %q", path, file.Name),
				"rename one: --put drops the directory"}
		}
		files = append(files, file)
	}
	return files, nil
}

// readFile reads one of them.
func readFile(path string) (isolate.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return isolate.File{}, &usageError{fmt.Sprintf("--put %s: %v", path, cause(err)), ""}
	}
	switch {
	case info.IsDir():
		return isolate.File{}, &usageError{fmt.Sprintf("--put %s: a directory", path), "bind it with --see " + path}
	case !info.Mode().IsRegular(): // opening a FIFO would block until it has a writer
		return isolate.File{}, &usageError{fmt.Sprintf("--put %s: not a regular file", path),
			"copy its contents to a file"}
	case info.Size() > maxPut:
		return isolate.File{}, &usageError{fmt.Sprintf("--put %s: larger than %d MiB", path, maxPut>>20),
			"bind it with --see " + path}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return isolate.File{}, &usageError{fmt.Sprintf("--put %s: %v", path, cause(err)), ""}
	}
	return isolate.File{Name: filepath.Base(path), Data: data, Executable: info.Mode()&0o111 != 0}, nil
}

// missingCommand is a command that does not exist, or cannot be executed.
type missingCommand struct {
	usageError
	code int
}

// noCommand returns why a command cannot be found.
func noCommand(name string) error {
	info, err := os.Stat(name)
	if strings.Contains(name, "/") && err == nil && info.Mode().IsRegular() {
		return &missingCommand{usageError{name + ": not executable", "chmod +x " + name}, cannotStart(syscall.EACCES)}
	}
	hint := ""
	if !strings.Contains(name, "/") && err == nil {
		hint = "write ./" + name
	}
	return &missingCommand{usageError{name + ": no such command", hint}, cannotStart(syscall.ENOENT)}
}

// locate finds the command on the host. One in a directory that the jail sees keeps its path; any other is bound to
// /prog.
func locate(words, sees []string) ([]string, []isolate.Bind, error) {
	found, err := exec.LookPath(words[0])
	if err != nil && !errors.Is(err, exec.ErrDot) {
		return nil, nil, noCommand(words[0])
	}
	full, err := filepath.Abs(found)
	if err != nil {
		return nil, nil, err
	}
	for _, seen := range sees {
		seen = strings.TrimSuffix(strings.TrimSuffix(seen, "?"), "/")
		if full == seen || strings.HasPrefix(full, seen+"/") {
			return append([]string{full}, words[1:]...), nil, nil
		}
	}
	inside := "/prog/" + filepath.Base(full)
	return append([]string{inside}, words[1:]...), []isolate.Bind{{Source: full, Target: inside}}, nil
}
