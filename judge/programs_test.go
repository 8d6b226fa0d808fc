package judge

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"judge/problems"
)

// TestAProgramIsBuiltAndRunByItsScripts: what "Other programs" of the ICPC problem package format promises them, and what they are used to.
func TestAProgramIsBuiltAndRunByItsScripts(t *testing.T) {
	const takes = "int main(int n, char **argv) { return n == 5 && argv[4][0] == 's' ? 42 : 43; }\n"
	for what, files := range map[string]map[string]string{
		"a script alone":              {"run": "#!/bin/sh\n[ \"$(cat)\" = 'the output' ] && [ \"$4\" = strict ] && exit 42; exit 43\n"},
		"built by a script":           {"build": "#!/bin/sh\ncc -o run check.c\n", "check.c": takes},
		"built, and called by ./name": {"build": "#!/bin/sh\nc++ -o jury check.c\n", "check.c": takes, "run": "#!/usr/bin/env sh\nexec ./jury \"$@\"\n"},
		"Python with a module": {"run": "#!/usr/bin/env python3\nfrom helper import verdict\nraise SystemExit(verdict())\n",
			"helper.py": "def verdict(): return 42\n"},
		"it finds its own files, and can write": {"run": "#!/bin/sh\ncp words.txt copy && [ \"$(cat copy)\" = hello ] && exit 42; exit 43\n", "words.txt": "hello\n"},
		"it asks whether a file is executable": {"run": "#!/bin/sh\n[ -x \"$(dirname \"$(readlink -f \"$0\")\")/executable.py\" ] && exit 42; exit 43\n",
			"executable.py": ""},
	} {
		problem := checkedBy(t, problems.ICPC, "")
		dir := filepath.Join(problem.Dir, "scripted")
		for name, text := range files {
			path := writeFile(t, filepath.Join(dir, name), text)
			if err := os.Chmod(path, 0o755); name == "executable.py" && err != nil {
				t.Fatal(err)
			}
		}
		problem.Checker.External.Path = dir
		problem.Limits.ValidationTime *= 5
		if test := oneLine(t, problem, "echo the output"); test.Verdict != problems.AC {
			t.Errorf("%s: %v %s, %s", what, test.Verdict, test.Reason, test.Message)
		}
	}
}

// TestACompiledProgramIsRunAsItIs: tasks of the Contest Management System come with compiled checkers.
func TestACompiledProgramIsRunAsItIs(t *testing.T) {
	problem := checkedBy(t, problems.CMS, "")
	dir := filepath.Join(problem.Dir, "compiled")
	source := writeFile(t, filepath.Join(dir, "source.c"), "#include <stdio.h>\nint main() { puts(\"1.0\"); return 0; }\n")
	problem.Checker.External.Path = filepath.Join(dir, "checker")
	if out, err := exec.Command("gcc", "-o", problem.Checker.External.Path, source).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if test := oneLine(t, problem, "echo the output"); test.Verdict != problems.AC {
		t.Errorf("%v %s, %s", test.Verdict, test.Reason, test.Message)
	}
}

// TestExtraFilesAreInTheWorkingDirectory: "Working directory" of the ICPC problem package format.
func TestExtraFilesAreInTheWorkingDirectory(t *testing.T) {
	for what, files := range map[string]map[string]string{
		"interpreted": {"main.py": "print('ok' if open('data.txt').read() + open('sub/more.txt').read() == 'ab' else 'no')\n", "data.txt": "a", "sub/more.txt": "b"},
		"compiled": {"main.c": "#include <stdio.h>\nint main() { FILE *f = fopen(\"data.txt\", \"r\"); puts(f && fgetc(f) == 'a' ? \"ok\" : \"no\"); }\n",
			"data.txt": "a"},
		"named like the input": {"main.py": "print('ok' if open('in.txt').read() == 'input\\n' else 'no')\n", "in.txt": "mine"},
	} {
		problem := problemOf(t, "input\n", "ok\n")
		if what == "named like the input" {
			problem.Files.Input = "in.txt"
		}
		dir := t.TempDir()
		for name, text := range files {
			writeFile(t, filepath.Join(dir, name), text)
		}
		r := judgeAll(t, jailed(t), Request{Problem: problem, Submissions: []string{dir}})
		if got := verdicts(r.Submissions[0]); got != "AC: AC" {
			t.Errorf("%s: %s %s", what, got, r.Submissions[0].Tests[0].Stderr)
		}
	}
}

func TestATestBringsFilesAndArguments(t *testing.T) {
	script := `[ "$(cat extra/note) $1" = "from the test told" ] && [ ! -e "a copy" ] && echo ok`
	path := writeFile(t, filepath.Join(t.TempDir(), "s.sh"), script)
	for what, problem := range map[string]*problems.Problem{
		"batch":       problemOf(t, "", "ok\n"),
		"interactive": talkative(t, `read word; [ "$word" = ok ] && exit 42; exit 43`, problems.ICPC),
	} {
		problem.Tests[0].ExtraFiles = filepath.Join(problem.Dir, "a.files")
		problem.Tests[0].RunArgs = []string{"told"}
		problem.ValidNames = regexp.MustCompile(`^[a-z]+$`)
		writeFile(t, filepath.Join(problem.Tests[0].ExtraFiles, "extra", "note"), "from the test")
		writeFile(t, filepath.Join(problem.Tests[0].ExtraFiles, "a copy"), "left out")
		r := judgeAll(t, jailed(t), Request{Problem: problem, Submissions: []string{path}})
		if got := verdicts(r.Submissions[0]); got != "AC: AC" {
			t.Errorf("%s: %s", what, got)
		}
	}
}

func TestASubmissionStartsWhereTheProblemSays(t *testing.T) {
	problem := problemOf(t, "", "ok\n")
	dir := filepath.Join(problem.Dir, "several")
	writeFile(t, filepath.Join(dir, "first.py"), "print('no')\n")
	writeFile(t, filepath.Join(dir, "second.py"), "print('ok')\n")
	problem.Submissions = []problems.Submission{{Path: dir, Entry: "second.py"}}
	r := judgeAll(t, jailed(t), Request{Problem: problem, Submissions: []string{dir}})
	if got := verdicts(r.Submissions[0]); got != "AC: AC" {
		t.Error(got)
	}
}
