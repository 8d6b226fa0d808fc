package judge

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"judge/isolate"
	"judge/problems"
)

// actLanguage is the language of the actor's submissions.
const actLanguage = `
languages:
  act:
    name: Act
    extensions: [.act]
    entry: file
    product: sources
    compile: [/bin/true, '{entry}']
    run: [/prog/main, '{entry}']
    version: [/bin/bash, --version]
`

// actor stands for the jail: it acts out submissions that are lists of words, one a test, each saying what the program
// does on that test. The input of a test is its number, from 0, and so is the right output.
type actor struct {
	interrupt context.CancelFunc // what the word "interrupt" does
	inTurn    bool               // one lane only: nothing can be late

	mu       sync.Mutex
	compiled int
	ran      int
	ended    map[string]*ending // by source and test
}

func (a *actor) run(ctx context.Context, c isolate.Command) (isolate.Outcome, error) {
	if c.Args[0] == "/bin/true" {
		return a.compile(c)
	}
	source, err := os.ReadFile(filepath.Join(c.Root.Binds[0].Source, c.Args[1]))
	if err != nil {
		return isolate.Outcome{}, err
	}
	input, err := io.ReadAll(c.Stdin)
	if err != nil {
		return isolate.Outcome{}, err
	}
	test, err := strconv.Atoi(strings.TrimSpace(string(input)))
	if err != nil {
		return isolate.Outcome{}, err
	}
	defer a.finish(string(source), test)
	a.mu.Lock()
	a.ran++
	a.mu.Unlock()
	// A late test must be one after which none can be skipped, and have a lane for those after it.
	word, late := strings.CutPrefix(strings.Fields(string(source))[test], "late-")
	if late && !a.inTurn {
		<-a.end(string(source), test+1)
	}
	return a.act(ctx, word, test, c)
}

// end is closed when a run of the test has ended.
func (a *actor) end(source string, test int) chan struct{} {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.ending(source, test).done
}

func (a *actor) finish(source string, test int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	end := a.ending(source, test)
	end.once.Do(func() { close(end.done) })
}

// ending belongs to one test of one source; a.mu must be held.
func (a *actor) ending(source string, test int) *ending {
	if a.ended == nil {
		a.ended = map[string]*ending{}
	}
	key := fmt.Sprint(test, " ", source)
	if a.ended[key] == nil {
		a.ended[key] = &ending{done: make(chan struct{})}
	}
	return a.ended[key]
}

type ending struct {
	once sync.Once // two submissions may have one source
	done chan struct{}
}

func (a *actor) compile(c isolate.Command) (isolate.Outcome, error) {
	a.mu.Lock()
	a.compiled++
	a.mu.Unlock()
	switch source := string(c.Files[0].Data); {
	case strings.HasPrefix(source, "syntax error"):
		fmt.Fprintln(c.Stderr, "main.act:1: \x1b[31msyntax error\xff")
		return isolate.Outcome{Cause: isolate.Exited, Code: 1}, nil
	case strings.HasPrefix(source, "compiler bomb"):
		return isolate.Outcome{Cause: isolate.MemoryLimit}, nil
	case strings.HasPrefix(source, "no jail to compile in"):
		return isolate.Outcome{}, errors.New("no space left")
	}
	return isolate.Outcome{Cause: isolate.Exited}, nil
}

func (a *actor) act(ctx context.Context, word string, test int, c isolate.Command) (isolate.Outcome, error) {
	// Each test uses another amount, so that a mistaken sum or maximum shows.
	used := isolate.Usage{CPU: time.Duration(test+1) * time.Millisecond, Wall: time.Second, Memory: isolate.Bytes(100 - test)}
	fmt.Fprintf(c.Stderr, "test %d: %s\n", test, word)
	fmt.Fprintln(c.Stdout, map[bool]int{true: test, false: -1}[word != "wrong"])
	switch word {
	case "ok", "wrong":
		return isolate.Outcome{Cause: isolate.Exited, Usage: used}, nil
	case "crash":
		return isolate.Outcome{Cause: isolate.Signaled, Signal: syscall.SIGSEGV, Usage: used}, nil
	case "slow":
		return isolate.Outcome{Cause: isolate.CPULimit, Signal: syscall.SIGKILL, Usage: used}, nil
	case "flood":
		return isolate.Outcome{Cause: isolate.OutputLimit, Signal: syscall.SIGKILL, Usage: used}, nil
	case "exit3":
		return isolate.Outcome{Cause: isolate.Exited, Code: 3, Usage: used}, nil
	case "nojail":
		return isolate.Outcome{}, errors.New("no cgroup\x07 to be had")
	case "unfit":
		return isolate.Outcome{}, fmt.Errorf("start a jailer: %w", &isolate.LackError{Lacks: []isolate.Lack{{What: "root", Why: "w", Fix: "f"}}})
	case "interrupt":
		a.interrupt()
		return isolate.Outcome{Cause: isolate.Exited, Usage: used}, nil
	case "hang":
		<-ctx.Done()
		return isolate.Outcome{}, ctx.Err()
	}
	return isolate.Outcome{}, fmt.Errorf("the actor does not know how to %q", word)
}

// acted returns a judge whose programs are acted out, on so many lanes.
func acted(t *testing.T, lanes int) (*Judge, *actor) {
	t.Helper()
	a := &actor{inTurn: lanes == 1}
	j := &Judge{Run: a.run, Languages: table(t, actLanguage)}
	for cpu := range lanes {
		j.Cores = append(j.Cores, cpu)
	}
	return j, a
}

// numbers makes a problem for the actor with so many tests.
func numbers(t *testing.T, tests int) *problems.Problem {
	t.Helper()
	var texts []string
	for n := range tests {
		texts = append(texts, fmt.Sprintln(n), fmt.Sprintln(n))
	}
	return problemOf(t, texts...)
}

// acts writes submissions for the actor and returns their paths.
func acts(t *testing.T, sources ...string) []string {
	t.Helper()
	dir := t.TempDir()
	var paths []string
	for i, source := range sources {
		paths = append(paths, writeFile(t, filepath.Join(dir, fmt.Sprintf("s%d.act", i)), source))
	}
	return paths
}
