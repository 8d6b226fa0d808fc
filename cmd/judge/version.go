package main

import (
	"fmt"
	"runtime"

	"github.com/urfave/cli/v2"

	"judge/isolate/seccomp"
	"judge/judge/report"
)

func versionCommand(stdio IO) *cli.Command {
	return &cli.Command{
		Name:         "version",
		Usage:        "print the versions of judge, Go and libseccomp",
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			if c.NArg() > 0 {
				return &usageError{"judge version takes no arguments", ""}
			}
			_, err := fmt.Fprintln(stdio.Stdout, versionLine())
			return ignoreClosed(err)
		},
	}
}

// versionLine is what judge version and judge --version print.
func versionLine() string {
	return fmt.Sprintf("judge %v, %s, libseccomp %s, %s/%s",
		report.ThisBuild(), runtime.Version(), seccomp.Library(), runtime.GOOS, runtime.GOARCH)
}
