package main

import (
	"os"
	"strings"

	"judge/isolate"
	"judge/judge/report"
)

// machine describes this host for the report.
func machine(pool *isolate.Pool, cores []int) report.Machine {
	m := report.Machine{
		CPU: "unknown", Kernel: "unknown", Cores: cores, Cgroup: pool.Cgroup(), Isolation: pool.Level().String(),
	}
	if release, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		m.Kernel = strings.TrimSpace(string(release))
	}
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(info)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				m.CPU = strings.TrimSpace(value)
				break
			}
		}
	}
	return m
}
