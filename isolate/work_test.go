package isolate

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"
)

// hostRoot shows a shell and its libraries.
func hostRoot() Root {
	return Root{Sees: []string{"/bin", "/lib", "/lib64?", "/usr/bin", "/usr/lib", "/usr/lib64?", "/etc/alternatives?"}}
}

func TestCopyContentsRejectsUnsafeFiles(t *testing.T) {
	pool := openPool(t)
	rows := []struct{ what, script, refusal string }{
		{"a file", "mkdir out; echo x >out/f", ""},
		{"an executable that nobody may read", "mkdir out; echo x >out/f; chmod 0111 out/f; chmod 0 out", ""},
		{"a tree", "mkdir -p out/a/b; echo x >out/a/b/f; chmod 0 out/a", ""},
		{"names that are no text", "mkdir out; touch \"out/$(printf 'a\\n\\377')\"", ""},
		{"nothing", "true", "does not exist"},
		{"a file for a directory", "echo x >out", "not a directory"},
		{"a link for a directory", "ln -s /etc out", "symbolic link"},
		{"a link to a file of the host", "mkdir out; ln -s /etc/passwd out/f", "symbolic link"},
		{"a FIFO", "mkdir out; mkfifo out/f", "neither a file"},
		{"a hard link", "mkdir out; echo x >a; ln a out/f", "2 links"},
		{"a file that is too large", "mkdir out; head -c 2000000 /dev/zero >out/f", "larger than"},
		{"a sparse file that is too large", "mkdir out; truncate -s 4G out/f", "larger than"},
		{"too many files together", "mkdir out; head -c 600000 /dev/zero >out/a; cp out/a out/b", "larger than"},
		{"a tree that is too deep", "mkdir -p out/$(printf 'd/%.0s' $(seq 40)); touch out/d", "levels of directories"},
		{"a path that is too long", "mkdir out; cd out; n=$(printf 'd%.0s' $(seq 255)); for i in 1 2 3 4 5; do mkdir $n; cd $n; done", "path is longer"},
		{"too many entries", "mkdir out; cd out; seq 10001 | xargs touch", "more than"},
	}
	for _, row := range rows {
		t.Run(row.what, func(t *testing.T) {
			to := t.TempDir()
			var said bytes.Buffer
			outcome, err := pool.Run(context.Background(), Command{
				Root: hostRoot(), Args: []string{"/bin/sh", "-c", row.script}, Env: []string{"PATH=/bin:/usr/bin"}, Stderr: &said,
				Collect: func(w *Work) error { return w.CopyContents("out", to, 1_000_000) },
			})
			if outcome.Cause != Exited || outcome.Code != 0 {
				t.Fatalf("the script ended with %s: %s", describe(outcome), said.String())
			}
			if row.refusal == "" {
				if left, _ := os.ReadDir(to); err != nil || len(left) != 1 {
					t.Errorf("was not taken out: %v", err)
				}
				return
			}
			var refused *ProductError
			if !errors.As(err, &refused) || !strings.Contains(refused.Why, row.refusal) {
				t.Errorf("got %v, want a refusal with %q", err, row.refusal)
			}
		})
	}
}

func TestFilesArriveInWorkingDirectory(t *testing.T) {
	pool := openPool(t)
	var out bytes.Buffer
	outcome, err := pool.Run(context.Background(), Command{
		Root: hostRoot(), Args: []string{"/bin/sh", "-c", "cat a/b.txt && echo more >>a/b.txt && touch a/c d/e/f"},
		Files: []File{{Name: "a/b.txt", Data: []byte("hello")}}, Dirs: []string{"d/e"}, Stdout: &out,
	})
	if err != nil || describe(outcome) != "Exited 0" || out.String() != "hello" {
		t.Errorf("%v, %s, %q", err, describe(outcome), out.String())
	}
	for _, name := range []string{"../x", "/x", "", "a/../../x"} {
		_, err := pool.Run(context.Background(), Command{Root: hostRoot(), Args: []string{"/bin/true"}, Files: []File{{Name: name}}})
		if err == nil {
			t.Errorf("got no error for the name %q", name)
		}
	}
}
