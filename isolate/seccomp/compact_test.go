package seccomp

import (
	"math/rand/v2"
	"slices"
	"testing"

	lib "github.com/seccomp/libseccomp-golang"
	"golang.org/x/sys/unix"
)

// data is struct seccomp_data as a filter sees it, in units of 32 bits.
type data [16]uint32

func makeData(arch, number uint32, arguments [6]uint64) data {
	d := data{number, arch}
	for i, a := range arguments {
		d[4+2*i], d[5+2*i] = uint32(a), uint32(a>>32)
	}
	return d
}

// evaluate executes a filter as the kernel does; see bpf(4) of the BSDs and
// Documentation/networking/filter.rst.
func evaluate(t *testing.T, program []unix.SockFilter, d data) uint32 {
	t.Helper()
	var accumulator uint32
	for at := 0; at < len(program); at++ {
		i := program[at]
		taken := false
		switch i.Code {
		case unix.BPF_LD | unix.BPF_W | unix.BPF_ABS:
			accumulator = d[i.K/4]
			continue
		case unix.BPF_ALU | unix.BPF_AND | unix.BPF_K:
			accumulator &= i.K
			continue
		case unix.BPF_JMP | unix.BPF_JA:
			at += int(i.K)
			continue
		case unix.BPF_RET | unix.BPF_K:
			return i.K
		case unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K:
			taken = accumulator == i.K
		case unix.BPF_JMP | unix.BPF_JGT | unix.BPF_K:
			taken = accumulator > i.K
		case unix.BPF_JMP | unix.BPF_JGE | unix.BPF_K:
			taken = accumulator >= i.K
		default:
			t.Fatalf("instruction %d is %+v", at, i)
		}
		if taken {
			at += int(i.Jt)
		} else {
			at += int(i.Jf)
		}
	}
	t.Fatal("the filter does not end")
	return 0
}

// original returns libseccomp's filter of all rules that it can express.
func original(t *testing.T) []unix.SockFilter {
	t.Helper()
	rules := restricted()
	for _, list := range []struct {
		groups []group
		action lib.ScmpAction
	}{{allowed[:], lib.ActAllow}, {pretended[:], lib.ActErrno.SetReturnCode(0)}, {killed[:], lib.ActKillProcess}} {
		for _, g := range list.groups {
			for _, name := range g.names {
				rules = append(rules, rule{name: name, action: list.action})
			}
		}
	}
	filter, err := build(rules)
	if err != nil {
		t.Fatal(err)
	}
	return filter
}

// testPermit has two different halves.
const testPermit = 0x0123456789abcdef

func TestCompactFilterAgreesWithLibseccomp(t *testing.T) {
	long := original(t)
	rules, err := build(restricted())
	if err != nil {
		t.Fatal(err)
	}
	if same, err := addAll(rules, nil); err != nil || len(same) > len(long)*2/3 {
		t.Errorf("%d instructions of %d are left, %v", len(same), len(long), err)
	}
	short := programOf(t)
	t.Logf("%d instructions", len(short))
	// Every value that is compared with anything, its neighbours, and its bits in the other half of
	// an argument.
	interesting := []uint64{testPermit, testPermit ^ 1, testPermit ^ 1<<63, 0, 1, 1 << 31, 1 << 32, 1<<64 - 1}
	for _, i := range long {
		k := uint64(i.K)
		interesting = append(interesting, k, k+1, k-1, k<<32, k|1<<32, uint64(^i.K))
	}
	slices.Sort(interesting)
	interesting = slices.Compact(interesting)

	chosen := map[uint32]bool{} // they have a separate test
	for _, c := range (Config{Permit: testPermit}).choices() {
		chosen[numberIn(t, c.name)] = true
	}
	check := func(arch, number uint32, arguments [6]uint64) {
		if arch == unix.AUDIT_ARCH_X86_64 && chosen[number] {
			return
		}
		d := makeData(arch, number, arguments)
		if want, got := evaluate(t, long, d), evaluate(t, short, d); want != got {
			t.Fatalf("call %d of %#x with %x: %#x, want %#x", number, arch, arguments, got, want)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	pick := func() uint64 { return interesting[random.IntN(len(interesting))] }
	for _, arch := range []uint32{unix.AUDIT_ARCH_X86_64, unix.AUDIT_ARCH_I386, unix.AUDIT_ARCH_AARCH64, 0, 1<<32 - 1} {
		for _, base := range []uint32{0, 1 << 30, 1<<31 - 300, 1<<32 - 600} { // x32's numbers begin at 1<<30
			for number := range uint32(600) {
				for range 40 {
					check(arch, base+number, [6]uint64{pick(), pick(), pick(), pick(), pick(), pick()})
				}
			}
		}
	}
	for number := range uint32(500) {
		for argument := range 6 {
			for _, value := range interesting {
				arguments := [6]uint64{}
				arguments[argument] = value
				check(unix.AUDIT_ARCH_X86_64, number, arguments)
			}
		}
	}
}

func TestCompactRefusesUnknownFilters(t *testing.T) {
	good := original(t)
	for name, spoil := range map[string]func([]unix.SockFilter) []unix.SockFilter{
		"empty":               func(p []unix.SockFilter) []unix.SockFilter { return nil },
		"cut":                 func(p []unix.SockFilter) []unix.SockFilter { return p[:len(p)/2] },
		"no architecture":     func(p []unix.SockFilter) []unix.SockFilter { return p[2:] },
		"another instruction": func(p []unix.SockFilter) []unix.SockFilter { p[len(p)/3].Code = unix.BPF_STX; return p },
		"a jump out": func(p []unix.SockFilter) []unix.SockFilter {
			p[2].Code, p[2].K = unix.BPF_JMP|unix.BPF_JA, 1<<20
			return p
		},
	} {
		if short, err := compact(spoil(slices.Clone(good)), nil); err == nil {
			t.Errorf("%s: got %d instructions, expected an error", name, len(short))
		}
	}
}

// FuzzCompact compares filters with the compact versions of them.
func FuzzCompact(f *testing.F) {
	f.Add([]byte{}, uint32(1), uint64(2))
	f.Fuzz(func(t *testing.T, code []byte, number uint32, argument uint64) {
		long := append([]unix.SockFilter{
			{Code: load, K: offsetArch}, {Code: equals, K: unix.AUDIT_ARCH_X86_64, Jf: 1}, {Code: always, K: 1},
			{Code: answer, K: unix.SECCOMP_RET_KILL_PROCESS}, {Code: load, K: offsetNumber},
		}, decode(code)...)
		for i := range long[5:] {
			in := &long[5+i]
			in.Code = [...]uint16{load, mask, always, equals, above, least, answer}[in.Code%7]
			if in.Code == load {
				in.K = offsetArgs + in.K%12*4
			}
			if in.Code == always {
				in.K %= 64
			}
		}
		long = append(long, slices.Repeat([]unix.SockFilter{{Code: answer, K: unix.SECCOMP_RET_ALLOW}}, 300)...)
		short, err := compact(long, nil)
		if err != nil {
			return
		}
		d := makeData(unix.AUDIT_ARCH_X86_64, number, [6]uint64{argument, argument, argument, argument, argument, argument})
		if want, got := evaluate(t, long, d), evaluate(t, short, d); want != got {
			t.Errorf("%#x, want %#x", got, want)
		}
	})
}
