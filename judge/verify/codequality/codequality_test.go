package codequality

import (
	"bytes"
	"encoding/json"
	"testing"

	"judge/judge/verify"
	"judge/judge/verify/annotations"
)

func TestIssuesHaveWhatGitLabReads(t *testing.T) {
	f := verify.Finding{Severity: verify.Error, Check: verify.KindInput, Subject: "1", Message: "bad\nworse"}
	again := f
	again.Severity = verify.Warning
	r := verify.Result{
		Findings: []verify.Finding{{Severity: verify.Warning, Check: verify.KindPackage, Message: "no judge"}},
		Problems: []verify.Problem{{Path: "p", Name: "P", Findings: []verify.Finding{f, again}}},
	}
	var b bytes.Buffer
	if err := Write(&b, r, annotations.Place{}); err != nil {
		t.Fatal(err)
	}
	var all []issue
	if err := json.Unmarshal(b.Bytes(), &all); err != nil {
		t.Fatal(err)
	}
	severities, prints := "", map[string]bool{}
	for _, one := range all {
		severities += one.Severity + " "
		prints[one.Fingerprint] = true
		if one.Description == "" || one.Location.Path == "" || one.Location.Lines.Begin < 1 {
			t.Errorf("got %+v", one)
		}
	}
	if severities != "minor major minor " || len(prints) != 3 {
		t.Errorf("severities %s, %d fingerprints", severities, len(prints))
	}
	b.Reset()
	if err := Write(&b, verify.Result{}, annotations.Place{}); err != nil || b.String() != "[]\n" {
		t.Errorf("without findings: %q, %v", b.String(), err)
	}
}
