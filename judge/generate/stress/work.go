package stress

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"judge/judge"
	"judge/judge/generate"
	"judge/problems"
	"judge/problems/safefile"
	"judge/problems/text"
)

// inFlight is the number of inputs that share a core: while the judge prepares or decides a run of one, those of the
// others go on.
const inFlight = 3

// Roots returns how many jails of a core a search uses in turn.
func Roots(s Search) int {
	programs := len(s.Templates) + len(s.Submissions) + len(s.Problem.InputValidators) + 4 // model, second, checker
	return min(inFlight*programs, maxRoots)
}

// maxRoots bounds the processes that prepared jails take.
const maxRoots = 48

// work is a search that is going on.
type work struct {
	Search
	workshop   *generate.Workshop
	trial      *judge.Trial
	generators map[*problems.Template]*generate.Program
	model      *generate.Program // nil: answers are empty files
	brute      int               // index of the second solution among the submissions; -1: none
	dir        string
	slots      []slot
	began      time.Time
	ticks      ticker

	drawn, runs atomic.Int64
	mu          sync.Mutex
	slow        []*Found // the slowest so far, the slowest first
	notes       []string
}

// slot is the place of one input that is examined: a core, and files that are used again and again.
type slot struct {
	core          int
	input, answer string
}

func (s Search) open(ctx context.Context) (*work, error) {
	engine := *s.Judge
	if engine.Quiet == nil {
		engine.Quiet = &sync.RWMutex{}
	}
	s.Judge = &engine
	w := &work{Search: s, generators: map[*problems.Template]*generate.Program{}, brute: -1, began: time.Now()}
	err := w.prepare(ctx)
	if err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

func (w *work) prepare(ctx context.Context) (err error) {
	if w.workshop, err = generate.NewWorkshop(w.Judge, w.Problem); err != nil {
		return err
	}
	for _, t := range w.Templates {
		if w.generators[t], err = w.workshop.Generator(ctx, t.Program); err != nil {
			return err
		}
	}
	all := slices.Clone(w.Submissions)
	if err := w.prepareModel(ctx); err != nil {
		return err
	}
	if w.brute >= 0 {
		all = append(all, w.Brute)
	}
	w.trial, err = w.Judge.Trial(ctx, judge.TrialRequest{Validators: true, Request: judge.Request{
		Problem: w.Problem, Submissions: all, Language: w.Language, Advice: w.Advice, Sanitize: w.Sanitize,
	}})
	if err != nil {
		return err
	}
	for i, path := range all {
		if compile, reason := w.trial.Compiled(i); !compile.OK {
			return &NotCompiled{path, compile, reason}
		}
	}
	return w.makeSlots()
}

// prepareModel compiles what makes the answers: the model solution, or the second solution where there is none.
func (w *work) prepareModel(ctx context.Context) (err error) {
	if !w.Problem.HasAnswers() {
		return nil
	}
	of := w.Problem.Solution()
	switch {
	case of != nil && w.Brute != "":
		w.brute = len(w.Submissions)
	case of == nil && w.Brute != "":
		of = &problems.Submission{Path: w.Brute}
		w.notes = append(w.notes, "the problem has no model solution: "+w.Brute+" makes the answers")
	case of == nil:
		return &problems.HintError{
			Msg:  "the problem has no model solution that makes the answers",
			Hint: "name it in the spec, as in solution: submissions/sol.cpp, or give a second solution",
		}
	}
	w.model, err = w.workshop.Submission(ctx, *of, generate.Options{})
	return err
}

func (w *work) makeSlots() (err error) {
	if w.dir, err = os.MkdirTemp("", "judge-stress-"); err != nil {
		return err
	}
	n := inFlight
	if w.Judge.Alone { // programs of one user can disturb each other
		n = 1
	}
	for i := range n {
		for _, core := range w.trial.Cores() {
			name := filepath.Join(w.dir, fmt.Sprintf("%d-%d", core, i))
			w.slots = append(w.slots, slot{core, name + ".in", name + ".ans"})
		}
	}
	return nil
}

func (w *work) close() {
	if w.trial != nil {
		w.trial.Close()
	}
	if w.workshop != nil {
		w.workshop.Close()
	}
	if w.dir != "" {
		os.RemoveAll(w.dir)
	}
}

// run runs a program of the problem's with the limits of generators.
func (w *work) run(ctx context.Context, p *generate.Program, r generate.Run) (generate.Outcome, error) {
	l, usual := w.Problem.Limits, problems.DefaultLimits()
	r.Time = cmp.Or(l.ValidationTime, usual.ValidationTime)
	r.Memory = cmp.Or(l.ValidationMemory, usual.ValidationMemory)
	r.Output = cmp.Or(l.GenerationOutput, usual.GenerationOutput)
	w.runs.Add(1)
	return w.workshop.Run(ctx, p, r)
}

// errNoAnswer means that the model solution failed on an input, or is no answer to it.
var errNoAnswer = errors.New("no answer")

// made is an input with what its own run says of the answer.
type made struct {
	input  []byte
	answer []byte // nil: the model solution makes it
}

// generate runs the generator of a recipe. Its failure is a *generate.Failure.
func (w *work) generate(ctx context.Context, s slot, p *generate.Program, r *problems.Recipe) (made, error) {
	run := generate.Run{Core: s.core, Args: slices.Concat(r.Program.Args, r.Args)}
	for _, from := range []problems.Source{r.Input, r.Answer} {
		if from.Origin == problems.FromRunFile {
			run.Files = append(run.Files, from.Name)
		}
	}
	if r.Stdin != "" {
		stdin, err := safefile.Open(r.Stdin)
		if err != nil {
			return made{}, err
		}
		defer stdin.Close()
		run.Stdin = stdin
	}
	o, err := w.run(ctx, p, run)
	if err != nil {
		return made{}, err
	}
	if o.Verdict != problems.AC {
		return made{}, w.failure(r, strings.TrimSpace(o.Verdict.String()+" "+o.Reason), o.Stderr)
	}
	m := made{input: taken(r.Input, o)}
	if r.Answer.Origin != problems.FromModel {
		m.answer = taken(r.Answer, o)
	}
	if m.input == nil {
		return made{}, w.failure(r, "it left no file "+r.Input.Name, o.Stderr)
	}
	return m, nil
}

// taken returns what a source takes of a run; nil: there is none.
func taken(from problems.Source, o generate.Outcome) []byte {
	switch from.Origin {
	case problems.FromStdout, problems.FromModel: // a template need not say it
		return append([]byte{}, o.Stdout...)
	case problems.FromStderr:
		return append([]byte{}, o.Stderr...)
	case problems.FromRunFile:
		return o.Files[from.Name]
	case problems.FromText:
		return []byte(from.Name)
	case problems.FromNothing:
		return []byte{}
	default:
		return nil
	}
}

func (w *work) failure(r *problems.Recipe, how string, stderr []byte) error {
	words := slices.Concat([]string{"generator", filepath.Base(r.Program.Path)}, r.Program.Args, r.Args)
	return &generate.Failure{
		Recipe: r, Doing: strings.Join(words, " "), How: how, Stderr: text.CutLines(string(stderr), 1<<10),
	}
}

// test returns the test of a slot, whose files hold the input and the answer.
func (w *work) test(s slot, r *problems.Recipe) problems.TestCase {
	t := problems.TestCase{Name: "random", Input: s.input, Answer: s.answer}
	for _, of := range w.Problem.Tests { // the test that the recipe makes has its groups and arguments
		if r != nil && of.Recipe != nil && of.Recipe.Line == r.Line && of.Recipe.File == r.File &&
			of.Recipe.Row == r.Row && r.Row > 0 {
			of.Input, of.Answer, of.Recipe, of.Name = t.Input, t.Answer, nil, t.Name
			return of
		}
	}
	return t
}

// answer writes the input and its answer into the slot. errNoAnswer: the model solution failed.
func (w *work) answer(ctx context.Context, s slot, m made) (answer []byte, why string, err error) {
	if err := os.WriteFile(s.input, m.input, 0o644); err != nil {
		return nil, "", err
	}
	answer = m.answer
	if answer == nil && w.model != nil {
		input, err := os.Open(s.input)
		if err != nil {
			return nil, "", err
		}
		defer input.Close()
		o, err := w.run(ctx, w.model, generate.Run{Core: s.core, Stdin: input})
		if err != nil {
			return nil, "", err
		}
		if o.Verdict != problems.AC {
			return nil, strings.TrimSpace(o.Verdict.String() + " " + o.Reason), errNoAnswer
		}
		answer = o.Stdout
	}
	return answer, "", os.WriteFile(s.answer, answer, 0o644)
}
