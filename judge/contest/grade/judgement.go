package grade

import (
	"strings"
	"time"

	"judge/judge/contest"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/text"
)

// Bounds of what is stored of a judgement.
const (
	maxLog      = 16 << 10 // bytes of a compiler's messages
	maxMessage  = 300      // bytes of a test's message
	maxEvidence = 300
)

// judgement converts what the engine has found. started is when the submission was taken up.
func (i Item) judgement(result report.Submission, machine string, started, ended time.Time) *contest.Judgement {
	j := i.blank(machine, started, ended)
	j.Verdict, j.Reason, j.Language = result.Verdict, result.Reason, result.Language
	j.CPU, j.Memory = seconds(result.MaxCPUSeconds), result.MaxMemoryBytes
	facts := i.problem.Facts
	if facts.Points {
		j.Score = result.Score
		for _, g := range result.Groups {
			j.Groups = append(j.Groups, contest.GroupScore{Name: g.Name, Points: g.Points, Score: g.Score})
		}
	}
	if result.Verdict == problems.CE {
		j.Log = text.CutLines(result.Compile.Log, maxLog)
		j.Evidence = text.CutLine(result.Compile.Error, maxEvidence)
		return j
	}
	j.Evidence = text.CutLine(result.Evidence(report.LimitsOf(i.problem.spec.Limits)), maxEvidence)
	j.Runs = make([]contest.Run, 0, len(result.Tests))
	for n, t := range result.Tests {
		j.Runs = append(j.Runs, contest.Run{
			Test: n + 1, Verdict: t.Verdict, Reason: t.Reason, CPU: seconds(t.CPUSeconds), Wall: seconds(t.WallSeconds),
			Memory: t.MemoryBytes, Output: t.OutputBytes, Rerun: t.Rerun, Message: text.CutLine(t.Message, maxMessage),
		})
		if facts.Points && t.Verdict == problems.JE && j.Verdict != problems.JE { // it might have scored
			j.Verdict, j.Reason, j.Score = t.Verdict, t.Reason, nil
		}
	}
	return j
}

// faulty is the judgement of a submission that cannot be judged.
func (i Item) faulty(f contest.Fault, machine string, at time.Time) *contest.Judgement {
	j := i.blank(machine, at, at)
	j.Verdict, j.Reason = f.Verdict, f.Reason
	if i.problem.Facts.Points && f.Verdict == problems.CE {
		j.Score = new(float64)
	}
	return j
}

func (i Item) blank(machine string, started, ended time.Time) *contest.Judgement {
	return &contest.Judgement{
		Submission: i.Submission.ID, Round: i.round, Started: started, Ended: ended, Machine: machine,
		Package: i.problem.Facts.Digest, Source: i.source,
	}
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

// cleaned is a reason in one line.
func cleaned(reason string) report.Reason {
	return report.Reason(text.CutLine(strings.TrimSpace(reason), report.MaxReason))
}
