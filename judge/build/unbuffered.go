package build

import (
	"slices"
	"strings"

	"judge/judge/languages"
	"judge/problems"
)

// unbufferedStdout makes the C library's stdout, and with it that of C++, unbuffered.
const unbufferedStdout = `#include <stdio.h>

__attribute__((constructor)) static void unbuffered_stdout(void) { setvbuf(stdout, NULL, _IONBF, 0); }
`

// withUnbuffered makes the stdout of a submission unbuffered if the problem requires that: in C and C++ by an
// extra source.
func withUnbuffered(p *problems.Problem, l languages.Language, s languages.Sources) languages.Sources {
	if !p.Unbuffered {
		return s
	}
	file := languages.File{Name: "unbuffered_stdout.c", Data: []byte(unbufferedStdout)}
	switch {
	case l.ID == "c":
	case strings.HasPrefix(l.ID, "cpp"):
		file.Name = "unbuffered_stdout.cpp"
	default:
		return s
	}
	if s.Ours > 0 { // a grader contains main
		s.Files = slices.Insert(slices.Clone(s.Files), s.Ours, file)
		s.Ours++
		return s
	}
	return l.WithLibrary(s, []languages.File{file})
}

// runUnbuffered does the same by the environment of a run: for Python and Lua.
func runUnbuffered(p *problems.Problem, plan languages.Plan) languages.Plan {
	setting := ""
	switch {
	case !p.Unbuffered:
	case strings.HasPrefix(plan.Language, "py"):
		setting = "PYTHONUNBUFFERED=1"
	case plan.Language == "lua":
		setting = `LUA_INIT=io.stdout:setvbuf("no")`
	}
	if setting != "" {
		plan.RunEnv = append(slices.Clone(plan.RunEnv), setting)
	}
	return plan
}
