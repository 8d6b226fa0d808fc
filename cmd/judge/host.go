package main

import (
	"errors"
	"os"
	"strings"

	"judge/isolate"
	"judge/isolate/lack"
	"judge/judge/report"
)

// openPool opens a pool on the cores (nil: on all), some of them possibly exclusive. For an ordinary user it
// restarts this program, so what was done before is done again.
func openPool(isolation string, cores, exclusive []int) (*isolate.Pool, error) {
	level, err := isolate.ParseLevel(isolation)
	if err != nil {
		return nil, &usageError{"--isolation: " + err.Error(), nearest(isolation, isolate.Levels())}
	}
	if err := isolate.EnterUserNamespace(level); err != nil {
		return nil, nameWaivers(err)
	}
	pool, err := isolate.Open(isolate.Config{Cores: cores, Exclusive: exclusive, Level: level})
	return pool, nameWaivers(err)
}

// nameWaivers adds to the fixes of an error the flags with which the user accepts what the host lacks.
func nameWaivers(err error) error {
	var missing *isolate.LackError
	if !errors.As(err, &missing) {
		return err
	}
	for i := range missing.Lacks {
		switch l := &missing.Lacks[i]; l.Waiver {
		case lack.OwnUsers:
			l.Fix += "; or accept it with --isolation " + isolate.OneUser.String()
		case lack.OwnCores:
			l.Fix += "; or run without --exclusive"
		}
	}
	return err
}

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
