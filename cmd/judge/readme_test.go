package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// figures are what differs from run to run and from machine to machine.
var figures = regexp.MustCompile(` *[0-9.]+ (s|MiB)\b|cores? [0-9,-]+`)

// TestTheREADMEShowsARealRun runs what the README's picture shows, and compares, figures aside.
func TestTheREADMEShowsARealRun(t *testing.T) {
	if !canJail(t) {
		t.Skip("this host cannot make jails")
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, picture, found := strings.Cut(string(readme), "    $ judge run ")
	arguments, picture, _ := strings.Cut(picture, "\n")
	picture, _, ends := strings.Cut(picture, "    $ echo $?\n    0\n")
	if !found || !ends {
		t.Fatal("the README has no picture of a run")
	}
	t.Chdir("../../examples/aplusb/submissions")
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	var out, errs bytes.Buffer
	if code := Main(context.Background(), append([]string{"judge", "run"}, strings.Fields(arguments)...), IO{Stdout: &out, Stderr: &errs}); code != exitOK {
		t.Fatalf("exit code %d: %s", code, errs.String())
	}
	if got, want := masked(out.String()), masked(strings.ReplaceAll("\n"+picture, "\n    ", "\n")); got != want {
		t.Errorf("the README shows\n%s\nit is\n%s", want, got)
	}
}

// masked hides figures, and white space, which their widths change.
func masked(text string) string {
	return strings.Join(strings.Fields(figures.ReplaceAllString(text, " #")), " ")
}

// TestWhatAJailPromisesIsChecked: every line of the table names programs that are there.
func TestWhatAJailPromisesIsChecked(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(readme), "| it tries | it meets | programs |\n|---|---|---|\n")
	if !found {
		t.Fatal("the table is gone")
	}
	lines := 0
	for line := range strings.Lines(table) {
		if !strings.HasPrefix(line, "|") {
			break
		}
		lines++
		cells := strings.Split(line, "|")
		names := strings.Fields(cells[3])
		if len(names) == 0 {
			t.Errorf("checked by nothing: %s", line)
		}
		for _, name := range names {
			programs, err := filepath.Glob("../../isolate/testdata/programs/" + strings.Trim(name, "`") + ".c")
			if err != nil || len(programs) == 0 {
				t.Errorf("no program %s: %v", name, err)
			}
		}
	}
	if lines < 10 {
		t.Errorf("%d lines", lines)
	}
}
