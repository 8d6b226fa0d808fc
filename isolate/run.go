package isolate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"

	"judge/isolate/jailer"
)

// Run runs one command in one fresh jail and returns what was seen of it. An error means that the jail failed or ctx
// ended, and says nothing of the program.
func (p *Pool) Run(ctx context.Context, command Command) (Outcome, error) {
	limits, err := command.Limits.complete()
	if err != nil {
		return Outcome{}, err
	}
	command.Limits = limits
	if err := ctx.Err(); err != nil {
		return Outcome{}, err
	}
	for try := 1; ; try++ {
		outcome, err := p.runOnce(ctx, command)
		if !errors.Is(err, jailer.ErrGone) || try == mostTries {
			return outcome, err
		}
	}
}

// mostTries is how often a run is begun when something on the host kills jailers. A jailer that is gone has not started
// the program, so nothing is run twice.
const mostTries = 3

func (p *Pool) runOnce(ctx context.Context, command Command) (Outcome, error) {
	st, jail, err := p.take(ctx, command.Root, command.Core)
	if err != nil {
		return Outcome{}, err
	}
	outcome, err := jail.run(ctx, command)
	// Only the removal of what is left may go on while the caller goes on.
	p.cleaning.Go(func() { jail.close() })
	p.release(st, err == nil || ctx.Err() != nil)
	return outcome, err
}

func (j *prepared) run(ctx context.Context, command Command) (Outcome, error) {
	r := run{jail: j, limits: command.Limits}
	if err := j.group.limit(command.Limits.Memory, command.Limits.Processes); err != nil {
		return Outcome{}, fmt.Errorf("set the limits of a control group: %w", err)
	}
	if err := putFiles(j.Work, command.Files, command.Dirs, int(j.uid)); err != nil {
		return Outcome{}, err
	}
	if err := r.start(command); err != nil {
		return Outcome{}, err
	}
	watched := r.watch(ctx, []idleness{{tell: whenever(command.Waits), asleep: r.waits}, {tell: command.Hangs, asleep: r.hangs}}, command)
	outcome, err := r.outcome(watched)
	if err == nil && command.Collect != nil {
		err = command.Collect(&Work{j.Work})
	}
	return outcome, err
}

// run is one program on its way.
type run struct {
	jail           *prepared
	limits         Limits
	stdout, stderr *stream
	base           time.Duration // CPU time of the jail's set-up
	started        time.Time
}

func (r *run) start(command Command) (err error) {
	stdin, err := input(command.Stdin)
	if err != nil {
		return err
	}
	defer stdin.Close()
	near := onAnyCore
	if command.Talks {
		near = r.jail.core
	}
	if r.stdout, err = newStream(command.Stdout, r.limits.Output, r.jail.uid, near); err != nil {
		return err
	}
	if r.stderr, err = newStream(command.Stderr, cmp.Or(r.limits.Stderr, -1), r.jail.uid, onAnyCore); err != nil {
		r.stdout.abandon()
		return err
	}
	if r.base, err = r.jail.group.cpu(); err == nil {
		r.started = time.Now()
		err = r.jail.Start(jailer.Exec{
			Args: command.Args, Env: command.Env,
			Files: [3]*os.File{stdin, r.stdout.write, r.stderr.write},
			Stack: orUnlimited(r.limits.Stack), FileSize: orUnlimited(r.limits.FileSize),
		})
	}
	if err != nil {
		r.stdout.abandon()
		r.stderr.abandon()
		return err
	}
	r.stdout.start()
	r.stderr.start()
	return nil
}

func orUnlimited(size Bytes) uint64 {
	if size == 0 {
		return jailer.Unlimited
	}
	return uint64(size)
}

// ending is what the watch saw: why it killed, if it did, and how the jail ended.
type ending struct {
	stopped stop
	end     jailer.End
	elapsed time.Duration // wall time as the judge saw it
	lost    time.Duration // of it, how long the judge did not run, or others had the core that the program could have used
	err     error
}

// leastTick is the shortest pause between two looks at the CPU clock.
const leastTick = time.Millisecond

