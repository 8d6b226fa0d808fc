package judge

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"judge/isolate"
	"judge/judge/cache"
	"judge/judge/decide"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/formats"
)

// ended is what a job's Done received.
type ended struct {
	calls  int
	result report.Submission
	err    error
}

// streamed judges jobs in their order and returns what each of them received. Their Done is set here.
func streamed(ctx context.Context, j *Judge, jobs []Job) ([]ended, error) {
	var mu sync.Mutex
	all, i := make([]ended, len(jobs)), 0
	err := j.Stream(ctx, func() (Job, bool) {
		if i == len(jobs) {
			return Job{}, false
		}
		one, at := jobs[i], &all[i]
		i++
		one.Done = func(result report.Submission, err error) {
			mu.Lock()
			defer mu.Unlock()
			*at = ended{at.calls + 1, result, err}
		}
		return one, true
	})
	return all, err
}

func prepared(t testing.TB, j *Judge, problem *problems.Problem, stop Stop) *Prepared {
	t.Helper()
	p, err := j.Prepare(t.Context(), problem, stop)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

func jobsOf(p *Prepared, paths []string) (jobs []Job) {
	for _, path := range paths {
		jobs = append(jobs, Job{Prepared: p, Path: path})
	}
	return jobs
}

// unmeasured is a result as JSON, without what may differ from run to run.
func unmeasured(t *testing.T, s report.Submission) string {
	t.Helper()
	s.Compile = report.Compile{OK: s.Compile.OK} // logs have random names, and a cached program has none
	s.MaxCPUSeconds, s.MaxMemoryBytes = 0, 0
	s.Tests = slices.Clone(s.Tests)
	for i := range s.Tests {
		test := &s.Tests[i]
		test.Core, test.CPUSeconds, test.WallSeconds, test.MemoryBytes, test.Rerun = min(0, test.Core), 0, 0, 0, false
		test.Interaction = "" // it has times
		switch test.Verdict { // how far it came depends on when it was stopped
		case problems.TLE, problems.OLE, problems.MLE:
			test.OutputBytes, test.Stderr = 0, ""
		}
	}
	text, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// sameAsJudge checks that every job of a stream received the result of Judge.
func sameAsJudge(t *testing.T, jobs []Job, got []ended, want map[string]string) {
	t.Helper()
	for i, one := range got {
		if one.calls != 1 || one.err != nil {
			t.Errorf("%s: Done was called %d times, with %v", jobs[i].Path, one.calls, one.err)
			continue
		}
		if result := unmeasured(t, one.result); result != want[jobs[i].Path] {
			t.Errorf("%s: streamed and judged differ:%s", jobs[i].Path, differingLines(result, want[jobs[i].Path]))
		}
	}
}

// differingLines shows the lines in which two texts differ.
func differingLines(a, b string) (shown string) {
	one, other := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range max(len(one), len(other)) {
		if i >= len(one) || i >= len(other) {
			return shown + "\none is longer"
		}
		if one[i] != other[i] {
			shown += fmt.Sprintf("\nline %d: %.200s | %.200s", i, one[i], other[i])
		}
	}
	return shown
}

func TestStreamGivesTheResultsOfJudge(t *testing.T) {
	grouped := func(p *problems.Problem) {
		groups := []*problems.Scoring{{Name: "g1", Points: 30}, {Name: "g2", Points: 70, Requires: []string{"g1"}}}
		for i := range p.Tests {
			p.Tests[i].Groups = []string{groups[i/2].Name}
		}
		p.Scoring = problems.GroupsOfTests(groups, p.Tests)
	}
	rows := []struct {
		stop   Stop
		change func(*problems.Problem)
	}{
		{decide.AtEnd, func(*problems.Problem) {}},
		{decide.AtFirstFailure, func(*problems.Problem) {}},
		{decide.AtFirstTimeout, func(*problems.Problem) {}},
		{decide.AtEnd, grouped},
		{decide.AtFirstFailure, grouped},
		{decide.AtEnd, func(p *problems.Problem) { linked(t, p, 0, 1) }},
		{decide.AtEnd, func(p *problems.Problem) { p.Tests = nil }},
	}
	sources := []string{
		"ok ok ok ok", "ok wrong slow ok", "slow ok wrong ok", "crash ok exit3 ok", "flood ok ok ok", "ok ok wrong ok",
		"syntax error", "compiler bomb", strings.Repeat("ok ", 100), "ok nojail ok ok", "no jail to compile in",
	}
	for _, cpus := range []int{1, 2} {
		var jobs []Job
		want := map[string]string{}
		j, a := acted(t, cpus)
		j.Cache, a.inTurn = newCache(t), true
		for _, row := range rows {
			problem, paths := numbers(t, 4), acts(t, sources...)
			problem.Limits.Code = 100
			row.change(problem)
			problem.Submissions = []problems.Submission{
				{Path: paths[0], Expect: []problems.Verdict{problems.AC}},
				{Path: paths[1], Expect: []problems.Verdict{problems.AC}},
			}
			for i, s := range judgeAll(t, j, Request{Problem: problem, Submissions: paths, Stop: row.stop}).Submissions {
				want[paths[i]] = unmeasured(t, s)
			}
			jobs = append(jobs, jobsOf(prepared(t, j, problem, row.stop), paths)...)
		}
		for range 3 {
			got, err := streamed(t.Context(), j, jobs)
			if err != nil {
				t.Fatal(err)
			}
			sameAsJudge(t, jobs, got, want)
			rand.Shuffle(len(jobs), func(a, b int) { jobs[a], jobs[b] = jobs[b], jobs[a] })
		}
	}
}

// TestStreamOfAllExamples judges submissions of every example: all of them in a long test, else some of each.
func TestStreamOfAllExamples(t *testing.T) {
	dirs, err := os.ReadDir("../examples")
	if err != nil {
		t.Fatal(err)
	}
	j := jailed(t)
	all := j.Cores
	var jobs []Job
	want := map[string]string{}
	for _, dir := range dirs {
		_, notContest := os.Stat(filepath.Join("../examples", dir.Name(), "contest.yaml"))
		if !dir.IsDir() || notContest == nil {
			continue
		}
		problem, err := formats.Open(filepath.Join("../examples", dir.Name()))
		if err != nil {
			t.Fatal(err)
		}
		defer problem.Close()
		var paths []string
		every := max(1, len(problem.Submissions)/ofSoak(1000, 1))
		for i := 0; i < len(problem.Submissions); i += every {
			paths = append(paths, problem.Submissions[i].Path)
		}
		for i, s := range judgeAll(t, j, Request{Problem: problem, Submissions: paths, Stop: AtFirstFailure}).Submissions {
			want[paths[i]] = unmeasured(t, s)
		}
		jobs = append(jobs, jobsOf(prepared(t, j, problem, AtFirstFailure), paths)...)
	}
	for _, cores := range [][]int{all[:1], all} {
		rand.Shuffle(len(jobs), func(a, b int) { jobs[a], jobs[b] = jobs[b], jobs[a] })
		j.Cores = cores
		got, err := streamed(t.Context(), j, jobs)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%d submissions on %d cores", len(jobs), len(cores))
		sameAsJudge(t, jobs, got, want)
	}
}

func TestStreamReusesResults(t *testing.T) {
	j, a := acted(t, 1)
	var err error
	dir := t.TempDir()
	if j.Cache, err = cache.Open(dir); err != nil {
		t.Fatal(err)
	}
	if j.Verdicts, err = cache.OpenVerdicts(dir); err != nil {
		t.Fatal(err)
	}
	problem := numbers(t, 3)
	p, paths := prepared(t, j, problem, AtEnd), acts(t, "ok wrong ok", "ok ok ok")
	paths = append(paths, acts(t, "ok wrong ok")...) // the same program as the first
	first, err := streamed(t.Context(), j, jobsOf(p, paths))
	if err != nil || a.ran != 6 {
		t.Fatalf("%d runs, %v: expected those of two programs", a.ran, err)
	}
	again, err := streamed(t.Context(), j, jobsOf(p, paths))
	if err != nil || a.ran != 6 {
		t.Errorf("%d runs, %v: expected none the second time", a.ran-6, err)
	}
	judged := judgeAll(t, j, Request{Problem: problem, Submissions: paths})
	for i := range paths {
		a, b, c := verdicts(first[i].result), verdicts(again[i].result), verdicts(judged.Submissions[i])
		if a != b || b != c || cachedTests(again[i].result) != "+++" {
			t.Errorf("first %s, then %s with %s cached, judged %s", a, b, cachedTests(again[i].result), c)
		}
	}
}

func TestFaultsOfOneJobDoNotEndTheStream(t *testing.T) {
	j, _ := acted(t, 1)
	problem := numbers(t, 1)
	problem.Limits.Code = 10
	p := prepared(t, j, problem, AtEnd)
	paths := acts(t, "ok", "ok", strings.Repeat("ok ", 10), "ok")
	unreadable := filepath.Join(t.TempDir(), "loop.act")
	if err := os.Symlink(unreadable, unreadable); err != nil {
		t.Fatal(err)
	}
	rows := []struct {
		job      Job
		wrong    bool   // a SubmissionError is expected
		verdicts string // without one
	}{
		{Job{Path: paths[0]}, false, "AC: AC"},
		{Job{Path: filepath.Join(t.TempDir(), "missing.act")}, true, ""},
		{Job{Path: unreadable}, true, ""},
		{Job{Path: paths[1], Language: "klingon"}, true, ""},
		{Job{Path: paths[2]}, false,
			"CE(code size: more than the limit of 0.009766 KiB (the default: the problem declares none)): SKIP"},
		{Job{Path: writeFile(t, filepath.Join(t.TempDir(), "a.unknown"), "ok")}, false, "CE(language): SKIP"},
		{Job{Path: t.TempDir()}, false, "CE(files): SKIP"},
		{Job{Path: paths[1], Entry: "other.act"}, false, "CE(entry point): SKIP"},
		{Job{Path: paths[3], Language: "act"}, false, "AC: AC"},
	}
	var jobs []Job
	for _, row := range rows {
		row.job.Prepared = p
		jobs = append(jobs, row.job)
	}
	got, err := streamed(t.Context(), j, jobs)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		wrong := errors.As(got[i].err, new(*SubmissionError))
		if got[i].calls != 1 || wrong != row.wrong || got[i].result.Path != row.job.Path {
			t.Errorf("%+v: called %d times, with %q and %v", row.job, got[i].calls, got[i].result.Path, got[i].err)
		}
		if shown := verdicts(got[i].result); !row.wrong && shown != row.verdicts {
			t.Errorf("%+v: got %s, expected %s", row.job, shown, row.verdicts)
		}
	}
}

func TestEntryAndLanguageAreThoseOfTheJob(t *testing.T) {
	j := jailed(t)
	p := prepared(t, j, problemOf(t, "\n", "two\n"), AtEnd)
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "one.sh"), "echo one")
	writeFile(t, filepath.Join(dir, "two.sh"), "echo two")
	nameless := writeFile(t, filepath.Join(t.TempDir(), "nameless"), "echo two")
	got, err := streamed(t.Context(), j, []Job{
		{Prepared: p, Path: dir, Entry: "one.sh"}, {Prepared: p, Path: dir, Entry: "two.sh"}, {Prepared: p, Path: dir},
		{Prepared: p, Path: nameless, Language: "bash"}, {Prepared: p, Path: nameless},
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"WA", "AC", "CE(entry point)", "AC", "CE(language)"} {
		if shown, _, _ := strings.Cut(verdicts(got[i].result), ":"); shown != want {
			t.Errorf("job %d: got %s, expected %s", i, shown, want)
		}
	}
}

