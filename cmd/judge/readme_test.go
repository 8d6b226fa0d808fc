package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// figures are what differs from run to run and from machine to machine.
var figures = regexp.MustCompile(` *[0-9.]+ (s|MiB)\b|cores? [0-9,-]+`)

// session is a block of the README in which judge is run: its directory, its commands and what each prints.
type session struct {
	dir   string
	steps []step
}

type step struct {
	args   []string
	output string
	code   string // as `echo $?` shows it; "": it is not shown
}

// sessions returns the blocks of a page that run judge. A block is indented, and its commands begin with $.
func sessions(page string) (all []session) {
	for block := range strings.SplitSeq(regexp.MustCompile(`(?m)^(\S.*)$`).ReplaceAllString(page, "\x00"), "\x00") {
		var s session
		last, ended := (*step)(nil), false
		for line := range strings.Lines(block) {
			line = strings.TrimPrefix(line, "    ")
			command, isCommand := strings.CutPrefix(strings.TrimSpace(line), "$ ")
			switch {
			case isCommand && strings.HasPrefix(command, "cd "):
				s.dir = strings.TrimPrefix(command, "cd ")
			case isCommand && strings.HasPrefix(command, "judge "):
				s.steps = append(s.steps, step{args: strings.Fields(command)})
				last, ended = &s.steps[len(s.steps)-1], false
			case isCommand && command == "echo $?":
				ended = true
			case last != nil && ended && last.code == "":
				last.code = strings.TrimSpace(line)
			case last != nil && !ended:
				last.output += line
			}
		}
		if s.steps != nil {
			all = append(all, s)
		}
	}
	return all
}

// TestReadmeRunsAreReal runs every `$ judge` command of the README and compares its output, except for figures.
func TestReadmeRunsAreReal(t *testing.T) {
	if !canJail(t) {
		t.Skip("this host cannot make jails")
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	all := sessions(string(readme))
	if len(all) == 0 {
		t.Fatal("the README runs nothing")
	}
	for _, s := range all {
		t.Run(strings.Join(s.steps[0].args, " "), func(t *testing.T) {
			t.Chdir(filepath.Join("../..", s.dir))
			t.Setenv("XDG_CACHE_HOME", t.TempDir())
			for _, step := range s.steps {
				var out, errs bytes.Buffer
				code := Main(context.Background(), step.args, IO{Stdout: &out, Stderr: &errs})
				if got, want := masked(out.String()), masked(step.output); got != want {
					t.Errorf("%s prints\n%s\nexpected\n%s\nstderr: %s", step.args, got, want, errs.String())
				}
				if step.code != "" && strconv.Itoa(code) != step.code {
					t.Errorf("%s exits with %d, expected %s: %s", step.args, code, step.code, errs.String())
				}
			}
		})
	}
}

// TestReadmeSessionsAreFound checks that commands, outputs and exit codes are read from a page.
func TestReadmeSessionsAreFound(t *testing.T) {
	page := "text\n\n    $ cd examples\n    $ judge show .\n    name  X\n\n    more\n    $ echo $?\n    0\n\ntext\n\n    judge run\n\nend\n"
	all := sessions(page)
	if len(all) != 1 || len(all[0].steps) != 1 {
		t.Fatalf("got %+v, expected one command", all)
	}
	got := all[0].steps[0]
	if all[0].dir != "examples" || strings.Join(got.args, " ") != "judge show ." || masked(got.output) != "name X more" || got.code != "0" {
		t.Errorf("got %+v", all[0])
	}
}

// masked hides figures, and white space, which their widths change.
func masked(text string) string {
	return strings.Join(strings.Fields(figures.ReplaceAllString(text, " #")), " ")
}

const maxReadme = 200 // lines; the rest is in docs

// TestReadmeIsShort keeps the README at what a newcomer reads at once.
func TestReadmeIsShort(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(readme, []byte("\n")); n > maxReadme {
		t.Errorf("the README has %d lines, expected at most %d: move some to docs", n, maxReadme)
	}
}

// TestJailPromisesHavePrograms checks that every line of the table in docs/jail.md names programs that are there.
func TestJailPromisesHavePrograms(t *testing.T) {
	page, err := os.ReadFile("../../docs/jail.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(page), "| a program tries | it meets | programs |\n|---|---|---|\n")
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
