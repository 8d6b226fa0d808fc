package isolate

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// usableCores checks that this process may run on each of the CPU numbers; nil stands for all on which it may.
func usableCores(wanted []int) ([]int, error) {
	var set unix.CPUSet
	if err := unix.SchedGetaffinity(0, &set); err != nil {
		return nil, fmt.Errorf("ask for the usable cores: %w", err)
	}
	if len(wanted) > 0 {
		for _, cpu := range wanted {
			if !set.IsSet(cpu) {
				return nil, fmt.Errorf("core %d is not there or not given to this process", cpu)
			}
		}
		return wanted, nil
	}
	var cores []int
	for cpu := 0; len(cores) < set.Count(); cpu++ {
		if set.IsSet(cpu) {
			cores = append(cores, cpu)
		}
	}
	return cores, nil
}
