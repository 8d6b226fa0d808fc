package cores

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestTheJudgeStaysOffTestsAndTheirSiblings(t *testing.T) {
	sys := t.TempDir()
	for cpu, list := range []string{"0,2", "1,3", "0,2", "1,3"} {
		topology(t, filepath.Join(sys, "cpu"+strconv.Itoa(cpu), "topology", "thread_siblings_list"), list+"\n")
	}
	rows := []struct{ cpus, cores, want []int }{
		{[]int{0, 1, 2, 3}, []int{0, 1}, nil},
		{[]int{0, 1, 2, 3}, []int{1}, []int{0, 2}},
		{[]int{0, 1, 2, 3}, []int{2}, []int{1, 3}},
		{[]int{5, 6}, []int{6}, []int{5}}, // nothing known of them
		{[]int{0}, []int{0}, nil},
	}
	for _, row := range rows {
		if got := othersThan(sys, row.cpus, row.cores); !slices.Equal(got, row.want) {
			t.Errorf("of %v, with tests on %v: %v, want %v", row.cpus, row.cores, got, row.want)
		}
	}
}

func TestExclusiveCoresTakeTheirSiblingsAndLeaveOne(t *testing.T) {
	sys := t.TempDir()
	for cpu, list := range []string{"0,2", "1,3", "0,2", "1,3"} {
		topology(t, filepath.Join(sys, "cpu"+strconv.Itoa(cpu), "topology", "thread_siblings_list"), list+"\n")
	}
	rows := []struct{ cpus, cores, want []int }{
		{[]int{0, 1, 2, 3}, []int{1}, []int{1, 3}},
		{[]int{0, 1, 2, 3}, []int{2}, []int{0, 2}},
		{[]int{0, 1, 2, 3}, []int{3, 1}, []int{1, 3}},
		{[]int{5, 6}, []int{6}, []int{6}}, // nothing known of them
		{[]int{0, 1, 2, 3}, []int{0, 1}, nil},
		{[]int{0}, []int{0}, nil},
	}
	for _, row := range rows {
		got, err := exclusive(sys, row.cpus, row.cores)
		if !slices.Equal(got, row.want) || (err != nil) != (row.want == nil) {
			t.Errorf("of %v, with tests on %v: %v, %v, want %v", row.cpus, row.cores, got, err, row.want)
		}
	}
}

func TestEveryThreadLeavesTheTestCores(t *testing.T) {
	cpus, err := usable()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := pinThreads(cpus); err != nil {
			t.Error(err)
		}
	})
	one := cpus[:1]
	if err := pinThreads(one); err != nil {
		t.Fatal(err)
	}
	threads, err := filepath.Glob("/proc/self/task/*/status")
	if err != nil || len(threads) == 0 {
		t.Fatal(threads, err)
	}
	for _, path := range threads {
		status, err := os.ReadFile(path)
		if err == nil && !strings.Contains(string(status), "Cpus_allowed_list:\t"+strconv.Itoa(one[0])+"\n") {
			t.Errorf("%s: not on core %d alone", path, one[0])
		}
	}
}

// topology writes one of the kernel's files, and creates the directories above it.
func topology(t *testing.T, path, text string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}
