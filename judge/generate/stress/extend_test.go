package stress

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// TestKeepingWritesThroughNothingInTheWay: a package may hold what has the name of the temporary file.
func TestKeepingWritesThroughNothingInTheWay(t *testing.T) {
	for _, kind := range []string{"link", "fifo", "file"} {
		dir := t.TempDir()
		spec, other := filepath.Join(dir, "problem.yaml"), filepath.Join(dir, "other")
		err := errors.Join(os.WriteFile(spec, []byte("name: x\n"), 0o644), os.WriteFile(other, []byte("kept"), 0o644))
		switch kind {
		case "link":
			err = errors.Join(err, os.Symlink("other", spec+".new"))
		case "fifo":
			err = errors.Join(err, unix.Mkfifo(spec+".new", 0o644))
		case "file":
			err = errors.Join(err, os.Link(other, spec+".new"))
		}
		root, opened := os.OpenRoot(dir)
		if err = errors.Join(err, opened); err != nil {
			t.Fatal(err)
		}
		k := Keeper{dir: dir, spec: "problem.yaml"}
		_, err = k.extend(root, k.spec, func([]byte) ([]byte, error) { return []byte("name: y\n"), nil })
		if err == nil {
			t.Errorf("%s: no error", kind)
		}
		if data, err := os.ReadFile(other); err != nil || string(data) != "kept" {
			t.Errorf("%s: the other file holds %q, %v", kind, data, err)
		}
		root.Close()
	}
}
