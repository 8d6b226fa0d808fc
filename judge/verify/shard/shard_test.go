package shard

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"judge/judge/verify"
)

func TestShardsCoverAllProblemsOnce(t *testing.T) {
	var paths []string
	weights := map[string]float64{}
	for i := range 23 {
		paths = append(paths, fmt.Sprintf("p%02d", i))
		weights[paths[i]] = float64(i * i)
	}
	delete(weights, "p05")
	for of := 1; of <= 30; of++ {
		var all []string
		for i := 1; i <= of; i++ {
			all = append(all, Split(paths, weights, verify.Shard{Index: i, Of: of})...)
		}
		if slices.Sort(all); !slices.Equal(all, paths) {
			t.Errorf("%d shards: %v", of, all)
		}
	}
	heavy := map[string]float64{"a": 10, "b": 1, "c": 1, "d": 1}
	if got := Split([]string{"a", "b", "c", "d"}, heavy, verify.Shard{Index: 1, Of: 2}); !slices.Equal(got, []string{"a"}) {
		t.Errorf("shard 1: %v, expected the heaviest problem alone", got)
	}
}

func shard(index, of int, paths ...string) verify.Result {
	r := verify.Result{Schema: verify.Schema, Shard: &verify.Shard{Index: index, Of: of}}
	for _, p := range paths {
		r.Problems = append(r.Problems, verify.Problem{Path: p, Gaps: []verify.Gap{{Has: "x"}}})
	}
	r.Conclude()
	return r
}

func TestMergeDemandsAllShards(t *testing.T) {
	plain := shard(1, 1, "z")
	plain.Shard = nil
	for _, c := range []struct {
		results []verify.Result
		err     string
	}{
		{[]verify.Result{shard(2, 2, "b"), shard(1, 2, "c", "a")}, ""},
		{[]verify.Result{plain}, ""},
		{[]verify.Result{shard(1, 2, "a")}, "shard 2/2 is missing"},
		{[]verify.Result{shard(1, 2, "a"), shard(1, 2, "b")}, "there twice"},
		{[]verify.Result{shard(1, 2, "a"), shard(2, 3, "b")}, "shards of 2 and of 3"},
		{[]verify.Result{shard(1, 2, "a"), shard(2, 2, "a")}, "in two results"},
		{[]verify.Result{shard(1, 1, "a"), plain}, "some are not"},
		{nil, "no result"},
	} {
		merged, err := Merge(c.results)
		if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("got %v, expected %q", err, c.err)
		}
		if len(c.results) == 2 && err == nil && (len(merged.Findings) != 1 || merged.Problems[0].Path != "a") {
			t.Errorf("merged: %+v", merged)
		}
	}
}
