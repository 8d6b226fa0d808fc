package isolate

import (
	"bytes"
	"context"
	"judge/isolate/root"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"golang.org/x/sys/unix"
)

// inputFile creates a file with that mode, whatever the umask is.
func inputFile(t *testing.T, content string, mode os.FileMode) *os.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test-17.in")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}

func inputPipe(t *testing.T, content string) *os.File {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer write.Close()
	t.Cleanup(func() { read.Close() })
	if _, err := write.WriteString(content); err != nil {
		t.Fatal(err)
	}
	return read
}

func inputMemory(t *testing.T, content string) *os.File {
	t.Helper()
	fd, err := unix.MemfdCreate("test-17", unix.MFD_CLOEXEC)
	if err != nil {
		t.Fatal(err)
	}
	file := os.NewFile(uintptr(fd), "memfd")
	t.Cleanup(func() { file.Close() })
	if _, err := file.WriteString(content); err != nil {
		t.Fatal(err)
	}
	if _, err := file.Seek(0, 0); err != nil {
		t.Fatal(err)
	}
	return file
}

func advanced(t *testing.T, file *os.File, by int64) *os.File {
	t.Helper()
	if _, err := file.Seek(by, 0); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestStdinCanBeOpenedByName: a program can open its stdin again, whatever the mode on the host is.
// A file then begins at its start.
func TestStdinCanBeOpenedByName(t *testing.T) {
	pool := openPool(t)
	const again = "cat; cat /dev/stdin; cat </proc/self/fd/0"
	for _, row := range []struct {
		what         string
		stdin        *os.File
		script, want string
	}{
		{"a file", inputFile(t, "3 4\n", 0o644), again, "3 4\n3 4\n3 4\n"},
		{"a file of mode 0600", inputFile(t, "3 4\n", 0o600), again, "3 4\n3 4\n3 4\n"},
		{"a file of mode 0000", inputFile(t, "3 4\n", 0), again, "3 4\n3 4\n3 4\n"},
		{"a file from its middle", advanced(t, inputFile(t, "3 4\n", 0o600), 2), again, "4\n3 4\n3 4\n"},
		{"an empty file", inputFile(t, "", 0o600), again, ""},
		{"a file in memory", inputMemory(t, "3 4\n"), again, "3 4\n3 4\n3 4\n"},
		{"nothing", nil, again, ""},
		{"a pipe", inputPipe(t, "3 4\n"), "head -c 2; cat /dev/stdin", "3 4\n"},
		{"a file by the text of its link", inputFile(t, "3 4\n", 0o600), `cat "$(readlink /proc/$$/fd/0)"`, "3 4\n"},
		{"a file as a file", inputFile(t, "3 4\n", 0o600), `test -f "$(realpath /dev/stdin)" && test -f /dev/stdin && echo yes`, "yes\n"},
		{"stdout", nil, "echo 3 >/dev/stdout; echo 4 >/proc/self/fd/1", "3\n4\n"},
		{"stderr", nil, "(echo 3 >/dev/stderr; echo 4 >/proc/self/fd/2) 2>&1", "3\n4\n"},
	} {
		var stdout, stderr bytes.Buffer
		outcome, err := pool.Run(context.Background(), Command{
			Root: hostRoot(), Args: []string{"/bin/sh", "-c", row.script}, Stdin: row.stdin, Stdout: &stdout, Stderr: &stderr,
		})
		if err != nil || describe(outcome) != "Exited 0" || stdout.String() != row.want {
			t.Errorf("%s: expected %q, got %q (%v, %s, %s)", row.what, row.want, stdout.String(), err, describe(outcome), stderr.String())
		}
	}
}

// TestStdinShowsNoNameOfTheHost: not even if it is too large for a copy.
func TestStdinShowsNoNameOfTheHost(t *testing.T) {
	pool := openPool(t)
	large := inputFile(t, "3 4\n", 0o644)
	if err := os.Truncate(large.Name(), int64(root.MaxInput)+1); err != nil {
		t.Fatal(err)
	}
	programs, err := filepath.Abs("testdata/programs")
	if err != nil {
		t.Fatal(err)
	}
	const script = "readlink /proc/self/fd/0; cat /proc/self/mountinfo /proc/self/mounts /proc/self/maps; readlink /proc/self/exe; head -c 3"
	for what, file := range map[string]*os.File{"small": inputFile(t, "3 4\n", 0o644), "large": large} {
		root := hostRoot()
		root.Binds = []Bind{{Source: programs, Target: "/prog", Copy: true}}
		if what == "small" {
			root.Binds = append(root.Binds, Bind{Source: file.Name(), Target: "/input/a.txt", Copy: true})
		}
		var stdout bytes.Buffer
		outcome, err := pool.Run(context.Background(), Command{
			Root: root, Args: []string{"/bin/sh", "-c", script}, Stdin: file, Stdout: &stdout,
		})
		if err != nil || describe(outcome) != "Exited 0" || !strings.HasSuffix(stdout.String(), "3 4") {
			t.Errorf("%s: %v, %s, %s", what, err, describe(outcome), stdout.String())
		}
		for line := range strings.Lines(stdout.String()) {
			if strings.Contains(line, "testdata") || strings.Contains(line, "test-17") {
				t.Errorf("%s: a program sees %s", what, line)
			}
		}
	}
}

// TestStdinIsRemovedAfterTheRun: the file with the name of stdin is the run's own, also in a jail
// of the same jailer.
func TestStdinIsRemovedAfterTheRun(t *testing.T) {
	pool := openPool(t)
	for i, input := range []string{"a long first input\n", "short\n", "", "a fourth\n"} {
		var stdout bytes.Buffer
		command := Command{
			Root: hostRoot(), Args: []string{"/bin/sh", "-c", "cat /dev/in/*; echo x >>/dev/in/stdin; chmod 777 /dev/in/stdin; rm -f /dev/in/stdin; touch /dev/in/new"},
			Stdin: inputFile(t, input, 0o600), Stdout: &stdout, Core: OnCore(pool.cores[0]),
		}
		if input == "" {
			command.Stdin = nil
		}
		if _, err := pool.Run(context.Background(), command); err != nil || stdout.String() != input {
			t.Errorf("run %d: expected %q, got %q (%v)", i, input, stdout.String(), err)
		}
	}
}

// TestStdinPipeCannotBeOpenedForWriting: the next reader of the pipe would get what a program wrote
// to its own stdin.
func TestStdinPipeCannotBeOpenedForWriting(t *testing.T) {
	if testConfig().Level == OneUser {
		t.Skip("the pipe belongs to the program's user")
	}
	pool := openPool(t)
	outcome, err := pool.Run(context.Background(), Command{
		Root: hostRoot(), Args: []string{"/bin/sh", "-c", "echo x >/dev/stdin"}, Stdin: inputPipe(t, "3 4\n"),
	})
	if err != nil || describe(outcome) == "Exited 0" {
		t.Errorf("expected a refusal, got %s (%v)", describe(outcome), err)
	}
}

// TestCopiesFollowChangesOfTheFile: a jailer with a copy of an older version is not reused.
func TestCopiesFollowChangesOfTheFile(t *testing.T) {
	pool := openPool(t)
	path := filepath.Join(t.TempDir(), "a")
	root := hostRoot()
	root.Binds = []Bind{{Source: path, Target: "/input/a", Copy: true}}
	for _, content := range []string{"first", "second", "third"} {
		if err := os.WriteFile(path+".new", []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(path+".new", path); err != nil {
			t.Fatal(err)
		}
		var stdout bytes.Buffer
		outcome, err := pool.Run(context.Background(), Command{Root: root, Args: []string{"/bin/cat", "/input/a"}, Stdout: &stdout})
		if err != nil || describe(outcome) != "Exited 0" || stdout.String() != content {
			t.Errorf("expected %q, got %q (%v, %s)", content, stdout.String(), err, describe(outcome))
		}
	}
}

// TestDirectoriesWithPipesAreNotCopied: all jails share a directory with a pipe in it.
func TestDirectoriesWithPipesAreNotCopied(t *testing.T) {
	pool := openPool(t)
	dir := t.TempDir()
	if err := unix.Mkfifo(filepath.Join(dir, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	root := hostRoot()
	root.Binds = []Bind{{Source: dir, Target: "/pipes", Copy: true}}
	outcome, err := pool.Run(context.Background(), Command{Root: root, Args: []string{"/bin/sh", "-c", "test -p /pipes/pipe"}})
	if err != nil || describe(outcome) != "Exited 0" {
		t.Errorf("%v, %s", err, describe(outcome))
	}
}

// TestConcurrentJailsHaveSeparateCopies: objects keyed by inode, such as a futex, are no channel
// between them.
func TestConcurrentJailsHaveSeparateCopies(t *testing.T) {
	pool := openPool(t)
	source := t.TempDir()
	if err := os.WriteFile(filepath.Join(source, "a"), []byte("a"), 0o600); err != nil {
		t.Fatal(err)
	}
	root := hostRoot()
	root.Binds = []Bind{{Source: source, Target: "/prog", Copy: true}}
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	var said [2]signalling
	var both sync.WaitGroup
	for i := range said {
		said[i].written = make(chan struct{})
		both.Go(func() {
			outcome, err := pool.Run(context.Background(), Command{
				Root: root, Args: []string{"/bin/sh", "-c", "stat -c %d:%i /prog/a; cat"}, Stdin: read, Stdout: &said[i], Core: OnCore(pool.cores[0]),
			})
			if err != nil || describe(outcome) != "Exited 0" {
				t.Errorf("%v, %s", err, describe(outcome))
			}
			said[i].close()
		})
	}
	for i := range said {
		<-said[i].written
	}
	write.Close() // both have run at the same time
	both.Wait()
	if one, other := said[0].String(), said[1].String(); one == other || one == "" {
		t.Errorf("the copies of two jails are %q and %q", one, other)
	}
}

// signalling closes a channel at the first write.
type signalling struct {
	bytes.Buffer
	written chan struct{}
	once    sync.Once
}

func (s *signalling) Write(data []byte) (int, error) {
	defer s.close()
	return s.Buffer.Write(data)
}

func (s *signalling) close() { s.once.Do(func() { close(s.written) }) }
