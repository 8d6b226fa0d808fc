package report

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"

	"judge/isolate"
	"judge/problems/text"
)

func TestFaultHasARemedy(t *testing.T) {
	open := func(errno error) error {
		return fmt.Errorf("open the input: %w", &os.PathError{Op: "open", Path: "1.in", Err: errno})
	}
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"files of the process", open(syscall.EMFILE), "open the input: open 1.in: too many open files: allow more open files: ulimit -n 4096"},
		{"files of the host", open(syscall.ENFILE), "open the input: open 1.in: too many open files in system: allow more open files: ulimit -n 4096"},
		{"a fault that nothing is known of", open(syscall.EIO), "open the input: open 1.in: input/output error"},
		{"one that came to be a lack", errors.Join(syscall.EMFILE, &isolate.LackError{}), text.CutLine(errors.Join(syscall.EMFILE, &isolate.LackError{}).Error(), 500)},
	} {
		if got := Fault(c.err, 500); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if got := Fault(fmt.Errorf("%s: %w", strings.Repeat("x", 600), syscall.EMFILE), 500); !strings.HasSuffix(got, "ulimit -n 4096") || len(got) > 560 {
		t.Errorf("a long fault: %q", got)
	}
}
