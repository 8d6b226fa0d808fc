package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"judge/cmd/judge/made"
	"judge/cmd/judge/terminal"
	"judge/problems"
	"judge/problems/safefile"
	"judge/problems/text"
)

func showCommand(stdio, raw IO) *cli.Command {
	return &cli.Command{
		Name:      "show",
		Usage:     "print a problem as the judge parsed it, the input of a test, or a saved report",
		ArgsUsage: "PROBLEM [TEST] | REPORT.json",
		Description: "PROBLEM is a directory, a zip archive of one, " +
			"or the file in it that describes the problem. The\n" +
			"formats are native, ICPC and Kattis (2025-09, 2023-07, legacy), Polygon, CMS (JSON export and\n" +
			"Italian) and DMOJ.\n\n" +
			"With the name of a TEST, its input is printed.\n\n" +
			"REPORT.json is the JSON of judge run or judge verify. It is rendered again, without running\n" +
			"anything:\n\n" +
			"   judge show run.json --junit run.xml --html run.html",
		Flags: []cli.Flag{
			junitFlag(), htmlFlag(), noColorFlag(),
			boolFlag("verbose", "v", "list every test, or every problem, of a report"),
		},
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			if c.NArg() != 1 && c.NArg() != 2 {
				return &usageError{"expected one problem or report: judge show PROBLEM [TEST] | REPORT.json", ""}
			}
			path, out := c.Args().First(), outputFiles(c)
			if isReport(path) && c.NArg() == 1 {
				return showReport(stdio, path, reportFlags{out, c.Bool("verbose"), c.Bool("no-color")})
			}
			if flag := out.Flag(); flag != "" {
				return &usageError{flag + " needs a saved report, a file NAME.json: found " + path,
					"save one with judge run ... --json FILE"}
			}
			problem, err := openProblem(c.Context, path)
			if err != nil {
				return err
			}
			defer problem.Close()
			if c.NArg() == 2 {
				return showTest(c.Context, stdio, raw, problem, c.Args().Get(1))
			}
			return ignoreClosed(showProblem(stdio.Stdout, problem))
		},
	}
}

// showTest prints the input of a test, which is made first if necessary. Only a terminal gets it with its control
// characters escaped.
func showTest(ctx context.Context, stdio, raw IO, p *problems.Problem, name string) error {
	is := func(t problems.TestCase) bool { return t.Name == name }
	only := func(p *problems.Problem) error {
		if slices.ContainsFunc(p.Tests, is) {
			p.Keep(is)
			return nil
		}
		var names []string
		for _, t := range p.Tests {
			names = append(names, t.Name)
		}
		none := &emptyError{fmt.Sprintf("no test is named %q", name)}
		if hint := nearest(name, names); hint != "" {
			return &hinted{none, hint}
		}
		return none
	}
	if len(p.Batches) == 0 {
		if err := only(p); err != nil {
			return err
		}
	}
	i := slices.IndexFunc(p.Tests, is)
	if i < 0 || p.Tests[i].Input == "" {
		if err := makeAll(ctx, stdio.Stderr, p, only); err != nil {
			return err
		}
		i = slices.IndexFunc(p.Tests, is)
	}
	file, err := safefile.Open(p.Tests[i].Input)
	if err != nil {
		return fmt.Errorf("read the input of test %s: %w", text.Line(filepath.Base(name)), err)
	}
	defer file.Close()
	to := raw.Stdout
	if terminal.Width(to) > 0 {
		to = stdio.Stdout
	}
	_, err = io.Copy(to, file)
	return ignoreClosed(err)
}

