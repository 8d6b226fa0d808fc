// Package formats opens a problem in any of the known formats:
//
//	problem, err := formats.Open("examples/aplusb")
package formats

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/archive"
	"judge/problems/cms"
	"judge/problems/dmoj"
	"judge/problems/icpc"
	"judge/problems/lfs"
	"judge/problems/librarychecker"
	"judge/problems/native"
	"judge/problems/plain"
	"judge/problems/polygon"
	"judge/problems/safefile"
	"judge/problems/sinol"
	"judge/problems/tps"
)

// format is one package format.
type format struct {
	name   string
	file   string // its description in a problem's directory
	detect func(dir string) bool
	read   func(dir string) (*problems.Problem, error)
}

// formats returns the formats in the order in which they are tried. ICPC comes before native, as both have a
// problem.yaml.
func formats() []format {
	return []format{
		{"ICPC", icpc.FileName, icpc.Detect, icpc.Read},
		{"native", native.FileName, native.Detect, readNative},
		{"Polygon", polygon.FileName, polygon.Detect, polygon.Read},
		{"TPS", tps.FileName, tps.Detect, tps.Read},
		{"CMS export", cms.ExportFile, cms.DetectExport, cms.ReadExport},
		{"CMS Italian", cms.ItalianFile, cms.DetectItalian, cms.ReadItalian},
		{"library-checker", librarychecker.FileName, librarychecker.Detect, librarychecker.Read},
		{"sinol", sinol.FileName, sinol.Detect, sinol.Read},
		{"DMOJ", dmoj.FileName, dmoj.Detect, dmoj.Read},
	}
}

// readNative reads the native spec in a directory.
func readNative(dir string) (*problems.Problem, error) {
	if fault := icpc.Untested(dir); fault != nil {
		return nil, fault
	}
	return native.Read(filepath.Join(dir, native.FileName))
}

// Format returns the name of the format of the problem at a path, "" if it has none. The problem need not be
// readable.
func Format(path string) string {
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return ""
	}
	if icpc.Untested(path) != nil && !icpc.Detect(path) {
		return "ICPC"
	}
	for _, f := range formats() {
		if f.detect(path) {
			return f.name
		}
	}
	return ""
}

// Open reads the problem at a path: the file that describes it, a directory that contains one, or a zip archive
// (.zip, .kpp) of such a directory. Errors are *problems.Error. The caller closes the problem.
func Open(path string) (*problems.Problem, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &problems.Error{File: path, Msg: "no such problem", Hint: nearProblem(path)}
	case err != nil:
		return nil, &problems.Error{File: path, Msg: safefile.Reason(err), Hint: hint()}
	case info.IsDir():
		return openDir(path, path)
	case IsArchive(path):
		return openArchive(path)
	}
	dir := filepath.Dir(path)
	for _, f := range formats() {
		if f.file != native.FileName && f.file == filepath.Base(path) && f.detect(dir) {
			return openDir(dir, path)
		}
	}
	if filepath.Base(path) == icpc.FileName && icpc.Detect(dir) {
		return openDir(dir, path)
	}
	if fault := unreadFault(dir, filepath.Base(path), path); fault != nil && filepath.Base(path) != "problem.yml" {
		return nil, fault
	}
	if !slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(path)) {
		return nil, &problems.Error{File: path, Msg: "not a problem", Hint: hint()}
	}
	problem, err := native.Read(path)
	return bounded(problem, path, dir, err)
}

// openArchive opens the problem at the top of an archive, or in the archive's only directory.
func openArchive(path string) (*problems.Problem, error) {
	unpacked, err := unpack(path)
	if errors.Is(err, lfs.ErrPointer) {
		return nil, &problems.Error{File: path, Msg: err.Error(), Hint: lfs.Hint}
	}
	if bad, ok := errors.AsType[*archive.Error](err); ok {
		return nil, &problems.Error{File: path, Msg: bad.Msg, Hint: bad.Hint}
	}
	if err != nil {
		return nil, &problems.Error{
			File: path, Msg: safefile.Reason(err), Hint: "name a zip archive of a problem's directory",
		}
	}
	problem, err := openUnpacked(unpacked.Dir, path)
	if err != nil {
		unpacked.Close() //nolint:errcheck // the problem's error is returned
		return nil, err
	}
	problem.Held = append(problem.Held, unpacked)
	if unpacked.Note != "" {
		problem.Remarks = append(problem.Remarks, &problems.Error{File: path, Msg: unpacked.Note})
	}
	for _, note := range unpacked.Notes {
		problem.Remarks = append(problem.Remarks, &problems.Error{File: path, Msg: note})
	}
	return problem, nil
}

