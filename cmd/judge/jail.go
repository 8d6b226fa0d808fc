package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"

	"github.com/urfave/cli/v2"

	"judge/cmd/judge/sandbox"
	"judge/isolate"
	"judge/isolate/root"
	"judge/judge/cores"
	"judge/problems/text"
)

// jailFlags are the flags of jail as the user wrote them.
type jailFlags struct {
	timeLimit, wallTime, memory, processes, output, json, isolation string

	see, put, env, dirs, get []string
	chdir, stderr, cores     string
	quiet, serve             bool

	command []string
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
			"With --serve, judge reads commands from stdin, a JSON object a line, and writes a line for each\n" +
			"to stdout. Limits, --see, --put, --dir, --env and --chdir then apply to every line.\n\n" +
			"   judge jail --memory 64 -- python3 -c 'print(1)'",
		Flags:        jailFlagList(),
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			f := jailFlags{
				timeLimit: c.String("time-limit"), wallTime: c.String("wall-time"), memory: c.String("memory"),
				processes: c.String("processes"), output: c.String("output"), json: c.String("json"),
				isolation: c.String("isolation"),
				see:       c.StringSlice("see"), put: c.StringSlice("put"), env: c.StringSlice("env"),
				dirs: c.StringSlice("dir"), get: c.StringSlice("get"), chdir: c.String("chdir"),
				stderr: c.String("stderr"), cores: c.String("cores"), quiet: c.Bool("quiet"),
				serve: c.Bool("serve"), command: c.Args().Slice(),
			}
			switch {
			case f.serve:
				return serveJails(c.Context, raw, f)
			case c.NArg() == 0:
				return &usageError{"no command given: judge jail [limits] -- CMD ARG...", ""}
			}
			return jail(c.Context, stdio, raw, f)
		},
	}
}

