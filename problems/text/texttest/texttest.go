// Package texttest helps to test that nothing foreign is obeyed: texts that somebody obeys, a way to put one of them
// everywhere, and a judgement on what was printed that shares no code with package text.
package texttest

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Mark begins the second line of every text of Texts: where a line of an output begins with it, a name has made a line.
const Mark = "FOREIGN"

// Texts are texts that terminals, CI systems, XML, HTML and Markdown take for more than text.
func Texts() []string {
	var all []string
	for _, s := range []string{
		"\x1b[2J\x1b]0;title\x07\x1b]8;;http://example.org\x07link\x9b31m\u009b31m", "\r\x1b[K", "::error file=a::b",
		" \t::stop-commands::x", "##[error]x", "a##[group]b",
		"##vso[task.complete]", "##teamcity[testFailed name='x']", "section_start:1:x\r\x1b[0K",
		"#\u0301#\u200d[error]", "\u200d:\u0591:error::x",
		"\u202e\u2066\u061c\u200f", "\u200b\ufeff\u00ad\u2060\ufe0f\U000e0100\U000e0041\u3164\u2800",
		"\u0301\u0301\u0301\u0301\u0301\u0301", "\xff\xfe\xed\xa0\x80", "\u2028\u2029\u0085\v\f",
		"\x00\x01\x7f\ufffe\uffff", "]]>",
		"</title></style></script><script>alert(1)</script><img src=x onerror=alert(1)>", `" onload="alert(1)' x='`,
		"javascript:alert(1)",
		"| a | b |", "`code` ```", "[x](http://example.org) ![x](y) <b>@somebody #1</b>", "{{.Foreign}}", "%25%0A%s%d",
		strings.Repeat("long", 300), strings.Repeat("\u6f22", 300),
	} {
		all = append(all, s+"\n"+Mark+"\n::error::"+s+"\r\n"+s)
	}
	return all
}

// Fill puts the text into every string of the value, which is a pointer; a nil slice of strings gets one first. It
// returns the number of strings. Strings of a type with a name are the judge's own words.
func Fill(value any, s string) int { return fill(reflect.ValueOf(value).Elem(), s) }

func fill(v reflect.Value, s string) (n int) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			v.SetString(s)
			n = 1
		}
	case reflect.Pointer:
		if !v.IsNil() {
			n = fill(v.Elem(), s)
		}
	case reflect.Slice:
		if v.IsNil() && v.Type().Elem().Kind() == reflect.String {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		}
		for i := range v.Len() {
			n += fill(v.Index(i), s)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				n += fill(v.Field(i), s)
			}
		}
	}
	return n
}

// Obeyed says what of the text a terminal or a CI system would obey, or which line a name has made; "": nothing.
func Obeyed(printed string) string {
	if what := Unseen(printed); what != "" {
		return what
	}
	commands := regexp.MustCompile(`^\s*::|##[\w.-]*\[`)
	for line := range strings.Lines(printed) {
		bare := strings.Map(func(c rune) rune { // as those read it who take no notice of some characters
			if c >= utf8.RuneSelf {
				return -1
			}
			return c
		}, line)
		if commands.MatchString(bare) {
			return fmt.Sprintf("a command in %q", line)
		}
	}
	return ""
}

// Unseen says what of the text cannot be seen, or which line a name has made; "": nothing.
func Unseen(printed string) string {
	if !utf8.ValidString(printed) {
		return "something that is not UTF-8"
	}
	for line := range strings.Lines(printed) {
		for _, c := range strings.TrimSuffix(line, "\n") {
			hidden := unicode.In(c, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
			if c != '\t' && !unicode.IsPrint(c) || hidden {
				return fmt.Sprintf("%U in %q", c, line)
			}
		}
		if strings.HasPrefix(line, Mark) {
			return fmt.Sprintf("a line of its own: %q", line)
		}
	}
	return ""
}

// BadXML says why the document is no XML 1.0; nil: it is.
func BadXML(document string) error {
	for decoder := xml.NewDecoder(strings.NewReader(document)); ; {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}
