package folder

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestYAMLFaultsHaveHints in terms of YAML, not of the library or Go.
func TestYAMLFaultsHaveHints(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"a: 1\nb:\n\tc: 1\n", "f.yaml:3:1: tab in indentation\nhint: indent with spaces"},
		{"a: x\n\tb: 1\n", "f.yaml:2:1: tab in indentation\nhint: indent with spaces"},
		{"a: b: c\n",
			"f.yaml:1:1: not YAML: mapping values are not allowed in this context\nhint: check the indentation"},
		{"a: [\n", "f.yaml:1:1: not YAML: did not find expected node content"},
		{"%YAML 1.2\n---\ntext: a\n", ""},
		{"number: fast\n", `f.yaml:1:9: key "number": expected a number, found "fast"`},
		{"\nnumber: [1]\n", `f.yaml:2:9: key "number": expected a number`},
		{"whole: one\n", `f.yaml:1:8: key "whole": expected a whole number, found "one"`},
		{"yes: maybe\n", `f.yaml:1:6: key "yes": expected true or false, found "maybe"`},
		{"list: {a: 1}\n", `f.yaml:1:7: key "list": expected a list`},
		{"list:\n- a\n- [1]\n", `f.yaml:3: key "list": expected a text`},
		{"text: [1]\n", `f.yaml:1:7: key "text": expected a text`},
		{"number: 1\nwhole: 2\nyes: true\nlist: [a]\ntext: b\n", ""},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "f.yaml"), []byte(row.text), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		d, err := f.YAML("f.yaml")
		for key, to := range map[string]any{
			"number": new(float64), "whole": new(int), "yes": new(bool), "list": new([]string), "text": new(string),
		} {
			if err == nil {
				err = d.Get(key, to)
			}
		}
		got := strings.TrimPrefix(errorOf(err), dir+"/")
		if row.want == "" && err != nil || !strings.HasPrefix(got, row.want) {
			t.Errorf("%q: got %s, expected %s", row.text, got, row.want)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}

func errorOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
