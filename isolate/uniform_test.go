package isolate

import (
	"bytes"
	"context"
	"strconv"
	"testing"
)

// TestProgramsHaveOneCoreAndNoHugePages reads what the kernel reports of a jailed process.
func TestProgramsHaveOneCoreAndNoHugePages(t *testing.T) {
	pool := openPool(t)
	for _, cpu := range pool.cores {
		for status, want := range map[string]string{"Cpus_allowed_list": strconv.Itoa(cpu), "THP_enabled": "0"} {
			var out bytes.Buffer
			outcome, err := pool.Run(context.Background(), Command{
				Root: hostRoot(), Args: []string{"/usr/bin/sed", "-n", "s/^" + status + ":\\t//p", "/proc/self/status"}, Stdout: &out, Core: OnCore(cpu),
			})
			if err != nil || describe(outcome) != "Exited 0" || out.String() != want+"\n" {
				t.Errorf("core %d: %s is %q, want %s (%v, %s)", cpu, status, out.String(), want, err, describe(outcome))
			}
		}
	}
}
