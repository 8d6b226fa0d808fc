package isolate

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/semaphore"

	"judge/isolate/cgroup"
	"judge/isolate/jailer"
	"judge/isolate/lack"
	"judge/isolate/seccomp"
)

// Config says how to make a pool's jails. The zero value means full jails on any core.
type Config struct {
	// Cores are the CPU numbers that jails may run on; nil: those that this process may run on.
	Cores []int
	// Exclusive are CPU numbers that no other process of the host may use while the pool is open;
	// nil: none. All of Cores must be among them, and one CPU must be left to the host. It requires
	// root and cgroup v2.
	Exclusive []int
	// Level is the weakest isolation to accept. A stronger one is used where the host can give it.
	Level Level
}

// Pool makes jails. It is safe for concurrent use.
type Pool struct {
	cores        []int
	users        users
	limitedAbove bool // a group above the jails limits processes
	controls     cgroup.Controls
	filter       func() ([]byte, error) // waits for the seccomp program and returns it
	permit       uint64                 // lets jailers pass the filter
	spare        chan *jailer.Jailer    // a jailer ahead of need; closed empty if it could not be started
	proven       atomic.Bool            // a jail has been made
	jails        atomic.Uint32          // counts jails, for the names of their groups
	numbers      chan int               // free jail numbers, see newNumbers
	seats        *semaphore.Weighted    // for the parties of meetings, half of the numbers

	mu     sync.Mutex
	closed bool
	idle   []*station  // stations without a program, the longest unused first
	load   map[int]int // running programs by CPU number
	roots  int         // see KeepRoots; 0: idleRoots

	cleaning sync.WaitGroup // removals that continue after their runs

	pause func() // for tests: called after reading output for a Peer and before writing it; nil: nothing
}

// Open checks the host and prepares what jails share. The error is a *LackError if the host cannot
// give the requested isolation. What only making a jail can show is an error of the first Run, or
// of Try: making one here would delay the first run.
func Open(config Config) (*Pool, error) {
	if !mayMakeJails() {
		return nil, lack.New("root", "jails need root or a user namespace", "run as root, for instance with sudo")
	}
	users, err := ownUsers()
	if err != nil {
		return nil, fmt.Errorf("find users for the jails: %w", err)
	}
	if level := users.level(); level > config.Level {
		return nil, lack.New("users for the jails", "all programs would run as one user here", "run as root").
			Waivable(lack.OwnUsers)
	}
	limitedAbove, err := cgroup.CheckRoom()
	if err != nil {
		return nil, err
	}
	if err := resourceLimits(); err != nil {
		return nil, err
	}
	cores, err := usableCores(config.Cores)
	if err != nil {
		return nil, err
	}
	controls, err := cgroup.Open(limitedAbove, config.Exclusive)
	if err != nil {
		return nil, err
	}
	permit, err := newPermit()
	if err != nil {
		return nil, err
	}
	p := &Pool{
		permit: permit, cores: cores, users: users, limitedAbove: limitedAbove, numbers: newNumbers(),
		seats: semaphore.NewWeighted(jailsOfJudge / 2), controls: controls, load: map[int]int{},
	}
	p.filter = sync.OnceValues(p.makeFilter)
	go p.filter() // takes milliseconds
	p.spare = make(chan *jailer.Jailer, 1)
	go func() { // so does starting a process
		defer close(p.spare)
		if first, err := jailer.Start(p.host()); err == nil {
			p.spare <- first
		}
	}()
	return p, nil
}

func (p *Pool) makeFilter() ([]byte, error) {
	return seccomp.Config{Permit: p.permit, OneUser: p.users.level() == OneUser}.Program()
}

func (p *Pool) host() jailer.Host {
	host := jailer.Host{UserNamespace: p.users != rootUsers, OpenFiles: openFiles}
	if p.users.level() == OneUser {
		host.KeepGroups, host.OpenFiles = true, openFilesOfOneUser
	}
	return host
}

// jailer returns a jailer without a root.
func (p *Pool) jailer() (*jailer.Jailer, error) {
	if first := <-p.spare; first != nil {
		return first, nil
	}
	return jailer.Start(p.host())
}

// newPermit returns 64 random bits.
func newPermit() (uint64, error) {
	var bits [8]byte
	if _, err := rand.Read(bits[:]); err != nil {
		return 0, fmt.Errorf("draw a random number: %w", err)
	}
	return binary.NativeEndian.Uint64(bits[:]), nil
}

