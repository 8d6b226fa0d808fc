package calibrate

import (
	"judge/judge/report"
	"judge/problems"
)

// TimingOf returns the times in a submission's results.
func TimingOf(kind Kind, s report.Submission) Timing {
	t := Timing{
		Path: s.Path, Language: s.Language, Kind: kind, Verdict: s.Verdict, Reason: s.Reason, Times: []float64{},
	}
	for _, test := range s.Tests {
		if test.Core < 0 { // it did not run
			continue
		}
		t.Times = append(t.Times, test.CPUSeconds)
		if t.Test == "" || test.CPUSeconds > t.Seconds {
			t.Test, t.Seconds, t.Stopped = test.Name, test.CPUSeconds, test.Verdict == problems.TLE
		}
	}
	return t
}
