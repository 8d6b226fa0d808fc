package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"

	"judge/problems"
	"judge/problems/formats"
)

// interrupted is the cause of a context that a signal ended.
type interrupted struct{ signal syscall.Signal }

func (i *interrupted) Error() string { return "interrupted by " + unix.SignalName(i.signal) }

// watchSignals ends the context at the first SIGINT, SIGTERM or SIGHUP; the second one ends the process at once, for the
// kernel ends every jail with it.
func watchSignals(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	signals := make(chan os.Signal, 2) // closed by nobody: Notify sends to it until stop
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	// Without a receiver the runtime ends the process when a pipe's reader leaves; a write's EPIPE tells enough.
	broken := make(chan os.Signal, 1) // closed by nobody, received by nobody
	signal.Notify(broken, syscall.SIGPIPE)
	done := make(chan struct{}) // closed by stop
	go func() {
		for first := true; ; first = false {
			select {
			case s := <-signals:
				number, _ := s.(syscall.Signal)
				if !first {
					os.Exit(128 + int(number))
				}
				cancel(&interrupted{number})
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

// reading returns what a function reads, or the interruption if the context ends first: readers of packages look at no context, and a
// package can keep them busy. The function then ends by itself, or with the process.
func reading[T any](ctx context.Context, read func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1) // the reader sends once, whether or not somebody still waits
	go func() {
		value, err := read()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

// openProblem opens the problem at a path, or returns when the context ends.
func openProblem(ctx context.Context, path string) (*problems.Problem, error) {
	return reading(ctx, func() (*problems.Problem, error) { return formats.Open(path) })
}

// ignoreClosed drops the error of a reader that has left, as in "judge run ... | head".
func ignoreClosed(err error) error {
	if errors.Is(err, syscall.EPIPE) {
		return nil
	}
	return err
}

// interruption is the signal that ended the context; 0 for none.
func interruption(ctx context.Context) syscall.Signal {
	var by *interrupted
	if errors.As(context.Cause(ctx), &by) {
		return by.signal
	}
	return 0
}
