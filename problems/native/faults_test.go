package native

import (
	"errors"
	"strings"
	"testing"

	"judge/problems"
)

// faulty is the small problem with what makes specs go wrong.
func faulty() map[string]string {
	files := small()
	for name, content := range map[string]string{
		"lonely/x.in": "", "double/x.in": "", "double/x.ans": "", "double/x.out": "", "answers/x.ans": "", "self/x.ans": "",
		"linked/out.in": "-> /etc/hostname", "linked/out.ans": "", "linkdir": "-> /etc", "up": "-> ..", "loop": "-> loop",
		"leak/x.in": "", "leak/x.ans": "-> /etc/hostname", "dangling/x.in": "-> gone", "dangling/x.ans": "",
		"escape/\x1b[2J.in": "", "escape/\x1b[2J.ans": "", "latin/\xe9.in": "", "latin/\xe9.ans": "",
	} {
		files[name] = content
	}
	return files
}

// A row is a spec and what its fault must contain, the place first.
type fault struct{ spec, want string }

func expectFaults(t *testing.T, rows []fault) {
	t.Helper()
	path := directory(t, "", faulty())
	for _, row := range rows {
		p, err := read(path, []byte(row.spec))
		fault, ok := errors.AsType[*problems.Error](err)
		if !ok {
			t.Errorf("%q: read as %+v, %v", row.spec, p, err)
			continue
		}
		if got := strings.TrimPrefix(err.Error(), path+":"); !strings.Contains(got, row.want) || fault.Line == 0 || fault.Col == 0 || fault.Hint == "" {
			t.Errorf("%q:\n got %s\nwant %s", row.spec, got, row.want)
		}
	}
}

func TestFaultsOfYAML(t *testing.T) {
	expectFaults(t, []fault{
		{"", "1:1: the file is empty"},
		{"# nothing\n", "1:1: the file is empty"},
		{"---", "1:1: the file is empty"},
		{"name: [\n", "1:1: not YAML: did not find expected node content"},
		{"name: P\n\ttests: x\n", "2:1: tab in indentation\nhint: indent with spaces"},
		{"name: P\nlimits:\n  time_limit: 1\n memory: 2\n", "4:2: not YAML: did not find expected key"},
		{"name: P\nlimits:\n  time_limit: 1\n   memory: 2\n", "4:4: not YAML: mapping values are not allowed in this context"},
		{"name: P\nlimits: {time_limit: 1}}\n", "2:1: not YAML: did not find expected key"},
		{"name: \"P\ntests: x\n", "2:1: not YAML: found unexpected end of stream\nhint: close the quote"},
		{"name: P\ntests: *.in\n", "2:8: not YAML: did not find expected alphabetic or numeric character\nhint: quote a text that begins with *"},
		{"name: P\ntests: *in\n", "2:8: not YAML: unknown anchor 'in' referenced\nhint: quote a text that begins with *"},
		{"name: ä@b\ntests: [ä, @x]\n", "2:12: not YAML: found character that cannot start any token"},
		{"name: P\n\n\ntests x\nlimits: {}\n", "4:1: not YAML: could not find expected ':'"},
		{"name: P\ntests: tests/*.in\n---\nname: Q\n", "3:1: a second document"},
		{"name: P\ntests: tests/*.in\n...\n]\n", "4:1: not YAML"},
		{"name: a\xff\n", "1:8: not UTF-8"},
		{"name: P\nna\x00me: Q\n", "2:3: control character U+0000"},
		{"name: \u009b2J\n", "1:7: control character U+009B"},
		{"name: P\rtests: x\n", "1:8: carriage return without a line feed"},
		{"name: P\u2028tests: x\n", "1:8: control character U+2028"},
		{"name: P\r\ntests: none\r\n", "2:8: \"none\" matches no file"},
		{"%TAG !a! x\n---\nname: P\n", "1:1: a line begins with %"},
		{"name: P\ntests: !!binary x\n", "2:8: tag \"!!binary\""},
		{"name: !\x65xec P\n", "1:7: tag \"!exec\""},
		{"name: &a P\ntests: *a\n", "1:7: anchor \"&a\""},
		{"name: P\nlimits: {<<: {memory: 1}}\n", "2:10: unknown key \"<<\""},
	})
}

