package judge

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"judge/isolate"
	"judge/judge/report"
	"judge/problems"
)

// gradeAll works out what submissions have earned where the problem has graders for that: they may be programs, so that it is done before
// the report is made.
func (w *judging) gradeAll(ctx context.Context) {
	grading := w.request.Problem.Grading
	if grading == nil {
		return
	}
	for i := range w.results {
		if !w.programs[i].ready() {
			continue
		}
		result := &w.results[i]
		if slices.ContainsFunc(result.Tests, wasCut) {
			continue
		}
		all, groups, err := w.grade(ctx, grading, result.Tests)
		switch {
		case err != nil && ctx.Err() != nil:
			w.ungraded[i] = true
		case err != nil:
			w.note(err)
			w.faults[i] = fmt.Errorf("grader %w", err)
		default:
			result.Groups, w.graded[i] = groups, all
			if w.request.Problem.Groups != nil {
				result.Score = &all.Score
			}
		}
	}
}

// grade works out a submission's result by graders, and that of each group. What is not accepted has no score at the
// end, but in DOMjudge.
func (w *judging) grade(
	ctx context.Context, grading *problems.Grading, tests []report.Test,
) (*problems.Graded, []report.Group, error) {
	results := map[string]problems.Graded{}
	test := func(i int) (problems.Verdict, *float64) { return tests[i].Verdict, tests[i].Points }
	program := func(g *problems.Grading, items []problems.Graded) (problems.Graded, error) {
		return w.grader(ctx, g, items)
	}
	note := func(g *problems.Grading, result problems.Graded) { results[g.Group] = result }
	all, err := grading.Grade(test, program, note)
	if err != nil {
		return nil, nil, err
	}
	groups := groupResults(w.request.Problem, tests)
	for i := range groups {
		if result, judged := results[groups[i].Name]; judged {
			groups[i] = gradedGroup(groups[i], result, tests)
			if g := w.request.Problem.Groups[i]; g.Points == 0 && !g.Unbounded {
				groups[i].Score = 0 // such as a sample that is ignored
			}
		}
	}
	if all.Verdict != problems.AC && !grading.DOMjudge {
		all.Score = 0
	}
	return &all, groups, nil
}

// grader runs a program that is a group's grader: a line of verdict and score for each result on stdin, and such a line on stdout.
func (w *judging) grader(ctx context.Context, g *problems.Grading, items []problems.Graded) (result problems.Graded, err error) {
	var lines strings.Builder
	for _, item := range items {
		if item.Verdict == problems.JE || item.Verdict == problems.SKIP { // nothing is known of it, and so not of the group
			return problems.Graded{Verdict: item.Verdict}, nil
		}
		fmt.Fprintf(&lines, "%s %s\n", codeForGrader(item.Verdict), strconv.FormatFloat(item.Score, 'f', -1, 64))
	}
	stdin, err := sealed(lines.String())
	if err != nil {
		return result, err
	}
	defer stdin.Close()
	by := w.graders[g.Program]
	plan, stdout, stderr := by.program.plan, &excerpt{most: checkerWords}, &excerpt{most: checkerWords}
	w.quiet.RLock()
	defer w.quiet.RUnlock()
	outcome, err := by.run(ctx, isolate.Command{
		Root: isolate.Root{Sees: plan.RunSees, Binds: []isolate.Bind{{Source: by.program.entry.Product, Target: "/prog", Copy: true}}},
		Args: slices.Concat(plan.Run, g.Flags), Env: plan.RunEnv, Files: besideProgram(plan),
		Stdin: stdin, Stdout: stdout, Stderr: stderr, Core: isolate.OnCore(w.cores[0]), Limits: by.jailLimits(),
	})
	if err != nil {
		return result, fmt.Errorf("could not be run: %w", err)
	}
	if err := checkerFailure(outcome, by.jailLimits()); err != nil {
		return result, err
	}
	if outcome.Code != 0 {
		return result, fmt.Errorf("exit %d: a grader exits with 0: %s", outcome.Code, firstWords(stderr))
	}
	return gradedBy(stdout.String())
}

func firstWords(e *excerpt) string {
	first, _, _ := strings.Cut(strings.TrimSpace(e.String()), "\n")
	return first
}

// codeForGrader is a verdict in a grader's input, which knows no limits on memory and output beside run-time errors ("Graders", "Input").
func codeForGrader(v problems.Verdict) string {
	if v == problems.MLE || v == problems.OLE {
		v = problems.RTE
	}
	return v.String()
}

var gradedLine = regexp.MustCompile(`^(AC|WA|RTE|TLE)\s+(-?[0-9.]+)\s*$`)

// gradedBy reads a grader's answer; "Any other output, including no output, will result in a Judging Error".
func gradedBy(stdout string) (problems.Graded, error) {
	match := gradedLine.FindStringSubmatch(stdout)
	if match == nil {
		return problems.Graded{}, fmt.Errorf("wrote %.40q, and not a verdict and a score", stdout)
	}
	verdict, err := problems.ParseVerdict(match[1])
	if err != nil {
		return problems.Graded{}, err
	}
	score, err := strconv.ParseFloat(match[2], 64)
	if err != nil {
		return problems.Graded{}, fmt.Errorf("wrote the score %.40q, which is no number", match[2])
	}
	return problems.Graded{Verdict: verdict, Score: score}, nil
}

// makeGraders compiles the graders that are programs.
func (w *judging) makeGraders(ctx context.Context) error {
	if w.request.Problem.Grading == nil {
		return nil
	}
	w.graders = map[*problems.External]*external{}
	for _, given := range w.request.Problem.Grading.Programs() {
		var err error
		if w.graders[given], err = w.makeExternal(ctx, given); err != nil {
			return err
		}
	}
	return nil
}

// sealed is a file in memory that nobody can change.
func sealed(text string) (*os.File, error) {
	fd, err := unix.MemfdCreate("input", unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		return nil, fmt.Errorf("keep an input: %w", err)
	}
	file := os.NewFile(uintptr(fd), "input")
	_, err = file.WriteAt([]byte(text), 0)
	if err == nil {
		_, err = unix.FcntlInt(file.Fd(), unix.F_ADD_SEALS, unix.F_SEAL_WRITE|unix.F_SEAL_GROW|unix.F_SEAL_SHRINK)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("keep an input: %w", err), file.Close())
	}
	return file, nil
}
