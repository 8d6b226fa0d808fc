package native

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestHintsForWordsOfOtherJudges: what a setter is used to elsewhere is answered with the word of this format.
func TestHintsForWordsOfOtherJudges(t *testing.T) {
	test := func(key, want string) fault {
		return fault{"name: P\ntests: [{input: tests/1.in, " + key + "}]\n", "hint: " + want}
	}
	limit := func(key, want string) fault {
		return fault{head + "limits: {" + key + "}\n", "hint: did you mean \"" + want + "\"?"}
	}
	top := func(key, want string) fault { return fault{head + key + "\n", "hint: " + want} }
	expect := func(verdict, want string) fault {
		return fault{head + "submissions: [{path: s, expect: " + verdict + "}]\n", "hint: " + want}
	}
	expectFaults(t, []fault{
		test("output: tests/1.ans", `did you mean "answer"?`),
		test("out: tests/1.ans", `did you mean "answer"?`),
		test("expected: tests/1.ans", `did you mean "answer"?`),
		test("subtask: 1", `did you mean "group"?`),
		test("score: 1", `did you mean "points"?`),
		test("checker: exact", `"checker" is a key of the whole problem: write it in the first column`),
		limit("timelimit: 2", "time_limit"),
		limit("time: 2", "time_limit"),
		limit("timeout: 2", "time_limit"),
		limit("TL: 2", "time_limit"),
		limit("walltime: 2", "wall_time"),
		limit("memory_limit: 2", "memory"),
		limit("ML: 2", "memory"),
		limit("mem: 2", "memory"),
		limit("output_limit: 2", "output"),
		limit("process_limit: 2", "processes"),
		limit("compile_time: 2", "compilation_time"),
		top("timelimit: 2", "write limits: {time_limit: 2}"),
		top("time_limit: 2", "write limits: {time_limit: 2}"),
		top("time: 2", "write limits: {time_limit: 2}"),
		top("memory_limit: 256", "write limits: {memory: 256}"),
		top("memory: 256", "write limits: {memory: 256}"),
		top("output: 8", "write limits: {output: 8}"),
		top("float_tolerance: 1e-6", "write checker: {float_tolerance: 1e-6}"),
		top("case_sensitive: true", "write checker: {case_sensitive: true}"),
		top("title: x", `did you mean "name"?`),
		top("output_validator: x", `did you mean "checker"?`),
		top("validator: x", `did you mean "input_validators"?`),
		top("solutions: x", `did you mean "submissions"?`),
		top("subtasks: x", `did you mean "groups"?`),
		top("interactive: true", `did you mean "interactor"?`),
		top("multi_pass: true", `did you mean "passes"?`),
		top("limits: {checker: exact}", `"checker" is a key of the whole problem: write it in the first column`),
		top("checker: {type: testlib}", `did you mean "protocol"?`),
		top("checker: {path: s/right.py}", `did you mean "program"?`),
		top("checker: s/right.py", "write checker: {program: s/right.py, protocol: testlib}"),
		top("checker: icpc", "write checker: {program: check.cpp, protocol: icpc}"),
		top("checker: wcmp", `did you mean "tokens"?`),
		top("checker: diff", `did you mean "tokens"?`),
		top("checker: {program: s/right.py, protocol: kattis}", `did you mean "icpc"?`),
		top("interactor: s/right.py", "write {program: s/right.py, ...}: the keys here are program, protocol, args"),
		top("grader: grader.cpp", "write grader: {name: NAME, files: {cpp: [grader.cpp, NAME.h]}}"),
		top("submissions: [s/right.py]", "write {path: s/right.py, ...}: the keys here are path, expect"),
		top("submissions: [{file: s/right.py}]", `did you mean "path"?`),
		top("submissions: [{path: s/right.py, verdict: AC}]", `did you mean "expect"?`),
		top("submissions: [{path: s/right.py, lang: py}]", `did you mean "language"?`),
		top("submissions: [{path: s/right.py, language: C++}]", `did you mean "cpp"?`),
		top("submissions: [{path: s/rigth.py}]", `did you mean "s/right.py"?`),
		expect("OK", `did you mean "AC"?`),
		expect("ac", `did you mean "AC"?`),
		expect("accepted", `did you mean "AC"?`),
		expect("wrong_answer", `did you mean "WA"?`),
		expect("TL", `did you mean "TLE"?`),
		expect("RE", `did you mean "RTE"?`),
		expect("[AC, ML]", `did you mean "MLE"?`),
		expect("run-time error", `did you mean "RTE"?`),
		expect("AC | TLE", "write a list: [AC, TLE]"),
		expect("[JE]", "use one of AC, WA, TLE, MLE, OLE, RTE, CE"),
	})
}

