package icpc

import (
	"errors"
	"slices"

	"judge/problems"
	"judge/problems/folder"
	"judge/problems/icpc/generators"
	"judge/problems/safefile"
)

// Untested returns the error for a directory that is a package except that it has no tests, nil for any other. Such a
// package must not be read as a native spec.
func Untested(dir string) *problems.Error {
	f, err := folder.Open(dir)
	if err != nil || !f.IsFile(FileName) {
		return nil
	}
	defer f.Close()
	yaml, err := f.YAML(FileName)
	if err != nil || isNative(yaml) {
		return nil
	}
	parts := []string{"submissions/accepted", "problem_statement", "statement", "generators"}
	if !yaml.Has("problem_format_version") && !slices.ContainsFunc(parts, f.IsDir) {
		return nil
	}
	if root, err := safefile.OpenPackage(dir); err == nil {
		defer root.Close()
		if _, err := root.Type("data/secret"); errors.Is(err, safefile.ErrOutside) {
			return f.Fault("data/secret", 0, err.Error(), "")
		}
	}
	if f.IsDir("generators") {
		return f.Fault(FileName, 0, "an ICPC package without data/secret and without "+generators.FileName,
			"describe the tests in that file, or run its generators to create data/secret")
	}
	return f.Fault(FileName, 0, "an ICPC package without tests", "add tests to data/secret")
}

// isNative reports whether a problem.yaml is a native spec: it lists its tests.
func isNative(yaml *folder.Document) bool { return yaml.Has("tests") || yaml.Has("generate") }
