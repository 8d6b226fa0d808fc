package isolate

import (
	"errors"
	"os"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"

	"judge/isolate/jailer"
	"judge/isolate/lack"
	"judge/isolate/quick"
)

// SharedUserError is a failure that another program of the same user may have caused.
type SharedUserError struct{ Err error }

// Error names the cause, the level and the fix.
func (e *SharedUserError) Error() string {
	return e.Err.Error() + ": with isolation " + OneUser.String() + " all programs run as one user, and one of them " +
		"may have used up what the kernel counts per user " +
		"(descriptors in flight, pages of pipes, pending signals, epoll watches): " + e.Fix()
}

// Fix returns what the user can do, in the imperative.
func (e *SharedUserError) Fix() string {
	return "end this user's other programs, or run as root or with subordinate ids"
}

// Unwrap returns the cause.
func (e *SharedUserError) Unwrap() error { return e.Err }

// usedUp are the errors when a per-user count of the kernel is full. ENOSPC is not among them,
// because it has other causes as well.
var usedUp = [...]error{syscall.ETOOMANYREFS, syscall.EAGAIN, syscall.EDQUOT, quick.ErrCut, jailer.ErrGone}

// sharing returns a *SharedUserError if the level OneUser may be the cause of an error, else nil.
func sharing(err error) error {
	for _, full := range usedUp {
		if errors.Is(err, full) {
			return &SharedUserError{err}
		}
	}
	return nil
}

// noFilter returns the error when the system call filter could not be built.
func noFilter(err error) error {
	fix := "install libseccomp 2.5 or newer"
	if lack.OutOfFiles(err) {
		fix = lack.MoreFiles
	}
	return lack.New("seccomp", err.Error(), fix)
}

// lackOf turns the kernel's refusal of a user namespace or of a first jail into a *LackError. It
// returns other errors unchanged.
func lackOf(err error) error {
	var errno syscall.Errno
	if err == nil || !errors.As(err, &errno) || errors.As(err, new(*LackError)) || errors.Is(err, jailer.ErrGone) {
		return err
	}
	what, fix := lack.Jail, "use Linux 5.12 or newer with namespaces, seccomp and control groups enabled"
	var step *jailer.StepError
	if errors.As(err, &step) {
		what = step.Step
	}
	switch errno {
	case syscall.EINVAL:
		if rootIsNoMount() {
			return &LackError{Lacks: []Lack{noMount()}}
		}
	case syscall.EPERM, syscall.EACCES:
		fix = settingOr(lack.Privileged)
	case syscall.ENOSPC, syscall.EUSERS:
		fix = settingOr("raise the limits on namespaces in /proc/sys/user")
	case syscall.ENOEXEC:
		what, fix = "users for the jails", "read the message of newuidmap above, and check /etc/subuid and /etc/subgid"
	case syscall.ENOMEM:
		fix = "free memory"
	case syscall.EMFILE, syscall.ENFILE:
		fix = lack.MoreFiles
	case syscall.EAGAIN:
		fix = "allow more processes: raise ulimit -u, or pids.max of the control group that the judge is in"
	}
	return lack.New(what, err.Error(), fix)
}

// settingOr returns the fix for a setting that refuses user namespaces, or other if none does.
func settingOr(other string) string {
	if s, refuses := lack.RefusingSetting(os.DirFS("/")); refuses {
		return "sudo " + s.Fix() + ", or run as root"
	}
	return other
}

// rootIsNoMount reports whether / is a plain directory, as in a chroot without a bind mount. Mounts
// cannot be made private there, see mount_namespaces(7).
func rootIsNoMount() bool {
	var st unix.Statx_t
	err := unix.Statx(unix.AT_FDCWD, "/", 0, 0, &st)
	return err == nil && st.Attributes_mask&unix.STATX_ATTR_MOUNT_ROOT != 0 &&
		st.Attributes&unix.STATX_ATTR_MOUNT_ROOT == 0
}

func noMount() Lack {
	return Lack{What: "/", Why: "/ is not a mount point", Fix: "bind the chroot onto itself: mount --bind ROOT ROOT"}
}

// withoutCapabilities replaces the fixes of an error by one for containers: root without the rights
// to make jails is most often in a container, where no fix for a host helps.
func withoutCapabilities(err error) error {
	var many *LackError
	if os.Geteuid() != 0 || !errors.As(err, &many) {
		return err
	}
	var why []string
	for _, l := range many.Lacks {
		why = append(why, l.What+": "+l.Why)
	}
	return lack.New("root without capabilities", strings.Join(why, "; "), lack.Privileged)
}
