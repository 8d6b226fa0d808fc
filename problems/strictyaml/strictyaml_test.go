package strictyaml

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf16"

	"judge/problems"
)

func foreign() Options { return Options{Foreign: true} }

// TestDirectives: %YAML of any version 1.x, as PyYAML has it; directives without a meaning only in foreign files.
func TestDirectives(t *testing.T) {
	for _, row := range []struct {
		text            string
		strict, foreign bool
	}{
		{"%YAML 1.1\n---\na: 1\n", true, true},
		{"%YAML 1.2\n---\na: 1\n", true, true},
		{"%YAML 1.2\r\n---\r\na: 1\r\n", true, true},
		{"%YAML 1.10 # the tenth\n---\na: 1\n", true, true},
		{"# a note\n\n%YAML 1.2\n--- {a: 1}\n", true, true},
		{"\ufeff%YAML 1.2\n---\na: 1\n", true, true},
		{"%YAML 1.2\n---\na: |\n  %YAML 1.2\n", true, true},
		{"%YAML 2.0\n---\na: 1\n", false, false},
		{"%YAML 1\n---\na: 1\n", false, false},
		{"%YAML 1.2x\n---\na: 1\n", false, false},
		{"%YAML 1.2\na: 1\n", false, false},
		{"%YAML 1.1\n%YAML 1.2\n---\na: 1\n", false, false},
		{"a: 1\n%YAML 1.2\n", false, false},
		{"%NOTHING known\n---\na: 1\n", false, true},
		{"%TAG !x! tag:example.com,2000:\n---\na: !x!b 1\n", false, true},
		{strings.Repeat("%TAG !a! x\n", 200) + "---\na: 1\n", false, false},
	} {
		for name, accepts := range map[string]bool{"strict": row.strict, "foreign": row.foreign} {
			root, err := Parse("f.yaml", []byte(row.text), Options{Foreign: name == "foreign"})
			if (err == nil) != accepts || accepts && !root.IsMapping() {
				t.Errorf("%s: %.80q: %v", name, row.text, err)
			}
		}
	}
}

func TestOneDocument(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "nothing",
		"# a note\n":                   "nothing",
		"---\n...\n":                   "nothing",
		"~\n":                          "nothing",
		"---\na: 1\n...\n":             "a mapping",
		"[1]":                          "a list",
		"x":                            `the text "x"`,
		"a: 1\n---\nb: 2\n":            "f.yaml:2:1: a second document begins here: expected one\nhint: remove it",
		"a: 1\n---\n":                  "f.yaml:2:1: a second document begins here: expected one\nhint: remove it",
		"a: 1\n...\n]\n":               "f.yaml:3:1: not YAML: did not find expected <document start>",
		strings.Repeat("#", MaxSize+1): "f.yaml:1:1: larger than 2 MiB\nhint: split the file, or shorten it",
	} {
		got := "nothing"
		root, err := Parse("f.yaml", []byte(text), Options{})
		if err != nil {
			got = err.Error()
		} else if root != nil {
			got = root.Found()
		}
		if !strings.HasPrefix(got, want) {
			t.Errorf("%.80q: expected %s, got %s", text, want, got)
		}
	}
}

func TestForeignFiles(t *testing.T) {
	for _, row := range []struct{ what, text, strict string }{
		{"an anchor", "a: &x 1\n", `1:4: anchor "&x"`},
		{"an alias", "a: &x 1\nb: *x\n", `1:4: anchor "&x"`},
		{"a merged mapping", "a: &x {b: 1}\nc: {<<: *x, b: 2}\n", `1:4: anchor`},
		{"a tag", "a: !!str 1\n", `1:4: tag "!!str"`},
		{"a lone carriage return", "a: 1\rb: 2\r", "1:5: carriage return"},
		{"UTF-16", "\xff\xfea\x00:\x00 \x001\x00\n\x00", "1:1: not UTF-8"},
	} {
		if _, err := Parse("f.yaml", []byte(row.text), foreign()); err != nil {
			t.Errorf("%s: %v", row.what, err)
		}
		if _, err := Parse("f.yaml", []byte(row.text), Options{}); err == nil || !strings.HasPrefix(err.Error(), "f.yaml:"+row.strict) {
			t.Errorf("%s: expected %s, got %v", row.what, row.strict, err)
		}
	}
}