// TestHintsForValues: a value of the wrong form is answered with the right form of it.
func TestHintsForValues(t *testing.T) {
	row := func(line, want string) fault { return fault{head + line + "\n", "hint: " + want} }
	expectFaults(t, []fault{
		row("limits: {time_limit: 1000ms}", "write 1: the unit is seconds"),
		row("limits: {time_limit: 2 s}", "write 2: the unit is seconds"),
		row("limits: {time_limit: 1.5sec}", "write 1.5: the unit is seconds"),
		row("limits: {memory: 256MB}", "write 256: the unit is MiB"),
		row("limits: {memory: 1 GiB}", "write 1024: the unit is MiB"),
		row("limits: {memory: 65536k}", "write 64: the unit is MiB"),
		row("limits: {code: 1MiB}", "write 1024: the unit is KiB"),
		row("limits: {memory: 268435456}", "write 256 for 268435456 bytes: the unit is MiB"),
		row("limits: {memory: 256 apples}", "write a decimal number"),
		row("limits:\n  time_limit: 1,5", "write 1.5"),
		row("limits: 2", "write {time_limit: 2, ...}: the keys here are time_limit"),
		row("checker: {tokens: true}", "write checker: tokens"),
		row("checker: {name: exact}", "write checker: exact"),
		row("checker: exact match", `did you mean "exact"?`),
		row("checker: float 1e-6", "write checker: {float_tolerance: 1e-6}"),
		row("checker: {case_sensitive: yes}", "write true, without quotes"),
		row("output_only: no", "write false, without quotes"),
		row("output_only: \"true\"", "write true, without quotes"),
		row("output_only: [true]", "write one of them, without quotes"),
		row("grader: {cpp: s/right.py}", "write {files: {cpp: s/right.py}}"),
		row("input_validators: s/right.py", "write [{program: PATH, protocol: testlib}]"),
		row("input_validators: [s/right.py]", "write {program: s/right.py, ...}"),
		row("submissions: s/*.py", "write [{path: PATH, expect: AC}]"),
		row("submissions: {AC: [s/right.py]}", "write [{path: PATH, expect: AC}]"),
		row("submissions: [{path: s/*.py}]", "name each file: only tests are listed by globs"),
		row("submissions: [{path: right.py}]", `did you mean "s/right.py"?`),
		row("groups: {a: 50}", "write [{name: NAME, points: 50}]"),
		row("type: interactive", "remove it: it is a key of ICPC packages"),
		row("license: cc by-sa", "remove it: it is a key of ICPC packages"),
		row("validation: custom", "remove it: it is a key of ICPC packages"),
		{"name:P\ntests:tests/*.in\n", "hint: write a space after the colon of a key"},
		{"name P\ntests: tests/*.in\n", "1:1: not YAML: a key without a colon\nhint: write a colon and a space after the key"},
		{"name: 'it's'\ntests: tests/*.in\n", "1:1: not YAML: a text in quotes ends too early\nhint: write the text in double quotes"},
		{"name: P\ntests: [[tests/1.in, tests/1.ans]]\n", "hint: write {input: PATH, answer: PATH}"},
		{"name: P\ntests: tests\\*.in\n", "hint: write tests/*.in"},
	})
	path := directory(t, "", faulty())
	absolute := filepath.Dir(path) + "/tests/*.in"
	if _, err := read(path, []byte("name: P\ntests: "+absolute+"\n")); err == nil || !strings.HasSuffix(err.Error(), "hint: write tests/*.in") {
		t.Errorf("an absolute path of the problem's own: %v", err)
	}
}

// TestHintsForTests: what is there decides what is suggested.
func TestHintsForTests(t *testing.T) {
	row := func(tests, want string) fault { return fault{"name: P\ntests: " + tests + "\n", want} }
	expectFaults(t, []fault{
		row("tests", "2:8: \"tests\" is a directory: expected a glob\nhint: write tests/*.in"),
		row("tests/", "2:8: \"tests/\" is a directory: expected a glob\nhint: write tests/*.in"),
		row(".", "\".\" is a directory: expected a glob\nhint: write *.in"),
		row("[tests]", "2:9: \"tests\" is a directory: expected a glob"),
		row("test/*.in", "\"test/*.in\" matches no file: there is no directory \"test\"\nhint: did you mean \"tests/*.in\"?"),
		row("tests/*.txt", "\"tests/*.txt\" matches no file\nhint: did you mean \"tests/*.in\"?"),
		row("answers/*.in", "\"answers/*.in\" matches no file\nhint: add tests to answers"),
		row("[{input: tests/9.in}]", "no such file\nhint: write a path relative to the directory of problem.yaml"),
		row("[{input: tests/1.inn}]", "no such file\nhint: did you mean \"tests/1.in\"?"),
		row("{small: tests/*.in}", "expected a list of tests, found a mapping\nhint: write a glob such as tests/*.in, or [{input: PATH, answer: PATH}]"),
	})
}

func TestTabsAreNamedWhereverTheyIndent(t *testing.T) {
	const want = "tab in indentation\nhint: indent with spaces"
	expectFaults(t, []fault{
		{"name: P\nlimits:\n\ttime_limit: 1\ntests: tests/*.in\n", "3:1: " + want},
		{"name: P\ntests:\n\t- tests/*.in\n", "3:1: " + want},
		{"name: P\ntests:\n  - tests/1.in\n\t- tests/2.in\n", "4:1: " + want},
		{"name: P\ntests:\n  - input: tests/1.in\n  \tanswer: tests/1.ans\n", "4:3: " + want},
		{"\tname: P\n\ttests: tests/*.in\n", "1:1: " + want},
		{"name: P\ntests:\n-\tinput: tests/1.in\n\tanswer: tests/1.ans\n", want},
		{"name: P\r\nlimits:\r\n\ttime_limit: 1\r\n", "3:1: " + want},
	})
}
