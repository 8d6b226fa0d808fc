package calibrate

import (
	"bytes"
	"flag"
	"math"
	"os"
	"path/filepath"
	"testing"

	"judge/judge/report"
	"judge/problems"
)

func accepted(seconds float64) Timing {
	return Timing{Path: "a", Language: "c", Kind: Accepted, Verdict: problems.AC, Test: "1", Seconds: seconds, Times: []float64{seconds}}
}

func slow(seconds float64) Timing {
	return Timing{Path: "s", Language: "c", Kind: TooSlow, Verdict: problems.TLE, Reason: "cpu", Test: "1", Seconds: seconds, Stopped: true, Times: []float64{seconds}}
}

func TestTheLimitsThatFit(t *testing.T) {
	wrong, idle, unrun := accepted(9), slow(0.01), slow(0)
	wrong.Verdict = problems.WA
	idle.Reason = "idle"
	unrun.Test = ""
	fine := ICPC()
	fine.TimeResolution = 0.1
	rows := []struct {
		what           string
		rule           Rule
		timings        []Timing
		declared       float64
		least, most    float64 // most 0: none
		proposed       float64
		fits, declares bool
	}{
		{"the slowest and the fastest count", ICPC(), []Timing{accepted(0.2), accepted(0.7), slow(9), slow(6)}, 2, 1.4, 4, 2, true, true},
		{"a limit is a multiple of the resolution", fine, []Timing{accepted(0.12), slow(3)}, 1, 0.24, 2, 0.3, true, true},
		{"and at least one", ICPC(), []Timing{accepted(0)}, 1, 0, 0, 1, true, true},
		{"exactly at both ends", ICPC(), []Timing{accepted(0.5), slow(1.5)}, 1, 1, 1, 1, true, true},
		{"nothing too slow", ICPC(), []Timing{accepted(1.5)}, 10, 3, 0, 3, true, true},
		{"declared too short", ICPC(), []Timing{accepted(1.5), slow(20)}, 2, 3, 20 / 1.5, 3, true, false},
		{"declared too long", ICPC(), []Timing{accepted(0.5), slow(6)}, 5, 1, 4, 1, true, false},
		{"too near to each other", ICPC(), []Timing{accepted(1), slow(2)}, 2, 2, 2 / 1.5, 2, false, false},
		{"only a finer step fits", ICPC(), []Timing{accepted(0.3), slow(1.2)}, 0.7, 0.6, 0.8, 1, false, true},
		{"what is not accepted does not count", ICPC(), []Timing{accepted(0.5), wrong, slow(6)}, 1, 1, 4, 1, true, true},
		{"who waits or does not run does not count", ICPC(), []Timing{accepted(0.5), idle, unrun}, 1, 1, 0, 1, true, true},
		{"nobody is accepted", ICPC(), []Timing{wrong, slow(6)}, 1, 0, 0, 0, false, false},
	}
	for _, row := range rows {
		l := row.rule.Fit(row.timings, row.declared)
		most := 0.0
		if l.Most != nil {
			most = *l.Most
		}
		if math.Abs(l.Least-row.least) > 1e-9 || math.Abs(most-row.most) > 1e-9 || l.Proposed != row.proposed || l.ProposedFits != row.fits || l.DeclaredFits != row.declares {
			t.Errorf("%s: %+v, at most %v", row.what, l, most)
		}
	}
}

func TestEnoughIsSlowEnough(t *testing.T) {
	for _, slowest := range []float64{0.001, 0.3, 0.5, 2.7} {
		for _, declared := range []float64{0.5, 1, 10} {
			timings := []Timing{accepted(slowest), slow(ICPC().Enough(slowest, declared))}
			if l := ICPC().Fit(timings, declared); !l.ProposedFits {
				t.Errorf("accepted in %v s, stopped after %v s: %+v", slowest, timings[1].Seconds, l)
			}
		}
	}
}

