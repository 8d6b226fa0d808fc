package languages

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// What the commands print on Debian 12.
func TestVersionIsExtractedFromEachCommandsOutput(t *testing.T) {
	table := mustLoad(t, "")
	for id, test := range map[string]struct{ says, want string }{
		"c":     {"gcc (Debian 12.2.0-14+deb12u1) 12.2.0\nCopyright (C) 2022 Free Software Foundation, Inc.\n", "12.2.0"},
		"cpp23": {"g++ (Debian 12.2.0-14+deb12u1) 12.2.0\nCopyright (C) 2022 Free Software Foundation, Inc.\n", "12.2.0"},
		"java":  {"javac 17.0.15\n", "17.0.15"},
		"kotlin": {"OpenJDK 64-Bit Server VM warning: Options -Xverify:none and -noverify were deprecated in JDK 13 and will likely be " +
			"removed in a future release.\ninfo: kotlinc-jvm 1.3-SNAPSHOT (JRE 17.0.21.1+2-1-deb12u1-Debian)\n", "1.3-SNAPSHOT"},
		"python3":    {"Python 3.11.2\n", "3.11.2"},
		"pypy3":      {"Python 3.9.16 (7.3.11+dfsg-2+deb12u3, Dec 30 2024, 22:36:23)\n[PyPy 7.3.11 with GCC 12.2.0]\n", "7.3.11"},
		"go":         {"go version go1.26.8 linux/amd64\n", "1.26.8"},
		"rust":       {"rustc 1.63.0\n", "1.63.0"},
		"javascript": {"v20.20.2\n", "20.20.2"},
		"csharp":     {"Mono JIT compiler version 6.8.0.105 (Debian 6.8.0.105+dfsg-3.3+deb12u1 Sat Jun 21 16:33:59 UTC 2025)\n", "6.8.0.105"},
		"pascal":     {"3.2.2\n", "3.2.2"},
		"haskell":    {"9.0.2\n", "9.0.2"},
		"ocaml":      {"4.13.1\n", "4.13.1"},
		"ruby":       {"ruby 3.1.7p261 (2025-03-26 revision 0a3704f218) [x86_64-linux-gnu]\n", "3.1.7p261"},
		"perl":       {"\nThis is perl 5, version 36, subversion 0 (v5.36.0) built for x86_64-linux-gnu-thread-multi\n", "5.36.0"},
		"lua":        {"Lua 5.4.4  Copyright (C) 1994-2022 Lua.org, PUC-Rio\n", "5.4.4"},
		"php":        {"PHP 8.2.36 (cli) (built: Nov 18 2026 20:02:04) (NTS)\n", "8.2.36"},
		"bash":       {"GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)\n", "5.2.15"},
	} {
		l, _ := table.Lookup(id)
		got, err := l.version(test.says)
		if err != nil || got.Number != test.want {
			t.Errorf("%s: got %q, %v; want %q", id, got.Number, err, test.want)
		}
		if got.Full != strings.TrimSpace(test.says) {
			t.Errorf("%s: kept %q of %q", id, got.Full, test.says)
		}
	}
}

func TestVersionAsksTheCommand(t *testing.T) {
	l := Language{ID: "x", Name: "X", Run: []string{"/prog/main"}, VersionCommand: []string{fakeTool(t, "tool 1.2\033[2J")}}
	got, err := l.Version(t.Context())
	if err != nil || got.Number != "tool 1.2[2J" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestUnmatchedVersionNamesThePatternToCorrect(t *testing.T) {
	l, _ := mustLoad(t, "").Lookup("c")
	for _, says := range []string{"", "no idea\n"} {
		_, err := l.version(says)
		if err == nil {
			t.Errorf("%q passed for a version", says)
		}
	}
	if _, err := l.version("no idea"); err == nil || !strings.Contains(err.Error(), "version_pattern") {
		t.Errorf("got %v", err)
	}
}

func TestSlowVersionCommandIsAskedAgainWithMorePatience(t *testing.T) {
	l := Language{ID: "x", VersionCommand: []string{fakeTool(t, "tool 1.2")}}
	const none = time.Nanosecond // no command is as fast
	got, err := l.askVersion(t.Context(), []time.Duration{none, 10 * time.Minute})
	if err != nil || got.Full != "tool 1.2" {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err = l.askVersion(t.Context(), []time.Duration{none}); err == nil || !strings.Contains(err.Error(), "no answer within 1ns") {
		t.Errorf("without patience: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err = l.askVersion(ctx, versionPatience()); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
}

func TestVersionCommandThatFailsIsNotAskedAgain(t *testing.T) {
	tool := filepath.Join(t.TempDir(), "tool")
	if err := os.WriteFile(tool, []byte("#!/bin/sh\nmkdir $0.asked || echo again >$0.again\nexit 3\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	l := Language{ID: "x", VersionCommand: []string{tool}}
	if _, err := l.askVersion(t.Context(), []time.Duration{time.Minute, time.Minute}); err == nil || !strings.Contains(err.Error(), "exit status 3") {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(tool + ".again"); err == nil {
		t.Error("it was asked twice")
	}
}
