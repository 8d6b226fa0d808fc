package isolate

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// holders are programs by language. They touch as many MiB as their last argument.
var holders = map[string]struct {
	name, source string
	command      []string
}{
	"C": {"hold.c", `#include <stdlib.h>
#include <string.h>
int main(int n, char **args) { size_t size = (size_t)atoi(args[1]) << 20; char *p = malloc(size); memset(p, 1, size); __asm__ volatile("" ::"r"(p) : "memory"); }
`, []string{"/box/work/hold"}},
	"Java": {"Hold.java", `public class Hold { static byte[] held; public static void main(String[] args) {
	held = new byte[Integer.parseInt(args[0]) << 20]; for (int i = 0; i < held.length; i += 1024) held[i] = 1; } }
`, []string{"/usr/bin/java", "-XX:+UseSerialGC", "-Xms500m", "-Xmx500m", "/box/work/Hold.java"}},
	"Python": {"hold.py", `import sys
held = bytearray(int(sys.argv[1]) << 20)
for i in range(0, len(held), 1024): held[i] = 1
`, []string{"/usr/bin/python3", "/box/work/hold.py"}},
}

// TestMemoryIsWhatAProgramHolds compares two runs, so that the runtime's own memory does not count.
func TestMemoryIsWhatAProgramHolds(t *testing.T) {
	pool := openPool(t)
	const small, large = 20, 220 // MiB
	for language, holder := range holders {
		t.Run(language, func(t *testing.T) {
			file := File{Name: holder.name, Data: []byte(holder.source)}
			if language == "C" {
				file = compiledFile(t, holder.source)
			}
			hold := func(size int) Bytes {
				outcome, err := pool.Run(context.Background(), Command{
					Root: Root{Sees: append(hostRoot().Sees, "/etc/java-17-openjdk?")},
					Args: append(holder.command, strconv.Itoa(size)), Env: []string{"PATH=/usr/bin"}, Files: []File{file},
					Limits: Limits{Memory: GiB, CPU: 1000 * time.Second, Processes: 200},
				})
				if err != nil || describe(outcome) != "Exited 0" {
					t.Fatalf("%v, %s", err, describe(outcome))
				}
				return outcome.Usage.Memory
			}
			want := float64((large - small) * MiB)
			if got := float64(hold(large) - hold(small)); got < 0.98*want || got > 1.02*want {
				t.Errorf("%.1f MiB more touched show as %.1f MiB", want/float64(MiB), got/float64(MiB))
			}
		})
	}
}

func compiledFile(t *testing.T, source string) File {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "hold.c")
	if err := os.WriteFile(path, []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	compileC(t, path, filepath.Join(dir, "hold"))
	data, err := os.ReadFile(filepath.Join(dir, "hold"))
	if err != nil {
		t.Fatal(err)
	}
	return File{Name: "hold", Data: data, Executable: true}
}

// TestCachedFilesAreNotMemoryOfPrograms: the program reads more than its memory limit, from an
// uncached file.
func TestCachedFilesAreNotMemoryOfPrograms(t *testing.T) {
	pool := openPool(t)
	input := zeroes(t, 256*MiB)
	outcome, err := pool.Run(context.Background(), Command{
		Root: hostRoot(), Args: []string{"/bin/sh", "-c", "cat >/dev/null"}, Env: []string{"PATH=/usr/bin"}, Stdin: input, Limits: Limits{Memory: 64 * MiB, CPU: 1000 * time.Second},
	})
	if err != nil || describe(outcome) != "Exited 0" || outcome.Usage.Memory > 8*MiB {
		t.Errorf("%v, %s, %d bytes", err, describe(outcome), outcome.Usage.Memory)
	}
}
