package judge

import (
	"crypto/sha256"
	"encoding/hex"

	"judge/judge/report"
	"judge/problems"
)

// triedBefore opens the kept trials of the problem's own programs: the checker and the validators as they are compiled, with all that a trial
// comes from but for what it is tried on.
func (w *judging) triedBefore(validators, answers []validator) *ledger {
	type program struct {
		Key                string
		Args               []string
		Testlib, UnixLines bool
	}
	problem, l := w.request.Problem, w.request.Problem.Limits
	setting := struct {
		Format              int
		What, Judge, Of     string
		Machine             report.Machine
		Externals           []string
		Validators, Answers []program
		Checker             problems.Checker
		Talk                []any
		Limits              problems.Limits
	}{1, "trials", w.judge.Verdicts.identity(), nameForLedgers(problem), w.judge.Machine, nil, nil, nil, problem.Checker, nil, problems.Limits{
		ValidationTime: l.ValidationTime, ValidationMemory: l.ValidationMemory, ValidationOutput: l.ValidationOutput,
		OutputOfAll: l.OutputOfAll,
	}}
	setting.Machine.Cores, setting.Machine.JudgeOn, setting.Machine.Exclusive, setting.Machine.Speed = nil, nil, false, 0
	if e := problem.Checker.External; e != nil {
		setting.Talk = []any{e.Protocol, e.Args}
	}
	setting.Checker.External = nil
	for _, e := range w.externals {
		if e.key == "" {
			return nil
		}
		setting.Externals = append(setting.Externals, e.key)
	}
	for _, list := range []struct {
		from []validator
		to   *[]program
	}{{validators, &setting.Validators}, {answers, &setting.Answers}} {
		for _, v := range list.from {
			*list.to = append(*list.to, program{v.program.key, v.args, v.given.Testlib, v.given.UnixLines})
		}
	}
	return w.judge.Verdicts.open(hashOf(setting))
}

// trialKey names a trial by all that it comes from; "" if that cannot be told.
func (w *judging) trialKey(t Trial) string {
	if t.Test.Beside != "" { // files of its own are not looked at for a key
		return ""
	}
	of := struct {
		Input, Answer, Output, Data string
		Checks, Answers             bool
		Args, ValidatorArgs         []string
		ValidatorArgsOf             map[string][]string
		Checker                     *problems.Checker
	}{Checks: t.Checks, Answers: t.Answers}
	if t.Checks {
		of.Args, of.Checker = t.Test.Args, t.Test.Checker
	} else {
		of.ValidatorArgs, of.ValidatorArgsOf = t.Test.ValidatorArgs, t.Test.ValidatorArgsOf
	}
	answer := t.Test.Answer
	if !t.Checks && !t.Answers {
		answer = "" // validators of inputs do not see it
	}
	for _, file := range []struct {
		path string
		to   *string
	}{{t.Test.Input, &of.Input}, {answer, &of.Answer}, {t.Output, &of.Output}} {
		if file.path == "" {
			continue
		}
		if *file.to = w.digests.of(file.path); *file.to == "" {
			return ""
		}
	}
	if t.Data != nil {
		sum := sha256.Sum256(t.Data)
		of.Data = hex.EncodeToString(sum[:])
	}
	return hashOf(of)
}

// tried returns a trial that was kept.
func (l *ledger) tried(key string) (Tried, bool) {
	if l == nil || key == "" {
		return Tried{}, false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	k, ok := l.byID[key]
	return Tried{Accepted: k.Test.Verdict == problems.AC, Message: k.Test.Message, By: k.Test.Reason, Cached: true}, ok
}

// keepTried adds a trial, as the result of a test; one in which a program failed, or that was interrupted, is tried
// again.
func (l *ledger) keepTried(key string, t Tried) {
	if t.Err != nil {
		return
	}
	verdict := problems.WA
	if t.Accepted {
		verdict = problems.AC
	}
	l.keep(key, problems.Limits{}, report.Test{Verdict: verdict, Message: t.Message, Reason: t.By})
}
