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
		ArgsUsage: "PROBLEM DIRECTORY",
		Description: "DIRECTORY must not exist. Unsupported features are listed on stderr.\n\n" +
			"   judge convert polygon-package.zip problem --to icpc",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "to", Value: "native", Usage: "convert to `FORMAT`: native, or icpc (2025-09)"},
		},
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			if c.NArg() != 2 {
				return &usageError{"expected a problem and a new directory: judge convert PROBLEM DIRECTORY", ""}
			}
			write := convert.Native
			switch format := c.String("to"); format {
			case "native":
			case "icpc":
				write = convert.ICPC
			default:
				return &usageError{fmt.Sprintf("--to %s: unknown format: expected native or icpc", format),
					nearest(format, []string{"native", "icpc"})}
			}
			problem, err := openProblem(c.Context, c.Args().Get(0))
			if err != nil {
				return err
			}
			defer problem.Close()
			if err := makeAll(c.Context, stdio.Stderr, problem, nil); err != nil {
				return err
			}
			lost, err := write(problem, c.Args().Get(1))
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
