// Package specedit changes values in the YAML text of a spec, in place: comments, order and layout stay.
//
//	data, err := specedit.SetTimeLimit(data, "2")
//
// After an edit the text is parsed again. If it then says anything else than was meant, the edit is an error.
package specedit

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// ErrByHand is the error of a layout that cannot be edited safely.
var ErrByHand = errors.New("the layout of this YAML file cannot be edited safely: edit it by hand")

// SetTimeLimit sets limits.time_limit. limit is a decimal number of seconds.
func SetTimeLimit(data []byte, limit string) ([]byte, error) {
	d, err := parse(data)
	if err != nil {
		return nil, err
	}
	key, limits := d.find(d.root, "limits")
	switch {
	case limits == nil:
		err = d.appendLines("limits:", "  time_limit: "+limit)
	case limits.Kind == yaml.MappingNode:
		err = d.set(key, limits, "time_limit", limit)
	case limits.Tag == "!!null" && limits.Value == "":
		err = d.insertLine(key.Line, strings.Repeat(" ", key.Column+1)+"time_limit: "+limit)
	default:
		err = ErrByHand
	}
	if err != nil {
		return nil, err
	}
	return d.finish(func(root map[string]any) {
		inner, ok := root["limits"].(map[string]any)
		if !ok {
			inner = map[string]any{}
			root["limits"] = inner
		}
		inner["time_limit"] = scalar(limit)
	})
}

// Expectation is what a submission is expected to show.
type Expectation struct {
	Path  string // of the submission, relative to the spec's directory and cleaned
	Keys  []string
	Texts []string // the values in YAML, by key
}

// SetExpectations sets keys of entries in the list "submissions". It leaves out submissions that the list lacks.
func SetExpectations(data []byte, all []Expectation) ([]byte, error) {
	d, err := parse(data)
	if err != nil {
		return nil, err
	}
	_, list := d.find(d.root, "submissions")
	switch {
	case list == nil:
		return data, nil
	case list.Kind != yaml.SequenceNode:
		return nil, ErrByHand
	}
	for _, e := range all {
		i := slices.IndexFunc(list.Content, func(n *yaml.Node) bool { return pathOf(n) == e.Path })
		if i < 0 {
			continue
		}
		for k, key := range e.Keys {
			after := "path"
			if _, expect := d.find(list.Content[i], "expect"); expect != nil && d.oneLine(expect) {
				after = "expect"
			}
			if err := d.setAfter(list.Content[i], after, key, e.Texts[k]); err != nil {
				return nil, fmt.Errorf("submission %q: %w", e.Path, err)
			}
		}
	}
	return d.finish(func(root map[string]any) {
		entries, _ := root["submissions"].([]any) //nolint:errcheck // else the comparison fails
		for _, e := range all {
			for _, entry := range entries {
				given, ok := entry.(map[string]any)
				if name, isText := given["path"].(string); !ok || !isText || path.Clean(name) != e.Path {
					continue
				}
				for k, key := range e.Keys {
					given[key] = scalar(e.Texts[k])
				}
			}
		}
	})
}

// pathOf returns the cleaned value of "path" in a mapping; "": it has none.
func pathOf(n *yaml.Node) string {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == "path" {
			return path.Clean(n.Content[i+1].Value)
		}
	}
	return ""
}

// scalar returns a YAML text as its value.
func scalar(text string) (value any) {
	if yaml.Unmarshal([]byte(text), &value) != nil {
		return nil
	}
	return value
}

// document is a text with the edits to make.
type document struct {
	bom   []byte
	data  []byte
	lines []int // offsets of their beginnings
	ends  string
	root  *yaml.Node
	edits []edit
}

// edit replaces the bytes from from to before to.
type edit struct {
	from, to int
	text     string
}

func parse(data []byte) (*document, error) {
	d := &document{data: data, ends: "\n"}
	if mark := []byte("\uFEFF"); bytes.HasPrefix(data, mark) {
		d.bom, d.data = mark, data[len(mark):]
	}
	if bytes.Contains(d.data, []byte("\r\n")) {
		d.ends = "\r\n"
	}
	d.lines = []int{0}
	for i, c := range d.data {
		if c == '\n' {
			d.lines = append(d.lines, i+1)
		}
	}
	var top yaml.Node
	if err := yaml.Unmarshal(d.data, &top); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrByHand, err)
	}
	if len(top.Content) != 1 || top.Content[0].Kind != yaml.MappingNode || top.Content[0].Style&yaml.FlowStyle != 0 {
		return nil, ErrByHand
	}
	d.root = top.Content[0]
	return d, nil
}

// find returns the nodes of a key and its value in a mapping; nil: there is none.
func (d *document) find(mapping *yaml.Node, key string) (at, value *yaml.Node) {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			return mapping.Content[i], mapping.Content[i+1]
		}
	}
	return nil, nil
}

