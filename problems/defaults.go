package problems

import "time"

// PlentyOfOutput is what programs may write where a format knows no limit on it, as those of Polygon, the CMS and the DMOJ.
const PlentyOfOutput = 64 * MiB

// PlentyOfValidation is what a problem's own programs may write where it states no limit on it: an interactor writes
// all that a submission reads, and whoever has not thought of a limit must not meet one.
const PlentyOfValidation = 256 * MiB

// DefaultLimits are the limits of a problem that gives none. Output, compilation, code and validation are the defaults of the ICPC
// package format (2025-09) or near them: docs/spec.md lists them.
func DefaultLimits() Limits {
	return Limits{
		Time: time.Second, Wall: DefaultWall(time.Second),
		Memory: 256 * MiB, Output: 8 * MiB,
		CompilationTime: 60 * time.Second, CompilationMemory: 2048 * MiB,
		Code:           128 * KiB,
		ValidationTime: 60 * time.Second, ValidationMemory: 2048 * MiB, ValidationOutput: PlentyOfValidation,
	}
}
