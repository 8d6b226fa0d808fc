package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// write writes all figures in Markdown.
func write(w io.Writer, single []figures, all whole) error {
	var b strings.Builder
	fmt.Fprintf(&b, `# Benchmarks

This page compares one fresh jail with a plain start of the same static program, and with the other
sandboxes that are installed here. %[1]cmake bench%[1]c measures it and writes this page.

All of them take turns in the same minutes. The figures are medians. Each ratio is the median of the
ratios of all turns to the plain start in the same turn. CPU time is that of the whole machine,
kernel threads included.

%[2]s

`, '`', machine())

	b.WriteString("| | one run | to plain | CPU time | to plain | runs a second, all cores | to plain |\n")
	b.WriteString("|---|---|---|---|---|---|---|\n")
	for _, f := range single {
		fmt.Fprintf(&b, "| %s | %s | %.2fx | %s | %.2fx | %.0f | %.2fx |\n", f.contender.name, ms(f.wall), f.wallRatio,
			ms(f.cpu), f.cpuRatio, f.rate, f.rateRatio)
	}
	b.WriteString("\n")
	for _, f := range single {
		fmt.Fprintf(&b, "- %s: %s\n", f.contender.name, f.contender.how)
	}
	fmt.Fprintf(&b, `
The next figures are those of %[1]cjudge run%[1]c as a whole: a C program from the cache, tests of one
line, the table and %[1]c--json%[1]c included.

- one test, from the shell's exec to the exit: %[2]s
- each further test, up to %[3]d: %[4]s, %.2[5]fx a run of the same program in a bare jail on as
  many cores (%[6]s)
- memory of judge itself: at most %[7]d MiB

Grading has Go benchmarks, which judge nothing: they measure what is added to the judging.

    go test -run '^$' -bench 'Grade|Put|Results|Runs|Write' ./judge/contest/...

| benchmark | measures |
|---|---|
| Grade | what grading adds to a submission with 24 tests: reading, digests, the result file |
| GradeAgain | the start of grading with 10,000 submissions, all of them judged |
| Put, Results, Runs | writing and reading a result file of 10,000 submissions and 240,000 runs |
| Write | the CLICS export of as many, with all runs |
`, '`', ms(all.start), all.many, ms(all.perTest), all.ratio, ms(all.bare), all.peak>>20)
	_, err := io.WriteString(w, b.String())
	return err
}

// ms formats a duration in milliseconds.
func ms(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d)/float64(time.Millisecond)) }

// machine describes the machine.
func machine() string {
	model := "an unknown CPU"
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(text)) {
			if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
				model = strings.TrimSpace(value)
				break
			}
		}
	}
	kernel := "an unknown kernel"
	var name unix.Utsname
	if unix.Uname(&name) == nil {
		kernel = "Linux " + unix.ByteSliceToString(name.Release[:])
	}
	groups := "cgroup v1"
	if _, err := os.Stat("/sys/fs/cgroup/cgroup.controllers"); err == nil {
		groups = "cgroup v2"
	}
	return fmt.Sprintf("Machine: %s, %d cores, %s, %s.", model, runtime.NumCPU(), kernel, groups)
}
