package convert

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"judge/problems"
	"judge/problems/formats"
)

// TestScriptsAroundPrograms translate other protocols. The programs are scripts here.
func TestScriptsAroundPrograms(t *testing.T) {
	const accept, reject = 42, 43
	for _, row := range []struct {
		what, run string
		programs  map[string]string
		code      int
		feedback  map[string]string
	}{
		{"testlib: right, and its arguments", runTestlib, map[string]string{"checker": `[ "$(cat $1)$(cat $2)$(cat $3)$4" = inoutansmore ] && echo ok >&2`}, accept, map[string]string{"judgemessage.txt": "ok\n"}},
		{"testlib: wrong", runTestlib, map[string]string{"checker": "echo no >&2; exit 1"}, reject, map[string]string{"judgemessage.txt": "no\n"}},
		{"testlib: ill-formed", runTestlib, map[string]string{"checker": "exit 2"}, reject, nil},
		{"testlib: points", runTestlib, map[string]string{"checker": "echo 'points 12.5 fair' >&2; exit 7"}, accept, map[string]string{"score.txt": "12.5\n"}},
		{"testlib: a half", runTestlib, map[string]string{"checker": "exit 150"}, accept, map[string]string{"score_multiplier.txt": "0.5\n"}},
		{"testlib: the jury is wrong", runTestlib, map[string]string{"checker": "exit 3"}, 3, nil},
		{"an interactor refuses", runInteractor, map[string]string{"interactor": "exit 1", "checker": "exit 0"}, reject, nil},
		{"an interactor and a checker of what it wrote", runInteractor, map[string]string{"interactor": `cat >"$2"`, "checker": `[ "$(cat $2)$(cat $3)" = outans ]`}, accept, nil},
		{"and which refuses", runInteractor, map[string]string{"interactor": `cat >"$2"`, "checker": "exit 1"}, reject, nil},
		{"an interactor alone", runInteractor, map[string]string{"interactor": `[ "$(cat)$(cat $1)$(cat $3)$4" = outinansmore ]`}, accept, nil},
		{"CMS: all, and its arguments", runCMS, map[string]string{"checker": `[ "$(cat $1)$(cat $2)$(cat $3)" = inansout ] && echo 1.0; echo good >&2`}, accept, map[string]string{"judgemessage.txt": "good\n"}},
		{"CMS: nothing", runCMS, map[string]string{"checker": "echo 0.0"}, reject, nil},
		{"CMS: a part", runCMS, map[string]string{"checker": "echo 0.25; echo more"}, accept, map[string]string{"score_multiplier.txt": "0.25\n"}},
		{"CMS: it fails", runCMS, map[string]string{"checker": "exit 5"}, 5, nil},
		{"a validator accepts", runValidator, map[string]string{"validator": `[ "$*" = "in ans feedback more" ]`}, accept, nil},
		{"a validator of Unix lines accepts", runUnixValidator, map[string]string{"validator": `[ "$(cat) $*" = "out in ans feedback more" ]`}, accept, nil},
		{"a validator refuses", runValidator, map[string]string{"validator": "exit 3"}, reject, nil},
	} {
		dir := t.TempDir()
		write := func(name, content string) {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		write("run", row.run)
		write("in", "in")
		write("ans", "ans")
		for name, script := range row.programs {
			write(name, "#!/bin/sh\n"+script+"\n")
		}
		if err := os.Mkdir(filepath.Join(dir, "feedback"), 0o755); err != nil {
			t.Fatal(err)
		}
		command := exec.Command("./run", "in", "ans", "feedback", "more")
		command.Dir, command.Stdin = dir, strings.NewReader("out")
		out, err := command.CombinedOutput()
		if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != row.code {
			t.Errorf("%s: %v, want exit %d: %s", row.what, err, row.code, out)
		}
		for name, want := range row.feedback {
			if got, err := os.ReadFile(filepath.Join(dir, "feedback", name)); err != nil || string(got) != want {
				t.Errorf("%s: %s has %q, %v; want %q", row.what, name, got, err, want)
			}
		}
	}
}

// TestProgramsOfOtherProtocols are copied with their build scripts and headers.
func TestProgramsOfOtherProtocols(t *testing.T) {
	dir := t.TempDir()
	file := func(name string) string {
		full := filepath.Join(dir, name)
		if err := os.WriteFile(full, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
		return full
	}
	file("testlib.h")
	p, err := formats.Open("../../examples/aplusb")
	if err != nil {
		t.Fatal(err)
	}
	p.Submissions, p.Limits.OutputOfAll = nil, true
	p.Checker = problems.Checker{External: &problems.External{Path: file("check.cpp"), Protocol: problems.Testlib}}
	p.Interactor = &problems.External{Path: file("talk.cpp"), Protocol: problems.Testlib}
	p.InputValidators = []problems.Validator{{Path: file("val.cpp"), Testlib: true}}
	out := filepath.Join(t.TempDir(), "out")
	if lost, err := ICPC(p, out); err != nil || len(beyondFiles(lost)) > 0 {
		t.Fatalf("%v, lost %q", err, lost)
	}
	for name, want := range map[string]string{
		"output_validator/build": "\nc++ -std=gnu++17 -O2 -o interactor 'talk.cpp'\nc++ -std=gnu++17 -O2 -o checker 'check.cpp'\n", "output_validator/run": "/interactor",
		"output_validator/testlib.h": "testlib.h", "input_validators/val/build": "-o validator 'val.cpp'", "input_validators/val/testlib.h": "testlib.h",
	} {
		if got, err := os.ReadFile(filepath.Join(out, name)); err != nil || !strings.Contains(string(got), want) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for _, protocol := range []problems.Protocol{problems.DMOJ, problems.COCI, problems.PEG} {
		p.Interactor, p.Checker.External = nil, &problems.External{Path: file("check.cpp"), Protocol: protocol}
		if _, err := ICPC(p, filepath.Join(t.TempDir(), "out")); err == nil || !strings.Contains(err.Error(), "protocol of the checker") {
			t.Error(err)
		}
	}
}
