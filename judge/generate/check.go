package generate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"judge/judge/cache"
	"judge/problems"
)

// Check makes every test twice from scratch, and compares the two, and those that are files in addition with their
// files. It returns what the first making has made, together with all failures. Errors are those of Make.
func (m Maker) Check(ctx context.Context, p *problems.Problem) (*Made, error) {
	m.Fresh, m.Every = true, true
	files := filesOf(p)
	made, err := m.Make(ctx, p)
	var all Failures
	if err != nil && !errors.As(err, &all) {
		return made, err
	}
	m.Observe, m.Choose = nil, nil
	again := *p
	again.Batches, again.InputValidators, again.Tests = nil, nil, slices.Clone(p.Tests)
	for i := range again.Tests {
		if t := &again.Tests[i]; t.Recipe != nil {
			t.Input, t.Answer = "", ""
			t.Recipe = unstated(t.Recipe)
		}
	}
	second, err := m.Make(ctx, &again)
	var more Failures
	if err != nil && !errors.As(err, &more) {
		return made, errors.Join(err, second.Close())
	}
	defer second.Close()
	all = append(all, differences(p, &again, files, all)...)
	for _, f := range more {
		same := func(known *Failure) bool { return known.Message() == f.Message() }
		if !slices.ContainsFunc(all, same) {
			all = append(all, f)
		}
	}
	if len(all) == 0 {
		return made, nil
	}
	at := map[string]int{}
	for i, t := range p.Tests {
		at[t.Name] = i
	}
	slices.SortStableFunc(all, func(a, b *Failure) int { return cmp.Compare(at[a.Test], at[b.Test]) })
	return made, folded(all)
}

// unstated returns a recipe without the digests that the package states, which one making compares.
func unstated(r *problems.Recipe) *problems.Recipe {
	of := *r
	of.InputSHA256, of.AnswerSHA256 = "", ""
	return &of
}

// folded returns the failures with one for all tests of a line that differ in the same way.
func folded(all Failures) (kept Failures) {
	more := map[*Failure]int{}
	for _, f := range all {
		same := func(k *Failure) bool {
			return f.Recipe != nil && k.Recipe != nil && f.Recipe.File == k.Recipe.File &&
				f.Recipe.Row == k.Recipe.Row && f.Recipe.Column == k.Recipe.Column &&
				f.How == k.How && f.Stderr == "" && k.Stderr == ""
		}
		if i := slices.IndexFunc(kept, same); i >= 0 {
			more[kept[i]]++
			continue
		}
		kept = append(kept, f)
	}
	for f, n := range more {
		f.How += fmt.Sprintf(" (and %d more of this line)", n)
	}
	return kept
}

// filesOf returns the tests of a problem that are files, and whose recipes make them too.
func filesOf(p *problems.Problem) map[string]bool {
	files := map[string]bool{}
	for _, t := range p.Tests {
		if t.Recipe != nil && t.Input != "" {
			files[t.Name] = true
		}
	}
	return files
}

// differences returns the failures of tests whose two makings differ.
func differences(p, again *problems.Problem, files map[string]bool, known Failures) (all Failures) {
	var digests cache.Digests
	for i, t := range p.Tests {
		other := again.Tests[i]
		isOf := func(f *Failure) bool { return f.Test == t.Name }
		if t.Recipe == nil || other.Input == "" || t.Input == "" || slices.ContainsFunc(known, isOf) {
			continue
		}
		f := &Failure{Recipe: t.Recipe, Test: t.Name, Doing: doing(t.Recipe)}
		switch sameInput := digests.Of(t.Input) == digests.Of(other.Input); {
		case !sameInput && files[t.Name]:
			f.How = "the file " + filepath.Base(t.Input) + " differs from what the recipe makes"
			f.Hint = "write the file again with judge generate, or delete it"
		case !sameInput:
			f.How = "not deterministic: two runs wrote different inputs"
			f.Hint = "take the seed from the arguments only"
		case other.Answer == "" || t.Answer == "" || digests.Of(t.Answer) == digests.Of(other.Answer):
			continue
		case files[t.Name]:
			f.How = "the file " + filepath.Base(t.Answer) + " differs from the answer that the recipe makes"
		default:
			f.How = "not deterministic: two runs wrote different answers"
		}
		if t.Recipe.Answer.Origin == problems.FromModel && digests.Of(t.Input) == digests.Of(other.Input) {
			if model := p.Solution(); model != nil {
				f.Doing = "model solution " + filepath.Base(model.Path)
			}
		}
		all = append(all, f)
	}
	return all
}
