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
		Usage: "show the cache of compiled programs and test results, or clear it",
		Description: "The cache holds compiled programs (programs), compiler versions (versions), test results\n" +
			"(verdicts) and unpacked archives (packages) in $XDG_CACHE_HOME/judge or ~/.cache/judge, at most\n" +
			"4 GiB in all, and made tests (tests), at most 4 GiB. The least recently used entries are evicted\n" +
			"first. The next judge removes what a killed one has left.",
		Flags:        []cli.Flag{boolFlag("clear", "", "remove all entries that no running judge uses")},
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
				return fmt.Errorf("read the cache: %w", err)
			}
			var b strings.Builder
			for _, p := range parts {
				mib := float64(p.Bytes) / (1 << 20)
				fmt.Fprintf(&b, "%-9s %7d files %9.1f MiB  %s\n", p.Name, p.Files, mib, text.Line(p.Path))
			}
			_, err = fmt.Fprint(stdio.Stdout, b.String())
			return ignoreClosed(err)
		},
	}
}