func TestExpectationsReportTheMeasuredValue(t *testing.T) {
	rows := []struct {
		expect []problems.Verdict
		kind   Kind
		ok     bool
	}{
		{[]problems.Verdict{problems.AC}, Accepted, true},
		{[]problems.Verdict{problems.TLE}, TooSlow, true},
		{[]problems.Verdict{problems.WA, problems.TLE}, TooSlow, true},
		{[]problems.Verdict{problems.AC, problems.TLE}, "", false},
		{[]problems.Verdict{problems.TLE, problems.AC}, "", false},
		{[]problems.Verdict{problems.WA}, "", false},
		{nil, "", false},
	}
	for _, row := range rows {
		if kind, ok := KindOf(problems.Submission{Expect: row.expect}); ok != row.ok || ok && kind != row.kind {
			t.Errorf("%v: %q, %v", row.expect, kind, ok)
		}
	}
}

func TestATimingIsThatOfTheSlowestTest(t *testing.T) {
	s := report.Submission{Path: "p", Language: "c", Verdict: problems.TLE, Reason: "cpu", Tests: []report.Test{
		{Name: "1", Verdict: problems.AC, CPUSeconds: 0.5, Core: 0},
		{Name: "2", Verdict: problems.TLE, CPUSeconds: 2, Core: 1},
		{Name: "3", Verdict: problems.SKIP, Core: -1},
	}}
	got := TimingOf(TooSlow, s)
	if got.Test != "2" || got.Seconds != 2 || !got.Stopped || len(got.Times) != 2 {
		t.Errorf("%+v", got)
	}
	if none := TimingOf(Accepted, report.Submission{Verdict: problems.CE}); none.Test != "" || none.counts() {
		t.Errorf("%+v", none)
	}
}

func TestBinsHoldEveryTimeOnce(t *testing.T) {
	for _, seconds := range []float64{0.001, 0.00215, 0.00216, 0.1, 0.999999, 1, 99, 12345} {
		b := binOf(seconds)
		if seconds < lowOf(b)-1e-9 || seconds >= lowOf(b+1)+1e-9 {
			t.Errorf("%v s is in the bin from %v to %v", seconds, lowOf(b), lowOf(b+1))
		}
	}
	many := accepted(0.5)
	many.Times = []float64{0, 1e-9, 0.0005, 0.3, 0.3, 40}
	n := 0
	for _, b := range histogram([]Timing{many, slow(7)}) {
		n += b.accepted + b.slow
	}
	if n != 7 {
		t.Errorf("%d times in all bins, want 7", n)
	}
}

var update = flag.Bool("update", false, "rewrite the golden files")

// result is made up.
func result(declared float64, timings ...Timing) Result {
	rule := ICPC()
	return Result{Schema: Schema, Machine: report.Machine{Isolation: "full", Speed: 1.234}, Problem: "A problem\x1b[31m", Rule: rule,
		Timings: timings, Limits: rule.Fit(timings, declared)}
}

func TestTextOfAResult(t *testing.T) {
	quick, wrong, patient := accepted(0.012), accepted(0.4), slow(0.001)
	quick.Path, quick.Times = "submissions/quick.cpp", []float64{0.001, 0.004, 0.012, 0.011, 0.01}
	wrong.Path, wrong.Verdict, wrong.Reason = "submissions/wrong.py", problems.WA, ""
	patient.Path, patient.Reason = "submissions/sleeps.py", "idle"
	rows := []struct {
		name string
		of   Result
		good bool
	}{
		{"fits", result(1, quick, accepted(0.31), slow(4.95)), true},
		{"too_short", result(0.5, quick, accepted(0.31), slow(4.95)), false},
		{"too_near", result(2, quick, accepted(1.2), slow(2.5)), false},
		{"faults", result(2, quick, wrong, patient), false},
		{"nobody", result(2, wrong), false},
	}
	for _, row := range rows {
		var b bytes.Buffer
		if err := row.of.Write(&b); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", row.name+".txt")
		if *update {
			if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil || b.String() != string(want) {
			t.Errorf("%s: %v\n%s\nwant\n%s", row.name, err, b.String(), want)
		}
		if row.of.Good() != row.good {
			t.Errorf("%s: good is %v", row.name, row.of.Good())
		}
	}
}
