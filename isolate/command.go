package isolate

import (
	"fmt"
	"io"
	"os"
	"time"

	"judge/isolate/lack"
	"judge/isolate/root"
	"judge/isolate/size"
)

// Bytes is a size in bytes.
type Bytes = size.Bytes

// Sizes.
const (
	KiB = size.KiB
	MiB = size.MiB
	GiB = size.GiB
)

// What a jail shows of the host, see package root.
type (
	// Root lists what of the host a jail sees.
	Root = root.Root
	// Bind shows a file or directory of the host elsewhere in the jail.
	Bind = root.Bind
	// RootError says why a path of a Root cannot be shown in a jail.
	RootError = root.Error
)

// WorkDir is the working directory in every jail.
const WorkDir = root.WorkDir

// MostCopied bounds the copies of one root's Binds.
const MaxCopied = root.MaxCopied

// What a host lacks, see package lack.
type (
	// Lack is one thing that the host does not give.
	Lack = lack.Lack
	// LackError says that this host cannot give the isolation that was asked for.
	LackError = lack.Error
)

// Command is one program to run in one fresh jail. It looks like an exec.Cmd on purpose.
//
// In the jail the working directory is WorkDir, on a private tmpfs together with /tmp and /dev/shm; the rest of the root
// is read-only and shows only what Root lists.
type Command struct {
	Root   Root
	Args   []string  // Args[0] is the absolute path of the executable in the jail
	Env    []string  // the whole environment, "key=value"
	Stdin  *os.File  // read-only; nil: /dev/null; of a regular file the program gets a copy, see input
	Stdout io.Writer // may be a Peer; nil: counted and thrown away
	Stderr io.Writer // nil: thrown away
	Limits Limits
	Core   Core // where the program runs

	// Files and empty directories are put into the working directory, by name, before the program starts.
	Files []File
	Dirs  []string
	// ReadOnly lets the program write no file: its working directory, /tmp and /dev/shm are read-only when it starts.
	ReadOnly bool
	// OnIdle, if set, is called when the program has used next to no CPU time for 100 ms and none of its threads could
	// run. It is called again every 100 ms until it returns true or the program works again. It must not block.
	OnIdle func() bool
	// Stop, when it is closed, ends the program; the outcome's cause is Stopped. nil: never.
	Stop <-chan struct{}
	// Interaction joins the program with the others of a Meeting. nil: it runs alone.
	Interaction *Interaction
	// Collect, if set, is called when every process of the jail is dead, and before its file systems go.
	Collect func(*Work) error
}

// Interaction is a program's place in a Meeting. The parties share a core: what they keep each other from it for is wall
// time, which what other processes of the host do is not.
type Interaction struct {
	Meeting *Meeting
	Party   int // number of the program in the meeting, from 0
	// OnStart, if set, is called when the program has its own copies of the descriptors it was given.
	OnStart func()
	// OnExit, if set, is called when every process of the program is dead. Some of its output may still be on its way to
	// Stdout. clean reports that it exited with code 0 and within its limits on wall time and output, as far as known.
	OnExit func(clean bool)
}

// File is a file for the working directory of a jail: Name is a relative path in it, whose parents are made.
type File struct {
	Name       string
	Data       []byte
	Executable bool
	Link       string // if set, it is a symbolic link to this path instead
}

// Limits bound one run. The zero value of a field means its default, given beneath; there is no unlimited jail.
type Limits struct {
	CPU       time.Duration // user + system of all processes together; default 10 s
	Wall      time.Duration // default 2 x CPU + 1 s
	Memory    Bytes         // everything charged to the jail: processes, tmpfs, kernel memory; default 256 MiB
	Processes int           // processes and threads at one time; default 64
	Output    Bytes         // bytes on stdout; default 64 MiB
	Stderr    Bytes         // bytes on stderr; default: any number
	Stack     Bytes         // main thread's stack; default: as large as memory allows
	FileSize  Bytes         // largest file the program can write; default: as the tmpfs allows
}

// Core is a CPU number plus one, so that the zero value means "any core of the pool".
type Core int

// OnCore pins to the CPU with this number.
func OnCore(cpu int) Core { return Core(cpu + 1) }

// The limits of a program when a command does not say.
const (
	DefaultCPU       = 10 * time.Second
	DefaultMemory    = 256 * MiB
	DefaultProcesses = 64
	DefaultOutput    = 64 * MiB
)

// leastMemory is the smallest limit under which exec itself still works.
const minMemory = MiB

// complete fills in the defaults and refuses what makes no sense.
func (l Limits) complete() (Limits, error) {
	if l.CPU < 0 || l.Wall < 0 || l.Memory < 0 || l.Processes < 0 || l.Output < 0 || l.Stderr < 0 || l.Stack < 0 || l.FileSize < 0 {
		return l, fmt.Errorf("a limit is negative: %+v", l)
	}
	if l.CPU == 0 {
		l.CPU = DefaultCPU
	}
	if l.Wall == 0 {
		l.Wall = 2*l.CPU + time.Second
	}
	if l.Memory == 0 {
		l.Memory = DefaultMemory
	}
	if l.Memory < minMemory {
		return l, fmt.Errorf("a memory limit of %d bytes: no program starts within less than %d", l.Memory, minMemory)
	}
	if l.Processes == 0 {
		l.Processes = DefaultProcesses
	}
	if l.Output == 0 {
		l.Output = DefaultOutput
	}
	return l, nil
}

// meeting is nil for a program that runs alone.
func (c *Command) meeting() *Meeting {
	if c.Interaction == nil {
		return nil
	}
	return c.Interaction.Meeting
}
