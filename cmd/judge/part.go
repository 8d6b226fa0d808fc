package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/urfave/cli/v2"

	"judge/judge/report"
	"judge/judge/verify"
	"judge/judge/verify/baseline"
	"judge/judge/verify/shard"
	"judge/problems"
	"judge/problems/repository"
	"judge/problems/repository/since"
	"judge/problems/text"
)

// partFlags are the flags of verify that choose a part of the work, or of the findings.
type partFlags struct {
	since, shardOf, baseline, submissions, tests string
	update                                       bool
}

func partFlagsOf(c *cli.Context) partFlags {
	return partFlags{
		since: c.String("since"), shardOf: c.String("shard"), baseline: c.String("baseline"),
		submissions: c.String("submissions"), tests: c.String("tests"), update: c.Bool("update"),
	}
}

// check reports flags that are wrong or contradict each other, before any work is done.
func (p partFlags) check(f verifyFlags) error {
	part := p.since != "" || p.shardOf != "" || p.submissions != "" || p.tests != ""
	switch _, err := parseShard(p.shardOf); {
	case err != nil:
		return err
	case p.update && p.baseline == "":
		return &usageError{"--update without --baseline", "name the file with --baseline FILE"}
	case p.update && part:
		return &usageError{"--update with only a part of the problems, submissions or tests: " +
			"the findings of the others would be lost", "leave out --since, --shard, --submissions and --tests"}
	case f.merge && (part || f.watch || f.budget != ""):
		return &usageError{"--merge verifies nothing: expected no flags that choose what to verify", ""}
	case f.watch && (p.since != "" || p.update):
		return &usageError{"--watch with --since or --update", ""}
	}
	for _, glob := range [][2]string{{"--submissions", p.submissions}, {"--tests", p.tests}} {
		if !doublestar.ValidatePattern(glob[1]) {
			return &usageError{fmt.Sprintf("%s %s: malformed pattern: [ without ]", glob[0], glob[1]),
				`write \[ for a literal [`}
		}
	}
	if p.update {
		if err := report.CanWrite(p.baseline); err != nil {
			return &misuse{fmt.Errorf("--baseline %s: %w", p.baseline, err)}
		}
		return nil
	}
	_, err := p.known()
	return err
}

// known reads the baseline. It is nil without --baseline.
func (p partFlags) known() (*verify.Result, error) {
	if p.baseline == "" {
		return nil, nil
	}
	saved, err := readReport(p.baseline)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, &usageError{"--baseline " + p.baseline + ": no such file", "create it with --update"}
	case err != nil:
		return nil, &usageError{"--baseline " + p.baseline + ": " + text.Error(err), ""}
	case saved.Run != nil:
		return nil, &usageError{"--baseline " + p.baseline + ": of judge run: expected the JSON of verify", ""}
	}
	return &saved.Result, nil
}

// shard returns the part of the problems that was requested; nil: all.
func (p partFlags) shard() *verify.Shard {
	s, err := parseShard(p.shardOf)
	if err != nil || s.Of == 0 {
		return nil
	}
	return &verify.Shard{Index: s.Index, Of: s.Of}
}

// narrow keeps the problems of --since and --shard. It reports that none is left.
func (f verifyFlags) narrow(ctx context.Context, stdio IO, found *repository.Found) (none bool, err error) {
	all := len(found.Paths)
	if f.part.since != "" {
		found.Paths, err = since.Changed(ctx, found.Paths, f.part.since)
		if wrong, ok := errors.AsType[*since.RefError](err); ok {
			return false, &usageError{"--since " + wrong.Error(), wrong.Hint}
		}
		if err != nil {
			return false, err
		}
		fmt.Fprintf(stdio.Stderr, "judge: %d of %d problems changed since %s\n",
			len(found.Paths), all, text.Line(f.part.since))
	}
	if s := f.part.shard(); s != nil {
		known, err := f.part.known()
		if err != nil {
			return false, err
		}
		weights := map[string]float64{}
		if known != nil {
			earlier := shard.Weights(*known)
			for _, p := range found.Paths {
				if w, ok := earlier[relativeTo(f.paths, p)]; ok {
					weights[p] = w
				}
			}
		}
		found.Paths = shard.Split(found.Paths, weights, *s)
		fmt.Fprintf(stdio.Stderr, "judge: shard %s has %d of %d problems\n", f.part.shardOf, len(found.Paths), all)
	}
	return len(found.Paths) == 0, nil
}

