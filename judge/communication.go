package judge

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"judge/checkers"
	"judge/isolate"
	"judge/problems"
	"judge/problems/safefile"
)

// communication runs several processes of a program together with the problem's manager, each in a jail of its own, as the Communication
// tasks of the Contest Management System do: named pipes lead from the manager to each process and back.
type communication struct {
	batch
	manager   *external
	processes int
	streams   bool // processes talk over stdin and stdout; else they get the pipes' paths as arguments
}

func (c communication) within(cpu time.Duration) kind {
	c.batch.command.Limits.CPU = cpu
	return c
}

// waiting keeps the core: one process waits while another works.
func (c communication) waiting(func() bool) kind { return c }

// fifosSeen is where a jail sees the pipes.
const fifosSeen = "/fifos"

// pipes are those of one process; their names are the Contest Management System's.
type pipes struct{ toManager, toProcess *fifo }

func pipeNames(i int) (toManager, toProcess string) {
	return fmt.Sprintf("%d/u%d_to_m", i, i), fmt.Sprintf("%d/m_to_u%d", i, i)
}

func makePipes(dir string, processes int) (all []pipes, err error) {
	for i := range processes {
		sub := filepath.Join(dir, strconv.Itoa(i))
		err := errors.Join(os.Mkdir(sub, 0o755), os.Chmod(sub, 0o755))
		if err != nil {
			return all, err
		}
		toManager, toProcess := pipeNames(i)
		a, err := newFifo(filepath.Join(dir, toManager))
		if err != nil {
			return all, err
		}
		b, err := newFifo(filepath.Join(dir, toProcess))
		if err != nil {
			a.close()
			return all, err
		}
		all = append(all, pipes{a, b})
	}
	return all, nil
}

// test runs all until they have ended.
func (c communication) test(ctx context.Context, cpu int, t problems.TestCase) Facts {
	facts := Facts{Core: cpu}
	dir, err := os.MkdirTemp("", temporaryPrefix)
	if err != nil {
		facts.Err = fmt.Errorf("join programs: %w", err)
		return facts
	}
	defer os.RemoveAll(dir)
	lock, err := lockDir(dir, unix.LOCK_SH) // else another judge takes it for a dead one's
	if err == nil {
		defer lock.Close()
		err = os.Chmod(dir, 0o755)
	}
	var all []pipes
	if err == nil {
		all, err = makePipes(dir, c.processes)
	}
	defer func() {
		for _, p := range all {
			p.toManager.close()
			p.toProcess.close()
		}
	}()
	if err != nil {
		facts.Err = fmt.Errorf("join programs: %w", err)
		return facts
	}
	talk := newTalk(c.processes)
	c.runAll(ctx, talk, dir, all, cpu, t)
	talk.into(&facts)
	return facts
}

func (c communication) runAll(ctx context.Context, k *talk, dir string, all []pipes, cpu int, t problems.TestCase) {
	core := isolate.OnCore(cpu)
	var running sync.WaitGroup
	for i, p := range all {
		running.Go(func() {
			outcome, err := c.runProcess(ctx, k, dir, i, p, core, t)
			if k.processEnded(i, outcome, err) {
				p.toManager.oneEnded()
				p.toProcess.oneEnded()
			}
		})
	}
	running.Go(func() {
		end := sync.OnceFunc(func() {
			for _, p := range all {
				p.toManager.oneEnded()
				p.toProcess.oneEnded()
			}
		})
		check, err := c.runManager(ctx, k, dir, core, t, end)
		end()
		k.managerEnded(check, err)
	})
	running.Wait()
	k.close()
}

// runProcess runs one process of the submission.
func (c communication) runProcess(ctx context.Context, k *talk, dir string, i int, p pipes, core isolate.Core, t problems.TestCase) (isolate.Outcome, error) {
	command, err := c.commandFor(t)
	if err != nil {
		return isolate.Outcome{}, err
	}
	command.Core, command.Stop, command.Stderr = core, k.stop, k.stderr[i]
	command.Shared = true // else many that spin would go on for as long as they keep each other waiting
	command.Hangs = func(since, seen time.Time) bool { return k.hangs(i, since, seen) }
	toManager, toProcess := pipeNames(i)
	if c.streams {
		stdin, err := p.toProcess.readEnd()
		if err != nil {
			return isolate.Outcome{}, err
		}
		defer stdin.Close()
		stdout, err := p.toManager.writeEnd()
		if err != nil {
			return isolate.Outcome{}, err
		}
		command.Stdin, command.Stdout, command.Talks = stdin, stdout, true
		defer stdout.Close()
	} else {
		name := strconv.Itoa(i)
		command.Root.Binds = append(slices.Clone(command.Root.Binds), isolate.Bind{Source: filepath.Join(dir, name), Target: fifosSeen + "/" + name})
		command.Args = append(slices.Clone(command.Args), fifosSeen+"/"+toProcess, fifosSeen+"/"+toManager)
	}
	if c.processes > 1 {
		command.Args = append(slices.Clone(command.Args), strconv.Itoa(i))
	}
	return c.run(ctx, command)
}

// runManager runs the manager and reads its answer.
func (c communication) runManager(ctx context.Context, k *talk, dir string, core isolate.Core, t problems.TestCase, end func()) (*checkers.Check, error) {
	input, err := safefile.Open(t.Input)
	if err != nil {
		return nil, fmt.Errorf("could not be run: %w", err)
	}
	defer input.Close()
	manager := *c.manager
	manager.beside = c.limits.Wall
	var paths []string
	for i := range c.processes {
		toManager, toProcess := pipeNames(i)
		paths = append(paths, fifosSeen+"/"+toManager, fifosSeen+"/"+toProcess)
	}
	manager.protocol = managing{paths}
	manager.shows = []isolate.Bind{{Source: dir, Target: fifosSeen}}
	stdout := &excerpt{most: checkerWords}
	command := isolate.Command{
		Stdin: input, Stdout: stdout, Core: core, Shared: true, Stop: k.stop, Ended: end,
		Hangs: func(since, seen time.Time) bool { return k.hangs(c.processes, since, seen) },
	}
	if seen, ok := manager.tests.at(t.Input); ok { // managers read it from either
		command.Files = []isolate.File{{Name: "input.txt", Link: seen}}
	}
	ending, err := manager.complete(ctx, command, "", t)
	if err != nil {
		return nil, err
	}
	ending.Stdout = stdout.Bytes()
	check, err := manager.protocol.Decode(ending)
	return &check, err
}

// managing is how a manager of the Contest Management System is called: with the paths of its pipes, for each process the one to read
// and the one to write. It answers as a comparator does.
type managing struct{ paths []string }

func (m managing) Args(_ checkers.Files, more []string) []string {
	return append(slices.Clone(m.paths), more...)
}

func (managing) Decode(e checkers.Ending) (checkers.Check, error) { return checkers.CMS{}.Decode(e) }
