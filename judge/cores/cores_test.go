package cores

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

func TestSMTSiblingsAreLeftIdle(t *testing.T) {
	sys := t.TempDir()
	for cpu, siblings := range []string{"0,4", "1,5", "2-3", "2-3", "0,4", "1,5"} {
		dir := filepath.Join(sys, "cpu"+strconv.Itoa(cpu), "topology")
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "thread_siblings_list"), []byte(siblings+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	rows := []struct{ usable, want []int }{
		{[]int{0, 1, 2, 3, 4, 5}, []int{0, 1, 2}},
		{[]int{3, 4, 5}, []int{3, 4, 5}}, // the siblings are not ours to use
		{[]int{4, 0}, []int{4}},
		{[]int{7, 8}, []int{7, 8}}, // nothing known of them
	}
	for _, row := range rows {
		if got := physical(sys, row.usable); !slices.Equal(got, row.want) {
			t.Errorf("of %v: %v, want %v", row.usable, got, row.want)
		}
	}
}

func TestCoreListsAreReadAsTheKernelWritesThem(t *testing.T) {
	for list, want := range map[string][]int{"0": {0}, "1-3,5": {1, 2, 3, 5}, "5,1": {5, 1}} {
		if got, err := parseList(list); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %v, %v", list, got, err)
		}
	}
	for _, list := range []string{"", "a", "1-", "-1", "3-1", "1,,2", "0-99999999", "1.5", " 1"} {
		if got, err := parseList(list); err == nil {
			t.Errorf("%q was read as %v", list, got)
		}
	}
}

func TestMissingCoresAreRejected(t *testing.T) {
	first, err := usable()
	if err != nil {
		t.Fatal(err)
	}
	name := strconv.Itoa(first[0])
	if got, err := Parse(name); err != nil || !slices.Equal(got, first[:1]) {
		t.Errorf("%v, %v", got, err)
	}
	for _, list := range []string{"8000", name + "," + name} {
		if got, err := Parse(list); err == nil {
			t.Errorf("%q became %v", list, got)
		}
	}
}

func FuzzParseList(f *testing.F) {
	f.Add("1-3,5")
	f.Fuzz(func(t *testing.T, list string) {
		numbers, err := parseList(list)
		if err == nil && len(numbers) == 0 {
			t.Errorf("%q: neither cores nor an error", list)
		}
	})
}
