package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"judge/isolate"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"judge": func() {
			os.Exit(Main(context.Background(), os.Args, IO{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr}))
		},
	})
}

// needJail in the environment makes it a failure that this host cannot make jails; the gate sets it.
const needJail = "JUDGE_NEED_JAIL"

// TestScripts runs testdata/*.txtar, one subject each. The condition [jail] holds where jails can be made,
// [root] for root.
func TestScripts(t *testing.T) {
	jail := canJail(t)
	defaultHangup(t)
	examples, err := filepath.Abs("../../examples")
	if err != nil {
		t.Fatal(err)
	}
	// One cache for all scripts: most of them judge the same few programs.
	cache := t.TempDir()
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Setenv("EXAMPLES", examples)
			env.Setenv("XDG_CACHE_HOME", cache)
			env.Setenv("XDG_CONFIG_HOME", env.WorkDir)
			return nil
		},
		Condition: func(name string) (bool, error) {
			return name == "jail" && jail || name == "root" && os.Getuid() == 0, nil
		},
	})
}

// defaultHangup has SIGHUP end what the scripts start, also where the tests run under nohup: a child inherits that a
// signal is ignored, but no handler (signal(7)).
func defaultHangup(t *testing.T) {
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	t.Cleanup(func() { signal.Stop(hangup) })
}

func canJail(t *testing.T) bool {
	t.Helper()
	pool, err := isolate.Open(isolate.Config{})
	if err == nil {
		err = errors.Join(pool.Try(), pool.Close())
	}
	if err != nil {
		if os.Getenv(needJail) != "" {
			t.Fatalf("%s is set, and this host cannot make jails: %v", needJail, err)
		}
		return false
	}
	return true
}
