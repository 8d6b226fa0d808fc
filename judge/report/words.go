package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/mattn/go-runewidth"

	"judge/problems"
	"judge/problems/text"
)

func seconds(s float64) string { return fmt.Sprintf("%.2f s", s) }

func mebibytes(bytes int64) string {
	mib := float64(bytes) / (1 << 20)
	if mib < 10 {
		return fmt.Sprintf("%.1f MiB", mib)
	}
	return fmt.Sprintf("%.0f MiB", mib)
}

// number writes a limit without needless zeros.
func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// hundredths writes a limit in seconds with two decimals, or with more if it has more.
func hundredths(limit float64) string {
	if exact := number(limit); strings.IndexByte(exact, '.') >= 0 && len(exact)-strings.IndexByte(exact, '.') > 3 {
		return exact
	}
	return fmt.Sprintf("%.2f", limit)
}

// over writes a CPU time next to the limit that it exceeded, with as many decimals as show that.
func over(spent, limit float64) string {
	for decimals := 2; decimals < 6; decimals++ {
		a, b := strconv.FormatFloat(spent, 'f', decimals, 64), strconv.FormatFloat(limit, 'f', decimals, 64)
		if a != b {
			return "used " + a + " s of CPU, limit " + hundredths(limit) + " s"
		}
	}
	return "used " + seconds(spent) + " of CPU, limit " + hundredths(limit) + " s"
}

// judged is a verdict with its reason: "RTE exit 3".
func judged(v problems.Verdict, reason Reason) string {
	return strings.TrimSpace(v.String() + " " + string(reason))
}

// brief is judged for a cell of a table: "RTE SIGSEGV".
func brief(v problems.Verdict, reason Reason) string {
	return cut(judged(v, Reason(strings.TrimPrefix(string(reason), "signal "))), maxVerdict)
}

// plural writes "1 test", "2 tests".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// ranges writes ascending numbers as "0-2,5".
func ranges(numbers []int) string {
	var parts []string
	for i := 0; i < len(numbers); {
		last := i
		for last+1 < len(numbers) && numbers[last+1] == numbers[last]+1 {
			last++
		}
		part := strconv.Itoa(numbers[i])
		if last > i {
			part += "-" + strconv.Itoa(numbers[last])
		}
		parts = append(parts, part)
		i = last + 1
	}
	return strings.Join(parts, ",")
}

// cut shortens a text to a width of that many columns.
func cut(text string, width int) string { return runewidth.Truncate(text, width, "…") }

// CutMiddle shortens a name to a width in columns of a terminal. Its end, with the number or the suffix, matters as
// much as its beginning.
func CutMiddle(name string, width int) string {
	all := runewidth.StringWidth(name)
	if all <= width {
		return name
	}
	tail := (width - 1) / 2
	return runewidth.Truncate(name, width-1-tail, "") + "…" + runewidth.TruncateLeft(name, all-tail, "")
}

// pad fills a text with spaces to a width, on the left or on the right.
func pad(text string, width int) string     { return runewidth.FillRight(text, width) }
func padLeft(text string, width int) string { return runewidth.FillLeft(text, width) }

// shortNames gives each submission the shortest end of its path that no other has.
func shortNames(submissions []Submission) []string {
	paths := make([]string, len(submissions))
	for i, s := range submissions {
		paths[i] = s.Path
	}
	return shortest(paths)
}

// shortest returns the shortest end of each path that no other path has.
func shortest(paths []string) []string {
	ends := map[string]int{} // how many paths end so
	for _, path := range paths {
		for _, end := range endings(path) {
			ends[end]++
		}
	}
	names := make([]string, len(paths))
	for i, path := range paths {
		for _, names[i] = range endings(path) {
			if ends[names[i]] == 1 {
				break
			}
		}
	}
	return names
}

// endings lists the ends of a path by whole parts, the shortest first.
func endings(path string) []string {
	const deepest = 64 // parts; a longer path from a hostile report takes quadratic room
	path = strings.TrimRight(path, "/")
	var all []string
	for i := len(path) - 1; i >= 0 && len(all) < deepest; i-- {
		if path[i] == '/' {
			all = append(all, path[i+1:])
		}
	}
	return append(all, path)
}

// Short returns a text in one line; of a longer one both ends.
func Short(s string) string { return CutMiddle(text.Line(s), maxPlace) }

// Name makes an untrusted name fit for a cell of a table: one short line.
func Name(name string) string { return CutMiddle(text.Line(name), maxLabel) }
