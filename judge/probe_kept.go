package judge

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"judge/judge/cache"
	"judge/judge/kinds"
	"judge/judge/report"
	"judge/problems"
)

// probeSetting holds everything that determines the results of probes, except for the data.
type probeSetting struct {
	Format              int
	What                string // separates these keys from those of runs
	Judge, Of           string
	Machine             report.Machine
	Externals           []string // keys of the compiled programs
	Validators, Answers []probeProgram
	Compare             problems.Checker
	Checkers            []speech
	Limits              problems.Limits
}

// probeProgram is a validator: how it is called, without its location, and its sources.
type probeProgram struct {
	Key   string
	Given problems.Validator
}

func probePrograms(all []kinds.Validator) (programs []probeProgram) {
	for _, v := range all {
		given := v.Given
		given.Path = ""
		programs = append(programs, probeProgram{Key: v.Program.Key, Given: given})
	}
	return programs
}

// limitsOfProbes returns those of the problem's own programs.
func limitsOfProbes(l problems.Limits) problems.Limits {
	return problems.Limits{
		ValidationTime: l.ValidationTime, ValidationMemory: l.ValidationMemory, ValidationOutput: l.ValidationOutput,
		OutputOfAll: l.OutputOfAll,
	}
}

// probeSettingKey returns a digest of everything that determines the results of probes, except for the data; "" if
// it cannot be computed.
func (p *Prepared) probeSettingKey(validators, answers []kinds.Validator) string {
	externals, known := p.externalKeys()
	if !known {
		return ""
	}
	problem := p.problem
	return cache.HashOf(probeSetting{
		Format: 2, What: "probes", Judge: p.judge.Verdicts.Judge(), Of: nameForLedgers(problem),
		Machine:   sameOn(p.judge.Machine),
		Externals: externals, Validators: probePrograms(validators), Answers: probePrograms(answers),
		Compare: comparedBy(problem.Checker), Checkers: speechesOf(problem.Checker.External),
		Limits: limitsOfProbes(problem.Limits),
	})
}

// openProbes opens the cached probes of the problem's own programs: of the checker and the validators as
// compiled.
func (p *Prepared) openProbes(validators, answers []kinds.Validator) *cache.Ledger {
	return p.judge.Verdicts.Open(p.probeSettingKey(validators, answers))
}

// probeOf holds everything that determines a probe in addition to the setting.
type probeOf struct {
	Input, Answer, Output, Data string // digests
	Checks, Answers             bool
	Args                        []string
	Checker                     *problems.Checker
	ValidatorArgs               []string
	ValidatorArgsOf             map[string][]string
	Groups                      []string // determine which validators are chosen
	AnswerArgs                  []string
}

// probeKey returns a digest of everything that determines a probe; "" if it cannot be computed.
func (p *Prepared) probeKey(t Probe) string {
	if t.Test.ExtraFiles != "" { // a key does not cover the contents of these files
		return ""
	}
	of := probeOf{Checks: t.Checks, Answers: t.Answers}
	if t.Checks {
		of.Args, of.Checker = t.Test.Args, t.Test.Checker
	} else {
		of.ValidatorArgs, of.ValidatorArgsOf = t.Test.ValidatorArgs, t.Test.ValidatorArgsOf
		of.Groups = groupsValidated(p.problem.InputValidators, t.Test)
	}
	if t.Answers {
		of.AnswerArgs = t.Test.AnswerArgs
	}
	answer := t.Test.Answer
	if !t.Checks && !t.Answers {
		answer = "" // validators of inputs do not see the answer
	}
	for _, file := range []struct {
		path string
		to   *string
	}{{t.Test.Input, &of.Input}, {answer, &of.Answer}, {t.Output, &of.Output}} {
		if file.path == "" {
			continue
		}
		if *file.to = p.digests.Of(file.path); *file.to == "" {
			return ""
		}
	}
	if t.Data != nil {
		sum := sha256.Sum256(t.Data)
		of.Data = hex.EncodeToString(sum[:])
	}
	return cache.HashOf(of)
}

// groupsValidated returns the groups of a test that determine its validators.
func groupsValidated(validators []problems.Validator, t problems.TestCase) []string {
	choose := func(v problems.Validator) bool { return v.Groups != nil }
	if !slices.ContainsFunc(validators, choose) {
		return nil
	}
	return t.Groups
}

// probed returns the cached result of a probe.
func probed(l *cache.Ledger, key string) (ProbeResult, bool) {
	test, ok := l.Find(key, cache.Timing{})
	accepted := test.Verdict == problems.AC
	return ProbeResult{Accepted: accepted, Message: test.Message, By: string(test.Reason), Cached: true}, ok
}

// storeProbe caches a probe as a test's result. A probe in which a program failed, or that was interrupted, runs
// again next time.
func storeProbe(l *cache.Ledger, key string, t ProbeResult) {
	if t.Err != nil {
		return
	}
	verdict := problems.WA
	if t.Accepted {
		verdict = problems.AC
	}
	l.Keep(key, cache.Timing{}, report.Test{Verdict: verdict, Message: t.Message, Reason: report.Reason(t.By)})
}
