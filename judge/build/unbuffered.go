package build

import (
	"slices"
	"strings"

	"judge/judge/languages"
	"judge/problems"
)

// unbufferedStdout makes the C library's stdout, and with it that of C++, write at once.
const unbufferedStdout = `#include <stdio.h>

__attribute__((constructor)) static void unbuffered_stdout(void) { setvbuf(stdout, NULL, _IONBF, 0); }
`

// withUnbuffered adds to a submission what makes its stdout unbuffered, where the problem wants that: in C and C++ a
// source.
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
	if s.Ours > 0 { // a grader starts the program
		s.Files = slices.Insert(slices.Clone(s.Files), s.Ours, file)
		s.Ours++
		return s
	}
	return l.WithBeside(s, []languages.File{file})
}

// runUnbuffered does the same where the environment of a run can say so: in Python and Lua.
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
