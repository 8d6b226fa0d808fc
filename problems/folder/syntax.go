package folder

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

var (
	lineOf   = regexp.MustCompile(`line ([0-9]+): `)
	mismatch = regexp.MustCompile("^cannot unmarshal !!\\w+ (?:`(?s:(.*))` )?into (.*)$")
)

// wrongType returns the library's error about a value of the wrong type as a fault at its line.
func (d *Document) wrongType(key string, node *yaml.Node, err error) error {
	msg, line := words(err)
	if m := mismatch.FindStringSubmatch(msg); m != nil {
		msg = "expected " + kindInto(m[2])
		if m[1] != "" {
			msg += fmt.Sprintf(", found %.80q", m[1])
		}
	}
	fault := d.folder.FaultAt(d.name, node, "key "+quote(key)+": "+msg, "")
	if line != 0 && line != node.Line { // the library names no column
		fault.Line, fault.Col = line, 0
	}
	return fault
}

// words returns the library's message and the line that it names, or 0.
func words(err error) (msg string, line int) {
	msg = strings.TrimPrefix(err.Error(), "yaml: ")
	if typed, ok := errors.AsType[*yaml.TypeError](err); ok {
		msg = typed.Errors[0]
	}
	if m := lineOf.FindStringSubmatch(msg); m != nil {
		line, _ = strconv.Atoi(m[1])
		msg = strings.Replace(msg, m[0], "", 1)
	}
	return msg, line
}

// kindInto names the YAML kind that fits a Go type.
func kindInto(goType string) string {
	switch {
	case strings.HasPrefix(goType, "int"), strings.HasPrefix(goType, "uint"):
		return "a whole number"
	case strings.HasPrefix(goType, "float"):
		return "a number"
	case goType == "bool":
		return "true or false"
	case goType == "string":
		return "a text"
	case strings.HasPrefix(goType, "[]"):
		return "a list"
	default:
		return "keys and values"
	}
}
