package jailer

import (
	"encoding/binary"
	"fmt"
	"syscall"
)

// The layouts of wire.h, in host byte order.

// The bounds of wire.h.
const (
	wireVersion      = 6
	wireMounts       = 200
	wireTarget       = 192
	wireOptions      = 96
	wireInstructions = 4096
	wireStrings      = 96 * 1024
	wirePointers     = 1024
	wireCgroups      = 8
)

type wireSetup struct {
	wireSetupHead
	Options [wireOptions]byte
	Staged  [wireMounts]uint8
	Targets [wireMounts][wireTarget]byte
}

type wireSetupHead struct {
	Version, Mounts           uint32
	UserNamespace, KeepGroups uint32
	OpenFiles, _              uint32
}

type wireFilter struct {
	wireFilterHead
	Instructions [8 * wireInstructions]byte
}

type wireFilterHead struct {
	Count, _ uint32
	Permit   uint64
}

type wirePrepare struct {
	Cgroups, UID, CPU, Born uint32
}

type wireExec struct {
	Stack, FileSize       uint64
	Offset                int64
	Args, Envs, Length, _ uint32
}

type wireReply struct {
	Step  uint32
	Error int32
}

type wireEnd struct {
	Status      int32
	_           uint32
	Nanoseconds uint64

	Ran, Waited, Late uint64
}

// The sizes of the answers.
const (
	sizeReply = 8
	sizeEnd   = 40
)

func flag(on bool) uint32 {
	if on {
		return 1
	}
	return 0
}

// The two large messages are assembled by hand: package binary looks at each byte of an array
// separately, which takes a millisecond.

func (s *wireSetup) encode() []byte {
	message := append(append(encode(s.wireSetupHead), s.Options[:]...), s.Staged[:]...)
	for i := range s.Targets {
		message = append(message, s.Targets[i][:]...)
	}
	return message
}

func (f *wireFilter) encode() []byte { return append(encode(f.wireFilterHead), f.Instructions[:]...) }

// encode returns the bytes of a small message.
func encode(message any) []byte {
	data, err := binary.Append(nil, binary.NativeEndian, message)
	if err != nil { // only for types without a fixed size, and there is none above
		return nil
	}
	return data
}

// decode parses an answer.
func decode[T wireReply | wireEnd](message []byte) (answer T, err error) {
	if n, err := binary.Decode(message, binary.NativeEndian, &answer); err != nil || n != len(message) {
		return answer, fmt.Errorf("the jailer sent %d bytes", len(message))
	}
	return answer, nil
}

// steps describe the values of enum step.
var steps = [...]string{
	"", "receive a message", "enter new namespaces (unshare)", "set the host name", "make mounts private",
	"attach the root", "attach a mount", "keep /proc visible", "pivot the root", "drop the bounding set",
	"set resource limits", "forbid huge pages", "join a new keyring", "load the system call filter",
	"clone the jail's init", "tie the jail to its jailer", "mount the scratch tmpfs", "mount /proc",
	"open a pidfd of the jail's init", "open the working directory", "start the program's process",
	"attach to the cgroup", "pin to a core", "enter a cgroup namespace",
	"start a session", "drop credentials", "place descriptors", "set the program's limits",
	"enter the working directory", "exec the program",
}

const (
	stepExec      = uint32(len(steps) - 1)
	stepDirectory = stepExec - 1
)

// StepError is the step of making a jail that the kernel refused.
type StepError struct {
	Step  string
	Errno syscall.Errno
}

// Error names the step and the errno.
func (e *StepError) Error() string { return e.Step + ": " + e.Errno.Error() }

// Unwrap returns the errno.
func (e *StepError) Unwrap() error { return e.Errno }

func (r wireReply) err() error {
	if r.Step == 0 {
		return nil
	}
	if int(r.Step) >= len(steps) {
		return fmt.Errorf("the jailer sent an unknown step: %d", r.Step)
	}
	return &StepError{steps[r.Step], syscall.Errno(r.Error)}
}
