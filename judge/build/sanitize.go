package build

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"judge/isolate"
	"judge/judge/languages"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/text"
)

// A sanitized program is slower and needs memory for the shadow of each byte. These are the factors of gcc's
// documentation, rounded up, and the size of the runtime itself.
const (
	sanitizedTime   = 4
	sanitizedMemory = 4
	runtimeMemory   = 256 * problems.MiB
)

// SanitizedLimits returns the limits of sanitized programs: 4 times the time, and 4 times the memory plus 256 MiB.
func SanitizedLimits(l problems.Limits) problems.Limits {
	wall := l.Wall + (sanitizedTime-1)*max(l.Time, time.Second)
	l = l.WithTime(sanitizedTime * l.Time)
	l.Wall = max(l.Wall, wall)
	l.Memory = sanitizedMemory*l.Memory + runtimeMemory
	return l
}

// sanitizable returns a language as programs with sanitizers are linked: dynamically, as their libraries demand.
func sanitizable(l languages.Language) (languages.Language, error) {
	if l.ID != "c" && !strings.HasPrefix(l.ID, "cpp") {
		return l, &problems.HintError{
			Msg:  fmt.Sprintf("cannot be sanitized: it is in %s, and only C and C++ have sanitizers", l.Name),
			Hint: "run it without sanitizers",
		}
	}
	l.RunSees = slices.Concat(l.RunSees, l.Static.Otherwise)
	l.Static.Words = nil
	return l, nil
}

// sanitized returns the plan of a program with AddressSanitizer and UndefinedBehaviorSanitizer, which end it at the
// first fault.
func sanitized(plan languages.Plan) languages.Plan {
	plan.Compile = slices.Concat(plan.Compile, []string{ // the last -O counts
		"-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer",
		"-fno-sanitize=object-size", // AddressSanitizer says more of the same faults
	})
	plan.Header = nil // it is compiled without them
	// The leak check stops the program with ptrace, which no jail permits, and a leak is no fault here.
	plan.RunEnv = append(slices.Clone(plan.RunEnv),
		"ASAN_OPTIONS=detect_leaks=0:quarantine_size_mb=16:detect_stack_use_after_return=1",
		"UBSAN_OPTIONS=print_stacktrace=1")
	return plan
}

// SanitizerFault returns the fault that a sanitizer has reported on stderr, with the file and the line, cleaned;
// "": none. Only the names of a program's own files count as its lines.
func (p Program) SanitizerFault(stderr []byte) string {
	words := underOwnName(string(stderr), p.Plan.Renamed)
	found := ""
	if m := regexp.MustCompile(`(?m)^([^\s:]+):(\d+):\d+: runtime error: (.*)$`).FindStringSubmatch(words); m != nil {
		found = fmt.Sprintf("%s:%s: %s", strings.TrimPrefix(m[1], isolate.WorkDir+"/"), m[2], m[3])
	} else if m := regexp.MustCompile(`ERROR: AddressSanitizer: (\S+)`).FindStringSubmatchIndex(words); m != nil {
		found = words[m[2]:m[3]]
		if place := placeOf(words[m[1]:], p.names()); place != "" {
			found = place + ": " + found
		}
	}
	return text.CutLine(found, report.MaxMessage)
}

// placeOf returns the file and line of the first frame of a stack that is in one of the named files; "": none.
func placeOf(stack string, names []string) string {
	frame := regexp.MustCompile(`(?m)^\s*#\d+ .* (\S+?):(\d+)(?::\d+)?$`)
	for _, m := range frame.FindAllStringSubmatch(stack, -1) {
		for _, name := range names {
			if m[1] == name || strings.HasSuffix(m[1], "/"+name) {
				return name + ":" + m[2]
			}
		}
	}
	return ""
}
