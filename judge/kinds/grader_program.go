package kinds

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
	"judge/judge/build"
	"judge/judge/report"
	"judge/problems"
)

// Grade runs a grader program of a group. It writes a line of verdict and score for each result to the grader's
// stdin, and reads one such line from its stdout.
func (e *External) Grade(
	ctx context.Context, core isolate.Core, flags []string, items []problems.Graded,
) (result problems.Graded, err error) {
	var lines strings.Builder
	for _, item := range items {
		// The result of the item is unknown, and so is the group's.
		if item.Verdict == problems.JE || item.Verdict == problems.SKIP {
			return problems.Graded{Verdict: item.Verdict}, nil
		}
		fmt.Fprintf(&lines, "%s %s\n", codeForGrader(item.Verdict), strconv.FormatFloat(item.Score, 'f', -1, 64))
	}
	stdin, err := sealed(lines.String())
	if err != nil {
		return result, err
	}
	defer stdin.Close()
	plan, stdout, stderr := e.Program.Plan, &report.Excerpt{Max: checkerText}, &report.Excerpt{Max: checkerText}
	outcome, err := e.run(ctx, isolate.Command{
		Root: isolate.Root{Sees: plan.RunSees, Binds: []isolate.Bind{e.Program.Bind()}},
		Args: slices.Concat(plan.Run, flags), Env: plan.RunEnv, Files: build.RunFiles(plan),
		Stdin: stdin, Stdout: stdout, Stderr: stderr, Core: core, Limits: e.jailLimits(),
	})
	if err != nil {
		return result, fmt.Errorf("could not be run: %w", err)
	}
	if err := checkerFailure(outcome, e.jailLimits()); err != nil {
		return result, err
	}
	if outcome.Code != 0 {
		return result, fmt.Errorf("exit %d: a grader exits with 0: %s", outcome.Code, firstWords(stderr))
	}
	return gradedBy(stdout.String())
}

func firstWords(e *report.Excerpt) string {
	first, _, _ := strings.Cut(strings.TrimSpace(e.String()), "\n")
	return first
}

// codeForGrader returns a verdict for a grader's input, which has no verdicts MLE and OLE: these are run-time
// errors ("Graders", "Input").
func codeForGrader(v problems.Verdict) string {
	if v == problems.MLE || v == problems.OLE {
		v = problems.RTE
	}
	return v.String()
}

var gradedLine = regexp.MustCompile(`^(AC|WA|RTE|TLE)\s+(-?[0-9.]+)\s*$`)

// gradedBy reads a grader's output; "Any other output, including no output, will result in a Judging Error".
func gradedBy(stdout string) (problems.Graded, error) {
	match := gradedLine.FindStringSubmatch(stdout)
	if match == nil {
		return problems.Graded{}, fmt.Errorf("wrote %.40q: expected a verdict and a score", stdout)
	}
	verdict, err := problems.ParseVerdict(match[1])
	if err != nil {
		return problems.Graded{}, err
	}
	score, err := strconv.ParseFloat(match[2], 64)
	if err != nil {
		return problems.Graded{}, fmt.Errorf("wrote the score %.40q: expected a number", match[2])
	}
	return problems.Graded{Verdict: verdict, Score: score}, nil
}

// sealed returns a file in memory that nobody can change.
func sealed(text string) (*os.File, error) {
	fd, err := unix.MemfdCreate("input", unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		return nil, fmt.Errorf("store an input: %w", err)
	}
	file := os.NewFile(uintptr(fd), "input")
	_, err = file.WriteAt([]byte(text), 0)
	if err == nil {
		_, err = unix.FcntlInt(file.Fd(), unix.F_ADD_SEALS, unix.F_SEAL_WRITE|unix.F_SEAL_GROW|unix.F_SEAL_SHRINK)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("store an input: %w", err), file.Close())
	}
	return file, nil
}