// Try makes one jail without a program. The error is a *LackError if the kernel refuses. The jail
// is not reused.
func (p *Pool) Try() error {
	var err error
	for range maxTries {
		if err = p.tryOnce(); !errors.Is(err, jailer.ErrGone) {
			break
		}
	}
	return lackOf(err)
}

func (p *Pool) tryOnce() error {
	st, err := p.newStation(Root{}, p.cores[0])
	if err == nil {
		var jail *prepared
		if jail, err = st.next(context.Background(), p); err == nil {
			err = jail.close()
		}
		err = errors.Join(err, st.close())
	}
	return err
}

// Close ends every jail and removes everything that the pool created. Runs must have ended; cancel
// their contexts first.
func (p *Pool) Close() error {
	p.mu.Lock()
	p.closed = true
	idle := p.idle
	p.idle = nil
	p.mu.Unlock()

	var errs []error
	if first := <-p.spare; first != nil {
		errs = append(errs, first.Close())
	}
	for _, st := range idle {
		errs = append(errs, st.close())
	}
	p.cleaning.Wait()
	errs = append(errs, p.controls.Close())
	return errors.Join(errs...)
}

// Level returns how strongly this pool isolates.
func (p *Pool) Level() Level { return p.users.level() }

// Cgroup returns the cgroup version that this pool uses, "v1" or "v2".
func (p *Pool) Cgroup() string { return p.controls.Version() }

// idleRoots is how many roots of each core stay prepared: enough to alternate between compiling
// and running.
const idleRoots = 3

// KeepRoots keeps jails for up to n roots of each core prepared, for callers that alternate between
// n programs there.
// A program that runs twice at once needs two.
func (p *Pool) KeepRoots(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.roots = n
}

// take returns a station for the root on the core, with a jail that is ready.
func (p *Pool) take(ctx context.Context, root Root, core Core) (*station, *prepared, error) {
	st, err := p.takeStation(root, core)
	if err != nil {
		return nil, nil, p.explain(err)
	}
	jail, err := st.next(ctx, p)
	if err != nil {
		p.release(st, false)
		return nil, nil, p.explain(err)
	}
	p.proven.Store(true)
	return st, jail, nil
}

// explain returns a *LackError if a first jail failed because of the host, or err.
func (p *Pool) explain(err error) error {
	if p.users.level() == OneUser {
		if shared := sharing(err); shared != nil {
			return shared
		}
	}
	if !p.proven.Load() {
		if refused := p.Try(); errors.As(refused, new(*LackError)) {
			return refused
		}
	}
	return err
}

func (p *Pool) takeStation(root Root, core Core) (*station, error) {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil, errors.New("the pool is closed")
	}
	cpu := p.pick(core)
	p.load[cpu]++
	for i := len(p.idle) - 1; i >= 0; i-- {
		if st := p.idle[i]; st.core == cpu && st.root.Equal(root) && st.stage.Fresh() {
			p.idle = append(p.idle[:i], p.idle[i+1:]...)
			p.mu.Unlock()
			return st, nil
		}
	}
	p.mu.Unlock()
	st, err := p.newStation(root, cpu)
	if err != nil {
		p.mu.Lock()
		p.load[cpu]--
		p.mu.Unlock()
		return nil, fmt.Errorf("start a jailer: %w", err)
	}
	return st, nil
}

// pick resolves "any core" to the core with the fewest programs.
func (p *Pool) pick(core Core) int {
	if core != 0 {
		return int(core) - 1
	}
	best := p.cores[0]
	for _, cpu := range p.cores[1:] {
		if p.load[cpu] < p.load[best] {
			best = cpu
		}
	}
	return best
}

// release takes a station back. One that failed is not reused.
func (p *Pool) release(st *station, good bool) {
	p.mu.Lock()
	p.load[st.core]--
	drop := st
	if good && !p.closed {
		p.idle = append(p.idle, st)
		drop = nil
		if maxIdle := max(idleRoots, p.roots) * len(p.cores); len(p.idle) > maxIdle {
			drop = p.idle[0]
			p.idle = append(p.idle[:0], p.idle[1:]...)
		}
	}
	p.mu.Unlock()
	if drop != nil {
		p.cleaning.Go(func() { drop.close() })
	}
}
