package build

import (
	"slices"
	"strings"

	"judge/judge/languages"
	"judge/problems"
)

// withDefines adds the macros of the problem's format to the compiler of a submission: in C, C++ and Pascal.
func withDefines(p *problems.Problem, plan languages.Plan) languages.Plan {
	option := ""
	switch {
	case len(plan.Compile) == 0:
	case plan.Language == "c", strings.HasPrefix(plan.Language, "cpp"):
		option = "-D"
	case plan.Language == "pascal":
		option = "-d"
	}
	if p.Define == "" || option == "" {
		return plan
	}
	plan.Compile = slices.Insert(slices.Clone(plan.Compile), 1, option+p.Define)
	return plan
}
