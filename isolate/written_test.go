package isolate

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

func TestReadOnlyFiles(t *testing.T) {
	pool := openPool(t)
	rows := []struct{ what, script, says string }{
		{"a new file in the working directory", "echo x >f", "Read-only"},
		{"a new file in /tmp", "echo x >/tmp/f", "Read-only"},
		{"a new file in /dev/shm", "echo x >/dev/shm/f", "Read-only"},
		{"a new directory", "mkdir e", "Read-only"},
		{"a new link", "ln -s /etc l", "Read-only"},
		{"a new FIFO", "mkfifo f", "Read-only"},
		{"more in a file that was put there", "echo x >>given", "Read-only"},
		{"another mode", "chmod 777 . given", "Read-only"},
		{"another name", "mv given taken", "Read-only"},
		{"one file less", "rm -f given", "Read-only"},
		{"a directory that was put there", "echo x >d/f", "Read-only"},
		{"reading", "cat given d/given", "hellohello"},
		{"the working directory", "pwd; ls", "/box/work\nd\ngiven\n"},
		{"a device", "echo x >/dev/null && echo well", "well"},
	}
	for range 2 { // later runs prepare their jails differently
		for _, row := range rows {
			var said bytes.Buffer
			outcome, err := pool.Run(context.Background(), Command{
				Root: hostRoot(), Args: []string{"/bin/sh", "-c", row.script}, Env: []string{"PATH=/bin:/usr/bin"},
				Files:    []File{{Name: "given", Data: []byte("hello")}, {Name: "d/given", Data: []byte("hello")}},
				Dirs:     []string{"d"},
				ReadOnly: true, Stdout: &said, Stderr: &said, Core: OnCore(pool.cores[0]),
			})
			if err != nil || !strings.Contains(said.String(), row.says) {
				t.Errorf("%s: %v, %s, %q; want %q", row.what, err, describe(outcome), said.String(), row.says)
			}
		}
		outcome, err := pool.Run(context.Background(), Command{
			Root: hostRoot(), Args: []string{"/bin/sh", "-c", "echo x >f && echo x >/tmp/f && echo x >/dev/shm/f"},
			Core: OnCore(pool.cores[0]),
		})
		if err != nil || describe(outcome) != "Exited 0" {
			t.Errorf("a later program that may write: %v, %s", err, describe(outcome))
		}
	}
}

func TestWrittenCountsRemainingFiles(t *testing.T) {
	pool, limits := openPool(t), patient()
	limits.Output = MiB
	const deep = `perl -e 'for (1 .. 1500) { mkdir "d"; chdir "d" or die } open F, ">f"; print F "123\n"'`
	const wide = "seq -f t/%g/u 100 | xargs mkdir -p; " +
		"for i in $(seq 100); do echo 123 >t/$i/f; echo 123 >t/$i/u/f; done"
	rows := []struct {
		what, script string
		want         Bytes
	}{
		{"nothing", "true", 0},
		{"what was there", "cat given", 0},
		{"files in all places", "echo 123 >f; echo 123 >/tmp/f; echo 123 >/dev/shm/f", 12},
		{"two names of a file", "echo 123 >f; ln f g; ln f /tmp/g", 4},
		{"a link", "ln -s given g; ln -s /etc h", 0},
		{"another name of what was there", "ln given g", 0},
		{"more in what was there", "echo >>given", 6},
		{"other words in what was there", "printf world >given", 5},
		{"a copy of what was there", "cp given g", 5},
		{"a file in place of what was there", "rm given; printf hello >given", 0},
		{"what is gone again", "echo 123 >f; rm f given", 0},
		{"a file that nobody may read", "mkdir d/e; echo 123 >d/e/f; chmod 0 d/e/f d/e d", 4},
		{"a sparse file", "truncate -s 1G f", 1 << 30},
		{"no file", "mkfifo p; mkdir e", 0},
		{"a deep tree", deep, 4},
		{"a wide tree", wide, 800},
	}
	for _, row := range rows {
		var said bytes.Buffer
		var got Bytes
		given := []File{{Name: "given", Data: []byte("hello")}, {Name: "d/given", Data: nil}}
		outcome, err := pool.Run(context.Background(), Command{
			Root: hostRoot(), Args: []string{"/bin/sh", "-c", row.script}, Env: []string{"PATH=/bin:/usr/bin"},
			Files: given, Stdout: &said, Stderr: &said, Limits: limits,
			Collect: func(w *Work) (err error) {
				got, err = w.Written(given)
				return err
			},
		})
		if err != nil || describe(outcome) != "Exited 0" || got != row.want {
			t.Errorf("%s: %v, %s, %d bytes, want %d: %s", row.what, err, describe(outcome), got, row.want, said.String())
		}
	}
}
