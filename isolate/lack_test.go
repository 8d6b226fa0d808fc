package isolate

import (
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"

	"judge/isolate/jailer"
)

func TestAFullCountOfTheUserNamesTheLevel(t *testing.T) {
	for _, cause := range []error{syscall.ETOOMANYREFS, syscall.EAGAIN, jailer.ErrGone} {
		err := sharing(fmt.Errorf("start a jailer: %w", cause))
		if err == nil || !errors.Is(err, cause) || errors.As(err, new(*LackError)) || !strings.Contains(err.Error(), "one-user") {
			t.Errorf("%v: got %v", cause, err)
		}
	}
	for _, cause := range []error{syscall.EPERM, syscall.ENOSPC, errors.New("odd")} {
		if err := sharing(cause); err != nil {
			t.Errorf("%v: expected no word of the level, got %v", cause, err)
		}
	}
}
