package isolate

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"

	"judge/isolate/jailer"
	"judge/isolate/quick"
)

// Lack is one thing that the host does not give: what, why it is needed, and the exact fix.
type Lack struct{ What, Why, Fix string }

// LackError says that this host cannot give the isolation that was asked for.
type LackError struct{ Lacks []Lack }

func (e *LackError) Error() string { return strings.Join(e.Lines(), "\n") }

// Lines returns the lines of Error: of each thing that is lacking what and why, and the fix.
func (e *LackError) Lines() []string {
	var lines []string
	for _, l := range e.Lacks {
		what := l.What + ": "
		if l.What == aJail || strings.Contains(l.Why, l.What) {
			what = ""
		}
		lines = append(lines, "cannot create a jail: "+what+l.Why, "hint: "+l.Fix)
	}
	return lines
}

// aJail is what is lacking where only making one shows it.
const aJail = "a jail"

// MoreFiles is what to do about an error of which OutOfFiles is true.
const MoreFiles = "allow more open files: ulimit -n 4096"

// OutOfFiles reports whether this process, or the host, had no descriptors left.
func OutOfFiles(err error) bool {
	return errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE)
}

// SharedUserError is a failure that another program of the same user may have caused.
type SharedUserError struct{ Err error }

func (e *SharedUserError) Error() string {
	return e.Err.Error() + ": with isolation " + OneUser.String() + " all programs run as one user, and one of them " +
		"may have used up what the kernel counts per user " +
		"(descriptors in flight, pages of pipes, pending signals, epoll watches): " + e.Fix()
}

// Fix is what the user can do.
func (e *SharedUserError) Fix() string {
	return "end this user's other programs, or run as root or with subordinate ids"
}

// Unwrap gives the cause.
func (e *SharedUserError) Unwrap() error { return e.Err }

// usedUp are what the kernel says when a count of a user is full. ENOSPC is not among them: it has other causes, too.
var usedUp = [...]error{syscall.ETOOMANYREFS, syscall.EAGAIN, syscall.EDQUOT, quick.ErrCut, jailer.ErrGone}

// sharing names the level OneUser as the cause of an error, where that can be the cause; nil: it cannot.
func sharing(err error) error {
	for _, full := range usedUp {
		if errors.Is(err, full) {
			return &SharedUserError{err}
		}
	}
	return nil
}

// noFilter says why the system call filter could not be built.
func noFilter(err error) error {
	fix := "install libseccomp 2.5 or newer"
	if OutOfFiles(err) {
		fix = MoreFiles
	}
	return &LackError{[]Lack{{"seccomp", err.Error(), fix}}}
}

// lackOf turns the kernel's refusal of a user namespace or of a first jail into words about the host; other errors stay as
// they are.
func lackOf(err error) error {
	var errno syscall.Errno
	if err == nil || !errors.As(err, &errno) || errors.As(err, new(*LackError)) || errors.Is(err, jailer.ErrGone) {
		return err
	}
	what, fix := aJail, "use Linux 5.12 or newer with namespaces, seccomp and control groups enabled"
	var step *jailer.StepError
	if errors.As(err, &step) {
		what = step.Step
	}
	switch errno {
	case syscall.EINVAL:
		if rootIsNoMount() {
			return &LackError{[]Lack{noMount()}}
		}
	case syscall.EPERM, syscall.EACCES:
		fix = cmp.Or(refusingSetting(os.DirFS("/")), privilegedFix)
	case syscall.ENOSPC, syscall.EUSERS:
		fix = cmp.Or(refusingSetting(os.DirFS("/")), "raise the limits of namespaces in /proc/sys/user")
	case syscall.ENOEXEC:
		what, fix = "users for the jails", "see what newuidmap says above, and /etc/subuid and /etc/subgid"
	case syscall.ENOMEM:
		fix = "free memory"
	case syscall.EMFILE, syscall.ENFILE:
		fix = MoreFiles
	case syscall.EAGAIN:
		fix = "allow more processes: ulimit -u, or pids.max of the control group that the judge is in"
	}
	return &LackError{[]Lack{{what, err.Error(), fix}}}
}

// privilegedFix is for whoever is refused without a setting that refuses: most often root in a container.
const privilegedFix = "run it as root with all capabilities; " +
	"in a container, run that privileged, as with docker run --privileged"

// rootIsNoMount reports whether / is a plain directory, as in a chroot that nobody has bound: mounts cannot be
// made private there, see mount_namespaces(7).
func rootIsNoMount() bool {
	var st unix.Statx_t
	err := unix.Statx(unix.AT_FDCWD, "/", 0, 0, &st)
	return err == nil && st.Attributes_mask&unix.STATX_ATTR_MOUNT_ROOT != 0 &&
		st.Attributes&unix.STATX_ATTR_MOUNT_ROOT == 0
}

func noMount() Lack {
	return Lack{"/", "/ is not a mount point", "bind the chroot onto itself: mount --bind ROOT ROOT"}
}

// withoutCapabilities puts one fix in place of those of a host: who is root and may not make jails is in a
// container most often, and nothing that is done in it helps.
func withoutCapabilities(err error) error {
	var lack *LackError
	if os.Geteuid() != 0 || !errors.As(err, &lack) {
		return err
	}
	var why []string
	for _, l := range lack.Lacks {
		why = append(why, l.What+": "+l.Why)
	}
	return &LackError{[]Lack{{"root without capabilities", strings.Join(why, "; "), privilegedFix}}}
}

// settings refuse user namespaces to ordinary users when they have this value. They are looked at to name the one to
// change, after the kernel has refused.
var settings = [...]struct{ path, refuses, fix string }{
	{"proc/sys/user/max_user_namespaces", "0", "sudo sysctl -w user.max_user_namespaces=15000"},
	{"proc/sys/kernel/unprivileged_userns_clone", "0", "sudo sysctl -w kernel.unprivileged_userns_clone=1"},
	{"proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1", "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"},
}

// refusingSetting returns the fix for the first setting that refuses, "" without one.
func refusingSetting(root fs.FS) string {
	for _, s := range settings {
		value, err := fs.ReadFile(root, s.path)
		if err == nil && strings.TrimSpace(string(value)) == s.refuses {
			return s.fix + ", or run as root"
		}
	}
	return ""
}
