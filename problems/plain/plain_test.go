package plain

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"judge/problems"
)

// tree creates a directory of empty files.
func tree(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestPairsOfFiles(t *testing.T) {
	for _, row := range []struct {
		files string
		tests string // name=input>answer
		note  string // in one of the notes
	}{
		{"1.in 1.ans 2.in 2.out 10.in 10.a", "1=1.in>1.ans 2=2.in>2.out 10=10.in>10.a", "found 3 tests, such as 1.in with 1.ans"},
		{"01 01.a 02 02.a readme.txt", "01=01>01.a 02=02>02.a", "not part of a pair are not used: readme.txt"},
		{"1.in 1.ans 2.in", "1=1.in>1.ans", "not used: 2.in"},
		{"1.in 1.ans 1.out", "1=1.in>1.ans", "second answers to a test are not used: 1.out"},
		{"p.in.1 p.out.1 p.in.2 p.out.2", "p.1=p.in.1>p.out.1 p.2=p.in.2>p.out.2", ""},
		{"input1.txt output1.txt", "1=input1.txt>output1.txt", ""},
		{"input/1.txt output/1.txt", "1=input/1.txt>output/1.txt", ""},
		{"input/1.in output/1.out input/2.in", "1=input/1.in>output/1.out", "not used: input/2.in"},
		{"input/input0.txt output/output0.txt", "0=input/input0.txt>output/output0.txt", ""},
		{"in/a out/a out/b", "a=in/a>out/a", "not used: out/b"},
		{"tests/1.in tests/1.out", "1=tests/1.in>tests/1.out", ""},
		{"secret/1.in secret/1.ans sample/2.in sample/2.ans", "sample/2=sample/2.in>sample/2.ans " +
			"secret/1=secret/1.in>secret/1.ans", ""},
		{"1.in 1.ans 1.inp", "1=1.in>1.ans 1.inp=1.inp>1.ans", ""},
	} {
		dir := tree(t, strings.Fields(row.files)...)
		p, err := Read(dir)
		if err != nil || !Detect(dir) {
			t.Errorf("%s: got %v", row.files, err)
			continue
		}
		var got []string
		for _, test := range p.Tests {
			got = append(got, test.Name+"="+test.Listed.Input+">"+test.Listed.Answer)
			if test.Input != filepath.Join(p.Dir, test.Listed.Input) || test.Sample != strings.HasPrefix(test.Name, "sample/") {
				t.Errorf("%s: got %+v", row.files, test)
			}
		}
		if strings.Join(got, " ") != row.tests {
			t.Errorf("%s: got %q, expected %q", row.files, got, row.tests)
		}
		var notes []string
		for _, r := range p.Remarks {
			notes = append(notes, r.Msg)
		}
		if all := strings.Join(notes, "\n"); !strings.Contains(all, row.note) {
			t.Errorf("%s: got the notes %q, expected %q", row.files, all, row.note)
		}
	}
}

func TestDirectoriesWithoutPairs(t *testing.T) {
	for _, files := range [][]string{
		nil, {"a.cpp"}, {"1.in"}, {"1.out"}, {"p/tests/1.in", "p/tests/1.out"}, {"1.a"}, {"input/1.txt", "output/2.txt"},
	} {
		if dir := tree(t, files...); Detect(dir) {
			t.Errorf("%q: detected", files)
		} else if _, err := Read(dir); err == nil {
			t.Errorf("%q: no error", files)
		}
	}
}

// TestLinksOutAreNotRead: a note names the link, and its test is left out.
func TestLinksOutAreNotRead(t *testing.T) {
	dir := tree(t, "1.in", "1.ans", "2.ans")
	if err := os.Symlink("/etc/hostname", filepath.Join(dir, "2.in")); err != nil {
		t.Fatal(err)
	}
	p, err := Read(dir)
	if err != nil || len(p.Tests) != 1 {
		t.Fatalf("got %+v, %v", p, err)
	}
	if !slices.ContainsFunc(p.Remarks, func(r *problems.Error) bool { return strings.Contains(r.Error(), "2.in") }) {
		t.Errorf("got %v, expected a note on 2.in", p.Remarks)
	}
}
