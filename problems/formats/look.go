package formats

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/cms"
	"judge/problems/dmoj"
	"judge/problems/folder"
	"judge/problems/icpc"
	"judge/problems/native"
	"judge/problems/polygon"
	"judge/problems/safefile"
)

// Kind is what a directory is, as far as the names of its files and the readers tell.
type Kind uint8

// The kinds.
const (
	Nothing  Kind = iota // no format has such a file
	Readable             // a problem
	Broken               // a problem that judge cannot read
	Suspect              // a file that describes a problem, and nothing else of one: it may be another tool's
	Layout               // tests and programs of a problem, and no file that describes it
)

// Look is what a directory is.
type Look struct {
	Kind Kind
	File string          // that tells: its name in the directory
	Err  *problems.Error // why it cannot be read
}

// marker is a file by which people know a problem.
type marker struct {
	file  string
	parts []string // of which a problem has one, besides those that problems of all formats have
	only  bool     // without one of parts, or of anything of a problem if none are given, it is another tool's
	why   string   // that judge cannot read it
	hint  string
}

const excludeHint = "convert it to a format that judge reads, or leave it out with --exclude or .judgeignore"

// unread are the formats, and the states of those that are read, in which judge finds no problem to read. The first
// whose file and parts are there tells.
func unread() []marker {
	return []marker{
		{"problem.rbx.yml", nil, false, "a problem in the format of rbx, which is not supported", excludeHint},
		{cms.ExportFile, exportParts(), false, "a CMS export or a TPS task without a tests directory",
			"make its tests, so that there is a tests directory"},
		{cms.ItalianFile, italianParts(), false, "a task of the CMS Italian format without an input directory",
			"put its tests into input/input0.txt, output/output0.txt and so on"},
		{polygon.FileName, nil, false, "a problem.xml without a judging element, which a Polygon package has",
			"export the package again"},
		{"info.toml", []string{"gen", "sol", "checker.cpp", "verifier.cpp", "params.h"}, true,
			"a problem in the format of library-checker, which is not supported", excludeHint},
		{"config.yml", []string{"prog"}, true, "a task in the format of sinol, which is not supported", excludeHint},
		{"problem.yml", nil, false, "no problem.yaml in this directory", "rename problem.yml to " + native.FileName},
		{"init.yaml", nil, true, "no init.yml in this directory", "rename init.yaml to " + dmoj.FileName},
		{"task.yml", nil, true, "no task.yaml in this directory", "rename task.yml to " + cms.ItalianFile},
	}
}

func exportParts() []string {
	return []string{"subtasks.json", "solutions.json", "subtasks", "gen", "solution"}
}

func italianParts() []string {
	return []string{"gen", "sol", "att", "check", "cor", "statement", "testo"}
}

// parts are what problems of the formats that are read have, besides the file that tells.
func parts() []string {
	return []string{
		"tests", "test", "testdata", "data", "input", "submissions", "solutions", "generators", "input_validators",
		"output_validators", "output_validator",
		"input_format_validators",
	}
}

// testFile reports whether a file's name is that of a test.
func testFile(name string) bool {
	return slices.Contains([]string{".in", ".ans", ".out", ".a"}, filepath.Ext(name))
}

// LookAt says what a directory is, of which the names of all files are known. It opens files only where there is one
// that describes a problem.
func LookAt(dir string, names map[string]bool) Look {
	file := ""
	for _, f := range formats() {
		if names[f.file] && f.detect(dir) {
			file = f.file
			break
		}
	}
	switch {
	case file == "" && (names["domjudge-problem.ini"] && icpc.Detect(dir)):
		file = "domjudge-problem.ini"
	case file == "" && names["input"] && cms.DetectItalian(dir):
		file = "input"
	case file == "":
		look := lookUnread(dir, names)
		if look.Kind == Nothing {
			if look = lookIrregular(dir, names); look.Kind == Nothing {
				look = lookLayout(dir, names)
			}
			return look
		}
		_, err := Open(dir)
		look.Err = asFault(dir, err)
		return look
	}
	problem, err := Open(dir)
	if err == nil {
		problem.Close() //nolint:errcheck // it is opened again
		return Look{Kind: Readable, File: file}
	}
	kind := Suspect
	if hasParts(names, partsOf(file)) || listsTests(dir, file) {
		kind = Broken
	}
	return Look{kind, file, asFault(dir, err)}
}

