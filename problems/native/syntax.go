package native

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"judge/problems"
	"judge/problems/text"
)

// parse reads one YAML document and returns its top node.
func parse(file string, data []byte) (*yaml.Node, error) {
	if err := checkText(file, data); err != nil {
		return nil, err
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document, second yaml.Node
	err := decoder.Decode(&document)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, syntaxError(file, data, err)
	}
	if err != nil || document.Content[0].Kind == yaml.ScalarNode && document.Content[0].Value == "" {
		return nil, &problems.Error{File: file, Line: 1, Col: 1, Msg: "the file is empty", Hint: "write at least name: and tests:"}
	}
	if err := decoder.Decode(&second); err == nil {
		return nil, &problems.Error{File: file, Line: second.Line, Col: second.Column, Msg: "a second document", Hint: "one file is one problem: remove what begins here"}
	} else if !errors.Is(err, io.EOF) {
		return nil, syntaxError(file, data, err)
	}
	return document.Content[0], nil
}

// checkText finds what no spec holds, before the YAML library sees it: bytes that are not UTF-8, control characters, line
// ends that editors do not count as such, and directives, which no problem needs and with which the library takes
// quadratic time.
func checkText(file string, data []byte) error {
	line, col := 1, 1
	fault := func(msg, hint string) error {
		return &problems.Error{File: file, Line: line, Col: col, Msg: msg, Hint: hint}
	}
	for rest := data; len(rest) > 0; {
		c, size := utf8.DecodeRune(rest)
		switch {
		case c == utf8.RuneError && size == 1:
			return fault("not UTF-8", "save the file in UTF-8")
		case c == '\r' && !bytes.HasPrefix(rest, []byte("\r\n")):
			return fault("a carriage return without a line feed", "save the file with lines that end in LF or CR LF")
		case unicode.IsControl(c) && !strings.ContainsRune("\n\r\t", c), unicode.In(c, unicode.Zl, unicode.Zp):
			return fault(fmt.Sprintf("the control character %U", c), "remove it")
		case c == '%' && col == 1:
			return fault("a line that begins with %", "specs have no YAML directives: remove the line, or indent it if it is text")
		}
		if col++; c == '\n' {
			line, col = line+1, 1
		}
		rest = rest[size:]
	}
	return nil
}

// yamlWords is how the library says it: "yaml: line 3: did not find ..."; unknownAnchor, of an alias without an anchor.
var (
	yamlWords     = regexp.MustCompile(`(?s)^yaml: (?:line (\d+): )?(.*)$`)
	unknownAnchor = regexp.MustCompile(`^unknown anchor '(.*)' referenced$`)
)

// syntaxError puts what the YAML library says into our form.
func syntaxError(file string, data []byte, err error) error {
	msg, line := err.Error(), 1
	if m := yamlWords.FindStringSubmatch(msg); m != nil {
		msg = m[2]
		if n, err := strconv.Atoi(m[1]); err == nil {
			line = n
		}
	}
	// Of what its parser (not its scanner) finds, the library names the line before, or that where the mapping begins.
	if strings.HasPrefix(msg, "did not find expected") && !strings.Contains(msg, "alphabetic") {
		line = lineRead(data)
	}
	if m := unknownAnchor.FindStringSubmatch(msg); m != nil { // without a line
		before, _, _ := bytes.Cut(data, []byte("*"+m[1]))
		line = 1 + bytes.Count(before, []byte("\n"))
	}
	lines := strings.Split(strings.TrimRight(string(data), "\r\n\t "), "\n")
	line = min(line, len(lines))
	if at, col := tabAt(lines, line); at > 0 {
		return &problems.Error{File: file, Line: at, Col: col, Msg: "tab in indentation", Hint: "indent with spaces"}
	}
	if line > 1 {
		if what, hint := lineBefore(strings.TrimSpace(lines[line-2]), msg); what != "" {
			return &problems.Error{File: file, Line: line - 1, Col: columnOf(lines[line-2], ""), Msg: "not YAML: " + what, Hint: hint}
		}
	}
	return &problems.Error{File: file, Line: line, Col: columnOf(lines[line-1], msg), Msg: "not YAML: " + clean(msg), Hint: cure(msg)}
}

// lineBefore says what is wrong with the line before the one at which the library stopped; "" if it is not that.
func lineBefore(text, msg string) (what, hint string) {
	unpaired := strings.Contains(text, ": '") && strings.Count(text, "'")%2 == 1
	switch {
	case strings.Contains(msg, "mapping values are not allowed") && text != "" && !strings.ContainsAny(text, ":#-"):
		return "a key without a colon", "a key is followed by a colon and a space"
	case strings.Contains(msg, "did not find expected key") && unpaired:
		return "a text in quotes ends too early", "write the text in double quotes, or its ' twice"
	default:
		return "", ""
	}
}

// tabAt finds a tab in the indentation of the line at which the library stopped, or of the one before or after: 0 if
// there is none. The library calls it by several names, and now and then the line next to it.
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

// cure tells what most often stands behind the library's words.
func cure(msg string) string {
	for _, c := range []struct{ words, hint string }{
		{"mapping values are not allowed", "look at the indentation; a text that holds \": \" needs quotes"},
		{"alphabetic or numeric", "a text that begins with * needs quotes, as in tests: \"*.in\""},
		{"unknown anchor", "a text that begins with * needs quotes, as in tests: \"*.in\""},
		{"cannot start any token", "a text that begins with @, ` or % needs quotes"},
		{"unexpected end of stream", "a quote is not closed"},
		{"',' or", "a bracket that is opened before needs its closing one"},
		{"node content", "something is missing here, perhaps a closing bracket"},
		{"max depth", "a spec is not that deep"},
		{"expected key", "keys of one mapping begin in the same column, and what opens closes"},
		{"could not find expected ':'", "a key is followed by a colon and a space"},
	} {
		if strings.Contains(msg, c.words) {
			return c.hint
		}
	}
	return "docs/spec.md shows how a spec is written"
}

// columnOf is where in a faulty line to look, for the library does not tell: the character of which its words speak, or
// where the text begins.
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

// singleBytes gives out one byte at a time, so that the library reads no further than it must.
type singleBytes struct {
	data []byte
	read int
}

func (s *singleBytes) Read(p []byte) (int, error) {
	if s.read == len(s.data) || len(p) == 0 {
		return 0, io.EOF
	}
	p[0] = s.data[s.read]
	s.read++
	return 1, nil
}

// longestQuote bounds what is cited from a spec, in bytes.
const longestQuote = 80

// quote cites a text of the spec.
func quote(s string) string { return strconv.Quote(cut(s)) }

// clean is quote without the quotes.
func clean(s string) string { return text.Line(cut(s)) }

func cut(s string) string {
	if len(s) <= longestQuote {
		return s
	}
	end := longestQuote
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "..."
}
