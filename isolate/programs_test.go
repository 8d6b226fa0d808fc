package isolate

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestPrograms runs every C program of testdata/programs in a jail. A program's first comment says what it does, its
// "expect:" line which ends are right, and "cpu:" and "wall:" its limits; after all of them nothing may be left on the
// host.
func TestPrograms(t *testing.T) {
	sources, err := filepath.Glob("testdata/programs/*.c")
	if err != nil || len(sources) == 0 {
		t.Fatalf("no programs: %v", err)
	}
	pool := openPool(t)
	bin := t.TempDir()
	if err := os.Chmod(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Run("all", func(t *testing.T) {
		for _, source := range sources {
			name := strings.TrimSuffix(filepath.Base(source), ".c")
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				compileC(t, source, filepath.Join(bin, name))
				head := readHead(t, source)
				stdin := zeroes(t, head.stdin)
				outcome, err := pool.Run(context.Background(), Command{
					Root:   Root{Binds: []Bind{{bin, "/prog"}}, Scratch: 48 * MiB, ScratchInodes: 1000},
					Args:   []string{"/prog/" + name},
					Stdin:  stdin,
					Limits: Limits{CPU: head.cpu, Wall: head.wall, Memory: 64 * MiB, Processes: 32, Output: MiB},
				})
				if err != nil {
					t.Fatalf("the jail failed: %v", err)
				}
				if got := describe(outcome); !head.expects(got) {
					t.Errorf("ended with %s, expected %s\n%+v", got, strings.Join(head.expect, " or "), outcome)
				}
			})
		}
	})
}

// describe says how a run ended in the words of the programs' heads.
func describe(o Outcome) string {
	switch o.Cause {
	case Exited:
		return "Exited " + strconv.Itoa(o.Code)
	case Signaled:
		return "Signaled " + unix.SignalName(o.Signal)
	default:
		return o.Cause.String()
	}
}

type programHead struct {
	expect    []string
	stdin     Bytes
	cpu, wall time.Duration
}

func (h programHead) expects(end string) bool {
	for _, e := range h.expect {
		if e == end {
			return true
		}
	}
	return false
}

func readHead(t *testing.T, source string) programHead {
	t.Helper()
	file, err := os.Open(source)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	head := programHead{cpu: 10 * time.Second, wall: 20 * time.Second} // room for a host that is emulated
	for lines := bufio.NewScanner(file); lines.Scan(); {
		text, comment := strings.CutPrefix(lines.Text(), "// ")
		if !comment {
			break
		}
		if expect, ok := strings.CutPrefix(text, "expect: "); ok {
			head.expect = strings.Split(expect, " or ")
		}
		if size, ok := strings.CutPrefix(text, "stdin: "); ok {
			var mib Bytes
			if _, err := fmt.Sscanf(size, "%d MiB", &mib); err != nil {
				t.Fatalf("%s: %q: %v", source, text, err)
			}
			head.stdin = mib * MiB
		}
		for key, limit := range map[string]*time.Duration{"cpu: ": &head.cpu, "wall: ": &head.wall} {
			if value, ok := strings.CutPrefix(text, key); ok {
				if *limit, err = time.ParseDuration(value); err != nil {
					t.Fatalf("%s: %v", source, err)
				}
			}
		}
	}
	if head.expect == nil {
		t.Fatalf("%s: no line \"// expect: ...\" at its head", source)
	}
	return head
}

// zeroes returns a file of that many zero bytes, really on disk; nil for none.
func zeroes(t *testing.T, size Bytes) *os.File {
	t.Helper()
	if size == 0 {
		return nil
	}
	file, err := os.CreateTemp(t.TempDir(), "zeroes")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	block := make([]byte, MiB)
	for ; size > 0; size -= MiB {
		if _, err := file.Write(block); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := file.Seek(0, 0); err != nil {
		t.Fatal(err)
	}
	return file
}

func compileC(t *testing.T, source, to string) {
	t.Helper()
	out, err := exec.Command("gcc", "-O1", "-static", "-w", "-D_GNU_SOURCE", "-pthread", "-o", to, source).CombinedOutput()
	if err != nil {
		t.Fatalf("compile %s: %v\n%s", source, err, out)
	}
}
