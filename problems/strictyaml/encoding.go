package strictyaml

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDirectives bounds the lines that begin with %: the YAML library compares each directive with all before it.
const maxDirectives = 100

// directive matches the beginning of a directive, at the end of the line before it as YAML knows line ends.
var directive = regexp.MustCompile(`[\n\r\x{85}\x{2028}\x{2029}]%`)

// decode converts a foreign file from UTF-16 to UTF-8.
func (f *file) decode() error {
	var order binary.ByteOrder = binary.LittleEndian
	switch {
	case !f.options.Foreign:
		return nil
	case bytes.HasPrefix(f.data, []byte{0xfe, 0xff}):
		order = binary.BigEndian
	case !bytes.HasPrefix(f.data, []byte{0xff, 0xfe}):
		return nil
	}
	units := make([]uint16, len(f.data)/2)
	for i := range units {
		units[i] = order.Uint16(f.data[2*i:])
	}
	text := utf16.Decode(units)
	if len(f.data)%2 != 0 || !slices.Equal(utf16.Encode(text), units) {
		return f.fault(1, 1, "not UTF-16, as the file begins: expected UTF-8 or UTF-16", "save the file in UTF-8")
	}
	f.data = []byte(string(text[1:])) // without the byte order mark
	return nil
}

// checkText finds what the YAML library would accept, misread, or read too slowly.
func (f *file) checkText() error {
	if f.options.Foreign {
		if len(directive.FindAllIndex(f.data, maxDirectives+1)) > maxDirectives {
			return f.fault(1, 1, fmt.Sprintf("more than %d lines begin with %%", maxDirectives),
				"remove the YAML directives")
		}
		return nil
	}
	line, col := 1, 1
	prologue := prologueOf(f.data)
	for rest := f.data; len(rest) > 0; {
		c, size := utf8.DecodeRune(rest)
		isDirective := c == '%' && col == 1
		if isDirective && len(f.data)-len(rest) < prologue && version.Match(rest) {
			isDirective = false
		}
		if msg, hint := badCharacter(c, rest[:size], rest[size:]); msg != "" {
			return f.fault(line, col, msg, hint)
		}
		if isDirective {
			return f.fault(line, col, "a line begins with %: the only YAML directive accepted is %YAML, before ---",
				"remove the line, or indent it if it is text")
		}
		if col++; c == '\n' {
			line, col = line+1, 1
		}
		rest = rest[size:]
	}
	return nil
}

// badCharacter says what is wrong with a character, raw in the file, before the text after; "" if nothing is.
func badCharacter(c rune, raw, after []byte) (msg, hint string) {
	switch {
	case c == utf8.RuneError && len(raw) == 1:
		return "not UTF-8", "save the file in UTF-8"
	case c == '\r' && !bytes.HasPrefix(after, []byte("\n")):
		return "carriage return without a line feed", "save the file with LF or CR LF at line ends"
	case unicode.IsControl(c) && !strings.ContainsRune("\n\r\t", c), unicode.In(c, unicode.Zl, unicode.Zp):
		return fmt.Sprintf("control character %U", c), "remove it"
	}
	return "", ""
}

var (
	// version is a %YAML directive as other YAML libraries accept it: with any minor version of YAML 1.
	version = regexp.MustCompile(`^%YAML[ \t]+1\.([0-9]{1,9})[ \t]*(?:#[^\r\n]*)?(?:\r?\n|\r)`)
	// reserved is a directive without a meaning, which YAML says to ignore.
	reserved = regexp.MustCompile(`^%[A-Za-z]+`)
)

// acceptVersions returns a file that the YAML library accepts. The library knows %YAML 1.1 alone; others accept every
// 1.x and ignore directives that they do not know. Nothing changes its place.
func acceptVersions(data []byte) []byte {
	end := prologueOf(data)
	if !bytes.Contains(data[:end], []byte("%")) {
		return data
	}
	data = bytes.Clone(data)
	for rest := data[:end]; len(rest) > 0; {
		if at := version.FindSubmatchIndex(rest); at != nil {
			minor := rest[at[2]:at[3]]
			copy(minor, "1"+strings.Repeat(" ", len(minor)-1))
		} else if name := reserved.Find(rest); name != nil && string(name) != "%YAML" && string(name) != "%TAG" {
			rest[0] = '#'
		}
		next := bytes.IndexAny(rest, "\r\n")
		if next < 0 {
			break
		}
		rest = rest[next+1:]
	}
	return data
}

// prologueOf returns how many bytes stand before the --- that ends a file's directives; 0 if no --- comes next after
// directives, comments and empty lines.
func prologueOf(data []byte) int {
	for at := 0; at < len(data); {
		line := data[at:]
		if end := bytes.IndexAny(line, "\r\n"); end >= 0 {
			line = line[:end+1]
		}
		text := bytes.TrimSpace(line)
		switch {
		case bytes.HasPrefix(line, []byte("---")):
			return at
		case len(text) > 0 && line[0] != '%' && text[0] != '#':
			return 0
		}
		at += len(line)
	}
	return 0
}
