package since

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// git runs git in a work tree without the programs that a repository's configuration can name: hooks, file system
// monitors, filters, external differs and transports. The configuration of the user and of the host is not read.
type git struct {
	root    string
	filters []string // overrides of the repository's filters, as arguments
}

// maxOutput bounds what git may print, in bytes.
const maxOutput = 64 << 20

// newGit returns a git for the work tree at root.
func newGit(ctx context.Context, root string) (*git, error) {
	g := &git{root: root}
	names, err := g.run(ctx, "config", "-z", "--name-only", "--get-regexp", `^filter\.`)
	if code := new(exec.ExitError); errors.As(err, &code) && code.ExitCode() == 1 {
		return g, nil // none
	}
	if err != nil {
		return nil, err
	}
	for _, name := range fields(names) {
		if strings.Contains(name, "=") { // an argument of -c ends the name there
			return nil, fmt.Errorf(
				"%s: the git configuration names the filter %q: expected a name without =", root, name)
		}
		value := ""
		if strings.HasSuffix(name, ".required") {
			value = "false"
		}
		g.filters = append(g.filters, "-c", name+"="+value)
	}
	return g, nil
}

// run returns what a command of git prints.
func (g *git) run(ctx context.Context, args ...string) ([]byte, error) {
	all := append([]string{
		"-C", g.root, "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null",
		"-c", "protocol.allow=never", "-c", "safe.directory=*",
	}, g.filters...)
	command := exec.CommandContext(ctx, "git", append(all, args...)...)
	command.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=/nonexistent", "LC_ALL=C", "GIT_CONFIG_NOSYSTEM=1",
		"GIT_CONFIG_GLOBAL=/dev/null", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1",
		"GIT_ALLOW_PROTOCOL=none",
	}
	out, failed := &bounded{max: maxOutput}, &bounded{max: 4 << 10}
	command.Stdout, command.Stderr = out, failed
	err := command.Run()
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case out.full:
		return nil, fmt.Errorf("git %s printed more than %d MiB", args[0], maxOutput>>20)
	case err != nil:
		return nil, fmt.Errorf("git %s: %w: %s", args[0], err, bytes.TrimSpace(failed.Bytes()))
	}
	return out.Bytes(), nil
}

// bounded keeps the first max bytes.
type bounded struct {
	bytes.Buffer
	max  int
	full bool
}

// Write discards what is too much.
func (b *bounded) Write(data []byte) (int, error) {
	room := b.max - b.Len()
	if len(data) > room {
		b.full = true
		b.Buffer.Write(data[:room])
		return len(data), nil
	}
	return b.Buffer.Write(data)
}

// fields splits a list in which each name ends with a NUL.
func fields(list []byte) []string {
	return strings.FieldsFunc(string(list), func(c rune) bool { return c == 0 })
}
