package judge

import (
	"io"
	"path/filepath"
	"strings"
	"testing"

	"judge/judge/report"
	"judge/problems"
)

// gradedByScript makes a problem of three tests in a group, whose grader is a Bash script, in another one.
func gradedByScript(t *testing.T, script string) *problems.Problem {
	t.Helper()
	problem := problemOf(t, "1\n", "1\n")
	first := problem.Tests[0]
	problem.Tests = nil
	for _, name := range []string{"a", "b", "c"} {
		first.Name, first.Groups = name, []string{"secret"}
		first.Input = writeFile(t, filepath.Join(problem.Dir, name+".in"), name+"\n")
		first.Answer = writeFile(t, filepath.Join(problem.Dir, name+".ans"), name+"\n")
		problem.Tests = append(problem.Tests, first)
	}
	path := writeFile(t, filepath.Join(problem.Dir, "graders", "g.sh"), script)
	secret := &problems.Scoring{
		Name: "secret", Points: 10, Items: []problems.Item{{Test: 0}, {Test: 1}, {Test: 2}},
		Grader: &problems.GroupGrader{
			Flags: []string{"two words"}, Accept: 4, Reject: 1, Program: &problems.External{Path: path, Protocol: problems.ICPC},
		},
	}
	problem.Scoring = &problems.Scoring{
		Points: 10, Items: []problems.Item{{Inner: secret}}, Grader: &problems.GroupGrader{},
	}
	return problem
}

func gradedSubmission(t *testing.T, problem *problems.Problem) report.Submission {
	t.Helper()
	const source = `read x; case $x in b) echo no;; c) exit 3;; *) echo $x;; esac`
	path := writeFile(t, filepath.Join(t.TempDir(), "s.sh"), source)
	return judgeAll(t, jailed(t), Request{Problem: problem, Submissions: []string{path}}).Submissions[0]
}

func TestAProblemsOwnGraderGivesTheScore(t *testing.T) {
	s := gradedSubmission(t, gradedByScript(t, `[ "$1$#" = "two words1" ] || exit 1
read a; read b; read c; read d && exit 1
[ "$a,$b,$c" = "AC 4,WA 1,RTE 1" ] || exit 1
echo AC 7.5`))
	if s.Verdict != problems.AC || s.Score == nil || *s.Score != 7.5 || s.Worth != 10 ||
		len(s.Groups) != 1 || s.Groups[0].Score != 7.5 {
		t.Errorf("%v %s, %+v", s.Verdict, s.Reason, s)
	}
	s = gradedSubmission(t, gradedByScript(t, `echo RTE 7.5`))
	if s.Verdict != problems.RTE || s.Reason != "exit 3" || s.Score == nil || *s.Score != 0 || s.Groups[0].Test != "c" {
		t.Errorf("not accepted, and got %v %s, score %v, %+v", s.Verdict, s.Reason, s.Score, s.Groups)
	}
	s = gradedSubmission(t, gradedByScript(t, `echo TLE 0`))
	if s.Verdict != problems.TLE || s.Reason != report.ByGrader || s.Groups[0].Test != "" {
		t.Errorf("a verdict that no test has: got %v %s, %+v", s.Verdict, s.Reason, s.Groups)
	}
}

func TestAGradersFaultsAreNeverTheSubmissions(t *testing.T) {
	for script, reason := range map[string]string{
		`exit 2`:                               "grader exit 2",
		`kill -SEGV $$`:                        "grader signal SIGSEGV",
		`while :; do :; done`:                  "grader time",
		`while :; do printf '%1000s' AC; done`: "grader output",
		`true`:                                 `grader wrote "": expected a verdict and a score`,
		`echo AC`:                              `grader wrote "AC`,
		`echo AC nan`:                          `grader wrote "AC nan`,
		`echo JE 0`:                            `grader wrote "JE 0`,
		`echo AC 1.2.3`:                        "grader wrote the score",
	} {
		problem := gradedByScript(t, script)
		problem.Limits.ValidationTime, problem.Limits.ValidationOutput = problem.Limits.Time, problems.MiB
		s := gradedSubmission(t, problem)
		if s.Verdict != problems.JE || !strings.HasPrefix(string(s.Reason), reason) || s.Score != nil {
			t.Errorf("%s: %v %q, score %v", script, s.Verdict, s.Reason, s.Score)
		}
	}
}

// TestGradedSubmissionsHaveTheSameGroups: those too that do not compile, so that a table can show them side by side.
func TestGradedSubmissionsHaveTheSameGroups(t *testing.T) {
	problem := gradedByScript(t, `echo AC 7`)
	dir := t.TempDir()
	paths := []string{
		writeFile(t, filepath.Join(dir, "right.sh"), "cat"), writeFile(t, filepath.Join(dir, "broken.sh"), "if"),
	}
	r := judgeAll(t, jailed(t), Request{Problem: problem, Submissions: paths})
	if got := r.Submissions[1].Verdict; got != problems.CE {
		t.Errorf("the second one is %v", got)
	}
	if err := (report.Table{}).Write(io.Discard, r); err != nil {
		t.Error(err)
	}
}
