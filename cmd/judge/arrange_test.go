package main

import (
	"errors"
	"io"
	"strings"
	"testing"
)

func TestFlagsMayAppearAnywhere(t *testing.T) {
	app := newApp(IO{Stdout: io.Discard, Stderr: io.Discard}, IO{})
	rows := []struct{ typed, want string }{
		{"run p a", "run -- p a"},
		{"run p a -v", "run -v -- p a"},
		{"run p -j 2 a", "run -j=2 -- p a"},
		{"run -j2 p a", "run -j=2 -- p a"},
		{"run p a -j=2", "run -j=2 -- p a"},
		{"run p a --jobs=2 --no-color", "run --jobs=2 --no-color -- p a"},
		{"run p a --jobs 2", "run --jobs=2 -- p a"},
		{"run p a -t -1", "run -t=-1 -- p a"},
		{"run p a --json -", "run --json=- -- p a"},
		{"run p - -v", "run -v -- p -"},
		{"run p -- -v", "run -- p -v"},
		{"run --help", "run --help --"},
		{"run p a --help", "run --help --"},
		{"verify -h p", "verify -h --"},
		{"verify p --github=false", "verify --github=false -- p"},
		{"jail --memory 64 -- cmd -v --memory 1 -- x", "jail --memory=64 -- cmd -v --memory 1 -- x"},
		{"jail -- -x", "jail -- -x"},
		{"--help", "--help"},
		{"help", "--help"},
		{"help run", "run --help --"},
		{"jail --see a --see b cmd", "jail --see=a --see=b -- cmd"},
		{"", ""},
	}
	for _, row := range rows {
		got, err := arrange(app, append([]string{"judge"}, strings.Fields(row.typed)...))
		if err != nil || strings.Join(got, " ") != strings.TrimSpace("judge "+row.want) {
			t.Errorf("%s: %q, %v; want %s", row.typed, got, err, row.want)
		}
	}
}

func TestUnknownFlagsNameTheNearest(t *testing.T) {
	app := newApp(IO{Stdout: io.Discard, Stderr: io.Discard}, IO{})
	for typed, want := range map[string]string{
		"run p a --verbos":   "unknown flag --verbos\nhint: did you mean \"--verbose\"?",
		"run p a --zzzzzzzz": "unknown flag --zzzzzzzz",
		"run p a -x":         "unknown flag -x",
		"run p a --jobs":     "--jobs needs a value",
		"verify p -v=yes":    "-v takes no value\nhint: write -v alone",
		"run p a -t --":      "-t needs a value",
		"--versin":           "unknown flag --versin\nhint: did you mean \"--version\"?",
		"run p a --json=":    "--json needs a value",
		"run p a -t=":        "-t needs a value",
		"run p a --json -v":  "--json needs a value",
		"jail ls -l":         "unknown flag -l\nhint: put the command after --, as in: judge jail -- ls -l",
		"jail -x -- ls":      "unknown flag -x",
	} {
		_, err := arrange(app, append([]string{"judge"}, strings.Fields(typed)...))
		var mistake *usageError
		if !errors.As(err, &mistake) || err.Error() != want {
			t.Errorf("%s: %v, want %s", typed, err, want)
		}
	}
}

func FuzzArrange(f *testing.F) {
	f.Add("run p a -j 2 --json=x -- -v")
	f.Fuzz(func(t *testing.T, line string) {
		words := append([]string{"judge", "run"}, strings.Fields(line)...)
		got, err := arrange(newApp(IO{Stdout: io.Discard, Stderr: io.Discard}, IO{}), words)
		if err != nil {
			return
		}
		// Arranging what is arranged changes nothing.
		again, err := arrange(newApp(IO{Stdout: io.Discard, Stderr: io.Discard}, IO{}), got)
		if err != nil || strings.Join(again, "\x00") != strings.Join(got, "\x00") {
			t.Errorf("%q became %q, then %q, %v", words, got, again, err)
		}
	})
}
