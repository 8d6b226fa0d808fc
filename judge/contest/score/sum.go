package score

import "math"

// Sum adds scores. The result does not depend on their order, and is rounded to a billionth, so that three thirds of
// a problem are the whole.
func Sum(scores []float64) float64 {
	// parts do not overlap, and their exact sum is that of the scores so far: Shewchuk, "Adaptive Precision
	// Floating-Point Arithmetic", 1997.
	parts := make([]float64, 0, 8)
	for _, x := range scores {
		kept := parts[:0]
		for _, y := range parts {
			if math.Abs(x) < math.Abs(y) {
				x, y = y, x
			}
			high := x + y
			if low := y - (high - x); low != 0 {
				kept = append(kept, low)
			}
			x = high
		}
		parts = append(kept, x)
	}
	sum := 0.0
	for i := len(parts) - 1; i >= 0; i-- { // the largest first
		sum += parts[i]
	}
	return tidy(Finite(sum))
}

// tidy rounds a score to a billionth, unless it is so large that it has no digits there.
func tidy(x float64) float64 {
	const unit, exact = 1e9, 1 << 53
	if math.Abs(x)*unit >= exact {
		return x
	}
	return math.Round(x*unit)/unit + 0 // never -0
}

// Finite returns a score; 0 for one that is not a number, as an untrusted file may have it.
func Finite(x float64) float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return 0
	}
	return x
}
