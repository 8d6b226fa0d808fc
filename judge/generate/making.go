package generate

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"judge/judge/cache"
	"judge/problems"
	store "judge/problems/cache"
)

// making is one call of Make.
type making struct {
	Maker
	problem  *problems.Problem
	workshop *Workshop
	shelf    *shelf
	digests  cache.Digests
	runs     []*run
	byKey    map[string]*run
	inputs   []input // that were made

	mu       sync.Mutex // of all below
	made     []Test     // by test; without a name: a file
	known    map[string]string
	done     int
	failures []failed
	broken   error // of the host
	stop     context.CancelFunc
}

// failed is a failure of a test, for the order.
type failed struct {
	test int
	*Failure
}

func newMaking(m Maker, p *problems.Problem, w *Workshop) *making {
	return &making{
		Maker: m, problem: p, workshop: w, shelf: &shelf{kept: m.Cache, fresh: m.Fresh},
		byKey: map[string]*run{}, known: map[string]string{},
	}
}

// result returns what was made.
func (m *making) result() *Made {
	made := &Made{shelf: m.shelf}
	for _, t := range m.made {
		if t.Name != "" {
			made.Tests = append(made.Tests, t)
		}
	}
	return made
}

// failed returns the failures in the order of the tests.
func (m *making) failed() Failures {
	slices.SortStableFunc(m.failures, func(a, b failed) int { return cmp.Compare(a.test, b.test) })
	var all Failures
	for _, f := range m.failures {
		all = append(all, f.Failure)
	}
	return all
}

// make makes everything: the runs that decide which tests there are, the other runs, and the answers. Then the
// validators read the inputs.
func (m *making) make(ctx context.Context) error {
	outer := ctx
	ctx, m.stop = context.WithCancel(ctx)
	defer m.stop()
	if err := m.batches(ctx); err != nil || len(m.failures) > 0 {
		return m.ended(outer, err)
	}
	if m.Choose != nil {
		if err := m.Choose(m.problem); err != nil {
			return err
		}
	}
	m.plan()
	for _, step := range []func(context.Context) error{m.generateAll, m.answerAll} {
		if err := step(ctx); err != nil || len(m.failures) > 0 && !m.Every {
			return m.ended(outer, err)
		}
	}
	err := m.validate(ctx, m.inputs)
	return m.ended(outer, err)
}

// ended returns the reason why a step ended early: that of the host, an interruption, or a failure, which are listed.
func (m *making) ended(ctx context.Context, err error) error {
	switch {
	case m.broken != nil:
		return m.broken
	case ctx.Err() != nil:
		return ctx.Err()
	case len(m.failures) > 0 && errors.Is(err, context.Canceled):
		return nil
	default:
		return err
	}
}

// fail records a failure of a test, or an error of the host. Work that has not begun is then left out.
func (m *making) fail(test int, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var f *Failure
	if !errors.As(err, &f) {
		m.broken = cmp.Or(m.broken, err)
		m.stop()
		return
	}
	m.failures = append(m.failures, failed{test, f})
	if !m.Every {
		m.stop()
	}
}

// batches runs the generators that decide which tests there are.
func (m *making) batches(ctx context.Context) error {
	all := m.problem.Batches
	runs := make([]*run, len(all))
	for i := range all {
		runs[i] = &run{recipe: &all[i].Recipe, all: true}
		m.byKey[keyOfRun(&all[i].Recipe)] = runs[i]
	}
	if err := m.carryOut(ctx, runs); err != nil || len(m.failures) > 0 {
		return err
	}
	for i, b := range all {
		var names []string
		for _, name := range runs[i].entry.Files() {
			if inner, is := strings.CutPrefix(name, filesName+"/"); is {
				names = append(names, inner)
			}
		}
		slices.SortFunc(names, problems.NaturalOrder)
		if err := b.Complete(names); err != nil {
			return err
		}
	}
	m.problem.Batches = nil
	return nil
}

