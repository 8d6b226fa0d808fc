package doctor

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

// host reads what a host shows of itself. Paths are as fs.FS has them, without the first slash.
type host struct {
	files    fs.FS
	commands Commands
}

// read returns a file's text without white space at the ends, and whether there is one.
func (h host) read(path string) (string, bool) {
	data, err := fs.ReadFile(h.files, path)
	return strings.TrimSpace(string(data)), err == nil
}

// word is read for files that hold one value; an empty one shows nothing.
func (h host) word(path string) (string, bool) {
	text, ok := h.read(path)
	return text, ok && text != ""
}

func (h host) has(path string) bool {
	_, err := fs.Stat(h.files, path)
	return err == nil
}

// field finds what follows "key:" in a file such as /proc/self/status or /proc/cpuinfo.
func (h host) field(path, key string) (string, bool) {
	text, _ := h.read(path)
	for line := range strings.Lines(text) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == key {
			return strings.TrimSpace(value), true
		}
	}
	return "", false
}

// chosen returns the word in brackets, as in "always [madvise] never".
func chosen(text string) string {
	_, after, _ := strings.Cut(text, "[")
	word, _, _ := strings.Cut(after, "]")
	return word
}

// cpus reads the kernel's list format, "0-2,4"; nil when it is none.
func cpus(list string) []int {
	const limit = 8192 // NR_CPUS of the largest kernel configuration
	var all []int
	for part := range strings.SplitSeq(strings.TrimSpace(list), ",") {
		first, last, isRange := strings.Cut(part, "-")
		if !isRange {
			last = first
		}
		from, err1 := strconv.Atoi(first)
		to, err2 := strconv.Atoi(last)
		if err1 != nil || err2 != nil || from < 0 || to >= limit {
			return nil
		}
		for n := from; n <= to; n++ {
			all = append(all, n)
		}
	}
	return all
}

// usable are the CPUs that this process may run on; nil where the host does not show it.
func (h host) usable() []int {
	list, _ := h.field("proc/self/status", "Cpus_allowed_list")
	return cpus(list)
}

// hidden returns a check of what the host does not show.
func hidden(name, means string) Check {
	return Check{Name: name, Value: "not shown by this host", State: Note, Means: means}
}

// plural writes "1 core", "2 cores".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
