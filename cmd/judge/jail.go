package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/urfave/cli/v2"
	"golang.org/x/sys/unix"

	"judge/isolate"
)

// jailFlags are the flags of jail as they were written.
type jailFlags struct {
	timeLimit, wallTime, memory, processes, output, json string
	see, put                                             []string
	command                                              []string
}

func jailCommand(stdio IO) *cli.Command {
	return &cli.Command{
		Name:      "jail",
		Usage:     "run one command in one fresh jail",
		ArgsUsage: "-- CMD ARG...",
		Description: "The command sees /usr, /lib, /bin and what --see names, all of it read-only, and an empty working directory.\n" +
			"Stdin, stdout and stderr are passed through. The exit code is the command's own, 128+n for a signal, 124 for a limit.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "time-limit", Aliases: []string{"t"}, Usage: "CPU `SECONDS` of all its processes (default: 10)"},
			&cli.StringFlag{Name: "wall-time", Usage: "elapsed `SECONDS` (default: 2 x time limit + 1)"},
			&cli.StringFlag{Name: "memory", Usage: "`MiB` in all (default: 256)"},
			&cli.StringFlag{Name: "processes", Usage: "at most `N` processes and threads at one time (default: 64)"},
			&cli.StringFlag{Name: "output", Usage: "`MiB` on stdout (default: 64)"},
			&cli.StringSliceFlag{Name: "see", Usage: "show the host's `PATH`, too"},
			&cli.StringSliceFlag{Name: "put", Usage: "put a copy of `FILE` into the working directory"},
			&cli.StringFlag{Name: "json", Usage: "write the usage to `FILE`"},
		},
		OnUsageError: usageError,
		Action: func(c *cli.Context) error {
			if c.NArg() == 0 {
				return &usage{"no command given: judge jail [limits] -- CMD ARG...", ""}
			}
			return jail(c.Context, stdio, jailFlags{
				timeLimit: c.String("time-limit"), wallTime: c.String("wall-time"), memory: c.String("memory"),
				processes: c.String("processes"), output: c.String("output"), json: c.String("json"),
				see: c.StringSlice("see"), put: c.StringSlice("put"), command: c.Args().Slice(),
			})
		},
	}
}

func jail(ctx context.Context, stdio IO, f jailFlags) error {
	command, err := f.isolated(stdio)
	if err != nil {
		return err
	}
	pool, err := isolate.Open(isolate.Config{})
	if err != nil {
		return err
	}
	outcome, err := pool.Run(ctx, command)
	if err = errors.Join(err, pool.Close()); err != nil {
		return err
	}
	return f.tell(stdio, outcome)
}

// isolated makes the jail's command out of the flags.
func (f jailFlags) isolated(stdio IO) (isolate.Command, error) {
	limits, err := f.limits()
	if err != nil {
		return isolate.Command{}, err
	}
	command := isolate.Command{
		Root:   isolate.Root{Sees: append(hostPaths(), f.see...)},
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
		return l, &usage{fmt.Sprintf("--memory %s: no program starts within less than 1 MiB", f.memory), ""}
	}
	return l, nil
}

// readFiles reads what is put into the working directory.
func readFiles(paths []string) ([]isolate.File, error) {
	var files []isolate.File
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, &usage{fmt.Sprintf("--put %s: %v", path, err), ""}
		}
		info, err := os.Stat(path)
		if err != nil {
			return nil, &usage{fmt.Sprintf("--put %s: %v", path, err), ""}
		}
		files = append(files, isolate.File{Name: filepath.Base(path), Data: data, Executable: info.Mode()&0o111 != 0})
	}
	return files, nil
}