// TestFaultyCheckerIsAnErrorOfPrepare: and not of the stream.
func TestFaultyCheckerIsAnErrorOfPrepare(t *testing.T) {
	j := jailed(t)
	problem := problemOf(t, "\n", "\n")
	path := writeFile(t, filepath.Join(problem.Dir, "checker.c"), "int main() { return x; }\n")
	problem.Checker.External = &problems.External{Path: path, Protocol: problems.ICPC}
	if _, err := j.Prepare(t.Context(), problem, AtEnd); !errors.As(err, new(*CheckerError)) {
		t.Errorf("got %v, expected a CheckerError", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := j.Prepare(ctx, problemOf(t, "\n", "\n"), AtEnd); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, expected that of the context", err)
	}
}

func TestInterruptedStreamLeavesJobsUnfinished(t *testing.T) {
	for _, row := range []struct {
		sources []string
		want    []string // of the jobs that have begun
	}{
		{[]string{"ok ok", "ok interrupt", "ok ok"}, []string{"AC: AC AC", "AC: AC AC"}},
		{[]string{"ok ok", "interrupt ok", "ok ok"}, []string{"AC: AC AC", "SKIP(interrupted): AC SKIP(interrupted)"}},
		{[]string{"wrong interrupt", "ok ok"}, []string{"WA: WA AC"}},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		j, a := acted(t, 1)
		a.interrupt = cancel
		got, err := streamed(ctx, j, jobsOf(prepared(t, j, numbers(t, 2), AtEnd), acts(t, row.sources...)))
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%q: got %v", row.sources, err)
		}
		for i, one := range got {
			switch {
			case i >= len(row.want) && one.calls == 0:
			case i >= len(row.want), one.calls != 1, verdicts(one.result) != row.want[i],
				one.result.Unfinished != strings.Contains(row.want[i], "interrupted"):
				t.Errorf("%q, job %d: Done was called %d times, with %s, unfinished %v",
					row.sources, i, one.calls, verdicts(one.result), one.result.Unfinished)
			}
		}
	}
}

