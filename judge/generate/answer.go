package generate

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"judge/judge"
	"judge/judge/cache"
	"judge/problems"
	store "judge/problems/cache"
	"judge/problems/safefile"
)

// answered holds everything that determines what the model solution answers.
type answered struct {
	Format    int
	Program   string
	Run       []string
	RunEnv    []string
	RunSees   []string
	RunArgs   []string
	Files     problems.FileNames
	Processes int
	Input     string // digest
	Time      time.Duration
	Memory    problems.Bytes
	Output    problems.Bytes
}

// answer makes the answer of a test by the model solution.
func (m *making) answer(ctx context.Context, core int, model *Program, t problems.TestCase) (
	entry *store.Entry, cached bool, seconds float64, err error,
) {
	input := m.digestOf(t.Input)
	if input == "" {
		return nil, false, 0, errors.New("the input of test " + t.Name + " cannot be read")
	}
	program, known := programKey(model)
	plan := model.tool.Program.Plan
	a := answered{
		Format: 1, Program: program, Run: plan.Run, RunEnv: plan.RunEnv, RunSees: plan.RunSees, RunArgs: t.RunArgs,
		Files: m.problem.Files, Processes: m.problem.Limits.Processes, Input: input,
	}
	a.Time, a.Memory, a.Output = limits(m.problem)
	key := name{cache.HashOf(a), known}
	if t.ExtraFiles != "" { // a key does not cover the contents of these files
		key = name{cache.HashOf([]any{a, t.Name}), false}
	}
	entry, cached, err = m.shelf.entry(key, func(product string) error {
		seconds, err = m.runModel(ctx, core, model, t, product)
		return err
	})
	return entry, cached, seconds, err
}

// runModel runs the model solution on a test into the product of a new entry.
func (m *making) runModel(
	ctx context.Context, core int, model *Program, t problems.TestCase, product string,
) (seconds float64, err error) {
	input, err := safefile.Open(t.Input)
	if err != nil {
		return 0, err
	}
	defer input.Close()
	file, err := created(product, stdoutName)
	if err != nil {
		return 0, err
	}
	output := &storing{file: file}
	r := judge.ToolRun{Core: core, Stdin: input, Input: t.Input, Stdout: output, Test: t}
	r.Time, r.Memory, r.Output = limits(m.problem)
	end, err := model.tool.Run(ctx, r)
	seconds = end.Usage.CPU.Seconds()
	if err = errors.Join(err, output.Close()); err != nil {
		return seconds, err
	}
	if end.Verdict != problems.AC {
		return seconds, &Failure{
			Recipe: t.Recipe, Test: t.Name, Doing: "model solution " + filepath.Base(model.Path),
			How: howEnded(m.problem, end), Stderr: lastLines(end.Stderr),
		}
	}
	return seconds, nil
}

// model compiles the model solution, which a test needs.
func (m *making) model(ctx context.Context, t problems.TestCase) (*Program, error) {
	of := m.problem.Solution()
	if of == nil {
		return nil, &Failure{
			Recipe: t.Recipe, Test: t.Name, Doing: "answer", How: "no model solution to make it",
			Hint: "name the solution that makes the answers, or add the answer as a file",
		}
	}
	return m.workshop.Submission(ctx, *of, Options{})
}

// needsModel reports whether the model solution makes the answer of a test.
func (m *making) needsModel(t problems.TestCase) bool {
	from := problems.Source{}
	if t.Recipe != nil {
		from = t.Recipe.Answer
	}
	return t.Answer == "" && from.Origin == problems.FromModel && m.problem.HasAnswers()
}
