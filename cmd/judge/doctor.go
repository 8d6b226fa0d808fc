package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	lib "github.com/seccomp/libseccomp-golang" // for the version of libseccomp
	"github.com/urfave/cli/v2"
	"golang.org/x/sys/unix"

	"judge/cmd/judge/sandbox"
	"judge/cmd/judge/terminal"
	"judge/isolate"
	"judge/judge/doctor"
	"judge/judge/report"
)

// doctorFlags are the flags of doctor as they were written.
type doctorFlags struct {
	json, languages, isolation string
	noColor                    bool
}

func doctorCommand(stdio IO) *cli.Command {
	return &cli.Command{
		Name:  "doctor",
		Usage: "check this host for isolation and stable timing, and print a fix for each problem",
		Description: "Creates a jail to see whether that works, and only reads everything else. Changes nothing.\n" +
			"Exit codes: 0 fit (warnings do not count), 4 unfit.",
		Flags: []cli.Flag{
			jsonFlag("the checks", "the table"), languagesFlag(), isolationFlag(), noColorFlag(),
		},
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			if c.NArg() > 0 {
				return &usageError{"judge doctor takes no arguments", nearest(c.Args().First(), longFlags(c.Command))}
			}
			return examine(c.Context, stdio, doctorFlags{
				json: c.String("json"), languages: c.String("languages"), isolation: c.String("isolation"),
				noColor: c.Bool("no-color"),
			})
		},
	}
}

func examine(ctx context.Context, stdio IO, f doctorFlags) error {
	if err := jsonFile(f.json); err != nil {
		return err
	}
	if _, err := isolate.ParseLevel(f.isolation); err != nil {
		return &usageError{"--isolation: " + err.Error(), ""}
	}
	table, err := loadLanguages(f.languages)
	if err != nil {
		return err
	}
	// This comes first because it may restart this program.
	trial := tryJail(ctx, f.isolation)
	e := doctor.Examine(doctor.Sources{
		Files:      os.DirFS("/"),
		Try:        func() doctor.Trial { return trial },
		Writable:   func(path string) error { return unix.Access(path, unix.W_OK) },
		Libseccomp: libseccomp(),
		Cache:      cacheState(),
		Commands: doctor.Commands{
			Cores: "judge run --cores", Jobs: "judge run --jobs", Uncached: "judge run --no-cache",
			Report: "judge doctor --json -",
		},
		Languages: func() []doctor.Language { return asDoctor(probe(ctx, table.All())) },
	})
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := f.write(stdio, e); err != nil {
		return err
	}
	if !e.Fit() {
		return &exitStatus{exitHost}
	}
	return nil
}

// trials is the number of measured runs of a jail: the first run also starts a jailer.
const trials = 5

// tryJail creates jails as a session does, and runs a program in each that exits at once.
func tryJail(ctx context.Context, isolation string) doctor.Trial {
	pool, err := openPool(isolation, nil, nil)
	if err != nil {
		return doctor.Trial{Err: err}
	}
	trial := doctor.Trial{Level: pool.Level().String(), Cgroup: pool.Cgroup()}
	trial.Took, err = runNothing(ctx, pool)
	trial.Err = errors.Join(err, pool.Close())
	return trial
}

// runNothing returns the median time of a run.
func runNothing(ctx context.Context, pool *isolate.Pool) (time.Duration, error) {
	command, err := sandbox.Spec{Args: []string{"true"}}.Command()
	if err != nil {
		return 0, err
	}
	var took []time.Duration
	for range trials {
		start := time.Now()
		result, err := pool.Run(ctx, command)
		if err != nil {
			return 0, err
		}
		if result.Cause != isolate.Exited || result.Code != 0 {
			return 0, fmt.Errorf("%s ends differently in a jail: %s, exit code %d",
				command.Args[0], sandbox.Word(result.Cause), result.Code)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	return took[len(took)/2], nil
}

func libseccomp() string {
	major, minor, micro := lib.GetLibraryVersion()
	return fmt.Sprintf("%d.%d.%d", major, minor, micro)
}

// cacheState reports whether the cache can be written, or created. It creates nothing.
func cacheState() doctor.Cache {
	base, err := os.UserCacheDir()
	if err != nil {
		return doctor.Cache{Err: err}
	}
	dir := filepath.Join(base, "judge")
	above := dir
	for err = unix.Access(above, unix.W_OK|unix.X_OK); errors.Is(err, unix.ENOENT) && above != filepath.Dir(above); {
		above = filepath.Dir(above)
		err = unix.Access(above, unix.W_OK|unix.X_OK)
	}
	if err != nil {
		err = fmt.Errorf("%s is not writable: %w", above, err)
	}
	return doctor.Cache{Dir: dir, Err: err}
}

func asDoctor(all []languageState) []doctor.Language {
	var out []doctor.Language
	for _, l := range all {
		out = append(out, doctor.Language{
			Name: l.Name, Version: l.Version, Missing: l.Missing, Package: l.Package, Fault: l.Fault,
		})
	}
	return out
}

// write prints the table, and saves the same facts.
func (f doctorFlags) write(stdio IO, e doctor.Examination) error {
	if f.json == "-" {
		return ignoreClosed(doctor.WriteJSON(stdio.Stdout, e))
	}
	width := terminal.Width(stdio.Stdout)
	err := ignoreClosed(doctor.Table{Width: width, Color: terminal.Colours(width, f.noColor)}.Write(stdio.Stdout, e))
	if f.json != "" {
		err = errors.Join(err, report.WriteFile(f.json, func(w io.Writer) error { return doctor.WriteJSON(w, e) }))
	}
	return err
}