// offset returns where a node begins.
func (d *document) offset(n *yaml.Node) (int, error) {
	if n.Line < 1 || n.Line > len(d.lines) {
		return 0, ErrByHand
	}
	at := d.lines[n.Line-1]
	for range n.Column - 1 { // columns count characters
		_, size := firstRune(d.data[at:])
		if size == 0 {
			return 0, ErrByHand
		}
		at += size
	}
	return at, nil
}

// span returns the bytes of a scalar, or of a flow collection on one line.
func (d *document) span(n *yaml.Node) (from, to int, err error) {
	if from, err = d.offset(n); err != nil {
		return 0, 0, err
	}
	line, _, _ := bytes.Cut(d.data[from:], []byte("\n"))
	end := 0
	switch {
	case len(line) == 0 || n.Anchor != "" || n.Kind == yaml.AliasNode || n.Style&yaml.TaggedStyle != 0:
	case line[0] == '"' || line[0] == '\'' || line[0] == '[' || line[0] == '{':
		end = closing(line)
	case n.Kind == yaml.ScalarNode && bytes.HasPrefix(line, []byte(n.Value)):
		end = len(n.Value)
	}
	if end == 0 {
		return 0, 0, ErrByHand
	}
	return from, from + end, nil
}

// oneLine reports whether a value is on one line.
func (d *document) oneLine(n *yaml.Node) bool {
	_, _, err := d.span(n)
	return err == nil
}

// set sets a key of a mapping, which may lack it; a new one comes first.
func (d *document) set(holder, mapping *yaml.Node, key, text string) error {
	if _, value := d.find(mapping, key); value != nil {
		return d.replace(value, text)
	}
	if mapping.Style&yaml.FlowStyle != 0 {
		from, err := d.offset(mapping)
		if err != nil || d.data[from] != '{' {
			return ErrByHand
		}
		if len(mapping.Content) > 0 {
			text += ", "
		}
		d.edits = append(d.edits, edit{from + 1, from + 1, key + ": " + text})
		return nil
	}
	first := mapping.Content[0]
	if first.Line <= holder.Line {
		return ErrByHand
	}
	return d.insertLine(holder.Line, strings.Repeat(" ", first.Column-1)+key+": "+text)
}

// setAfter sets a key of a mapping, which may lack it; a new one comes after another key.
func (d *document) setAfter(mapping *yaml.Node, after, key, text string) error {
	if _, value := d.find(mapping, key); value != nil {
		return d.replace(value, text)
	}
	at, value := d.find(mapping, after)
	if at == nil {
		return ErrByHand
	}
	_, to, err := d.span(value)
	if err != nil {
		return err
	}
	if mapping.Style&yaml.FlowStyle != 0 {
		d.edits = append(d.edits, edit{to, to, ", " + key + ": " + text})
		return nil
	}
	return d.insertLine(value.Line, strings.Repeat(" ", at.Column-1)+key+": "+text)
}

func (d *document) replace(value *yaml.Node, text string) error {
	from, to, err := d.span(value)
	if err == nil {
		d.edits = append(d.edits, edit{from, to, text})
	}
	return err
}

// insertLine inserts a line after the line of a number from 1.
func (d *document) insertLine(after int, text string) error {
	if after < len(d.lines) {
		d.edits = append(d.edits, edit{d.lines[after], d.lines[after], text + d.ends})
		return nil
	}
	return d.appendLines(text)
}

// appendLines adds lines at the end.
func (d *document) appendLines(lines ...string) error {
	text := strings.Join(lines, d.ends) + d.ends
	if len(d.data) > 0 && d.data[len(d.data)-1] != '\n' {
		text = d.ends + text
	}
	d.edits = append(d.edits, edit{len(d.data), len(d.data), text})
	return nil
}

// finish makes the edits. change makes the same of the parsed text, to compare.
func (d *document) finish(change func(root map[string]any)) ([]byte, error) {
	var want, got map[string]any
	if err := yaml.Unmarshal(d.data, &want); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrByHand, err)
	}
	change(want)
	slices.SortStableFunc(d.edits, func(a, b edit) int { return a.from - b.from })
	var out bytes.Buffer
	out.Write(d.bom)
	done := 0
	for _, e := range d.edits {
		if e.from < done {
			return nil, ErrByHand
		}
		out.Write(d.data[done:e.from])
		out.WriteString(e.text)
		done = e.to
	}
	out.Write(d.data[done:])
	if err := yaml.Unmarshal(out.Bytes(), &got); err != nil || !reflect.DeepEqual(want, got) {
		return nil, ErrByHand
	}
	return out.Bytes(), nil
}
