package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"judge/problems/text/texttest"
)

// said runs a command and returns its exit code and all that it wrote.
func said(t *testing.T, arguments ...string) (int, string, string) {
	t.Helper()
	var out, errs bytes.Buffer
	code := Main(context.Background(), append([]string{"judge"}, arguments...), IO{Stdout: &out, Stderr: &errs})
	return code, out.String(), errs.String()
}

// fileNames are names of files that somebody would obey. A file's name is at most 255 bytes.
func fileNames() []string {
	var all []string
	for _, s := range texttest.Texts() {
		s = strings.NewReplacer("/", "", "\x00", "").Replace(s)
		if len(s) <= 200 {
			all = append(all, s)
		}
	}
	return all
}

func TestErrorsEscapeQuotedText(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Chdir(t.TempDir())
	problem := planted(t, "problem")
	submission := filepath.Join(problem, "submissions", "right.py")
	noDirectory := submission + "/"
	for _, name := range fileNames() {
		for _, arguments := range [][]string{
			{name}, {"--" + name}, {"run", name, "a.py"}, {"run", problem, name},
			{"run", problem, submission, "--" + name}, {"run", problem, submission, "--tests", name},
			{"run", problem, submission, "--json", noDirectory + name}, {"run", problem, submission, "--cores", name},
			{"run", problem, submission, "--jobs", name},
			{"run", problem, submission, "--time-limit", name}, {"run", problem, submission, "--isolation", name},
			{"run", problem, submission, "--languages", name},
			{"show", name}, {"show", name + "/problem.yaml"}, {"verify", problem, "--junit", noDirectory + name},
			{"time", name}, {"time", problem, "--max-time", name},
			{"convert", name, "x"}, {"convert", problem, "/dev/null/" + name}, {"convert", problem, "x", "--to", name},
			{"cache", name}, {"doctor", name}, {"doctor", "--isolation", name},
			{"completion", name}, {"man", name}, {"jail", "--", name}, {"jail", "--see", name, "--", "true"},
			{"jail", "--put", name, "--", "true"}, {"jail", "--memory", name, "--", "true"},
			{"languages", "--languages", name}, {"init", "/dev/null/" + name},
		} {
			code, out, errs := said(t, arguments...)
			if code == 0 || errs == "" {
				t.Errorf("judge %q: exit %d, stderr %q", arguments, code, errs)
			}
			if what := texttest.Obeyed(out + errs); what != "" {
				t.Errorf("judge %q: %s", arguments, what)
			}
		}
	}
}

// planted makes a problem in a directory of that name.
func planted(t *testing.T, name string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	for file, content := range map[string]string{
		"problem.yaml":         "name: P\ntests: tests/*.in\nsubmissions:\n  - {path: submissions/right.py, expect: AC}\n",
		"tests/1.in":           "1 2\n",
		"tests/1.ans":          "3\n",
		"submissions/right.py": "print(sum(map(int, input().split())))\n",
	} {
		at := filepath.Join(dir, file)
		if err := errors.Join(os.MkdirAll(filepath.Dir(at), 0o755), os.WriteFile(at, []byte(content), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestProblemsInDirectoriesOfAnyName(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	for _, name := range fileNames() {
		dir := planted(t, name)
		bad := filepath.Join(filepath.Dir(dir), "bad"+name)
		if err := os.MkdirAll(bad, 0o755); err != nil {
			t.Fatal(err)
		}
		spec := "name: \"a\\n::error::b\"\ntests: x\n"
		if err := os.WriteFile(filepath.Join(bad, "problem.yaml"), []byte(spec), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, arguments := range [][]string{
			{"show", dir}, {"show", bad}, {"convert", dir, dir + "x"}, {"convert", bad, dir + "y"}, {"init", dir},
			{"init", dir + "z"}, {"run", bad, "a.py"},
			{"run", dir, filepath.Join(dir, "submissions")}, {"run", dir, filepath.Join(dir, "submissions", "gone.py")},
		} {
			_, out, errs := said(t, arguments...)
			if what := texttest.Obeyed(out + errs); what != "" {
				t.Errorf("judge %q: %s", arguments, what)
			}
		}
	}
}

func TestVerifyWithForeignTextEverywhere(t *testing.T) {
	if !canJail(t) {
		t.Log("no jail here: the renderers are tried in package verify")
		return
	}
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	summary := filepath.Join(t.TempDir(), "summary")
	t.Setenv("GITHUB_STEP_SUMMARY", summary)
	dir := planted(t, "p\n::error::x##[group]\u202e")
	t.Setenv("GITHUB_WORKSPACE", filepath.Dir(dir)) // annotations name files below it
	const stderr = "import sys\nsys.stderr.write('\\n::error::x\\n  ::stop-commands::y\\n" +
		"##[error]z\\n##vso[task.complete]\\n\\x1b[2J\\u202e\\r')\nprint(0)\n"
	// The spec's last line is the last of its submissions.
	spec, err := os.OpenFile(filepath.Join(dir, "problem.yaml"), os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = spec.WriteString("  - {path: submissions/loud.py, expect: AC}\n")
	loud := filepath.Join(dir, "submissions", "loud.py")
	if err = errors.Join(err, spec.Close(), os.WriteFile(loud, []byte(stderr), 0o644)); err != nil {
		t.Fatal(err)
	}
	files := t.TempDir()
	_, out, errs := said(t, "verify", filepath.Dir(dir), "--github", "--junit", files+"/junit", "--html",
		files+"/html", "--json", files+"/json", "-v")
	var rest []string
	annotations := 0
	for line := range strings.Lines(out) {
		if strings.HasPrefix(line, "::error file=") || strings.HasPrefix(line, "::warning file=") {
			annotations++
			line = "annotation " + line[2:]
		}
		rest = append(rest, line)
	}
	if what := texttest.Obeyed(strings.Join(rest, "") + errs); what != "" || annotations == 0 {
		t.Errorf("%d annotations; %s; %s", annotations, what, out)
	}
	_, out, errs = said(t, "verify", dir, "--json", "-")
	if what := texttest.Obeyed(out + errs); what != "" || !json.Valid([]byte(out)) {
		t.Errorf("JSON: %s", what)
	}
	for _, file := range []string{summary, files + "/junit", files + "/html", files + "/json"} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if what := texttest.Unseen(string(data)); what != "" {
			t.Errorf("%s: %s", filepath.Base(file), what)
		}
	}
	_, out, errs = said(t, "run", dir, filepath.Join(dir, "submissions", "loud.py"))
	if what := texttest.Obeyed(out + errs); what != "" || !strings.Contains(out, `:\x3aerror::x`) {
		t.Errorf("run: %s; %s", what, out)
	}
}

func TestACommandInAJailHasStdoutAndStderrToItself(t *testing.T) {
	if !canJail(t) {
		t.Log("no jail here")
		return
	}
	const words, octal = "\n::error::x##[group]\x1b[2J\xff\u202e", `\n::error::x##[group]\033[2J\377\342\200\256`
	code, out, errs := said(t, "jail", "--", "/bin/sh", "-c", "printf '"+octal+"'; printf '"+octal+"' >&2")
	if code != 0 || out != words || !strings.HasPrefix(errs, words) {
		t.Errorf("exit %d, stdout %q, stderr %q", code, out, errs)
	}
}
