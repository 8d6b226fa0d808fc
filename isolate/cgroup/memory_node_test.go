package cgroup

import (
	"os"
	"path/filepath"
	"testing"
)

func TestMemoryNodeOfCore(t *testing.T) {
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
