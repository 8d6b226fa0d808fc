package icpc

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"judge/problems"
)

// tree creates a package. The contents of tests are their names.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "hello")
	for name, content := range files {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// hello is a package with one sample and one secret test, merged with other files.
func hello(over map[string]string) map[string]string {
	files := map[string]string{
		"problem.yaml":       "problem_format_version: 2025-09\nname: Hello\nuuid: x\nlimits: {time_limit: 2}\n",
		"data/sample/1.in":   "1\n",
		"data/sample/1.ans":  "1\n",
		"data/secret/01.in":  "2\n",
		"data/secret/01.ans": "2\n",
	}
	for name, content := range over {
		files[name] = content
	}
	return files
}

func read(t *testing.T, over map[string]string) *problems.Problem {
	t.Helper()
	dir := tree(t, hello(over))
	if !Detect(dir) {
		t.Fatal("it is not detected")
	}
	p, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func names(p *problems.Problem) string {
	var names []string
	for _, t := range p.Tests {
		names = append(names, t.Name)
	}
	return strings.Join(names, " ")
}

func TestPackageMetadata(t *testing.T) {
	p := read(t, map[string]string{"problem.yaml": "problem_format_version: 2025-09\nname: {sv: Hej, en: Hi}\nuuid: x\nlimits:\n  time_limit: 1.5\n  memory: 64\n  output: 3\n  code: 9\n" +
		"  validation_time: 7\n  time_multipliers: {ac_to_time_limit: 3, time_limit_to_tle: 4}\n  time_resolution: 0.5\n"})
	l := p.Limits
	if p.Name != "Hi" || p.Format != "ICPC 2025-09" || l.Time != 1500*time.Millisecond || l.Wall != 4*time.Second || l.Memory != 64*problems.MiB ||
		l.Output != 3*problems.MiB || l.Code != 9*problems.KiB || l.ValidationTime != 7*time.Second || p.NoTimeLimit {
		t.Errorf("%+v", p)
	}
	if p.TimeRule != (problems.TimeRule{ACToTimeLimit: 3, TimeLimitToTLE: 4, Resolution: 0.5}) {
		t.Errorf("%+v", p.TimeRule)
	}
	if names(p) != "sample/1 secret/01" || len(p.Remarks) != 0 {
		t.Errorf("%s, %v", names(p), p.Remarks)
	}
}

func TestTimeLimitInFilesOfOtherTools(t *testing.T) {
	old := "name: Hello\n"
	for _, row := range []struct {
		files map[string]string
		want  time.Duration
		none  bool
	}{
		{map[string]string{"domjudge-problem.ini": "color=#fff\ntimelimit='2.5'\n"}, 2500 * time.Millisecond, false},
		{map[string]string{"domjudge-problem.ini": "timelimit = 3\n"}, 3 * time.Second, false},
		{map[string]string{".timelimit": "4\n"}, 4 * time.Second, false},
		{nil, standIn, true},
	} {
		files := map[string]string{"problem.yaml": old}
		for name, content := range row.files {
			files[name] = content
		}
		p := read(t, files)
		if p.Limits.Time != row.want || p.NoTimeLimit != row.none || p.TimeRule.ACToTimeLimit != 5 || p.TimeRule.TimeLimitToTLE != 2 {
			t.Errorf("%v: %v, %v, %+v", row.files, p.Limits.Time, p.NoTimeLimit, p.TimeRule)
		}
	}
}

func TestOutputValidators(t *testing.T) {
	legacy := func(more string) string { return "name: Hello\n" + more }
	for _, row := range []struct {
		what  string
		files map[string]string
		want  func(*problems.Problem) bool
	}{
		{"none is the comparison of tokens", nil, func(p *problems.Problem) bool { return p.Checker == (problems.Checker{}) }},
		{"one program", map[string]string{"output_validator/v.py": ""}, func(p *problems.Problem) bool {
			return filepath.Base(p.Checker.External.Path) == "v.py" && p.Checker.External.Protocol == problems.ICPC
		}},
		{"a directory of one", map[string]string{"output_validators/val/v.cc": "", "output_validators/val/v.h": "", "problem.yaml": legacy("validation: custom\nvalidator_flags: a b\n")},
			func(p *problems.Problem) bool {
				return filepath.Base(p.Checker.External.Path) == "val" && slices.Equal(p.Checker.External.Args, []string{"a", "b"})
			}},
		{"a source with its header", map[string]string{"output_validator/v.cc": "", "output_validator/v.h": ""}, func(p *problems.Problem) bool {
			return filepath.Base(p.Checker.External.Path) == "output_validator"
		}},
		{"several, legacy", map[string]string{"output_validators/a.py": "", "output_validators/b/v.py": "", "problem.yaml": legacy("validation: custom\n")}, func(p *problems.Problem) bool {
			first := p.Checker.External
			return filepath.Base(first.Path) == "b" && filepath.Base(first.Also.Path) == "a.py" && first.Also.Also == nil
		}},
		{"interactive, legacy", map[string]string{"output_validators/v.py": "", "problem.yaml": legacy("validation: custom interactive\n")}, func(p *problems.Problem) bool {
			return p.Interactor != nil && p.Checker.External == nil
		}},
		{"interactive and in passes", map[string]string{"output_validator/v.py": "", "problem.yaml": "problem_format_version: 2025-09\nname: x\ntype: [interactive, multi-pass]\nlimits: {time_limit: 1, validation_passes: 5}\n"},
			func(p *problems.Problem) bool { return p.Interactor != nil && p.Passes == 5 }},
		{"passes are two unless it is said", map[string]string{"output_validator/v.py": "", "problem.yaml": "problem_format_version: 2025-09\nname: x\ntype: multi-pass\n"},
			func(p *problems.Problem) bool { return p.Passes == 2 }},
		{"flags of the default one", map[string]string{"problem.yaml": legacy("validator_flags: case_sensitive float_tolerance 1e-4\n")}, func(p *problems.Problem) bool {
			return p.Checker.CaseSensitive && *p.Checker.Tolerance == problems.Tolerance{Absolute: 1e-4, Relative: 1e-4}
		}},
		{"one tolerance leaves the other off", map[string]string{"problem.yaml": legacy("validator_flags: float_absolute_tolerance 1e-4\n")}, func(p *problems.Problem) bool {
			return *p.Checker.Tolerance == problems.Tolerance{Absolute: 1e-4, Relative: -1}
		}},
		{"flags of a group, legacy", map[string]string{"problem.yaml": legacy("validator_flags: case_sensitive\n"), "data/secret/testdata.yaml": "output_validator_flags: float_tolerance 0.5\n"},
			func(p *problems.Problem) bool {
				c := p.Tests[1].Checker
				return p.Tests[0].Checker == nil && c.CaseSensitive && c.Tolerance.Absolute == 0.5
			}},
		{"arguments of a group and of a test", map[string]string{"output_validator/v.py": "", "data/secret/test_group.yaml": "output_validator_args: [a, b c]\n", "data/secret/02.in": "", "data/secret/02.ans": "",
			"data/secret/02.yaml": "output_validator_args: [z]\nargs: [q]\ninput_validator_args: {v: [w]}\n"},
			func(p *problems.Problem) bool {
				return slices.Equal(p.Tests[1].Args, []string{"a", "b c"}) && slices.Equal(p.Tests[2].Args, []string{"z"}) &&
					slices.Equal(p.Tests[2].RunArgs, []string{"q"}) && slices.Equal(p.Tests[2].ValidatorArgs, []string{"q"}) && slices.Equal(p.Tests[2].ValidatorArgsOf["v"], []string{"w"})
			}},
		{"legacy: arguments by the name of a validator", map[string]string{"problem.yaml": "name: x\n", "data/secret/testdata.yaml": "input_validator_flags: {name: v, flags: a b}\n"}, func(p *problems.Problem) bool {
			return len(p.Tests[1].ValidatorArgs) == 0 && slices.Equal(p.Tests[1].ValidatorArgsOf["v"], []string{"a", "b"})
		}},
		{"constants in settings", map[string]string{"problem.yaml": "problem_format_version: 2025-09\nname: x\nconstants: {n: 10}\n", "data/secret/test_group.yaml": "input_validator_args: [--max, \"{{n}}\", \"{{m}}\"]\n"}, func(p *problems.Problem) bool {
			return slices.Equal(p.Tests[1].ValidatorArgs, []string{"--max", "10", "{{m}}"})
		}},
		{"submit-answer", map[string]string{"problem.yaml": "problem_format_version: 2025-09\nname: x\ntype: submit-answer\n"}, func(p *problems.Problem) bool { return p.OutputOnly }},
		{"constants", map[string]string{"problem.yaml": "problem_format_version: 2025-09\nname: x\nconstants: {n: 10, s: abc}\n"}, func(p *problems.Problem) bool {
			return p.Constants["n"] == "10" && p.Constants["s"] == "abc"
		}},
		{"constants with several values", map[string]string{"problem.yaml": "name: x\nproblem_format_version: 2025-09\nconstants:\n  FIVE:\n    value: 5\n    WORD: five\n"}, func(p *problems.Problem) bool {
			return p.Constants["FIVE"] == "5" && p.Constants["FIVE.value"] == "5" && p.Constants["FIVE.WORD"] == "five"
		}},
		{"a quotation is one argument", map[string]string{"problem.yaml": "name: x\nvalidation: custom\n", "output_validators/a.py": "", "data/secret/testdata.yaml": "output_validator_flags: --say \"these words\" isn\\'t\n"}, func(p *problems.Problem) bool {
			return slices.Equal(p.Tests[1].Args, []string{"--say", "these words", "isn't"})
		}},
		{"files of a test", map[string]string{"data/secret/01.files/a": ""}, func(p *problems.Problem) bool { return filepath.Base(p.Tests[1].ExtraFiles) == "01.files" }},
		{"where submissions start", map[string]string{"submissions/accepted/two/a.py": "", "submissions/accepted/three/a.py": "",
			"submissions/submissions.yaml": "accepted/two: {entrypoint: a.py}\n", "submissions.json": `{"submissions/accepted/three/": {"entry_point": "a.py", "language_id": "py3"}}`}, func(p *problems.Problem) bool {
			starts := map[string]string{}
			for _, s := range p.Submissions {
				starts[filepath.Base(s.Path)] = s.Entry
			}
			return starts["two"] == "a.py" && starts["three"] == "a.py"
		}},
		{"included files", map[string]string{"include/default/a.h": "", "include/python3/lib.py": ""}, func(p *problems.Problem) bool {
			return p.Grader.Library && len(p.Grader.Files[""]) == 1 && filepath.Base(p.Grader.Files["python3"][0]) == "lib.py"
		}},
	} {
		if p := read(t, row.files); !row.want(p) {
			t.Errorf("%s: %+v", row.what, p)
		}
	}
}

func TestFaultsOfPackages(t *testing.T) {
	v2025 := "problem_format_version: 2025-09\nname: x\n"
	for _, row := range []struct {
		what  string
		files map[string]string
		want  string
	}{
		{"no answer", map[string]string{"data/secret/02.in": ""}, "hello/data/secret/02.in: no answer file"},
		{"not YAML", map[string]string{"problem.yaml": "name: [\n"}, "hello/problem.yaml:"},
		{"a wrong type", map[string]string{"problem.yaml": v2025 + "limits:\n  memory: much\n"},
			"hello/problem.yaml:4:11: key \"memory\""},
		{"a limit out of range", map[string]string{"problem.yaml": v2025 + "limits: {memory: -1}\n"},
			"problem.yaml:3:10: memory: -1 is out of range"},
		{"an unknown type", map[string]string{"problem.yaml": v2025 + "type: magic\n"},
			"problem.yaml:3:1: unknown type \"magic\""},
		{"an unknown validation", map[string]string{"problem.yaml": "name: x\nvalidation: magic\n"},
			"problem.yaml:2:1: unknown validation"},
		{"interactive without a validator", map[string]string{"problem.yaml": v2025 + "type: interactive\n"}, "no output validator"},
		{"two interactors", map[string]string{"output_validators/a.py": "", "output_validators/b.py": "", "problem.yaml": "name: x\nvalidation: custom interactive\n"}, "2 output validators: expected one"},
		{"two output validators", map[string]string{"output_validator/a.py": "", "output_validator/b.py": ""}, "2 output validators: expected one"},
		{"an unknown flag", map[string]string{"problem.yaml": "name: x\nvalidator_flags: fuzzy\n"}, "unknown argument of the default output validator: \"fuzzy\""},
		{"a tolerance with more behind it", map[string]string{"problem.yaml": "name: x\nvalidator_flags: float_tolerance 1e-6x\n"}, "float_tolerance: \"1e-6x\" is not a number"},
		{"a tolerance without an end", map[string]string{"problem.yaml": "name: x\nvalidator_flags: float_tolerance inf\n"}, "float_tolerance: \"inf\" is not a number"},
		{"a range of three", map[string]string{
			"problem.yaml":       "name: x\ntype: scoring\n",
			"data/testdata.yaml": "range: 0 50 100\n",
		}, "data/testdata.yaml:1:1: range: \"0 50 100\" is not two numbers"},
		{"a range backwards", map[string]string{"problem.yaml": "name: x\ntype: scoring\n", "data/testdata.yaml": "range: 100 0\n"}, "range: \"100 0\" has the greater score first"},
		{"ignore_sample of a group", map[string]string{
			"problem.yaml":              "name: x\ntype: scoring\n",
			"data/secret/testdata.yaml": "grader_flags: ignore_sample\n",
		}, "data/secret/testdata.yaml:1:1: grader_flags: ignore_sample applies only to all"},
		{"a custom grader", map[string]string{"problem.yaml": "name: x\ntype: scoring\n", "data/testdata.yaml": "grading: custom\n"}, "graders holds 0 programs"},
		{"a group that is not above", map[string]string{"problem.yaml": v2025 + "type: scoring\n", "data/secret/test_group.yaml": "require_pass: other\n"}, "no group \"other\" before secret"},
		{"an invalid score", map[string]string{"problem.yaml": v2025 + "type: scoring\n", "data/secret/test_group.yaml": "max_score: lots\n"}, "max_score: \"lots\" is not a score"},
		{"an invalid verdict", map[string]string{
			"submissions/accepted/a.py":    "",
			"submissions/submissions.yaml": "accepted/a.py:\n  permitted: [XX]\n",
		}, "submissions.yaml:2:3: \"XX\" is not a verdict"},
		{"three scores", map[string]string{
			"submissions/accepted/a.py":    "",
			"submissions/submissions.yaml": "accepted/a.py:\n  score: [1, 2, 3]\n",
		}, "submissions.yaml:2:10: key \"score\""},
		{"an invalid time limit", map[string]string{"problem.yaml": "name: x\n", "domjudge-problem.ini": "a=b\ntimelimit=soon\n"}, "domjudge-problem.ini:2: timelimit: \"soon\" is not a number of seconds"},
	} {
		_, err := Read(tree(t, hello(row.files)))
		fault, ok := errors.AsType[*problems.Error](err)
		if !ok || !strings.Contains(fault.Error(), row.want) {
			t.Errorf("%s: %v\nwant %s", row.what, err, row.want)
		}
	}
}

// TestLinksOutOfThePackageAreNotFollowed, but links within the directory are.
func TestLinksOutOfThePackageAreNotFollowed(t *testing.T) {
	dir := tree(t, hello(map[string]string{"../secret.in": "the host's", "submissions/accepted/README.md": ""}))
	link := func(target, name string) {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	link("01.in", "data/secret/02.in")
	link("01.ans", "data/secret/02.ans")
	p, err := Read(dir)
	if err != nil || names(p) != "sample/1 secret/01 secret/02" {
		t.Fatalf("%v, %v", p, err)
	}
	link("/etc/passwd", "submissions/accepted/b.py")
	if p, err = Read(dir); err != nil || p.Submissions != nil || len(p.Remarks) != 1 || !strings.Contains(p.Remarks[0].Error(), "accepted/b.py: is not used: leads out of the problem's directory") {
		t.Errorf("%v, %v", err, p)
	}
	link("../../../secret.in", "data/secret/03.in")
	link("/etc/passwd", "data/secret/03.ans")
	if _, err = Read(dir); err == nil || !strings.Contains(err.Error(), "data/secret/03.in: is not used: leads out") {
		t.Errorf("got %v, expected an error about a test that leads out", err)
	}
}

// TestBrokenLinks are errors as inputs and answers, and notes elsewhere.
func TestBrokenLinks(t *testing.T) {
	for _, row := range []struct{ link, want string }{
		{"data/secret/02.in", "data/secret/02.in: is not used: broken link"},
		{"data/secret/03.ans", "data/secret/03.ans: is not used: broken link"},
		{"data/secret/04.ans", ""}, // no test has it
		{"submissions/accepted/b.py", ""},
	} {
		dir := tree(t, hello(map[string]string{"submissions/accepted/a.py": "", "data/secret/02.ans": "", "data/secret/03.in": ""}))
		if !strings.HasSuffix(row.link, "03.ans") {
			os.Remove(filepath.Join(dir, "data/secret/03.in"))
		}
		if err := os.Symlink("../group1/none", filepath.Join(dir, row.link)); err != nil {
			t.Fatal(err)
		}
		p, err := Read(dir)
		switch {
		case row.want == "" && (err != nil || len(p.Remarks) != 1 || !strings.Contains(p.Remarks[0].Error(), "broken link")):
			t.Errorf("%s: got %v, %v; expected a note", row.link, p, err)
		case row.want != "" && (err == nil || !strings.Contains(err.Error(), row.want)):
			t.Errorf("%s: got %v, expected %s", row.link, err, row.want)
		}
	}
}

// TestDraftsOf2023 have mappings instead of the words and numbers of later versions.
func TestDraftsOf2023(t *testing.T) {
	yaml := "problem_format_version: 2023-07\nname: x\nlimits:\n  time_limit: 1\n  time_multiplier: {ac_to_time_limit: 3.0, time_limit_to_tle: 1.4}\nvalidation: {multipass: true, interactive: false}\n"
	p := read(t, map[string]string{"problem.yaml": yaml, "output_validator/v.py": ""})
	if p.Passes != 2 || p.Interactor != nil || p.TimeRule.ACToTimeLimit != 3 || p.TimeRule.TimeLimitToTLE != 1.4 {
		t.Errorf("%+v", p)
	}
	for what, yaml := range map[string]string{"unknown validation": "validation: {magic: true}\n", "out of range": "limits: {time_multipliers: {ac_to_time_limit: .nan}}\n"} {
		if _, err := Read(tree(t, hello(map[string]string{"problem.yaml": "problem_format_version: 2023-07\nname: x\n" + yaml}))); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%v, want %s", err, what)
		}
	}
}

// TestDetectionByKeysOfTheFormat, so that errors about an invalid package name this format.
func TestDetectionByKeysOfTheFormat(t *testing.T) {
	for _, row := range []struct {
		what  string
		files map[string]string
		known bool
		fault string
	}{
		{"a version", map[string]string{"problem.yaml": "problem_format_version: 2025-09\nname: x\n"}, true,
			"data: no test cases in this package (ICPC 2025-09)"},
		{"keys of the legacy version", map[string]string{"problem.yaml": "name: x\nvalidation: default\n"}, true,
			"data: no test cases in this package (ICPC legacy)\nhint: put a .in and a .ans"},
		{"no tests in BAPCtools' file", map[string]string{"problem.yaml": "problem_format_version: 2025-09\nname: x\n",
			"generators/generators.yaml": "data: {}\n"}, true,
			"data: no test cases in this package (ICPC 2025-09)\nhint: put a .in and a .ans"},
		{"DOMjudge's settings", map[string]string{"domjudge-problem.ini": "timelimit=1\n"}, true,
			"data: no test cases in this package (ICPC legacy)"},
		{"a name alone", map[string]string{"problem.yaml": "name: x\n"}, false, ""},
		{"a native spec", map[string]string{"problem.yaml": "name: x\nlicense: cc\ntests: '*.in'\n"}, false, ""},
		{"nothing", map[string]string{"README.md": ""}, false, ""},
	} {
		dir := tree(t, row.files)
		if got := Detect(dir); got != row.known {
			t.Errorf("%s: known: %v", row.what, got)
		}
		if _, err := Read(dir); row.known && (err == nil || !strings.Contains(err.Error(), row.fault)) {
			t.Errorf("%s: got %v, expected %q", row.what, err, row.fault)
		}
	}
}
