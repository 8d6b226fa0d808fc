package clics

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"judge/problems"
	"judge/problems/strictyaml"
)

// place is where an object is written: a file and, of JSON, the object's bytes in it.
type place struct {
	file    string // as messages name it
	data    []byte // of the whole file; nil: only the line is known
	at      int    // offset of the object in data
	line    int    // of YAML and of an event feed
	pointer string // JSON pointer of the object; of the contest itself it is empty
}

// object is an object of the contest API.
type object struct {
	place
	raw     json.RawMessage
	members map[string]json.RawMessage
}

// fault returns an error about a member of an object, "" for the object itself.
func (o *object) fault(member, msg, hint string) error {
	pointer, line, column := o.pointer, o.line, 0
	if member != "" {
		pointer += "/" + member
	}
	if o.data != nil {
		line, column = lineOf(o.data, o.at+offsetOf(o.raw, member))
	}
	if pointer != "" {
		msg = pointer + ": " + msg
	}
	return &problems.Error{File: o.file, Line: line, Col: column, Msg: msg, Hint: hint}
}

// lineOf returns the line and the column of an offset, both from 1.
func lineOf(data []byte, at int) (line, column int) {
	before := data[:min(at, len(data))]
	return bytes.Count(before, []byte("\n")) + 1, len(before) - bytes.LastIndexByte(before, '\n')
}

// offsetOf returns the offset of a member's value in an object, 0 if it has no such member.
func offsetOf(raw []byte, member string) int {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if _, err := decoder.Token(); err != nil {
		return 0
	}
	for member != "" && decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return 0
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return 0
		}
		if key == member {
			return int(decoder.InputOffset()) - len(value)
		}
	}
	return 0
}

// newObject reads the members of an object at a place.
func newObject(at place, raw json.RawMessage) (*object, error) {
	o := &object{place: at, raw: raw, members: map[string]json.RawMessage{}}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if first, err := decoder.Token(); err != nil || first != json.Delim('{') {
		return nil, o.fault("", "expected an object, found "+strictyaml.Quote(string(raw)), "write {...}")
	}
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return nil, o.fault("", err.Error(), jsonHint)
		}
		name, _ := key.(string)
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return nil, o.fault("", err.Error(), jsonHint)
		}
		if _, twice := o.members[name]; twice {
			return nil, o.fault("", fmt.Sprintf("has the member %s twice", strictyaml.Quote(name)),
				"remove one of them")
		}
		o.members[name] = value
	}
	return o, nil
}

const jsonHint = "check the file with a JSON validator, such as jq"

// parseList reads a JSON file that holds a list of objects.
func parseList(file string, data []byte) ([]*object, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	if first, err := decoder.Token(); err != nil {
		return nil, syntaxFault(file, data, err)
	} else if first != json.Delim('[') {
		return nil, &problems.Error{File: file, Line: 1, Msg: "expected a list of objects", Hint: "write [{...}, ...]"}
	}
	var all []*object
	for decoder.More() {
		var raw json.RawMessage
		if err := decoder.Decode(&raw); err != nil {
			return nil, syntaxFault(file, data, err)
		}
		at := place{file: file, data: data, at: int(decoder.InputOffset()) - len(raw)}
		at.pointer = "/" + strconv.Itoa(len(all))
		o, err := newObject(at, raw)
		if err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	if _, err := decoder.Token(); err != nil {
		return nil, syntaxFault(file, data, err)
	}
	return all, endOf(file, data, decoder)
}

// parseOne reads a JSON file that holds one object.
func parseOne(file string, data []byte) (*object, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	var raw json.RawMessage
	if err := decoder.Decode(&raw); err != nil {
		return nil, syntaxFault(file, data, err)
	}
	o, err := newObject(place{file: file, data: data, at: int(decoder.InputOffset()) - len(raw)}, raw)
	if err != nil {
		return nil, err
	}
	return o, endOf(file, data, decoder)
}

// endOf returns an error if something follows the JSON value that the decoder has read.
func endOf(file string, data []byte, decoder *json.Decoder) error {
	at := int(decoder.InputOffset())
	rest := bytes.TrimLeft(data[at:], " \t\r\n")
	if len(rest) == 0 {
		return nil
	}
	line, column := lineOf(data, len(data)-len(rest))
	return &problems.Error{File: file, Line: line, Col: column, Msg: "expected the end of the file", Hint: jsonHint}
}

// syntaxFault returns the error about a file that is not JSON.
func syntaxFault(file string, data []byte, err error) error {
	at := len(data)
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		at = max(int(e.Offset)-1, 0)
	}
	line, column := lineOf(data, at)
	msg := err.Error()
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		msg = "the file ends in the middle of a value"
	}
	return &problems.Error{File: file, Line: line, Col: column, Msg: "no valid JSON: " + msg, Hint: jsonHint}
}
