package isolate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"syscall"
	"time"

	"judge/isolate/jailer"
	"judge/isolate/root"
)

// Run runs one command in one fresh jail and returns the facts of the run. An error means that the
// jail failed or ctx ended. It says nothing about the program.
func (p *Pool) Run(ctx context.Context, command Command) (Outcome, error) {
	limits, err := command.Limits.complete()
	if err != nil {
		return Outcome{}, err
	}
	command.Limits = limits
	if err := ctx.Err(); err != nil {
		return Outcome{}, err
	}
	if m := command.meeting(); m != nil {
		if err := m.sit(ctx, p.seats); err != nil {
			return Outcome{}, err
		}
	}
	for try := 1; ; try++ {
		outcome, err := p.runOnce(ctx, command)
		if !errors.Is(err, jailer.ErrGone) || try == maxTries {
			return outcome, err
		}
	}
}

// maxTries is how often a run is attempted if something on the host kills jailers. A jailer that is
// gone has not started the program, so no program runs twice.
const maxTries = 3

func (p *Pool) runOnce(ctx context.Context, command Command) (Outcome, error) {
	st, jail, err := p.take(ctx, command.Root, command.Core)
	if err != nil {
		return Outcome{}, err
	}
	r := run{
		jail: jail, poller: st.poller, stage: st.stage, limits: command.Limits, pause: p.pause,
		endsInit: p.users.level() == OneUser, alive: st.jailer.Alive,
	}
	outcome, err := r.run(ctx, command, func() { st.tidy(p) })
	cleared := st.stage.Clear()
	if err == nil && command.Collect == nil && outcome.Cause == Exited {
		st.leave(jail)
	} else {
		// Killing it and freeing its memory may take long. That continues in the background.
		st.poller.forget(jail.Socket())
		p.cleaning.Go(func() { jail.close() })
	}
	p.release(st, (err == nil || ctx.Err() != nil) && cleared == nil && st.jailer.Clean())
	return outcome, err
}

// run is one program in its jail.
type run struct {
	jail           *prepared
	poller         *poller
	stage          *root.Stage
	limits         Limits
	stdout, stderr *stream
	base           time.Duration // CPU time of the jail's set-up
	started        time.Time
	stopped        atomic.Uint32 // a stop: why the jail was killed
	pause          func()        // see Pool
	asleep         bool          // all threads slept when the wall limit was reached

	endsInit bool        // a program can end its jail's init, because it has the same user
	alive    func() bool // reports whether the jailer is alive
}

// run runs the program. It calls meanwhile while the program runs.
func (r *run) run(ctx context.Context, command Command, meanwhile func()) (Outcome, error) {
	j := r.jail
	if err := j.group.Limit(r.limits.Memory, r.limits.Processes); err != nil {
		return Outcome{}, fmt.Errorf("set the limits of a control group: %w", err)
	}
	if err := putFiles(j.Work(), command.Files, command.Dirs, int(j.uid)); err != nil {
		return Outcome{}, err
	}
	if command.ReadOnly {
		if err := makeReadOnly(j.Work()); err != nil {
			return Outcome{}, err
		}
	}
	if command.Collect == nil {
		j.CloseWork()
	}
	with := command.Interaction
	if with != nil {
		with.Meeting.arrive(ctx, with.Party, command.Stop)
	}
	if err := r.start(command); err != nil {
		return Outcome{}, err
	}
	if with != nil && with.OnStart != nil {
		with.OnStart()
	}
	if with != nil {
		with.Meeting.begin(with.Party, r)
	}
	meanwhile()
	outcome, err := r.outcome(r.watch(ctx, command))
	if err == nil && command.Collect != nil {
		err = command.Collect(&Work{j.Work()})
	}
	return outcome, err
}

