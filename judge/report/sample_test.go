package report

import (
	"fmt"
	"strings"

	"judge/problems"
)

func sample(tests int) *Report {
	return &Report{
		Schema:  Schema,
		Machine: Machine{CPU: "cpu", Kernel: "6.1", Cores: []int{0, 1}, Cgroup: "v2", Isolation: "full"},
		Problem: Problem{Name: "A + B", Path: "aplusb", Tests: tests, Limits: Limits{TimeLimit: 1, WallTime: 3, Memory: 256, Output: 8}},
	}
}

// submission has these verdicts, on tests 1, 2, ...
func submission(path string, all ...Test) Submission {
	s := Submission{Path: path, Language: "cpp", Verdict: problems.AC, Compile: Compile{OK: true}}
	for i, test := range all {
		if test.Name == "" {
			test.Name = fmt.Sprint(i + 1)
		}
		if s.Verdict == problems.AC && test.Verdict != problems.AC {
			s.Verdict, s.Reason = test.Verdict, test.Reason
		}
		s.MaxCPUSeconds, s.MaxMemoryBytes = max(s.MaxCPUSeconds, test.CPUSeconds), max(s.MaxMemoryBytes, test.MemoryBytes)
		s.Tests = append(s.Tests, test)
	}
	return s
}

func ac(cpu float64) Test {
	return Test{Verdict: problems.AC, CPUSeconds: cpu, MemoryBytes: 3 << 20}
}

func repeated(n int, test Test) []Test {
	all := make([]Test, n)
	for i := range all {
		all[i] = test
	}
	return all
}

func skips(n int) []Test { return repeated(n, Test{Verdict: problems.SKIP, Core: -1}) }

var (
	wa  = Test{Verdict: problems.WA, CPUSeconds: 0.2, MemoryBytes: 5 << 20, Difference: &Difference{Line: 3, Column: 5, Token: 7, Expected: "42", Got: "41"}}
	tle = Test{Verdict: problems.TLE, Reason: "cpu", CPUSeconds: 1.004, WallSeconds: 1.1, MemoryBytes: 3 << 20}
	rte = Test{Verdict: problems.RTE, Reason: "signal SIGSEGV", CPUSeconds: 0.01, MemoryBytes: 3 << 20, Stderr: "one\ntwo\n"}
	mle = Test{Verdict: problems.MLE, CPUSeconds: 0.1, MemoryBytes: 256 << 20}
	ole = Test{Verdict: problems.OLE, CPUSeconds: 0.1, MemoryBytes: 3 << 20}
	ile = Test{Verdict: problems.TLE, Reason: "idle", CPUSeconds: 0.01, WallSeconds: 3, MemoryBytes: 1 << 20}
)

func compileError(path string, tests int) Submission {
	s := submission(path, skips(tests)...)
	s.Verdict, s.Compile = problems.CE, Compile{Log: "main.cpp:3:5: error: expected ';'\n\tint x\n\t     ^\n"}
	return s
}

func yes(ok bool) *bool { return &ok }

func with(tests int, submissions ...Submission) *Report {
	r := sample(tests)
	r.Submissions = submissions
	return r
}

func allAccepted() *Report { return with(57, submission("dir/right.cpp", repeated(57, ac(0.41))...)) }

func failing() *Report {
	tests := append(append(repeated(12, ac(0.3)), wa, tle), repeated(6, ac(0.2))...)
	return with(20, submission("wrong.py", tests...))
}

// surprising is another verdict than expected, shown by a long difference.
func surprising() *Report {
	long := wa
	long.Difference = &Difference{Line: 1, Column: 1, Token: 1, Expected: fmt.Sprintf("%0150d", 1), GotEnd: true}
	s := submission("slow.py", ac(0.1), long)
	s.Expected, s.AsExpected = []problems.Verdict{problems.TLE, problems.MLE}, yes(false)
	s.Compile.Cached = true
	return with(2, s)
}

func grouped() *Report {
	tests := []Test{ac(0.1), ac(0.1), ac(0.1), wa}
	for i := range tests {
		tests[i].Group = []string{"small", "small", "small", "large"}[i]
	}
	return with(4, submission("a.c", tests...))
}

