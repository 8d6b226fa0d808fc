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

// trialSetting is all that the results of trials come from, but for what is tried.
type trialSetting struct {
	Format              int
	What                string // sets these keys apart from those of runs
	Judge, Of           string
	Machine             report.Machine
	Externals           []string // keys of the compiled programs
	Validators, Answers []trialProgram
	Compare             problems.Checker
	Checkers            []speech
	Limits              problems.Limits
}

// trialProgram is a validator: how it is called, without where it is, and what it was made from.
type trialProgram struct {
	Key   string
	Given problems.Validator
}

func trialPrograms(all []kinds.Validator) (programs []trialProgram) {
	for _, v := range all {
		given := v.Given
		given.Path = ""
		programs = append(programs, trialProgram{Key: v.Program.Key, Given: given})
	}
	return programs
}

// limitsOfTrials are those of the problem's own programs.
func limitsOfTrials(l problems.Limits) problems.Limits {
	return problems.Limits{
		ValidationTime: l.ValidationTime, ValidationMemory: l.ValidationMemory, ValidationOutput: l.ValidationOutput,
		OutputOfAll: l.OutputOfAll,
	}
}

// trialSettingKey names all that the results of trials come from, but for what is tried; "" if it cannot be told.
func (s *session) trialSettingKey(validators, answers []kinds.Validator) string {
	externals, known := s.externalKeys()
	if !known {
		return ""
	}
	problem := s.request.Problem
	return cache.HashOf(trialSetting{
		Format: 2, What: "trials", Judge: s.judge.Verdicts.Judge(), Of: nameForLedgers(problem),
		Machine:   sameOn(s.judge.Machine),
		Externals: externals, Validators: trialPrograms(validators), Answers: trialPrograms(answers),
		Compare: comparedBy(problem.Checker), Checkers: speechesOf(problem.Checker.External),
		Limits: limitsOfTrials(problem.Limits),
	})
}

// triedBefore opens the kept trials of the problem's own programs: the checker and the validators as they are compiled.
func (s *session) triedBefore(validators, answers []kinds.Validator) *cache.Ledger {
	return s.judge.Verdicts.Open(s.trialSettingKey(validators, answers))
}

// trialOf is all that a trial comes from, in addition to the setting.
type trialOf struct {
	Input, Answer, Output, Data string // digests
	Checks, Answers             bool
	Args                        []string
	Checker                     *problems.Checker
	ValidatorArgs               []string
	ValidatorArgsOf             map[string][]string
	Groups                      []string // by which validators are chosen
	AnswerArgs                  []string
}

// trialKey names a trial by all that it comes from; "" if that cannot be told.
func (s *session) trialKey(t Trial) string {
	if t.Test.Beside != "" { // its files are not looked at for a key
		return ""
	}
	of := trialOf{Checks: t.Checks, Answers: t.Answers}
	if t.Checks {
		of.Args, of.Checker = t.Test.Args, t.Test.Checker
	} else {
		of.ValidatorArgs, of.ValidatorArgsOf = t.Test.ValidatorArgs, t.Test.ValidatorArgsOf
		of.Groups = groupsValidated(s.request.Problem.InputValidators, t.Test)
	}
	if t.Answers {
		of.AnswerArgs = t.Test.AnswerArgs
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
		if *file.to = s.digests.Of(file.path); *file.to == "" {
			return ""
		}
	}
	if t.Data != nil {
		sum := sha256.Sum256(t.Data)
		of.Data = hex.EncodeToString(sum[:])
	}
	return cache.HashOf(of)
}

// groupsValidated are the groups of a test by which validators are chosen for it.
func groupsValidated(validators []problems.Validator, t problems.TestCase) []string {
	choose := func(v problems.Validator) bool { return v.Groups != nil }
	if !slices.ContainsFunc(validators, choose) {
		return nil
	}
	return t.Groups
}

// tried returns a trial that was kept.
func tried(l *cache.Ledger, key string) (Tried, bool) {
	test, ok := l.Find(key, cache.Timing{})
	accepted := test.Verdict == problems.AC
	return Tried{Accepted: accepted, Message: test.Message, By: string(test.Reason), Cached: true}, ok
}

// keepTried adds a trial, as the result of a test; one in which a program failed, or that was interrupted, is tried
// again.
func keepTried(l *cache.Ledger, key string, t Tried) {
	if t.Err != nil {
		return
	}
	verdict := problems.WA
	if t.Accepted {
		verdict = problems.AC
	}
	l.Keep(key, cache.Timing{}, report.Test{Verdict: verdict, Message: t.Message, Reason: report.Reason(t.By)})
}
