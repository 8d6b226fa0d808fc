package kinds

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"

	"golang.org/x/sys/unix"

	"judge/checkers"
	"judge/isolate"
	"judge/isolate/threads"
	"judge/judge/decide"
	"judge/judge/report"
	"judge/problems/cache"
	"judge/problems/safefile"
)

// communication runs several processes of a program together with the problem's manager, each in its own jail, as
// in Communication tasks of the Contest Management System: named pipes connect the manager with each process in
// both directions.
type communication struct {
	batch
	manager   *External
	processes int
	streams   bool // processes use stdin and stdout; otherwise they get the pipes' paths as arguments
}

// fifosSeen is where a jail sees the pipes.
const fifosSeen = "/fifos"

// pipes are those of one process. Their names are the ones that the Contest Management System uses.
type pipes struct{ toManager, toProcess *fifo }

func pipeNames(i int) (toManager, toProcess string) {
	return fmt.Sprintf("%d/u%d_to_m", i, i), fmt.Sprintf("%d/m_to_u%d", i, i)
}

// venue holds the pipes that connect the programs of one test.
type venue struct {
	streams bool // processes read and write their standard streams: the reader of each pipe is known
	// dir is the directory of the pipes. Jails reach it by mounts; no other user can, because the directory above
	// it is private.
	dir   string
	lock  *os.File
	watch *pipeWatch
	all   []pipes
}

// openVenue creates the pipes. held returns the files that the programs have open.
func openVenue(processes int, streams bool, held func() threads.Held) (*venue, error) {
	private, err := os.MkdirTemp("", cache.TemporaryPrefix)
	if err != nil {
		return nil, err
	}
	v := &venue{streams: streams, dir: filepath.Join(private, "fifos")}
	err = makeOpenDir(v.dir)
	if err == nil {
		v.lock, err = cache.LockDir(private, unix.LOCK_SH) // or another judge removes it as a dead one's
	}
	if err == nil {
		v.watch, err = newPipeWatch()
	}
	for i := 0; err == nil && i < processes; i++ {
		err = v.addPipes(i, held)
	}
	if err != nil {
		return nil, errors.Join(err, v.close())
	}
	return v, nil
}

// makeOpenDir creates a directory that all users may enter, whatever the umask.
func makeOpenDir(path string) error {
	return errors.Join(os.Mkdir(path, 0o755), os.Chmod(path, 0o755))
}

func (v *venue) addPipes(i int, held func() threads.Held) error {
	if err := makeOpenDir(filepath.Join(v.dir, strconv.Itoa(i))); err != nil {
		return err
	}
	toManager, toProcess := pipeNames(i)
	a, err := newFifo(filepath.Join(v.dir, toManager), held)
	if err != nil {
		return err
	}
	b, err := newFifo(filepath.Join(v.dir, toProcess), held)
	if err != nil {
		a.close()
		return err
	}
	v.all = append(v.all, pipes{a, b})
	return errors.Join(v.watch.add(a), v.watch.add(b))
}

// endAll is called when the manager has ended.
func (v *venue) endAll() {
	for _, p := range v.all {
		p.toManager.oneEnded(v.streams)
		p.toProcess.oneEnded(false)
	}
}

// relieve unblocks programs when all are blocked; ends permits an end of file as the means.
func (v *venue) relieve(held threads.Held, ends bool) {
	v.watch.update()
	for _, p := range v.all {
		p.toManager.relieve(held, ends && !v.watch.lost)
		p.toProcess.relieve(held, ends && !v.watch.lost)
	}
}

// meeting is the rendezvous of all processes and, at the last index, the manager.
func (v *venue) meeting(r *rendezvous) *isolate.Meeting {
	return isolate.NewMeeting(isolate.MeetingConfig{
		Parties: len(v.all) + 1,
		Relieve: func(held threads.Held) { v.relieve(held, !r.hasFailed()) },
		OnDeadlock: func(waits []threads.Wait) {
			found := describe(waits, v.all)
			r.blocked(&found)
		},
	})
}

func (v *venue) close() error {
	for _, p := range v.all {
		p.toManager.close()
		p.toProcess.close()
	}
	if v.watch != nil {
		v.watch.close()
	}
	err := os.RemoveAll(filepath.Dir(v.dir))
	if v.lock != nil {
		v.lock.Close()
	}
	return err
}

