package isolate

import (
	"bufio"
	"bytes"
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

// builtEnv names a directory with the compiled programs, for a host on which compiling takes long.
const builtEnv = "ISOLATE_TEST_PROGRAMS"

// TestPrograms runs every C program of testdata/programs in a jail; most of them are hostile. The comment at a
// program's head says what it does and how it may end:
//
//	expect: ENDS         the right ends, with " or " between them; "any" where only the host matters
//	leaves: nothing      on the host, which is checked after all of them
//	cpu: DURATION        its CPU limit
//	wall: DURATION       its wall limit
//	stdin: N MiB         of zeroes
//	runs: N              number of runs one after another, which must not notice each other
//	least cpu: DURATION  minimum of its CPU time
//	most cpu: DURATION   maximum of its CPU time
//	given: the permit    of the jailer, which no program knows, as its second argument
//
// Its argument is the path of a file on the host.
func TestPrograms(t *testing.T) {
	sources, err := filepath.Glob("testdata/programs/*.c")
	if err != nil || len(sources) < 120 {
		t.Fatalf("%d programs: %v", len(sources), err)
	}
	pool := openPool(t)
	bin, host := t.TempDir(), lookAtHost(t)
	if err := os.Chmod(bin, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Run("all", func(t *testing.T) {
		for _, source := range sources {
			t.Run(strings.TrimSuffix(filepath.Base(source), ".c"), func(t *testing.T) {
				t.Parallel()
				runProgram(t, pool, bin, source, host.canary)
			})
		}
	})
	host.check(t)
	outcome, err := pool.Run(context.Background(), Command{Root: hostRoot(), Args: []string{"/bin/true"}})
	if err != nil || describe(outcome) != "Exited 0" {
		t.Errorf("a run after all of them: %v, %s", err, describe(outcome))
	}
}

func runProgram(t *testing.T, pool *Pool, bin, source, canary string) {
	t.Helper()
	head := readHead(t, source)
	name := strings.TrimSuffix(filepath.Base(source), ".c")
	build(t, source, filepath.Join(bin, name))
	var core Core
	if head.runs > 1 { // the same jailer makes all their jails
		core = OnCore(pool.cores[0])
	}
	args := []string{"/prog/" + name, canary}
	if head.permit {
		args = append(args, strconv.FormatUint(pool.permit, 10))
	}
	for range head.runs {
		var stderr bytes.Buffer
		outcome, err := pool.Run(context.Background(), Command{
			Root: Root{Binds: []Bind{{Source: filepath.Join(bin, name), Target: "/prog/" + name, Copy: true}}, Scratch: 48 * MiB, ScratchInodes: 1000},
			Args: args, Stdin: zeroes(t, head.stdin), Stderr: &capped{to: &stderr, left: 1000},
			Limits: Limits{CPU: head.cpu, Wall: head.wall, Memory: 64 * MiB, Processes: 32, Output: MiB}, Core: core,
		})
		if err != nil {
			t.Fatalf("the jail failed: %v", err)
		}
		if got := describe(outcome); !head.expects(got) {
			t.Errorf("ended with %s, expected %s\n%+v\n%s", got, strings.Join(head.expect, " or "), outcome, stderr.String())
		}
		if used := outcome.Usage.CPU; used < head.leastCPU || head.mostCPU > 0 && used > head.mostCPU {
			t.Errorf("%v of CPU time on its account", used)
		}
	}
}

// capped keeps the beginning of what is written.
type capped struct {
	to   *bytes.Buffer
	left int
}

func (c *capped) Write(data []byte) (int, error) {
	n := min(len(data), c.left)
	c.to.Write(data[:n])
	c.left -= n
	return len(data), nil
}

// build compiles a program, or copies it from builtEnv.
func build(t *testing.T, source, to string) {
	t.Helper()
	dir := os.Getenv(builtEnv)
	if dir == "" {
		compileC(t, source, to)
		return
	}
	program, err := os.ReadFile(filepath.Join(dir, filepath.Base(to)))
	if err == nil {
		err = os.WriteFile(to, program, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// hostLook is the state of the host that no program may change.
type hostLook struct {
	canary string // a file whose content is its own path
	files  map[string]string
}

func lookAtHost(t *testing.T) hostLook {
	t.Helper()
	dir, err := os.MkdirTemp("", "canary")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	h := hostLook{canary: filepath.Join(dir, "canary"), files: map[string]string{}}
	if err := os.WriteFile(h.canary, []byte(h.canary), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{h.canary, "/proc/self/mountinfo", "/proc/sysvipc/shm", "/proc/sysvipc/msg", "/proc/sysvipc/sem", "/proc/sys/kernel/hostname", "/proc/swaps"} {
		h.files[path] = readIfThere(path)
	}
	for _, dir := range []string{filepath.Dir(h.canary), "/dev/shm", "/dev/mqueue"} {
		h.files[dir] = strings.Join(namesIn(dir), " ")
	}
	return h
}

func (h hostLook) check(t *testing.T) {
	t.Helper()
	for path, before := range h.files {
		now := readIfThere(path)
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			now = strings.Join(namesIn(path), " ")
		}
		if now != before {
			t.Errorf("%s was changed:\n%s\n%s", path, before, now)
		}
	}
}

func readIfThere(path string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	return string(data)
}

func namesIn(dir string) []string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// describe returns how a run ended, in the words of the programs' heads.
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
	expect            []string
	stdin             Bytes
	runs              int
	cpu, wall         time.Duration
	leastCPU, mostCPU time.Duration
	permit            bool
}

func (h programHead) expects(end string) bool {
	for _, e := range h.expect {
		if e == end || e == "any" {
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
	head := programHead{runs: 1, cpu: patient().CPU, wall: patient().Wall}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		text, comment := strings.CutPrefix(lines.Text(), "// ")
		if !comment {
			break
		}
		if err := head.read(text); err != nil {
			t.Fatalf("%s: %q: %v", source, text, err)
		}
	}
	if head.expect == nil {
		t.Fatalf("%s: no line \"// expect: ...\" at its head", source)
	}
	return head
}

func (h *programHead) read(line string) (err error) {
	key, value, _ := strings.Cut(line, ": ")
	switch key {
	case "expect":
		h.expect = strings.Split(value, " or ")
	case "leaves":
		if value != "nothing" {
			err = fmt.Errorf("no program may leave anything")
		}
	case "given":
		h.permit = value == "the permit"
	case "stdin":
		var mib Bytes
		_, err = fmt.Sscanf(value, "%d MiB", &mib)
		h.stdin = mib * MiB
	case "runs":
		h.runs, err = strconv.Atoi(value)
	case "cpu":
		h.cpu, err = time.ParseDuration(value)
	case "wall":
		h.wall, err = time.ParseDuration(value)
	case "least cpu":
		h.leastCPU, err = time.ParseDuration(value)
	case "most cpu":
		h.mostCPU, err = time.ParseDuration(value)
	}
	return err
}

// zeroes returns a file of that many zero bytes, stored on disk; nil for none.
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
