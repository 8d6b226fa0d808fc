package judge

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// printable makes hostile text fit for a terminal and for one line of a report: control characters, line ends and what
// is not UTF-8 become visible escapes, and what is longer than most bytes is cut and says so. It is the only way from a
// program's bytes into a report, together with printableLines.
func printable(text string, most int) string {
	return clean(text, most, func(rune) bool { return false })
}

// printableLines is printable for text of several lines, which keeps its line ends and tabs.
func printableLines(text string, most int) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return clean(text, most, func(c rune) bool { return c == '\n' || c == '\t' })
}

func clean(text string, most int, keep func(rune) bool) string {
	const cut = "... (cut)"
	var b strings.Builder
	for text != "" {
		c, size := utf8.DecodeRuneInString(text)
		shown := text[:size]
		if c == utf8.RuneError && size == 1 || !unicode.IsPrint(c) && !keep(c) {
			shown = escape(c, text[:size])
		}
		if b.Len()+len(shown) > most {
			return b.String() + cut
		}
		b.WriteString(shown)
		text = text[size:]
	}
	return b.String()
}

// escape shows a character as Go's strings write it.
func escape(c rune, raw string) string {
	const hex = "0123456789abcdef"
	if c < utf8.RuneSelf || c == utf8.RuneError && len(raw) == 1 {
		return `\x` + string(hex[raw[0]>>4]) + string(hex[raw[0]&15])
	}
	var b strings.Builder
	b.WriteString(`\u{`)
	for shift := 20; shift >= 0; shift -= 4 {
		if c>>shift != 0 {
			b.WriteByte(hex[c>>shift&15])
		}
	}
	b.WriteByte('}')
	return b.String()
}