func TestFaultsOfKeys(t *testing.T) {
	expectFaults(t, []fault{
		{"- a\n", "1:1: expected a mapping, found a list\nhint: the keys here are name, limits, tests"},
		{"name\n", "1:1: expected a mapping, found the text \"name\""},
		{"name: P\n", "1:1: the key \"tests\" is missing"},
		{"tests: tests/*.in\n", "1:1: the key \"name\" is missing"},
		{"name:\ntests: tests/*.in\n", "1:6: expected a text, found nothing"},
		{"name: {a: b}\ntests: tests/*.in\n", "1:7: expected a text, found a mapping"},
		{"name: \"a\\nb\"\ntests: tests/*.in\n", "1:7: \"a\\nb\" holds a character that cannot be printed"},
		{"name: a\u202eb\ntests: tests/*.in\n", "1:7: \"a\\u202eb\" holds a character that cannot be printed"},
		{"name: " + strings.Repeat("a", 2000) + "\n", "is 2000 bytes long: expected at most 1024"},
		{head + "mem0ry: 1\n", "3:1: unknown key \"mem0ry\"\nhint: write limits: {memory: 1}"},
		{head + "cheker: tokens\n", "3:1: unknown key \"cheker\"\nhint: did you mean \"checker\"?"},
		{head + "Limits: {}\n", "did you mean \"limits\"?"},
		{head + "? [a, b]\n: c\n", "3:3: expected a key, found a list"},
		{head + "checker: tokens\nchecker: exact\n", "4:1: the key \"checker\" appears twice: line 3 has it already"},
		{head + "name: Q\n", "3:1: the key \"name\" appears twice: line 1 has it already"},
		{head + "limits:\n", "3:8: expected a mapping, found nothing"},
	})
}

func TestFaultsOfLimits(t *testing.T) {
	row := func(limits, want string) fault { return fault{head + "limits: {" + limits + "}\n", want} }
	expectFaults(t, []fault{
		row("mem0ry: 1", "3:10: unknown key \"mem0ry\"\nhint: did you mean \"memory\"?"),
		row("time_limit: 0", "3:22: 0 is out of range\nhint: write more than 0 and at most 86400 seconds"),
		row("time_limit: -0", "-0 is out of range"),
		row("time_limit: -1", "-1 is out of range"),
		row("time_limit: 1e-30", "1e-30 is out of range"),
		row("time_limit: 1e999", "1e999 is out of range"),
		row("time_limit: 1e1000", "expected a number"),
		row("time_limit: 86401", "out of range"),
		row("time_limit: .inf", "expected a number, found the text \".inf\""),
		row("time_limit: .nan", "expected a number"),
		row("time_limit: 0x10", "expected a number"),
		row("time_limit: 0o10", "expected a number"),
		row("time_limit: 1_000", "expected a number"),
		row("time_limit: 1:30", "expected a number"),
		row("time_limit: 1s", "expected a number, found the text \"1s\"\nhint: write 1: the unit is seconds"),
		row("time_limit: 1/2", "expected a number"),
		row("time_limit: .", "expected a number"),
		row("time_limit: ", "expected a number, found nothing"),
		row("time_limit: "+strings.Repeat("1", 200), "expected a number"),
		row("time_limit: \"1\"", "expected a number, found the text \"1\" in quotes"),
		row("time_limit: [1]", "expected a number, found a list"),
		row("wall_time: 0.5", "3:21: wall_time is less than time_limit, 1 s"),
		row("wall_time: 1, time_limit: 2", "3:21: wall_time is less than time_limit, 2 s"),
		row("memory: 0.5", "0.5 is out of range\nhint: write 1 to 1048576 MiB"),
		row("memory: 99999999999999999999", "out of range"),
		row("output: 0", "out of range"),
		row("code: 1e7", "out of range"),
		row("processes: 1.5", "1.5 is not a whole number"),
		row("processes: 0", "out of range"),
		row("processes: 4294967297", "out of range"),
	})
}

