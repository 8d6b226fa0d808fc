package generate

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"judge/isolate"
	"judge/judge"
	"judge/judge/cache"
	"judge/judge/cores"
	"judge/judge/languages"
	"judge/problems"
)

// jailed returns a judge that runs programs for real, with a cache.
func jailed(t testing.TB) *judge.Judge {
	t.Helper()
	cpus, err := cores.Default()
	if err != nil {
		t.Fatal(err)
	}
	pool, err := isolate.Open(isolate.Config{Cores: cpus})
	if err != nil {
		t.Fatalf("these tests need a host that can make jails: %v", err)
	}
	t.Cleanup(func() {
		if err := pool.Close(); err != nil {
			t.Errorf("close the pool: %v", err)
		}
	})
	table, err := languages.Load("")
	if err != nil {
		t.Fatal(err)
	}
	kept, err := cache.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return &judge.Judge{Run: pool.Run, Cores: cpus, Languages: table, Cache: kept}
}

// emptyProblem returns a problem without tests, in a new directory.
func emptyProblem(t testing.TB) *problems.Problem {
	t.Helper()
	dir := t.TempDir()
	return &problems.Problem{Name: "sum", Dir: dir, Path: dir, Limits: problems.DefaultLimits()}
}

// program writes a source of a problem, and returns its path.
func program(t testing.TB, p *problems.Problem, name, source string) string {
	t.Helper()
	path := filepath.Join(p.Dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestWorkshopRunsGeneratorsAndSubmissions(t *testing.T) {
	p := emptyProblem(t)
	p.Files = problems.FileNames{Input: "sum.in", Output: "sum.out"}
	generator := &problems.External{Path: program(t, p, "gen.py", "import sys\n"+
		"print(sys.argv[1], sys.stdin.read())\nopen('left.txt', 'w').write('more')\nsys.stderr.write('x'*5000 + 'end')\n"+
		"sys.exit(int(sys.argv[2]))\n")}
	solution := program(t, p, "sol.c", "#include <stdio.h>\nint main() { int a; FILE *f = fopen(\"sum.in\", \"r\"); "+
		"fscanf(f, \"%d\", &a); fprintf(fopen(\"sum.out\", \"w\"), \"%d\", a + 1); return 0; }\n")
	w, err := NewWorkshop(jailed(t), p)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	stdin, err := os.Open(program(t, p, "in.txt", "41"))
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	gen, err := w.Generator(t.Context(), generator)
	if err != nil {
		t.Fatal(err)
	}
	r := Run{Core: w.cores[0], Args: []string{"n", "0"}, Stdin: stdin, Time: 10 * time.Second, Memory: 256 * problems.MiB,
		Output: problems.MiB, Files: []string{"*.txt"}}
	o, err := w.Run(t.Context(), gen, r)
	if err != nil {
		t.Fatal(err)
	}
	if o.Verdict != problems.AC || string(o.Stdout) != "n 41\n" || string(o.Files["left.txt"]) != "more" {
		t.Errorf("got %v %q %q %q, expected AC and what it wrote", o.Verdict, o.Reason, o.Stdout, o.Files)
	}
	if len(o.Stderr) != 4096 || !strings.HasSuffix(string(o.Stderr), "end") {
		t.Errorf("got %d bytes of stderr, expected the last 4096", len(o.Stderr))
	}
	r.Args[1] = "3"
	if o, err = w.Run(t.Context(), gen, r); err != nil || o.Verdict != problems.RTE || o.Reason != "exit 3" {
		t.Errorf("got %v %q %v, expected RTE exit 3", o.Verdict, o.Reason, err)
	}
	sol, err := w.Submission(t.Context(), problems.Submission{Path: solution}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	r.Args, r.Files = nil, nil
	if o, err = w.Run(t.Context(), sol, r); err != nil || o.Verdict != problems.AC || string(o.Stdout) != "42" {
		t.Errorf("got %v %q %q %v, expected AC and 42", o.Verdict, o.Reason, o.Stdout, err)
	}
}

// counting counts the runs of a runner on one core.
func counting(run isolate.Runner, n *int) isolate.Runner {
	return func(ctx context.Context, c isolate.Command) (isolate.Outcome, error) {
		*n++
		return run(ctx, c)
	}
}
