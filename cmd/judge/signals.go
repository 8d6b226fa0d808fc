package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// interrupted is the cause of a context that a signal ended.
type interrupted struct{ signal syscall.Signal }

// Error names the signal.
func (i *interrupted) Error() string { return "interrupted by " + unix.SignalName(i.signal) }

// oneInterruption is how long after the first signal others belong to it: timeout(1) sends its signal to the command
// and then to the whole process group, and service managers send SIGHUP right after SIGTERM.
const oneInterruption = time.Second

// watchSignals ends the context at the first SIGINT, SIGTERM or SIGHUP. One that comes later than oneInterruption
// after it ends the process at once: the kernel ends every jail with it. A SIGHUP that the caller ignores, as
// nohup(1) does, stays ignored.
func watchSignals(ctx context.Context, stderr io.Writer) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	signals := make(chan os.Signal, 8) // closed by nobody: Notify sends to it until stop
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) {
		signal.Notify(signals, syscall.SIGHUP)
	}
	// Without a receiver the runtime ends the process when a pipe's reader is gone; the EPIPE of the write is
	// enough.
	broken := make(chan os.Signal, 1) // closed by nobody, received by nobody
	signal.Notify(broken, syscall.SIGPIPE)
	done := make(chan struct{}) // closed by stop
	go func() {
		var first time.Time // zero: none has come
		for {
			select {
			case s := <-signals:
				number, _ := s.(syscall.Signal)
				switch now := time.Now(); {
				case first.IsZero():
					first = now
					cancel(&interrupted{number})
				case !belongs(now.Sub(first)):
					endAtOnce(stderr, number)
				}
			case <-done:
				return
			}
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		signal.Stop(broken)
		close(done)
		cancel(nil)
	}
}

// belongs reports whether a signal that comes that long after the first is a part of the same interruption.
func belongs(after time.Duration) bool { return after <= oneInterruption }

// endAtOnce ends the process without a report. The message must not block it: the reader may be gone.
func endAtOnce(stderr io.Writer, by syscall.Signal) {
	told := make(chan struct{})
	go func() {
		defer close(told)
		name := unix.SignalName(by)
		fmt.Fprintf(stderr, "judge: killed by a second signal, %s: no more output is written\n", name)
	}()
	select {
	case <-told:
	case <-time.After(oneInterruption / 4):
	}
	os.Exit(128 + int(by))
}

// ignoreClosed drops the error of a reader that is gone, as in "judge run ... | head".
func ignoreClosed(err error) error {
	if errors.Is(err, syscall.EPIPE) {
		return nil
	}
	return err
}

// interruption returns the signal that ended the context; 0 for none.
func interruption(ctx context.Context) syscall.Signal {
	var by *interrupted
	if errors.As(context.Cause(ctx), &by) {
		return by.signal
	}
	return 0
}
