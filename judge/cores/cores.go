// Package cores lists the CPU cores, who uses them and how fast they are.
package cores

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// usable returns the CPU numbers that this process may run on, in ascending order.
func usable() ([]int, error) {
	var set unix.CPUSet
	if err := unix.SchedGetaffinity(0, &set); err != nil {
		return nil, fmt.Errorf("read the usable cores: %w", err)
	}
	var cpus []int
	for cpu := 0; len(cpus) < set.Count(); cpu++ {
		if set.IsSet(cpu) {
			cpus = append(cpus, cpu)
		}
	}
	return cpus, nil
}

// Default returns one CPU number for each physical core that this process may run on. SMT siblings stay idle,
// because two programs on one core slow each other down.
func Default() ([]int, error) {
	cpus, err := usable()
	if err != nil {
		return nil, err
	}
	return physical(sysCPU, cpus), nil
}

// sysCPU is the directory that describes the CPUs: kernel documentation, admin-guide/cputopology.
const sysCPU = "/sys/devices/system/cpu"

// physical drops the CPU numbers that share a core with an earlier one. If the kernel does not describe the
// topology, it drops none.
func physical(sys string, cpus []int) []int {
	var cores []int
	taken := map[int]bool{}
	for _, cpu := range cpus {
		if taken[cpu] {
			continue
		}
		cores = append(cores, cpu)
		for _, sibling := range siblings(sys, cpu) {
			taken[sibling] = true
		}
	}
	return cores
}

// siblings returns the CPU numbers that share the core of one, including itself; nil if the kernel does not list
// them.
func siblings(sys string, cpu int) []int {
	list, err := os.ReadFile(filepath.Join(sys, "cpu"+strconv.Itoa(cpu), "topology", "thread_siblings_list"))
	if err != nil {
		return nil
	}
	numbers, err := parseList(strings.TrimSpace(string(list)))
	if err != nil {
		return nil
	}
	return numbers
}

// Parse reads a list such as "1-3,5" and checks that this process may run on each.
func Parse(list string) ([]int, error) {
	cores, err := parseList(list)
	if err != nil {
		return nil, fmt.Errorf("cores %q: %w: write numbers and ranges, such as 1-3,5", list, err)
	}
	cpus, err := usable()
	if err != nil {
		return nil, err
	}
	for i, core := range cores {
		if !slices.Contains(cpus, core) {
			return nil, fmt.Errorf("cores %q: core %d is not available to this process, which may use %v",
				list, core, cpus)
		}
		if slices.Contains(cores[:i], core) {
			return nil, fmt.Errorf("cores %q: core %d is named twice", list, core)
		}
	}
	return cores, nil
}

// maxCPUs bounds a range: NR_CPUS of the largest kernel configuration.
const maxCPUs = 8192

// parseList reads the kernel's list format: "0-2,4".
func parseList(list string) ([]int, error) {
	var numbers []int
	for part := range strings.SplitSeq(list, ",") {
		first, last, isRange := strings.Cut(part, "-")
		if !isRange {
			last = first
		}
		from, err := strconv.ParseUint(first, 10, 31)
		if err != nil {
			return nil, fmt.Errorf("%q is not a core number", first)
		}
		to, err := strconv.ParseUint(last, 10, 31)
		if err != nil {
			return nil, fmt.Errorf("%q is not a core number", last)
		}
		if to < from || to >= maxCPUs {
			return nil, fmt.Errorf("%q is not a range of cores", part)
		}
		for n := from; n <= to; n++ {
			numbers = append(numbers, int(n))
		}
	}
	return numbers, nil
}
