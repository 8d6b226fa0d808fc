package strictyaml

import (
	"bytes"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

var (
	// libraryError is the form of the library's errors: "yaml: line 3: did not find ...".
	libraryError = regexp.MustCompile(`(?s)^yaml: (?:line (\d+): )?(.*)$`)
	// unknownAnchor is its error about an alias without an anchor, which has no line.
	unknownAnchor = regexp.MustCompile(`^unknown anchor '(.*)' referenced$`)
	// unquotedHole is a text with braces that begins without a quote, such as a command with {seed}.
	unquotedHole = regexp.MustCompile(`: [^"'{[:space:]][^"']*\{(seed|-?[0-9]+\.\.)`)
)

// syntaxError returns the library's error as a fault with a place and a hint.
func (f *file) syntaxError(err error) error {
	msg, line := err.Error(), 1
	if m := libraryError.FindStringSubmatch(msg); m != nil {
		msg = m[2]
		if n, err := strconv.Atoi(m[1]); err == nil {
			line = max(n, 1)
		}
	}
	// Of what its parser (not its scanner) finds, the library names the line before, or that where the mapping begins.
	if strings.HasPrefix(msg, "did not find expected") && !strings.Contains(msg, "alphabetic") {
		line = lineRead(f.data)
	}
	if m := unknownAnchor.FindStringSubmatch(msg); m != nil {
		before, _, _ := bytes.Cut(f.data, []byte("*"+m[1]))
		line = 1 + bytes.Count(before, []byte("\n"))
	}
	lines := strings.Split(strings.TrimRight(string(f.data), "\r\n\t "), "\n")
	line = min(line, len(lines))
	if at, col := tabAt(lines, line); at > 0 {
		return f.fault(at, col, "tab in indentation", "indent with spaces")
	}
	if line > 1 {
		if what, hint := lineBefore(strings.TrimSpace(lines[line-2]), msg); what != "" {
			return f.fault(line-1, columnOf(lines[line-2], ""), "not YAML: "+what, hint)
		}
	}
	hint := f.cure(msg)
	if strings.Contains(msg, "',' or") && unquotedHole.MatchString(lines[line-1]) {
		hint = "quote a text that holds { or }"
	}
	return f.fault(line, columnOf(lines[line-1], msg), "not YAML: "+Clean(msg), hint)
}

// lineBefore says what is wrong with the line before the one where the library stopped; "" if the fault is not there.
func lineBefore(text, msg string) (what, hint string) {
	unpaired := strings.Contains(text, ": '") && strings.Count(text, "'")%2 == 1
	switch {
	case strings.Contains(msg, "mapping values are not allowed") && text != "" && !strings.ContainsAny(text, ":#-"):
		return "a key without a colon", "write a colon and a space after the key"
	case strings.Contains(msg, "did not find expected key") && unpaired:
		return "a text in quotes ends too early", "write the text in double quotes, or its ' twice"
	default:
		return "", ""
	}
}

// tabAt finds a tab in the indentation of the line at which the library stopped, or of the one before or after: 0 if
// there is none. The library has several names for it, and sometimes names the line next to it.
func tabAt(lines []string, stopped int) (line, col int) {
	for _, line := range []int{stopped, stopped + 1, stopped - 1} {
		if line < 1 || line > len(lines) {
			continue
		}
		text := lines[line-1]
		indentation := text[:len(text)-len(strings.TrimLeft(text, " \t-"))]
		if i := strings.IndexByte(indentation, '\t'); i >= 0 {
			return line, i + 1
		}
	}
	return 0, 0
}

// cure returns the hint for the library's message: the commonest mistake behind it.
func (f *file) cure(msg string) string {
	for _, c := range []struct{ words, hint string }{
		{"mapping values are not allowed", "check the indentation; quote a text that holds \": \""},
		{"alphabetic or numeric", "quote a text that begins with *, as in tests: \"*.in\""},
		{"unknown anchor", "quote a text that begins with *, as in tests: \"*.in\""},
		{"cannot start any token", "quote a text that begins with @, ` or %"},
		{"unexpected end of stream", "close the quote"},
		{"',' or", "close the bracket that is opened before"},
		{"node content", "add what is missing here, perhaps a closing bracket"},
		{"max depth", "nest less deeply"},
		{"expected key", "begin all keys of a mapping in the same column, and close every bracket and quote"},
		{"could not find expected ':'", "write a colon and a space after the key"},
	} {
		if strings.Contains(msg, c.words) {
			return c.hint
		}
	}
	return f.options.Help
}

// columnOf returns where in a faulty line to look, which the library does not say: the character that the message is
// about, or the first one that is not a space.
func columnOf(line, msg string) int {
	at := len(line) - len(strings.TrimLeft(line, " "))
	for _, c := range []struct{ words, characters string }{
		{"alphabetic or numeric", "*&"}, {"unknown anchor", "*"}, {"cannot start any token", "@`%"},
	} {
		if i := strings.IndexAny(line, c.characters); i >= 0 && strings.Contains(msg, c.words) {
			at = i
		}
	}
	return utf8.RuneCountInString(line[:at]) + 1
}

// lineRead parses once more and returns the line up to which the library had read when it gave up.
func lineRead(data []byte) int {
	r := &singleBytes{data: data}
	decoder := yaml.NewDecoder(r)
	for {
		var document yaml.Node
		if err := decoder.Decode(&document); err != nil {
			return 1 + bytes.Count(data[:max(0, r.read-1)], []byte("\n"))
		}
	}
}

// singleBytes returns one byte per call, so that the library reads no further than it must.
type singleBytes struct {
	data []byte
	read int
}

// Read implements io.Reader.
func (s *singleBytes) Read(p []byte) (int, error) {
	if s.read == len(s.data) || len(p) == 0 {
		return 0, io.EOF
	}
	p[0] = s.data[s.read]
	s.read++
	return 1, nil
}
