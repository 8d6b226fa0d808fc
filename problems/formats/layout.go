package formats

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/icpc"
	"judge/problems/plain"
)

// lookLayout reports a directory that has tests and programs but no file that describes a problem. Many repositories
// have a layout of their own, and people must not believe that it was verified.
func lookLayout(dir string, names map[string]bool) Look {
	if fault := lostSpec(dir, names); fault != nil {
		return Look{Layout, "", fault}
	}
	programs := programsIn(dir, names)
	if programs == "" {
		return Look{}
	}
	tests := testsIn(dir, names)
	if tests == "" {
		return Look{}
	}
	msg := fmt.Sprintf("looks like a problem: it has tests (%s) and programs (%s), "+
		"but no file that describes it", tests, programs)
	hint := "add a problem.yaml, or exclude the directory in a .judgeignore file"
	return Look{Layout, "", &problems.Error{File: dir, Msg: msg, Hint: hint}}
}

// lostSpec returns the error for a directory that is an ICPC package except that problem.yaml is missing, or nil.
func lostSpec(dir string, names map[string]bool) *problems.Error {
	parts := []string{
		"submissions", "input_validators", "input_format_validators", "output_validators", "output_validator",
		"problem_statement", "statement",
	}
	if !names["data"] || names[icpc.FileName] || !hasAny(names, parts) {
		return nil
	}
	if data := list(filepath.Join(dir, "data")); !data["secret"] && !data["sample"] {
		return nil
	}
	return &problems.Error{
		File: dir, Msg: "looks like an ICPC package, but has no " + icpc.FileName,
		Hint: "restore or add " + icpc.FileName + ", or exclude the directory in a .judgeignore file",
	}
}

// programsIn names the place of a directory's programs: a subdirectory, or "sources" for its own files. "" means
// none.
func programsIn(dir string, names map[string]bool) string {
	for _, name := range []string{"submissions", "solutions", "solution", "sol", "sols"} {
		if names[name] && len(list(filepath.Join(dir, name))) > 0 {
			return name
		}
	}
	for name := range names {
		if isSource(name) {
			return "sources"
		}
	}
	return ""
}

// isSource reports whether a file's name is that of a source.
func isSource(name string) bool {
	sources := []string{".c", ".cc", ".cpp", ".cs", ".go", ".java", ".kt", ".pas", ".py", ".rs"}
	return slices.Contains(sources, filepath.Ext(name))
}

// testsIn names the place of a directory's inputs with answers. "" means none.
func testsIn(dir string, names map[string]bool) string {
	for _, name := range []string{"data/secret", "data/sample"} {
		if names["data"] && len(list(filepath.Join(dir, name))) > 0 {
			return name
		}
	}
	for _, pair := range [][2]string{{"input", "output"}, {"inputs", "outputs"}, {"in", "out"}, {"in", "ans"}} {
		full := names[pair[0]] && names[pair[1]]
		if full && len(list(filepath.Join(dir, pair[0]))) > 0 && len(list(filepath.Join(dir, pair[1]))) > 0 {
			return pair[0] + " and " + pair[1]
		}
	}
	for _, name := range []string{"tests", "test", "testdata", "testcases", "data", "cases"} {
		if names[name] && plain.HasPair(list(filepath.Join(dir, name))) {
			return name
		}
	}
	if plain.HasPair(names) {
		return "files"
	}
	return ""
}

// list returns the names in a directory, without hidden ones. It is empty for a directory that cannot be read.
func list(dir string) map[string]bool {
	entries, _ := os.ReadDir(dir) //nolint:errcheck // the names that could be read are enough
	names := make(map[string]bool, len(entries))
	for _, e := range entries {
		if !hidden(e.Name()) {
			names[e.Name()] = true
		}
	}
	return names
}

func hidden(name string) bool { return strings.HasPrefix(name, ".") }
