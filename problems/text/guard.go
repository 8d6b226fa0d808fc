package text

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode/utf8"
)

// Guard is a writer that passes nothing on that a terminal or a CI system would obey. It comes last, before stdout and
// stderr. In text that was escaped before, it finds only commands of CI systems: "::" at the beginning of a line
// (GitHub, Forgejo), and "##word[" anywhere ("##[" of GitHub and Azure Pipelines, "##vso[", "##teamcity["). It escapes
// one character of such a command. It is safe for concurrent use.
type Guard struct {
	to    io.Writer
	allow Allowance

	mu   sync.Mutex
	line commandFinder
}

// Allowance says which control sequences of the judge itself a Guard lets through.
type Allowance struct {
	Drawing  bool // colours, and redrawing a line: only on a terminal
	Commands bool // workflow commands at the beginning of a line
}

// NewGuard returns a Guard before another writer.
func NewGuard(to io.Writer, allow Allowance) *Guard { return &Guard{to: to, allow: allow} }

// To returns the writer behind the guard.
func (g *Guard) To() io.Writer { return g.to }

// Commands returns the writer for the judge's own workflow commands: behind a Guard, one that lets them through.
func Commands(w io.Writer) io.Writer {
	g, ok := w.(*Guard)
	if !ok {
		return w
	}
	return NewGuard(g.to, Allowance{Drawing: g.allow.Drawing, Commands: true})
}

// Write writes the text, which has to end between two characters.
func (g *Guard) Write(data []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	n, err := g.to.Write(g.guarded(data))
	if err != nil {
		return min(n, len(data)), err
	}
	return len(data), nil
}

func (g *Guard) guarded(data []byte) []byte {
	made := make([]byte, 0, len(data))
	var seen shower
	for len(data) > 0 {
		if n := drawing(data); n > 0 && g.allow.Drawing {
			if data[0] == '\r' {
				g.line = commandFinder{}
			}
			made, data = append(made, data[:n]...), data[n:]
			continue
		}
		c, size := utf8.DecodeRune(data)
		raw := data[:size]
		data = data[size:]
		shows := seen.shows(c, size) || c == '\n' || c == '\t'
		switch command := g.line.completes(raw[0]); {
		case shows && (!command || g.allow.Commands && c == ':'):
			made = append(made, raw...)
		case shows:
			made = fmt.Appendf(made, `\x%02x`, c)
		default:
			made = append(made, escaped(c, string(raw))...)
		}
	}
	return made
}

// drawing is the length of what stands at the beginning of the data for a terminal of ours: a colour, or the command to
// draw over a line; 0: none.
func drawing(data []byte) int {
	const wipe = "\r\x1b[K"
	if bytes.HasPrefix(data, []byte(wipe)) {
		return len(wipe)
	}
	if !bytes.HasPrefix(data, []byte("\x1b[")) {
		return 0
	}
	for i, c := range data[2:] {
		if c == 'm' {
			return i + len("\x1b[m")
		}
		if (c < '0' || c > '9') && c != ';' {
			return 0
		}
	}
	return 0
}

// commandFinder finds the last byte of what begins a command. The zero value is the beginning of a line. Bytes beyond
// ASCII are as good as not there, for systems compare in ways that take no notice of some of them.
type commandFinder struct {
	inLine bool // something else than blanks and a colon has been in the line
	colon  bool // a colon, after blanks alone
	hashes int  // before the word, at most 2
	word   bool // the hashes are followed by a word
}

// completes takes the next byte and reports whether it makes what is before it a command.
func (f *commandFinder) completes(c byte) bool {
	switch {
	case c >= utf8.RuneSelf:
		return false
	case c == '\n' || c == '\r':
		*f = commandFinder{}
		return false
	}
	start := c == ':' && f.colon
	f.inLine = f.inLine || f.colon || c != ' ' && c != '\t' && c != ':'
	f.colon = c == ':' && !f.inLine
	return f.afterHashes(c) || start
}

func (f *commandFinder) afterHashes(c byte) bool {
	switch {
	case c == '#' && !f.word:
		f.hashes = min(2, f.hashes+1)
	case c == '#':
		f.hashes, f.word = 1, false
	case c == '[' && f.hashes == 2:
		f.hashes, f.word = 0, false
		return true
	case f.hashes == 2 && inWord(c):
		f.word = true
	default:
		f.hashes, f.word = 0, false
	}
	return false
}

func inWord(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.'
}

// Neutral escapes in one line what a CI system takes for a command within it; the beginning of the line is somebody
// else's.
func Neutral(s string) string { return neutral(s, commandFinder{inLine: true}) }

func neutral(s string, f commandFinder) string {
	if !strings.ContainsAny(s, ":[") {
		return s
	}
	made := make([]byte, 0, len(s))
	for i := range len(s) {
		if f.completes(s[i]) {
			made = fmt.Appendf(made, `\x%02x`, s[i])
		} else {
			made = append(made, s[i])
		}
	}
	return string(made)
}
