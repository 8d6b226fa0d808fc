package native

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"judge/problems"
)

func TestOnlyRegularSpecsAreOpened(t *testing.T) {
	dir := t.TempDir()
	fifo := filepath.Join(dir, FileName)
	if err := syscall.Mkfifo(fifo, 0o644); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		fifo: "not a regular file", dir: "not a regular file", "/dev/zero": "not a regular file", filepath.Join(dir, "none"): "no such file",
		fifo + "/x": "not a directory",
	} {
		p, err := Read(path)
		if fault, ok := errors.AsType[*problems.Error](err); !ok || !strings.Contains(fault.Msg, want) {
			t.Errorf("%s: %+v, %v; want %s", path, p, err, want)
		}
	}
	if Detect(dir) {
		t.Error("a FIFO is taken for a spec")
	}
}

func TestTestsAreRegularFiles(t *testing.T) {
	path := directory(t, "", small())
	for _, name := range []string{"fifo.in", "fifo.py"} {
		if err := syscall.Mkfifo(filepath.Join(filepath.Dir(path), name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, spec := range []string{
		"name: P\ntests: [{input: fifo.in, answer: tests/1.ans}]\n", "name: P\ntests: [{input: tests/1.in, answer: fifo.in}]\n",
		"name: P\ntests: \"*.in\"\n", head + "submissions: [{path: fifo.py}]\n",
	} {
		_, err := read(path, []byte(spec))
		if fault, ok := errors.AsType[*problems.Error](err); !ok || !strings.Contains(fault.Msg, "regular file") && !strings.Contains(fault.Msg, "neither a file") {
			t.Errorf("%q: %v", spec, err)
		}
	}
}

func TestSpecSizeIsBounded(t *testing.T) {
	path := directory(t, head+strings.Repeat("#\n", maxSpec/2), small())
	_, err := Read(path)
	if fault, ok := errors.AsType[*problems.Error](err); !ok || fault.Msg != "larger than 2 MiB" || fault.Line != 1 {
		t.Error(err)
	}
	// A sparse file of a TiB is not read whole.
	if err := os.Truncate(path, 1<<40); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(path); err == nil || !strings.Contains(err.Error(), "larger than 2 MiB") {
		t.Error(err)
	}
}

// TestBombsCostLittle reads the largest specs of the kinds that cost the most, and holds what they allocate against a
// bound that is a few times what they need.
func TestBombsCostLittle(t *testing.T) {
	const most = 1 << 30 // bytes allocated in all; what is live at one time is less than half
	path := directory(t, "", small())
	aliases := "a: &a [x]\n"
	for i := range 40 {
		aliases += fmt.Sprintf("b%d: &b%d [*a, *a, *a, *a]\n", i, i)
	}
	for name, spec := range map[string]string{
		"keys":       strings.Repeat("a:\n", maxSpec/3),
		"flow":       "[" + strings.Repeat("a,", maxSpec/2-1) + "]",
		"tests":      "name: P\ntests:\n" + strings.Repeat("- a\n", maxSpec/4-10),
		"deep":       "name: " + strings.Repeat("[", 9_999) + strings.Repeat("]", 9_999),
		"deeper":     "name: " + strings.Repeat("[", maxSpec-6),
		"indented":   strings.Repeat("- ", 9_000),
		"questions":  strings.Repeat("? ", 9_000),
		"directives": strings.Repeat("%TAG !a! x\n", maxSpec/11) + "---\n",
		"aliases":    aliases,
		"comments":   strings.Repeat("- a # b\n", maxSpec/8),
		"one text":   "name: " + strings.Repeat("a", maxSpec-6),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := read(path, []byte(spec))
		runtime.ReadMemStats(&after)
		if fault, ok := errors.AsType[*problems.Error](err); !ok || fault.Line < 1 || len(err.Error()) > 1000 {
			t.Errorf("%s: %.2000v", name, err)
		}
		if cost := after.TotalAlloc - before.TotalAlloc; cost > most {
			t.Errorf("%s takes %d MiB", name, cost>>20)
		}
	}
}