// keep leaves a problem the chosen submissions and tests. It reports whether some are left, or all were chosen.
func (p partFlags) keep(problem *problems.Problem) bool {
	if p.submissions != "" {
		problem.Submissions = slices.DeleteFunc(slices.Clone(problem.Submissions), func(s problems.Submission) bool {
			return !matchesSubmission(p.submissions, cmp.Or(s.Listed, s.Path))
		})
		problem.Foreign = slices.DeleteFunc(slices.Clone(problem.Foreign), func(f problems.Foreign) bool {
			return !matchesSubmission(p.submissions, cmp.Or(f.Submission.Listed, f.Submission.Path))
		})
		if len(problem.Submissions)+len(problem.Foreign) == 0 {
			return false
		}
	}
	if p.tests == "" {
		return true
	}
	matches := func(t problems.TestCase) bool {
		is, err := path.Match(p.tests, t.Name)
		return is && err == nil
	}
	if !slices.ContainsFunc(problem.Tests, matches) {
		return false
	}
	problem.Keep(matches)
	return true
}

// unmatched is the note on a problem of which keep leaves nothing.
const unmatched = "no submission or no test matches"

// matchedNothing reports that the flags leave nothing of any problem: a misspelt pattern must not pass a pipeline.
func (p partFlags) matchedNothing(r verify.Result) bool {
	return p.submissions+p.tests != "" && !slices.ContainsFunc(r.Problems, func(one verify.Problem) bool {
		return !slices.Contains(one.Notes, unmatched)
	})
}

// matchesSubmission reports whether a pattern matches a submission's path, or its base name.
func matchesSubmission(glob, name string) bool {
	return slices.ContainsFunc([]string{name, "submissions/" + name, path.Base(name)}, func(name string) bool {
		is, err := doublestar.Match(glob, name)
		return is && err == nil
	})
}

// compare writes the baseline with --update, and marks the findings that are in it.
func (f verifyFlags) compare(r *verify.Result) error {
	if f.part.update && !r.Partial {
		if err := report.WriteFile(f.part.baseline, func(w io.Writer) error {
			return text.WriteJSON(w, *r)
		}); err != nil {
			return err
		}
	}
	if f.part.update && r.Partial {
		return nil // the old baseline stays, and may be missing
	}
	known, err := f.part.known()
	if known != nil {
		baseline.Of(*known).Apply(r)
	}
	return err
}

// mergeShards merges the results of shards, and renders them as one.
func (f verifyFlags) mergeShards(stdio IO) error {
	var all []verify.Result
	for _, name := range f.paths {
		saved, err := readReport(name)
		if err == nil && saved.Run != nil {
			err = errors.New("expected the JSON of judge verify, not of judge run")
		}
		if err != nil {
			return &problems.Error{File: name, Msg: err.Error()}
		}
		all = append(all, saved.Result)
	}
	result, err := shard.Merge(all)
	if err != nil {
		return &usageError{"--merge: " + err.Error(), ""}
	}
	if err := errors.Join(f.compare(&result), f.write(stdio, result)); err != nil {
		return err
	}
	return &exitStatus{f.code(result)}
}

// relativeTo returns a problem's path from the argument that led to it. A problem that is an argument itself keeps its
// path, or its base name where that is absolute.
func relativeTo(arguments []string, name string) string {
	best, found := filepath.ToSlash(name), false
	for _, a := range arguments {
		relative, err := filepath.Rel(a, name)
		if err != nil || relative == "." || !filepath.IsLocal(relative) {
			continue
		}
		if relative = filepath.ToSlash(relative); !found || len(relative) < len(best) {
			best, found = relative, true
		}
	}
	if !found && strings.HasPrefix(best, "/") {
		return path.Base(best)
	}
	return best
}
