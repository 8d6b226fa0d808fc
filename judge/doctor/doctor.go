// Package doctor checks a host for judging: what it means for isolation and for stable timing, and how to fix
// problems.
//
//	examination := doctor.Examine(doctor.Sources{Files: os.DirFS("/"), Try: try})
//	err := doctor.Table{}.Write(os.Stdout, examination)
//
// Creating a jail decides whether programs can be isolated; all other facts only explain. What a host does not show
// is not guessed.
package doctor

import (
	"io/fs"
	"time"
)

// Sources are where the facts come from.
type Sources struct {
	Files fs.FS // the host's root directory
	// Try creates a jail and runs a program in it.
	Try func() Trial
	// Writable returns why this process may not write to a file of the host; nil: it may.
	Writable   func(path string) error
	Libseccomp string // its version; "": unknown
	Cache      Cache
	Commands   Commands
	// Languages is called last: it keeps every core busy for a moment, which must not count as load.
	Languages func() []Language
}

// Commands are what fixes tell the user to type, in the words of the program that examines the host.
type Commands struct {
	Cores    string // a list of cores follows it: judge on these
	Jobs     string // a number follows it: run so many tests at once
	Uncached string // judge without the cache
	Report   string // print the examination to attach to a report
}

// Trial is the result of creating a jail.
type Trial struct {
	Err    error // an *isolate.LackError names what the host lacks
	Level  string
	Cgroup string        // "v1" or "v2"
	Took   time.Duration // for one run of a program that does nothing
}

// Cache is where compiled programs are kept.
type Cache struct {
	Dir string
	Err error // why it is not writable
}

// Language is a programming language as it is on this host.
type Language struct {
	Name, Version string
	Missing       []string // executables
	Package       string   // of Debian, for the language
	Fault         string   // why it does not work although nothing is missing
}

// Check is one thing that was checked.
type Check struct {
	Name  string `json:"name"`
	Group Group  `json:"group"`
	Value string `json:"value"`
	State State  `json:"state"`
	Means string `json:"means"` // for isolation or timing
	Fix   string `json:"fix"`   // a command where there is one; "": nothing to do
}

// Examination holds all checks of a host.
type Examination struct {
	Checks []Check
	Level  string // of isolation that works; "": none
}

// Fit reports whether programs can be judged on this host. Warnings do not count.
func (e Examination) Fit() bool {
	if len(e.Checks) == 0 {
		return false
	}
	for _, c := range e.Checks {
		if c.State == Unfit || c.State == Unknown {
			return false
		}
	}
	return true
}

func (e *Examination) add(g Group, checks ...Check) {
	for _, c := range checks {
		c.Group = g
		e.Checks = append(e.Checks, c)
	}
}

// Examine checks a host.
func Examine(s Sources) Examination {
	h := host{s.Files, s.Commands}
	groups, trial := readGroups(h), s.Try()
	works := trial.Err == nil
	var e Examination
	if works {
		e.Level = trial.Level
	}
	e.add(Host, kernel(h, works), machine(h), processor(h), user(h), memory(h), cache(s.Cache, s.Commands))
	e.add(Isolation, jail(trial, s.Commands)...)
	e.add(Isolation, namespaces(h), userNamespaces(h, works), cgroup(groups), controllers(groups, h),
		delegation(groups, works, s.Writable), seccomp(h, s.Libseccomp), swap(groups, h), corePattern(h), layout(h))
	e.add(Timing, cores(h), threads(h), kinds(h), nodes(h), governor(h), turbo(h), hugePages(h))
	e.add(Timing, quota(groups, h), load(h), steal(h))
	e.add(Timing, power(h)...)
	_, err := fs.Stat(s.Files, "usr/bin/apt-get")
	e.add(Languages, languages(s.Languages(), installer{apt: err == nil})...)
	return e
}
