package read

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/strictyaml"
)

// pattern says where the submissions of a folder are: names, one for each directory, with placeholders in them.
type pattern struct {
	text  string
	parts []part
}

// part is one name of a pattern.
type part struct {
	text   string
	any    bool     // it is **: any number of directories
	holds  []string // its placeholders, "*" included
	strict *regexp.Regexp
	loose  *regexp.Regexp // matches also what names no problem and no time
}

// literal reports whether the part is one text without placeholders.
func (p part) literal() bool { return !p.any && len(p.holds) == 0 }

func (p part) has(placeholder string) bool { return slices.Contains(p.holds, placeholder) }

// captured are the texts of the placeholders in a path.
type captured struct {
	team, problem, time, file string
	wild                      string // what * and ** stand for
}

// placeholders are the words that a pattern may have in braces.
func placeholders() []string { return []string{"team", "problem", "time", "file"} }

// defaultPatterns are those that are tried, in this order, if contest.yaml has none.
func defaultPatterns() []string {
	return []string{
		"submissions/{team}/{problem}/{time}_{file}",
		"submissions/{team}/{problem}/{file}",
		"submissions/{team}/{file}",
		"{team}/{problem}/{file}",
		"{team}/{file}",
	}
}

// patternError says what is wrong with a pattern and how to fix it.
type patternError struct{ msg, hint string }

// Error returns the message.
func (e *patternError) Error() string { return e.msg }

var (
	token  = regexp.MustCompile(`\{([^{}]*)\}|\*+`)
	braces = regexp.MustCompile(`[{}]`)
)

const (
	maxPattern = 1000 // bytes
	maxParts   = 32
)

// patternOf reads a pattern. Problems are matched by their names, where a name has more than the problem's.
func patternOf(text string, names []string) (*pattern, error) {
	if len(text) > maxPattern {
		return nil, &patternError{"the pattern is too long", "shorten it"}
	}
	if filepath.IsAbs(text) || !filepath.IsLocal(text) || slices.Contains(strings.Split(text, "/"), "..") {
		return nil, &patternError{
			"the pattern leads out of the contest's directory", "copy the submissions into it, or use a CSV",
		}
	}
	p := &pattern{text: text}
	seen := map[string]bool{}
	for name := range strings.SplitSeq(filepath.Clean(text), "/") {
		one, err := partOf(name, names, seen)
		if err != nil {
			return nil, err
		}
		p.parts = append(p.parts, one)
	}
	return p, p.check(seen)
}

// partOf reads one name of a pattern. seen has the placeholders of those before.
func partOf(name string, names []string, seen map[string]bool) (part, error) {
	p := part{text: name}
	if name == "**" {
		p.any = true
		if seen["**"] {
			return p, &patternError{"** appears twice", "write it once"}
		}
		seen["**"] = true
		return p, nil
	}
	var strict, loose strings.Builder
	end := 0
	for _, m := range token.FindAllStringSubmatchIndex(name, -1) {
		text := name[end:m[0]]
		end = m[1]
		strict.WriteString(regexp.QuoteMeta(text))
		loose.WriteString(regexp.QuoteMeta(text))
		if braces.MatchString(text) {
			return p, badBraces(name)
		}
		word := name[m[0]:m[1]]
		if m[2] >= 0 {
			word = name[m[2]:m[3]]
		}
		if err := p.hold(word, seen); err != nil {
			return p, err
		}
		strict.WriteString(strictly(word, names))
		loose.WriteString(loosely(word))
	}
	if braces.MatchString(name[end:]) {
		return p, badBraces(name)
	}
	var err error
	for _, one := range []struct {
		to   **regexp.Regexp
		text *strings.Builder
	}{{&p.strict, &strict}, {&p.loose, &loose}} {
		expression := `(?s)^` + one.text.String() + regexp.QuoteMeta(name[end:]) + `$`
		if *one.to, err = regexp.Compile(expression); err != nil {
			return p, &patternError{"the pattern is too complicated", "shorten it"}
		}
	}
	return p, nil
}

func badBraces(name string) error {
	return &patternError{"braces without a placeholder in " + strictyaml.Quote(name),
		"use {team}, {problem}, {time} and {file}"}
}

