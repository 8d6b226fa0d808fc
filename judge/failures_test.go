package judge

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"judge/isolate"
	"judge/judge/build"
	"judge/judge/report"
	"judge/problems"
)

func TestUnusableSubmissionIsAUsageErrorThatNamesIt(t *testing.T) {
	j, a := acted(t, 1)
	dir := t.TempDir()
	rows := []struct{ path, language, want string }{
		{filepath.Join(dir, "missing.act"), "", `missing.act": no such file or directory`},
		{writeFile(t, filepath.Join(dir, "main.act"), "ok"), "actt", `unknown language "actt"`},
	}
	for _, row := range rows {
		right := acts(t, "ok")[0]
		r, err := j.Judge(t.Context(), Request{Problem: numbers(t, 1), Submissions: []string{right, row.path}, Language: row.language})
		var fault *build.SubmissionError
		if !errors.As(err, &fault) || r != nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, want a fault that says %q", row.path, err, row.want)
		}
	}
	if a.compiled != 0 {
		t.Error("something ran although a submission cannot be judged")
	}
}

func TestMissingCompilerIsAHostErrorAndNamesThePackage(t *testing.T) {
	j, _ := acted(t, 1)
	j.Languages = table(t, strings.Replace(actLanguage, "/bin/true", "/no/such/compiler", 1)+"    package: act-compiler\n")
	_, err := j.Judge(t.Context(), Request{Problem: numbers(t, 1), Submissions: acts(t, "ok")})
	var missing *build.MissingError
	if !errors.As(err, &missing) || !strings.Contains(err.Error(), "apt-get install act-compiler") {
		t.Errorf("got %v", err)
	}
}

func TestHostWithoutJailsEndsTheSession(t *testing.T) {
	for _, source := range []string{"ok unfit ok", "unfit hang hang"} {
		j, _ := acted(t, 2)
		r, err := j.Judge(t.Context(), Request{Problem: numbers(t, 3), Submissions: acts(t, source, "ok ok ok")})
		var lack *isolate.LackError
		if !errors.As(err, &lack) || r != nil {
			t.Errorf("%s: report %v, error %v", source, r, err)
		}
	}
}

func TestALostAnswerIsAJudgeErrorOnlyForARunThatNeedsIt(t *testing.T) {
	j, _ := acted(t, 1)
	problem := numbers(t, 3)
	for _, test := range problem.Tests[1:] {
		if err := os.Remove(test.Answer); err != nil {
			t.Fatal(err)
		}
	}
	s := judgeAll(t, j, Request{Problem: problem, Submissions: acts(t, "ok crash ok")}).Submissions[0]
	if s.Tests[1].Verdict != problems.RTE {
		t.Errorf("the crash is %v (%s)", s.Tests[1].Verdict, s.Tests[1].Reason)
	}
	if last := s.Tests[2]; last.Verdict != problems.JE || !strings.Contains(last.Message, "open the answer") {
		t.Errorf("the clean run is %v: %s", last.Verdict, last.Message)
	}
}

func TestALostInputIsAJudgeError(t *testing.T) {
	j, _ := acted(t, 1)
	problem := numbers(t, 2)
	if err := os.Remove(problem.Tests[1].Input); err != nil {
		t.Fatal(err)
	}
	s := judgeAll(t, j, Request{Problem: problem, Submissions: acts(t, "ok ok")}).Submissions[0]
	if s.Verdict != problems.JE || s.Tests[0].Verdict != problems.AC || !strings.Contains(s.Tests[1].Message, "open the input") {
		t.Errorf("%s: %s", verdicts(s), s.Tests[1].Message)
	}
}

func TestNoTestsMeansNoPass(t *testing.T) {
	j, _ := acted(t, 1)
	if s := judgeAll(t, j, Request{Problem: numbers(t, 0), Submissions: acts(t, "ok")}).Submissions[0]; s.Verdict != problems.SKIP {
		t.Errorf("the submission is %v", s.Verdict)
	}
}

func TestStderrOfAFailedTestIsKeptAndOfAnAcceptedOneNot(t *testing.T) {
	j, _ := acted(t, 1)
	s := judgeAll(t, j, Request{Problem: numbers(t, 2), Submissions: acts(t, "ok crash")}).Submissions[0]
	if s.Tests[0].Stderr != "" || s.Tests[1].Stderr != "test 1: crash\n" || s.Tests[1].Signal != "SIGSEGV" {
		t.Errorf("%+v", s.Tests)
	}
}

// TestSubmissionNamesAreEscapedOnTerminals: the report has the path itself, and what draws it the path in words.
func TestSubmissionNamesAreEscapedOnTerminals(t *testing.T) {
	j, _ := acted(t, 1)
	dir := filepath.Join(t.TempDir(), "\x1b[2J")
	writeFile(t, filepath.Join(dir, "main.act"), "ok")
	r := judgeAll(t, j, Request{Problem: numbers(t, 1), Submissions: []string{dir}})
	if s := r.Submissions[0]; s.Verdict != problems.AC || s.Path != dir {
		t.Errorf("expected AC of %q, got %v of %q", dir, s.Verdict, s.Path)
	}
	var drawn strings.Builder
	if err := (report.Table{}).Write(&drawn, r); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(drawn.String(), `\x1b[2J`) || strings.Contains(drawn.String(), "\x1b") {
		t.Errorf("expected the name without its escape, got %q", drawn.String())
	}
}
