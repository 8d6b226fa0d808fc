// Package sarif writes findings in SARIF 2.1.0 (Static Analysis Results Interchange Format, OASIS), the format of
// GitHub's code scanning.
package sarif

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"slices"

	"judge/judge/verify"
	"judge/judge/verify/annotations"
	"judge/problems/text"
)

// maxResults is how many results GitHub reads of a run. Errors come first.
const maxResults = 25_000

type log struct {
	Schema  string `json:"$schema"`
	Version string `json:"version"`
	Runs    []run  `json:"runs"`
}

type run struct {
	Tool        tool         `json:"tool"`
	Invocations []invocation `json:"invocations"`
	Results     []result     `json:"results"`
}

type tool struct {
	Driver driver `json:"driver"`
}

type driver struct {
	Name    string `json:"name"`
	Version string `json:"version,omitempty"`
	Rules   []rule `json:"rules"`
}

type rule struct {
	ID               string  `json:"id"`
	ShortDescription message `json:"shortDescription"`
}

type invocation struct {
	ExecutionSuccessful bool `json:"executionSuccessful"`
}

type message struct {
	Text string `json:"text"`
}

type result struct {
	RuleID              string            `json:"ruleId"`
	RuleIndex           int               `json:"ruleIndex"`
	Level               string            `json:"level"`
	Message             message           `json:"message"`
	Locations           []location        `json:"locations"`
	PartialFingerprints map[string]string `json:"partialFingerprints"`
}

type location struct {
	Physical physical `json:"physicalLocation"`
}

type physical struct {
	Artifact artifact `json:"artifactLocation"`
	Region   region   `json:"region"`
}

type artifact struct {
	URI string `json:"uri"`
}

type region struct {
	StartLine int `json:"startLine"`
}

// kinds are the kinds of findings. Each is a rule.
func kinds() []verify.Kind {
	return []verify.Kind{
		verify.KindPackage, verify.KindTest, verify.KindInput, verify.KindAnswer, verify.KindChecker,
		verify.KindSubmission, verify.KindJudgeError, verify.KindTimeLimit,
	}
}

// Write writes the findings, with paths from the root of the repository. One without a line is at line 1.
func Write(w io.Writer, r verify.Result, at annotations.Place) error {
	paths := map[int]string{}
	for i, p := range r.Problems {
		paths[i] = cmp.Or(p.Relative, p.Path)
	}
	r = text.Clean(at.Locate(r))
	one := run{
		Tool:        tool{driver{Name: "judge", Version: r.Judge.Version}},
		Invocations: []invocation{{!r.Partial}}, Results: []result{},
	}
	for _, k := range kinds() {
		words := message{"judge verify: " + k.String()}
		one.Tool.Driver.Rules = append(one.Tool.Driver.Rules, rule{k.String(), words})
	}
	for _, f := range r.Findings {
		one.Results = append(one.Results, newResult("", "", f))
	}
	for i, p := range r.Problems {
		for _, f := range p.Findings {
			one.Results = append(one.Results, newResult(paths[i], p.Name+": ", f))
		}
	}
	slices.SortStableFunc(one.Results, func(a, b result) int { return cmp.Compare(a.Level, b.Level) })
	one.Results = one.Results[:min(len(one.Results), maxResults)]
	const schema = "https://json.schemastore.org/sarif-2.1.0.json"
	return text.WriteJSON(w, log{Schema: schema, Version: "2.1.0", Runs: []run{one}})
}

// newResult returns the result for a finding. problem is the path of its problem, which is part of its fingerprint; a
// later run that reports the finding again has the same fingerprint.
func newResult(problem, prefix string, f verify.Finding) result {
	words := f.Message
	if f.Subject != "" {
		words = f.Subject + ": " + words
	}
	r := result{
		RuleID: f.Check.String(), RuleIndex: int(f.Check), Level: string(f.Severity), Message: message{prefix + words},
		Locations:           []location{},
		PartialFingerprints: map[string]string{"judgeFinding/v1": Fingerprint(problem, f)},
	}
	if f.File != "" {
		uri := url.URL{Path: f.File}
		r.Locations = append(r.Locations, location{physical{artifact{uri.EscapedPath()}, region{max(f.Line, 1)}}})
	}
	return r
}

// Fingerprint identifies a finding across runs by its problem, what was checked, what it is about, and its file.
func Fingerprint(problem string, f verify.Finding) string {
	words := ""
	if f.Subject == "" {
		words = f.Message
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q %q %q", problem, f.Check, f.Subject, f.File, words))
	return hex.EncodeToString(sum[:16])
}
