package polygon

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

const description = `<?xml version="1.0" encoding="utf-8" standalone="no"?>
<problem revision="3" short-name="sum">
 <names><name language="russian" value="Сумма"/><name language="english" value="Sum"/></names>
 <judging cpu-name="x" input-file="INPUT" output-file="OUTPUT">
  <testset name="pretests"><time-limit>1</time-limit></testset>
  <testset name="tests">
   <time-limit>1500</time-limit><memory-limit>67108864</memory-limit>
   <test-count>2</test-count>
   <input-path-pattern>tests/%02d</input-path-pattern><answer-path-pattern>tests/%02d.a</answer-path-pattern>
   <tests>TESTS</tests>
   <groups>GROUPS</groups>
  </testset>
 </judging>
 <files><resources><file path="files/testlib.h" type="h.g++"/></resources></files>
 <assets>
  CHECKER
  <validators><validator><source path="files/val.cpp" type="cpp.g++17"/></validator></validators>
  <solutions>
   <solution tag="main"><source path="solutions/main.cpp" type="cpp.g++17"/></solution>
   <solution tag="time-limit-exceeded"><source path="solutions/slow.py" type="python.3"/></solution>
   <solution tag="rejected"><source path="solutions/bad.cpp" type="cpp.gcc13-64-winlibs-g++20"/></solution>
   <solution tag="do-not-run"><source path="solutions/bad.cpp" type="cpp.g++17"/></solution>
  </solutions>
 </assets>
</problem>`

