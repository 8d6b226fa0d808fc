package main

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"judge/problems/convert"
	"judge/problems/text"
)

func convertCommand(stdio IO) *cli.Command {
	return &cli.Command{
		Name:         "convert",
		Usage:        "write a problem down in another form",
		ArgsUsage:    "PROBLEM DIRECTORY",
		Description:  "The DIRECTORY must not be there yet. What the other form cannot say is told on stderr.",
		Flags:        []cli.Flag{&cli.StringFlag{Name: "to", Value: "native", Usage: "`FORM`: native, or icpc (2025-09)"}},
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			if c.NArg() != 2 {
				return &usageError{"name a problem and a new directory: judge convert PROBLEM DIRECTORY", ""}
			}
			write := convert.Native
			switch form := c.String("to"); form {
			case "native":
			case "icpc":
				write = convert.ICPC
			default:
				return &usageError{fmt.Sprintf("--to %s: write native or icpc", form), nearest(form, []string{"native", "icpc"})}
			}
			problem, err := openProblem(c.Context, c.Args().Get(0))
			if err != nil {
				return err
			}
			defer problem.Close()
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
