package build

import (
	"slices"
	"testing"

	"judge/judge/languages"
	"judge/problems"
)

func TestCompilersDefineWhatTheFormatsSystemDoes(t *testing.T) {
	for _, row := range []struct {
		define, language, option string // "": the command is as it was
	}{
		{"EVAL", "c", "-DEVAL"}, {"EVAL", "cpp17", "-DEVAL"}, {"ONLINE_JUDGE", "pascal", "-dONLINE_JUDGE"},
		{"EVAL", "java", ""}, {"", "cpp", ""},
	} {
		plan := languages.Plan{Language: row.language, Compile: []string{"/bin/compiler", "-O2"}}
		want := []string{"/bin/compiler", row.option, "-O2"}
		if row.option == "" {
			want = plan.Compile
		}
		got := withDefines(&problems.Problem{Define: row.define}, plan).Compile
		if !slices.Equal(got, want) {
			t.Errorf("%q in %s: got %q, expected %q", row.define, row.language, got, want)
		}
	}
	if plan := withDefines(&problems.Problem{Define: "EVAL"}, languages.Plan{Language: "python3"}); plan.Compile != nil {
		t.Errorf("got %q for a language that compiles nothing", plan.Compile)
	}
}
