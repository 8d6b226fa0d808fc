package dmoj

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/dlclark/regexp2"
)

// Bounds of a pattern.
const (
	mostPattern     = 4096            // bytes
	mostPatternTime = 2 * time.Second // on all names together
)

// pattern is a regular expression of Python's module re with the flag IGNORECASE. The engine backtracks, so its time
// is bounded.
type pattern struct {
	written string
	engine  *regexp2.Regexp
	left    time.Duration
}

// compilePattern compiles a pattern.
func compilePattern(written string) (*pattern, error) {
	if len(written) > mostPattern {
		return nil, fmt.Errorf("longer than %d bytes", mostPattern)
	}
	translated, err := fromPython(written)
	if err != nil {
		return nil, err
	}
	engine, err := regexp2.Compile(translated, regexp2.IgnoreCase)
	if err != nil {
		return nil, err
	}
	return &pattern{written, engine, mostPatternTime}, nil
}

// match matches a name from its beginning, as re.match does. It returns nil without a match.
func (p *pattern) match(name string) (*regexp2.Match, error) {
	if p.left <= 0 {
		return nil, fmt.Errorf("takes more than %v", mostPatternTime)
	}
	p.engine.MatchTimeout = p.left
	start := time.Now()
	m, err := p.engine.FindStringMatch(name)
	p.left -= time.Since(start)
	switch {
	case err != nil:
		return nil, fmt.Errorf("takes more than %v, at %.100q", mostPatternTime, name)
	case m == nil || m.Index != 0: // a later match means that there is none at the beginning
		return nil, nil
	default:
		return m, nil
	}
}

// has reports whether a pattern has a group with the name.
func (p *pattern) has(group string) bool { return p.engine.GroupNumberFromName(group) >= 0 }

// Parts of Python's patterns that .NET writes differently.
var (
	groupOpening   = regexp.MustCompile(`^\(\?P<([\p{L}_][\p{L}\p{N}_]*)>`)
	groupReference = regexp.MustCompile(`^\(\?P=([\p{L}_][\p{L}\p{N}_]*)\)`)
	groupCondition = regexp.MustCompile(`^\(\?\(([1-9][0-9]?)\)`)
	numberEscape   = regexp.MustCompile(`^\\([1-9][0-9]?)`)
	noLeast        = regexp.MustCompile(`^\{,([0-9]+)\}`)
)

// fromPython translates a pattern of Python into one of .NET, which the engine reads. They differ in the names and
// numbers of groups, in the end of the text, and in a few quantifiers and classes.
func fromPython(written string) (string, error) {
	names := groupNames(written)
	var out strings.Builder
	for rest := written; rest != ""; {
		n, text := 1, ""
		switch {
		case strings.HasPrefix(rest, `\Z`):
			n, text = 2, `\z`
		case strings.HasPrefix(rest, `\z`), strings.HasPrefix(rest, `\G`), strings.HasPrefix(rest,
			`\k`), strings.HasPrefix(rest, `\p`), strings.HasPrefix(rest, `\P`):
			return "", fmt.Errorf("bad escape %q", rest[:2])
		case numberEscape.MatchString(rest):
			m := numberEscape.FindStringSubmatch(rest)
			n, text = len(m[0]), `\k<`+numbered(names, m[1])+`>`
		case rest[0] == '\\':
			n = min(2, len(rest))
			text = rest[:n]
		case rest[0] == '[':
			n, text = class(rest)
		case groupOpening.MatchString(rest):
			m := groupOpening.FindStringSubmatch(rest)
			n, text = len(m[0]), "(?<"+m[1]+">"
		case groupReference.MatchString(rest):
			m := groupReference.FindStringSubmatch(rest)
			n, text = len(m[0]), `\k<`+m[1]+`>`
		case groupCondition.MatchString(rest):
			m := groupCondition.FindStringSubmatch(rest)
			n, text = len(m[0]), "(?("+numbered(names, m[1])+")"
		case strings.HasPrefix(rest, "(?'"), strings.HasPrefix(rest, "(?<") && !strings.HasPrefix(rest, "(?<=") &&
			!strings.HasPrefix(rest, "(?<!"):
			return "", fmt.Errorf("unknown extension %q", rest[:3])
		case noLeast.MatchString(rest):
			m := noLeast.FindStringSubmatch(rest)
			n, text = len(m[0]), "{0,"+m[1]+"}"
		default:
			text = rest[:1]
		}
		out.WriteString(text)
		rest = rest[n:]
	}
	return out.String(), nil
}

// class reads a class of characters at the beginning of a text. It returns its length, and how .NET writes it: there,
// a "[" within it may begin another class.
func class(rest string) (n int, text string) {
	var out strings.Builder
	out.WriteByte('[')
	i := 1
	if strings.HasPrefix(rest[i:], "^") {
		out.WriteByte('^')
		i++
	}
	for first := true; i < len(rest); first = false {
		switch c := rest[i]; {
		case c == ']' && !first:
			out.WriteByte(c)
			return i + 1, out.String()
		case c == '\\' && i+1 < len(rest):
			out.WriteString(rest[i : i+2])
			i += 2
			continue
		case c == '[' || c == ']':
			out.WriteByte('\\')
			out.WriteByte(c)
		default:
			out.WriteByte(c)
		}
		i++
	}
	return len(rest), out.String() // the engine reports the missing end
}

// groupNames returns the names of a pattern's groups in order, "" for a group without one.
func groupNames(written string) []string {
	var names []string
	for i := 0; i < len(written); {
		rest := written[i:]
		switch {
		case rest[0] == '\\':
			i++
		case rest[0] == '[':
			n, _ := class(rest)
			i += n - 1
		case groupOpening.MatchString(rest):
			names = append(names, groupOpening.FindStringSubmatch(rest)[1])
		case rest[0] == '(' && !strings.HasPrefix(rest, "(?"):
			names = append(names, "")
		}
		i++
	}
	return names
}

// numbered returns .NET's reference for the group with a number in Python: its name, or its number among the groups
// without names, which come first in .NET.
func numbered(names []string, number string) string {
	n, err := strconv.Atoi(number)
	if err != nil || n > len(names) {
		return number
	}
	if name := names[n-1]; name != "" {
		return name
	}
	unnamed := 0
	for _, name := range names[:n] {
		if name == "" {
			unnamed++
		}
	}
	return strconv.Itoa(unnamed)
}
