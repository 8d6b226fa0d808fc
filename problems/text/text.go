// Package text makes foreign text safe to show. Foreign is every text that the judge did not write itself: names of
// files, tests and submissions, messages of checkers and compilers, output of programs, and texts in a spec.
//
// Characters that cannot be shown are escaped as in C, Go and Python: \n, \x1b, \xff for a byte that is not UTF-8,
// \u202e, \U000e0001. Escaped are
//   - control characters, line and paragraph separators, and bytes that are not UTF-8,
//   - controls of the text's direction, and every character that takes no room or shows nothing: joiners, variation
//     selectors, tags, fillers, and spaces other than U+0020,
//   - private and unassigned characters, which each terminal shows differently,
//   - marks without a base, and more than four marks on one.
//
// A backslash stays as it is, so that escaping twice changes nothing: text may pass through several layers.
//
// Line and Lines are for one text, Clean for all texts in a value, Error for errors, WriteJSON for JSON. Guard is a
// writer after all of them. It also keeps CI systems from finding commands in the output of the judge.
package text

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line returns the text as one line that is safe on a terminal. Line ends and tabs are escaped too.
func Line(s string) string { return escape(s, -1, "") }

// Lines is Line for a text of several lines: line ends and tabs stay, and CR LF is one line end.
func Lines(s string) string { return escape(strings.ReplaceAll(s, "\r\n", "\n"), -1, "\n\t") }

// CutLine is Line for a long text: it is cut after limit bytes, with a mark at the end.
func CutLine(s string, limit int) string { return escape(s, max(0, limit), "") }

// CutLines is Lines for a long text: it is cut after limit bytes, with a mark at the end.
func CutLines(s string, limit int) string {
	return escape(strings.ReplaceAll(s, "\r\n", "\n"), max(0, limit), "\n\t")
}

// Plain reports whether Line returns the text unchanged.
func Plain(s string) bool { return Line(s) == s }

// IsName reports whether a text is acceptable as a name: UTF-8 without control characters, line ends and controls of
// the direction. Names may hold much of what Line escapes: emoji contain joiners and variation selectors.
func IsName(s string) bool {
	return utf8.ValidString(s) && strings.IndexFunc(s, func(c rune) bool {
		return unicode.In(c, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
	}) < 0
}

// ValidUTF8 escapes the bytes that are not UTF-8 and nothing else.
func ValidUTF8(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for s != "" {
		c, size := utf8.DecodeRuneInString(s)
		if c == utf8.RuneError && size == 1 {
			b.WriteString(escaped(c, s[:1]))
		} else {
			b.WriteString(s[:size])
		}
		s = s[size:]
	}
	return b.String()
}

// escape escapes all characters that are not shown, except those to keep. A limit below 0 is no limit.
func escape(s string, limit int, keep string) string {
	const cut = "... (cut)"
	if isPlainASCII(s) && (limit < 0 || len(s) <= limit) {
		return s
	}
	var b strings.Builder
	var seen shower
	for s != "" {
		c, size := utf8.DecodeRuneInString(s)
		raw := s[:size]
		shown := raw
		if !seen.shows(c, size) && !strings.ContainsRune(keep, c) {
			shown = escaped(c, raw)
		}
		if limit >= 0 && b.Len()+len(shown) > limit {
			return b.String() + cut
		}
		b.WriteString(shown)
		s = s[size:]
	}
	return b.String()
}

// isPlainASCII reports whether a text is printable ASCII, as most texts are.
func isPlainASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// escaped returns a character as in a Go string.
func escaped(c rune, raw string) string {
	const hex = "0123456789abcdef"
	if c == utf8.RuneError && len(raw) == 1 {
		return `\x` + string(hex[raw[0]>>4]) + string(hex[raw[0]&15])
	}
	quoted := strconv.QuoteRuneToASCII(c)
	return quoted[1 : len(quoted)-1]
}

// shower tells what can be shown of the characters that it is given in their order. The zero value is the beginning of
// a text.
type shower struct {
	marks int // that may still follow
}

// maxMarks bounds the marks on a base: more than any language uses, and too few to reach another line.
const maxMarks = 4

// shows reports whether a terminal shows the character, which was decoded from size bytes, as one that can be seen.
func (s *shower) shows(c rune, size int) bool {
	switch {
	case c < utf8.RuneSelf:
		s.marks = 0
		if c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' {
			s.marks = maxMarks
		}
		return c >= ' ' && c < 0x7f
	case c == utf8.RuneError && size == 1, !unicode.IsPrint(c), blank(c):
		s.marks = 0
		return false
	case unicode.IsMark(c):
		if s.marks == 0 {
			return false
		}
		s.marks--
		return true
	default:
		s.marks = maxMarks
		return true
	}
}

// blank reports whether a character that unicode.IsPrint takes for a printable one shows nothing.
func blank(c rune) bool {
	switch c {
	case 0x2800, 0x16fe4, 0x1d159: // braille pattern blank, Khitan filler, null notehead
		return true
	}
	return unicode.In(c, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}