func TestFaultsOfTests(t *testing.T) {
	row := func(tests, want string) fault { return fault{"name: P\ntests: " + tests + "\n", want} }
	expectFaults(t, []fault{
		row("tests/*.txt", "2:8: \"tests/*.txt\" matches no file"),
		row("none/*.in", "\"none/*.in\" matches no file"),
		row("tests/1.in/*", "matches no file"),
		row("'tests/[1.in'", "2:8: \"tests/[1.in\" is not a pattern"),
		row("[]", "2:8: the list of tests is empty"),
		row("{input: tests/1.in}", "2:8: expected a list of tests, found a mapping"),
		row("[[tests/1.in]]", "2:9: expected a test, found a list"),
		row("[tests/*.in, tests/1.in]", "2:21: the test \"tests/1.in\" appears twice"),
		row("[tests/1.in, {input: tests/2.in, name: 1}]", "2:21: two tests are named \"1\": \"tests/1.in\" and \"tests/2.in\""),
		row("[{answer: tests/1.ans}]", "2:9: the key \"input\" is missing"),
		row("[{inputs: tests/*.in, name: x}]", "2:36: \"name\" next to \"inputs\"\nhint: a glob stands for many tests"),
		row("[{inputs: [tests/*.in]}]", "2:18: expected a text, found a list"),
		row("[{inputs: tests/*.in, points: -1}]", "2:38: -1 is out of range\nhint: write a number from 0 to 1000000"),
		row("[{inputs: tests/*.in, points: nan}]", "2:38: expected a number, found the text \"nan\""),
		row("[{inputs: tests/*.in, group: []}]", "2:37: the list of groups is empty"),
		row("[{inputs: tests/*.in, group: [a, a]}]", "2:41: \"a\" appears twice"),
		row("[{inptu: a}]", "2:10: unknown key \"inptu\"\nhint: did you mean \"input\"?"),
		row("[{input: tests/9.in}]", "2:17: \"tests/9.in\": no such file"),
		row("[{input: tests/1.in, answer: tests/9.ans}]", "2:37: \"tests/9.ans\": no such file"),
		row("[{input: tests/1.in, answer: s}]", "2:37: \"s\" is not a regular file"),
		row("[{input: tests/1.in/x, answer: tests/1.ans}]", "2:17: \"tests/1.in/x\": not a directory"),
		row("[{input: tests/1.in, name: \"\"}]", "2:35: expected a text, found nothing"),
		row("lonely/*", "2:8: lonely/x.in has no answer file\nhint: add lonely/x.ans, lonely/x.out or lonely/x.a"),
		row("answers/*", "2:8: \"answers/*\" matches only answers: expected inputs"),
		row("[{input: self/x.ans}]", "2:17: self/x.ans has no answer file\nhint: add self/x.out or self/x.a"),
		row("double/*", "2:8: double/x.in has several answer files: double/x.ans, double/x.out"),
	})
}

func TestFaultsOfGroups(t *testing.T) {
	row := func(groups, want string) fault {
		return fault{"name: P\ntests: [{inputs: tests/*.in, group: small}]\ngroups: " + groups + "\n", want}
	}
	expectFaults(t, []fault{
		row("small", "3:9: expected a list of groups, found the text \"small\""),
		row("[]", "3:9: the list of groups is empty"),
		row("[{points: 1}]", "3:10: the key \"name\" is missing"),
		row("[{name: small}]", "3:10: the key \"points\" is missing"),
		row("[{name: small, points: many}]", "3:32: expected a number, found the text \"many\""),
		row("[{name: small, points: 1, scor: min}]", "3:35: unknown key \"scor\"\nhint: did you mean \"score\"?"),
		row("[{name: small, points: 1, score: mean}]", "3:42: unknown scoring rule \"mean\""),
		row("[{name: small, points: 1}, {name: small, points: 2}]", "3:43: two groups are named \"small\""),
		row("[{name: small, points: 1, requires: small}]", "3:45: no group above this one is named \"small\""),
		row("[{name: small, points: 1}, {name: large, points: 2}]", "3:36: no test is in the group \"large\""),
		{"name: P\ntests: [{inputs: tests/*.in, group: [small, smal]}]\ngroups: [{name: small, points: 1}]\n",
			"2:37: the group \"smal\" is not one of groups\nhint: did you mean \"small\"?"},
	})
}

func TestFaultsOfGraders(t *testing.T) {
	row := func(grader, want string) fault { return fault{head + "grader: " + grader + "\n", want} }
	expectFaults(t, []fault{
		row("grader.cpp", "3:9: expected a mapping"),
		row("{name: task}", "3:9: the key \"files\" is missing"),
		row("{name: task.cpp, files: {cpp: s/right.py}}", "3:16: \"task.cpp\" is not a name for a submission's file"),
		row("{name: ../task, files: {cpp: s/right.py}}", "3:16: \"../task\" is not a name"),
		row("{files: [s/right.py]}", "3:17: expected a mapping, found a list"),
		row("{files: {}}", "3:17: the mapping of languages to files is empty"),
		row("{files: {C++: s/right.py}}", "3:18: \"C++\" is not the id of a language\nhint: did you mean \"cpp\"?"),
		row("{files: {cpp: s/none.cpp}}", "3:23: \"s/none.cpp\": no such file"),
		row("{files: {cpp: ../s/right.py}}", "3:23: \"../s/right.py\""),
		row("{files: {cpp: [s/right.py, ./s/right.py]}}", "3:23: two files are named \"right.py\""),
		row("{files: {cpp: []}}", "3:23: the list of files is empty"),
	})
}

