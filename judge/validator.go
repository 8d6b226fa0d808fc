package judge

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"judge/isolate"
	"judge/judge/build"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/text"
)

// validator is a program that says whether an input is valid, or an answer.
type validator struct {
	*external
	name  string
	given problems.Validator
}

// validatorProgram is a validator as a program of the problem's.
func validatorProgram(given problems.Validator) *problems.External {
	return &problems.External{Path: given.Path, Protocol: problems.ICPC, Args: given.Args}
}

func newValidator(e *external, given problems.Validator) validator {
	e.limits = build.AtLeastUsual(e.limits)
	return validator{e, filepath.Base(given.Path), given}
}

// Word is what a validator says of an input or an answer.
type Word struct {
	Accepted bool
	Message  string // cleaned
}

// named are the arguments that a test has for a validator of that name, with or without its extension.
func (v validator) named(t problems.TestCase) []string {
	if args, ok := t.ValidatorArgsOf[v.name]; ok {
		return args
	}
	return t.ValidatorArgsOf[strings.TrimSuffix(v.name, filepath.Ext(v.name))]
}

// inputFile are the files by which a validator finds its input under a name.
func (v validator) inputFile(trial Trial) ([]isolate.File, error) {
	if trial.Data != nil {
		return []isolate.File{{Name: v.given.InputFile, Data: trial.Data}}, nil
	}
	seen, copies, err := v.tests.show(trial.Test.Input, "input")
	return append(copies, isolate.File{Name: v.given.InputFile, Link: seen}), err
}

// look runs one validator: the input is on its stdin, and its exit code is its word ("Input Validators" of the ICPC
// problem package format; validators of testlib.h end with 0 instead of 42). In a trial of answers it has the answer
// there, and the path of the input as its first argument, as the BAPCtools have it.
func (v validator) look(ctx context.Context, core isolate.Core, input *os.File, trial Trial) (Word, error) {
	plan, words, t := v.program.Plan, &report.Excerpt{Max: checkerWords}, trial.Test
	files, err := besideTest(v.problem, t)
	if err != nil {
		return Word{}, err
	}
	root := isolate.Root{Sees: plan.RunSees, Binds: []isolate.Bind{{Source: v.program.Entry.Product, Target: "/prog", Copy: true}}}
	args := slices.Concat(v.args, v.named(t), t.ValidatorArgs)
	if v.given.InputFile != "" {
		shown, err := v.inputFile(trial)
		if err != nil {
			return Word{}, err
		}
		files, args = append(files, shown...), slices.Insert(args, 0, v.given.InputFile)
		root.Binds = slices.Concat(root.Binds, v.tests.binds)
	}
	if trial.Answers {
		seen, copies, err := v.tests.show(t.Input, "input")
		if err != nil {
			return Word{}, err
		}
		files = append(files, copies...)
		root.Binds, args = slices.Concat(root.Binds, v.tests.binds), slices.Concat([]string{seen}, v.args, t.AnswerArgs)
	}
	outcome, err := v.run(ctx, isolate.Command{
		Root: root, Args: slices.Concat(plan.Run, args), Env: plan.RunEnv,
		Files: slices.Concat(build.BesideProgram(plan, build.NamesOfFiles(files)...), files),
		Stdin: input, Stdout: words, Stderr: words, Core: core, Limits: v.jailLimits(),
	})
	if err == nil {
		err = checkerFailure(outcome, v.jailLimits())
	}
	if err != nil {
		return Word{}, fmt.Errorf("validator %s: %w", v.name, err)
	}
	accepts := 42
	if v.given.Testlib {
		accepts = 0
	}
	first, _, _ := strings.Cut(strings.TrimSpace(string(words.Bytes())), "\n")
	word := Word{Accepted: outcome.Code == accepts, Message: text.CutLine(first, report.MaxMessage)}
	if !word.Accepted && word.Message == "" {
		word.Message = fmt.Sprintf("exit code %d", outcome.Code)
	}
	return word, nil
}