// inUTF16 returns a text in UTF-16 with a byte order mark.
func inUTF16(s string, order binary.AppendByteOrder) []byte {
	var data []byte
	for _, c := range utf16.Encode([]rune("\ufeff" + s)) {
		data = order.AppendUint16(data, c)
	}
	return data
}

// TestUTF16: places and directives are those of the text.
func TestUTF16(t *testing.T) {
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		root, err := Parse("f.yaml", inUTF16("%YAML 1.2\n---\n\u00e9\U0001f600: 1\n", order), foreign())
		if err != nil || KeyOf(root.YAML().Content[0]) != "\u00e9\U0001f600" {
			t.Errorf("%v: got %v", order, err)
		}
		_, err = Parse("f.yaml", inUTF16("a: 1\na: 2\n", order), foreign())
		expect(t, order.String(), err, "f.yaml:2:1: the key \"a\" appears twice")
		_, err = Parse("f.yaml", append(inUTF16("a: 1\n", order), 'x'), foreign())
		expect(t, order.String(), err, "f.yaml:1:1: not UTF-16")
		_, err = Parse("f.yaml", order.AppendUint16(inUTF16("a: 1\n", order), 0xd800), foreign())
		expect(t, order.String(), err, "f.yaml:1:1: not UTF-16")
	}
}

// TestDirectivesAreBounded: each is compared with all before it, whatever ends its line.
func TestDirectivesAreBounded(t *testing.T) {
	for _, end := range []string{"\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029"} {
		var text strings.Builder
		for i := range maxDirectives + 2 {
			fmt.Fprintf(&text, "%%TAG !a%d! x%s", i, end)
		}
		text.WriteString("---" + end + "a: 1" + end)
		for _, data := range [][]byte{[]byte(text.String()), inUTF16(text.String(), binary.LittleEndian)} {
			_, err := Parse("f.yaml", data, foreign())
			expect(t, fmt.Sprintf("%q", end), err, "more than 100 lines begin with %")
		}
	}
}

// TestBombs: short files that hold much are refused at once.
func TestBombs(t *testing.T) {
	aliases := "a: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
	for i := range 9 {
		aliases += fmt.Sprintf("b%d: &a%d [%s]\n", i, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 10), ", "))
	}
	var keys strings.Builder
	for i := range maxKeys + 1 {
		fmt.Fprintf(&keys, "k%d:\n", i)
	}
	for name, row := range map[string]struct{ text, want string }{
		"aliases":        {aliases, "more than 1000000 values, with aliases written out"},
		"a circle":       {"a: &a [*a]\n", ""},
		"keys":           {keys.String(), "more than 10000 keys in one mapping"},
		"deep":           {strings.Repeat("[", 20_000), "exceeded max depth"},
		"many documents": {strings.Repeat("--- a\n", 10_000), "a second document"},
	} {
		_, err := Parse("f.yaml", []byte(row.text), foreign())
		if fault, ok := errors.AsType[*problems.Error](err); !ok || !strings.Contains(fault.Msg, row.want) || fault.Line < 1 {
			t.Errorf("%s: got %.200v", name, err)
		}
	}
}

func TestMappings(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"name: a\ntests: b\n", ""},
		{"{}", ""},
		{"name: a\ntest: b\n", "2:1: unknown key \"test\"\nhint: did you mean \"tests\"?"},
		{"zzzzz: b\n", "1:1: unknown key \"zzzzz\"\nhint: use one of name, tests"},
		{"name: a\nname: b\n", "2:1: the key \"name\" appears twice: line 1 has it already\nhint: remove one"},
		{"name: {b: 1, \"b\": 2}\n", "1:14: the key \"b\" appears twice: line 1 has it already"},
		{"? [a]\n: b\n", "1:3: expected a key, found a list"},
		{"[a]", "1:1: expected a mapping, found a list\nhint: the keys here are name, tests"},
		{"name", "1:1: expected a mapping, found the text \"name\"\nhint: write {name: name, ...}: the keys here are name, tests"},
		{"name:a", "hint: write a space after the colon of a key"},
	} {
		root, err := Parse("f.yaml", []byte(row.text), Options{})
		if err == nil {
			_, err = root.Mapping([]string{"name", "tests"}, nil)
		}
		expect(t, row.text, err, row.want)
	}
}

