package native

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
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
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiled, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// validate says what the schema makes of a spec, as an editor would.
func validate(s *jsonschema.Schema, spec []byte) error {
	var value any
	if err := yaml.Unmarshal(spec, &value); err != nil {
		return err
	}
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	plain, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	return s.Validate(plain)
}

func TestEveryExampleSatisfiesSchemaAndReader(t *testing.T) {
	specs, err := filepath.Glob("../../examples/*/" + FileName)
	if err != nil || len(specs) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	s := schema(t)
	for _, path := range specs {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := validate(s, data); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		if _, err := Read(path); err != nil {
			t.Error(err)
		}
	}
}

// object is what is looked at of an object's schema.
type object struct {
	Properties           map[string]struct{ Description string }
	AdditionalProperties *bool
}

// TestSchemaAndReaderKnowTheSameKeys holds the keys of the schema against the reader's tables.
func TestSchemaAndReaderKnowTheSameKeys(t *testing.T) {
	data, err := os.ReadFile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var top struct {
		object
		Defs map[string]object `json:"$defs"`
	}
	if err := json.Unmarshal(data, &top); err != nil {
		t.Fatal(err)
	}
	tables := map[string][]key{
		"limits": limitKeys(), "test": testKeys(&description{}), "recipe": recipeKeys(&recipes{}), "checker": checkerKeys(), "interactor": interactorKeys(), "grader": graderKeys(), "manager": managerKeys(), "files": fileKeys(), "group": groupKeys(&problems.Scoring{}, nil), "validator": validatorKeys(new(problems.Validator)), "submission": submissionKeys(&problems.Submission{}),
	}
	for what, o := range top.Defs {
		if o.Properties != nil {
			expectSameKeys(t, what, o, tables[what])
			delete(tables, what)
		}
	}
	if len(tables) > 0 {
		t.Errorf("the schema has no definitions of %v", slices.Collect(maps.Keys(tables)))
	}
	expectSameKeys(t, "the document", top.object, specKeys())
}

func expectSameKeys(t *testing.T, what string, o object, keys []key) {
	t.Helper()
	known, listed := names(keys), slices.Sorted(maps.Keys(o.Properties))
	slices.Sort(known)
	if !slices.Equal(known, listed) {
		t.Errorf("%s: the reader knows %q, the schema %q", what, known, listed)
	}
	if o.AdditionalProperties == nil || *o.AdditionalProperties {
		t.Errorf("%s: the schema lets unknown keys pass", what)
	}
	for name, property := range o.Properties {
		if property.Description == "" && !(what == "the document" && name == "limits") { // described where it is defined
			t.Errorf("%s: editors have nothing to show for %q", what, name)
		}
	}
}

