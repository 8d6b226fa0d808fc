package repository

import (
	"bytes"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// rule is one pattern of an ignore file, or of --exclude.
type rule struct {
	text     string // as it was written
	line     int    // in its file
	glob     string // of a path relative to the directory of the file
	include  bool   // matching paths are not left out
	dirsOnly bool
	used     bool // it has matched
}

// parseRules reads an ignore file in the syntax of gitignore(5). A malformed pattern matches nothing, as in git.
func parseRules(data []byte) []*rule {
	var all []*rule
	line := 0
	for text := range strings.Lines(string(bytes.TrimPrefix(data, []byte("\ufeff")))) {
		line++
		if r := parseRule(strings.TrimRight(text, "\r\n"), escapeBraces); r != nil {
			r.line = line
			all = append(all, r)
		}
	}
	return all
}

// excludeRules parses the patterns of --exclude: as in an ignore file, and {a,b} for alternatives.
func excludeRules(patterns []string) []*rule {
	var all []*rule
	for _, p := range patterns {
		if r := parseRule(strings.TrimPrefix(p, "./"), func(s string) string { return s }); r != nil {
			all = append(all, r)
		}
	}
	return all
}

// parseRule reads one pattern; nil for a line without one.
func parseRule(text string, escape func(string) string) *rule {
	r := &rule{text: text}
	text = trimSpaces(text)
	if text == "" || text[0] == '#' {
		return nil
	}
	text, r.include = strings.CutPrefix(text, "!")
	text, r.dirsOnly = strings.CutSuffix(text, "/")
	anchored := strings.Contains(text, "/")
	text = strings.TrimPrefix(text, "/")
	if text == "" {
		return nil
	}
	if !anchored {
		text = "**/" + text
	}
	if inside, ok := strings.CutSuffix(text, "/**"); ok && anchored {
		text = inside + "/**/*" // what is inside, and not the directory itself
	}
	r.glob = escape(text)
	if !doublestar.ValidatePattern(r.glob) {
		return nil
	}
	return r
}

// trimSpaces drops trailing spaces, unless a backslash is before them.
func trimSpaces(text string) string {
	for strings.HasSuffix(text, " ") && !strings.HasSuffix(text, `\ `) {
		text = text[:len(text)-1]
	}
	return text
}

// escapeBraces escapes braces, which mean nothing in an ignore file.
func escapeBraces(pattern string) string {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == '\\' && i+1 < len(pattern):
			b.WriteByte(c)
			i++
			b.WriteByte(pattern[i])
		case c == '{' || c == '}':
			b.WriteByte('\\')
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// matches reports whether a rule matches a path, which is relative to the rule's directory and slash-separated.
func (r *rule) matches(path string, isDir bool) bool {
	if r.dirsOnly && !isDir || !doublestar.MatchUnvalidated(r.glob, path) {
		return false
	}
	r.used = true
	return true
}

// decide returns the rule that decides about a path: the last that matches, nil if none does.
func decide(rules []*rule, path string, isDir bool) *rule {
	for i := len(rules) - 1; i >= 0; i-- {
		if rules[i].matches(path, isDir) {
			return rules[i]
		}
	}
	return nil
}
