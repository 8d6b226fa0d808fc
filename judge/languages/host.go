package languages

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// searchPath are the directories in which a bare command name is looked up. It is fixed, so that the compiler does not
// depend on who calls judge; the Go project's own place comes first because Debian's Go is years older.
var searchPath = [...]string{"/usr/local/go/bin", "/usr/bin", "/bin", "/usr/local/bin"}

// productDir is where a run sees the product.
const productDir = "/prog"

// Bounds of asking for a version.
const (
	versionTimeout = 10 * time.Second // a cold JVM on a busy machine needs 1 s
	versionOutput  = 64 << 10         // bytes read of what the command says
)

// find returns the absolute path of a command's executable, or false when this host lacks it.
func find(name string) (string, bool) {
	if filepath.IsAbs(name) {
		return name, isExecutable(name)
	}
	if strings.Contains(name, "/") {
		return "", false
	}
	for _, dir := range searchPath {
		if path := filepath.Join(dir, name); isExecutable(path) {
			return path, true
		}
	}
	return "", false
}

func isExecutable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}

// ofProduct says whether a command's executable is the submission's own, which no host has.
func ofProduct(name string) bool { return strings.HasPrefix(name, productDir+"/") }

// Missing returns the names of the executables that the language needs and this host lacks. Language.Package brings
// them.
func (l Language) Missing() []string {
	var missing []string
	for _, command := range [][]string{l.Compile, l.Run, l.VersionCommand} {
		if len(command) == 0 || ofProduct(command[0]) || slices.Contains(missing, command[0]) {
			continue
		}
		if _, ok := find(command[0]); !ok {
			missing = append(missing, command[0])
		}
	}
	return missing
}

// Version is what a compiler or interpreter says of itself.
type Version struct {
	Number string // "12.2.0", for people
	Full   string // all that it said, for telling two builds apart: part of a cache's key. It may have several lines
}

// Version asks the host's compiler or interpreter for its version. It is a program of the host, run as it is.
func (l Language) Version(ctx context.Context) (Version, error) {
	if missing := l.Missing(); missing != nil {
		return Version{}, l.MissingError(missing)
	}
	path, _ := find(l.VersionCommand[0])
	ctx, cancel := context.WithTimeout(ctx, versionTimeout)
	defer cancel()
	said := &head{left: versionOutput}
	cmd := exec.CommandContext(ctx, path, l.VersionCommand[1:]...)
	cmd.Env = baseEnv()
	cmd.Dir = "/"
	cmd.Stdout, cmd.Stderr = said, said // Java and Lua of old say it on stderr
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); err != nil {
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			err = fmt.Errorf("no answer within %v", versionTimeout)
		}
		return Version{}, fmt.Errorf("asking %s for its version: %w", path, err)
	}
	return l.version(said.String())
}

// version picks the number out of what the command said.
func (l Language) version(said string) (Version, error) {
	said = clean(said)
	if said == "" {
		return Version{}, fmt.Errorf("asking %s for its version: it said nothing", l.VersionCommand[0])
	}
	number, _, _ := strings.Cut(said, "\n")
	if l.VersionPattern != nil {
		m := l.VersionPattern.FindStringSubmatch(said)
		if m == nil {
			return Version{}, fmt.Errorf("no version in what %s says, %q: correct version_pattern of language %s",
				l.VersionCommand[0], number, l.ID)
		}
		number = m[min(1, len(m)-1)]
	}
	return Version{Number: number, Full: said}, nil
}

// clean drops what is not printable, line ends aside.
func clean(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.Map(func(c rune) rune {
			if printable(string(c)) && c != '\uFFFD' {
				return c
			}
			return -1
		}, line)
		if line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// MissingError says what to install.
func (l Language) MissingError(missing []string) error {
	fix := "install it, or name it by an absolute path in a table of your own"
	if l.Package != "" {
		fix = "install the package " + l.Package
	}
	return fmt.Errorf("%s cannot be judged here: no %s: %s", l.Name, strings.Join(missing, ", "), fix)
}

// head keeps the beginning of what is written to it, and takes the rest so that the writer does not block.
type head struct {
	bytes.Buffer
	left int
}

func (h *head) Write(p []byte) (int, error) {
	kept := min(len(p), h.left)
	h.left -= kept
	if _, err := h.Buffer.Write(p[:kept]); err != nil {
		return 0, err
	}
	return len(p), nil
}

// VersionExecutable returns the absolute path of the executable that Version asks, or false when this host lacks it.
func (l Language) VersionExecutable() (string, bool) { return find(l.VersionCommand[0]) }
