package sarif

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"judge/judge/report"
	"judge/judge/verify"
	"judge/judge/verify/annotations"
)

// schema holds what SARIF 2.1.0 demands of the keys that are written, and what GitHub demands in addition.
const schema = `{
"type": "object", "required": ["version", "runs"], "additionalProperties": false,
"properties": {
 "$schema": {"type": "string", "format": "uri"}, "version": {"const": "2.1.0"},
 "runs": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["tool", "results"],
  "additionalProperties": false,
  "properties": {
   "tool": {"type": "object", "required": ["driver"], "properties": {"driver": {"type": "object",
    "required": ["name", "rules"], "properties": {"name": {"type": "string"}, "version": {"type": "string"},
    "rules": {"type": "array", "uniqueItems": true, "items": {"type": "object", "required": ["id", "shortDescription"],
     "properties": {"id": {"type": "string"}, "shortDescription": {"$ref": "#/$defs/message"}}}}}}}},
   "invocations": {"type": "array", "items": {"type": "object", "required": ["executionSuccessful"]}},
   "results": {"type": "array", "items": {"type": "object", "required": ["message", "ruleId", "partialFingerprints"],
    "additionalProperties": false,
    "properties": {
     "ruleId": {"type": "string"}, "ruleIndex": {"type": "integer", "minimum": -1},
     "level": {"enum": ["none", "note", "warning", "error"]}, "message": {"$ref": "#/$defs/message"},
     "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
     "locations": {"type": "array", "items": {"type": "object", "required": ["physicalLocation"],
      "properties": {"physicalLocation": {"type": "object", "required": ["artifactLocation", "region"], "properties": {
       "artifactLocation": {"type": "object", "required": ["uri"],
        "properties": {"uri": {"type": "string", "format": "uri-reference", "pattern": "^[^/]"}}},
       "region": {"type": "object", "properties": {"startLine": {"type": "integer", "minimum": 1}}}}}}}}}}}}}}},
"$defs": {"message": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}}}`

func written(t *testing.T, r verify.Result, root string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, r, annotations.Place{Workspace: root}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFindingsAreAsTheSchemaDemands(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(schema))
	if err == nil {
		err = compiler.AddResource("sarif.json", document)
	}
	if err != nil {
		t.Fatal(err)
	}
	demands, err := compiler.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	odd := "a b%ü\x1b.cpp"
	if err := os.WriteFile(filepath.Join(root, odd), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	r := verify.Result{Judge: report.ThisBuild(), Problems: []verify.Problem{{
		Path: root, Name: "<b>::error::", Findings: []verify.Finding{
			{Severity: verify.Warning, Check: verify.KindTimeLimit, Message: "slow\nvery"},
			{Severity: verify.Error, Check: verify.KindSubmission, Subject: odd, File: filepath.Join(root, odd), Message: "x"},
			{Severity: verify.Error, Check: verify.KindInput, File: "/elsewhere/1.in", Line: 3, Message: "bad"},
		},
	}}}
	for _, one := range []verify.Result{{}, r} {
		data := written(t, one, root)
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err == nil {
			err = demands.Validate(value)
		}
		if err != nil {
			t.Errorf("%v: %s", err, data)
		}
	}
	var got log
	if err := json.Unmarshal(written(t, r, root), &got); err != nil {
		t.Fatal(err)
	}
	results := got.Runs[0].Results
	if len(results) != 3 || results[0].Level != "error" || results[2].Level != "warning" {
		t.Fatalf("got %+v", results)
	}
	for _, one := range results {
		if got.Runs[0].Tool.Driver.Rules[one.RuleIndex].ID != one.RuleID {
			t.Errorf("%s has the index %d", one.RuleID, one.RuleIndex)
		}
	}
}

func TestFingerprintsOutliveLinesAndMessages(t *testing.T) {
	f := verify.Finding{Check: verify.KindSubmission, Subject: "a.py", File: "p/a.py", Line: 1, Message: "got WA"}
	moved := f
	moved.Line, moved.Message = 7, "got TLE"
	other := f
	other.Subject = "b.py"
	if Fingerprint("p", f) != Fingerprint("p", moved) || Fingerprint("p", f) == Fingerprint("p", other) ||
		Fingerprint("p", f) == Fingerprint("q", f) {
		t.Error("fingerprints")
	}
}
