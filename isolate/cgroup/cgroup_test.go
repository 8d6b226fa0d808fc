package cgroup

import (
	"os"
	"path/filepath"
	"testing"
)

func TestKernelUsesV1(t *testing.T) {
	for text, want := range map[string]bool{
		"#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpuset\t5\t31\t1\nmemory\t0\t1\t1\n": true,
		"#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpuset\t0\t31\t1\n":                  false,
		"": false,
	} {
		path := filepath.Join(t.TempDir(), "cgroups")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := kernelUsesV1(path); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}
