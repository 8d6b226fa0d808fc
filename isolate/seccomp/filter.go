// Package seccomp builds the system call filter of the jails: an allow-list, compiled to BPF by
// libseccomp.
//
//	program, err := seccomp.Config{Permit: permit}.Program()
//
// policy.go lists the calls that are allowed, pretended or killed whatever their arguments;
// restricted.go and choices.go those whose arguments decide. All other calls return ENOSYS, as on
// an older kernel.
package seccomp

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	lib "github.com/seccomp/libseccomp-golang"
	"golang.org/x/sys/unix"
)

// Config is the input of a filter.
type Config struct {
	Permit uint64 // for jailers, which the filter applies to as well: see makings
	// OneUser says that programs run as the user who runs the judge: they may own files that
	// several jails see, and share what the kernel counts for that user.
	OneUser bool
}

// Library returns the version of libseccomp that builds the filters, such as 2.5.4.
func Library() string {
	major, minor, micro := lib.GetLibraryVersion()
	return fmt.Sprintf("%d.%d.%d", major, minor, micro)
}

// Program returns the filter for this machine's architecture as an array of struct sock_filter.
// Calls of another ABI (i386, x32) kill the process.
func (c Config) Program() ([]byte, error) {
	program, err := build(restricted())
	if err == nil {
		program, err = addAll(program, c.choices())
	}
	if err != nil {
		return nil, fmt.Errorf("build the system call filter: %w", err)
	}
	return encode(program), nil
}

// addAll adds the calls whose arguments do not matter, and the choices. They would be most of the
// rules of libseccomp, which takes longer to add a rule the more there are.
func addAll(program []unix.SockFilter, choices []choice) ([]unix.SockFilter, error) {
	answers := map[uint32][]unix.SockFilter{}
	add := func(name string, instructions []unix.SockFilter) error {
		call, known, err := numberOf(name)
		if known {
			answers[uint32(call)] = instructions
		}
		return err
	}
	for _, list := range []struct {
		groups []group
		answer reply
	}{{allowed[:], allow}, {pretended[:], pretend}, {killed[:], kill}} {
		for _, g := range list.groups {
			for _, name := range g.names {
				if err := add(name, []unix.SockFilter{list.answer.instruction()}); err != nil {
					return nil, err
				}
			}
		}
	}
	for _, c := range choices {
		if err := add(c.name, c.instructions()); err != nil {
			return nil, err
		}
	}
	return compact(program, answers)
}

// instructionSize is the size of struct sock_filter in bytes.
const instructionSize = 8

func decode(exported []byte) []unix.SockFilter {
	program := make([]unix.SockFilter, len(exported)/instructionSize)
	for i := range program {
		b := exported[i*instructionSize:]
		program[i] = unix.SockFilter{
			Code: binary.NativeEndian.Uint16(b), Jt: b[2], Jf: b[3], K: binary.NativeEndian.Uint32(b[4:]),
		}
	}
	return program
}

func encode(program []unix.SockFilter) []byte {
	var all []byte
	for _, i := range program {
		all = binary.NativeEndian.AppendUint16(all, i.Code)
		all = append(all, i.Jt, i.Jf)
		all = binary.NativeEndian.AppendUint32(all, i.K)
	}
	return all
}

// build lets libseccomp make a filter of rules.
func build(rules []rule) ([]unix.SockFilter, error) {
	filter, err := lib.NewFilter(lib.ActErrno.SetReturnCode(int16(unix.ENOSYS)))
	if err != nil {
		return nil, err
	}
	defer filter.Release()
	if err := fill(filter, rules); err != nil {
		return nil, err
	}
	exported, err := export(filter)
	return decode(exported), err
}

func fill(filter *lib.ScmpFilter, rules []rule) error {
	if err := filter.SetBadArchAction(lib.ActKillProcess); err != nil {
		return err
	}
	// A binary tree over the numbers instead of a list: compact expects it.
	if err := filter.SetOptimize(2); err != nil {
		return err
	}
	for _, r := range rules {
		if err := add(filter, r); err != nil {
			return err
		}
	}
	return nil
}

// numberOf returns a call's number. known is false for one that this libseccomp or this
// architecture does not have; it returns ENOSYS, the default.
func numberOf(name string) (call lib.ScmpSyscall, known bool, err error) {
	call, err = lib.GetSyscallFromName(name)
	if errors.Is(err, lib.ErrSyscallDoesNotExist) || err == nil && call < 0 {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, fmt.Errorf("%s: %w", name, err)
	}
	return call, true, nil
}

func add(filter *lib.ScmpFilter, r rule) error {
	call, known, err := numberOf(r.name)
	if err != nil || !known {
		return err
	}
	if len(r.conditions) == 0 {
		err = filter.AddRule(call, r.action)
	} else {
		var conditions []lib.ScmpCondition
		if conditions, err = r.compile(); err == nil {
			err = filter.AddRuleConditional(call, r.action, conditions)
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", r.name, err)
	}
	return nil
}

func (r rule) compile() ([]lib.ScmpCondition, error) {
	var conditions []lib.ScmpCondition
	for _, c := range r.conditions {
		values := []uint64{c.first}
		if c.op == lib.CompareMaskedEqual {
			values = append(values, c.second)
		}
		condition, err := lib.MakeCondition(c.argument, c.op, values...)
		if err != nil {
			return nil, err
		}
		conditions = append(conditions, condition)
	}
	return conditions, nil
}

// export returns what libseccomp writes to a file, in memory.
func export(filter *lib.ScmpFilter) ([]byte, error) {
	fd, err := unix.MemfdCreate("filter", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, err
	}
	file := os.NewFile(uintptr(fd), "filter")
	defer file.Close()
	if err := filter.ExportBPF(file); err != nil {
		return nil, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return io.ReadAll(file)
}
