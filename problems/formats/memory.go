package formats

import (
	"fmt"

	"judge/problems"
)

// plentyOfMemory is more than any contest grants: a limit above it is most likely a number in another unit.
const plentyOfMemory = 64 * 1024 * problems.MiB

// muchMemory returns a note on a memory limit that is most likely a mistake, or nil. dir is the problem's directory
// as the user would name it.
func muchMemory(p *problems.Problem, dir string) *problems.Error {
	limit := p.Limits.Memory
	if limit <= plentyOfMemory {
		return nil
	}
	mib := float64(limit) / float64(problems.MiB)
	file := Spec(p.Path)
	if file == "" {
		file = dir
	}
	return &problems.Error{
		File: file, Msg: fmt.Sprintf("the memory limit is %.4g GiB", mib/1024),
		Hint: fmt.Sprintf("did you mean %.4g MiB, which is %.0f KiB?", mib/1024, mib),
	}
}
