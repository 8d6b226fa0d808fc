package isolate

import (
	"context"
	"errors"
	"time"

	"judge/isolate/jailer"
)

// ending is what the watch saw: why it killed, if it did, and how the jail ended.
type ending struct {
	stopped        stop
	end            jailer.End
	elapsed        time.Duration // wall time as the judge saw it
	lost           time.Duration // of it, how long the judge did not run, or others had the core that the program could have used
	stdout, stderr Bytes         // written
}

// leastTick is the shortest pause between two looks at the CPU clock.
const leastTick = time.Millisecond

// watch is when a run that goes on must be looked at, and what has been seen of it.
type watch struct {
	*run
	command Command
	idle    [2]idleness

	wall time.Time // when the wall limit may be over; zero: it is no more of interest
	cpu  time.Time // when the CPU limit may be over, likewise
	tick time.Time

	absence absence
	starved time.Duration
}

// watch waits for the end of the program, and kills the jail when a limit is passed or ctx ends. It returns when every
// process of the program is dead and its output has been read.
func (r *run) watch(ctx context.Context, command Command) (ending, error) {
	release := r.stopOn(ctx, command.Stop)
	w := watch{
		run: r, command: command,
		idle: [2]idleness{{tell: whenever(command.Waits), asleep: r.waits}, {tell: command.Hangs, asleep: r.hangs}},
		wall: r.started.Add(r.limits.Wall),
		// A program on one core uses no more CPU time than time passes: before the rest of its limit is over, there is
		// nothing to look for.
		cpu:     r.started.Add(r.limits.CPU),
		tick:    r.started.Add(idleTick),
		absence: absence{last: r.started},
	}
	end, err := w.untilEnd()
	if err != nil { // we see nothing any more
		r.jail.Kill()
	}
	e, failed := r.waitProgram(end)
	w.absence.look(time.Now())
	e.stopped, e.lost = stop(r.stopped.Load()), w.absence.total+w.starved
	if command.Ended != nil {
		command.Ended()
	}
	e.stdout, e.stderr = r.stdout.finish(r.out), r.stderr.finish(r.out)
	if !release() {
		return e, ctx.Err()
	}
	return e, errors.Join(err, failed)
}

// stop kills the jail. The first reason counts.
func (r *run) stop(why stop) {
	if r.stopped.CompareAndSwap(uint32(ended), uint32(why)) {
		r.jail.Kill()
	}
}

// stopOn kills the jail when ctx ends or asked says so, until the function that it returns is called, which is false when ctx has ended.
func (r *run) stopOn(ctx context.Context, asked <-chan struct{}) (release func() bool) {
	leave := func() bool { return true }
	if ctx.Done() != nil {
		leave = context.AfterFunc(ctx, r.jail.Kill)
	}
	if asked == nil {
		return leave
	}
	over := make(chan struct{}) // closed by what this returns
	go func() {
		select {
		case <-asked:
			r.stop(stopAsked)
		case <-over:
		}
	}()
	return func() bool {
		close(over)
		return leave()
	}
}

// untilEnd watches until the program's main process has ended, or its jail is dead.
func (w *watch) untilEnd() (jailer.End, error) {
	for {
		ready, err := w.out.wait(w.next())
		if err != nil {
			return jailer.End{}, err
		}
		over := false
		for _, event := range ready {
			switch int(event.Fd) {
			case w.stdout.read:
				err = w.stdout.attend(w.out, event.Events)
			case w.stderr.read:
				err = w.stderr.attend(w.out, event.Events)
			default:
				over = true
			}
			if err != nil {
				return jailer.End{}, err
			}
		}
		if over {
			if end, over, err := w.jail.End(); over {
				return end, err
			}
		}
		w.look(time.Now())
	}
}

// next is when to look again.
func (w *watch) next() time.Time {
	next := w.tick
	for _, at := range [...]time.Time{w.wall, w.cpu} {
		if !at.IsZero() && at.Before(next) {
			next = at
		}
	}
	for _, s := range [...]*stream{w.stdout, w.stderr} {
		if at, kept := s.overdue(); kept && at.Before(next) {
			next = at
		}
	}
	return next
}

// look does what is due.
func (w *watch) look(now time.Time) {
	due := func(at time.Time) bool { return !at.IsZero() && !now.Before(at) }
	for _, s := range [...]*stream{w.stdout, w.stderr} {
		if at, kept := s.overdue(); kept && due(at) {
			w.out.forget(s.read)
			s.follow()
		}
	}
	if due(w.tick) {
		w.tick = now.Add(idleTick)
		w.lookAround(now)
	}
	if due(w.cpu) {
		w.lookAtCPU(now)
	}
	if due(w.wall) {
		w.lookAtWall(now)
	}
}

func (w *watch) lookAround(now time.Time) {
	w.absence.look(now)
	// On v2 the kernel kills the whole group; on v1 the rest would wait for its dead until the wall limit.
	if kills, err := w.jail.group.oomKills(); err == nil && kills > 0 {
		w.stop(stopOOM)
	}
	if used, err := w.used(); err == nil {
		for i := range w.idle {
			w.idle[i].look(used)
		}
	}
}

func (w *watch) lookAtCPU(now time.Time) {
	used, err := w.used()
	if err != nil || used > w.limits.CPU { // a clock that cannot be read cannot hold a limit
		w.cpu = time.Time{}
		w.stop(stopCPU)
		return
	}
	w.cpu = now.Add(max(w.limits.CPU-used, leastTick))
}

func (w *watch) lookAtWall(now time.Time) {
	w.absence.look(now)
	if !w.command.Shared {
		w.starved = max(w.starved, w.run.starved())
	}
	left := w.limits.Wall + w.absence.total + w.starved - now.Sub(w.started)
	if left <= 0 {
		w.wall = time.Time{}
		w.stop(stopWall)
		return
	}
	w.wall = now.Add(left)
}

// waitProgram waits until every process of the program is dead. When its main process has ended and its group is empty,
// that is so; the jail's init, and the namespaces with it, may then take their time to go.
func (r *run) waitProgram(end jailer.End) (ending, error) {
	e := ending{end: end, elapsed: time.Since(r.started)}
	if left, err := r.jail.group.processes(); err == nil && left == 0 && end.Seen {
		return e, nil
	}
	return e, r.jail.WaitDead()
}

// waits reports whether the program can do nothing until somebody else does: its threads sleep, and all that it has written has been
// read and handed on.
func (r *run) waits() bool {
	threads, err := r.jail.group.threads()
	return err == nil && allSleep(threads) && r.stdout.settled()
}

// hangs reports whether the program waits, and not for a time.
func (r *run) hangs() bool {
	threads, err := r.jail.group.threads()
	return err == nil && allHang(threads) && r.waits()
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

func (r *run) used() (time.Duration, error) {
	now, err := r.jail.group.cpu()
	return now - r.base, err
}
