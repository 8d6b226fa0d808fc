package isolate

import (
	"context"
	"errors"
	"fmt"
	"os"

	"judge/isolate/jailer"
	"judge/isolate/seccomp"
)

// A station is a jailer with one prepared root on one core. At most one of its jails runs a program at a time: the
// jails of a jailer share its empty network namespace, and two programs must not meet there.
type station struct {
	root   Root
	core   int
	jailer *jailer.Jailer

	used    int              // jails taken so far
	pending int              // jails that are being made ahead of need, or wait in ahead
	ahead   chan preparation // capacity mostAhead; read by next and close, never closed
}

// mostAhead is how many jails are made ahead of need. Making one is a chain of processes that wait for one another, and
// takes about as long as a short run: two at a time keep up.
const mostAhead = 2

type preparation struct {
	jail *prepared
	err  error
}

// prepared is a jail in its own cgroup that waits for its program.
type prepared struct {
	*jailer.Jail
	group   group
	uid     uint32
	core    int
	crowded bool   // see Pool
	free    func() // lets another jail have the user
}

func (p *Pool) newStation(root Root, core int) (*station, error) {
	tree, err := root.build()
	if err != nil {
		return nil, err
	}
	defer tree.close()
	filter, err := p.filter()
	if err != nil { // once more: it may have lacked descriptors or memory, which do not lack for ever
		filter, err = seccomp.Program(p.permit)
	}
	if err != nil {
		return nil, &LackError{[]Lack{{"seccomp", err.Error(), "install libseccomp 2.5 or newer"}}}
	}
	j, err := jailer.Start(jailer.Setup{
		Root: tree.root, Mounts: tree.mounts, Options: root.scratchOptions(), Filter: filter, Permit: p.permit,
		UserNamespace: p.users != rootUsers, KeepGroups: p.users.level() == OneUser,
	})
	if err != nil {
		return nil, err
	}
	return &station{root: root.clone(), core: core, jailer: j, ahead: make(chan preparation, mostAhead)}, nil
}

// next returns a jail that is ready. From the second one on others are prepared meanwhile: whoever has come twice comes
// again, and a single run pays for a single jail.
func (st *station) next(ctx context.Context, p *Pool) (*prepared, error) {
	made, err := st.take(ctx, p)
	if err != nil {
		return nil, err
	}
	for ; st.pending < min(st.used, mostAhead); st.pending++ {
		go func() {
			jail, err := st.prepare(p)
			st.ahead <- preparation{jail, err}
		}()
	}
	st.used++
	return made, nil
}

func (st *station) take(ctx context.Context, p *Pool) (*prepared, error) {
	if st.pending == 0 {
		return st.prepare(p)
	}
	select {
	case made := <-st.ahead:
		st.pending--
		return made.jail, made.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (st *station) prepare(p *Pool) (*prepared, error) {
	number := <-p.numbers
	give := func() { p.numbers <- number }
	uid := p.users.of(os.Getpid(), number)
	group, err := p.controls.jail(st.core, p.jails.Add(1))
	if err != nil {
		give()
		return nil, fmt.Errorf("make a control group: %w", err)
	}
	jail, err := st.jailer.Prepare(uid, st.core, group.procs())
	if err != nil {
		give()
		return nil, errors.Join(err, group.remove())
	}
	return &prepared{jail, group, uid, st.core, p.crowded, give}, nil
}

func (j *prepared) close() error {
	defer j.free()
	return errors.Join(j.Jail.Close(), j.group.remove())
}

func (st *station) close() error {
	var errs []error
	for ; st.pending > 0; st.pending-- {
		if made := <-st.ahead; made.err == nil {
			errs = append(errs, made.jail.close())
		}
	}
	return errors.Join(append(errs, st.jailer.Close())...)
}
