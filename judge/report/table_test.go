package report

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"judge/problems"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares with a file of testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what is drawn now; if that is meant, run the test with -update:\n%s", path, got)
	}
}

func sample(tests int) *Report {
	return &Report{
		Schema:  Schema,
		Machine: Machine{CPU: "cpu", Kernel: "6.1", Cores: []int{0, 1}, Cgroup: "v2", Isolation: "full"},
		Problem: Problem{Name: "A + B", Path: "aplusb", Tests: tests, Limits: Limits{TimeLimit: 1, WallTime: 3, Memory: 256, Output: 8}},
	}
}

// submission has these verdicts, on tests 1, 2, ...
func submission(path string, all ...Test) Submission {
	s := Submission{Path: path, Language: "cpp", Verdict: problems.AC, Compile: Compile{OK: true}}
	for i, test := range all {
		if test.Name == "" {
			test.Name = fmt.Sprint(i + 1)
		}
		if s.Verdict == problems.AC && test.Verdict != problems.AC {
			s.Verdict, s.Reason = test.Verdict, test.Reason
		}
		s.MaxCPUSeconds, s.MaxMemoryBytes = max(s.MaxCPUSeconds, test.CPUSeconds), max(s.MaxMemoryBytes, test.MemoryBytes)
		s.Tests = append(s.Tests, test)
	}
	return s
}

func ac(cpu float64) Test {
	return Test{Verdict: problems.AC, CPUSeconds: cpu, MemoryBytes: 3 << 20}
}

func repeated(n int, test Test) []Test {
	all := make([]Test, n)
	for i := range all {
		all[i] = test
	}
	return all
}

func skips(n int) []Test { return repeated(n, Test{Verdict: problems.SKIP, Core: -1}) }

var (
	wa  = Test{Verdict: problems.WA, CPUSeconds: 0.2, MemoryBytes: 5 << 20, Difference: &Difference{Line: 3, Column: 5, Token: 7, Expected: "42", Got: "41"}}
	tle = Test{Verdict: problems.TLE, Reason: "cpu", CPUSeconds: 1.004, WallSeconds: 1.1, MemoryBytes: 3 << 20}
	rte = Test{Verdict: problems.RTE, Reason: "signal SIGSEGV", CPUSeconds: 0.01, MemoryBytes: 3 << 20, Stderr: "one\ntwo\n"}
	mle = Test{Verdict: problems.MLE, CPUSeconds: 0.1, MemoryBytes: 256 << 20}
	ole = Test{Verdict: problems.OLE, CPUSeconds: 0.1, MemoryBytes: 3 << 20}
	ile = Test{Verdict: problems.TLE, Reason: "idle", CPUSeconds: 0.01, WallSeconds: 3, MemoryBytes: 1 << 20}
)

func compileError(path string, tests int) Submission {
	s := submission(path, skips(tests)...)
	s.Verdict, s.Compile = problems.CE, Compile{Log: "main.cpp:3:5: error: expected ';'\n\tint x\n\t     ^\n"}
	return s
}

func yes(ok bool) *bool { return &ok }

func TestTables(t *testing.T) {
	one := sample(57)
	one.Submissions = []Submission{submission("dir/right.cpp", repeated(57, ac(0.41))...)}

	failing := sample(20)
	failing.Submissions = []Submission{submission("wrong.py", append(append(repeated(12, ac(0.3)), wa, tle), repeated(6, ac(0.2))...)...)}

	grouped := sample(4)
	tests := []Test{ac(0.1), ac(0.1), ac(0.1), wa}
	for i := range tests {
		tests[i].Group = []string{"small", "small", "small", "large"}[i]
	}
	grouped.Submissions = []Submission{submission("a.c", tests...)}

	mixed := sample(6)
	mixed.Submissions = []Submission{
		submission("sub/right.cpp", repeated(6, ac(0.41))...),
		submission("sub/wrong.py", append(repeated(3, ac(0.2)), wa, wa, ac(0.1))...),
		submission("sub/slow.java", append(repeated(2, ac(0.9)), tle, tle, ac(0.1), ile)...),
		submission("other/right.cpp", append(repeated(5, ac(0.1)), rte)...),
		compileError("broken.cpp", 6),
		submission("hungry.c", append(repeated(5, ac(0.1)), mle)...),
		submission("loud.c", append([]Test{ole}, skips(5)...)...),
		submission("a/very/long/path/with-a-very-long-file-name.cpp", repeated(6, ac(0.1))...),
	}
	mixed.Submissions[1].Expected, mixed.Submissions[1].AsExpected = []problems.Verdict{problems.WA}, yes(true)
	mixed.Submissions[2].Expected, mixed.Submissions[2].AsExpected = []problems.Verdict{problems.WA, problems.RTE}, yes(false)

	wide := sample(200)
	for i := range 12 {
		all := repeated(200, ac(0.1))
		if i%3 == 1 {
			all[50+i] = wa
		}
		wide.Submissions = append(wide.Submissions, submission(fmt.Sprintf("s%d.cpp", i), all...))
	}

	partial := sample(5)
	partial.Partial = true
	partial.Submissions = []Submission{submission("right.cpp", append(repeated(2, ac(0.1)), skips(3)...)...)}

	broken := sample(3)
	broken.Submissions = []Submission{compileError("broken.cpp", 3)}

	for name, row := range map[string]struct {
		report *Report
		table  Table
	}{
		"one.txt":     {one, Table{}},
		"failing.txt": {failing, Table{}},
		"grouped.txt": {grouped, Table{}},
		"verbose.txt": {failing, Table{Verbose: true}},
		"mixed.txt":   {mixed, Table{}},
		"colour.txt":  {mixed, Table{Color: true, Width: 80}},
		"several.txt": {mixed, Table{Verbose: true}},
		"wide.txt":    {wide, Table{}},
		"partial.txt": {partial, Table{}},
		"broken.txt":  {broken, Table{}},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := row.table.Write(&b, row.report); err != nil {
				t.Fatal(err)
			}
			golden(t, name, b.Bytes())
		})
	}
}

func TestJSONIsReadBackAsWritten(t *testing.T) {
	r := sample(3)
	r.Submissions = []Submission{submission("a.cpp", ac(0.1), wa, tle), compileError("b.cpp", 3)}
	path := filepath.Join(t.TempDir(), "run.json")
	for range 2 { // the second time over the first
		if err := SaveJSON(path, r); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	back, err := ReadJSON(file)
	if err != nil {
		t.Fatal(err)
	}
	var a, b bytes.Buffer
	if WriteJSON(&a, r) != nil || WriteJSON(&b, back) != nil || a.String() != b.String() {
		t.Errorf("written %s\nread %s", a.String(), b.String())
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

func TestAReportThatNobodyJudgedIsNotWritten(t *testing.T) {
	r := sample(1)
	r.Submissions = []Submission{{Path: "a.cpp", Tests: []Test{{Name: "1"}}}}
	path := filepath.Join(t.TempDir(), "run.json")
	if err := SaveJSON(path, r); err == nil {
		t.Error("it was written")
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestAnotherSchemaIsRefused(t *testing.T) {
	for _, text := range []string{`{"schema": 2}`, `{}`, `[]`, ``} {
		if r, err := ReadJSON(bytes.NewReader([]byte(text))); err == nil {
			t.Errorf("%q became %+v", text, r)
		}
	}
}
