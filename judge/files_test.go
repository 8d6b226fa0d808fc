package judge

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"judge/isolate"
	"judge/problems"
)

func TestFilesStandInForStreams(t *testing.T) {
	rows := []struct {
		what, submission string
		names            problems.FileNames
		want             problems.Verdict
	}{
		{"both", "cat in.txt >out.txt; echo noise", problems.FileNames{Input: "in.txt", Output: "out.txt"}, problems.AC},
		{"stdin is empty then", "cat >out.txt", problems.FileNames{Input: "in.txt", Output: "out.txt"}, problems.WA},
		{"only the input", "cat in.txt", problems.FileNames{Input: "in.txt"}, problems.AC},
		{"only the output", "cat >out.txt", problems.FileNames{Output: "out.txt"}, problems.AC},
		{"no output", "cat in.txt", problems.FileNames{Input: "in.txt", Output: "out.txt"}, problems.WA},
		{"a link is no output", "import os; os.symlink('in.txt', 'out.txt')", problems.FileNames{Input: "in.txt", Output: "out.txt"}, problems.WA},
		{"neither is a second name", "import os; open('a', 'w').write(open('in.txt').read()); os.link('a', 'out.txt')", problems.FileNames{Input: "in.txt", Output: "out.txt"}, problems.WA},
		{"nor a FIFO", "import os; os.mkfifo('out.txt')", problems.FileNames{Input: "in.txt", Output: "out.txt"}, problems.WA},
		{"nor a directory", "import os; os.mkdir('out.txt')", problems.FileNames{Input: "in.txt", Output: "out.txt"}, problems.WA},
		{"the input is read-only", "echo wrong 2>/dev/null >in.txt; cat in.txt >out.txt", problems.FileNames{Input: "in.txt", Output: "out.txt"}, problems.AC},
		{"too much", "trap '' XFSZ; while printf '%1000s' yes; do :; done >out.txt 2>/dev/null; exit 0", problems.FileNames{Output: "out.txt"}, problems.OLE},
		{"too much is a signal for most", "while :; do printf '%1000s' yes; done >out.txt", problems.FileNames{Output: "out.txt"}, problems.OLE},
		{"a crash after the output", "cat in.txt >out.txt; exit 3", problems.FileNames{Input: "in.txt", Output: "out.txt"}, problems.RTE},
	}
	for _, row := range rows {
		problem := problemOf(t, "the text\n", "the text\n")
		problem.Files, problem.Limits.Output = row.names, problems.MiB
		name := "s.sh"
		if strings.HasPrefix(row.submission, "import ") {
			name = "s.py"
		}
		path := writeFile(t, filepath.Join(t.TempDir(), name), row.submission)
		test := judgeAll(t, jailed(t), Request{Problem: problem, Submissions: []string{path}}).Submissions[0].Tests[0]
		if test.Verdict != row.want {
			t.Errorf("%s: %v %q %q", row.what, test.Verdict, test.Reason, test.Stderr)
		}
	}
}

// TestModesOfInputsDoNotMatter: a program opens its input by name although only its owner can read it on the host.
func TestModesOfInputsDoNotMatter(t *testing.T) {
	problem := problemOf(t, "the text\n", "the text\n")
	problem.Files.Input = "in.txt"
	if err := os.Chmod(problem.Tests[0].Input, 0o600); err != nil {
		t.Fatal(err)
	}
	if test := oneLine(t, problem, "cat in.txt"); test.Verdict != problems.AC {
		t.Errorf("%v %q", test.Verdict, test.Reason)
	}
}

// TestUnreadableInputIsAJudgeError: one that is too large to copy.
func TestUnreadableInputIsAJudgeError(t *testing.T) {
	problem := problemOf(t, "the text\n", "the text\n")
	problem.Files.Input = "in.txt"
	input := problem.Tests[0].Input
	if err := errors.Join(os.Truncate(input, int64(isolate.MaxCopied)+1), os.Chmod(input, 0o600)); err != nil {
		t.Fatal(err)
	}
	if test := oneLine(t, problem, "cat in.txt"); test.Verdict != problems.JE {
		t.Errorf("%v %q", test.Verdict, test.Reason)
	}
}
