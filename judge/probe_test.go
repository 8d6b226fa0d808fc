package judge

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"judge/judge/cache"
	"judge/problems"
)

func TestValidatorsAreProbedWithInputs(t *testing.T) {
	p := problemOf(t, "1\n", "", "x\n", "")
	p.Limits.ValidationTime, p.Limits.ValidationMemory, p.Limits.ValidationOutput = time.Second, 64*problems.MiB, problems.MiB
	digits := writeFile(t, filepath.Join(p.Dir, "v", "digits.sh"), `read x; case $x in *[!0-9]*) echo "not a number: $x"; exit 43;; esac; [ "$1$2" = ab ] && exit 42`)
	short := writeFile(t, filepath.Join(p.Dir, "w", "short.sh"), `read x; [ ${#x} -lt 3 ]`)
	p.InputValidators = []problems.Validator{{Path: digits, Args: []string{"a"}}, {Path: short, Testlib: true}}
	p.Tests[0].ValidatorArgs, p.Tests[1].ValidatorArgs = []string{"b"}, []string{"b"}
	long := Probe{Test: p.Tests[0], Data: []byte("12345\n")}
	probed, err := jailed(t).Probe(t.Context(), p, []Probe{{Test: p.Tests[0]}, {Test: p.Tests[1]}, long})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []ProbeResult{{Accepted: true}, {Message: "not a number: x", By: "digits.sh"}, {Message: "exit code 1", By: "short.sh"}} {
		if probed[i] != want {
			t.Errorf("%d: %+v, want %+v", i, probed[i], want)
		}
	}
}

func TestValidatorsReadUnixLines(t *testing.T) {
	p := problemOf(t, "1\r\n2\r\n", "", "1\n2\n", "")
	p.Limits.ValidationTime, p.Limits.ValidationMemory, p.Limits.ValidationOutput = time.Second, 64*problems.MiB, problems.MiB
	strict := writeFile(t, filepath.Join(p.Dir, "v", "strict.sh"), `[ "$(tr '\n' ' ')" = "1 2 " ]`)
	probes := []Probe{{Test: p.Tests[0]}, {Test: p.Tests[1]}, {Test: p.Tests[0], Data: []byte("1\r\n2\r\n")}}
	for _, unix := range []bool{true, false} {
		p.InputValidators = []problems.Validator{{Path: strict, Testlib: true, UnixLines: unix}}
		probed, err := jailed(t).Probe(t.Context(), p, probes)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []bool{unix, true, unix} {
			if probed[i].Accepted != want || probed[i].Err != nil {
				t.Errorf("unix lines %v, %d: %+v", unix, i, probed[i])
			}
		}
	}
}

func TestAnswerValidatorsSeeTheInputToo(t *testing.T) {
	p := problemOf(t, "12\n", "2\n", "123\n", "5\n")
	p.Limits.ValidationTime, p.Limits.ValidationMemory, p.Limits.ValidationOutput = time.Second, 64*problems.MiB, problems.MiB
	length := writeFile(t, filepath.Join(p.Dir, "v", "length.sh"), `read x <"$1"; read n; [ ${#x} = "$n" ] && [ $# = 1 ] && exit 42; echo "not $n"`)
	p.AnswerValidators = []problems.Validator{{Path: length}}
	probed, err := jailed(t).Probe(t.Context(), p, []Probe{{Test: p.Tests[0], Answers: true}, {Test: p.Tests[1], Answers: true}})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []ProbeResult{{Accepted: true}, {Message: "not 5", By: "length.sh"}} {
		if probed[i] != want {
			t.Errorf("%d: %+v, want %+v", i, probed[i], want)
		}
	}
}

