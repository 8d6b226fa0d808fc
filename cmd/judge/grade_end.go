package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"judge/judge/contest"
	"judge/judge/contest/grade"
	"judge/judge/contest/output"
	"judge/judge/contest/page"
	"judge/judge/contest/store"
	"judge/judge/report"
	"judge/problems/text"
)

// conclude prints the results when everything is judged, and returns how the command ends.
func (f gradeFlags) conclude(ctx context.Context, stdio IO, g *grade.Grading, against *grade.Foreign) error {
	r, err := g.Results(ctx)
	if err != nil {
		return err
	}
	code := exitOK
	if f.rejudge {
		changes, err := f.preview(ctx, stdio, g, r)
		if err != nil {
			return err
		}
		if changes > 0 {
			code = exitNot
		}
	} else if err := f.board(stdio, r); err != nil {
		return err
	}
	if against != nil {
		comparison := grade.Compare(r, *against)
		if err := ignoreClosed(comparison.Write(stdio.Stdout, f.against, &r.Contest)); err != nil {
			return err
		}
		if len(comparison.Differ) > 0 {
			code = exitNot
		}
	}
	if err := f.finalPage(g, r); err != nil {
		return err
	}
	errs, err := f.judgeErrors(ctx, g, r)
	if err != nil {
		return err
	}
	nameJudgeErrors(stdio.Stderr, r, errs)
	if len(errs) > 0 {
		code = exitJudge
	}
	return &exitStatus{code}
}

// judgeErrors returns the judge errors that count and, of a rejudging, those in its round.
func (f gradeFlags) judgeErrors(
	ctx context.Context, g *grade.Grading, r *contest.Results,
) ([]*contest.Judgement, error) {
	if !f.rejudge {
		return grade.JudgeErrors(r), nil
	}
	round := *r
	var err error
	if round.Judgements, err = g.RoundOf(ctx, g.Round); err != nil {
		return nil, err
	}
	return grade.JudgeErrors(&round), nil
}

// preview prints what a rejudging changes, and returns how many submissions differ.
func (f gradeFlags) preview(ctx context.Context, stdio IO, g *grade.Grading, r *contest.Results) (int, error) {
	difference, err := g.Preview(ctx)
	if err != nil {
		return 0, err
	}
	title := fmt.Sprintf("rejudging %d", g.Round)
	if of := grade.Subject(g.Selection()); of != "" {
		title += " of " + of
	}
	err = drawn(stdio, f.run.noColor).Preview(stdio.Stdout, title, &r.Contest, difference)
	if err := ignoreClosed(err); err != nil {
		return 0, err
	}
	fmt.Fprintf(stdio.Stdout, "nothing counts yet: --apply %d or --cancel %d\n", g.Round, g.Round)
	return difference.Differ, nil
}

// nameJudgeErrors names submissions with a judge error, and why.
func nameJudgeErrors(stderr io.Writer, r *contest.Results, all []*contest.Judgement) {
	const named = 20
	bySubmission := map[string]contest.Submission{}
	for _, s := range r.Contest.Submissions {
		bySubmission[s.ID] = s
	}
	for i, j := range all {
		if i == named {
			fmt.Fprintf(stderr, "judge: and %d more judge errors\n", len(all)-named)
			break
		}
		why := string(j.Reason)
		if why == "" {
			why = j.Evidence
		}
		fmt.Fprintf(stderr, "judge: judge error: submission %s (%s): %s\n",
			text.Line(j.Submission), text.Line(bySubmission[j.Submission].Path), text.Line(why))
	}
	if len(all) == 0 {
		return
	}
	them := "them"
	if len(all) == 1 {
		them = "it"
	}
	fmt.Fprintf(stderr, "judge: %s: nothing is final; the same command tries %s again\n",
		counted(len(all), "judge error"), them)
}

