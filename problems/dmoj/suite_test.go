package dmoj

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"judge/problems"
)

func TestSubmissionsOfTheTestSuite(t *testing.T) {
	dir := tree(t, list)
	for name, text := range map[string]string{
		"right/test.yml": "language: PY3\ntime: 2\nmemory: 65536\nsource: a.py\n", "right/a.py": "",
		"half/test.yml": "language: CPP17\ntime: 1\nmemory: 1024\nsource: [a.cpp, b.cpp]\nexpect: [WA, IR]\n" +
			"cases: {1: AC, 2: '*'}\n", "half/a.cpp": "", "half/b.cpp": "",
		"skips/test.yml":  "language: JAVA8\ntime: 1\nmemory: 1024\nsource: a.java\ncases: [AC, WA, SC]\n",
		"skips/a.java":    "",
		"broken/test.yml": "language: C\ntime: 1\nmemory: 1024\nsource: a.c\nexpect: CE\n", "broken/a.c": "",
		"part/test.yml": "language: C\ntime: 1\nmemory: 1024\nsource: a.c\nexpect: MLE\nscore: 5\n", "part/a.c": "",
		"part/test.linux.yml": "expect: TLE\nmemory: 65536\ntime: 2\n", "part/test.freebsd.yml": "expect: WA\n",
		"agent/test.yml": "language: JAVA8\ntime: 1\nmemory: 1024\nsource: a.java\nexpect: IR\n" +
			"feedback: ca.dmoj.java.XException\n",
		"class/test.yml":  "language: JAVA8\ntime: 1\nmemory: 1024\nsource: a.java\nexpect: CE\n",
		"class/a.java":    "// public class a {}\nclass a { String s = \"public class b\"; }\n",
		"packed/test.yml": "language: JAVA11\ntime: 1\nmemory: 1024\nsource: a.java\nexpect: CE\n",
		"packed/a.java":   "package ca.dmoj;\npublic final class a { /* package */ }\n",
		"public/test.yml": "language: JAVA8\ntime: 1\nmemory: 1024\nsource: a.java\nexpect: CE\n",
		"public/a.java":   "/* package x; */ public class a {\n",
		"sandbox/test.yml": "language: PY3\ntime: 1\nmemory: 1024\nsource: a.py\nexpect: IR\n" +
			"feedback: PermissionError\n", "sandbox/a.py": "",
		"arm/test.yml":  "language: C\ntime: 1\nmemory: 1024\nsource: a.c\narch: [aarch64]\n",
		"heap/test.yml": "language: JAVA8\ntime: 2\nmemory: 65536\nsource: a.java\nexpect: MLE\n", "heap/a.java": "",
		"small/test.yml": "language: C\ntime: 1\nmemory: 64\nsource: a.c\nexpect: MLE\n", "small/a.c": "",
		"old/test.yml":   "language: PY2\ntime: 1\nmemory: 1024\nsource: a.py\n",
		"fails/test.yml": "language: C\ntime: 1\nmemory: 1024\nsource: a.c\nexpect: IE\n",
	} {
		full := filepath.Join(dir, "tests", name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(full), 0o755), os.WriteFile(full, []byte(text),
			0o644)); err != nil {
			t.Fatal(err)
		}
	}
	p := read(t, dir)
	if p.NoTimeLimit || p.Limits.Time != 2*time.Second || p.Limits.Memory != 64*problems.MiB || len(p.Remarks) != 7 ||
		len(p.Submissions) != 8 || len(p.Foreign) != 1 || p.Foreign[0].Language != "Python 2" {
		t.Fatalf("%+v, %v", p, p.Remarks)
	}
	var got []string
	for _, s := range p.Submissions {
		words := filepath.Base(filepath.Dir(s.Path)) + "/" + filepath.Base(s.Path) + " " + s.Language
		for _, v := range s.Expect {
			words += " " + v.String()
		}
		for _, d := range s.Demands {
			words += fmt.Sprintf(" %q:%v", d.Tests, d.Permitted)
		}
		got = append(got, words)
	}
	want := []string{
		`broken/a.c c CE`,
		`half/a.cpp cpp17 ["1"]:[AC] ["2.1" "2.2" "10 (2)"]:[WA RTE]`,
		`half/b.cpp cpp17 ["1"]:[AC] ["2.1" "2.2" "10 (2)"]:[WA RTE]`,
		`heap/a.java java []:[MLE RTE]`, `part/a.c c []:[TLE]`, `public/a.java java CE`,
		`right/a.py python3 AC`, `skips/a.java java ["1"]:[AC] ["10"]:[WA] ["2.2" "10 (2)"]:[AC]`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s\nwant %s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestScoresOfTheTestSuite(t *testing.T) {
	dir := tree(t, "test_cases:\n- {in: 1.in, out: 1.out, points: 10}\n- {in: 10.in, out: 10.out, points: 10}\n",
		"tests/part/a.py")
	test := "language: PY3\ntime: 2\nmemory: 65536\nsource: a.py\nscore: [3, 5]\n"
	if err := os.WriteFile(filepath.Join(dir, "tests/part/test.yml"), []byte(test), 0o644); err != nil {
		t.Fatal(err)
	}
	d := read(t, dir).Submissions[0].Demands
	if len(d) != 1 || d[0].Score == nil || *d[0].Score != (problems.Range{Least: 6, Most: 10}) {
		t.Errorf("demands %+v, want a score from 6 to 10", d)
	}
}
