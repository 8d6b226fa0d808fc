package seccomp

import "golang.org/x/sys/unix"

// choice is a system call whose arguments decide, row by row: the first row that matches determines
// the reply.
//
// Rules of libseccomp have no order. And of an argument of type int, of which the kernel reads 32
// bits, they cannot express "any value but this": 1|1<<32 would pass where 1 is refused. So these
// calls have their own instructions.
type choice struct {
	name      string
	rows      []row
	otherwise reply
}

// row is the reply if all conditions are met.
type row struct {
	reply reply
	when  []match
}

// match compares the bits of mask of an argument: they must equal one of the values.
type match struct {
	argument int
	mask     uint64
	values   []uint64 // one, unless the mask covers the low half alone
}

// reply is what the filter returns to the kernel, seccomp(2).
type reply uint32

const (
	allow   reply = unix.SECCOMP_RET_ALLOW
	kill    reply = unix.SECCOMP_RET_KILL_PROCESS
	pretend reply = unix.SECCOMP_RET_ERRNO // the call succeeds and does nothing
)

func fails(errno unix.Errno) reply { return unix.SECCOMP_RET_ERRNO | reply(errno) }

// integer matches an argument of type int that is one of the values. The kernel ignores the other
// half.
func integer(argument int, values ...uint64) match { return match{argument, 1<<32 - 1, values} }

// bits matches some bits of an argument.
func bits(argument int, mask, value uint64) match { return match{argument, mask, []uint64{value}} }

// exactly matches a whole argument, such as a pointer.
func exactly(argument int, value uint64) match { return match{argument, 1<<64 - 1, []uint64{value}} }

func (r reply) instruction() unix.SockFilter { return unix.SockFilter{Code: answer, K: uint32(r)} }

// comparison is of one half of an argument: a filter can load no more at once.
type comparison struct {
	offset, mask uint32
	values       []uint32
}

func (r row) comparisons() []comparison {
	var all []comparison
	for _, m := range r.when {
		for half := range uint32(2) { // the low one first: x86-64 is little-endian
			c := comparison{offset: offsetArgs + 8*uint32(m.argument) + 4*half, mask: uint32(m.mask >> (32 * half))}
			for _, value := range m.values {
				c.values = append(c.values, uint32(value>>(32*half)))
			}
			if c.mask != 0 {
				all = append(all, c)
			}
		}
	}
	return all
}

// instructions returns a filter for this call alone.
func (c choice) instructions() []unix.SockFilter {
	const nothing, all = 0, 1<<32 - 1 // offset 0 is the number
	var program []unix.SockFilter
	loaded := uint32(nothing)
	for _, r := range c.rows {
		var last []int // the last comparisons of a list of values: if none is equal, try the next row
		comparisons := r.comparisons()
		for _, compared := range comparisons {
			if loaded != compared.offset {
				program = append(program, unix.SockFilter{Code: load, K: compared.offset})
			}
			loaded = compared.offset
			if compared.mask != all {
				program = append(program, unix.SockFilter{Code: mask, K: compared.mask})
				loaded = nothing
			}
			for i, value := range compared.values {
				others := len(compared.values) - i - 1
				program = append(program, unix.SockFilter{Code: equals, Jt: uint8(others), K: value})
			}
			last = append(last, len(program)-1)
		}
		program = append(program, r.reply.instruction())
		for _, at := range last {
			program[at].Jf = uint8(len(program) - at - 1)
		}
		if len(comparisons) != 1 { // the loaded half depends on which of them failed
			loaded = nothing
		}
	}
	return append(program, c.otherwise.instruction())
}
