package judge

import (
	"context"
	"path/filepath"
	"slices"

	"judge/judge/build"
	"judge/judge/cache"
	"judge/judge/report"
	"judge/problems"
)

// setting holds everything that determines a program's results on any test, except for the test and the time
// limits. A missing field here means stale verdicts: TestKeysHoldEveryField lists the fields of problems, and why
// some cannot matter.
type setting struct {
	Format    int // of the cached results: a new number invalidates all older ones
	Judge     string
	Of        string
	Machine   report.Machine
	Program   string
	Language  string
	Run       []string
	RunEnv    []string
	RunSees   []string
	Work      []string // names of files in the working directory; their contents are in Program
	Processes int
	Externals []string // keys of the compiled programs
	Compare   problems.Checker
	Checkers  []speech
	Talks     *speech // with the interactor
	Manager   *managed
	Limits    problems.Limits
	Files     problems.FileNames
	Passes    int
}

// speech is how one of the problem's programs is called, and how its output is read. Its sources are in its own
// key.
type speech struct {
	Protocol problems.Protocol
	Args     []string
	Answers  []string `json:"format"`
	RunFacts bool     // the result may depend on the run's usage
}

// managed is how a manager and its processes are run.
type managed struct {
	Speech    speech
	Processes int
	Streams   bool
}

func speechOf(e *problems.External) *speech {
	if e == nil {
		return nil
	}
	return &speech{Protocol: e.Protocol, Args: e.Args, Answers: e.Format, RunFacts: e.RunFacts}
}

// speechesOf returns those of a checker and of the additional checkers.
func speechesOf(e *problems.External) (all []speech) {
	for ; e != nil; e = e.Also {
		all = append(all, *speechOf(e))
	}
	return all
}

// comparedBy returns a checker without its program, which has its own key.
func comparedBy(c problems.Checker) problems.Checker {
	c.External = nil
	return c
}

// sameOn returns the machine without the fields that vary from run to run and change no result.
func sameOn(m report.Machine) report.Machine {
	m.Cores, m.JudgeOn, m.Exclusive, m.Speed = nil, nil, false, 0
	return m
}

// limitsOfRuns returns the limits without those that cached results are compared by, and those in the program's
// own key.
func limitsOfRuns(l problems.Limits) problems.Limits {
	l.Time, l.Wall, l.CompilationTime, l.CompilationMemory, l.Code = 0, 0, 0, 0, 0
	return l
}

// settingKey returns a digest of everything that determines a program's results on any test, except for the test
// and the time limits; "" if it cannot be computed.
func (p *Prepared) settingKey(program build.Program) string {
	externals, known := p.externalKeys()
	if program.Key == "" || !known {
		return ""
	}
	problem := p.problem
	key := setting{
		Format: 3, Judge: p.judge.Verdicts.Judge(), Of: nameForLedgers(problem), Machine: sameOn(p.judge.Machine),
		Program: program.Key, Language: program.Language.ID,
		Run: program.Plan.Run, RunEnv: program.Plan.RunEnv, RunSees: program.Plan.RunSees,
		Work: build.NamesOfFiles(build.RunFiles(program.Plan)), Processes: program.Plan.Processes,
		Externals: externals, Compare: comparedBy(problem.Checker), Checkers: speechesOf(problem.Checker.External),
		Talks: speechOf(problem.Interactor), Limits: limitsOfRuns(problem.Limits),
		Files: problem.Files, Passes: problem.Passes,
	}
	if m := problem.Manager; m != nil {
		key.Manager = &managed{Speech: *speechOf(&m.External), Processes: m.Processes, Streams: m.Streams}
	}
	return cache.HashOf(key)
}

// externalKeys returns those of the problem's own programs; known is false if one has none.
func (p *Prepared) externalKeys() (keys []string, known bool) {
	for _, e := range p.externals {
		if e.Key == "" {
			return nil, false
		}
		keys = append(keys, e.Key)
	}
	return keys, true
}

// nameForLedgers distinguishes problems with the same programs: each has its own files, because all lines of a
// file are read to find those of one problem.
func nameForLedgers(p *problems.Problem) string { return p.Name + "/" + filepath.Base(p.Dir) }

// workOfTest holds everything that determines a program's run on a test.
type workOfTest struct {
	Input, Answer string // digests
	With          withFiles
}

// withFiles holds what determines a run in addition to input and answer.
type withFiles struct {
	Args, RunArgs []string
	Checker       *problems.Checker
	ExtraFiles    string
	NeedsOutput   bool
}

func withFilesOf(t problems.TestCase) withFiles {
	return withFiles{
		Args: t.Args, RunArgs: t.RunArgs, Checker: t.Checker, ExtraFiles: t.ExtraFiles, NeedsOutput: t.NeedsOutput,
	}
}

// scored is a test's work with the bounds of its scores.
type scored struct {
	Work   string
	Points float64
	Groups []scoredGroup
}

// scoredGroup is what scores in a group are checked against.
type scoredGroup struct {
	Name      string
	Rule      problems.Rule
	Points    float64
	Unbounded bool
	Members   int // the tests that share the points
}

// testKey returns a digest of everything that determines a test's result.
func (p *Prepared) testKey(t problems.TestCase) string {
	if t.ExtraFiles != "" { // a key does not cover the contents of these files
		return ""
	}
	work := p.workKey(t)
	if work == "" {
		return ""
	}
	return cache.HashOf(scored{Work: work, Points: t.Points, Groups: p.scoredGroups(t)})
}

// workKey returns a digest of everything that determines a program's run on a test.
func (p *Prepared) workKey(t problems.TestCase) string {
	input, answer := p.digests.Of(t.Input), p.digests.Of(t.Answer)
	if input == "" || answer == "" {
		return ""
	}
	return cache.HashOf(workOfTest{Input: input, Answer: answer, With: withFilesOf(t)})
}

// sameWork returns a key for the work of each test that another test may share; "" for the others. Files of
// different sizes need not be read for that.
func (p *Prepared) sameWork(ctx context.Context) []string {
	type sized struct {
		Input, Answer int64
		With          withFiles
	}
	tests := p.problem.Tests
	sizes, count := make([]string, len(tests)), map[string]int{}
	for i, t := range tests {
		input, answer := p.tests[t.Input].Size, p.tests[t.Answer].Size
		sizes[i] = cache.HashOf(sized{Input: input, Answer: answer, With: withFilesOf(t)})
		count[sizes[i]]++
	}
	works := make([]string, len(tests))
	for i, t := range tests {
		if count[sizes[i]] > 1 && ctx.Err() == nil {
			works[i] = p.workKey(t)
		}
	}
	return works
}

// workOf returns the key of a test's work for a program. Submitted outputs are never shared between tests.
func (p *Prepared) workOf(program build.Program, t int) string {
	if program.Outputs != nil {
		return ""
	}
	return p.works[t]
}

// scoredGroups returns those whose rules the scores of a test are checked against, if scores are checked.
func (p *Prepared) scoredGroups(t problems.TestCase) (all []scoredGroup) {
	if p.problem.Scoring == nil || !p.problem.Scoring.Strict {
		return nil
	}
	for _, g := range p.problem.Scoring.Groups() {
		if slices.Contains(t.Groups, g.Name) {
			all = append(all, scoredGroup{
				Name: g.Name, Rule: g.Rule, Points: g.Points, Unbounded: g.Unbounded, Members: len(g.Tests()),
			})
		}
	}
	return all
}