// TestInterruptedCompilationLeavesAJobUnfinished: whatever the problem, also one without tests.
func TestInterruptedCompilationLeavesAJobUnfinished(t *testing.T) {
	for _, tests := range []int{0, 2} {
		ctx, cancel := context.WithCancel(t.Context())
		j, _ := acted(t, 1)
		p := prepared(t, j, numbers(t, tests), AtEnd)
		j.Run = func(context.Context, isolate.Command) (isolate.Outcome, error) {
			cancel()
			return isolate.Outcome{}, ctx.Err()
		}
		got, err := streamed(ctx, j, jobsOf(p, acts(t, "ok ok")))
		if !errors.Is(err, context.Canceled) || got[0].calls != 1 || !got[0].result.Unfinished {
			t.Errorf("%d tests: %+v, %v", tests, got, err)
		}
	}
}

func TestUnfitHostEndsTheStream(t *testing.T) {
	j, _ := acted(t, 1)
	jobs := jobsOf(prepared(t, j, numbers(t, 2), AtEnd), acts(t, "ok ok", "ok unfit", "ok ok"))
	got, err := streamed(t.Context(), j, jobs)
	if !errors.As(err, new(*isolate.LackError)) {
		t.Errorf("got %v", err)
	}
	if got[0].calls != 1 || got[0].result.Unfinished || got[1].calls != 1 || !got[1].result.Unfinished ||
		got[2].calls != 0 {
		t.Errorf("%+v", got)
	}
}

