package isolate

import (
	"context"
	"errors"
	"strconv"
	"time"

	"judge/isolate/jailer"
	"judge/isolate/threads"
)

// ending is how a run ended: why the judge killed it, if it did, and how the jail ended.
type ending struct {
	stopped        stop
	end            jailer.End
	elapsed        time.Duration // wall time as the judge saw it
	early          time.Duration // part of elapsed in which other parties of the meeting had not started
	lost           time.Duration // part of elapsed in which the judge did not run, or others had the core
	stdout, stderr Bytes         // bytes written
}

// minTick is the shortest pause between two looks at the CPU time.
const minTick = time.Millisecond

// watch is when to look at a running program, and what has been seen of it.
type watch struct {
	*run
	command Command
	idle    idleness

	wall time.Time // when the wall limit may be over; zero: it no longer matters
	cpu  time.Time // when the CPU limit may be over; zero: it no longer matters
	tick time.Time

	stalled    stallTime
	preemption time.Duration
	gaveWay    bool // the program has raised its nice value: it waits for its core by its own choice
}

// watch waits for the end of the program, and kills the jail if a limit is passed or ctx ends. It
// returns when all processes of the program are dead and its output has been read.
func (r *run) watch(ctx context.Context, command Command) (ending, error) {
	release := r.killWhen(ctx, command.Stop)
	w := watch{
		run: r, command: command,
		idle: idleness{tell: command.OnIdle, asleep: r.waits},
		wall: r.started.Add(r.limits.Wall),
		// A program on one core uses at most as much CPU time as passes: before the rest of its
		// limit is over, there is no need to look.
		cpu:     r.started.Add(r.limits.CPU),
		tick:    r.started.Add(idleTick),
		stalled: stallTime{last: r.started},
	}
	end, err := w.untilEnd()
	if err != nil { // the judge sees nothing any more
		r.jail.Kill()
	}
	e, failed := r.waitProgram(end)
	w.creditEnd(end)
	w.stalled.look(time.Now())
	e.stopped, e.lost, e.early = stop(r.stopped.Load()), w.stalled.total+w.preemption, w.early()
	if with := command.Interaction; with != nil && with.OnExit != nil {
		with.OnExit(e.stopped == ended && exitedWithZero(end))
	}
	e.stdout, e.stderr = r.stdout.finish(r.poller), r.stderr.finish(r.poller)
	if !release() {
		return e, ctx.Err()
	}
	return e, errors.Join(err, failed)
}

func exitedWithZero(end jailer.End) bool {
	return end.Seen && end.ExecError == 0 && end.Status.Exited() && end.Status.ExitStatus() == 0
}

// stop kills the jail. The first reason counts.
func (r *run) stop(why stop) {
	if r.stopped.CompareAndSwap(uint32(ended), uint32(why)) {
		r.jail.Kill()
	}
}

