package once

import (
	"slices"
	"testing"
)

func TestWorkOfOneKeyIsDoneOnce(t *testing.T) {
	var r Results[int]
	var got []int
	take := func(v int) { got = append(got, v) }
	for i, step := range []struct {
		key  string
		want bool
	}{{"a", true}, {"a", false}, {"b", true}, {"a", false}, {"", true}, {"", true}} {
		if mine := r.Claim(step.key, take); mine != step.want {
			t.Errorf("claim %d of %q: got %v, expected %v", i, step.key, mine, step.want)
		}
	}
	if len(got) > 0 {
		t.Errorf("got results %v before the work was done", got)
	}
	r.Done("a", 7)
	r.Done("", 8)
	if r.Claim("a", take) || !slices.Equal(got, []int{7, 7, 7}) {
		t.Errorf("got %v, expected the result for the two that waited and for the one that came later", got)
	}
}
