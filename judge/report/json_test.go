package report

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestJSONIsReadBackAsWritten(t *testing.T) {
	r := sample(3)
	r.Submissions = []Submission{submission("a.cpp", ac(0.1), wa, tle), compileError("b.cpp", 3)}
	path := filepath.Join(t.TempDir(), "run.json")
	for range 2 { // the second time over the first
		if err := WriteFile(path, func(w io.Writer) error { return WriteJSON(w, r) }); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	back, err := ReadJSON(file)
	if err != nil {
		t.Fatal(err)
	}
	var a, b bytes.Buffer
	if WriteJSON(&a, r) != nil || WriteJSON(&b, back) != nil || a.String() != b.String() {
		t.Errorf("written %s\nread %s", a.String(), b.String())
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

func TestUnjudgedReportIsNotWritten(t *testing.T) {
	r := sample(1)
	r.Submissions = []Submission{{Path: "a.cpp", Tests: []Test{{Name: "1"}}}}
	path := filepath.Join(t.TempDir(), "run.json")
	if err := WriteFile(path, func(w io.Writer) error { return WriteJSON(w, r) }); err == nil {
		t.Error("it was written")
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestReportOfAnotherSchemaIsRejected(t *testing.T) {
	for _, text := range []string{
		`{"schema": 3}`, `{}`, `[]`, ``,
		`{"schema": 1} {}`,
		`{"schema": 1, "submissions": [{}]}`,
		`{"schema": 1, "submissions": [{"verdict": "OK"}]}`,
		`{"schema": 1, "problem": {"tests": 1}, "submissions": [{"verdict": "AC"}]}`,
		`{"schema": 1, "problem": {"tests": 1}, "submissions": [{"verdict": "AC", "tests": [{}]}]}`,
	} {
		if r, err := ReadJSON(strings.NewReader(text)); err == nil {
			t.Errorf("%q became %+v", text, r)
		}
	}
	if _, err := ReadJSON(strings.NewReader(`{"schema": 1, "later": true}`)); err != nil {
		t.Errorf("a field that was added is refused: %v", err)
	}
}
