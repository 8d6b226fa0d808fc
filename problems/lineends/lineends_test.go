package lineends

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestUnixLineEnds(t *testing.T) {
	long := strings.Repeat("x", 64<<10-1)
	for _, content := range []string{
		"", "a\n", "a\nb", "a\r\nb\r\n", "\r\n\r\n", "\r", "a\rb\r\n", "\r\r\n", "\n\r", long + "\r\n" + long + "\r\n", long + "\r" + long + "\r\n", long + "x\r\n",
	} {
		name := filepath.Join(t.TempDir(), "input")
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		unix, err := Unix(file)
		if err != nil {
			t.Fatalf("%.20q: %v", content, err)
		}
		got, err := io.ReadAll(unix)
		if want := strings.ReplaceAll(content, "\r\n", "\n"); err != nil || string(got) != want {
			t.Errorf("%.20q (%d bytes): got %.20q (%d bytes), %v", content, len(content), got, len(got), err)
		}
		if kept := unix == file; kept == strings.Contains(content, "\r\n") {
			t.Errorf("%.20q: the file itself is returned: %v", content, kept)
		}
		unix.Close()
	}
}