func jailFlagList() []cli.Flag {
	return []cli.Flag{
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
		&cli.StringSliceFlag{Name: "dir", Usage: "bind a host path, as `INSIDE=OUTSIDE[:rw]`; read-only without :rw " +
			"(repeatable)"},
		&cli.StringSliceFlag{Name: "put", Usage: "copy `FILE` into the working directory (repeatable)"},
		&cli.StringSliceFlag{Name: "get", Usage: "copy `FILE[=HOST]` out of the working directory (repeatable)"},
		&cli.StringSliceFlag{Name: "env", Usage: "set an environment variable, as `NAME=VALUE` (repeatable)"},
		&cli.StringFlag{Name: "chdir", Usage: "start in `DIR` of the jail (default: the working directory)"},
		&cli.StringFlag{Name: "stderr", Usage: "write the command's stderr to `FILE`; --output limits it, too"},
		boolFlag("quiet", "q", "do not print the line with exit status and usage"),
		&cli.StringFlag{Name: "cores", Usage: "run on the CPUs in `LIST`, such as 1-3,5 (default: all usable)"},
		boolFlag("serve", "", "read commands from stdin as lines of JSON, and write a line for each"),
		&cli.StringFlag{Name: "json", Usage: "write exit status and resource usage to `FILE` as JSON"},
		isolationFlag(),
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
	spec, err := f.spec()
	if err != nil {
		return err
	}
	get, err := sandbox.ParseGet(f.get)
	if err != nil {
		return ofFlag(err)
	}
	cpus, err := f.cpus()
	if err != nil {
		return err
	}
	command, err := spec.Command()
	if err != nil {
		return f.noUsage(ofFlag(err))
	}
	command.Stdin, command.Stderr = raw.Stdin, raw.Stderr
	command.Stdout = &watchedOutput{raw.Stdout, func() { stop(&interrupted{syscall.SIGPIPE}) }}
	pool, err := openPool(f.isolation, cpus, nil)
	if err != nil {
		return err
	}
	closeStderr, err := f.redirect(&command)
	if err != nil {
		return errors.Join(err, pool.Close())
	}
	refused := func() []*sandbox.Error { return nil }
	if len(get) > 0 {
		refused, command.Collect = sandbox.Collect(get)
	}
	noteLongLimit(stdio.Stderr, f.timeLimit, command.Limits.CPU)
	result, err := pool.Run(ctx, command)
	if err = errors.Join(err, pool.Close(), closeStderr()); err != nil {
		if by := interruption(ctx); by == syscall.SIGPIPE && errors.Is(err, context.Canceled) {
			return &exitStatus{128 + int(by)}
		}
		return ofJail(err)
	}
	return withRefused(stdio, f.printUsage(stdio, pool.Level(), command.Limits, result), refused())
}

// withRefused reports files that could not be copied out. They fail a command that has not failed itself.
func withRefused(stdio IO, ended error, refused []*sandbox.Error) error {
	var errs []error
	for _, one := range refused {
		errs = append(errs, ofFlag(one))
	}
	if code := exitCode(ended, 0); code == exitOK || len(errs) == 0 {
		return errors.Join(append(errs, ended)...)
	}
	for _, one := range errs {
		fmt.Fprintf(stdio.Stderr, "judge: %s\n", text.Error(one))
	}
	return ended
}

// redirect opens the file for the command's stderr.
func (f jailFlags) redirect(command *isolate.Command) (closed func() error, err error) {
	if f.stderr == "" {
		return func() error { return nil }, nil
	}
	file, err := os.Create(f.stderr)
	if err != nil {
		return nil, &misuse{fmt.Errorf("--stderr: %w", err)}
	}
	command.Stderr, command.Limits.Stderr = file, command.Limits.Output
	return file.Close, nil
}

// noUsage writes the usage of a command that does not exist, and returns the error.
func (f jailFlags) noUsage(err error) error {
	var missing *sandbox.MissingError
	if f.json == "" || !errors.As(err, &missing) {
		return err
	}
	return errors.Join(err, writeUsage(f.json, sandbox.NotStarted(missing.Code)))
}

// ofJail adds hints to the errors of a jail.
func ofJail(err error) error {
	switch {
	case errors.Is(err, root.ErrReserved):
		return &hinted{err, "copy it to another directory, or pass a file with --put"}
	case errors.As(err, new(*isolate.DirectoryError)):
		return &hinted{err, "name a directory of the jail with --chdir"}
	default:
		return err
	}
}

// ofFlag names the flag in an error about a part of a sandbox.Spec.
func ofFlag(err error) error {
	var part *sandbox.Error
	if errors.As(err, &part) {
		return &usageError{"--" + part.Error(), part.Hint}
	}
	return err
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

// spec returns what the flags ask for.
func (f jailFlags) spec() (sandbox.Spec, error) {
	limits, err := f.limits()
	if err != nil {
		return sandbox.Spec{}, err
	}
	files, err := sandbox.Put(f.put)
	return sandbox.Spec{
		Args: f.command, Limits: limits, Env: f.env, See: f.see, Dirs: f.dirs, Chdir: f.chdir, Files: files,
	}, ofFlag(err)
}

// cpus returns the cores of --cores; nil: any.
func (f jailFlags) cpus() ([]int, error) {
	if f.cores == "" {
		return nil, nil
	}
	cpus, err := cores.Parse(f.cores)
	if err != nil {
		return nil, &usageError{"--cores: " + err.Error(), ""}
	}
	return cpus, nil
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
	return l, nil
}

// serveJails answers lines of JSON on stdin until stdin ends.
func serveJails(ctx context.Context, raw IO, f jailFlags) error {
	if len(f.command) > 0 || len(f.get) > 0 || f.json != "" || f.stderr != "" {
		return &usageError{"--serve: a command, --get, --json and --stderr belong into the lines", ""}
	}
	base, err := f.spec()
	if err != nil {
		return err
	}
	if _, err := seenOf(base).Command(); err != nil { // a wrong flag is no error of each line
		return ofFlag(err)
	}
	cpus, err := f.cpus()
	if cpus == nil && err == nil {
		cpus, err = cores.Default()
	}
	if err != nil {
		return err
	}
	pool, err := openPool(f.isolation, cpus, nil)
	if err != nil {
		return err
	}
	if err := pool.Try(); err != nil {
		return errors.Join(nameWaivers(err), pool.Close())
	}
	server := sandbox.Server{Run: pool.Run, Level: pool.Level(), Cores: cpus, Base: base}
	err = errors.Join(server.Serve(ctx, raw.Stdin, raw.Stdout), pool.Close())
	if errors.Is(err, syscall.EPIPE) { // the client has left
		return &exitStatus{128 + int(syscall.SIGPIPE)}
	}
	return err
}

// seenOf returns a Spec with a command that every host has.
func seenOf(base sandbox.Spec) sandbox.Spec {
	base.Args = []string{"/bin/true"}
	return base
}
