// Package foldertest writes the packages that tests of readers read.
package foldertest

import (
	"os"
	"path/filepath"
	"testing"
)

// Write creates files below a directory, by their relative names, and returns the directory.
func Write(t testing.TB, dir string, files map[string]string) string {
	t.Helper()
	for name, content := range files {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
