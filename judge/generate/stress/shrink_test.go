package stress

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// shrunk shrinks an input by a rule that decides what is valid and fails, and returns the number of candidates.
func shrunk(input string, fails func(string) bool) (string, int) {
	tried := 0
	s := shrinker{batch: 7, failing: func(_ context.Context, all []string) int {
		tried += len(all)
		return slices.IndexFunc(all, fails)
	}}
	return s.shrink(context.Background(), input), tried
}

// ints reads whole numbers that are separated as expected by form: a line of 1, then a line of n.
func ints(line string) ([]int, bool) {
	var all []int
	for word := range strings.SplitSeq(line, " ") {
		n, err := strconv.Atoi(word)
		if err != nil || strconv.Itoa(n) != word {
			return nil, false
		}
		all = append(all, n)
	}
	return all, true
}

func lines(input string) []string { return strings.Split(strings.TrimSuffix(input, "\n"), "\n") }

// sequence reads "n\na1 .. an\n".
func sequence(input string) ([]int, bool) {
	l := lines(input)
	if len(l) != 2 || !strings.HasSuffix(input, "\n") {
		return nil, false
	}
	n, err := strconv.Atoi(l[0])
	all, ok := ints(l[1])
	return all, ok && err == nil && n == len(all)
}

func TestShrinkFindsTheSmallestInput(t *testing.T) {
	for _, row := range []struct {
		name, input, want string
		fails             func(string) bool
	}{
		{"a sequence with its length", "5\n17 200 3 4 99\n", "1\n101\n", func(s string) bool {
			all, ok := sequence(s)
			return ok && slices.Max(all) > 100
		}},
		{"two that are equal", "6\n4 8 15 8 23 42\n", "2\n0 0\n", func(s string) bool {
			all, ok := sequence(s)
			slices.Sort(all)
			return ok && len(slices.Compact(slices.Clone(all))) < len(all)
		}},
		{"a permutation that is not sorted", "7\n3 1 7 5 2 6 4\n", "2\n2 1\n", func(s string) bool {
			all, ok := sequence(s)
			sorted := slices.Sorted(slices.Values(all))
			for i, v := range sorted {
				ok = ok && v == i+1
			}
			return ok && !slices.Equal(sorted, all)
		}},
		{"test cases of two lines", "3\n2\n5 6\n3\n7 8 9\n1\n4\n", "1\n1\n9\n", func(s string) bool {
			l := lines(s)
			if n, err := strconv.Atoi(l[0]); err != nil || 2*n != len(l)-1 {
				return false
			}
			found := false
			for i := 1; i < len(l); i += 2 {
				all, ok := sequence(l[i] + "\n" + l[i+1] + "\n")
				if !ok {
					return false
				}
				found = found || slices.Contains(all, 9)
			}
			return found
		}},
		{"negative numbers", "-1000 -73\n", "0 -1\n", func(s string) bool {
			all, ok := ints(strings.TrimSpace(s))
			return ok && len(all) == 2 && slices.Min(all) < 0
		}},
		{"a string with its length", "9\nxyzbxyzqx\n", "2\nza\n", func(s string) bool {
			l := lines(s)
			if len(l) != 2 || l[0] != strconv.Itoa(len(l[1])) {
				return false
			}
			for i := 1; i < len(l[1]); i++ {
				if l[1][i] < l[1][i-1] {
					return true
				}
			}
			return false
		}},
		{"a vertex of degree 3", "7 8\n1 2\n2 3\n3 4\n4 5\n5 6\n6 7\n3 7\n2 6\n", "4 3\n1 4\n2 4\n3 4\n",
			func(s string) bool {
				l := lines(s)
				head, ok := ints(l[0])
				if !ok || len(head) != 2 || head[1] != len(l)-1 {
					return false
				}
				degree, seen := map[int]int{}, map[string]bool{}
				for _, e := range l[1:] {
					ends, ok := ints(e)
					if !ok || len(ends) != 2 || ends[0] == ends[1] || seen[e] || min(ends[0], ends[1]) < 1 ||
						max(ends[0], ends[1]) > head[0] {
						return false
					}
					seen[e], seen[fmt.Sprint(ends[1], " ", ends[0])] = true, true
					degree[ends[0]]++
					degree[ends[1]]++
				}
				for _, d := range degree {
					if d >= 3 {
						return true
					}
				}
				return false
			}},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, tried := shrunk(row.input, row.fails)
			if !row.fails(got) || smaller(row.want, got) {
				t.Errorf("got %q, expected %q or smaller (%d candidates)", got, row.want, tried)
			}
			if tried > 5000 {
				t.Errorf("tried %d candidates, expected at most 5000", tried)
			}
		})
	}
}

func TestShrinkKeepsAnInputThatCannotShrink(t *testing.T) {
	for _, input := range []string{"", "\n", "1 2\n", "no newline", "\x00\xff\n", "  1 \t2\r\n\n"} {
		if got, _ := shrunk(input, func(string) bool { return false }); got != input {
			t.Errorf("%q: got %q, expected it unchanged", input, got)
		}
	}
}

func TestShrinkEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	calls := 0
	s := shrinker{batch: 1, failing: func(context.Context, []string) int {
		calls++
		cancel()
		return 0
	}}
	if got := s.shrink(ctx, "1 2 3 4\n"); calls != 1 || got == "1 2 3 4\n" {
		t.Errorf("got %q after %d calls, expected the result of the first", got, calls)
	}
}

// FuzzShrink: whatever the input, every result fails as the rule says, is no larger, and parsing keeps all bytes.
func FuzzShrink(f *testing.F) {
	f.Add([]byte("3\n1 2 3\n"), uint64(1))
	f.Add([]byte("\n\n 5 5\t-3\r\nabc"), uint64(2))
	f.Add([]byte("4 3\n1 2\n2 3\n3 4\n"), uint64(3))
	f.Fuzz(func(t *testing.T, input []byte, seed uint64) {
		if len(input) > 200 {
			return
		}
		if got := parse(input).String(); got != string(input) {
			t.Fatalf("parse %q: got %q", input, got)
		}
		random, tried := rand.New(rand.NewPCG(seed, 0)), 0
		accepted := map[string]bool{string(input): true}
		s := shrinker{batch: 5, failing: func(_ context.Context, all []string) int {
			if tried += len(all); tried > 2000 || random.IntN(3) > 0 {
				return -1
			}
			i := random.IntN(len(all))
			accepted[all[i]] = true
			return i
		}}
		got := s.shrink(context.Background(), string(input))
		if !accepted[got] || smaller(string(input), got) {
			t.Fatalf("%q: got %q, expected an accepted input that is not larger", input, got)
		}
	})
}