// locate finds the command on the host. One that lies where the jail sees anyway keeps its path; any other is shown in
// /prog.
func locate(words, sees []string) ([]string, []isolate.Bind, error) {
	found, err := exec.LookPath(words[0])
	if err != nil && !errors.Is(err, exec.ErrDot) {
		return nil, nil, &usage{fmt.Sprintf("%s: no such command, or not executable", words[0]), ""}
	}
	full, err := filepath.Abs(found)
	if err != nil {
		return nil, nil, err
	}
	for _, seen := range sees {
		if seen = strings.TrimSuffix(seen, "?"); full == seen || strings.HasPrefix(full, strings.TrimSuffix(seen, "/")+"/") {
			return append([]string{full}, words[1:]...), nil, nil
		}
	}
	inside := "/prog/" + filepath.Base(full)
	return append([]string{inside}, words[1:]...), []isolate.Bind{{Source: full, Target: inside}}, nil
}

// usageReport is what --json writes.
type usageReport struct {
	Cause       string  `json:"cause"` // exited, signal, cpu, wall, memory, output, forbidden syscall
	ExitCode    int     `json:"exit_code"`
	Signal      string  `json:"signal"`
	CPUSeconds  float64 `json:"cpu_seconds"`
	WallSeconds float64 `json:"wall_seconds"`
	MemoryBytes int64   `json:"memory_bytes"`
	OutputBytes int64   `json:"output_bytes"`
	StderrBytes int64   `json:"stderr_bytes"`
	OOMKills    int     `json:"oom_kills"`
	Cgroup      string  `json:"cgroup,omitempty"`
}

func newUsageReport(o isolate.Outcome) usageReport {
	r := usageReport{
		Cause: causeWord(o.Cause), ExitCode: o.Code,
		CPUSeconds: o.Usage.CPU.Seconds(), WallSeconds: o.Usage.Wall.Seconds(), MemoryBytes: int64(o.Usage.Memory),
		OutputBytes: int64(o.Usage.Output), StderrBytes: int64(o.Usage.Stderr), OOMKills: o.Usage.OOM,
	}
	if o.Signal != 0 {
		r.Signal = unix.SignalName(o.Signal)
	}
	return r
}

func causeWord(c isolate.Cause) string {
	switch c {
	case isolate.Exited:
		return "exited"
	case isolate.Signaled:
		return "signal"
	case isolate.CPULimit:
		return "cpu"
	case isolate.WallLimit:
		return "wall"
	case isolate.MemoryLimit:
		return "memory"
	case isolate.OutputLimit:
		return "output"
	case isolate.BadSyscall:
		return "forbidden syscall"
	default:
		return "not run"
	}
}

// exitLimit is what timeout(1) exits with, too.
const exitLimit = 124

// cannotStart is the code of a command that is there and cannot be started, or is not there, as shells have it.
func cannotStart(why syscall.Errno) int {
	if why == syscall.ENOENT {
		return 127
	}
	return 126
}

// tell reports the usage and gives the exit code.
func (f jailFlags) tell(stdio IO, o isolate.Outcome) error {
	r := newUsageReport(o)
	if f.json != "" {
		if err := writeUsage(f.json, r); err != nil {
			return err
		}
	}
	if o.ExecErrno != 0 {
		fmt.Fprintf(stdio.Stderr, "judge: %s: %v\n", f.command[0], o.ExecErrno)
		return &outcome{cannotStart(o.ExecErrno)}
	}
	ended := "exit " + fmt.Sprint(o.Code)
	code := o.Code
	switch o.Cause {
	case isolate.Exited:
	case isolate.Signaled, isolate.BadSyscall:
		ended, code = strings.TrimSpace(strings.TrimPrefix(r.Cause, "signal")+" signal "+r.Signal), 128+int(o.Signal)
	default:
		ended, code = "over the "+r.Cause+" limit", exitLimit
	}
	fmt.Fprintf(stdio.Stderr, "judge: %s; cpu %.3f s, wall %.3f s, memory %.1f MiB, output %d bytes\n", ended,
		o.Usage.CPU.Seconds(), o.Usage.Wall.Round(time.Millisecond).Seconds(), float64(o.Usage.Memory)/float64(isolate.MiB), o.Usage.Output)
	return &outcome{code}
}

func writeUsage(path string, r usageReport) error {
	var to io.Writer
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("write the usage: %w", err)
	}
	to = file
	encoder := json.NewEncoder(to)
	encoder.SetIndent("", "  ")
	return errors.Join(encoder.Encode(r), file.Close())
}