func TestFaultsOfFiles(t *testing.T) {
	row := func(files, want string) fault { return fault{head + "files: " + files + "\n", want} }
	expectFaults(t, []fault{
		row("input.txt", "3:8: expected a mapping"),
		row("{}", "3:8: neither an input nor an output"),
		row("{input: a.txt, output: a.txt}", "3:8: input and output are one file"),
		row("{input: ../a.txt}", "3:16: \"../a.txt\" is not the name of a file in the working directory\nhint: write it as input.txt"),
		row("{output: .}", "3:17: \".\" is not the name of a file"),
		row("{ouput: a}", "3:9: unknown key \"ouput\"\nhint: did you mean \"output\"?"),
		{head + "checker: {program: s/right.py, protocol: icpc}\npasses: 2\nfiles: {input: a.txt}\n", "5:8: files cannot be combined with passes"},
		{head + "interactor: {program: s/right.py, protocol: icpc}\nfiles: {input: a.txt}\n", "4:8: files cannot be combined with an interactor or a manager"},
	})
}

func TestFaultsOfManagers(t *testing.T) {
	row := func(manager, want string) fault { return fault{head + "manager: " + manager + "\n", want} }
	expectFaults(t, []fault{
		row("s/right.py", "3:10: expected a mapping"),
		row("{processes: 2}", "3:10: the key \"program\" is missing"),
		row("{program: s/none.py}", "3:20: \"s/none.py\": no such file"),
		row("{program: s/right.py, processes: 65}", "3:43: 65 is out of range"),
		row("{program: s/right.py, processes: 0}", "3:43: 0 is out of range"),
		row("{program: s/right.py, io: pipe}", "3:36: unknown way to interact \"pipe\"\nhint: did you mean \"fifo\"?"),
		{head + "interactor: {program: s/right.py, protocol: peg}\n", "3:45: the protocol \"peg\" has no interactors\n" +
			"hint: use one of icpc, testlib, dmoj, dmoj-testlib, coci"},
		{head + "interactor: {program: s/right.py, protocol: icpc}\nmanager: {program: s/right.py}\n", "4:10: a manager cannot be combined with an interactor"},
	})
}

func TestFaultsOfPasses(t *testing.T) {
	checker := "checker: {program: s/right.py, protocol: icpc}\n"
	expectFaults(t, []fault{
		{head + "passes: 2\n", "3:9: passes needs a checker or an interactor with the protocol \"icpc\""},
		{head + "checker: {program: s/right.py, protocol: cms}\npasses: 2\n", "4:9: passes needs a checker or an interactor with the protocol \"icpc\""},
		{head + "interactor: {program: s/right.py, protocol: testlib}\npasses: 2\n", "4:9: passes needs a checker or an interactor with the protocol \"icpc\""},
		{head + "interactor: {program: s/right.py, protocol: icpc}\n" + checker + "passes: 2\n", "5:9: passes cannot be combined with an interactor and a checker"},
		{head + checker + "manager: {program: s/right.py}\npasses: 2\n", "5:9: passes cannot be combined with a manager"},
		{head + checker + "passes: 0\n", "4:9: 0 is out of range"},
		{head + checker + "passes: many\n", "4:9: expected a whole number, found the text \"many\""},
	})
}

func TestFaultsOfOutputOnly(t *testing.T) {
	expectFaults(t, []fault{
		{head + "output_only: yes\n", "3:14: expected true or false"},
		{head + "files: {input: a.txt}\noutput_only: true\n", "4:14: output_only cannot be combined with an interactor, a manager, a grader, passes or files"},
	})
}

