// Package sandbox is judge jail without its command line: it turns a request into a jail's command, writes files that
// the command leaves, and serves requests that come as lines of JSON.
//
//	command, err := sandbox.Spec{Args: []string{"python3", "a.py"}, Files: files}.Command()
package sandbox

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"judge/isolate"
)

// Spec is one command and what its jail shows, in the words of the user.
type Spec struct {
	Args   []string
	Limits isolate.Limits
	Env    []string // "K=V", in addition to the standard ones; a later one wins
	See    []string // host paths that the jail shows at the same place
	Dirs   []string // INSIDE=OUTSIDE[:rw]
	Chdir  string   // absolute, or in the working directory
	Files  []isolate.File
}

// Error is a mistake in one part of a Spec, which Key names as the flag without its dashes.
type Error struct{ Key, Value, Why, Hint string }

// Error names the part, and says what is wrong with it.
func (e *Error) Error() string { return strings.TrimSpace(e.Key+" "+e.Value) + ": " + e.Why }

// MissingError is a command that does not exist, or cannot be executed. Code is the exit code for it, as in shells.
type MissingError struct {
	Why, Hint string
	Code      int
}

// Error says what is wrong with the command.
func (m *MissingError) Error() string { return strings.Join(m.Lines(), "\n") }

// Lines returns the lines of Error.
func (m *MissingError) Lines() []string {
	if m.Hint == "" {
		return []string{m.Why}
	}
	return []string{m.Why, "hint: " + m.Hint}
}

// Command returns the jail's command. Its streams are not set.
func (s Spec) Command() (isolate.Command, error) {
	see, err := seen(s.See)
	if err != nil {
		return isolate.Command{}, err
	}
	binds, err := s.binds()
	if err != nil {
		return isolate.Command{}, err
	}
	env, err := s.environment()
	if err != nil {
		return isolate.Command{}, err
	}
	command := isolate.Command{
		Root: isolate.Root{Sees: append(hostPaths(), see...), Binds: binds},
		Env:  env, Dir: s.Chdir, Limits: WithDefaults(s.Limits), Files: s.Files,
	}
	err = s.locate(&command)
	return command, err
}

// hostPaths are what a dynamically linked program of a host needs.
func hostPaths() []string {
	return []string{"/usr", "/bin", "/lib", "/lib64?", "/etc/alternatives?", "/etc/ld.so.cache?"}
}

// seen returns the absolute paths, which must exist.
func seen(paths []string) ([]string, error) {
	var all []string
	for _, name := range paths {
		full, err := existing("see", name, name)
		if err != nil {
			return nil, err
		}
		all = append(all, full)
	}
	return all, nil
}

// existing returns the absolute path of a file of the host. value is what the user wrote.
func existing(key, value, name string) (string, error) {
	full, err := filepath.Abs(name)
	if err != nil {
		return "", fmt.Errorf("find %s: %w", name, err)
	}
	if _, err := os.Stat(full); err != nil {
		return "", &Error{key, value, cause(err).Error(), ""}
	}
	return full, nil
}

// cause returns a file error without the name, where the message has it already.
func cause(err error) error {
	var inner *fs.PathError
	if errors.As(err, &inner) {
		return inner.Err
	}
	return err
}

// binds reads INSIDE=OUTSIDE[:rw].
func (s Spec) binds() ([]isolate.Bind, error) {
	var all []isolate.Bind
	for _, value := range s.Dirs {
		inside, outside, ok := strings.Cut(value, "=")
		outside, writable := strings.CutSuffix(outside, ":rw")
		if !ok || outside == "" || !path.IsAbs(inside) || path.Clean(inside) != inside {
			return nil, &Error{"dir", value, "expected INSIDE=OUTSIDE or INSIDE=OUTSIDE:rw, with INSIDE absolute",
				"write it as in /data=tests"}
		}
		if slices.ContainsFunc(all, func(b isolate.Bind) bool { return b.Target == inside }) {
			return nil, &Error{"dir", value, "another one has the same INSIDE", ""}
		}
		full, err := existing("dir", value, outside)
		if err != nil {
			return nil, err
		}
		all = append(all, isolate.Bind{Source: full, Target: inside, Writable: writable})
	}
	return all, nil
}

// environment returns the whole environment. Of variables with the same name the last one is kept.
func (s Spec) environment() ([]string, error) {
	all := []string{"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/tmp", "LANG=C.UTF-8"}
	for _, value := range s.Env {
		name, _, ok := strings.Cut(value, "=")
		if !ok || name == "" {
			return nil, &Error{"env", value, "expected NAME=VALUE", ""}
		}
		same := func(have string) bool { return strings.HasPrefix(have, name+"=") }
		all = append(slices.DeleteFunc(all, same), value)
	}
	return all, nil
}

// WithDefaults fills in the jail's defaults, so that the limit that ended a command can be named.
func WithDefaults(l isolate.Limits) isolate.Limits {
	l.CPU = cmp.Or(l.CPU, isolate.DefaultCPU)
	l.Wall = cmp.Or(l.Wall, 2*l.CPU+time.Second)
	l.Memory = cmp.Or(l.Memory, isolate.DefaultMemory)
	l.Processes = cmp.Or(l.Processes, isolate.DefaultProcesses)
	l.Output = cmp.Or(l.Output, isolate.DefaultOutput)
	return l
}

// locate finds the program: a file that is put into the working directory, one of a bound directory, or one of the
// host. One in a directory that the jail shows keeps its path; any other is bound to /prog.
func (s Spec) locate(command *isolate.Command) error {
	name := s.Args[0]
	command.Args = slices.Clone(s.Args)
	put := func(f isolate.File) bool { return f.Name == path.Clean(name) }
	bound := func(b isolate.Bind) bool { return name == b.Target || strings.HasPrefix(name, b.Target+"/") }
	switch {
	case strings.Contains(name, "/") && slices.ContainsFunc(s.Files, put):
		command.Args[0] = path.Join(isolate.WorkDir, name)
		return nil
	case slices.ContainsFunc(command.Root.Binds, bound), strings.HasPrefix(name, isolate.WorkDir+"/"):
		return nil
	}
	found, err := exec.LookPath(name)
	if err != nil && !errors.Is(err, exec.ErrDot) {
		return noCommand(name)
	}
	full, err := filepath.Abs(found)
	if err != nil {
		return err
	}
	command.Args[0] = full
	for _, seen := range command.Root.Sees {
		seen = strings.TrimSuffix(strings.TrimSuffix(seen, "?"), "/")
		if full == seen || strings.HasPrefix(full, seen+"/") {
			return nil
		}
	}
	command.Args[0] = "/prog/" + filepath.Base(full)
	command.Root.Binds = append(command.Root.Binds, isolate.Bind{Source: full, Target: command.Args[0]})
	return nil
}

// noCommand returns why a command cannot be found.
func noCommand(name string) error {
	info, err := os.Stat(name)
	if strings.Contains(name, "/") && err == nil && info.Mode().IsRegular() {
		return &MissingError{name + ": not executable", "chmod +x " + name, CannotStart(syscall.EACCES)}
	}
	hint := ""
	if !strings.Contains(name, "/") && err == nil {
		hint = "write ./" + name
	}
	return &MissingError{name + ": no such command", hint, CannotStart(syscall.ENOENT)}
}

// CannotStart is the exit code of a command that cannot be started, or does not exist, as in shells.
func CannotStart(why syscall.Errno) int {
	if why == syscall.ENOENT {
		return 127
	}
	return 126
}
