package judge

import (
	"os"
	"path/filepath"
	"testing"

	"judge/problems"
)

func TestProgramFindsItsFilesInItsWorkingDirectory(t *testing.T) {
	j := jailed(t)
	rows := []struct {
		what, language string
		files          map[string]string
	}{
		{"Python, a module and data", "python3", map[string]string{"main.py": "import helper\nopen('helper.py').read()\nopen('main.py')\nprint(open('data/x.txt').read())\n", "helper.py": "", "data/x.txt": "5"}},
		{"JavaScript", "javascript", map[string]string{"main.js": "const fs=require('fs'); fs.readFileSync('helper.js'); console.log(fs.readFileSync('x.json','utf8'))\n", "helper.js": "", "x.json": "5"}},
		{"Bash", "bash", map[string]string{"main.sh": ". ./helper.sh; cat x\n", "helper.sh": "[ -e main.sh ]\n", "x": "5"}},
		{"C++, its source and data", "cpp", map[string]string{"a.cpp": "#include <fstream>\n#include <iostream>\nint main() { std::ifstream s(\"a.cpp\"), x(\"x\"); std::string t; if (s >> t && x >> t) std::cout << t; }\n", "x": "5"}},
		{"C, a header", "c", map[string]string{"a.c": "#include <stdio.h>\n#include \"x.h\"\nint main(void) { if (!fopen(\"x.h\", \"r\")) return 1; printf(\"%d\", x); }\n", "x.h": "enum { x = 5 };\n"}},
		{"names that compilers use", "c", map[string]string{"a.c": "#include <stdio.h>\nint main(void) { int x; FILE *f = fopen(\"out\", \"r\"); if (!f || fscanf(f, \"%d\", &x) != 1) return 1; printf(\"%d\", x); }\n", "out": "5"}},
	}
	for _, row := range rows {
		s := judgeAll(t, j, Request{Problem: longer(problemOf(t, "", "5\n")), Language: row.language, Submissions: []string{directoryOf(t, row.files)}}).Submissions[0]
		if s.Verdict != problems.AC {
			t.Errorf("%s: %s\n%s\n%s", row.what, verdicts(s), s.Compile.Log, s.Tests[0].Stderr)
		}
	}
	compiled := writeFile(t, filepath.Join(t.TempDir(), "own.c"), "#include <stdio.h>\nint main(void) { return puts(\"5\") < 0 || !fopen(\"own.c\", \"r\"); }\n")
	if s := judgeAll(t, j, Request{Problem: longer(problemOf(t, "", "5\n")), Submissions: []string{compiled}}).Submissions[0]; s.Verdict != problems.AC {
		t.Errorf("the source that it was compiled from: %s\n%s", verdicts(s), s.Tests[0].Stderr)
	}
	single := writeFile(t, filepath.Join(t.TempDir(), "own.py"), "print(len(open('own.py').read()))\n")
	if s := judgeAll(t, j, Request{Problem: longer(problemOf(t, "", "34\n")), Submissions: []string{single}}).Submissions[0]; s.Verdict != problems.AC {
		t.Errorf("its own source: %s\n%s", verdicts(s), s.Tests[0].Stderr)
	}
}

// The problem's files come before those of the submission, whatever their names are to each other.
func TestSubmissionFilesNeverHideTheProblemsFiles(t *testing.T) {
	j := jailed(t)
	const script = "read x < input.txt; cat test/more > output.txt; [ \"$x\" = yes ]\n"
	for what, files := range map[string]map[string]string{
		"the same names":        {"input.txt": "no", "output.txt": "no", "test/more": "no"},
		"directories":           {"input.txt/x": "no", "output.txt/x/y": "no", "test/more/x": "no"},
		"a file as a directory": {"test": "no"},
		"the compiler's":        {"out": "no"},
		"nothing":               {},
	} {
		for _, language := range []string{"bash", "c"} {
			problem := longer(problemOf(t, "yes\n", "5\n"))
			problem.Files = problems.FileNames{Input: "input.txt", Output: "output.txt"}
			problem.Tests[0].ExtraFiles = directoryOf(t, map[string]string{"test/more": "5\n"})
			dir := directoryOf(t, files)
			writeFile(t, filepath.Join(dir, "main.sh"), script)
			if language == "c" {
				if err := os.Remove(filepath.Join(dir, "main.sh")); err != nil {
					t.Fatal(err)
				}
				writeFile(t, filepath.Join(dir, "main.c"), `#include <stdio.h>
int main(void) { char x[9] = "", y[9] = ""; FILE *in = fopen("input.txt", "r"), *more = fopen("test/more", "r"), *out = fopen("output.txt", "w");
  if (!in || !more || !out) return 1; fscanf(in, "%8s", x); fscanf(more, "%8s", y); fprintf(out, "%s\n", x[0] == 'y' ? y : "no"); return 0; }`)
			}
			s := judgeAll(t, j, Request{Problem: problem, Language: language, Submissions: []string{dir}}).Submissions[0]
			if s.Verdict != problems.AC {
				t.Errorf("%s, %s: %s\n%s\n%+v", language, what, verdicts(s), s.Compile.Log, s.Tests[0])
			}
		}
	}
}
