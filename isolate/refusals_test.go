package isolate

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"

	"judge/isolate/jailer"
	"judge/isolate/lack"
)

func TestFullUserCountNamesTheLevel(t *testing.T) {
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

// TestRootWithoutCapabilitiesGetsOneFix: the fixes for a host do not help in a container.
func TestRootWithoutCapabilitiesGetsOneFix(t *testing.T) {
	many := &LackError{Lacks: []Lack{{What: "a", Why: "x", Fix: "mount a"}, {What: "b", Why: "y", Fix: "mount b"}}}
	got := withoutCapabilities(many).Error()
	want := "cannot create a jail: root without capabilities: a: x; b: y\nhint: " + lack.Privileged
	if os.Geteuid() != 0 {
		want = many.Error()
	}
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if odd := errors.New("odd"); withoutCapabilities(odd) != odd {
		t.Error("another error does not stay as it is")
	}
}