func TestValidatorsHaveArgumentsByTheirNames(t *testing.T) {
	p := problemOf(t, "1\n", "")
	p.Limits.ValidationTime, p.Limits.ValidationMemory, p.Limits.ValidationOutput = time.Second, 64*problems.MiB, problems.MiB
	for _, name := range []string{"a.sh", "b.sh", "c.sh"} {
		p.InputValidators = append(p.InputValidators, problems.Validator{Path: writeFile(t, filepath.Join(p.Dir, name, name), `[ "$0 $*" = "$0 `+map[string]string{"a.sh": "x z", "b.sh": "y z", "c.sh": "z"}[name]+`" ] && exit 42; echo "$*"`)})
	}
	p.Tests[0].ValidatorArgs, p.Tests[0].ValidatorArgsOf = []string{"z"}, map[string][]string{"a": {"x"}, "b.sh": {"y"}}
	probed, err := jailed(t).Probe(t.Context(), p, []Probe{{Test: p.Tests[0]}})
	if err != nil || !probed[0].Accepted {
		t.Errorf("%+v, %v", probed, err)
	}
}

func TestCheckerIsProbedWithOutputs(t *testing.T) {
	p := checkedBy(t, problems.ICPC, `[ "$(cat)" = "$(cat $2)" ] && exit 42; [ "$1" ] && echo no >$3/judgemessage.txt && exit 43`)
	broken := checkedBy(t, problems.ICPC, "exit 1")
	test := p.Tests[0]
	probed, err := jailed(t).Probe(t.Context(), p, []Probe{{Checks: true, Test: test, Output: test.Answer}, {Checks: true, Test: test, Data: []byte("x")}})
	if err != nil || !probed[0].Accepted || probed[1].Accepted || probed[1].Message != "no" {
		t.Errorf("%+v, %v", probed, err)
	}
	probed, err = jailed(t).Probe(t.Context(), broken, []Probe{{Checks: true, Test: broken.Tests[0], Data: []byte("x")}})
	if err != nil || probed[0].Err == nil || !strings.Contains(probed[0].Err.Error(), "exit 1") {
		t.Errorf("%+v, %v", probed, err)
	}
}

func TestUnchangedProbesAreCached(t *testing.T) {
	j := jailed(t)
	var err error
	if j.Verdicts, err = cache.OpenVerdicts(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	p := problemOf(t, "1\n", "1\n", "x\n", "2\n")
	p.Limits.ValidationTime, p.Limits.ValidationMemory, p.Limits.ValidationOutput = time.Second, 64*problems.MiB, problems.MiB
	p.InputValidators = []problems.Validator{{Path: writeFile(t, filepath.Join(p.Dir, "v", "digits.sh"), `read x; case $x in *[!0-9]*) echo "not a number: $x"; exit 43;; esac; exit 42`)}}
	p.AnswerValidators = []problems.Validator{{Path: writeFile(t, filepath.Join(p.Dir, "v", "two.sh"), `read x; [ $x = 2 ] && exit 42`)}}
	p.Checker = checkedBy(t, problems.ICPC, `[ "$(cat)" = 1 ] && exit 42; exit 43`).Checker
	cached := func() (n int) {
		t.Helper()
		probes := []Probe{{Test: p.Tests[0]}, {Test: p.Tests[1]}, {Test: p.Tests[0], Data: []byte("y")}, {Test: p.Tests[1], Answers: true}, {Test: p.Tests[0], Checks: true, Output: p.Tests[0].Answer}}
		probed, err := j.Probe(t.Context(), p, probes)
		if err != nil {
			t.Fatal(err)
		}
		for i, accepted := range []bool{true, false, false, true, true} {
			if probed[i].Accepted != accepted || probed[i].Err != nil {
				t.Errorf("%d: %+v", i, probed[i])
			}
			if probed[i].Cached {
				n++
			}
		}
		if probed[1].Message != "not a number: x" || probed[1].By != "digits.sh" {
			t.Errorf("%+v", probed[1])
		}
		return n
	}
	if n := cached(); n != 0 {
		t.Errorf("%d of the first probes are earlier ones'", n)
	}
	if n := cached(); n != 5 {
		t.Errorf("%d of 5 probes are earlier ones'", n)
	}
	p.Tests[0].ValidatorArgs = []string{"more"}
	if n := cached(); n != 3 {
		t.Errorf("%d of 5 probes are earlier ones' under other arguments for two", n)
	}
	p.Limits.ValidationTime *= 2
	if n := cached(); n != 0 {
		t.Errorf("%d probes are earlier ones' under other limits", n)
	}
}
