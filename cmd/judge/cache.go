package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"judge/problems/cache"
	"judge/problems/text"
)

func cacheCommand(stdio IO) *cli.Command {
	return &cli.Command{
		Name:  "cache",
		Usage: "show what is kept from one run to the next, or clear it",
		Description: "Holds compiled programs (programs), versions of compilers (versions), results of tests (verdicts) and unpacked archives\n" +
			"(packages), in $XDG_CACHE_HOME/judge or ~/.cache/judge. All together take at most 4 GiB: what was used longest ago is removed\n" +
			"first. What a killed judge left is removed when the next one starts.",
		Flags:        []cli.Flag{&cli.BoolFlag{Name: "clear", Usage: "remove what no judge uses at the moment", DisableDefaultText: true}},
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			if c.NArg() > 0 {
				return &usageError{"judge cache takes no arguments", nearest(c.Args().First(), longFlags(c.Command))}
			}
			kept, err := cache.Open("")
			if err != nil {
				return err
			}
			defer kept.Close()
			if c.Bool("clear") {
				return kept.Clear()
			}
			parts, err := kept.Usage()
			if err != nil {
				return fmt.Errorf("look at the cache: %w", err)
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
