package judge

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"judge/judge/decide"
	"judge/problems"
)

// TestLanguagesAreJudgedForReal judges every program of testdata/languages/ID in the language ID. The name of a program
// says what must come of it.
func TestLanguagesAreJudgedForReal(t *testing.T) {
	want := map[string]problems.Verdict{
		"right": problems.AC, "several": problems.AC, "crash": problems.RTE, "slow": problems.TLE,
	}
	j := jailed(t)
	problem := problemOf(t, "2 3\n", "5\n", "999999999 1\n", "1000000000\n")
	problem.Limits.Time, problem.Limits.Wall = 2*time.Second, 10*time.Second
	root := filepath.Join("testdata", "languages")
	for _, id := range namesIn(t, root) {
		t.Run(id, func(t *testing.T) {
			request := Request{Problem: problem, Language: id, Stop: decide.AtFirstFailure}
			for _, program := range namesIn(t, filepath.Join(root, id)) {
				request.Submissions = append(request.Submissions, filepath.Join(root, id, program))
			}
			for _, s := range judgeAll(t, j, request).Submissions {
				stem, _, _ := strings.Cut(filepath.Base(s.Path), ".")
				if s.Verdict != want[stem] {
					first := s.Tests[0]
					t.Errorf("%s is %v (%s), want %v\ncompiler: %s\nstderr: %s\nmessage: %s", s.Path, s.Verdict, s.Reason, want[stem],
						s.Compile.Log, first.Stderr, first.Message)
				}
			}
			needsNoFiles(t, j, problem, request)
		})
	}
}

// needsNoFiles judges the right programs of a language again where they can write no files.
func needsNoFiles(t *testing.T, j *Judge, problem *problems.Problem, request Request) {
	t.Helper()
	again := *problem
	again.Limits.ReadOnly, again.Limits.OutputOfAll, again.Limits.Output = true, true, problems.MiB
	request.Problem = &again
	request.Submissions = slices.DeleteFunc(slices.Clone(request.Submissions), func(path string) bool {
		stem, _, _ := strings.Cut(filepath.Base(path), ".")
		return stem != "right" && stem != "several"
	})
	for _, s := range judgeAll(t, j, request).Submissions {
		if s.Verdict != problems.AC {
			t.Errorf("%s, without files to write, is %v (%s)\nstderr: %s", s.Path, s.Verdict, s.Reason, s.Tests[0].Stderr)
		}
	}
}

func namesIn(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}
