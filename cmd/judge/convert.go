package main

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"judge/problems/convert"
	"judge/problems/text"
)

func convertCommand(stdio IO) *cli.Command {
	return &cli.Command{
		Name:      "convert",
		Usage:     "convert a problem to another format",
		ArgsUsage: "PROBLEM DIRECTORY|ZIP",
		Description: "The directory or the zip archive must not exist. Unsupported features are listed on stderr.\n\n" +
			"   judge convert polygon-package.zip problem.zip --to icpc",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "to", Value: "native", Usage: "convert to `FORMAT`: native, icpc (2025-09) or dmoj"},
		},
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			if c.NArg() != 2 {
				return &usageError{
					"expected a problem and a new directory or zip archive: judge convert PROBLEM DIRECTORY", "",
				}
			}
			format := c.String("to")
			write, known := convert.Writers()[format]
			if !known {
				return &usageError{fmt.Sprintf("--to %s: unknown format: expected native, icpc or dmoj", format),
					nearest(format, []string{"native", "icpc", "dmoj"})}
			}
			problem, err := openProblem(c.Context, c.Args().Get(0))
			if err != nil {
				return err
			}
			defer problem.Close()
			if err := makeAll(c.Context, stdio.Stderr, problem, nil); err != nil {
				return err
			}
			lost, err := convert.To(write, problem, c.Args().Get(1))
			if err != nil {
				return &misuse{err}
			}
			for _, words := range lost {
				fmt.Fprintf(stdio.Stderr, "judge: not converted: %s\n", text.Line(words))
			}
			return nil
		},
	}
}
