package seccomp

import "testing"

func TestProgramIsShortEnoughForTheKernel(t *testing.T) {
	program, err := Config{Permit: testPermit}.Program()
	if err != nil {
		t.Fatal(err)
	}
	const size, most = 8, 4096 // struct sock_filter; BPF_MAXINSNS
	if n := len(program) / size; len(program)%size != 0 || n == 0 || n > most {
		t.Errorf("the filter has %d bytes, %d instructions; the kernel takes 1 to %d", len(program), n, most)
	}
}

func TestEveryCallIsNamedOnce(t *testing.T) {
	seen := map[string]string{}
	for _, list := range [][]group{allowed[:], pretended[:], killed[:]} {
		for _, g := range list {
			for _, name := range g.names {
				if before, twice := seen[name]; twice {
					t.Errorf("%s stands under %q and under %q", name, before, g.reason)
				}
				seen[name] = g.reason
			}
		}
	}
	for _, c := range (Config{Permit: testPermit}).choices() {
		if reason, twice := seen[c.name]; twice {
			t.Errorf("%s is a choice, but stands under %q as well", c.name, reason)
		}
		seen[c.name] = "choices"
	}
	for _, r := range restricted() {
		if reason, twice := seen[r.name]; twice {
			t.Errorf("%s is restricted by its arguments, but stands under %q as well", r.name, reason)
		}
	}
}
