package calibrate

import (
	"fmt"
	"math"
	"strings"
)

// bin is a row of a histogram: times from low on, and how many of each kind.
type bin struct {
	low            float64
	accepted, slow int
}

// binsEach is how many bins a factor of ten has: each spans a third of it, or a little more than a factor of two.
const binsEach = 3

// leastTime is the low end of the first bin, in seconds: below it clocks say little.
const leastTime = 0.001

func binOf(seconds float64) int {
	return max(0, int(math.Floor(binsEach*math.Log10(seconds/leastTime)+1e-9)))
}

func lowOf(bin int) float64 { return leastTime * math.Pow(10, float64(bin)/binsEach) }

// histogram sorts the times of all tests into bins, from the first to the last that holds one.
func histogram(timings []Timing) []bin {
	counts := map[int]*bin{}
	first, last := math.MaxInt, -1
	for _, t := range timings {
		if !t.counts() {
			continue
		}
		for _, seconds := range t.Times {
			i := binOf(max(seconds, leastTime))
			first, last = min(first, i), max(last, i)
			if counts[i] == nil {
				counts[i] = &bin{}
			}
			if t.Kind == Accepted {
				counts[i].accepted++
			} else {
				counts[i].slow++
			}
		}
	}
	var bins []bin
	for i := first; i <= last; i++ {
		b := bin{low: lowOf(i)}
		if c := counts[i]; c != nil {
			b.accepted, b.slow = c.accepted, c.slow
		}
		bins = append(bins, b)
	}
	return bins
}

// mark is a time on a separate line between the rows of a histogram.
type mark struct {
	seconds float64
	name    string
}

// spanning adds empty bins at both ends, so that every mark has a row.
func spanning(bins []bin, marks []mark) []bin {
	if len(bins) == 0 {
		return nil
	}
	for _, m := range marks {
		at := binOf(max(m.seconds, leastTime))
		for first := binOf(bins[0].low); at < first; first-- {
			bins = append([]bin{{low: lowOf(first - 1)}}, bins...)
		}
		for last := binOf(bins[len(bins)-1].low); at > last; last++ {
			bins = append(bins, bin{low: lowOf(last + 1)})
		}
	}
	return bins
}

// draw writes a row for each bin, with a bar no longer than width. Each mark has a line below the row in whose span it
// lies, with its time: several can lie in one.
func draw(bins []bin, marks []mark, width int) string {
	tallest := 1
	for _, b := range bins {
		tallest = max(tallest, b.accepted+b.slow)
	}
	var text strings.Builder
	for _, b := range bins {
		accepted := (b.accepted*width + tallest - 1) / tallest
		slow := min((b.slow*width+tallest-1)/tallest, width-accepted)
		bar := strings.Repeat("█", accepted) + strings.Repeat("░", slow)
		counts := ""
		if n := b.accepted + b.slow; n > 0 {
			counts = fmt.Sprintf(" %d", n)
		}
		row := fmt.Sprintf("%9s  %s%s", short(b.low)+" s", bar, counts)
		text.WriteString(strings.TrimRight(row, " ") + "\n")
		for _, m := range marks {
			if binOf(max(m.seconds, leastTime)) == binOf(b.low) {
				fmt.Fprintf(&text, "%9s  ◄ %s: %.3f s\n", "", m.name, m.seconds)
			}
		}
	}
	return text.String()
}

// short writes a time with two figures.
func short(seconds float64) string {
	if seconds >= 10 {
		return fmt.Sprintf("%.0f", seconds)
	}
	digits := max(0, 1-int(math.Floor(math.Log10(seconds)+1e-9)))
	return fmt.Sprintf("%.*f", digits, seconds)
}
