package isolate

import (
	"fmt"
	"io"
	"os"
	"path"
	"time"

	"judge/isolate/jailer"
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
	// Root lists what a jail shows of the host.
	Root = root.Root
	// Bind shows a file or directory of the host at another path of the jail.
	Bind = root.Bind
	// RootError says why a path of a Root cannot be shown in a jail.
	RootError = root.Error
)

// DirectoryError says that the program's user cannot enter Command.Dir.
type DirectoryError = jailer.DirectoryError

// WorkDir is the working directory in every jail.
const WorkDir = root.WorkDir

// MaxCopied is the most bytes that are copied for the Binds of one Root.
const MaxCopied = root.MaxCopied

// What a host lacks, see package lack.
type (
	// Lack is one thing that the host does not give.
	Lack = lack.Lack
	// LackError says that this host cannot give the requested isolation.
	LackError = lack.Error
)

// Command is one program to run in one fresh jail. It resembles an exec.Cmd on purpose.
//
// WorkDir is on a private tmpfs together with /tmp and /dev/shm. The rest of the root directory is
// read-only and shows only what Root lists.
type Command struct {
	Root   Root
	Args   []string  // Args[0] is the absolute path of the executable in the jail
	Env    []string  // the whole environment, "key=value"
	Dir    string    // the working directory, absolute or in WorkDir; "": WorkDir
	Stdin  *os.File  // read-only; nil: /dev/null; a regular file is copied, see input
	Stdout io.Writer // may be a Peer; nil: counted and discarded
	Stderr io.Writer // nil: discarded
	Limits Limits
	Core   Core // where the program runs

	// Files and empty directories to put into the working directory before the program starts.
	Files []File
	Dirs  []string
	// ReadOnly makes the working directory, /tmp and /dev/shm read-only when the program starts.
	ReadOnly bool
	// OnIdle, if set, is called when the program has used next to no CPU time for 100 ms and none
	// of its threads could run. It is called again every 100 ms while the program stays idle, until
	// it returns true. It must not block.
	OnIdle func() bool
	// Stop ends the program when it is closed. The outcome's cause is then Stopped. nil: never.
	Stop <-chan struct{}
	// Interaction joins the program with the others of a Meeting. nil: it runs alone.
	Interaction *Interaction
	// Collect, if set, is called once all processes of the jail are dead, while its files still
	// exist.
	Collect func(*Work) error
}

// Interaction is a program's place in a Meeting. The parties share a core. Time in which they keep
// each other from it is wall time; time in which other processes of the host do is not.
type Interaction struct {
	Meeting *Meeting
	Party   int // index of the program in the meeting
	// OnStart, if set, is called when the program has its own copies of its descriptors.
	OnStart func()
	// OnExit, if set, is called once all processes of the program are dead. Some of its output may
	// not have reached Stdout yet. clean reports that it exited with code 0 and within its limits
	// on wall time and output, as far as known.
	OnExit func(clean bool)
}

// File is a file for the working directory of a jail. Name is a relative path; missing parents are
// created.
type File struct {
	Name       string
	Data       []byte
	Executable bool
	Link       string // if set, the file is a symbolic link to this path
}

// Limits bound one run. A field of zero means the default that its comment names. There is no
// unlimited jail.
type Limits struct {
	CPU       time.Duration // user + system time of all processes; default 10 s
	Wall      time.Duration // elapsed time; default 2 x CPU + 1 s
	Memory    Bytes         // all memory charged to the jail: processes, tmpfs, kernel memory; default 256 MiB
	Processes int           // processes and threads at once; default 64
	Output    Bytes         // bytes on stdout; default 64 MiB
	Stderr    Bytes         // bytes on stderr; default: unlimited
	Stack     Bytes         // main thread's stack; default: as large as memory allows
	FileSize  Bytes         // largest file that the program can write; default: as the tmpfs allows
}

// Core is a CPU number plus one. The zero value means any core of the pool.
type Core int

// OnCore returns the Core of a CPU number.
func OnCore(cpu int) Core { return Core(cpu + 1) }

// The default limits.
const (
	DefaultCPU       = 10 * time.Second
	DefaultMemory    = 256 * MiB
	DefaultProcesses = 64
	DefaultOutput    = 64 * MiB
)

// minMemory is the smallest limit with which exec itself still works.
const minMemory = MiB

// complete fills in the defaults. It returns an error for impossible limits.
func (l Limits) complete() (Limits, error) {
	if l.CPU < 0 || l.Wall < 0 || l.Processes < 0 || min(l.Memory, l.Output, l.Stderr, l.Stack, l.FileSize) < 0 {
		return l, fmt.Errorf("negative limit: %+v", l)
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
		return l, fmt.Errorf("memory limit of %d bytes: a program needs at least %d to start", l.Memory, minMemory)
	}
	if l.Processes == 0 {
		l.Processes = DefaultProcesses
	}
	if l.Output == 0 {
		l.Output = DefaultOutput
	}
	return l, nil
}

// directory returns the absolute path of the working directory.
func (c *Command) directory() string {
	if path.IsAbs(c.Dir) {
		return c.Dir
	}
	return path.Join(WorkDir, c.Dir)
}

// meeting returns nil for a program that runs alone.
func (c *Command) meeting() *Meeting {
	if c.Interaction == nil {
		return nil
	}
	return c.Interaction.Meeting
}