// partsOf are the parts of a format that others do not have.
func partsOf(file string) []string {
	switch file {
	case polygon.FileName:
		return []string{"files", "statements", "scripts", "check.cpp"}
	case cms.ExportFile:
		return exportParts()
	case cms.ItalianFile:
		return italianParts()
	case dmoj.FileName:
		return []string{"checker.py", "grader.py", "checker.cpp", "interactor.cpp"}
	}
	return nil
}

func lookUnread(dir string, names map[string]bool) Look {
	for _, m := range unread() {
		has := hasAny(names, m.parts) || m.parts == nil && hasParts(names, nil)
		if !names[m.file] || m.only && !has {
			continue
		}
		kind := Suspect
		if has || m.parts == nil && strings.HasPrefix(m.file, "problem.rbx") || hasParts(names, nil) {
			kind = Broken
		}
		return Look{kind, m.file, &problems.Error{File: dir, Msg: m.why, Hint: m.hint}}
	}
	return Look{}
}

// lookIrregular looks for what has the name of a format's file and is none.
func lookIrregular(dir string, names map[string]bool) Look {
	for _, f := range formats() {
		if !names[f.file] {
			continue
		}
		info, err := os.Stat(filepath.Join(dir, f.file))
		fault := &problems.Error{
			File: filepath.Join(dir, f.file), Msg: "not a regular file", Hint: "put the file in its place",
		}
		switch {
		case err == nil && info.Mode().IsRegular():
			continue
		case errors.Is(err, fs.ErrNotExist):
			fault.Msg = "a link that leads nowhere"
		}
		kind := Suspect
		if hasParts(names, partsOf(f.file)) {
			kind = Broken
		}
		return Look{kind, f.file, fault}
	}
	return Look{}
}

// hasParts reports whether there is more of a problem than the file that describes it.
func hasParts(names map[string]bool, more []string) bool {
	if hasAny(names, parts()) || hasAny(names, more) {
		return true
	}
	for name := range names {
		if testFile(name) {
			return true
		}
	}
	return hasPair(names)
}

// listsTests reports whether the file that describes a problem has the key under which its format lists tests, wherever
// they lie. The file may be no YAML.
func listsTests(dir, file string) bool {
	key := map[string]string{native.FileName: "tests:", dmoj.FileName: "test_cases:"}[file]
	f, err := folder.Open(dir)
	if err != nil || key == "" {
		return false
	}
	defer f.Close()
	data, err := f.Read(file)
	return err == nil && (strings.HasPrefix(string(data), key) || strings.Contains(string(data), "\n"+key))
}

func hasAny(names map[string]bool, wanted []string) bool {
	return slices.ContainsFunc(wanted, func(name string) bool { return names[name] })
}

// unreadFault is the error for a directory in which no format is detected, but the file of one is; nil: none is. Where
// file is not empty, that is the file.
func unreadFault(dir, file, named string) *problems.Error {
	root, err := safefile.OpenPackage(dir)
	if err != nil {
		return nil
	}
	defer root.Close()
	names := map[string]bool{}
	entries, _ := os.ReadDir(dir) //nolint:errcheck // those that can be listed tell
	for _, e := range entries {
		names[e.Name()] = true
	}
	look := lookUnread(dir, names)
	if look.Kind == Nothing || file != "" && look.File != file {
		return nil
	}
	if mode, err := root.Type(look.File); err != nil || !mode.IsRegular() {
		return nil // which is told instead
	}
	look.Err.File = named
	return look.Err
}

func asFault(path string, err error) *problems.Error {
	if fault, ok := errors.AsType[*problems.Error](err); ok {
		return fault
	}
	return &problems.Error{File: path, Msg: err.Error()}
}

// IsArchive reports whether a file's name is that of an archive which can hold a problem.
func IsArchive(path string) bool {
	return slices.Contains([]string{".zip", ".kpp"}, filepath.Ext(path))
}
