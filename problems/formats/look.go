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
	"judge/problems/librarychecker"
	"judge/problems/native"
	"judge/problems/plain"
	"judge/problems/polygon"
	"judge/problems/safefile"
	"judge/problems/sinol"
)

// Kind is the result of a look at a directory.
type Kind uint8

// Kinds of directories.
const (
	Nothing  Kind = iota // it has no file of a format
	Readable             // a problem
	Broken               // a problem that judge cannot read
	Suspect              // only a file that may describe a problem, or belong to another tool
	Layout               // tests and programs of a problem without a file that describes it
)

// Look is what LookAt finds.
type Look struct {
	Kind Kind
	File string          // name of the file that decided
	Err  *problems.Error // why the problem cannot be read
}

// marker is a file by which people recognise a problem that judge cannot read.
type marker struct {
	file  string
	parts []string // names of which a problem has at least one, in addition to parts()
	only  bool     // ignore the file without one of parts (parts() if it is nil): it is another tool's
	why   string   // message of the error
	hint  string   // hint of the error
}

const excludeHint = "convert it to a supported format, or exclude the directory in a .judgeignore file"

// unread lists the formats that judge does not support, and the incomplete states of those that it does. The first
// marker whose file and parts are present counts.
func unread() []marker {
	return []marker{
		{"problem.rbx.yml", nil, false, "a problem in the format of rbx, which is not supported", excludeHint},
		{cms.ExportFile, exportParts(), false, "a CMS export or a TPS task without a tests directory",
			"generate its tests, so that tests/ exists"},
		{cms.ItalianFile, italianParts(), false, "a task of the CMS Italian format without an input directory",
			"put its tests into input/input0.txt, output/output0.txt and so on"},
		{polygon.FileName, nil, false, "a problem.xml without the judging element of a Polygon package",
			"export the package again"},
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

// parts lists names that problems of the supported formats have, in addition to their description.
func parts() []string {
	return []string{
		"tests", "test", "testdata", "data", "input", "submissions", "solutions", "generators", "input_validators",
		"output_validators", "output_validator",
		"input_format_validators",
	}
}

// testFile reports whether a file has a test's name.
func testFile(name string) bool {
	return slices.Contains([]string{".in", ".ans", ".out", ".a"}, filepath.Ext(name))
}

// LookAt reports what a directory is. names are the names of all its files. It opens files only if one of them may
// describe a problem.
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
		problem.Close() //nolint:errcheck // the caller opens it again
		return Look{Kind: Readable, File: file}
	}
	kind := Suspect
	if hasParts(names, partsOf(file)) || listsTests(dir, file) {
		kind = Broken
	}
	return Look{kind, file, asFault(dir, err)}
}

// partsOf lists names that only problems of one format have, by the format's file.
func partsOf(file string) []string {
	switch file {
	case polygon.FileName:
		return []string{"files", "statements", "scripts", "check.cpp"}
	case cms.ExportFile:
		return exportParts()
	case cms.ItalianFile:
		return italianParts()
	case librarychecker.FileName:
		return []string{"gen", "sol", "checker.cpp", "verifier.cpp", "params.h"}
	case sinol.FileName:
		return []string{"prog"}
	case dmoj.FileName:
		return []string{"checker.py", "grader.py", "checker.cpp", "interactor.cpp"}
	}
	return nil
}

// lookUnread looks for a problem that judge cannot read.
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

// lookIrregular looks for an entry with the name of a format's file that is not a regular file.
func lookIrregular(dir string, names map[string]bool) Look {
	for _, f := range formats() {
		if !names[f.file] {
			continue
		}
		info, err := os.Stat(filepath.Join(dir, f.file))
		fault := &problems.Error{
			File: filepath.Join(dir, f.file), Msg: "not a regular file", Hint: "replace it with the file",
		}
		switch {
		case err == nil && info.Mode().IsRegular():
			continue
		case errors.Is(err, fs.ErrNotExist):
			fault.Msg = "broken link"
		}
		kind := Suspect
		if hasParts(names, partsOf(f.file)) {
			kind = Broken
		}
		return Look{kind, f.file, fault}
	}
	return Look{}
}

// hasParts reports whether a directory has more of a problem than its description.
func hasParts(names map[string]bool, more []string) bool {
	if hasAny(names, parts()) || hasAny(names, more) {
		return true
	}
	for name := range names {
		if testFile(name) {
			return true
		}
	}
	return plain.HasPair(names)
}

// listsTests reports whether the file that describes a problem has the key under which its format lists tests. The
// file need not be valid YAML.
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

// unreadFault returns the error for a directory with a marker's file, or nil. If file is not empty, only that file
// counts.
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
		return nil // another error names it
	}
	look.Err.File = named
	return look.Err
}

// asFault returns an error as a *problems.Error.
func asFault(path string, err error) *problems.Error {
	if fault, ok := errors.AsType[*problems.Error](err); ok {
		return fault
	}
	return &problems.Error{File: path, Msg: err.Error()}
}

// IsArchive reports whether a path has the name of an archive of a problem.
func IsArchive(path string) bool {
	return slices.Contains([]string{".zip", ".kpp"}, filepath.Ext(path))
}
