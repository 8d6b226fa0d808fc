package isolate

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// TestEveryProgramHasTheSameMachine looks at what the kernel says of a jailed process: its core, and no huge pages.
func TestEveryProgramHasTheSameMachine(t *testing.T) {
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

func TestTheMemoryNodeOfACoreIsFound(t *testing.T) {
	sys := t.TempDir()
	for _, dir := range []string{"cpu0/node0", "cpu3/topology", "cpu3/node12", "cpu4/nodes"} {
		if err := os.MkdirAll(filepath.Join(sys, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for cpu, want := range map[int]string{0: "0", 3: "12", 4: "", 9: ""} {
		if node, ok := memoryNode(sys, cpu); node != want || ok != (want != "") {
			t.Errorf("cpu %d: node %q, %v; want %q", cpu, node, ok, want)
		}
	}
}
