package verify

import (
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// element is what the schemas of JUnit files say of one: its attributes, by a pattern of their values, and its children in their order.
type element struct {
	required, optional map[string]string
	children           []string // a name, with ? for at most one and * for any number; a|b is one of them at most
	text               bool
}

const (
	whole    = `^-?[0-9]+$`            // xs:int
	decimal  = `^-?[0-9]+(\.[0-9]+)?$` // xs:decimal
	some     = `(?s)^.+$`              // a token of one character or more
	anything = `(?s)^.*$`
)

// ant is JUnit.xsd of Windy Road, "JUnit test result schema for the Apache Ant JUnit and JUnitReport tasks".
func ant() map[string]element {
	failure := element{required: map[string]string{"type": anything}, optional: map[string]string{"message": anything}, text: true}
	return map[string]element{
		"testsuites": {children: []string{"testsuite*"}},
		"testsuite": {
			required: map[string]string{
				"package": anything, "id": whole, "name": some, "timestamp": `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$`, "hostname": some,
				"tests": whole, "failures": whole, "errors": whole, "time": decimal,
			},
			optional: map[string]string{"skipped": whole}, children: []string{"properties", "testcase*", "system-out", "system-err"},
		},
		"properties": {children: []string{"property*"}},
		"property":   {required: map[string]string{"name": some, "value": anything}},
		"testcase":   {required: map[string]string{"name": anything, "classname": anything, "time": decimal}, children: []string{"skipped|error|failure"}},
		"skipped":    {text: true}, "error": failure, "failure": failure, "system-out": {text: true}, "system-err": {text: true},
	}
}

// jenkins is jenkins-junit.xsd, which the xUnit plugin of Jenkins checks files against.
func jenkins() map[string]element {
	failure := element{optional: map[string]string{"type": anything, "message": anything}, text: true}
	optional := func(names string) map[string]string {
		all := map[string]string{}
		for _, name := range strings.Fields(names) {
			all[name] = anything
		}
		return all
	}
	return map[string]element{
		"testsuites": {optional: optional("name time tests failures disabled errors"), children: []string{"testsuite*"}},
		"testsuite": {
			required: map[string]string{"name": anything, "tests": anything}, optional: optional("failures errors time disabled skipped timestamp hostname id package"),
			children: []string{"properties?", "testcase*", "system-out?", "system-err?"},
		},
		"properties": {children: []string{"property*"}},
		"property":   {required: map[string]string{"name": anything, "value": anything}},
		"testcase": {
			required: map[string]string{"name": anything}, optional: optional("assertions time classname status"),
			children: []string{"skipped?", "error*", "failure*", "system-out*", "system-err*"},
		},
		"skipped": {text: true}, "error": failure, "failure": failure, "system-out": {text: true}, "system-err": {text: true},
	}
}

// node is an element of a file.
type node struct {
	name     string
	attrs    map[string]string
	children []*node
	text     string
}

func parse(t *testing.T, text string) *node {
	t.Helper()
	root := &node{}
	open := []*node{root}
	decoder := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return root.children[0]
		}
		if err != nil {
			t.Fatal(err)
		}
		last := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			n := &node{name: token.Name.Local, attrs: map[string]string{}}
			for _, a := range token.Attr {
				n.attrs[a.Name.Local] = a.Value
			}
			last.children, open = append(last.children, n), append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			last.text += string(token)
		}
	}
}

// faults are what is wrong with a node by a schema.
func (n *node) faults(schema map[string]element) []string {
	e, ok := schema[n.name]
	if !ok {
		return []string{"there is no element " + n.name}
	}
	var all []string
	for name, value := range n.attrs {
		pattern, ok := e.required[name]
		if !ok {
			pattern, ok = e.optional[name]
		}
		if !ok || !regexp.MustCompile(pattern).MatchString(value) {
			all = append(all, fmt.Sprintf("%s has %s=%q", n.name, name, value))
		}
	}
	for name := range e.required {
		if _, ok := n.attrs[name]; !ok {
			all = append(all, n.name+" lacks "+name)
		}
	}
	var order []string
	for _, c := range n.children {
		all, order = append(all, c.faults(schema)...), append(order, c.name)
	}
	pattern := "^"
	for _, c := range e.children {
		names, times := strings.TrimRight(c, "?*"), strings.TrimLeft(c, "abcdefghijklmnopqrstuvwxyz-|")
		if strings.Contains(names, "|") {
			times = "?"
		}
		pattern += "((" + names + ");)" + times
	}
	if got := strings.Join(append(slices.Clone(order), ""), ";"); !regexp.MustCompile(pattern + "$").MatchString(got) {
		all = append(all, fmt.Sprintf("%s holds %q, which is not %s", n.name, got, pattern))
	}
	if !e.text && strings.TrimSpace(n.text) != "" {
		all = append(all, n.name+" holds text")
	}
	return all
}

func TestJUnitIsWhatBothSchemasTake(t *testing.T) {
	for _, r := range []Result{sample(), interruptedSample()} {
		root := parse(t, written(t, WriteJUnit, r))
		for name, schema := range map[string]map[string]element{"Ant": ant(), "Jenkins": jenkins()} {
			for _, fault := range root.faults(schema) {
				t.Errorf("%s: %s", name, fault)
			}
		}
	}
	// The check itself finds what is wrong.
	for text, want := range map[string]string{
		`<testsuites name="x"/>`: "testsuites has name=", `<testsuites><testsuite/></testsuites>`: "testsuite lacks ", `<testsuites>text</testsuites>`: "holds text",
		`<testsuites><properties/></testsuites>`: "which is not", `<testsuites><odd/></testsuites>`: "there is no element odd",
	} {
		if faults := parse(t, text).faults(ant()); !strings.Contains(strings.Join(faults, "\n"), want) {
			t.Errorf("%s: %q, want %s", text, faults, want)
		}
	}
}
