package seccomp

import (
	"math/rand/v2"
	"slices"
	"testing"

	"golang.org/x/sys/unix"
)

func numberIn(t *testing.T, name string) uint32 {
	t.Helper()
	call, known, err := numberOf(name)
	if err != nil || !known {
		t.Fatalf("%s: known %v, %v", name, known, err)
	}
	return uint32(call)
}

// expected evaluates the rows of a choice.
func expected(c choice, arguments [6]uint64) reply {
rows:
	for _, r := range c.rows {
		for _, m := range r.when {
			if !slices.Contains(m.values, arguments[m.argument]&m.mask) {
				continue rows
			}
		}
		return r.reply
	}
	return c.otherwise
}

func programOf(t *testing.T) []unix.SockFilter {
	t.Helper()
	made, err := Config{Permit: testPermit}.Program()
	if err != nil {
		t.Fatal(err)
	}
	return decode(made)
}

func TestChoicesFollowTheirRows(t *testing.T) {
	program := programOf(t)
	random := rand.New(rand.NewPCG(1, 2))
	for _, c := range (Config{Permit: testPermit}).choices() {
		number := numberIn(t, c.name)
		values := map[int][]uint64{}
		for _, r := range c.rows {
			for _, m := range r.when {
				for _, v := range m.values {
					values[m.argument] = append(values[m.argument], v, v|^m.mask, v^1<<32, v^1, v^1<<63, 0, ^uint64(0))
				}
			}
		}
		for range 20000 {
			var arguments [6]uint64
			for argument := range arguments {
				arguments[argument] = random.Uint64()
				if some := values[argument]; len(some) > 0 {
					arguments[argument] = some[random.IntN(len(some))]
				}
			}
			want := expected(c, arguments)
			if got := evaluate(t, program, makeData(unix.AUDIT_ARCH_X86_64, number, arguments)); got != uint32(want) {
				t.Fatalf("%s with %x: got %#x, expected %#x", c.name, arguments, got, want)
			}
		}
	}
}

// TestPermitAllowsOnlyCallsOfTheJailer lists the calls that pass with a permit. All others kill the
// caller or are absent.
func TestPermitAllowsOnlyCallsOfTheJailer(t *testing.T) {
	const tmpfs, proc = unix.MS_NOSUID | unix.MS_NODEV, unix.MS_NOSUID | unix.MS_NODEV | unix.MS_NOEXEC
	program := programOf(t)
	rows := []struct {
		name      string
		arguments [5]uint64
		want      reply
	}{
		{"mount", [5]uint64{1, 2, 3, tmpfs, 4}, allow},
		{"mount", [5]uint64{1, 2, 3, proc, 4}, allow},
		{"mount", [5]uint64{1, 2, 3, proc | unix.MS_RDONLY, 4}, allow},
		{"mount", [5]uint64{1, 2, 3, 0, 4}, kill},
		{"mount", [5]uint64{1, 2, 3, unix.MS_NODEV, 4}, kill},
		{"mount", [5]uint64{1, 2, 3, proc | unix.MS_BIND, 4}, kill},
		{"mount", [5]uint64{1, 2, 3, proc | unix.MS_MOVE, 4}, kill},
		{"mount", [5]uint64{1, 2, 3, proc | unix.MS_REMOUNT, 4}, kill},
		{"mount", [5]uint64{1, 2, 3, proc | unix.MS_REC | unix.MS_SHARED, 4}, kill},
		{"mount", [5]uint64{1, 2, 3, proc | 1<<40, 4}, kill},
		{"unshare", [5]uint64{unix.CLONE_NEWCGROUP}, allow},
		{"unshare", [5]uint64{unix.CLONE_NEWCGROUP | unix.CLONE_NEWUSER}, kill},
		{"unshare", [5]uint64{unix.CLONE_NEWUSER}, kill},
		{"unshare", [5]uint64{unix.CLONE_NEWNS}, kill},
		{"unshare", [5]uint64{0}, kill},
		{"unshare", [5]uint64{unix.CLONE_NEWCGROUP | 1<<32}, kill},
		{"sched_setaffinity", [5]uint64{0, 8, 2}, allow},
		{"sched_setaffinity", [5]uint64{1, 8, 2}, pretend},
		{"clone3", [5]uint64{1, 2}, allow},
		{"pidfd_open", [5]uint64{1}, allow},
		{"setns", [5]uint64{1, unix.CLONE_NEWUSER}, kill},
		{"umount2", [5]uint64{1}, kill},
		{"chroot", [5]uint64{1}, kill},
		{"ptrace", [5]uint64{1}, kill},
		{"clone", [5]uint64{unix.CLONE_NEWUSER}, kill},
		{"kill", [5]uint64{1, 9}, fails(unix.ESRCH)},
		{"setxattr", [5]uint64{1}, fails(unix.ENOSYS)},
	}
	for _, row := range rows {
		arguments := [6]uint64{5: testPermit}
		copy(arguments[:], row.arguments[:])
		got := evaluate(t, program, makeData(unix.AUDIT_ARCH_X86_64, numberIn(t, row.name), arguments))
		if got != uint32(row.want) {
			t.Errorf("%s with %x: got %#x, expected %#x", row.name, arguments, got, row.want)
		}
	}
}

// TestFileOwnersCannotAskForResidentPages: the kernel tells only the owner of a file which of its
// pages are in memory.
func TestFileOwnersCannotAskForResidentPages(t *testing.T) {
	for owns, want := range map[bool]reply{false: allow, true: fails(unix.ENOSYS)} {
		made, err := Config{OneUser: owns}.Program()
		if err != nil {
			t.Fatal(err)
		}
		call := makeData(unix.AUDIT_ARCH_X86_64, numberIn(t, "mincore"), [6]uint64{})
		if got := evaluate(t, decode(made), call); got != uint32(want) {
			t.Errorf("owner %v: got %#x, expected %#x", owns, got, want)
		}
	}
}

// TestOneUserCannotEnlargePipes: the kernel counts the pages of the pipes of all jails together.
func TestOneUserCannotEnlargePipes(t *testing.T) {
	for oneUser, want := range map[bool]reply{false: allow, true: fails(unix.EPERM)} {
		made, err := Config{OneUser: oneUser}.Program()
		if err != nil {
			t.Fatal(err)
		}
		call := makeData(unix.AUDIT_ARCH_X86_64, numberIn(t, "fcntl"), [6]uint64{3, unix.F_SETPIPE_SZ, 1 << 20})
		if got := evaluate(t, decode(made), call); got != uint32(want) {
			t.Errorf("one user %v: got %#x, expected %#x", oneUser, got, want)
		}
	}
}