func (r *run) start(command Command) (err error) {
	stdin, err := openInput(command.Stdin, r.stage)
	if err != nil {
		return err
	}
	defer stdin.close()
	if r.stdout, err = newStream(command.Stdout, r.limits.Output, r.jail.uid, r.jail.core); err != nil {
		return err
	}
	r.stdout.pause = r.pause
	if r.stderr, err = newStream(command.Stderr, cmp.Or(r.limits.Stderr, -1), r.jail.uid, r.jail.core); err != nil {
		r.stdout.abandon()
		return err
	}
	if r.base, err = r.jail.group.CPU(); err == nil {
		r.started = time.Now()
		err = r.jail.Start(jailer.Exec{
			Args: command.Args, Env: command.Env, Directory: command.directory(),
			Files: [3]int{stdin.fd, r.stdout.write, r.stderr.write}, Offset: stdin.offset,
			Stack: orUnlimited(r.limits.Stack), FileSize: orUnlimited(r.limits.FileSize),
		})
	}
	for _, s := range [...]*stream{r.stderr, r.stdout} {
		if err == nil {
			err = s.start(r.poller, func() { r.stop(stopFlood) }, r.lives)
		}
	}
	if err != nil {
		r.stdout.abandon()
		r.stderr.abandon()
	}
	return err
}

func orUnlimited(size Bytes) uint64 {
	if size == 0 {
		return jailer.Unlimited
	}
	return uint64(size)
}

// Errors of a run whose program is not to blame.
var (
	errOOMAbove = errors.New("killed by the OOM killer below its own limit: " +
		"the host or a parent cgroup ran out of memory")
	errKilledElsewhere  = errors.New("the jail was killed by something other than the judge")
	errForkRefusedAbove = errors.New("the program could not start a process below its own limit: " +
		"raise pids.max of the control groups that the judge is in")
	errNoCPUTime = errors.New("the CPU time of a running jail could not be read")
)

// outcome returns the facts of a run that has ended.
func (r *run) outcome(w ending, err error) (Outcome, error) {
	if err != nil {
		return Outcome{}, err
	}
	usage, err := r.usage(w)
	if err != nil {
		return Outcome{}, fmt.Errorf("read the usage of a jail: %w", err)
	}
	if usage.OOM > 0 {
		if over, err := r.jail.group.OverMemory(); err != nil || !over {
			return Outcome{}, errors.Join(err, errOOMAbove)
		}
	}
	if !w.end.Seen && w.stopped == ended && usage.OOM == 0 && !r.byProgram() {
		return Outcome{}, errKilledElsewhere
	}
	if r.jail.limitedAbove && r.jail.group.ForkRefused(r.limits.Processes) {
		return Outcome{}, errForkRefusedAbove
	}
	if w.stopped == stopCPU && usage.CPU <= r.limits.CPU {
		return Outcome{}, errNoCPUTime
	}
	end := processEnd{signal: syscall.SIGKILL} // if the jail was killed as a whole
	if w.end.Seen {
		end = endOf(w.end)
	}
	return Outcome{
		Cause: cause(r.limits, w.stopped, end, usage),
		Code:  end.code, Signal: end.signal, ExecErrno: end.exec, Usage: usage, Asleep: r.asleep,
	}, nil
}

// byProgram reports whether the program itself ended its jail, if the judge did not and the jail's
// init reported nothing. It then counts as ended by SIGKILL. If init has another user, no program
// can end it; and if the jailer dies, all its jails do.
func (r *run) byProgram() bool { return r.endsInit && r.alive() }

func endOf(end jailer.End) processEnd {
	switch {
	case end.ExecError != 0:
		return processEnd{code: 127, exec: end.ExecError} // as shells report it
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
	memory, err := r.jail.group.Held()
	if err != nil {
		return Usage{}, err
	}
	kills, err := r.jail.group.OOMKills()
	if err != nil {
		return Usage{}, err
	}
	wall := w.end.Wall - w.early
	if !w.end.Seen {
		wall = w.elapsed - w.early
	}
	wall = max(0, wall)
	if wall > r.limits.Wall {
		wall = max(0, wall-w.lost)
	}
	return Usage{CPU: max(cpu, 0), Wall: wall, Memory: memory, Output: w.stdout, Stderr: w.stderr, OOM: kills}, nil
}
