package specedit

import "unicode/utf8"

// firstRune returns the first character of a line and its size; 0 at its end.
func firstRune(data []byte) (rune, int) {
	if len(data) == 0 || data[0] == '\n' {
		return 0, 0
	}
	return utf8.DecodeRune(data)
}

// closing returns the length of the quoted text or the flow collection at the beginning of a line; 0: it does not end
// there.
func closing(line []byte) int {
	depth := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '"', '\'':
			end := quoted(line[i:])
			if end == 0 {
				return 0
			}
			i += end - 1
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		}
		if depth == 0 {
			return i + 1
		}
	}
	return 0
}

// quoted returns the length of the quoted text at the beginning of a line; 0: it does not end there.
func quoted(line []byte) int {
	for i := 1; i < len(line); i++ {
		switch {
		case line[0] == '"' && line[i] == '\\':
			i++
		case line[i] == line[0] && line[0] == '\'' && i+1 < len(line) && line[i+1] == '\'':
			i++
		case line[i] == line[0]:
			return i + 1
		}
	}
	return 0
}