// TestSleepingProgramDoesNotIdleTheCore: while it sleeps, the core compiles and judges the next submission.
func TestSleepingProgramDoesNotIdleTheCore(t *testing.T) {
	j, a := acted(t, 1)
	next := make(chan struct{}) // closed when the next submission has been judged
	j.Run = func(ctx context.Context, c isolate.Command) (isolate.Outcome, error) {
		outcome, err := a.run(ctx, c)
		if c.OnIdle != nil && c.Args[0] != "/bin/true" && strings.HasPrefix(sourceOf(t, c), "slow") && c.OnIdle() {
			<-next
		}
		return outcome, err
	}
	p, paths := prepared(t, j, numbers(t, 1), AtEnd), acts(t, "slow", "ok")
	var order []string
	i := 0
	err := j.Stream(t.Context(), func() (Job, bool) {
		if i == len(paths) {
			return Job{}, false
		}
		path := paths[i]
		i++
		return Job{Prepared: p, Path: path, Done: func(s report.Submission, err error) {
			order = append(order, verdicts(s))
			if path == paths[1] {
				close(next)
			}
		}}, true
	})
	if want := []string{"AC: AC", "TLE(cpu): TLE(cpu)"}; err != nil || !slices.Equal(order, want) {
		t.Errorf("got %q, %v, expected %q: the sleeping program ends last", order, err, want)
	}
}

// sourceOf returns the source that a command of the actor runs.
func sourceOf(t *testing.T, c isolate.Command) string {
	t.Helper()
	source, err := os.ReadFile(filepath.Join(c.Root.Binds[0].Source, c.Args[1]))
	if err != nil {
		t.Error(err)
	}
	return string(source)
}

// TestWithoutParallelProgramsTheCoreWaits: where all programs run as one user.
func TestWithoutParallelProgramsTheCoreWaits(t *testing.T) {
	j, a := acted(t, 1)
	j.Alone = true
	j.Run = func(ctx context.Context, c isolate.Command) (isolate.Outcome, error) {
		if c.OnIdle != nil && c.Args[0] != "/bin/true" && c.OnIdle() {
			t.Error("the core goes on while a program waits")
		}
		return a.run(ctx, c)
	}
	jobs := jobsOf(prepared(t, j, numbers(t, 2), AtEnd), acts(t, "ok ok", "ok ok"))
	if _, err := streamed(t.Context(), j, jobs); err != nil {
		t.Error(err)
	}
}