// plan collects the runs of the tests that are no files.
func (m *making) plan() {
	m.made = make([]Test, len(m.problem.Tests))
	for i := range m.problem.Tests {
		t := &m.problem.Tests[i]
		if t.Input != "" && t.Answer != "" {
			continue
		}
		m.made[i].Name, m.made[i].Cached = t.Name, true
		if t.Recipe == nil || t.Recipe.Program == nil {
			continue
		}
		r := m.byKey[keyOfRun(t.Recipe)]
		if r == nil {
			r = &run{recipe: t.Recipe}
			m.byKey[keyOfRun(t.Recipe)] = r
			m.runs = append(m.runs, r)
		}
		for _, s := range []problems.Source{t.Recipe.Input, t.Recipe.Answer} {
			if s.Origin == problems.FromStdout || s.Origin == problems.FromStderr || s.Origin == problems.FromRunFile {
				r.needs = append(r.needs, need{s, i})
			}
		}
	}
}

// carryOut runs generators in parallel.
func (m *making) carryOut(ctx context.Context, runs []*run) error {
	return m.Judge.OnCores(ctx, len(runs), func(ctx context.Context, core, i int) {
		r, test := runs[i], -1
		if len(r.needs) > 0 {
			test = r.needs[0].test
		}
		if err := m.generate(ctx, core, r); err != nil && (ctx.Err() == nil || errors.As(err, new(*Failure))) {
			m.fail(test, err)
			return
		}
		for _, test := range r.tests() {
			if !m.needsModel(m.problem.Tests[test]) {
				m.observe(test)
			}
		}
	})
}

// tests returns the tests that take something from a run, each once.
func (r *run) tests() (all []int) {
	for _, n := range r.needs {
		if !slices.Contains(all, n.test) {
			all = append(all, n.test)
		}
	}
	return all
}

// observe reports that a test is made.
func (m *making) observe(test int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.done++
	if m.Observe == nil {
		return
	}
	all := 0
	for _, t := range m.made {
		if t.Name != "" {
			all++
		}
	}
	m.Observe(Progress{Made: m.done, All: all, Test: m.problem.Tests[test].Name})
}

// generateAll runs the generators, and sets the inputs, and the answers that they make.
func (m *making) generateAll(ctx context.Context) error {
	if err := m.carryOut(ctx, m.runs); err != nil && !m.Every {
		return err
	}
	counted := map[*run]bool{} // runs whose time is with one of their tests
	for i := range m.problem.Tests {
		t := &m.problem.Tests[i]
		if m.made[i].Name == "" {
			continue
		}
		if err := m.place(i, t, counted); err != nil {
			return err
		}
		if ran := t.Recipe != nil && t.Recipe.Program != nil; !ran && !m.needsModel(*t) {
			m.observe(i)
		}
	}
	return ctx.Err()
}

// place sets the input of a test, and its answer unless the model solution makes that.
func (m *making) place(i int, t *problems.TestCase, counted map[*run]bool) error {
	recipe := t.Recipe
	if recipe == nil {
		recipe = &problems.Recipe{}
	}
	var r *run
	if recipe.Program != nil {
		r = m.byKey[keyOfRun(recipe)]
		if r.entry == nil {
			return nil // it failed
		}
		m.made[i].Cached = r.cached
		if !counted[r] {
			counted[r], m.made[i].Seconds = true, r.seconds
		}
	}
	if t.Input == "" {
		if err := m.put(i, r, recipe.Input, recipe.InputSHA256, true); err != nil {
			return err
		}
	}
	if info, err := os.Stat(t.Input); err == nil {
		m.made[i].Bytes = info.Size()
	}
	if t.Answer != "" || m.needsModel(*t) {
		return nil
	}
	from := recipe.Answer
	if from.Origin == problems.FromModel {
		from.Origin = problems.FromNothing
	}
	return m.put(i, r, from, recipe.AnswerSHA256, false)
}

