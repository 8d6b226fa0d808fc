package verify

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func TestResultsAreAsTheSchemaSays(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	schema, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	lacking := sample()
	lacking.Problems[0].Unjudged = []Unjudged{{"Kotlin", "kotlinc is not installed", "install it", []string{"a.kt"}}}
	for _, r := range []Result{{Schema: Schema, Problems: []Problem{}}, sample(), interruptedSample(), lacking} {
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); err != nil {
			t.Error(err)
		}
	}
	wrong, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(`{"schema": 1}`)))
	if err != nil {
		t.Fatal(err)
	}
	if schema.Validate(wrong) == nil {
		t.Error("the schema takes anything")
	}
}
