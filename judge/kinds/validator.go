package kinds

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

// Validator is a program that decides whether an input or an answer is valid.
type Validator struct {
	*External
	Name  string
	Given problems.Validator
}

// ValidatorProgram describes a validator as one of the problem's programs.
func ValidatorProgram(given problems.Validator) *problems.External {
	return &problems.External{Path: given.Path, Protocol: problems.ICPC, Args: given.Args}
}

// NewValidator returns a validator with at least the usual limits.
func NewValidator(e *External, given problems.Validator) Validator {
	e.limits = build.AtLeastUsual(e.limits)
	return Validator{e, filepath.Base(given.Path), given}
}

// Subject is the input or answer that a validator checks.
type Subject struct {
	Test    problems.TestCase
	Data    []byte // in place of the input; nil: the test's own
	Answers bool   // it checks the answer
}

// Validation is a validator's result for an input or an answer.
type Validation struct {
	Accepted bool
	Message  string // cleaned
}

// named returns the arguments of a test for the validator of that name, with or without its extension.
func (v Validator) named(t problems.TestCase) []string {
	if args, ok := t.ValidatorArgsOf[v.Name]; ok {
		return args
	}
	return t.ValidatorArgsOf[strings.TrimSuffix(v.Name, filepath.Ext(v.Name))]
}

// inputFile are the files by which a validator opens its input by name.
func (v Validator) inputFile(of Subject) ([]isolate.File, error) {
	if of.Data != nil {
		return []isolate.File{{Name: v.Given.InputFile, Data: of.Data}}, nil
	}
	seen, copies, err := v.tests.show(of.Test.Input, "input")
	return append(copies, isolate.File{Name: v.Given.InputFile, Link: seen}), err
}

// Look runs one validator: the input is on its stdin, and its exit code is the result ("Input Validators" of the
// ICPC problem package format; validators of testlib.h exit with 0 instead of 42). For an answer, stdin is the
// answer and the first argument is the path of the input, as in BAPCtools.
func (v Validator) Look(ctx context.Context, core isolate.Core, input *os.File, of Subject) (Validation, error) {
	plan, words, t := v.Program.Plan, &report.Excerpt{Max: checkerText}, of.Test
	files, err := extraFiles(v.problem, t)
	if err != nil {
		return Validation{}, err
	}
	root := isolate.Root{Sees: plan.RunSees, Binds: []isolate.Bind{v.Program.Bind()}}
	args := slices.Concat(v.Args, v.named(t), t.ValidatorArgs)
	if v.Given.InputFile != "" {
		shown, err := v.inputFile(of)
		if err != nil {
			return Validation{}, err
		}
		files, args = append(files, shown...), slices.Insert(args, 0, v.Given.InputFile)
		root.Binds = slices.Concat(root.Binds, v.tests.binds)
	}
	if of.Answers {
		seen, copies, err := v.tests.show(t.Input, "input")
		if err != nil {
			return Validation{}, err
		}
		files = append(files, copies...)
		root.Binds, args = slices.Concat(root.Binds, v.tests.binds), slices.Concat([]string{seen}, v.Args, t.AnswerArgs)
	}
	outcome, err := v.run(ctx, isolate.Command{
		Root: root, Args: slices.Concat(plan.Run, args), Env: plan.RunEnv,
		Files: slices.Concat(build.RunFiles(plan, build.NamesOfFiles(files)...), files),
		Stdin: input, Stdout: words, Stderr: words, Core: core, Limits: v.jailLimits(),
	})
	if err == nil {
		err = checkerFailure(outcome, v.jailLimits())
	}
	if err != nil {
		return Validation{}, fmt.Errorf("validator %s: %w", v.Name, err)
	}
	accepts := 42
	if v.Given.Testlib {
		accepts = 0
	}
	first, _, _ := strings.Cut(strings.TrimSpace(string(words.Bytes())), "\n")
	result := Validation{Accepted: outcome.Code == accepts, Message: text.CutLine(first, report.MaxMessage)}
	if !result.Accepted && result.Message == "" {
		result.Message = fmt.Sprintf("exit code %d", outcome.Code)
	}
	return result, nil
}