func TestScalars(t *testing.T) {
	text := func(n *Node) (any, error) { return n.Text() }
	truth := func(n *Node) (any, error) { return n.Bool() }
	float := func(n *Node) (any, error) { return n.Float(0, 10) }
	large := func(n *Node) (any, error) { return n.Float(0, math.Inf(1)) }
	whole := func(n *Node) (any, error) { return n.Int(1, 64) }
	word := func(n *Node) (any, error) { return n.OneOf("colour", []string{"red", "blue"}) }
	list := func(n *Node) (any, error) {
		all, err := n.OneOrMore("colours", "")
		return len(all), err
	}
	for _, row := range []struct {
		text  string
		read  func(*Node) (any, error)
		value any
		want  string // part of the error
	}{
		{"010", text, "010", ""}, {"yes", text, "yes", ""}, {"~", text, "~", ""}, {"1e-6", text, "1e-6", ""},
		{"'a: b'", text, "a: b", ""},
		{"[a]", text, nil, "1:4: expected a text, found a list\nhint: write one text"},
		{"", text, nil, "expected a text, found nothing"},
		{`" "`, text, nil, "expected a text, found nothing"},
		{`"a\nb"`, text, nil, `"a\nb" holds a character that cannot be printed`},
		{strings.Repeat("a", 1025), text, nil, "1025 bytes long: expected at most 1024"},
		{"true", truth, true, ""}, {"false", truth, false, ""},
		{"yes", truth, nil, "expected true or false, found the text \"yes\"\nhint: write true, without quotes"},
		{"'false'", truth, nil, "found the text \"false\" in quotes\nhint: write false, without quotes"},
		{"010", float, 10.0, ""}, {"1e-1", float, 0.1, ""}, {"+.5", float, 0.5, ""},
		{"11", float, nil, "11 is out of range\nhint: write a number from 0 to 10"},
		{"-1", large, nil, "-1 is out of range\nhint: write a number of 0 or more"},
		{"1e999", large, nil, "1e999 is out of range"},
		{"1e1000", large, nil, "expected a number"},
		{"0x10", float, nil, "expected a number"}, {"1_0", float, nil, "expected a number"}, {".inf", float, nil, "expected a number"},
		{"'1'", float, nil, "expected a number, found the text \"1\" in quotes"},
		{"1,5", float, nil, "hint: write 1.5"},
		{strings.Repeat("1", 101), large, nil, "expected a number"},
		{"64", whole, 64, ""}, {"1e1", whole, 10, ""},
		{"0", whole, nil, "0 is out of range\nhint: write a whole number from 1 to 64"},
		{"1.5", whole, nil, "1.5 is not a whole number"},
		{"99999999999999999999", whole, nil, "out of range"},
		{"many", whole, nil, "expected a whole number, found the text \"many\""},
		{"blue", word, 1, ""},
		{"blu", word, nil, "unknown colour \"blu\"\nhint: did you mean \"blue\"?"},
		{"a", list, 1, ""}, {"[a, b]", list, 2, ""},
		{"[]", list, nil, "the list of colours is empty"},
		{"{}", list, nil, "expected a list of colours, found a mapping\nhint: write [A, B]"},
	} {
		root, err := Parse("f.yaml", []byte("a: "+row.text+"\n"), Options{})
		var value any
		if err == nil {
			var given map[string]*Node
			if given, err = root.Mapping([]string{"a"}, nil); err == nil {
				value, err = row.read(given["a"])
			}
		}
		if err == nil && value != row.value {
			t.Errorf("%.80q: expected %v, got %v", row.text, row.value, value)
		}
		expect(t, row.text, err, row.want)
	}
}

func expect(t *testing.T, text string, err error, want string) {
	t.Helper()
	got := ""
	if err != nil {
		got = err.Error()
	}
	if want == "" && got != "" || !strings.Contains(got, want) {
		t.Errorf("%.80q: expected %q, got %q", text, want, got)
	}
}
