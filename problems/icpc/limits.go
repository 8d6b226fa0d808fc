package icpc

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"judge/problems"
	"judge/problems/folder"
)

// limits returns the format's typical system defaults ("Limits").
func limits() problems.Limits {
	l := problems.DefaultLimits()
	l.Memory = 2048 * problems.MiB
	return l
}

// limits reads "Limits".
func (r *reader) limits(yaml *folder.Document) error {
	given, err := yaml.Inner("limits")
	if err != nil {
		return err
	}
	if err := r.numbers(given); err != nil {
		return err
	}
	r.problem.Limits.OutputOfAll = r.latest
	r.problem.CodeStated = given.Has("code")
	if err := r.wholeTimeLimit(given); err != nil {
		return err
	}
	if r.is("multi-pass") && r.problem.Passes == 0 {
		r.problem.Passes = 2
	}
	// The second key is the legacy version's number, or a draft's mapping.
	for _, key := range []string{"time_multipliers", "time_multiplier"} {
		if given.Has(key) {
			if err := r.multipliers(given, key); err != nil {
				return err
			}
		}
	}
	rule := &r.problem.TimeRule
	if r.legacy && rule.ACToTimeLimit == 0 {
		rule.ACToTimeLimit = 5 // "Limits" of the legacy version: time_multiplier
	}
	if r.legacy && rule.TimeLimitToTLE == 0 {
		rule.TimeLimitToTLE = 2 // time_safety_margin
	}
	r.problem.Remarks = append(r.problem.Remarks, given.Unknown()...)
	return nil
}

// numbers reads the limits that are one number each.
func (r *reader) numbers(given *folder.Document) error {
	l, rule := &r.problem.Limits, &r.problem.TimeRule
	size := func(to *problems.Bytes) func(float64) { return func(v float64) { *to = problems.Bytes(v) } }
	span := func(to *time.Duration) func(float64) { return func(v float64) { *to = time.Duration(v) } }
	mib, second := float64(problems.MiB), float64(time.Second)
	for _, k := range []struct {
		key  string
		unit float64
		set  func(float64)
	}{
		{"time_limit", second, func(v float64) { r.limit(time.Duration(v)) }},
		{"memory", mib, size(&l.Memory)}, {"output", mib, size(&l.Output)},
		{"code", float64(problems.KiB), size(&l.Code)},
		{"compilation_time", second, span(&l.CompilationTime)}, {"compilation_memory", mib, size(&l.CompilationMemory)},
		{"validation_time", second, span(&l.ValidationTime)}, {"validation_memory", mib, size(&l.ValidationMemory)},
		{"validation_output", mib, size(&l.ValidationOutput)},
		{"validation_passes", 1, func(v float64) { r.problem.Passes = int(v) }},
		{"time_safety_margin", 1, func(v float64) { rule.TimeLimitToTLE = v }},
		{"time_resolution", 1, func(v float64) { rule.Resolution = v }},
	} {
		value := 0.0
		if err := given.Get(k.key, &value); err != nil {
			return err
		}
		switch {
		case !given.Has(k.key):
		case !(value > 0) || value > 1<<20:
			return given.Fault(k.key,
				fmt.Sprintf("%s: %v is out of range: expected a number above 0", k.key, value), "")
		default:
			k.set(value * k.unit)
		}
	}
	return nil
}

// wholeTimeLimit applies the rule "It is an error if `time_limit` is not an integer multiple of `time_resolution`"
// ("Problem timing").
func (r *reader) wholeTimeLimit(limits *folder.Document) error {
	const near = 1e-9 // in floating point, 0.3 / 0.1 is not 3
	var limit float64
	if !r.latest || !limits.Has("time_limit") {
		return nil
	}
	if err := limits.Get("time_limit", &limit); err != nil {
		return err
	}
	resolution := cmp.Or(r.problem.TimeRule.Resolution, 1)
	if times := limit / resolution; math.Round(times) < 1 || math.Abs(times-math.Round(times)) > near*times {
		least := math.Ceil(times) * resolution
		return limits.Fault("time_limit", fmt.Sprintf("time_limit: %g is not a multiple of time_resolution, %g", limit,
			resolution),
			fmt.Sprintf("write time_limit: %g, or set time_resolution", least))
	}
	return nil
}

// fileWriting reads "Allow file writing". The legacy version lacks the key. Tools read it with 2023-07, but default
// to true.
func (r *reader) fileWriting(yaml *folder.Document) error {
	if r.legacy {
		return nil
	}
	allowed := !r.latest
	err := yaml.Get("allow_file_writing", &allowed)
	r.problem.Limits.ReadOnly = !allowed
	return err
}

// multipliers reads "Problem timing".
func (r *reader) multipliers(limits *folder.Document, key string) error {
	rule := &r.problem.TimeRule
	if limits.Get(key, &rule.ACToTimeLimit) != nil {
		given, err := limits.Inner(key)
		if err == nil {
			err = errors.Join(given.Get("ac_to_time_limit", &rule.ACToTimeLimit),
				given.Get("time_limit_to_tle", &rule.TimeLimitToTLE))
		}
		if err != nil {
			return err
		}
	}
	if !(rule.ACToTimeLimit >= 0 && rule.ACToTimeLimit < 1<<20 && rule.TimeLimitToTLE >= 0 &&
		rule.TimeLimitToTLE < 1<<20) {
		return limits.Fault(key, key+": a multiplier is out of range", "write 1 or more")
	}
	return nil
}

// limit sets the time limit.
func (r *reader) limit(limit time.Duration) {
	r.problem.Limits = r.problem.Limits.WithTime(limit)
	r.timeLimited = true
}

// standIn is the time limit of packages without one, until it is measured.
const standIn = 10 * time.Second

// timeLimit finds the time limit of packages whose problem.yaml has none: tools of DOMjudge and Kattis have it in
// their own files.
func (r *reader) timeLimit() error {
	if err := r.domjudge(); err != nil {
		return err
	}
	if !r.timeLimited && r.folder.IsFileOrLink(".timelimit") {
		data, err := r.folder.Read(".timelimit")
		if err != nil {
			return err
		}
		limit, err := time.ParseDuration(strings.TrimSpace(string(data)) + "s")
		if err != nil || limit <= 0 || limit > 24*time.Hour {
			return r.folder.Fault(".timelimit", 1, "expected a number of seconds", "")
		}
		r.limit(limit)
	}
	if !r.timeLimited {
		r.problem.NoTimeLimit = true
		r.limit(standIn)
	}
	return nil
}
