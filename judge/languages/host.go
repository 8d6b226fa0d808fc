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

// searchPath are the directories in which bare command names are looked up. It is fixed, so that the compiler does
// not depend on the caller's environment. The Go project's own directory comes first because Debian's Go is years
// older.
var searchPath = [...]string{"/usr/local/go/bin", "/usr/bin", "/bin", "/usr/local/bin"}

// productDir is the path of the product in a run.
const productDir = "/prog"

// versionOutput is the number of bytes that are read of a version command's output.
const versionOutput = 64 << 10

// versionPatience returns the time limit of each attempt to run a version command. A cold JVM on a busy machine
// needs 1 s; the second attempt is for much slower machines, where a third would not help either.
func versionPatience() []time.Duration { return []time.Duration{10 * time.Second, 2 * time.Minute} }

// find returns the absolute path of a command's executable, or false if this host does not have it.
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

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// ofProduct reports whether a command's executable is the submission's own, which no host has.
func ofProduct(name string) bool { return strings.HasPrefix(name, productDir+"/") }

// Missing returns the names of the executables that the language needs and this host does not have.
// Language.Package provides them.
func (l Language) Missing() []string {
	var missing []string
	for _, command := range [][]string{l.Compile, l.Run, l.VersionCommand} {
		if len(command) == 0 || ofProduct(command[0]) || slices.Contains(missing, command[0]) {
			continue
		}
		if _, ok := l.installed.find(command[0]); !ok {
			missing = append(missing, command[0])
		}
	}
	return missing
}

// Version is the version of a compiler or interpreter.
type Version struct {
	Number string // "12.2.0", for people
	Full   string // the whole output, to distinguish two builds: part of a cache key. It may have several lines
}

// Version runs the version command of the host's compiler or interpreter. That is a program of the host, run
// without a jail.
func (l Language) Version(ctx context.Context) (Version, error) {
	if missing := l.Missing(); missing != nil {
		return Version{}, l.MissingError(missing)
	}
	return l.askVersion(ctx, versionPatience())
}

// askVersion repeats the version command until it answers, each time with the next time limit.
func (l Language) askVersion(ctx context.Context, patience []time.Duration) (Version, error) {
	path, _ := find(l.VersionCommand[0])
	for i, limit := range patience {
		said, late, err := runVersion(ctx, path, l.VersionCommand[1:], limit)
		switch {
		case err == nil:
			return l.version(said)
		case !late || i == len(patience)-1:
			return Version{}, fmt.Errorf("asking %s for its version: %w", path, err)
		}
	}
	return Version{}, errors.New("bug: no patience")
}

// runVersion runs a version command once. late reports that it reached the time limit.
func runVersion(ctx context.Context, path string, args []string, limit time.Duration) (
	said string, late bool, err error,
) {
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	kept := &head{left: versionOutput}
	cmd := exec.CommandContext(limited, path, args...)
	cmd.Env = baseEnv()
	cmd.Dir = "/"
	cmd.Stdout, cmd.Stderr = kept, kept // old versions of Java and Lua print it on stderr
	cmd.WaitDelay = time.Second
	err = cmd.Run()
	if err != nil && ctx.Err() == nil && limited.Err() != nil {
		return "", true, fmt.Errorf("no answer within %v", limit)
	}
	return kept.String(), false, err
}

// version extracts the number from the command's output.
func (l Language) version(said string) (Version, error) {
	said = clean(said)
	if said == "" {
		return Version{}, fmt.Errorf("asking %s for its version: no output", l.VersionCommand[0])
	}
	number, _, _ := strings.Cut(said, "\n")
	if l.VersionPattern != nil {
		m := l.VersionPattern.FindStringSubmatch(said)
		if m == nil {
			return Version{}, fmt.Errorf("no version in the output of %s, %q: correct version_pattern of language %s",
				l.VersionCommand[0], number, l.ID)
		}
		number = m[min(1, len(m)-1)]
	}
	return Version{Number: number, Full: said}, nil
}

// clean removes characters that are not printable, except line ends.
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

// LackError reports what this host lacks for a language, and how to get it.
type LackError struct {
	Language string // its id
	Name     string // for people
	What     string // the missing part
	Fix      string // in the imperative
}

// Error returns all in one line, as in tables and reports.
func (e *LackError) Error() string { return "language " + e.Language + ": " + e.What + ": " + e.Fix }

// Lines returns what is missing, and the fix on its own line.
func (e *LackError) Lines() []string {
	return []string{"language " + e.Language + ": " + e.What, "hint: " + e.Fix}
}

// MissingError returns the error for missing executables, with the package to install.
func (l Language) MissingError(missing []string) error {
	verb := " is not installed"
	if len(missing) > 1 {
		verb = " are not installed"
	}
	fix := "install it, or write its absolute path into a table of languages"
	if l.Package != "" {
		fix = l.installHint()
	}
	return &LackError{l.ID, l.Name, strings.Join(missing, ", ") + verb, fix}
}

// installHint names the package that provides the language. Its name is Debian's; other distributions may use
// another.
func (l Language) installHint() string {
	if _, ok := l.installed.find("apt-get"); !ok {
		return "install the equivalent of Debian's package " + l.Package
	}
	return "apt-get install " + l.Package
}

// layoutError returns the error for a missing path of an installed language: this distribution has it elsewhere.
func (l Language) layoutError(path string) error {
	none := strings.ReplaceAll(path, "|", " and no ")
	return &LackError{l.ID, l.Name, "this distribution's layout is unknown: there is no " + none,
		"write the paths of this host into a table of languages, as in languages.yaml"}
}

// head stores the beginning of what is written to it and discards the rest, so that the writer does not block.
type head struct {
	bytes.Buffer
	left int
}

// Write keeps as much of p as there is room for, and reports all of it as written.
func (h *head) Write(p []byte) (int, error) {
	kept := min(len(p), h.left)
	h.left -= kept
	if _, err := h.Buffer.Write(p[:kept]); err != nil {
		return 0, err
	}
	return len(p), nil
}

// VersionExecutable returns the absolute path of the executable that Version runs, or false if this host does not
// have it.
func (l Language) VersionExecutable() (string, bool) { return l.installed.find(l.VersionCommand[0]) }
