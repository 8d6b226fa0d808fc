package report

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func TestReportsAreAsTheSchemaSays(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	schema, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	score, yes := 30.0, true
	whole := sample(4)
	whole.Submissions = []Submission{submission("a.cpp", ac(0.1), wa, tle, rte), submission("b.cpp", skips(4)...)}
	s := &whole.Submissions[0]
	s.Score, s.AsExpected, s.Unmet, s.Groups = &score, &yes, []Unmet{{"1", "x"}}, []Group{{Name: "g", Verdict: s.Verdict}}
	for _, r := range []*Report{sample(0), whole} {
		var b bytes.Buffer
		if err := WriteJSON(&b, r); err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(&b)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); err != nil {
			t.Error(err)
		}
	}
}

// TestTheSchemaHasEveryField holds the schema's fields against those that are written.
func TestTheSchemaHasEveryField(t *testing.T) {
	data, err := os.ReadFile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	type object struct {
		Required   []string
		Properties map[string]any
	}
	var top struct {
		object
		Defs map[string]object `json:"$defs"`
	}
	if err := json.Unmarshal(data, &top); err != nil {
		t.Fatal(err)
	}
	for name, of := range map[string]any{
		"": Report{}, "machine": Machine{}, "problem": Problem{}, "limits": Limits{}, "submission": Submission{}, "group": Group{}, "judge": Build{}, "compile": Compile{}, "test": Test{}, "difference": Difference{},
	} {
		said := top.Defs[name]
		if name == "" {
			said = top.object
		}
		var written []string
		for i := range reflect.TypeOf(of).NumField() {
			field, _, _ := strings.Cut(reflect.TypeOf(of).Field(i).Tag.Get("json"), ",")
			written = append(written, field)
		}
		slices.Sort(written)
		slices.Sort(said.Required)
		if !slices.Equal(written, slices.Sorted(maps.Keys(said.Properties))) || !slices.Equal(written, said.Required) {
			t.Errorf("%q: written are %q, the schema has %q", name, written, slices.Sorted(maps.Keys(said.Properties)))
		}
	}
}
