package judge

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"judge/isolate"
	"judge/judge/cores"
	"judge/judge/languages"
	"judge/judge/report"
	"judge/problems"
)

// jailed returns a judge that runs programs for real, on two cores where there are two.
func jailed(t testing.TB) *Judge {
	t.Helper()
	cores, err := cores.Default()
	if err != nil {
		t.Fatal(err)
	}
	pool, err := isolate.Open(isolate.Config{Cores: cores})
	if err != nil {
		t.Fatalf("these tests need a host that can make jails: %v", err)
	}
	t.Cleanup(func() {
		if err := pool.Close(); err != nil {
			t.Errorf("close the pool: %v", err)
		}
	})
	return &Judge{Run: pool.Run, Cores: cores, Languages: table(t, ""), Cache: newCache(t)}
}

// table returns the built-in languages with those of a text laid over them.
func table(t testing.TB, text string) *languages.Table {
	t.Helper()
	path := ""
	if text != "" {
		path = writeFile(t, filepath.Join(t.TempDir(), "languages.yaml"), text)
	}
	table, err := languages.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func writeFile(t testing.TB, path, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// problemOf makes a problem of inputs and answers, by turns, with limits that a test may change.
func problemOf(t testing.TB, inputsAndAnswers ...string) *problems.Problem {
	t.Helper()
	dir := t.TempDir()
	p := &problems.Problem{Name: "sum", Dir: dir, Path: dir, Limits: problems.Limits{
		Time: time.Second, Wall: 3 * time.Second, Memory: 256 * problems.MiB, Output: 8 * problems.MiB,
		CompilationTime: 60 * time.Second, CompilationMemory: 2048 * problems.MiB, Code: 128 * problems.KiB,
	}}
	for i := 0; i < len(inputsAndAnswers); i += 2 {
		name := string(rune('a' + i/2))
		p.Tests = append(p.Tests, problems.TestCase{
			Name: name, Input: writeFile(t, filepath.Join(dir, name+".in"), inputsAndAnswers[i]),
			Answer: writeFile(t, filepath.Join(dir, name+".ans"), inputsAndAnswers[i+1]),
		})
	}
	return p
}

// repeated has n tests with the input of the first. Their answers differ in white space at the end, so that each is run.
func repeated(t testing.TB, p *problems.Problem, n int) {
	t.Helper()
	first := p.Tests[0]
	answer, err := os.ReadFile(first.Answer)
	if err != nil {
		t.Fatal(err)
	}
	blanks := strings.NewReplacer("0", " ", "1", "\t")
	p.Tests = nil
	for i := range n {
		first.Name = fmt.Sprint(i)
		first.Answer = writeFile(t, filepath.Join(p.Dir, first.Name+".again"), string(answer)+blanks.Replace(strconv.FormatInt(int64(i), 2)))
		p.Tests = append(p.Tests, first)
	}
}

func judgeAll(t testing.TB, j *Judge, request Request) *report.Report {
	t.Helper()
	r, err := j.Judge(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
