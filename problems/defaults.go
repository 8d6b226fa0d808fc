package problems

import "time"

// PlentyOfOutput is the output limit for formats without one, such as those of Polygon, CMS and DMOJ.
const PlentyOfOutput = 64 * MiB

// PlentyOfValidation is the output limit of a problem's own programs where the problem states none. It is generous: an
// interactor writes all that a submission reads, and nobody should reach a limit that they did not set.
const PlentyOfValidation = 256 * MiB

// PlentyOfGeneration is the output limit of generators, and of the model solution that makes answers, where the problem
// states none.
const PlentyOfGeneration = 512 * MiB

// DefaultLimits returns the limits of a problem that states none. Those of output, compilation, code and validation are
// the defaults of the ICPC package format (2025-09), or near them: docs/spec.md lists them.
func DefaultLimits() Limits {
	return Limits{
		Time: time.Second, Wall: DefaultWall(time.Second),
		Memory: 256 * MiB, Output: 8 * MiB,
		CompilationTime: 60 * time.Second, CompilationMemory: 2048 * MiB,
		Code:           128 * KiB,
		ValidationTime: 60 * time.Second, ValidationMemory: 2048 * MiB, ValidationOutput: PlentyOfValidation,
		GenerationOutput: PlentyOfGeneration,
	}
}
