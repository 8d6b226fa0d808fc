package main

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"testing"
	"time"
)

func TestSignalsWithinASecondAreOneInterruption(t *testing.T) {
	for after, want := range map[time.Duration]bool{0: true, time.Microsecond: true, time.Second: true, 1001 * time.Millisecond: false, time.Hour: false} {
		if got := belongs(after); got != want {
			t.Errorf("after %v: %v", after, got)
		}
	}
}

func TestErrorsAreReportedOnce(t *testing.T) {
	by := &interrupted{syscall.SIGTERM}
	cut, cancel := context.WithCancelCause(t.Context())
	cancel(by)
	full := errors.New("no space left on device")
	for what, row := range map[string]struct {
		ctx  context.Context
		err  error
		want error
	}{
		"nothing":                               {t.Context(), nil, nil},
		"a result":                              {t.Context(), &exitStatus{1}, nil},
		"a result that could not be cleaned":    {t.Context(), errors.Join(&exitStatus{0}, full), full},
		"an interruption":                       {cut, by, nil},
		"what follows from one":                 {cut, fmt.Errorf("run: %w", context.Canceled), nil},
		"an interruption and a full disk":       {cut, errors.Join(context.Canceled, full), full},
		"a context that no signal has ended":    {t.Context(), context.Canceled, context.Canceled},
		"one cause of several failures":         {t.Context(), errors.Join(full, errors.Join(full, full)), full},
		"an error of several that are not said": {t.Context(), errors.Join(errors.Join(full, nil), &exitStatus{2}), full},
	} {
		got := unreported(row.ctx, row.err)
		if (got == nil) != (row.want == nil) || got != nil && got.Error() != row.want.Error() {
			t.Errorf("%s: %v, want %v", what, got, row.want)
		}
	}
}

// TestAnInterruptionEndsReading: a reader that is not done is not waited for.
func TestAnInterruptionEndsReading(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	if _, err := openProblem(ctx, "../../examples/aplusb"); err != nil {
		t.Error(err)
	}
	cancel(&interrupted{syscall.SIGHUP})
	never := make(chan bool) // closed at the end
	defer close(never)
	if _, err := reading(ctx, func() (bool, error) { return <-never, nil }); !errors.As(err, new(*interrupted)) {
		t.Error(err)
	}
	if problem, err := openProblem(ctx, "../../examples/aplusb"); problem != nil || !errors.As(err, new(*interrupted)) {
		t.Errorf("%v, %v", problem, err)
	}
	if found, err := findProblems(ctx, []string{"../../examples"}, nil); found != nil || !errors.As(err, new(*interrupted)) {
		t.Errorf("%v, %v", found, err)
	}
}
