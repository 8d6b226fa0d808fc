package grade

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"judge/judge/contest"
	"judge/problems"
	"judge/problems/text"
)

// ChangedError reports packages and sources that have changed since they were judged.
type ChangedError struct {
	Packages []ChangedPackage
	Sources  []ChangedSource
	// Round is the open round that has the judgements; 0: they are those that count.
	Round int
}

// ChangedPackage is a problem's package that has changed.
type ChangedPackage struct {
	Problem    contest.Problem
	Files      []string // that changed, as far as it is known
	Judgements int      // that were made with the package as it was
}

// ChangedSource is a submission whose files have changed.
type ChangedSource struct {
	Submission contest.Submission
	Why        string // "": they have another content
}

// namedChanges is how many files and submissions an error names.
const namedChanges = 5

// Error names what has changed.
func (e *ChangedError) Error() string { return strings.Join(e.Lines(), "\n") }

// Lines returns the lines of Error.
func (e *ChangedError) Lines() []string {
	var lines []string
	for _, p := range e.Packages {
		line := "problem " + text.Line(p.Problem.Label) + ": "
		if len(p.Files) == 0 {
			line += "the package has changed"
		} else {
			line += listed(p.Files) + " changed"
		}
		lines = append(lines, line+" since "+judgings(p.Judgements))
	}
	for i, s := range e.Sources {
		if i == namedChanges {
			lines = append(lines, fmt.Sprintf("and %d more submissions whose files changed since they were judged",
				len(e.Sources)-namedChanges))
			break
		}
		why := "its files changed since it was judged"
		if s.Why != "" {
			why = s.Why
		}
		of := fmt.Sprintf("submission %s (%s)", text.Line(s.Submission.ID), text.Line(s.Submission.Path))
		lines = append(lines, of+": "+text.Line(why))
	}
	return lines
}

func judgings(n int) string {
	if n == 1 {
		return "1 submission was judged"
	}
	return fmt.Sprintf("%d submissions were judged", n)
}

// listed names some of many files.
func listed(files []string) string {
	var names []string
	for _, f := range files[:min(len(files), namedChanges)] {
		names = append(names, text.Line(f))
	}
	line := strings.Join(names, ", ")
	if more := len(files) - namedChanges; more > 0 {
		line += fmt.Sprintf(" and %d more", more)
	}
	return line
}

// unchanged checks that the planned submissions and their packages are as they were when they were judged.
func (g *Grading) unchanged(ctx context.Context) error {
	if g.options.Keep {
		return nil
	}
	e := &ChangedError{}
	judged := g.before.Judgements
	if g.options.Rejudge {
		if g.open == nil {
			return nil // all of it is judged again
		}
		e.Round = g.open.ID
		var err error
		if judged, err = g.store.Round(ctx, g.open.ID); err != nil {
			return err
		}
	}
	packages := map[string]int{}
	for _, one := range g.Planned {
		s := one.Submission
		j := judged[s.ID]
		if j == nil || j.Verdict == problems.JE {
			continue
		}
		if j.Package != "" && j.Package != one.problem.Facts.Digest {
			packages[s.Problem]++
		}
		if j.Source == "" {
			continue
		}
		switch now, err := g.tree.digest(s); {
		case err != nil:
			e.Sources = append(e.Sources, ChangedSource{s, "its files cannot be read any more: " + err.Error()})
		case now != j.Source:
			e.Sources = append(e.Sources, ChangedSource{Submission: s})
		}
	}
	for _, p := range g.Contest.Problems {
		if n := packages[p.ID]; n > 0 {
			e.Packages = append(e.Packages, ChangedPackage{p, changedFiles(g.factsBefore(p.ID), p.Facts), n})
		}
	}
	if len(e.Packages)+len(e.Sources) == 0 {
		return nil
	}
	return e
}

// factsBefore returns the facts of a problem when it was graded last; nil: it was not.
func (g *Grading) factsBefore(id string) *contest.Facts {
	for _, p := range g.before.Contest.Problems {
		if p.ID == id {
			return p.Facts
		}
	}
	return nil
}

// changedFiles returns the names of the files in which two versions of a package differ.
func changedFiles(old, now *contest.Facts) []string {
	if old == nil {
		return nil
	}
	all := maps.Clone(now.Files)
	maps.Copy(all, old.Files)
	var names []string
	for _, name := range slices.SortedFunc(maps.Keys(all), problems.NaturalOrder) {
		if old.Files[name] != now.Files[name] {
			names = append(names, name)
		}
	}
	return names
}

// keepFiles keeps the digests of a package's files as they were while judgements count that depend on them: what has
// changed since can then still be named.
func (g *Grading) keepFiles() {
	for i := range g.Contest.Problems {
		p := &g.Contest.Problems[i]
		old := g.factsBefore(p.ID)
		if old == nil || old.Digest == p.Facts.Digest {
			continue
		}
		for _, s := range g.Contest.Submissions {
			j := g.before.Judgements[s.ID]
			if s.Problem == p.ID && j != nil && j.Package != "" && j.Package != p.Facts.Digest {
				facts := *p.Facts
				facts.Files = old.Files
				p.Facts = &facts
				break
			}
		}
	}
}
