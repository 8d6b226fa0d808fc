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

// versionOutput is how many bytes are read of what a version command says.
const versionOutput = 64 << 10

// versionPatience returns how long each attempt to ask for a version may take. A cold JVM on a busy machine needs 1 s;
// the second attempt is for machines that are far slower, and where another would be of no use either.
func versionPatience() []time.Duration { return []time.Duration{10 * time.Second, 2 * time.Minute} }

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

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
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
		if _, ok := l.installed.find(command[0]); !ok {
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
	return l.askVersion(ctx, versionPatience())
}

// askVersion asks until there is an answer, each time with the next patience.
func (l Language) askVersion(ctx context.Context, patience []time.Duration) (Version, error) {
	path, _ := find(l.VersionCommand[0])
	for i, most := range patience {
		said, late, err := runVersion(ctx, path, l.VersionCommand[1:], most)
		switch {
		case err == nil:
			return l.version(said)
		case !late || i == len(patience)-1:
			return Version{}, fmt.Errorf("asking %s for its version: %w", path, err)
		}
	}
	return Version{}, errors.New("bug: no patience")
}

// runVersion runs a version command once. late says that it was too slow.
func runVersion(
	ctx context.Context, path string, args []string, most time.Duration,
) (said string, late bool, err error) {
	limited, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	kept := &head{left: versionOutput}
	cmd := exec.CommandContext(limited, path, args...)
	cmd.Env = baseEnv()
	cmd.Dir = "/"
	cmd.Stdout, cmd.Stderr = kept, kept // Java and Lua of old say it on stderr
	cmd.WaitDelay = time.Second
	err = cmd.Run()
	if err != nil && ctx.Err() == nil && limited.Err() != nil {
		return "", true, fmt.Errorf("no answer within %v", most)
	}
	return kept.String(), false, err
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

// LackError says what this host lacks for a language, and how to get it.
type LackError struct {
	Language string // its id
	Name     string // as people write it
	What     string // is lacking
	Fix      string // in the imperative
}

// Error returns it all in one line, as it stands in tables and reports.
func (e *LackError) Error() string { return "language " + e.Language + ": " + e.What + ": " + e.Fix }

// Lines returns what is lacking, and the fix on a line of its own.
func (e *LackError) Lines() []string {
	return []string{"language " + e.Language + ": " + e.What, "hint: " + e.Fix}
}

// MissingError says what to install.
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

// installHint names the package that brings the language, which other distributions than Debian may call otherwise.
func (l Language) installHint() string {
	if _, ok := l.installed.find("apt-get"); !ok {
		return "install what Debian calls " + l.Package
	}
	return "apt-get install " + l.Package
}

// layoutError says that a path is not there although the language's programs are: the distribution keeps it elsewhere.
func (l Language) layoutError(path string) error {
	none := strings.ReplaceAll(path, "|", " and no ")
	return &LackError{l.ID, l.Name, "this distribution's layout is unknown: there is no " + none,
		"write the paths of this host into a table of languages, as in languages.yaml"}
}

// head keeps the beginning of what is written to it, and takes the rest so that the writer does not block.
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

// VersionExecutable returns the absolute path of the executable that Version asks, or false when this host lacks it.
func (l Language) VersionExecutable() (string, bool) { return l.installed.find(l.VersionCommand[0]) }