// hold notes a placeholder.
func (p *part) hold(word string, seen map[string]bool) error {
	switch {
	case word == "*":
	case strings.HasPrefix(word, "*"):
		return &patternError{"** next to other text in " + strictyaml.Quote(p.text), "write ** between two slashes"}
	case !slices.Contains(placeholders(), word):
		hint := "use {team}, {problem}, {time} and {file}"
		if near := problems.Nearest(word, placeholders()); near != "" {
			hint = "did you mean {" + near + "}?"
		}
		return &patternError{"unknown placeholder " + strictyaml.Quote("{"+word+"}"), hint}
	case seen[word]:
		return &patternError{"the placeholder {" + word + "} appears twice", "remove one"}
	}
	seen[word] = true
	p.holds = append(p.holds, word)
	return nil
}

// strictly returns the expression for a placeholder that matches names of problems, and texts like times.
func strictly(word string, names []string) string {
	switch word {
	case "problem":
		longest := slices.Clone(names)
		slices.SortFunc(longest, func(a, b string) int { return len(b) - len(a) })
		for i, name := range longest {
			longest[i] = regexp.QuoteMeta(name)
		}
		if len(longest) > 0 {
			return `((?i:` + strings.Join(longest, "|") + `))`
		}
	case "time":
		return `(-?[0-9][0-9T:.Z+ -]*?)`
	}
	return loosely(word)
}

// loosely returns the expression for a placeholder that matches any text. A time is as short as possible.
func loosely(word string) string {
	switch word {
	case "time":
		return `(.+?)`
	case "*":
		return `(.*)`
	}
	return `(.+)`
}

// check returns an error for a pattern that does not say what a submission is.
func (p *pattern) check(seen map[string]bool) error {
	last := p.parts[len(p.parts)-1]
	const form = "write a pattern such as {team}/{problem}/{file}, or the name of a .csv file"
	switch {
	case len(p.parts) > maxParts:
		return &patternError{fmt.Sprintf("more than %d directories in the pattern", maxParts), "shorten it"}
	case !seen["team"]:
		return &patternError{"no {team} in the pattern", form}
	case !seen["problem"] && !seen["file"]:
		return &patternError{"no {problem} in the pattern", form}
	case seen["file"] && !last.has("file"):
		return &patternError{"{file} is not at the end of the pattern", form}
	case last.any:
		return &patternError{"** at the end of the pattern", "write **/{file}"}
	}
	return nil
}

// prefix returns the directories before the first name with a placeholder.
func (p *pattern) prefix() []string {
	var names []string
	for _, part := range p.parts[:len(p.parts)-1] {
		if !part.literal() {
			break
		}
		names = append(names, part.text)
	}
	return names
}

// timed reports whether submissions have times.
func (p *pattern) timed() bool {
	return slices.ContainsFunc(p.parts, func(part part) bool { return part.has("time") })
}

// match returns what a name has for the placeholders of the part, in addition to those of the directories above.
// certain reports that the problem and the time look like some.
func (p part) match(name string, above captured) (c captured, certain, ok bool) {
	c = above
	m := p.strict.FindStringSubmatch(name)
	certain = m != nil
	if m == nil {
		if m = p.loose.FindStringSubmatch(name); m == nil {
			return c, false, false
		}
	}
	for i, word := range p.holds {
		switch value := m[i+1]; word {
		case "team":
			c.team = value
		case "problem":
			c.problem = value
		case "time":
			c.time = value
		case "file":
			c.file = value
		default:
			c.wild += "/" + value
		}
	}
	return c, certain, true
}

// matchLast is match for the name of a submission. A pattern that ends in a placeholder other than {file} stands for
// names with and without an extension.
func (p part) matchLast(name string, isDir bool, above captured) (captured, bool) {
	c, certain, ok := p.match(name, above)
	stem := strings.TrimSuffix(name, filepath.Ext(name))
	if certain || isDir || p.has("file") || stem == name || stem == "" {
		return c, ok
	}
	if d, certain, stemOK := p.match(stem, above); stemOK && (certain || !ok) {
		return d, true
	}
	return c, ok
}
