package native

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"judge/problems"
)

func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	compiled, err := jsonschema.NewCompiler().Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// accepted says what the schema makes of a spec, as an editor would.
func accepted(t *testing.T, s *jsonschema.Schema, spec []byte) error {
	t.Helper()
	var value any
	if err := yaml.Unmarshal(spec, &value); err != nil {
		return err
	}
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	var plain any
	if err := json.Unmarshal(text, &plain); err != nil {
		t.Fatal(err)
	}
	return s.Validate(plain)
}

func TestExamplesSatisfyTheSchema(t *testing.T) {
	specs, err := filepath.Glob("../../examples/*/" + FileName)
	if err != nil || len(specs) < 6 {
		t.Fatalf("%d examples, %v", len(specs), err)
	}
	s := schema(t)
	for _, path := range specs {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := accepted(t, s, data); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		if _, err := Read(path); err != nil {
			t.Error(err)
		}
	}
}

// TestSchemaAndReaderKnowTheSameKeys walks both.
func TestSchemaAndReaderKnowTheSameKeys(t *testing.T) {
	data, err := os.ReadFile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	type object struct {
		Properties map[string]json.RawMessage
	}
	var top struct {
		object
		Defs map[string]object `json:"$defs"`
	}
	if err := json.Unmarshal(data, &top); err != nil {
		t.Fatal(err)
	}
	var limits object
	if err := json.Unmarshal(top.Properties["limits"], &limits); err != nil {
		t.Fatal(err)
	}
	for what, pair := range map[string]struct {
		schema map[string]json.RawMessage
		reader []key
	}{
		"the document": {top.Properties, specKeys()},
		"limits":       {limits.Properties, limitKeys()},
		"a test":       {top.Defs["test"].Properties, testKeys(nil, nil, nil, nil)},
		"checker":      {top.Defs["checker"].Properties, checkerKeys()},
		"a submission": {top.Defs["submission"].Properties, submissionKeys(&problems.Submission{})},
	} {
		var names []string
		for _, k := range pair.reader {
			names = append(names, k.name)
			if _, ok := pair.schema[k.name]; !ok {
				t.Errorf("%s: the reader knows %q, the schema does not", what, k.name)
			}
		}
		for name := range pair.schema {
			if !slices.Contains(names, name) {
				t.Errorf("%s: the schema knows %q, the reader does not", what, name)
			}
		}
	}
}

func TestTheSchemaRefusesWhatTheReaderRefuses(t *testing.T) {
	s := schema(t)
	for _, spec := range []string{
		"name: P\n", head + "mem0ry: 1\n", head + "limits: {time_limit: 0}\n", head + "limits: {memory: 0.5}\n", head + "limits: {processes: 1.5}\n",
		"name: P\ntests: []\n", "name: P\ntests: [{answer: a}]\n", head + "checker: token\n", head + "checker: {}\n",
		head + "submissions: [{expect: AC}]\n", head + "submissions: [{path: s, expect: JE}]\n",
	} {
		if _, err := Read(directory(t, spec, small())); err == nil {
			t.Errorf("%q: the reader takes it", spec)
		}
		if accepted(t, s, []byte(spec)) == nil {
			t.Errorf("%q: the schema takes it", spec)
		}
	}
}
