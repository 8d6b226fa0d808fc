package doctor

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"judge/isolate"
	"judge/isolate/lack"
)

// jail checks the trial. It alone decides whether the host is fit.
func jail(t Trial, commands Commands) []Check {
	var missing *isolate.LackError
	var shared *isolate.SharedUserError
	switch {
	case t.Err == nil && t.Level == isolate.Full.String():
		return []Check{{Name: "a jail", Value: worked(t), State: OK, Means: "created just now, and ran a program"}}
	case t.Err == nil:
		means := "weaker than full, as accepted; programs of the same user can disturb each other, " +
			"so one runs at a time; every report records it"
		return []Check{{Name: "a jail", Value: worked(t), State: Note, Means: means}}
	case errors.As(t.Err, &shared):
		return []Check{{
			Name: "a jail", Value: "cannot be created", State: Unfit, Means: shared.Err.Error(), Fix: shared.Fix(),
		}}
	case !errors.As(t.Err, &missing):
		fix := "none is known: report it with the output of " + commands.Report
		if errors.Is(t.Err, fs.ErrPermission) {
			fix = "run as root"
		}
		return []Check{{Name: "a jail", Value: "cannot be created", State: Unfit, Means: t.Err.Error(), Fix: fix}}
	}
	var checks []Check
	for _, l := range missing.Lacks {
		value := "cannot be created"
		if l.What != lack.Jail {
			value += ": " + l.What
		}
		checks = append(checks, Check{Name: "a jail", Value: value, State: Unfit, Means: l.Why, Fix: l.Fix})
	}
	return checks
}

func worked(t Trial) string {
	return fmt.Sprintf("works: %s, cgroup %s, %.1f ms a run", t.Level, t.Cgroup, t.Took.Seconds()*1e3)
}

// spaces are the kinds of namespaces: their file in /proc/self/ns, which is also in the setting of /proc/sys/user that
// bounds them, and their usual name. A jail needs a new one of each but the last two.
var spaces = [...]struct {
	file, name string
	needed     bool
}{
	{"pid", "pid", true}, {"mnt", "mount", true}, {"net", "net", true}, {"ipc", "ipc", true}, {"uts", "uts", true},
	{"cgroup", "cgroup", true}, {"user", "user", false}, {"time", "time", false},
}

func namespaces(h host) Check {
	var here, missing, settings []string
	for _, s := range spaces {
		there := h.has("proc/self/ns/" + s.file)
		limit, _ := h.word("proc/sys/user/max_" + s.file + "_namespaces")
		switch {
		case there && !(s.needed && limit == "0"):
			here = append(here, s.name)
		case there:
			settings = append(settings, "user.max_"+s.file+"_namespaces=15000")
			missing = append(missing, s.name)
		case s.needed:
			missing = append(missing, s.name)
		}
	}
	c := Check{Name: "namespaces", Value: strings.Join(here, " "), State: OK}
	c.Means = "jails see neither each other nor the host"
	switch {
	case !h.has("proc/self/ns"):
		return hidden("namespaces", c.Means)
	case settings != nil:
		c.State, c.Fix = Warn, "sysctl -w "+strings.Join(settings, " ")
	case missing != nil:
		c.State, c.Fix = Warn, "use a kernel with every kind of namespace"
	}
	if missing != nil {
		c.Means = "cannot be created: " + strings.Join(missing, " ")
	}
	return c
}

func userNamespaces(h host, works bool) Check {
	const name = "user namespaces"
	if h.has("proc/self/ns") && !h.has("proc/self/ns/user") {
		return Check{Name: name, Value: "none", State: refusedState(works), Means: "only root can judge here",
			Fix: "run as root, or use a kernel with user namespaces"}
	}
	var values, fixes []string
	settings := lack.Settings()
	for _, s := range settings {
		if value, _ := h.word(s.Path()); value == s.Refuses {
			values, fixes = append(values, s.Name+"="+value), append(fixes, s.Fix())
		}
	}
	switch {
	case !h.has(settings[0].Path()): // Linux 4.9
		return hidden(name, "ordinary users need one to judge; root does not")
	case values == nil:
		return Check{Name: name, Value: "permitted", State: OK,
			Means: "ordinary users may create them; root needs none"}
	}
	return Check{Name: name, Value: "refused by " + strings.Join(values, ", "), State: refusedState(works),
		Means: "only root can judge here", Fix: strings.Join(fixes, " && ")}
}

// refusedState is the state of what only ordinary users need: a note where a jail could be created.
func refusedState(works bool) State {
	if works {
		return Note
	}
	return Warn
}

func seccomp(h host, version string) Check {
	c := Check{Name: "seccomp", State: OK, Means: "system calls that no honest program uses are blocked"}
	actions, ok := h.word("proc/sys/kernel/seccomp/actions_avail") // seccomp(2), Linux 4.14
	if !ok {
		c = hidden("seccomp", c.Means)
	} else if all := strings.Fields(actions); !slices.Contains(all, "kill_process") || !slices.Contains(all, "errno") {
		c.Value, c.State, c.Fix = "without kill_process", Warn, "use Linux 5.12 or newer with CONFIG_SECCOMP_FILTER"
	} else {
		c.Value = "filters"
	}
	if version == "" {
		version = "of unknown version"
	}
	c.Value += ", libseccomp " + version
	if mode, _ := h.field("proc/self/status", "Seccomp"); mode == "2" { // proc(5): filter
		c.Value += ", within another filter"
		c.State = max(c.State, Note)
		c.Means += "; the container or shell blocks some, too"
	}
	return c
}

func corePattern(h host) Check {
	pattern, ok := h.read("proc/sys/kernel/core_pattern")
	switch {
	case !ok:
		return hidden("core pattern", "a handler would run as root on the host")
	case !strings.HasPrefix(pattern, "|") && !strings.HasPrefix(pattern, "@"): // core(5): a program, a socket
		return Check{Name: "core pattern", Value: pattern, State: OK, Means: "crashes start no program of the host"}
	}
	c := Check{Name: "core pattern", Value: pattern, State: Warn, Fix: "sysctl -w kernel.core_pattern=core",
		Means: "crashes start it as root on the host; in jails only a core limit of 1 byte prevents that"}
	if strings.Contains(pattern, "apport") {
		c.Fix += " && systemctl disable --now apport"
	}
	return c
}

// layout is the randomisation of addresses: proc(5), randomize_va_space.
func layout(h host) Check {
	value, ok := h.word("proc/sys/kernel/randomize_va_space")
	switch {
	case !ok:
		return hidden("ASLR", "random addresses make attacks harder")
	case value == "0":
		return Check{Name: "ASLR", Value: "off", State: Note,
			Means: "slightly more stable times, but attacks are easier",
			Fix:   "sysctl -w kernel.randomize_va_space=2"}
	case value == "1":
		return Check{Name: "ASLR", Value: "partly on", State: OK,
			Means: "attacks are harder; the address of the heap is fixed"}
	}
	return Check{Name: "ASLR", Value: "on", State: OK, Means: "attacks are harder; times vary slightly between runs"}
}
