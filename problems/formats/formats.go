// Package formats opens a problem in whichever of the known formats it is.
package formats

import (
	"os"
	"path/filepath"
	"strings"

	"judge/problems"
	"judge/problems/native"
)

// format is one way to write a problem down.
type format struct {
	name   string
	detect func(dir string) bool
	read   func(path string) (*problems.Problem, error)
	file   string // what in the directory is read
}

// formats are tried in this order.
func formats() []format {
	return []format{
		{"native", native.Detect, native.Read, native.FileName},
	}
}

// Open reads the problem at a path: a spec, or a directory that holds one. Every fault is a *problems.Error.
func Open(path string) (*problems.Problem, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, &problems.Error{File: path, Msg: "no such problem", Hint: "name a problem.yaml, or a directory that holds one"}
	}
	if !info.IsDir() {
		if ext := filepath.Ext(path); ext != ".yaml" && ext != ".yml" {
			return nil, &problems.Error{File: path, Msg: "not a problem", Hint: "name a problem.yaml, or a directory that holds one"}
		}
		return native.Read(path)
	}
	var names []string
	for _, f := range formats() {
		if f.detect(path) {
			return f.read(filepath.Join(path, f.file))
		}
		names = append(names, f.file+" ("+f.name+")")
	}
	return nil, &problems.Error{File: path, Msg: "no problem in this directory", Hint: "looked for " + strings.Join(names, ", ")}
}