// put sets the input or the answer of a test from a source.
func (m *making) put(i int, r *run, s problems.Source, stated string, isInput bool) error {
	t := &m.problem.Tests[i]
	to, what := &t.Answer, "answer"
	if isInput {
		to, what = &t.Input, "input"
	}
	entry, file := (*store.Entry)(nil), ""
	switch s.Origin {
	case problems.FromPath:
		*to = s.Name
	case problems.FromText, problems.FromNothing:
		var err error
		if entry, err = m.text(s); err != nil {
			return err
		}
		file = textName
	case problems.FromModel:
		m.fail(i, &Failure{Recipe: t.Recipe, Test: t.Name, Doing: "recipe", How: "nothing makes the " + what})
		return nil
	default:
		entry, file = r.entry, inProduct(s)
	}
	if entry != nil {
		*to = filepath.Join(entry.Dir(), filepath.FromSlash(file))
		m.remember(*to, entry.Digest(file))
		if isInput {
			m.inputs = append(m.inputs, input{i, entry, file})
		}
	}
	return m.compare(i, *to, stated, what)
}

// compare compares an input or an answer with the digest that the package states.
func (m *making) compare(i int, path, stated, what string) error {
	if stated == "" {
		return nil
	}
	t := m.problem.Tests[i]
	if got := m.digestOf(path); !strings.EqualFold(got, stated) {
		by := "recipe"
		if t.Recipe.Program != nil {
			by = doing(t.Recipe)
		}
		if what == "answer" && t.Recipe.Answer.Origin == problems.FromModel {
			by = "model solution"
		}
		m.fail(i, &Failure{
			Recipe: t.Recipe, Test: t.Name, Doing: by,
			How: "the " + what + " has SHA-256 " + got + ", the package states " + stated,
		})
	}
	return nil
}

// textName is the name of a text in the product of an entry.
const textName = "text"

// text returns the entry of a text of the package.
func (m *making) text(s problems.Source) (*store.Entry, error) {
	content := ""
	if s.Origin == problems.FromText {
		content = s.Name
	}
	entry, _, err := m.shelf.entry(name{cache.HashOf([]string{"text", content}), true}, func(product string) error {
		file, err := created(product, textName)
		if err != nil {
			return err
		}
		to := &storing{file: file}
		to.Write([]byte(content)) //nolint:errcheck // Close returns the error
		return to.Close()
	})
	return entry, err
}

// remember records the digest of a file.
func (m *making) remember(path, digest string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.known[path] = digest
}

// digestOf returns the digest of a file; "" if it cannot be read.
func (m *making) digestOf(path string) string {
	m.mu.Lock()
	known := m.known[path]
	m.mu.Unlock()
	if known != "" {
		return known
	}
	return m.digests.Of(path)
}

// answerAll lets the model solution make the answers.
func (m *making) answerAll(ctx context.Context) error {
	var open []int
	for i, t := range m.problem.Tests {
		if m.made[i].Name != "" && t.Input != "" && m.needsModel(t) {
			open = append(open, i)
		}
	}
	if len(open) == 0 {
		return nil
	}
	model, err := m.model(ctx, m.problem.Tests[open[0]])
	if err != nil {
		m.fail(open[0], err)
		return ctx.Err()
	}
	err = m.Judge.OnCores(ctx, len(open), func(ctx context.Context, core, n int) {
		i := open[n]
		t := m.problem.Tests[i] // the other lanes set fields of other tests
		entry, cached, seconds, err := m.answer(ctx, core, model, t)
		if err != nil {
			if ctx.Err() == nil || errors.As(err, new(*Failure)) {
				m.fail(i, err)
			}
			return
		}
		answer := filepath.Join(entry.Dir(), stdoutName)
		m.remember(answer, entry.Digest(stdoutName))
		m.made[i].Cached = m.made[i].Cached && cached
		m.made[i].Seconds += seconds
		m.problem.Tests[i].Answer = answer
		if t.Recipe != nil {
			if err := m.compare(i, answer, t.Recipe.AnswerSHA256, "answer"); err != nil {
				m.fail(i, err)
			}
		}
		m.observe(i)
	})
	if m.Every && ctx.Err() == nil {
		return nil
	}
	return err
}