// showProblem prints a problem, one property a line.
func showProblem(w io.Writer, p *problems.Problem) error {
	var b strings.Builder
	line := func(key, format string, args ...any) {
		fmt.Fprintf(&b, "%-12s %s\n", key, text.Line(fmt.Sprintf(format, args...)))
	}
	line("name", "%s", p.Name)
	line("format", "%s", p.Format)
	l := p.Limits
	if p.NoTimeLimit {
		line("time limit", "not declared; %v until one is measured", l.Time)
	} else {
		line("time limit", "%v, %v elapsed", l.Time, l.Wall)
	}
	line("memory", "%d MiB", l.Memory/problems.MiB)
	line("output", "%d KiB%s", l.Output/problems.KiB, outputWords(p))
	line("tests", "%d", len(p.Tests))
	made.Show(line, p)
	scoring := p.Scoring
	for _, g := range scoring.Groups() {
		line("group", "%s: %s", g.Name, groupWords(g))
	}
	if combined := scoring.Combination(); combined != nil {
		line("score", "%s", combinationWords(combined))
	}
	line("judged by", "%s", judgedBy(p))
	for _, g := range scoring.Programs() {
		line("graded by", "%s", beneath(p, g.Path))
	}
	if p.Passes > 1 {
		line("passes", "up to %d", p.Passes)
	}
	if p.OutputOnly {
		line("submissions", "output files")
	}
	if p.Files != (problems.FileNames{}) {
		line("files", "input %q, output %q", p.Files.Input, p.Files.Output)
	}
	if p.Unbuffered {
		line("stdout", "unbuffered in C, C++, Python and Lua")
	}
	if p.Grader != nil {
		for _, language := range sortedKeys(p.Grader.Files) {
			line("grader", "%s: %s", language, strings.Join(bases(p.Grader.Files[language]), ", "))
		}
	}
	if p.Define != "" {
		line("compilers", "define %s in C, C++ and Pascal", p.Define)
	}
	showPrograms(line, p)
	for _, r := range p.Remarks {
		fmt.Fprintf(&b, "%-12s %s\n", "note", text.Error(r))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// showPrograms writes a line for each validator and submission of a problem.
func showPrograms(line func(key, format string, args ...any), p *problems.Problem) {
	for _, v := range p.InputValidators {
		line("validator", "%s", beneath(p, v.Path))
	}
	for _, v := range p.AnswerValidators {
		line("validator", "%s, for answers", beneath(p, v.Path))
	}
	if n := len(p.Samples); n > 0 {
		line("samples", "%d valid and invalid inputs and outputs", n)
	}
	for _, s := range p.Submissions {
		line("submission", "%s: %s", beneath(p, s.Path), expectationWords(s))
	}
}

// outputWords describes the output limit unless it covers stdout only, and whether files can be written.
func outputWords(p *problems.Problem) string {
	l := p.Limits
	switch {
	case p.OutputOnly:
		return ""
	case l.OutputOfAll && l.ReadOnly:
		return " on stdout and stderr together; no files can be written"
	case l.OutputOfAll:
		return " on stdout, on stderr and in files together"
	case l.ReadOnly:
		return "; no files can be written"
	default:
		return ""
	}
}

func groupWords(g *problems.Scoring) string {
	n := len(g.Tests())
	words := fmt.Sprintf("%g points, %s of %d tests", g.Points, g.Rule, n)
	if g.Unbounded {
		words = fmt.Sprintf("points by the checker, %s of %d tests", g.Rule, n)
	}
	if len(g.Requires) > 0 {
		words += ", requires " + strings.Join(g.Requires, " and ")
	}
	return words
}

// combinationWords describes how the scores of groups are combined; groups that it does not name are added.
func combinationWords(s *problems.Scoring) string {
	var all []string
	for _, item := range s.Items {
		if item.Inner.Name == "" {
			all = append(all, combinationWords(item.Inner))
		} else {
			all = append(all, item.Inner.Name)
		}
	}
	words := "the minimum of "
	switch {
	case s.Rule == problems.Sum && s.Factor != 0:
		words = fmt.Sprintf("%.4g times the sum of ", s.Factor)
	case s.Rule == problems.Sum:
		words = "the sum of "
	case s.Rule == problems.Max:
		words = "the maximum of "
	}
	return words + "(" + strings.Join(all, ", ") + ")"
}

func judgedBy(p *problems.Problem) string {
	switch {
	case p.Manager != nil:
		return fmt.Sprintf("manager %s, %d processes", beneath(p, p.Manager.Path), p.Manager.Processes)
	case p.Interactor != nil:
		return "interactor " + beneath(p, p.Interactor.Path)
	case p.Checker.External != nil:
		words := "checker " + beneath(p, p.Checker.External.Path)
		for e := p.Checker.External.Also; e != nil; e = e.Also {
			words += " and " + beneath(p, e.Path)
		}
		return words
	case p.Checker.Compare == problems.Exact:
		return "comparison, byte by byte"
	case p.Checker.Compare == problems.Lines:
		return "comparison of lines"
	case p.Checker.Compare == problems.WhiteDiff:
		return "comparison of the tokens of each line, as in CMS"
	case p.Checker.Compare == problems.LineFloats:
		return "comparison of lines as the DMOJ's floats, tolerance" + toleranceWords(*p.Checker.Tolerance)
	case p.Checker.Compare == problems.Standard:
		return "testlib checker std::" + p.Checker.Standard
	}
	words := "comparison of tokens"
	if t := p.Checker.Tolerance; t != nil {
		words += ", tolerance" + toleranceWords(*t)
	}
	if p.Checker.CaseSensitive {
		words += ", case-sensitive"
	}
	if p.Checker.LineSensitive {
		words += ", line by line"
	}
	if p.Checker.SpaceChangeSensitive {
		words += ", white space must match"
	}
	return words
}

// toleranceWords describes the tolerances that are set.
func toleranceWords(t problems.Tolerance) string {
	var words []string
	if t.Absolute >= 0 {
		words = append(words, fmt.Sprintf(" %g absolute", t.Absolute))
	}
	if t.Relative >= 0 {
		words = append(words, fmt.Sprintf(" %g relative", t.Relative))
	}
	return strings.Join(words, ",")
}

// expectationWords describes the expectations of a submission.
func expectationWords(s problems.Submission) string {
	var words []string
	if len(s.Expect) > 0 {
		words = append(words, strings.Join(codes(s.Expect), " or "))
	}
	for _, d := range s.Demands {
		var parts []string
		if d.Permitted != nil {
			parts = append(parts, "only "+strings.Join(codes(d.Permitted), ", "))
		}
		if d.Required != nil {
			parts = append(parts, "at least one "+strings.Join(codes(d.Required), " or "))
		}
		if d.Score != nil {
			parts = append(parts, scoreWords(*d.Score))
		}
		if d.Message != "" {
			parts = append(parts, fmt.Sprintf("message %q", d.Message))
		}
		if d.Tests != nil {
			parts = append(parts, fmt.Sprintf("on %d tests", len(d.Tests)))
		}
		words = append(words, strings.Join(parts, ", "))
	}
	if len(words) == 0 {
		return "no expected verdict"
	}
	return strings.Join(words, "; ")
}

// scoreWords describes a range of scores. A range that only allows for rounding is one score, and one that ends
// just before a round score excludes that score.
func scoreWords(r problems.Range) string {
	const short = 2e-5
	best := math.Round(r.Most*100) / 100
	if r.Most < best && best-r.Most <= short*max(1, best) {
		if r.Least > 0 {
			return fmt.Sprintf("score above 0, less than %g", best)
		}
		return fmt.Sprintf("score less than %g", best)
	}
	if r.Most-r.Least < 1e-4 {
		return fmt.Sprintf("score %g", math.Round((r.Least+r.Most)/2*1e4)/1e4)
	}
	return fmt.Sprintf("score %g to %g", r.Least, r.Most)
}

func codes(verdicts []problems.Verdict) []string {
	var words []string
	for _, v := range verdicts {
		words = append(words, v.String())
	}
	return words
}

// beneath returns a path relative to the problem's directory.
func beneath(p *problems.Problem, path string) string {
	if relative, err := filepath.Rel(p.Dir, path); err == nil && filepath.IsLocal(relative) {
		return relative
	}
	return path
}

func bases(paths []string) []string {
	var names []string
	for _, p := range paths {
		names = append(names, filepath.Base(p))
	}
	return names
}

func sortedKeys(m map[string][]string) []string {
	return slices.Sorted(maps.Keys(m))
}
