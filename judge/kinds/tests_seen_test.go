package kinds

import (
	"io"
	"strings"
	"testing"

	"judge/problems"
	"judge/problems/archive"
)

func TestCheckerSeesOnlyTheTestDirectories(t *testing.T) {
	rows := []struct {
		dir   string
		paths []string
		want  string
	}{
		{"/p", []string{"/p/t/1.in", "/p/t/1.ans"}, "/p/t=/tests: /tests/1.in /tests/1.ans"},
		{"/p", []string{"/p/t/1.in", "/p/a/1.ans"}, "/p=/tests: /tests/t/1.in /tests/a/1.ans"},
		{"/p", []string{"/p/t/x/1.in", "/p/tt/1.ans"}, "/p=/tests: /tests/t/x/1.in /tests/tt/1.ans"},
		{"/p", []string{"/cache/1.in", "/cache/1.ans"}, "/cache=/tests: /tests/1.in /tests/1.ans"},
		{"/p", []string{"/cache/1.in", "/p/1.ans"}, "/cache=/tests0 /p=/tests1: /tests0/1.in /tests1/1.ans"},
		{"/p", []string{"/p/1.in", "/repository/1.ans"}, "/p=/tests: /tests/1.in "},
	}
	for _, row := range rows {
		seen := whereTestsAre(&problems.Problem{
			Dir: row.dir, Tests: []problems.TestCase{{Input: row.paths[0], Answer: row.paths[1]}},
			Held: []io.Closer{&archive.Unpacked{Dir: "/cache"}},
		})
		var binds []string
		for _, b := range seen.binds {
			binds = append(binds, b.Source+"="+b.Target)
		}
		in, _ := seen.at(row.paths[0])
		answer, _ := seen.at(row.paths[1])
		if got := strings.Join(binds, " ") + ": " + in + " " + answer; got != row.want {
			t.Errorf("%q: %s, want %s", row.paths, got, row.want)
		}
	}
}
