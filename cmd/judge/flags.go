package main

import (
	"strings"

	"github.com/urfave/cli/v2"

	"judge/cmd/judge/outputs"
	"judge/isolate"
)

// The flags that several commands have, in the same words.

func jobsFlag() cli.Flag {
	return &cli.StringFlag{
		Name: "jobs", Aliases: []string{"j"}, Usage: "run up to `N` tests at once (default: one per physical core)",
	}
}

func coresFlag() cli.Flag {
	return &cli.StringFlag{Name: "cores", Usage: "run tests on the CPUs in `LIST`, such as 1-3,5 (default: all usable)"}
}

func testsFlag() cli.Flag {
	return &cli.StringFlag{Name: "tests", Usage: "run only the tests whose name matches `GLOB`, such as \"secret/1*\""}
}

func languagesFlag() cli.Flag {
	return &cli.StringFlag{Name: "languages", Usage: "merge the language table in `FILE` into the built-in one"}
}

func jsonFlag(what, instead string) cli.Flag {
	usage := "write " + what + " to `FILE` as JSON (\"-\": to stdout, instead of " + instead + ")"
	return &cli.StringFlag{Name: "json", Usage: usage}
}

func junitFlag() cli.Flag {
	return &cli.StringFlag{Name: "junit", Usage: "write the results to `FILE` as JUnit XML"}
}

func htmlFlag() cli.Flag {
	return &cli.StringFlag{Name: "html", Usage: "write a self-contained HTML report to `FILE`"}
}

func githubFlag() cli.Flag {
	return boolFlag("github", "", "annotate files in GitHub Actions and write the step summary")
}

func noColorFlag() cli.Flag {
	return boolFlag("no-color", "", "disable colours (also: NO_COLOR in the environment)")
}

// boolFlag returns a flag without a value; alias is a letter, "" for none.
func boolFlag(name, alias, usage string) cli.Flag {
	f := &cli.BoolFlag{Name: name, Usage: usage, DisableDefaultText: true}
	if alias != "" {
		f.Aliases = []string{alias}
	}
	return f
}

// isolationFlag names the weakest isolation that is accepted. Only the user chooses it, and every report records the
// level that was used.
func isolationFlag() cli.Flag {
	return &cli.StringFlag{
		Name: "isolation", EnvVars: []string{"JUDGE_ISOLATION"}, Value: isolate.Full.String(),
		Usage: "accept no isolation `LEVEL` weaker than this: " + strings.Join(isolate.Levels(), ", "),
	}
}

// exclusiveFlag requests cores that nobody else uses. It changes what others on the host may do, so it is never the
// default.
func exclusiveFlag() cli.Flag {
	return boolFlag("exclusive", "", "keep all other processes of this host off the cores that run tests")
}

// outputFiles are the outputs that the flags of run, verify and show request.
func outputFiles(c *cli.Context) outputs.Files {
	return outputs.Files{
		JSON: c.String("json"), CSV: c.String("csv"), JUnit: c.String("junit"), HTML: c.String("html"),
		GitHub: c.Bool("github"),
		SARIF:  c.String("sarif"), CodeQuality: c.String("codequality"),
	}
}
