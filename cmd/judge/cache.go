package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"judge/judge"
	"judge/problems/text"
)

func cacheCommand(stdio IO) *cli.Command {
	return &cli.Command{
		Name:  "cache",
		Usage: "show what is kept from one run to the next, or clear it",
		Description: "Compiled programs (programs, at most 1 GiB), what compilers say of themselves (versions), results of tests (verdicts, at most\n" +
			"256 MiB) and unpacked archives (packages), in $XDG_CACHE_HOME/judge or ~/.cache/judge.",
		Flags:        []cli.Flag{&cli.BoolFlag{Name: "clear", Usage: "remove what no judge uses at the moment", DisableDefaultText: true}},
		OnUsageError: usageError,
		Action: func(c *cli.Context) error {
			if c.NArg() > 0 {
				return &usage{"judge cache takes no arguments", ""}
			}
			if c.Bool("clear") {
				return judge.ClearCache()
			}
			parts, err := judge.CacheUsage()
			if err != nil {
				return err
			}
			var b strings.Builder
			for _, p := range parts {
				fmt.Fprintf(&b, "%-9s %7d files %9.1f MiB  %s\n", p.Name, p.Files, float64(p.Bytes)/(1<<20), text.Line(p.Path))
			}
			_, err = fmt.Fprint(stdio.Stdout, b.String())
			return ignoreClosed(err)
		},
	}
}