// closeRound applies or cancels a rejudging.
func (f gradeFlags) closeRound(ctx context.Context, stdio IO, shard grade.Shard) error {
	flag, value := "apply", f.apply
	if f.cancel != "" {
		flag, value = "cancel", f.cancel
	}
	number, err := count(flag, value, 1<<30)
	if err != nil {
		return err
	}
	closing := grade.Closing{
		Results: f.results, Judge: report.ThisBuild().String(), Round: number, Apply: flag == "apply",
	}
	if closing.Results == "" {
		closing.Results = grade.ResultFile(f.contest, shard)
	}
	if !exists(closing.Results) {
		return noResults(closing.Results, f.contest)
	}
	closed, err := closing.Close(ctx)
	if err != nil {
		return explainGrading(err)
	}
	if !closing.Apply {
		fmt.Fprintf(stdio.Stderr, "judge: rejudging %d is cancelled\n", number)
		return nil
	}
	fmt.Fprintf(stdio.Stderr, "judge: rejudging %d counts: %s judged again, %s\n",
		number, counted(closed.Difference.Judged, "submission"), output.Differ(closed.Difference.Differ))
	if f.html != "" {
		if err := page.WriteFile(f.html, closed.Results, page.Live{}); err != nil {
			return err
		}
	}
	return f.board(stdio, closed.Results)
}

// noResults is the error about a result file that does not exist.
func noResults(path, named string) error {
	return &usageError{path + ": no such file: the contest is not graded", "run judge grade " + named}
}

// explainGrading adds to an error of grading, or of a result file, which flag helps.
func explainGrading(err error) error {
	var (
		empty    *grade.EmptyError
		selected *grade.SelectionError
		changed  *grade.ChangedError
		busy     *store.BusyError
		network  *store.NetworkError
		locked   *store.UnwritableError
		newer    *store.VersionError
		format   *store.FormatError
		mismatch *store.MismatchError
		round    *store.RoundError
	)
	switch {
	case errors.As(err, &empty):
		return &emptyError{empty.Msg}
	case errors.As(err, &selected):
		return &usageError{fmt.Sprintf("--%s %s: %v", selected.What, text.Line(selected.Value), selected),
			nearest(selected.Value, selected.Known)}
	case errors.As(err, &changed):
		return &explained{err, append(changed.Lines(), "hint: "+afterChange(changed))}
	case errors.As(err, &busy):
		return &misuse{&hinted{err, "wait for it, or name another file with --results"}}
	case errors.As(err, &network):
		return &misuse{&hinted{err, "name a file on a local disk with --results"}}
	case errors.As(err, &locked):
		return &misuse{&hinted{err, "name a file in a directory that you can write to with --results"}}
	case errors.As(err, &mismatch):
		return &misuse{&hinted{err, "name another file with --results"}}
	case errors.As(err, &newer), errors.As(err, &format), errors.As(err, &round):
		return &misuse{err}
	default:
		return err
	}
}

// afterChange says how to go on when packages or sources have changed.
func afterChange(e *grade.ChangedError) string {
	if e.Round > 0 {
		return fmt.Sprintf("start again: --cancel %d, and then --rejudge", e.Round)
	}
	words := []string{"--rejudge"}
	for _, p := range e.Packages {
		words = append(words, "--problem "+text.Line(p.Problem.Label))
	}
	if len(e.Packages) == 0 {
		for i, s := range e.Sources {
			if i == 3 {
				words = append(words, "...")
				break
			}
			words = append(words, "--submission "+text.Line(s.Submission.ID))
		}
	}
	return "judge them again with " + strings.Join(words, " ") + ", or keep their judgements with --keep"
}

// explained is a usage error of several lines.
type explained struct {
	error
	lines []string
}

// Error returns the lines as one text.
func (e *explained) Error() string { return strings.Join(e.lines, "\n") }

// Lines returns the lines of Error.
func (e *explained) Lines() []string { return e.lines }

// Unwrap returns the error as a mistake of the user.
func (e *explained) Unwrap() error { return &misuse{e.error} }
