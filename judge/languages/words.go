package languages

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// codeWords splits Java or Kotlin code into names and single signs, without comments, strings and white space.
func codeWords(code string) []string {
	var words []string
	for code != "" {
		if n := skipped(code); n > 0 {
			code = code[n:]
			continue
		}
		n := nameLength(code)
		if n == 0 {
			_, n = utf8.DecodeRuneInString(code)
		}
		words = append(words, code[:n])
		code = code[n:]
	}
	return words
}

// skipped returns the length of the white space, comment or literal at the start of code, 0 without one.
func skipped(code string) int {
	switch {
	case strings.HasPrefix(code, "//"):
		return until(code, 2, "\n")
	case strings.HasPrefix(code, "/*"):
		return until(code, 2, "*/")
	case strings.HasPrefix(code, `"""`):
		return literal(code, `"""`, true)
	case code[0] == '"':
		return literal(code, `"`, false)
	case code[0] == '\'':
		return literal(code, `'`, false)
	}
	c, n := utf8.DecodeRuneInString(code)
	if unicode.IsSpace(c) {
		return n
	}
	return 0
}

// until returns the length of code up to and including end, searching after the first skip bytes.
func until(code string, skip int, end string) int {
	i := strings.Index(code[skip:], end)
	if i < 0 {
		return len(code)
	}
	return skip + i + len(end)
}

// literal returns the length of a quoted literal, in which a backslash escapes the next byte. A literal that is
// not multi-line ends with its line, so that a stray quote hides only that line.
func literal(code, quote string, lines bool) int {
	for i := len(quote); i < len(code); i++ {
		switch {
		case code[i] == '\\':
			i++
		case code[i] == '\n' && !lines:
			return i
		case strings.HasPrefix(code[i:], quote):
			return i + len(quote)
		}
	}
	return len(code)
}

// nameLength returns the length of the name or number at the start of code.
func nameLength(code string) int {
	for i, c := range code {
		if c != '_' && c != '$' && !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			return i
		}
	}
	return len(code)
}
