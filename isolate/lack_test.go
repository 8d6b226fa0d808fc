package isolate

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
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

func TestLackNamesWhatAndFix(t *testing.T) {
	for want, lack := range map[string]Lack{
		"cannot create a jail: / is not a mount point\nhint: bind the chroot onto itself: mount --bind ROOT ROOT": noMount(),
		"cannot create a jail: seccomp: refused\nhint: upgrade":                                                   {"seccomp", "refused", "upgrade"},
		"cannot create a jail: fork: no memory\nhint: free memory":                                                {aJail, "fork: no memory", "free memory"},
	} {
		if got := (&LackError{[]Lack{lack}}).Error(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestRootWithoutCapabilitiesIsToldOneFix: what helps on a host does not in a container.
func TestRootWithoutCapabilitiesIsToldOneFix(t *testing.T) {
	many := &LackError{[]Lack{{"a", "x", "mount a"}, {"b", "y", "mount b"}}}
	got := withoutCapabilities(many).Error()
	want := "cannot create a jail: root without capabilities: a: x; b: y\nhint: " + privilegedFix
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

func TestHierarchiesOfV1AreSeenWithoutMounts(t *testing.T) {
	for text, want := range map[string]bool{
		"#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpuset\t5\t31\t1\nmemory\t0\t1\t1\n": true,
		"#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpuset\t0\t31\t1\n":                  false,
		"": false,
	} {
		path := filepath.Join(t.TempDir(), "cgroups")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := kernelUsesV1(path); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}
