package formats

import (
	"os"
	"path/filepath"
	"testing"
)

// TestNativeSpecsWithGenerators: directories that ICPC packages have, too, do not make one of a native spec.
func TestNativeSpecsWithGenerators(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"problem.yaml":              "name: P\nsolution: submissions/accepted/a.py\ngenerate: [{name: a, run: g 1}]\n",
		"generators/g.py":           "",
		"submissions/accepted/a.py": "",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	p, err := Open(dir)
	if err != nil || p.Format != "native" || len(p.Tests) != 1 || Format(dir) != "native" {
		t.Errorf("got %+v, %v, format %q", p, err, Format(dir))
	}
}