// unpack unpacks the archive at a path into the user's cache.
func unpack(path string) (*archive.Unpacked, error) {
	file, err := safefile.OpenNamed(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return archive.Unpack(file, "")
}

// openUnpacked opens the problem in the directory of an unpacked archive.
func openUnpacked(top, path string) (*problems.Problem, error) {
	dir := top
	if !holds(dir) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return nil, &problems.Error{File: path, Msg: safefile.Reason(err)}
		}
		entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
			return !e.IsDir() || strings.HasPrefix(e.Name(), "__MACOSX")
		})
		if len(entries) == 1 {
			dir = filepath.Join(dir, entries[0].Name())
		}
	}
	problem, err := openDir(dir, path)
	if err != nil {
		// The user knows the archive, but not the directory of its files.
		if fault, ok := errors.AsType[*problems.Error](err); ok {
			if inner, found := strings.CutPrefix(fault.File, dir); found {
				fault.File = path + inner
			}
		}
		return nil, err
	}
	if dir == top && problem.Name == filepath.Base(dir) { // the name is that of a cache directory
		problem.Name = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	}
	return problem, nil
}

// holds reports whether a directory is in one of the formats.
func holds(dir string) bool {
	return slices.ContainsFunc(formats(), func(f format) bool { return f.detect(dir) })
}

// Spec returns the file that describes the problem at a path, as the user would name it, "" if there is none. For an
// archive it is the archive.
func Spec(path string) string {
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return path
	}
	for _, certain := range []bool{true, false} {
		for _, f := range formats() {
			info, err := os.Stat(filepath.Join(path, f.file))
			if err == nil && info.Mode().IsRegular() && (!certain || f.detect(path)) {
				return filepath.Join(path, f.file)
			}
		}
	}
	return ""
}

// unfetched returns the name of a format's file in a directory that is a pointer of Git LFS, "" if there is none.
// Without its content the format cannot be detected.
func unfetched(dir string) string {
	real, err := safefile.Real(dir)
	for _, f := range formats() {
		if err == nil && lfs.At(filepath.Join(real, f.file)) {
			return f.file
		}
	}
	return ""
}

// Holds reports whether a directory contains a problem, without reading it.
func Holds(dir string) bool { return holds(dir) || unfetched(dir) != "" }

// Names reports whether a problem can have a file's name: a format's file, a YAML file or an archive.
func Names(path string) bool {
	return IsArchive(path) || slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(path)) ||
		slices.ContainsFunc(formats(), func(f format) bool { return f.file == filepath.Base(path) })
}

// openDir opens the problem in a directory. named is the path that the user gave.
func openDir(dir, named string) (*problems.Problem, error) {
	for _, f := range formats() {
		if !f.detect(dir) {
			continue
		}
		problem, err := f.read(dir)
		root := named
		if filepath.Base(named) == f.file && filepath.Base(dir) != f.file {
			root = filepath.Dir(named)
		}
		return bounded(problem, named, root, err)
	}
	if fault := linked(dir, named); fault != nil {
		return nil, fault
	}
	if file := unfetched(dir); file != "" {
		return nil, lfs.Explain(&problems.Error{File: filepath.Join(dir, file)})
	}
	if fault := unreadFault(dir, "", named); fault != nil {
		return nil, fault
	}
	if fault := lostSpec(dir, list(dir)); fault != nil {
		fault.File = named
		return nil, fault
	}
	if plain.Detect(dir) { // tests without a description; the user named them
		problem, err := plain.Read(dir)
		return bounded(problem, named, named, err)
	}
	return nil, &problems.Error{File: named, Msg: "no " + files() + " in this directory", Hint: dirHint(dir, named)}
}

