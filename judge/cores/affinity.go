package cores

import (
	"fmt"
	"os"
	"slices"
	"strconv"

	"golang.org/x/sys/unix"
)

// StepAside keeps this process off the cores that run tests, for good, and returns the CPU numbers that it is left
// with. Where there are none beside those cores it stays where it is and returns nil.
func StepAside(cores []int) ([]int, error) {
	cpus, err := usable()
	if err != nil {
		return nil, err
	}
	own := aside(sysCPU, cpus, cores)
	if own == nil {
		return nil, nil
	}
	return own, pinThreads(own)
}

// Exclusive returns the CPU numbers that tests on these cores have to themselves when nobody else may run there: the
// cores with their SMT siblings. It is an error when that leaves nothing for everybody else.
func Exclusive(cores []int) ([]int, error) {
	cpus, err := usable()
	if err != nil {
		return nil, err
	}
	return exclusive(sysCPU, cpus, cores)
}

func exclusive(sys string, cpus, cores []int) ([]int, error) {
	if aside(sys, cpus, cores) == nil {
		return nil, fmt.Errorf("cores %v are all that this process may use: the rest of the host needs one", cores)
	}
	own := slices.Clone(cores)
	for _, core := range cores {
		own = append(own, siblings(sys, core)...)
	}
	slices.Sort(own)
	return slices.Compact(own), nil
}

// aside are those of the CPU numbers that are neither among the cores nor their SMT siblings.
func aside(sys string, cpus, cores []int) []int {
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

// pinThreads gives all threads of this process those CPU numbers. A thread that is started meanwhile has those of the
// thread that starts it, so it goes on until it meets no new one.
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
			return fmt.Errorf("keep off the cores that run tests: %w", err)
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
			if err != nil && err != unix.ESRCH { // it has ended
				return fmt.Errorf("keep off the cores that run tests: %w", err)
			}
		}
	}
	return nil
}