// scored earns points with groups, of which one lacks another.
func scored(more ...Submission) *Report {
	some := submission("a.c", ac(0.1), ac(0.1), wa, ac(0.2))
	total := 32.5
	some.Score = &total
	some.Worth, some.Groups = 100, []Group{
		{Name: "small", Points: 20, Score: 20, Verdict: problems.AC},
		{Name: "medium", Points: 30, Score: 12.5, Verdict: problems.WA, Test: "3"},
		{Name: "large", Points: 50, Verdict: problems.AC, MissingGroup: "medium"},
	}
	return with(4, append([]Submission{some}, more...)...)
}

// scoredToo is compared with submissions that earn all, and that do not compile.
func scoredToo() *Report {
	all := submission("b.c", repeated(4, ac(0.1))...)
	total := 100.0
	all.Score = &total
	all.Worth, all.Groups = 100, []Group{{Name: "small", Points: 20, Score: 20, Verdict: problems.AC}, {Name: "medium", Points: 30, Score: 30, Verdict: problems.AC}, {Name: "large", Points: 50, Score: 50, Verdict: problems.AC}}
	none, zero := compileError("c.c", 4), 0.0
	none.Score = &zero
	none.Worth, none.Groups = 100, []Group{{Name: "small", Points: 20, Verdict: problems.SKIP, Test: "1"}, {Name: "medium", Points: 30, Verdict: problems.SKIP, Test: "2"}, {Name: "large", Points: 50, Verdict: problems.SKIP, Test: "4"}}
	return scored(all, none)
}

func mixed() *Report {
	r := with(6,
		submission("sub/right.cpp", repeated(6, ac(0.41))...),
		submission("sub/wrong.py", append(repeated(3, ac(0.2)), wa, wa, ac(0.1))...),
		submission("sub/slow.java", append(repeated(2, ac(0.9)), tle, tle, ac(0.1), ile)...),
		submission("other/right.cpp", append(repeated(5, ac(0.1)), rte)...),
		compileError("broken.cpp", 6),
		submission("hungry.c", append(repeated(5, ac(0.1)), mle)...),
		submission("loud.c", append([]Test{ole}, skips(5)...)...),
		submission("a/very/long/path/with-a-very-long-file-name.cpp", repeated(6, ac(0.1))...),
	)
	r.Submissions[1].Expected, r.Submissions[1].AsExpected = []problems.Verdict{problems.WA}, yes(true)
	r.Submissions[2].Expected, r.Submissions[2].AsExpected = []problems.Verdict{problems.WA, problems.RTE}, yes(false)
	return r
}

// wide is many submissions, of which every third fails once.
func wide() *Report {
	r := sample(200)
	for i := range 12 {
		all := repeated(200, ac(0.1))
		if i%3 == 1 {
			all[50+i] = wa
		}
		r.Submissions = append(r.Submissions, submission(fmt.Sprintf("s%d.cpp", i), all...))
	}
	return r
}

// restless has verdicts that change from test to test, so that nothing folds by itself.
func restless() *Report {
	flipping, late := repeated(200, ac(0.1)), repeated(200, ac(0.2))
	for i := range flipping {
		if i%2 == 1 {
			flipping[i] = wa
		}
		if i%7 == 3 {
			flipping[i] = rte
		}
	}
	late[150] = tle
	return with(200, submission("flipping.cpp", flipping...), submission("late.cpp", late...))
}

// flipping is restless alone.
func flipping() *Report { return with(200, restless().Submissions[0]) }

// failedWith is a test with these files.
func failedWith(test Test, input, answer, output string) Test {
	test.Input, test.Answer, test.Output = &input, &answer, &output
	return test
}

// excerpted has short files, and a difference that is not at the beginning.
func excerpted() *Report {
	short := wa
	short.Difference = &Difference{Line: 5, Column: 1, Token: 5, Expected: "42", Got: "41"}
	answer := "1\n2\n3\n4\n42\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n"
	output := "1\n2\n3\n4\n41\n6\n7\n"
	return with(2, submission("wrong.py", ac(0.1), failedWith(short, "15\n1 2 3\n", answer, output)))
}

