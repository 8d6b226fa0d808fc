package isolate

import (
	"errors"
	"strings"
	"syscall"

	"judge/isolate/jailer"
)

// Lack is one thing that the host does not give: what, why it is needed, and the exact fix.
type Lack struct{ What, Why, Fix string }

// LackError says that this host cannot give the isolation that was asked for.
type LackError struct{ Lacks []Lack }

func (e *LackError) Error() string {
	var b strings.Builder
	b.WriteString("this host cannot isolate programs:")
	for _, l := range e.Lacks {
		b.WriteString("\n  " + l.What + ": " + l.Why + "\n    fix: " + l.Fix)
	}
	return b.String()
}

// lackOf turns the kernel's refusal of a first jail into words about the host; other errors stay as they are.
func lackOf(err error) error {
	var step *jailer.StepError
	if !errors.As(err, &step) {
		return err
	}
	fix := "use Linux 5.12 or newer with namespaces, seccomp and cgroups enabled"
	switch step.Errno {
	case syscall.EPERM, syscall.EACCES:
		fix = "run as root with all capabilities; in a container, run it privileged"
	case syscall.ENOSPC, syscall.EUSERS:
		fix = "raise the namespace limits in /proc/sys/user"
	case syscall.ENOMEM:
		fix = "free memory"
	}
	return &LackError{[]Lack{{step.Step, err.Error(), fix}}}
}