func TestPathsStayInTheDirectory(t *testing.T) {
	row := func(tests, want string) fault { return fault{"name: P\ntests: " + tests + "\n", want} }
	expectFaults(t, []fault{
		row("../*.in", "2:8: \"../*.in\" leads out"),
		row("tests/../../*", "leads out"),
		row("/etc/*", "leads out"),
		row("/", "leads out"),
		row("linked/*", "\"linked/out.in\" is a link that leads out"),
		row("linked/out.in", "\"linked/out.in\" is a link that leads out"),
		row("linkdir/passwd", "\"linkdir\" is a link that leads out"),
		row("linkdir/*", "\"linkdir\" is a link that leads out"),
		row("'*/passwd'", "is a link that leads out"),
		row("up/*/*", "\"up\" is a link that leads out"),
		row("leak/*", "\"leak/x.ans\" is a link that leads out"),
		row("dangling/*", "2:8: \"dangling/x.in\": no such file"),
		row("loop", "2:8: \"loop\": "),
		row("[{input: linkdir/passwd, answer: tests/1.ans}]", "2:17: \"linkdir/passwd\" is a link that leads out"),
		row("[{input: tests/1.in, answer: /etc/passwd}]", "2:37: \"/etc/passwd\" leads out"),
		row("[{input: ../x.in}]", "2:17: \"../x.in\" leads out"),
		{head + "submissions: [{path: ../x.py}]\n", "3:22: \"../x.py\" leads out"},
		{head + "submissions: [{path: linkdir}]\n", "3:22: \"linkdir\" is a link that leads out"},
		{head + "submissions: [{path: .}]\n", "3:22: \".\" is the problem's own directory"},
	})
}

func TestFileNamesThatATerminalWouldObeyAreRefused(t *testing.T) {
	expectFaults(t, []fault{
		{"name: P\ntests: escape/*\n", `"escape/\x1b[2J.in" holds a character that cannot be printed`},
		{"name: P\ntests: latin/*\n", `"latin/\xe9.in" holds a character that cannot be printed`},
	})
}

func TestFaultsOfCheckers(t *testing.T) {
	row := func(checker, want string) fault { return fault{head + "checker: " + checker + "\n", want} }
	expectFaults(t, []fault{
		row("token", "3:10: unknown checker \"token\"\nhint: did you mean \"tokens\"?"),
		row("mine.cpp", "3:10: unknown checker \"mine.cpp\"\nhint: write checker: {program: mine.cpp, protocol: testlib}"),
		row("testlib", "3:10: unknown checker \"testlib\"\nhint: write checker: {program: check.cpp, protocol: testlib}"),
		row("[tokens]", "3:10: expected a text, found a list"),
		row("{}", "3:10: the checker's mapping is empty"),
		row("{float_tolerence: 1}", "did you mean \"float_tolerance\"?"),
		row("{float_tolerance: -1}", "3:28: -1 is out of range"),
		row("{float_tolerance: 1e999}", "out of range"),
		row("{float_tolerance: .inf}", "expected a number"),
		row("{float_tolerance: 1, float_absolute_tolerance: 1}", "3:28: float_tolerance cannot be combined with"),
		row("{case_sensitive: 1}", "3:27: expected true or false, found the text \"1\""),
		row("{case_sensitive: yes}", "expected true or false"),
		row("{case_sensitive: \"true\"}", "without quotes"),
		row("{program: check.cpp, protocol: testlib}", "3:20: \"check.cpp\": no such file"),
		row("{program: ../check.cpp, protocol: testlib}", "3:20: \"../check.cpp\" leads out of the problem's directory"),
		row("{program: s/right.py, protocol: testlab}", "3:42: unknown protocol \"testlab\"\nhint: did you mean \"testlib\"?"),
		row("{program: s/right.py}", "3:10: the key \"protocol\" is missing"),
		row("{protocol: icpc}", "3:10: the key \"program\" is missing"),
		row("{program: s/right.py, protocol: icpc, case_sensitive: true}", "3:64: \"case_sensitive\" is an option of the checker tokens"),
	})
}

func TestFaultsOfSubmissions(t *testing.T) {
	row := func(submissions, want string) fault { return fault{head + "submissions: " + submissions + "\n", want} }
	expectFaults(t, []fault{
		row("x", "3:14: expected a list of submissions, found the text \"x\""),
		row("[]", "the list of submissions is empty"),
		row("[s/right.py]", "3:15: expected a mapping, found the text \"s/right.py\""),
		row("[{expect: AC}]", "3:15: the key \"path\" is missing"),
		row("[{path: s/left.py}]", "3:22: \"s/left.py\": no such file"),
		row("[{path: s}, {path: s/../s}]", "3:26: the submission appears twice"),
		row("[{path: s, expect: [OK]}]", "3:34: \"OK\" is not a verdict to expect\nhint: did you mean \"AC\"?"),
		row("[{path: s, expect: wa}]", "\"wa\" is not a verdict to expect"),
		row("[{path: s, expect: JE}]", "\"JE\" is not a verdict to expect"),
		row("[{path: s, expect: [AC, SKIP]}]", "3:38: \"SKIP\" is not a verdict to expect"),
		row("[{path: s, expect: []}]", "the list of verdicts is empty"),
		row("[{path: s, expect: {}}]", "expected a list of verdicts, found a mapping"),
	})
}
