package kinds

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"

	"golang.org/x/sys/unix"

	"judge/checkers"
	"judge/isolate"
	"judge/judge/decide"
	"judge/judge/report"
	"judge/problems/cache"
)

// multiPass runs a program on one test several times, as in multi-pass problems of the ICPC problem package
// format: after a pass that it accepts, the checker may write the input of the next one. Limits apply to each
// pass.
type multiPass struct {
	once judgedKind
	max  int
	by   *External
}

// judgedKind is a way to run a program once and have one of the problem's programs judge it.
type judgedKind interface {
	testBy(ctx context.Context, a Attempt, by *External) decide.Facts
}

// Test runs passes until the checker requests no other. The usage that it returns is the maximum of all passes.
func (p multiPass) Test(ctx context.Context, a Attempt) decide.Facts {
	a.OnIdle = nil // a program that waits in one pass may work in the next
	state := &passState{}
	defer state.close()
	by := *p.by
	by.session = state
	whole := p.once.testBy(ctx, a, &by)
	for pass := 2; ; pass++ {
		// "It is a judge error to create the nextpass.in file and exit with any other code than 42" ("Multi-pass
		// validation").
		if whole.Err == nil && whole.Check != nil && !whole.Check.Accepted && state.next != nil {
			whole.Check, whole.Err = nil, errors.New("checker requested another pass for an output that it rejected")
			return whole
		}
		accepted := whole.Err == nil && whole.Check != nil && whole.Check.Accepted
		if !accepted || state.next == nil || !endedWell(whole.Run) {
			return whole
		}
		if pass > p.max {
			whole.Check, whole.Err = nil, fmt.Errorf("checker requested pass %d of at most %d", pass, p.max)
			return whole
		}
		var err error
		if a.Test.Input, err = state.turn(); err != nil {
			whole.Check, whole.Err = nil, fmt.Errorf("store the input of pass %d: %w", pass, err)
			return whole
		}
		whole = maxOf(whole, p.once.testBy(ctx, a, &by))
	}
}

// endedWell reports whether a run ended normally.
func endedWell(run *isolate.Outcome) bool {
	return run != nil && run.Cause == isolate.Exited && run.Code == 0
}

// maxOf returns a pass with the maximum usage of it and all earlier passes, and the messages of all of them.
func maxOf(before, last decide.Facts) decide.Facts {
	if len(before.Dialogue) > 0 {
		var both transcript
		both.write(slices.Concat(before.Dialogue, []byte("---\n"), last.Dialogue)) // between passes
		last.Dialogue = both.Bytes()
	}
	if before.Output != nil {
		last.Output = slices.Concat(before.Output, []byte("---\n"), last.Output)
		last.Output = last.Output[:min(len(last.Output), report.HeadBytes)]
	}
	if last.Run == nil || before.Run == nil {
		return last
	}
	run := *last.Run
	used, other := &run.Usage, before.Run.Usage
	used.CPU, used.Wall = max(used.CPU, other.CPU), max(used.Wall, other.Wall)
	used.Memory, used.Output = max(used.Memory, other.Memory), max(used.Output, other.Output)
	last.Run = &run
	return last
}

// passState is what a checker hands from one pass to the next: its feedback directory and the input that it wrote.
type passState struct {
	files []isolate.File // of the feedback directory
	next  []byte         // the input of the next pass; nil: no next pass
	input []byte         // of this pass; nil: the test's own
	file  *os.File       // input, in memory
	path  string         // of file
}

// nextPass is the name of the next input in a feedback directory.
const nextPass = "nextpass.in"

// passInput is the name of a pass's input in the checker's working directory.
const passInput = "pass.in"

// turn starts the next pass. Its input is in memory, and nobody can change it.
func (s *passState) turn() (path string, err error) {
	s.close()
	s.input, s.next = s.next, nil
	fd, err := unix.MemfdCreate("input", unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		return "", err
	}
	s.file = os.NewFile(uintptr(fd), "input")
	if _, err = s.file.Write(s.input); err == nil {
		_, err = unix.FcntlInt(s.file.Fd(), unix.F_ADD_SEALS, unix.F_SEAL_WRITE|unix.F_SEAL_GROW|unix.F_SEAL_SHRINK)
	}
	s.path = fmt.Sprintf("/proc/self/fd/%d", fd)
	return s.path, err
}

func (s *passState) close() {
	if s.file != nil {
		s.file.Close()
	}
	s.file, s.path = nil, ""
}

// show puts the state into a checker's jail.
func (s *passState) show(command *isolate.Command, files *checkers.Files) {
	if s == nil {
		return
	}
	command.Files = append(command.Files[:len(command.Files):len(command.Files)], s.files...)
	if s.input != nil {
		command.Files = append(slices.Clone(command.Files), isolate.File{Name: passInput, Data: s.input})
		files.Input = isolate.WorkDir + "/" + passInput
	}
}

// take saves the files in a checker's feedback directory.
func (s *passState) take(work *isolate.Work, limit isolate.Bytes) error {
	if s == nil {
		return nil
	}
	dir, err := os.MkdirTemp("", cache.TemporaryPrefix)
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	lock, err := cache.LockDir(dir, unix.LOCK_SH) // otherwise another judge would remove it as one of a dead judge
	if err != nil {
		return err
	}
	defer lock.Close()
	if err := work.CopyContents(feedbackName, dir, limit); err != nil {
		return err
	}
	s.files, s.next = nil, nil
	root := os.DirFS(dir)
	return fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		if name == nextPass {
			s.next = append([]byte{}, data...)
			return err
		}
		s.files = append(s.files, isolate.File{Name: path.Join(feedbackName, name), Data: data})
		return err
	})
}