// write creates a package. pairs alternates old and new texts.
func write(t *testing.T, pairs ...string) string {
	t.Helper()
	dir := t.TempDir()
	text := strings.NewReplacer(append(pairs, "INPUT", "", "OUTPUT", "", "TESTS", `<test method="manual" sample="true"/><test method="manual"/>`, "GROUPS", "",
		"CHECKER", `<checker name="std::wcmp.cpp" type="testlib"><source path="files/check.cpp" type="cpp.g++17"/></checker>`)...).Replace(description)
	for name, content := range map[string]string{
		FileName: text, "tests/01": "1", "tests/01.a": "1", "tests/02": "2", "tests/02.a": "2", "files/check.cpp": "", "files/val.cpp": "", "files/testlib.h": "",
		"files/inter.cpp": "", "solutions/main.cpp": "", "solutions/slow.py": "", "solutions/bad.cpp": "",
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func read(t *testing.T, pairs ...string) *problems.Problem {
	t.Helper()
	dir := write(t, pairs...)
	if !Detect(dir) {
		t.Fatal("it is not detected")
	}
	p, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAPackage(t *testing.T) {
	p := read(t)
	if p.Name != "Sum" || p.Limits.Time != 1500*time.Millisecond || p.Limits.Wall != 4*time.Second || p.Limits.Memory != 64*problems.MiB || p.Scoring.Groups() != nil {
		t.Errorf("%+v", p)
	}
	if len(p.Tests) != 2 || p.Tests[0].Name != "01" || filepath.Base(p.Tests[1].Answer) != "02.a" || p.Files != (problems.FileNames{}) {
		t.Errorf("%+v", p.Tests)
	}
	if e := p.Checker.External; e == nil || e.Protocol != problems.Testlib || filepath.Base(e.Path) != "check.cpp" {
		t.Errorf("%+v", p.Checker)
	}
	if len(p.InputValidators) != 1 || !p.InputValidators[0].Testlib {
		t.Errorf("%+v", p.InputValidators)
	}
	if len(p.Submissions) != 3 {
		t.Fatalf("%+v", p.Submissions)
	}
	if s := p.Submissions[0]; !s.Model || s.Expect[0] != problems.AC || s.Pace != problems.FastEnough || s.Language != "cpp17" {
		t.Errorf("%+v", s)
	}
	if s := p.Submissions[1]; s.Expect[0] != problems.TLE || s.Pace != problems.SlowEnough || s.Language != "" {
		t.Errorf("%+v", s)
	}
	if s := p.Submissions[2]; len(s.Expect) != 5 || s.Language != "cpp" {
		t.Errorf("%+v", s)
	}
}

func TestOtherFilesOfTheNameAreNotDetected(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, FileName), []byte("<problem><p>1 + 1?</p></problem>"), 0o644); err != nil {
		t.Fatal(err)
	}
	if Detect(dir) {
		t.Error("it is detected")
	}
}

func TestFilesStandardCheckersAndInteractors(t *testing.T) {
	p := read(t, "INPUT", "sum.in", "OUTPUT", "sum.out", "CHECKER", `<checker name="std::rcmp6.cpp"></checker>`)
	if p.Files.Input != "sum.in" || p.Files.Output != "sum.out" || p.Checker.Compare != problems.Standard || p.Checker.Standard != "rcmp6" {
		t.Errorf("%+v, %+v", p.Files, p.Checker)
	}
	if p = read(t, "CHECKER", ""); p.Checker.Standard != "wcmp" || len(p.Remarks) != 1 {
		t.Errorf("without a checker: %+v, %v", p.Checker, p.Remarks)
	}
	p = read(t, "INPUT", "stdin", "CHECKER", `<checker name="x"><source path="files/check.cpp" type=""/></checker><interactor><source path="files/inter.cpp" type="cpp.g++17"/></interactor>`)
	if p.Interactor == nil || p.Checker.External == nil || p.Files.Input != "" {
		t.Errorf("%+v", p)
	}
}

func TestPointsAndGroups(t *testing.T) {
	p := read(t, "TESTS", `<test points="10.0"/><test points="20.0"/>`)
	if len(p.Scoring.Groups()) != 1 || p.Scoring.Groups()[0].Points != 30 || p.Scoring.Groups()[0].Rule != problems.Sum || p.Tests[1].Points != 20 {
		t.Errorf("%+v", p.Scoring.Groups())
	}
	p = read(t, "TESTS", `<test group="0"/><test group="1" points="5"/>`, "GROUPS",
		`<group name="0" points-policy="each-test"/><group name="1" points="50" points-policy="complete-group"><dependencies><dependency group="0"/></dependencies></group>`)
	if len(p.Scoring.Groups()) != 2 || p.Scoring.Groups()[1].Points != 50 || p.Scoring.Groups()[1].Rule != problems.PassFail || p.Scoring.Groups()[1].Requires[0] != "0" {
		t.Errorf("%+v", p.Scoring.Groups())
	}
	if p = read(t, "TESTS", `<test group="0"/><test group="0"/>`); p.Scoring.Groups() != nil {
		t.Errorf("groups without points are names: %+v", p.Scoring.Groups())
	}
}

func TestProgramsGetTheGroupOfATest(t *testing.T) {
	groups := []string{"TESTS", `<test group="1" points="1"/><test points="2"/>`}
	p := read(t, groups...)
	if v := p.InputValidators[0]; !v.UnixLines || !slices.Equal(p.Tests[0].ValidatorArgs, []string{"--group", "1"}) ||
		p.Tests[1].ValidatorArgs != nil || p.Tests[0].Args != nil {
		t.Errorf("%+v, %+v", v, p.Tests)
	}
	p = read(t, append(groups, `<testset name="pretests"><time-limit>1</time-limit></testset>`, "", `name="tests"`, `name="main"`)...)
	if !slices.Equal(p.Tests[0].ValidatorArgs, []string{"--testset", "main", "--group", "1"}) ||
		!slices.Equal(p.Tests[1].ValidatorArgs, []string{"--testset", "main"}) {
		t.Errorf("%+v", p.Tests)
	}
	dir := write(t, groups...)
	if err := os.WriteFile(filepath.Join(dir, "files/check.cpp"), []byte("if (checker.group() == \"1\")"), 0o644); err != nil {
		t.Fatal(err)
	}
	if p, err := Read(dir); err != nil || !slices.Equal(p.Tests[0].Args, []string{"--group", "1"}) {
		t.Errorf("%+v, %v", p.Tests, err)
	}
	p = read(t, `<source path="files/val.cpp" type="cpp.g++17"/>`, `<source path="files/val.cpp"/><testset><input-path-pattern>tests/%02d</input-path-pattern>
		<tests><test verdict="valid" testset="tests" group="2"/></tests></testset>`)
	if !slices.Equal(p.Samples[0].ValidatorArgs, []string{"--group", "2"}) {
		t.Errorf("%+v", p.Samples)
	}
}

func TestGroupsFollowTheirDependencies(t *testing.T) {
	p := read(t, "TESTS", `<test group="b" points="1"/><test group="a" points="2"/>`, "GROUPS", `<group name="b" points-policy="each-test"><dependencies><dependency group="a"/></dependencies></group><group name="a"/>`)
	if len(p.Scoring.Groups()) != 2 || p.Scoring.Groups()[0].Name != "a" || p.Scoring.Groups()[1].Requires[0] != "a" || p.Tests[0].Groups[0] != "b" {
		t.Errorf("%+v", p.Scoring.Groups())
	}
}

func TestExpectationsOnOneGroup(t *testing.T) {
	p := read(t, "TESTS", `<test group="a" points="1"/><test group="b" points="2"/>`, `<source path="solutions/bad.cpp" type="cpp.gcc13-64-winlibs-g++20"/>`,
		`<source path="solutions/bad.cpp" type="python.pypy3-64"/><extra-tags><extra-tag group="a" tag="accepted" testset="tests"/><extra-tag group="b" tag="wrong-answer"/></extra-tags>`)
	s := p.Submissions[2]
	if d := s.Demands; len(d) != 2 || d[0].Permitted[0] != problems.AC || d[0].Tests[0] != "01" || d[1].Required[0] != problems.WA || d[1].Tests[0] != "02" {
		t.Errorf("%+v", s.Demands)
	}
	if s.Language != "pypy3" {
		t.Error(s.Language)
	}
}

func TestTrialsOfCheckersAndValidators(t *testing.T) {
	checker := `<checker><source path="files/check.cpp"/><testset><input-path-pattern>tests/%02d</input-path-pattern><output-path-pattern>tests/%02d</output-path-pattern>
		<answer-path-pattern>tests/%02d.a</answer-path-pattern><tests><test verdict="ok"/><test verdict="wrong-answer"/><test verdict="points"/></tests></testset></checker>`
	p := read(t, "CHECKER", checker, `<source path="files/val.cpp" type="cpp.g++17"/>`,
		`<source path="files/val.cpp"/><testset><input-path-pattern>tests/%02d</input-path-pattern><tests><test verdict="valid"/><test verdict="invalid"/></tests></testset>`)
	if len(p.Samples) != 4 || len(p.Remarks) != 0 {
		t.Fatalf("%+v, %v", p.Samples, p.Remarks)
	}
	for i, good := range []bool{true, false, true, false} {
		if s := p.Samples[i]; s.Good != good || (s.Output != "") != (i < 2) || filepath.Base(s.Input) != []string{"01", "02"}[i%2] {
			t.Errorf("%d: %+v", i, s)
		}
	}
	if p = read(t, "CHECKER", strings.ReplaceAll(checker, "tests/%02d<", "gone/%02d<")); len(p.Samples) != 0 || len(p.Remarks) != 1 {
		t.Errorf("%+v, %v", p.Samples, p.Remarks)
	}
}

func TestFaultsOfPackages(t *testing.T) {
	for _, row := range []struct {
		pairs []string
		want  string
	}{
		{[]string{"<problem", "<<"}, "problem.xml:2: "},
		{[]string{"tests/%02d<", "tests/%s<"}, "are not patterns"},
		{[]string{"tests/%02d<", "tests/%02d%d<"}, "are not patterns"},
		{[]string{"tests/%02d<", "../%02d<"}, `test 1: no file "../01"`},
		{[]string{"TESTS", "<test/><test/><test/>"}, `test 3: no file "tests/03"`},
		{[]string{"TESTS", ""}, "no tests"},
		{[]string{"67108864", "-1"}, "out of range"},
		{[]string{"INPUT", "../x"}, "is not a file name"},
		{[]string{`output-file="OUTPUT"`, `output-file="" run-count="2"`}, "run-count above 1"},
		{[]string{"CHECKER", `<checker name="std::magic.cpp"/>`}, `the source of the checker "std::magic.cpp" is not in the package, and no`},
		{[]string{"CHECKER", `<checker name="std::pointscmp.cpp"/>`}, `"std::pointscmp.cpp"`},
		{[]string{"CHECKER", `<checker name="wcmp.cpp"/>`}, `the source of the checker "wcmp.cpp" is not in the package`},
		{[]string{"CHECKER", `<checker><source path="/etc/passwd"/></checker>`}, "leads out"},
		{[]string{"TESTS", `<test group="a" points="1"/><test group="b"/>`, "GROUPS", `<group name="a"><dependencies><dependency group="c"/></dependencies></group>`}, `group "a" depends on ["c"]`},
	} {
		_, err := Read(write(t, row.pairs...))
		fault, ok := errors.AsType[*problems.Error](err)
		if !ok || !strings.Contains(fault.Error(), row.want) {
			t.Errorf("%q: %v, want %s", row.pairs, err, row.want)
		}
	}
}

func FuzzNumbered(f *testing.F) {
	f.Add("tests/%02d", 3)
	f.Add("%d%d", 1)
	f.Add("%999d", 1)
	f.Fuzz(func(t *testing.T, pattern string, n int) {
		name, ok := numbered(pattern, n)
		if ok && (len(name) > len(pattern)+120 || strings.Contains(name, "%!")) {
			t.Errorf("%q, %d: %q", pattern, n, name)
		}
	})
}

func TestFaultsHaveLines(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, FileName), []byte("<problem>\n<judging>\n</problem>"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(dir); err == nil || !strings.Contains(err.Error(), FileName+":3: ") {
		t.Errorf("%v", err)
	}
}