// Test runs all programs until they have ended.
func (c communication) Test(ctx context.Context, a Attempt) decide.Facts {
	facts := decide.Facts{Core: a.Core}
	k := newRendezvous("manager", c.processes)
	v, err := openVenue(c.processes, c.streams, func() threads.Held { return k.meeting.Held() })
	if err != nil {
		facts.Err = fmt.Errorf("connect programs: %w", err)
		return facts
	}
	defer v.close()
	k.meeting = v.meeting(k)
	c.runAll(ctx, k, v, a)
	k.into(&facts)
	return facts
}

func (c communication) runAll(ctx context.Context, k *rendezvous, v *venue, a Attempt) {
	var running sync.WaitGroup
	for i, p := range v.all {
		running.Go(func() {
			defer k.meeting.Leave(i)
			outcome, err := c.runProcess(ctx, k, v.dir, i, p, a)
			if k.processEnded(i, outcome, err) {
				p.toManager.oneEnded(false)
				p.toProcess.oneEnded(v.streams)
			}
		})
	}
	running.Go(func() {
		defer k.meeting.Leave(c.processes)
		check, err := c.runManager(ctx, k, v, a)
		v.endAll()
		k.deciderEnded(check, err)
	})
	running.Wait()
	k.close()
}

// runProcess runs one process of the submission.
func (c communication) runProcess(
	ctx context.Context, k *rendezvous, dir string, i int, p pipes, a Attempt,
) (isolate.Outcome, error) {
	command, err := c.commandFor(a)
	if err != nil {
		return isolate.Outcome{}, err
	}
	command.Stop, command.Stderr = k.stop, a.Keep.stderr(k.stderr[i])
	command.Interaction = &isolate.Interaction{Meeting: k.meeting, Party: i, OnExit: k.processDead}
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
		defer stdout.close()
		command.Stdin, command.Stdout = stdin, stdout
	} else {
		name := strconv.Itoa(i)
		own := isolate.Bind{Source: filepath.Join(dir, name), Target: fifosSeen + "/" + name}
		command.Root.Binds = append(slices.Clone(command.Root.Binds), own)
		command.Args = append(slices.Clone(command.Args), fifosSeen+"/"+toProcess, fifosSeen+"/"+toManager)
	}
	if c.processes > 1 {
		command.Args = append(slices.Clone(command.Args), strconv.Itoa(i))
	}
	return c.run(ctx, command)
}

// runManager runs the manager and reads its result.
func (c communication) runManager(ctx context.Context, k *rendezvous, v *venue, a Attempt) (*checkers.Check, error) {
	t := a.Test
	input, err := safefile.Open(t.Input)
	if err != nil {
		return nil, fmt.Errorf("could not be run: %w", err)
	}
	defer input.Close()
	manager := *c.manager
	manager.peerWall = c.limits.Wall
	var paths []string
	for i := range c.processes {
		toManager, toProcess := pipeNames(i)
		paths = append(paths, fifosSeen+"/"+toManager, fifosSeen+"/"+toProcess)
	}
	manager.protocol = managing{paths}
	manager.shows = []isolate.Bind{{Source: v.dir, Target: fifosSeen}}
	stdout := &report.Excerpt{Max: checkerText}
	command := isolate.Command{
		Stdin: input, Stdout: stdout, Core: isolate.OnCore(a.Core), Stop: k.stop,
		Interaction: &isolate.Interaction{Meeting: k.meeting, Party: c.processes, OnExit: func(bool) { v.endAll() }},
	}
	seen, copies, err := manager.tests.show(t.Input, "input.txt")
	if err != nil {
		return nil, err
	}
	command.Files = append(copies, isolate.File{Name: "input.txt", Link: seen}) // managers read either file
	ending, err := manager.complete(ctx, command, "", t)
	if err != nil {
		return nil, err
	}
	ending.Stdout = stdout.Bytes()
	check, err := manager.protocol.Decode(ending)
	return &check, err
}

// managing is the protocol of a manager of the Contest Management System: its arguments are the paths of the
// pipes, for each process the one to read and the one to write. Its output is that of a comparator.
type managing struct{ paths []string }

// Args implements checkers.Protocol.
func (m managing) Args(_ checkers.Files, more []string) []string {
	return append(slices.Clone(m.paths), more...)
}

// Decode implements checkers.Protocol.
func (managing) Decode(e checkers.Ending) (checkers.Check, error) { return checkers.CMS{}.Decode(e) }
