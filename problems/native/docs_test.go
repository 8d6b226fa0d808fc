package native

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestSpecPageExamples reads every spec of docs/spec.md. One that a block of output follows must give this output,
// the others are right; a fragment is made whole.
func TestSpecPageExamples(t *testing.T) {
	page, err := os.ReadFile("../../docs/spec.md")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{
		"generators/random.py": "", "tests.txt": "big random 5\n",
		"submissions/right.cpp": "", "submissions/slow.py": "", "submissions/two_files/a.cpp": "", "draft/1.in": "", "submissions/half.py": "", "validators/format.py": "", "validators/bounds.cpp": "", "checkers/points.cpp": "", "interactors/guess.cpp": "", "graders/grader.cpp": "", "managers/manager.py": "", "graders/rise.h": "", "graders/grader.py": "",
		"tests/sample1.in": "", "tests/sample1.ans": "", "tests/small1.in": "", "tests/small1.ans": "", "tests/negative.in": "", "tests/negative.ans": "",
		"tests/large1.in": "", "tests/large1.ans": "", "secret/big.in": "", "secret/big.out": "", "sample/1.in": "", "sample/1.ans": "",
	}
	for name := range small() {
		files[name] = ""
	}
	s := schema(t)
	t.Chdir(filepath.Dir(directory(t, "", files)))
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```\n(?:```console\n(.*?)```\n)?").FindAllStringSubmatch(string(page), -1)
	if len(blocks) < 5 {
		t.Fatalf("the page has %d specs", len(blocks))
	}
	for _, block := range blocks {
		spec, output := block[1], strings.TrimSpace(block[2])
		if !strings.HasPrefix(spec, "name:") {
			spec = "name: P\n" + spec
		}
		if !strings.Contains(spec, "tests:") {
			spec += "tests: tests/*.in\n"
		}
		p, err := read(FileName, []byte(spec))
		if output == "" && err != nil {
			t.Errorf("%s%v", spec, err)
		}
		if output == "" && validate(s, []byte(spec)) != nil {
			t.Errorf("%sis refused by the schema", spec)
		}
		if output != "" && (err == nil || err.Error() != output) {
			t.Errorf("%s got %v %v\nwant %s", spec, p, err, output)
		}
	}
}
