package grade

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"judge/judge/contest"
)

func TestResultFileIsInTheContestOrNextToTheArchive(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dir.zip")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		path  string
		shard Shard
		want  string
	}{
		{"spring", Shard{}, "spring/results.judge"},
		{".", Shard{}, "results.judge"},
		{"a/spring.zip", Shard{}, "a/spring.judge"},
		{"a/SPRING.ZIP", Shard{}, "a/SPRING.judge"},
		{"a/contest.yaml", Shard{}, "a/results.judge"},
		{"a/contest.json", Shard{}, "a/results.judge"},
		{"contest.yml", Shard{}, "results.judge"},
		{dir, Shard{}, dir + "/results.judge"},
		{"spring", Shard{2, 4}, "spring/results-2-of-4.judge"},
		{"spring.zip", Shard{1, 2}, "spring-1-of-2.judge"},
		{"v1.2", Shard{}, "v1.2/results.judge"},
	} {
		if got := ResultFile(row.path, row.shard); got != row.want {
			t.Errorf("%s, %v: got %s, expected %s", row.path, row.shard, got, row.want)
		}
	}
}

// bounded returns items with these bounds in seconds.
func bounded(bounds ...int) (all []Item) {
	for i, b := range bounds {
		all = append(all, Item{
			Submission: contest.Submission{ID: fmt.Sprint(i)}, Bound: time.Duration(b) * time.Second,
		})
	}
	return all
}

func TestShardsAreDisjointCompleteAndBalanced(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		var bounds []int
		for range random.IntN(60) {
			bounds = append(bounds, []int{1, 2, 24, 100}[random.IntN(4)])
		}
		all, n := bounded(bounds...), 1+random.IntN(5)
		seen, loads := map[string]int{}, make([]time.Duration, n)
		for i := range n {
			for _, one := range (Shard{i + 1, n}).of(all) {
				seen[one.Submission.ID]++
				loads[i] += one.Bound
			}
		}
		for _, one := range all {
			if id := one.Submission.ID; seen[id] != 1 {
				t.Fatalf("%v in %d: submission %s is in %d shards", bounds, n, id, seen[id])
			}
		}
		if len(bounds) > 0 && slices.Max(loads)-slices.Min(loads) > time.Duration(slices.Max(bounds))*time.Second {
			t.Errorf("%v in %d: got loads %v, expected them within the largest bound", bounds, n, loads)
		}
	}
}

func TestLargestBoundIsFirst(t *testing.T) {
	all := bounded(1, 5, 3, 5, 1)
	sortByBound(all)
	var got []string
	for _, one := range all {
		got = append(got, one.Submission.ID)
	}
	if want := []string{"1", "3", "2", "0", "4"}; !slices.Equal(got, want) {
		t.Errorf("got %v, expected %v", got, want)
	}
}
