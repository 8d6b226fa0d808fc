package isolate

import (
	"context"
	"errors"
)

// Config says how a pool's jails are made. The zero value is a full jail on any core.
type Config struct {
	// Cores are the CPU numbers that jails may run on; nil: those that this process may run on.
	Cores []int
}

// Pool makes jails. It is safe for concurrent use.
type Pool struct{}

// Open checks the host and prepares what jails share. If the host cannot give full isolation, the error is a *LackError
// that names what is missing and the fix.
func Open(config Config) (*Pool, error) { return nil, errors.New("not built yet") }

// Run runs one command in one fresh jail and returns what was seen of it. An error means that the jail failed or ctx
// ended, and says nothing of the program.
func (p *Pool) Run(ctx context.Context, command Command) (Outcome, error) {
	return Outcome{}, errors.New("not built yet")
}

// Close ends every jail and removes all that the pool made.
func (p *Pool) Close() error { return nil }

// Lack is one thing that the host does not give: what, why it is needed, and the exact fix.
type Lack struct{ What, Why, Fix string }

// LackError says that this host cannot give the isolation that was asked for.
type LackError struct{ Lacks []Lack }

func (e *LackError) Error() string {
	text := "this host cannot isolate programs fully:"
	for _, l := range e.Lacks {
		text += "\n  " + l.What + ": " + l.Why + "; fix: " + l.Fix
	}
	return text
}

// Work is a jail's working directory after all of the jail's processes are dead. It never follows a link.
type Work struct{}

// CopyOut copies a regular file, or a directory of regular files and directories, out of the working directory into the
// directory to, which must exist on the host and hold nothing of that name. Links, devices, FIFOs and sockets, files with more than one link,
// more than limit bytes in sum or more than 10,000 entries are errors (*ProductError), and nothing is then left behind.
// Files arrive with mode 0644, or 0755 where they were executable.
func (w *Work) CopyOut(name, to string, limit Bytes) error { return errors.New("not built yet") }

// ProductError says why a file that a jailed program left cannot be taken out.
type ProductError struct{ Name, Why string }

func (e *ProductError) Error() string { return e.Name + ": " + e.Why }

// Level names how strong the isolation is.
type Level uint8

// Full is every namespace, the pool's own cgroup and the system call filter.
const Full Level = iota

// String returns the level's name as reports show it.
func (l Level) String() string { return "full" }

// Level is how strongly this pool isolates.
func (p *Pool) Level() Level { return Full }

// Cgroup is the version of the control groups that this pool uses, "v1" or "v2".
func (p *Pool) Cgroup() string { return "" }
