package isolate

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
)

// TestOutputsArriveWhole writes outputs around the sizes at which the judge changes the way it
// reads.
func TestOutputsArriveWhole(t *testing.T) {
	pool := openPool(t)
	for _, size := range []int{0, 1, maxKept - 1, maxKept, maxKept + 1, 16 * maxKept, pipeSize, pipeSize + 1, 300_001} {
		for _, slowly := range []string{"", "sleep 0.02; "} {
			script := fmt.Sprintf("printf first; %shead -c %d /dev/zero | tr '\\0' x; %sprintf error >&2", slowly, size, slowly)
			var stdout, stderr bytes.Buffer
			command := shell(script)
			command.Env = []string{"PATH=/usr/bin:/bin"}
			command.Stdout, command.Stderr = &stdout, &stderr
			outcome, err := pool.Run(context.Background(), command)
			if err != nil || describe(outcome) != "Exited 0" {
				t.Fatalf("%s: %s, %v, %s", script, describe(outcome), err, &stderr)
			}
			if want := "first" + strings.Repeat("x", size); stdout.String() != want || int(outcome.Usage.Output) != len(want) {
				t.Errorf("%s: %d bytes arrived, %d were counted, %d were written", script, stdout.Len(), outcome.Usage.Output, len(want))
			}
			if stderr.String() != "error" || outcome.Usage.Stderr != 5 {
				t.Errorf("%s: %q arrived on stderr, %d bytes were counted", script, &stderr, outcome.Usage.Stderr)
			}
		}
	}
}

// TestOutputArrivesWhileTheProgramRuns: the first output that arrives ends the program, which would
// write more otherwise.
func TestOutputArrivesWhileTheProgramRuns(t *testing.T) {
	pool := openPool(t)
	command := shell("printf word; sleep 8; printf late")
	stop := make(chan struct{})
	heard := &onWrite{do: sync.OnceFunc(func() { close(stop) })}
	command.Stdout, command.Stop = heard, stop
	outcome, err := pool.Run(context.Background(), command)
	if err != nil || outcome.Cause != Stopped || heard.String() != "word" {
		t.Errorf("%s, %v; heard %q", describe(outcome), err, heard)
	}
}

type onWrite struct {
	bytes.Buffer
	do func()
}

func (w *onWrite) Write(data []byte) (int, error) {
	w.do()
	return w.Buffer.Write(data)
}

// TestPacketsArriveWhole: in packet mode, pipe(2) O_DIRECT, one read returns one write, and more
// may be left at the end.
func TestPacketsArriveWhole(t *testing.T) {
	pool := openPool(t)
	for range 30 {
		var out bytes.Buffer
		outcome, err := pool.Run(context.Background(), Command{
			Root: hostRoot(), Stdout: &out,
			Args: []string{"/usr/bin/perl", "-e", "fcntl(STDOUT, 4, 040001) or die; syswrite(STDOUT, $_) for 1 .. 9"}, // F_SETFL, O_DIRECT | O_WRONLY
		})
		if err != nil || describe(outcome) != "Exited 0" || out.String() != "123456789" {
			t.Fatalf("%q arrived, %s, %v", &out, describe(outcome), err)
		}
	}
}
