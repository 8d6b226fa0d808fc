package cores

import (
	"fmt"
	"os"
	"slices"
	"strconv"

	"golang.org/x/sys/unix"
)

// StepAside moves this process off the cores that run tests, permanently, and returns the CPU numbers that it may
// still use. If no others exist the process stays where it is, and StepAside returns nil.
func StepAside(cores []int) ([]int, error) {
	cpus, err := usable()
	if err != nil {
		return nil, err
	}
	own := othersThan(sysCPU, cpus, cores)
	if own == nil {
		return nil, nil
	}
	return own, pinThreads(own)
}

// Exclusive returns the CPU numbers that must be reserved so that no other process uses these cores: the cores
// with their SMT siblings. It is an error if that leaves nothing for other processes.
func Exclusive(cores []int) ([]int, error) {
	cpus, err := usable()
	if err != nil {
		return nil, err
	}
	return exclusive(sysCPU, cpus, cores)
}

func exclusive(sys string, cpus, cores []int) ([]int, error) {
	if othersThan(sys, cpus, cores) == nil {
		return nil, fmt.Errorf("cores %v are all usable cores, but other processes need one", cores)
	}
	own := slices.Clone(cores)
	for _, core := range cores {
		own = append(own, siblings(sys, core)...)
	}
	slices.Sort(own)
	return slices.Compact(own), nil
}

// othersThan returns the CPU numbers that are neither among the cores nor their SMT siblings.
func othersThan(sys string, cpus, cores []int) []int {
	taken := slices.Clone(cores)
	for _, core := range cores {
		taken = append(taken, siblings(sys, core)...)
	}
	var own []int
	for _, cpu := range cpus {
		if !slices.Contains(taken, cpu) {
			own = append(own, cpu)
		}
	}
	return own
}

// pinThreads sets the affinity of all threads of this process. A new thread inherits that of the thread that
// starts it, so pinThreads repeats until it finds no new one.
func pinThreads(cpus []int) error {
	var set unix.CPUSet
	for _, cpu := range cpus {
		set.Set(cpu)
	}
	pinned := map[string]bool{}
	for again := true; again; {
		again = false
		threads, err := os.ReadDir("/proc/self/task")
		if err != nil {
			return fmt.Errorf("move off the cores that run tests: %w", err)
		}
		for _, thread := range threads {
			if pinned[thread.Name()] {
				continue
			}
			pinned[thread.Name()], again = true, true
			id, err := strconv.Atoi(thread.Name())
			if err == nil {
				err = unix.SchedSetaffinity(id, &set)
			}
			if err != nil && err != unix.ESRCH { // the thread has ended
				return fmt.Errorf("move off the cores that run tests: %w", err)
			}
		}
	}
	return nil
}
