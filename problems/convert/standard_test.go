package convert

import (
	"testing"

	"judge/problems"
)

func TestStandardCheckersAsTokens(t *testing.T) {
	for name, want := range map[string]bool{
		"wcmp": true, "ncmp": true, "hcmp": true, "nyesno": true, "rcmp4": true, "rcmp9": true,
		"lcmp": false, "fcmp": false, "icmp": false, "uncmp": false, "yesno": false, "rncmp": false, "casewcmp": false,
	} {
		like, found := likeStandard(problems.Checker{Compare: problems.Standard, Standard: name})
		if found != want || found && like.Compare != problems.Tokens {
			t.Errorf("%s: %+v, %v", name, like, found)
		}
	}
	like, _ := likeStandard(problems.Checker{Compare: problems.Standard, Standard: "rcmp6"})
	if like.Tolerance == nil || *like.Tolerance != (problems.Tolerance{Absolute: 1e-6, Relative: 1e-6}) {
		t.Errorf("rcmp6: %+v", like.Tolerance)
	}
	if _, found := likeStandard(problems.Checker{Compare: problems.WhiteDiff}); found {
		t.Error("white diff is not a checker of testlib")
	}
}