// linked returns the error about a format's file in a directory that is a link that is not followed, or nil.
func linked(dir, named string) *problems.Error {
	root, err := safefile.OpenPackage(dir)
	if err != nil {
		return nil
	}
	defer root.Close()
	for _, f := range formats() {
		if _, err := root.Type(f.file); errors.Is(err, safefile.ErrOutside) {
			return &problems.Error{
				File: filepath.Join(named, f.file), Msg: err.Error(), Hint: "put a copy in its place",
			}
		}
	}
	return nil
}

// bounded checks a problem that was read: it bounds the groups and the notes, and rejects unfetched files of Git LFS.
// named is the path that the user gave, and root that of the problem's directory. err is returned as it is if set.
func bounded(problem *problems.Problem, named, root string, err error) (*problems.Problem, error) {
	if err != nil {
		return nil, lfs.Explain(err)
	}
	if err := lfs.Check(problem, root); err != nil {
		problem.Close() //nolint:errcheck // the first error is returned
		return nil, err
	}
	if n := len(problem.Scoring.Groups()); n > mostGroups {
		msg := fmt.Sprintf("%d groups of tests: expected at most %d", n, mostGroups)
		return nil, &problems.Error{File: named, Msg: msg}
	}
	problem.Path = named
	if fault := muchMemory(problem, root); fault != nil {
		problem.Remarks = append(problem.Remarks, fault)
	}
	problem.Remarks = distinct(problem.Remarks)
	return problem, nil
}

// mostGroups bounds the groups of a problem: computing scores compares all pairs.
const mostGroups = 1000

// mostRemarks bounds the notes on one problem.
const mostRemarks = 500

// distinct removes repeated notes, as several groups may share a settings file. It bounds the number of notes.
func distinct(remarks []*problems.Error) []*problems.Error {
	var kept []*problems.Error
	seen := map[problems.Error]bool{}
	for _, r := range remarks {
		if seen[*r] {
			continue
		}
		seen[*r] = true
		if len(kept) < mostRemarks {
			kept = append(kept, r)
		}
	}
	if more := len(seen) - len(kept); more > 0 {
		msg := fmt.Sprintf("%d more notes on this problem are left out", more)
		kept = append(kept, &problems.Error{File: kept[0].File, Msg: msg})
	}
	return kept
}

// dirHint returns a hint about the problem that the user most likely meant.
func dirHint(dir, named string) string {
	root, err := safefile.OpenPackage(dir)
	if err != nil {
		return hint()
	}
	defer root.Close()
	for _, f := range formats() {
		if mode, err := root.Type(f.file); err == nil && !mode.IsRegular() {
			return f.file + " must be a regular file"
		}
		beneath, err := filepath.Glob(filepath.Join(escape(dir), "*", f.file))
		if err == nil && len(beneath) > 0 && IsArchive(named) {
			return fmt.Sprintf("archive one of the problems in it, such as %q",
				filepath.Base(filepath.Dir(beneath[0])))
		}
		if err == nil && len(beneath) > 0 {
			return fmt.Sprintf("name one of the problems in it, such as %q", filepath.Dir(beneath[0]))
		}
	}
	return hint()
}

// escape quotes a directory's name for filepath.Glob.
func escape(dir string) string {
	return strings.NewReplacer(`*`, `\*`, `?`, `\?`, `[`, `\[`, `\`, `\\`).Replace(dir)
}

func hint() string {
	return "name a " + files() + ", its directory, or a zip archive of it"
}

// files lists the names of the formats' files.
func files() string {
	var files []string
	for _, f := range formats() {
		if !slices.Contains(files, f.file) {
			files = append(files, f.file)
		}
	}
	last := len(files) - 1
	return strings.Join(files[:last], ", ") + " or " + files[last]
}

// nearProblem returns a hint with a similar name to a missing path, if there is one.
func nearProblem(path string) string {
	const most = 1000 // entries to compare
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return hint()
	}
	defer dir.Close()
	names, _ := dir.Readdirnames(most) //nolint:errcheck // a hint from what could be read
	slices.Sort(names)
	if near := problems.NearestFile(filepath.Base(path), names); near != "" {
		return fmt.Sprintf("did you mean %q?", filepath.Join(filepath.Dir(path), near))
	}
	return hint()
}
