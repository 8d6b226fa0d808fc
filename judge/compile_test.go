package judge

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"judge/judge/build"
	"judge/judge/cache"
	"judge/judge/report"
	"judge/problems"
)

func TestCompilerOutputIsStoredAndCleaned(t *testing.T) {
	j, _ := acted(t, 1)
	s := judgeAll(t, j, Request{Problem: numbers(t, 1), Submissions: acts(t, "syntax error")}).Submissions[0]
	if want := "s0.act:1: \\x1b[31msyntax error\\xff\n"; s.Compile.Log != want || s.Compile.OK {
		t.Errorf("%+v, want the log %q", s.Compile, want)
	}
}

// compiles judges a submission twice and returns how its compilations went.
func compiles(t *testing.T, j *Judge, source string) (first, second report.Compile) {
	t.Helper()
	request := Request{Problem: numbers(t, 1), Submissions: acts(t, source)}
	first = judgeAll(t, j, request).Submissions[0].Compile
	return first, judgeAll(t, j, request).Submissions[0].Compile
}

func TestASubmissionIsCompiledOnceWithACacheAndEachTimeWithout(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	j, a := acted(t, 1)
	if first, second := compiles(t, j, "ok"); first.Cached || second.Cached || a.compiled != 2 {
		t.Errorf("without a cache: %+v, %+v, %d compilations", first, second, a.compiled)
	}
	left, err := os.ReadDir(os.TempDir())
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	j.Cache, a.compiled = newCache(t), 0
	if first, second := compiles(t, j, "ok"); first.Cached || !second.Cached || !second.OK || a.compiled != 1 {
		t.Errorf("with a cache: %+v, %+v, %d compilations", first, second, a.compiled)
	}
	a.compiled = 0
	if first, second := compiles(t, j, "syntax error"); first.OK || second.OK || second.Log != first.Log || a.compiled != 2 {
		t.Errorf("a compile error: %+v, %+v, %d compilations", first, second, a.compiled)
	}
}

func TestProductKeyDependsOnAllInputs(t *testing.T) {
	dir := t.TempDir()
	files := func(texts ...string) string { // name and content by turns
		sub, err := os.MkdirTemp(dir, "s")
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(texts); i += 2 {
			writeFile(t, filepath.Join(sub, texts[i]), texts[i+1])
		}
		return sub
	}
	base := files("main.act", "ok", "b.act", "x")
	key := func(path, languages string) string {
		s, err := build.Reader{Languages: table(t, languages), Problem: numbers(t, 1)}.Read(path, "")
		if err != nil {
			t.Fatal(err)
		}
		key, err := newCache(t).Key(t.Context(), s.Language, s.Plan)
		if err != nil {
			t.Fatal(err)
		}
		return key
	}
	want := key(base, actLanguage)
	if key(files("main.act", "ok", "b.act", "x"), actLanguage) != want {
		t.Error("equal sources elsewhere have another key")
	}
	for what, other := range map[string]string{
		"a content":           key(files("main.act", "ok", "b.act", "y"), actLanguage),
		"a name":              key(files("main.act", "ok", "c.act", "x"), actLanguage),
		"one file less":       key(files("main.act", "ok"), actLanguage),
		"bytes moved":         key(files("main.act", "okx", "b.act", ""), actLanguage),
		"the compile command": key(base, strings.Replace(actLanguage, "true, ", "true, -O2, ", 1)),
		"the environment":     key(base, actLanguage+"    compile_env: {A: b}\n"),
		"what is seen":        key(base, actLanguage+"    compile_sees: [/usr/bin/env]\n"),
		"the compiler":        key(base, strings.Replace(actLanguage, "/bin/bash, --version", "/bin/echo, '2'", 1)),
	} {
		if other == want {
			t.Errorf("another in %s has the same key", what)
		}
	}
}

func TestJudgeErrorDuringCompilingIsNotACompileError(t *testing.T) {
	j, _ := acted(t, 1)
	s := judgeAll(t, j, Request{Problem: numbers(t, 1), Submissions: acts(t, "no jail to compile in")}).Submissions[0]
	if s.Verdict != problems.JE || s.Compile.OK {
		t.Errorf("%v (%s)", s.Verdict, s.Reason)
	}
}

func newCache(t testing.TB) *cache.Cache {
	t.Helper()
	c, err := cache.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCompilerWithoutAVersionOnlyDisablesTheCache(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	j, a := acted(t, 1)
	j.Cache = newCache(t)
	j.Languages = table(t, strings.Replace(actLanguage, "/bin/bash, --version", "/bin/false", 1))
	var warned []string
	j.Warn = func(err error) { warned = append(warned, err.Error()) }
	r := judgeAll(t, j, Request{Problem: numbers(t, 1), Submissions: acts(t, "ok", "wrong")})
	if got := verdicts(r.Submissions[0]) + " " + verdicts(r.Submissions[1]); got != "AC: AC WA: WA" || a.compiled != 2 {
		t.Errorf("%s, %d compilations", got, a.compiled)
	}
	if len(warned) != 1 || !strings.Contains(warned[0], "asking /bin/false for its version") {
		t.Errorf("warnings: %q", warned)
	}
}

// TestSleepingCompilerIsStopped: one that works may take longer, as a busy host may keep it from its core.
func TestSleepingCompilerIsStopped(t *testing.T) {
	j := jailed(t)
	j.Languages = table(t, strings.Replace(actLanguage, "[/bin/true, '{entry}']", "[/bin/sleep, '100000']\n    compile_sees: [/bin, /usr/bin, /lib, /lib64]", 1))
	problem := problemOf(t, "", "")
	problem.Limits.CompilationTime = 200 * time.Millisecond
	path := writeFile(t, filepath.Join(t.TempDir(), "a.act"), "ok")
	s := judgeAll(t, j, Request{Problem: problem, Submissions: []string{path}}).Submissions[0]
	if s.Verdict != problems.CE || s.Reason != "compile time" {
		t.Errorf("expected CE compile time, got %v %s\n%s", s.Verdict, s.Reason, s.Compile.Log)
	}
}