// longLines has lines that do not fit side by side, with the difference far to the right.
func longLines() *Report {
	long := wa
	long.Difference = &Difference{Line: 2, Column: 200, Token: 101, Expected: "7", Got: "8"}
	numbers := strings.Repeat("1 ", 100)
	line := "7 " + numbers[2:]
	return with(1, submission("wrong.py",
		failedWith(long, strings.Repeat(numbers+"\n", 20), "Yes\n"+line+"7 1\n", "Yes\n"+line+"8 1\n")))
}

// silent wrote nothing. Its second test has no known difference.
func silent() *Report {
	nothing, custom := wa, wa
	nothing.Difference = &Difference{Line: 1, Column: 1, Expected: "42", GotEnd: true}
	custom.Difference, custom.Message = nil, "the path is not connected"
	first := submission("silent.c", failedWith(nothing, "5\n", "42\n", ""), ac(0.1))
	second := submission("path.c", ac(0.1), failedWith(custom, "5\n", "1 2 3\n", "1 3\n"))
	return with(2, first, second)
}

// talking is an interactive submission: its output is in the interaction.
func talking() *Report {
	input, answer := "42\n", ""
	t := Test{Verdict: problems.WA, Message: "too many questions", Interaction: "0.001 > 1\n0.002 < higher\n"}
	t.Input, t.Answer = &input, &answer
	return with(1, submission("asks.py", t))
}

// crowd is more submissions than the terminal has room for, with expectations.
func crowd() *Report {
	r := sample(10)
	for i := range 24 {
		test := ac(0.02)
		if i%2 == 1 {
			test = wa
		}
		s := submission(fmt.Sprintf("ada_lovelace_and_friends/attempt_number_%02d.cpp", i),
			append(append(repeated(6, ac(0.01)), test), repeated(3, ac(0.01))...)...)
		s.Expected, s.AsExpected = []problems.Verdict{problems.WA}, yes(i%2 == 1)
		r.Submissions = append(r.Submissions, s)
	}
	r.Submissions[7].AsExpected = yes(false)
	r.Submissions[7].Expected = []problems.Verdict{problems.TLE}
	return r
}

func partial() *Report {
	r := with(5, submission("right.cpp", append(repeated(2, ac(0.1)), skips(3)...)...))
	r.Partial = true
	return r
}

func broken() *Report {
	s := compileError("broken.cpp", 3)
	for i := range 12 {
		s.Compile.Log += fmt.Sprintf("main.cpp:%d:1: error: more\n", i+4)
	}
	s.Expected, s.AsExpected = []problems.Verdict{problems.CE}, yes(true)
	return with(3, s)
}

// judgeError stands behind an ordinary failure: the exit code tells of it, so the table must.
func judgeError() *Report {
	je := Test{Verdict: problems.JE, Message: "start a jailer: out of memory"}
	return with(4, submission("wrong.c", ac(0.1), wa, ac(0.1), je), submission("unlucky.c", ac(0.1), je, ac(0.1), ac(0.1)))
}

// hostile has texts that a terminal would obey, and names wide, long and empty.
func hostile() *Report {
	const evil = "\x1b[2J\x1b]0;owned\a\u202e\xff\r\n\t漢字"
	bad := rte
	bad.Name, bad.Group, bad.Reason, bad.Message, bad.Stderr = evil, evil, evil, "it says "+evil, "one\x1b[1A\n"+evil
	bad.Difference = &Difference{Line: 1, Expected: evil, Got: evil}
	cjk := ac(0.1)
	cjk.Name = "最大テスト-000000000000000000000000000000000000000001"
	first := submission("dir/"+evil+".cpp", cjk, bad)
	first.Language = evil
	log := compileError("日本語の解答その一.java", 2)
	log.Tests[0].Name, log.Tests[1].Name = evil, cjk.Name
	log.Compile.Log = evil + "\nx" + evil
	second := submission("dir/.cpp", ac(0.1), bad)
	second.Tests[0].Name = ""
	r := with(2, first, second, log)
	r.Problem.Name, r.Machine.Isolation = evil, evil
	return r
}