// killWhen kills the jail when ctx ends or asked is closed, until the returned function is called.
// That returns false if ctx has ended.
func (r *run) killWhen(ctx context.Context, asked <-chan struct{}) (release func() bool) {
	leave := func() bool { return true }
	if ctx.Done() != nil {
		leave = context.AfterFunc(ctx, r.jail.Kill)
	}
	if asked == nil {
		return leave
	}
	over := make(chan struct{}) // closed by the returned function
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

// untilEnd waits until the program's main process has ended, or its jail is dead.
func (w *watch) untilEnd() (jailer.End, error) {
	for {
		ready, err := w.poller.wait(w.next())
		if err != nil {
			return jailer.End{}, err
		}
		over := false
		for _, event := range ready {
			switch int(event.Fd) {
			case w.stdout.read:
				err = w.stdout.attend(w.poller, event.Events)
			case w.stderr.read:
				err = w.stderr.attend(w.poller, event.Events)
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

// next returns when to look again.
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
			w.poller.forget(s.read)
			s.follow()
		}
	}
	if due(w.tick) {
		w.lookAround(now)
		w.tick = time.Now().Add(idleTick) // after the look, which may have taken long
	}
	if due(w.cpu) {
		w.lookAtCPU(now)
	}
	if due(w.wall) {
		w.lookAtWall(now)
	}
}

func (w *watch) lookAround(now time.Time) {
	w.stalled.look(now)
	// On v2 the kernel kills the whole group. On v1 the rest would wait for its dead until the wall
	// limit.
	if kills, err := w.jail.group.OOMKills(); err == nil && kills > 0 {
		w.stop(stopOOM)
	}
	used, err := w.used()
	if err != nil {
		return
	}
	w.idle.look(used)
	w.gaveWay = w.gaveWay || w.run.gaveWay()
	if m := w.command.meeting(); m != nil {
		m.note(w.command.Interaction.Party, used)
		m.look(time.Now())
	}
}

func (w *watch) lookAtCPU(now time.Time) {
	used, err := w.used()
	if err != nil || used > w.limits.CPU { // without a clock there is no limit
		w.cpu = time.Time{}
		w.stop(stopCPU)
		return
	}
	w.cpu = now.Add(max(w.limits.CPU-used, minTick))
}

func (w *watch) lookAtWall(now time.Time) {
	w.stalled.look(now)
	began, all := w.began()
	if !all {
		w.wall = now.Add(idleTick)
		return
	}
	w.preemption = max(w.preemption, w.lostNow(now))
	left := w.limits.Wall + w.stalled.total + w.preemption - now.Sub(began)
	if left <= 0 && left > -w.limits.Wall && w.waitsForCore() {
		left = idleTick
	}
	if left <= 0 {
		w.wall = time.Time{}
		w.run.asleep = w.asleepNow()
		w.stop(stopWall)
		return
	}
	w.wall = now.Add(left)
}

// waitsForCore reports whether the program, or its meeting, could run now. The kernel counts a wait
// for the core only when it is over. A program that always has the core gains nothing: its time
// counts beyond its limit.
func (w *watch) waitsForCore() bool {
	if m := w.command.meeting(); m != nil {
		return m.runnable()
	}
	ids, err := w.jail.group.Threads()
	return err == nil && threads.AnyRunnable(ids)
}

// began returns when the program's wall time began; false: other parties of its meeting have not
// started.
func (w *watch) began() (time.Time, bool) {
	if m := w.command.meeting(); m != nil {
		return m.beganAt()
	}
	return w.started, true
}

// early returns how long before the last party of its meeting the program started.
func (w *watch) early() time.Duration {
	if began, all := w.began(); all {
		return max(0, began.Sub(w.started))
	}
	return time.Since(w.started)
}

// lostNow returns how long others had the core that the program, or its meeting, could have used.
func (w *watch) lostNow(now time.Time) time.Duration {
	if m := w.command.meeting(); m != nil {
		return m.lost(now, w.patience())
	}
	return min(w.run.preempted(), w.patience())
}

func (w *watch) patience() time.Duration { return max(maxPatience*w.limits.Wall, minPatience) }

// asleepNow reports whether the program, or its whole meeting, sleeps. It looks at a program that
// works now and then more than once, so that the answer does not depend on the moment.
func (w *watch) asleepNow() bool {
	asleep := w.run.allSleep
	if m := w.command.meeting(); m != nil {
		asleep = m.asleep
	}
	for range 5 {
		if asleep() {
			return true
		}
		time.Sleep(2 * time.Millisecond)
	}
	return false
}

// creditEnd adds the time that the program waited for its core until its end, which nobody may have
// seen, and takes it out of its meeting.
func (w *watch) creditEnd(end jailer.End) {
	used, err := w.used()
	counts := err == nil && !w.gaveWay
	if m := w.command.meeting(); m != nil {
		if !counts {
			end.Waited = 0
		}
		m.end(w.command.Interaction.Party, used, end.Waited)
		w.preemption = max(w.preemption, m.lost(time.Now(), w.patience()))
	} else if counts {
		w.preemption = max(w.preemption, min(end.Waited-(used-end.Ran), w.patience()))
	}
	w.preemption += end.Late
}

// waitProgram waits until all processes of the program are dead. They are if its main process has
// ended and its group is empty. The jail's init and the namespaces may then still be ending.
func (r *run) waitProgram(end jailer.End) (ending, error) {
	e := ending{end: end, elapsed: time.Since(r.started)}
	if left, err := r.jail.group.Processes(); err == nil && left == 0 && end.Seen {
		return e, nil
	}
	return e, r.jail.WaitDead()
}

// waits reports whether the program can do nothing until somebody else does: its threads sleep, and
// none of its output is in transit.
func (r *run) waits() bool { return r.allSleep() && r.stdout.quiet() }

func (r *run) allSleep() bool {
	ids, err := r.jail.group.Threads()
	return err == nil && threads.AllSleep(ids)
}

// lives reports whether the program's first process is alive.
func (r *run) lives() bool {
	ids, err := r.jail.group.Threads()
	return err == nil && threads.Lives(ids)
}

// killed reports whether the judge has killed the program, which may not be dead yet.
func (r *run) killed() bool { return stop(r.stopped.Load()) != ended }

// waitedForCore returns how long the crew has waited for a core.
func (r *run) waitedForCore() time.Duration { return threads.Waited(r.crew()) }

// crew returns the program's threads, and the judge's thread that copies its output.
func (r *run) crew() []string {
	ids, err := r.jail.group.Threads()
	if err != nil {
		return nil
	}
	if carrier := r.stdout.carrier.Load(); carrier != 0 {
		ids = append(ids, strconv.FormatInt(carrier, 10))
	}
	return ids
}

// maxPatience bounds how much lost time extends the wall limit, in wall limits, but at least
// minPatience: a host without a free core does not delay the judge forever.
const (
	maxPatience = 9
	minPatience = 3 * time.Minute
)

// gaveWay reports whether a thread of the program has raised its nice value.
func (r *run) gaveWay() bool {
	ids, err := r.jail.group.Threads()
	return err == nil && threads.AnyGaveWay(ids)
}

// preempted returns how long others on the host had the core while the program could have run.
func (r *run) preempted() time.Duration {
	ids, err := r.jail.group.Threads()
	if err != nil {
		return 0
	}
	cpu, err := r.used()
	if err != nil {
		return 0
	}
	return threads.Preempted(ids, cpu)
}

func (r *run) used() (time.Duration, error) {
	now, err := r.jail.group.CPU()
	return now - r.base, err
}