func TestSchemaAndReaderAgree(t *testing.T) {
	accepted := []string{
		head, "%YAML 1.1\n---\n" + head, "name: 1\ntests: tests/*.in\n", "name: yes\ntests: tests/*.in\n", "name: ~\ntests: tests/*.in\n", "name: true\ntests: [tests/1.in]\n",
		head + "limits: {time_limit: 1e-3, wall_time: 86400, memory: 1, output: 1e-3, processes: 1, compilation_time: 0.5, compilation_memory: 1048576, code: 0.5}\n",
		head + "limits: {}\n", head + "limits: {processes: 010}\n", head + "limits: {memory: 1e3}\n",
		"name: P\ntests: [tests/1*.in, {input: tests/2.in, answer: tests/1.ans, group: 1, name: 2}]\n",
		head + "checker: exact\n", head + "checker: lines\n", head + "checker: tokens\n", head + "checker: float\n", head + "checker: white_diff\n", head + "checker: std::lcmp\n",
		head + "checker: {float_tolerance: 0, case_sensitive: true, line_sensitive: true, space_change_sensitive: false}\n",
		head + "checker: {float_absolute_tolerance: 1e-6, float_relative_tolerance: 1e-9}\n",
		head + "checker: {float_tolerance: 1e-6, line_floats: true}\n",
		head + "checker: {program: s/right.py, protocol: icpc}\n", head + "checker: {program: s, protocol: cms, args: [a, 1]}\n",
		head + "checker: {program: s, protocol: testlib, args: x}\n", head + "limits: {validation_time: 1, validation_memory: 1, validation_output: 1}\n",
		head + "interactor: {program: s/right.py, protocol: icpc}\n", head + "interactor: {program: s, protocol: testlib, args: [a, 1]}\n",
		head + "input_validators: [{program: s/right.py, protocol: icpc}, {program: s, protocol: testlib, args: [a, 1]}]\n",
		head + "submissions: [{path: s, permitted: [AC, WA], required: WA, score: 3, message: x, language: python3, entry: go.py, model: true}, {path: s/right.py, score: [0, 1.5]}]\n",
		"name: P\nsolution: s\ngenerate: [{name: a, run: s 1}, {name: b, text: 1, answer: tests/1.ans, sample: true}, {name: c, run: s 2, input_file: x, answer_file: y}]\n",
		"name: P\nsolution: s\ngenerate: [{name: \"a{1..2}\", run: \"s {1..2}\", stdin: tests/1.in, answer_from: stderr, group: [a, b], points: 1, args: x}]\n",
		head + "limits: {generation_output: 1}\nstress: s {seed}\nsolution: s\n", "name: P\ntests: [{input: tests/1.in, sample: true}]\n",
		head + "submissions: [{path: s}, {path: s/right.py, expect: WA}, {path: tests, expect: [AC, TLE, MLE, OLE, RTE, CE]}]\n",
	}
	refused := []string{
		"name: P\nsolution: s\ngenerate: []\n", "name: P\nsolution: s\ngenerate: [[]]\n", "name: P\nsolution: s\ngenerate: [{name: a}]\n",
		"name: P\nsolution: s\ngenerate: [{run: s}]\n", "name: P\nsolution: s\ngenerate: [{name: a, run: s, text: x}]\n",
		"name: P\nsolution: s\ngenerate: [{name: a, script: s}]\n", "name: P\nsolution: s\ngenerate: [{name: a, text: x, answer_from: stderr}]\n",
		"name: P\nsolution: s\ngenerate: [{name: a, run: s, answer: tests/1.ans, answer_from: stderr}]\n",
		"name: P\nsolution: s\ngenerate: [{name: a, run: s, answer_from: model}]\n", "name: P\nsolution: s\ngenerate: [{name: a, run: s, sample: 1}]\n",
		head + "solution: {}\n", head + "stress: {}\n", head + "limits: {generation_output: 0}\n",
		"", "[]\n", "name: P\n", "tests: tests/*.in\n", "name: {}\ntests: tests/*.in\n", "name: ''\ntests: tests/*.in\n", head + "mem0ry: 1\n",
		head + "limits: []\n", head + "limits: {mem0ry: 1}\n", head + "limits: {time_limit: 0}\n", head + "limits: {time_limit: -1}\n",
		head + "limits: {time_limit: '1'}\n", head + "limits: {time_limit: 1s}\n", head + "limits: {time_limit: .inf}\n", head + "limits: {wall_time: 86401}\n",
		head + "limits: {memory: 0.5}\n", head + "limits: {memory: 1048577}\n", head + "limits: {output: 0}\n", head + "limits: {code: 0}\n",
		head + "limits: {processes: 1.5}\n", head + "limits: {processes: 0}\n", head + "limits: {processes: 32769}\n", head + "limits: {compilation_memory: 0}\n",
		"name: P\ntests: []\n", "name: P\ntests: {}\n", "name: P\ntests: [[tests/1.in]]\n", "name: P\ntests: [{answer: tests/1.ans}]\n", "name: P\ntests: [{input: tests/1.in, nmae: x}]\n",
		head + "checker: std::lcmp.cpp\n", head + "checker: std::pointscmp\n", head + "checker: lcmp\n", head + "checker: token\n", head + "checker: {}\n", head + "checker: []\n", head + "checker: {float_tolerance: -1}\n", head + "checker: {case_sensitive: 1}\n",
		head + "checker: {float_tolerance: 1, float_absolute_tolerance: 1}\n", head + "checker: {float_tolerance: 1, float_relative_tolerance: 1}\n",
		head + "checker: {line_floats: true}\n", head + "checker: {line_floats: 1, float_tolerance: 1}\n",
		head + "checker: {line_floats: true, float_tolerance: 1, line_sensitive: true}\n",
		head + "checker: {tolerance: 1}\n", head + "checker: {program: s/right.py, protocol: testlab}\n", head + "checker: {protocol: testlib}\n",
		head + "checker: {program: s/right.py}\n", head + "checker: {program: s/right.py, protocol: icpc, case_sensitive: true}\n", head + "checker: {program: s/right.py, protocol: icpc, args: []}\n",
		head + "interactor: s\n", head + "interactor: {}\n", head + "interactor: {program: s}\n", head + "interactor: {program: s, protocol: cms}\n",
		head + "input_validators: s\n", head + "input_validators: []\n", head + "input_validators: [{program: s}]\n", head + "input_validators: [{program: s, protocol: cms}]\n",
		head + "submissions: [{path: s, permitted: JE}]\n", head + "submissions: [{path: s, score: -1}]\n", head + "submissions: [{path: s, score: [1]}]\n", head + "submissions: [{path: s, model: 1}]\n",
		head + "submissions: []\n", head + "submissions: {}\n", head + "submissions: [s]\n", head + "submissions: [{expect: AC}]\n", head + "submissions: [{path: s, verdict: AC}]\n",
		head + "submissions: [{path: s, expect: JE}]\n", head + "submissions: [{path: s, expect: [SKIP]}]\n", head + "submissions: [{path: s, expect: []}]\n", head + "submissions: [{path: s, expect: ac}]\n",
	}
	s, path := schema(t), directory(t, "", small())
	for _, spec := range accepted {
		if _, err := read(path, []byte(spec)); err != nil {
			t.Errorf("%q: %v", spec, err)
		}
		if err := validate(s, []byte(spec)); err != nil {
			t.Errorf("%q: %v", spec, err)
		}
	}
	for _, spec := range refused {
		if p, err := read(path, []byte(spec)); err == nil {
			t.Errorf("%q: the reader takes it for %+v", spec, p)
		}
		if validate(s, []byte(spec)) == nil {
			t.Errorf("%q: the schema takes it", spec)
		}
	}
}

func TestSchemaNamesEveryProtocol(t *testing.T) {
	data, err := os.ReadFile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Defs map[string]struct {
			Properties map[string]struct{ Enum []any }
		} `json:"$defs"`
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	for def, expected := range map[string][]string{
		"checker": problems.ProtocolNames(), "interactor": problems.InteractorProtocolNames(),
	} {
		var got []string
		for _, name := range schema.Defs[def].Properties["protocol"].Enum {
			got = append(got, fmt.Sprint(name))
		}
		if !slices.Equal(got, expected) {
			t.Errorf("schema.json, %s: got the protocols %q, expected %q", def, got, expected)
		}
	}
}
