package build

import (
	"slices"
	"strings"

	"judge/judge/languages"
)

// Sanitized returns a plan that compiles C and C++ with the sanitizers of addresses and undefined behaviour; other
// languages stay as they are. The product is linked dynamically, as the sanitizers demand.
func Sanitized(plan languages.Plan) languages.Plan {
	if plan.Language != "c" && !strings.HasPrefix(plan.Language, "cpp") {
		return plan
	}
	plan = WithFlags(plan, []string{"-fsanitize=address,undefined", "-fno-omit-frame-pointer"})
	plan.Compile = slices.DeleteFunc(slices.Clone(plan.Compile), func(word string) bool { return word == "-static" })
	return plan
}