// watch waits for the end of the program, and kills the jail when a limit is passed or ctx ends. It returns when every
// process of the program is dead and its output has been read.
func (r *run) watch(ctx context.Context, idle []idleness, command Command) (w ending) {
	gone := make(chan ending, 1) // one value, from the goroutine beneath; never closed
	go func() { gone <- r.waitProgram() }()
	wall := time.NewTimer(r.limits.Wall)
	defer wall.Stop()
	// A program on one core uses no more CPU time than time passes: before the rest of its limit is over, there is
	// nothing to look for.
	look := time.NewTimer(r.limits.CPU)
	defer look.Stop()
	tick := time.NewTicker(idleTick)
	defer tick.Stop()

	var stopped stop
	kill := func(why stop) {
		if stopped == ended {
			stopped = why
			r.jail.Kill()
		}
	}
	absence := absence{last: r.started}
	var starved time.Duration
	flood, babble, cancelled, asked := r.stdout.over, r.stderr.over, ctx.Done(), command.Stop
	for {
		select {
		case w := <-gone:
			absence.look(time.Now())
			w.stopped, w.lost = stopped, absence.total+starved
			if command.Ended != nil {
				command.Ended()
			}
			r.stdout.wait()
			r.stderr.wait()
			if cancelled == nil {
				w.err = ctx.Err()
			}
			return w
		case <-wall.C:
			absence.look(time.Now())
			if !command.Shared {
				starved = max(starved, r.starved())
			}
			if left := r.limits.Wall + absence.total + starved - time.Since(r.started); left > 0 {
				wall.Reset(left)
			} else {
				kill(stopWall)
			}
		case <-asked:
			asked = nil
			kill(stopAsked)
		case <-flood:
			flood = nil
			kill(stopFlood)
		case <-babble:
			babble = nil
			kill(stopFlood)
		case <-cancelled:
			cancelled = nil
			r.jail.Kill()
		case <-tick.C:
			absence.look(time.Now())
			// On v2 the kernel kills the whole group; on v1 the rest would wait for its dead until the wall limit.
			if kills, err := r.jail.group.oomKills(); err == nil && kills > 0 {
				kill(stopOOM)
			}
			if used, err := r.used(); err == nil {
				for i := range idle {
					idle[i].look(used)
				}
			}
		case <-look.C:
			used, err := r.used()
			switch {
			case err != nil || used > r.limits.CPU: // a clock that cannot be read cannot hold a limit
				kill(stopCPU)
			default:
				look.Reset(max(r.limits.CPU-used, leastTick))
			}
		}
	}
}

// waitProgram waits until every process of the program is dead. When its main process has ended and its group is empty,
// that is so; the jail's init, and the namespaces with it, may then take their time to go.
func (r *run) waitProgram() ending {
	end, err := r.jail.WaitEnd()
	w := ending{end: end, elapsed: time.Since(r.started), err: err}
	if left, err := r.jail.group.processes(); err == nil && left == 0 && end.Seen {
		return w
	}
	if err := r.jail.WaitDead(); w.err == nil {
		w.err = err
	}
	return w
}

// waits reports whether the program can do nothing until somebody else does: its threads sleep, and all that it has written has been
// read and handed on.
func (r *run) waits() bool {
	threads, err := r.jail.group.threads()
	return err == nil && allSleep(threads) && r.stdout.settled()
}

// starved is how long others had the core while the program could have run.
func (r *run) starved() time.Duration {
	threads, err := r.jail.group.threads()
	if err != nil {
		return 0
	}
	cpu, err := r.used()
	if err != nil {
		return 0
	}
	return min(starvation(threads, cpu), mostPatience*r.limits.Wall)
}

// hangs reports whether the program waits, and not for a time.
func (r *run) hangs() bool {
	threads, err := r.jail.group.threads()
	return err == nil && allHang(threads) && r.waits()
}

func (r *run) used() (time.Duration, error) {
	now, err := r.jail.group.cpu()
	return now - r.base, err
}

// outcome turns what was seen into the facts that leave the package.
func (r *run) outcome(w ending) (Outcome, error) {
	if w.err != nil {
		return Outcome{}, w.err
	}
	usage, err := r.usage(w)
	if err != nil {
		return Outcome{}, fmt.Errorf("read the usage of a jail: %w", err)
	}
	if usage.OOM > 0 {
		if over, err := r.jail.group.overMemory(); err != nil || !over {
			return Outcome{}, errors.Join(err, errors.New("the kernel killed the program for memory, and not for its own limit: the host, or a control group above the judge, has too little"))
		}
	}
	if !w.end.Seen && w.stopped == ended && usage.OOM == 0 {
		return Outcome{}, errors.New("the jail died for no reason that the judge gave: something else on the host killed it")
	}
	if r.jail.crowded && r.jail.group.starved(r.limits.Processes) {
		return Outcome{}, errors.New("the program could not start a process, and not for its own limit: allow the judge more processes (pids.max of the control groups that it is in)")
	}
	if w.stopped == stopCPU && usage.CPU <= r.limits.CPU {
		return Outcome{}, errors.New("the CPU time of a jail could not be read while it ran")
	}
	end := processEnd{signal: syscall.SIGKILL} // when the jail was killed as a whole
	if w.end.Seen {
		end = endOf(w.end)
	}
	return Outcome{
		Cause: cause(r.limits, w.stopped, end, usage),
		Code:  end.code, Signal: end.signal, ExecErrno: end.exec, Usage: usage,
	}, nil
}

func endOf(end jailer.End) processEnd {
	switch {
	case end.ExecError != 0:
		return processEnd{code: 127, exec: end.ExecError} // as shells say it
	case end.Status.Signaled():
		return processEnd{signal: end.Status.Signal()}
	default:
		return processEnd{code: end.Status.ExitStatus()}
	}
}

func (r *run) usage(w ending) (Usage, error) {
	cpu, err := r.used()
	if err != nil {
		return Usage{}, err
	}
	memory, err := r.jail.group.held()
	if err != nil {
		return Usage{}, err
	}
	kills, err := r.jail.group.oomKills()
	if err != nil {
		return Usage{}, err
	}
	wall := w.end.Wall
	if !w.end.Seen {
		wall = w.elapsed
	}
	if wall > r.limits.Wall {
		wall = max(0, wall-w.lost)
	}
	return Usage{CPU: max(cpu, 0), Wall: wall, Memory: memory, Output: r.stdout.wait(), Stderr: r.stderr.wait(), OOM: kills}, nil
}
