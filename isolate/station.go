package isolate

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"judge/isolate/cgroup"
	"judge/isolate/jailer"
	"judge/isolate/root"
)

// station is a jailer with one prepared root on one core. At most one of its jails runs a program
// at a time: the jails of a jailer share its empty network namespace, where two programs must not
// meet.
type station struct {
	root   Root
	core   int
	jailer *jailer.Jailer
	stage  *root.Stage
	poller *poller // for the jail in use

	used  int           // number of jails taken so far
	ahead []preparation // jails made ahead of need, at most maxAhead, in the order of request
	left  []*prepared   // jails whose program has ended, and which may still be alive
}

// maxAhead is how many jails are made ahead of need. Making one is a chain of processes that wait
// for each other and takes about as long as a short run, so two at a time keep up.
const maxAhead = 2

// maxLeft is how many dying jails may remain while new ones are made: a host that is slow to remove
// jails is not given ever more.
const maxLeft = 16

type preparation struct {
	jail *prepared
	err  error
}

// prepared is a jail in its own cgroup that waits for its program, or soon will.
type prepared struct {
	*jailer.Jail
	group        cgroup.Group
	uid          uint32
	core         int
	asked        time.Time
	limitedAbove bool   // see Pool
	free         func() // makes the jail's user available again; nil: done
}

func (p *Pool) newStation(root Root, core int) (st *station, err error) {
	tree, err := root.Build()
	if err != nil {
		return nil, err
	}
	defer func() {
		tree.Close()
		if err != nil {
			tree.Stage.Close()
		}
	}()
	filter, err := p.filter()
	if err != nil { // try again: a lack of descriptors or memory may have passed
		filter, err = p.makeFilter()
	}
	if err != nil {
		return nil, noFilter(err)
	}
	j, err := p.jailer()
	if err != nil {
		return nil, err
	}
	setup := jailer.Setup{
		Root: tree.Root, Stage: tree.Stage.Mount, Mounts: tree.Mounts, Options: root.ScratchOptions(),
		Filter: filter, Permit: p.permit,
	}
	if err := j.SetUp(setup); err != nil {
		return nil, errors.Join(err, j.Close())
	}
	poll, err := newPoller()
	if err != nil {
		return nil, errors.Join(err, j.Close())
	}
	return &station{root: root.Clone(), core: core, jailer: j, stage: tree.Stage, poller: poll}, nil
}

// next returns a jail that is ready.
func (st *station) next(ctx context.Context, p *Pool) (*prepared, error) {
	for ; len(st.left) > maxLeft; st.left = st.left[1:] {
		st.left[0].close()
	}
	if len(st.ahead) == 0 {
		select {
		case number := <-p.numbers:
			st.prepareAhead(p, number)
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	first := st.ahead[0]
	if first.err == nil {
		first.err = st.await(ctx, first.jail)
	}
	if first.err != nil && ctx.Err() != nil {
		return nil, ctx.Err() // the jail stays in ahead
	}
	st.ahead = slices.Delete(st.ahead, 0, 1)
	if first.err != nil {
		if first.jail != nil {
			st.poller.forget(first.jail.Socket())
			first.err = errors.Join(first.err, first.jail.close())
		}
		return nil, first.err
	}
	st.used++
	return first.jail, nil
}

// await waits until a jail is ready. The poller still watches it afterwards.
func (st *station) await(ctx context.Context, jail *prepared) error {
	if err := st.poller.watch(jail.Socket()); err != nil {
		return err
	}
	for {
		if ready, err := jail.Ready(); ready || err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if time.Since(jail.asked) > jailer.Patience {
			return errors.New("prepare a jail: not ready in time")
		}
		if _, err := st.poller.wait(time.Now().Add(idleTick)); err != nil {
			return err
		}
	}
}

// tidy removes what earlier programs left, and asks for jails ahead of need, while a program runs.
// A station that was used twice will be used again; a single run pays for a single jail. tidy does
// not wait, as nobody watches the program in the meantime.
func (st *station) tidy(p *Pool) {
	st.left = slices.DeleteFunc(st.left, func(j *prepared) bool {
		dead, err := j.Dead()
		if dead || err != nil {
			j.close()
		}
		return dead || err != nil
	})
	for len(st.ahead) < min(st.used-1, maxAhead) {
		select {
		case number := <-p.numbers:
			st.prepareAhead(p, number)
		default: // other programs need them all
			return
		}
	}
}

// leave keeps a jail whose program is dead. Its init may still be ending.
func (st *station) leave(jail *prepared) {
	st.poller.forget(jail.Socket())
	jail.freeUser()
	st.left = append(st.left, jail)
}

func (st *station) prepareAhead(p *Pool, number int) {
	jail, err := st.prepare(p, number)
	st.ahead = append(st.ahead, preparation{jail, err})
}

// prepare asks for a jail with this number.
func (st *station) prepare(p *Pool, number int) (*prepared, error) {
	give := func() { p.numbers <- number }
	uid := p.users.of(os.Getpid(), number)
	group, err := p.controls.Jail(st.core, p.jails.Add(1))
	if err != nil {
		give()
		return nil, fmt.Errorf("create a control group: %w", err)
	}
	jail, err := st.jailer.Prepare(uid, st.core, group.Enter())
	if err != nil {
		give()
		return nil, errors.Join(err, group.Remove())
	}
	return &prepared{jail, group, uid, st.core, time.Now(), p.limitedAbove, give}, nil
}

func (j *prepared) close() error {
	defer j.freeUser()
	return errors.Join(j.Jail.Close(), j.group.Remove())
}

func (j *prepared) freeUser() {
	if j.free != nil {
		j.free()
		j.free = nil
	}
}

func (st *station) close() error {
	errs := []error{st.jailer.Close()} // this kills all its jails
	for _, made := range st.ahead {
		if made.err == nil {
			errs = append(errs, made.jail.close())
		}
	}
	for _, jail := range st.left {
		errs = append(errs, jail.close())
	}
	st.ahead, st.left = nil, nil
	st.stage.Close()
	st.poller.close()
	return errors.Join(errs...)
}
