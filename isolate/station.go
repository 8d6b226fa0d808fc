package isolate

import (
	"context"
	"errors"
	"fmt"
	"os"

	"judge/isolate/jailer"
)

// A station is a jailer with one prepared root on one core. At most one of its jails runs a program at a time: the
// jails of a jailer share its empty network namespace, and two programs must not meet there.
type station struct {
	key    string
	core   int
	jailer *jailer.Jailer
	used   bool
	ahead  chan preparation // capacity 1; the jail that is being made ahead of need, nil when none is
}

type preparation struct {
	jail *prepared
	err  error
}

// prepared is a jail in its own cgroup that waits for its program.
type prepared struct {
	*jailer.Jail
	group group
	uid   uint32
}

func (p *Pool) newStation(root Root, core int) (*station, error) {
	tree, err := root.build()
	if err != nil {
		return nil, err
	}
	defer tree.close()
	j, err := jailer.Start(jailer.Setup{Root: tree.root, Mounts: tree.mounts, Options: root.scratchOptions(), Filter: p.filter})
	if err != nil {
		return nil, err
	}
	return &station{key: root.key(), core: core, jailer: j}, nil
}

// next returns a jail that is ready. From the second jail on, the one after is prepared meanwhile: whoever has come
// twice comes again, and a single run pays for a single jail.
func (st *station) next(ctx context.Context, p *Pool) (*prepared, error) {
	made := preparation{}
	if st.ahead != nil {
		select {
		case made = <-st.ahead:
			st.ahead = nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	} else {
		made.jail, made.err = st.prepare(p)
	}
	if made.err == nil && st.used {
		ahead := make(chan preparation, 1) // read once, by next or by close; never closed
		st.ahead = ahead
		go func() {
			jail, err := st.prepare(p)
			ahead <- preparation{jail, err}
		}()
	}
	st.used = true
	return made.jail, made.err
}

// Users of jails: a range that no distribution gives to anyone (systemd's UIDS-GIDS.md), with the judge's process and
// the jail in it, so that no two jails that exist at a time have the same.
const (
	firstUID   = 0x70000000
	pidMask    = 0xfffff
	jailsOfUID = 256
)

func (st *station) prepare(p *Pool) (*prepared, error) {
	n := p.jails.Add(1)
	uid := firstUID + uint32(os.Getpid()&pidMask)*jailsOfUID + n%jailsOfUID
	group, err := p.controls.jail(st.core, n)
	if err != nil {
		return nil, fmt.Errorf("make a control group: %w", err)
	}
	jail, err := st.jailer.Prepare(uid, group.procs())
	if err != nil {
		return nil, errors.Join(err, group.remove())
	}
	return &prepared{jail, group, uid}, nil
}

func (j *prepared) close() error {
	return errors.Join(j.Jail.Close(), j.group.remove())
}

func (st *station) close() error {
	var errs []error
	if st.ahead != nil {
		if made := <-st.ahead; made.err == nil {
			errs = append(errs, made.jail.close())
		}
	}
	return errors.Join(append(errs, st.jailer.Close())...)
}