// TestDoubtfulRunsOfAStreamAreRepeatedAlone: while no other program runs, compilers included.
func TestDoubtfulRunsOfAStreamAreRepeatedAlone(t *testing.T) {
	j, a := acted(t, 2)
	a.inTurn = true
	var mu sync.Mutex
	running, repeated := 0, map[string]int{}
	j.Run = func(ctx context.Context, c isolate.Command) (isolate.Outcome, error) {
		doubtful := c.Args[0] != "/bin/true" && strings.Contains(sourceOf(t, c), "near")
		mu.Lock()
		running++
		source := ""
		if doubtful {
			source = c.Root.Binds[0].Source
			if repeated[source]++; repeated[source] == 2 && running > 1 {
				t.Errorf("repeated while %d programs run", running)
			}
		}
		mu.Unlock()
		defer func() { mu.Lock(); defer mu.Unlock(); running-- }()
		if doubtful {
			used := isolate.Usage{CPU: time.Second, Wall: time.Second}
			fmt.Fprintln(c.Stdout, "0")
			return isolate.Outcome{Cause: isolate.Exited, Usage: used}, nil
		}
		return a.run(ctx, c)
	}
	var sources []string
	for i := range 40 {
		sources = append(sources, []string{"ok", "near"}[i%2]+strings.Repeat(" ", i))
	}
	got, err := streamed(t.Context(), j, jobsOf(prepared(t, j, numbers(t, 1), AtEnd), acts(t, sources...)))
	if err != nil {
		t.Fatal(err)
	}
	for i, one := range got {
		if rerun := one.result.Tests[0].Rerun; rerun != (i%2 == 1) {
			t.Errorf("job %d: rerun is %v: %s", i, rerun, verdicts(one.result))
		}
	}
}

func TestHeaderOfAStreamIsCompiledWhenEnoughSourcesIncludeIt(t *testing.T) {
	j := jailedWithSmallHeader(t)
	p := prepared(t, j, okProblem(t), AtEnd)
	var mu sync.Mutex
	var used int
	run := j.Run
	j.Run = func(ctx context.Context, c isolate.Command) (isolate.Outcome, error) {
		mu.Lock()
		for _, b := range c.Root.Binds {
			used += map[bool]int{true: 1}[b.Target == "/headers/bits"]
		}
		mu.Unlock()
		return run(ctx, c)
	}
	j.Cores = j.Cores[:1]
	got, err := streamed(t.Context(), j, jobsOf(p, withSmallHeader(t, 5)))
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range got {
		if one.result.Verdict != problems.AC {
			t.Errorf("%+v", one.result)
		}
	}
	if kept := keptHeaders(t, j.Cache); len(kept) != 1 || used != 3 {
		t.Errorf("headers %q, used %d times: expected one, used by the third source and those after it", kept, used)
	}
}

// TestStreamHoldsNothingOfFinishedJobs: neither descriptors nor memory grow with the number of jobs.
func TestStreamHoldsNothingOfFinishedJobs(t *testing.T) {
	j, a := acted(t, 2)
	a.inTurn = true
	var err error
	dir := t.TempDir()
	if j.Cache, err = cache.Open(dir); err != nil {
		t.Fatal(err)
	}
	if j.Verdicts, err = cache.OpenVerdicts(dir); err != nil {
		t.Fatal(err)
	}
	j.Run = func(ctx context.Context, c isolate.Command) (isolate.Outcome, error) {
		if c.Args[0] != "/bin/true" { // the actor remembers every program that it has run
			fmt.Fprintln(c.Stdout, "0")
		}
		return isolate.Outcome{Cause: isolate.Exited}, nil
	}
	const warm, most = 200, 2000
	p, sources := prepared(t, j, numbers(t, 1), AtEnd), t.TempDir()
	var before, after runtime.MemStats
	var files, filesBefore int
	i := 0
	err = j.Stream(t.Context(), func() (Job, bool) {
		if i == warm || i == most {
			files = openFiles(t)
			runtime.GC()
			runtime.ReadMemStats(&after)
		}
		if i == warm {
			before, filesBefore = after, files
		}
		if i == most {
			return Job{}, false
		}
		i++
		source := fmt.Sprint("ok ", i, strings.Repeat(" ", 10_000))
		path := writeFile(t, filepath.Join(sources, fmt.Sprint(i), "s.act"), source)
		return Job{Prepared: p, Path: path, Done: func(s report.Submission, err error) {
			if s.Verdict != problems.AC || err != nil {
				t.Errorf("%s, %v", verdicts(s), err)
			}
		}}, true
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d jobs: %d and %d files, %d and %d KiB", most, filesBefore, files, before.HeapAlloc>>10, after.HeapAlloc>>10)
	if files > filesBefore+8 {
		t.Errorf("%d files are open after %d jobs, %d after %d", files, most, filesBefore, warm)
	}
	if after.HeapAlloc > before.HeapAlloc+4<<20 {
		t.Errorf("%d KiB are used after %d jobs, %d after %d", after.HeapAlloc>>10, most, before.HeapAlloc>>10, warm)
	}
}

func openFiles(t *testing.T) int {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}
