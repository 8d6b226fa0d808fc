package grade

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/archive"
	"judge/problems/safefile"
)

// Bounds of what is hashed.
const (
	maxEntries = 100_000  // files and directories of one program or one test's extra files
	maxDepth   = 32       // directories inside each other
	shortHash  = 16       // hexadecimal digits of a file's digest that are stored to name what changed
	settings   = "limits" // stands for everything in a package's specification that judging depends on
)

// packageDigest returns the digest of everything in a problem that a judgement depends on: its settings, and the
// content of its files. Statements, submissions and validators do not count. files are the beginnings of the digests
// of the files, by their names in the package, and that of the settings.
func packageDigest(p *problems.Problem) (digest string, files map[string]string, err error) {
	h := &packageHash{all: sha256.New(), settings: sha256.New(), files: map[string]string{}, known: map[string]string{}}
	h.roots = append(h.roots, p.Dir)
	for _, held := range p.Held {
		if u, ok := held.(*archive.Unpacked); ok {
			h.roots = append(h.roots, u.Dir)
		}
	}
	if repository := safefile.Repository(p.Dir); repository != "" {
		h.roots = append(h.roots, repository)
	}
	h.value(reflect.ValueOf(*p))
	if h.err != nil {
		return "", nil, h.err
	}
	of := hex.EncodeToString(h.settings.Sum(nil))
	h.files[settings] = of[:shortHash]
	io.WriteString(h.all, of) //nolint:errcheck // a hash
	return hex.EncodeToString(h.all.Sum(nil)), h.files, nil
}

// packageHash walks a problem. Every field counts unless irrelevant lists it, so that a new field of the model cannot
// be forgotten.
type packageHash struct {
	all      hash.Hash // of the files, in the order of the walk
	settings hash.Hash
	roots    []string // directories in which the package's files are
	files    map[string]string
	known    map[string]string // digests by path
	err      error
}

// irrelevant are the fields that no judgement depends on.
func irrelevant() map[string]bool {
	return map[string]bool{
		"Problem.Name": true, "Problem.Dir": true, "Problem.Path": true, "Problem.Part": true,
		"Problem.Submissions": true, "Problem.Foreign": true, "Problem.InputValidators": true,
		"Problem.AnswerValidators": true, "Problem.NotRun": true, "Problem.Samples": true, "Problem.Remarks": true,
		"Problem.Held": true, "Problem.ValidNames": true, "Problem.TimeRule": true, "TestCase.Listed": true,
		"Problem.Batches": true,
		"Problem.Stress":  true, "Limits.GenerationOutput": true, "TestCase.Recipe": true,
		"TestCase.AnswerArgs": true, "TestCase.ValidatorArgs": true, "TestCase.ValidatorArgsOf": true,
	}
}

func (h *packageHash) note(parts ...string) {
	for _, part := range parts {
		binary.Write(h.settings, binary.LittleEndian, uint64(len(part))) //nolint:errcheck // a hash
		io.WriteString(h.settings, part)                                 //nolint:errcheck // a hash
	}
}

func (h *packageHash) value(v reflect.Value) {
	if h.err != nil {
		return
	}
	switch v.Kind() {
	case reflect.String:
		h.text(v.String())
	case reflect.Struct:
		h.fields(v)
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			h.note("nil")
			return
		}
		h.value(v.Elem())
	case reflect.Slice, reflect.Array:
		h.note(fmt.Sprint(v.Len()))
		if v.Type().Elem().Kind() == reflect.Uint8 {
			h.note(string(v.Bytes()))
			return
		}
		for i := range v.Len() {
			h.value(v.Index(i))
		}
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		for _, key := range keys {
			h.note(fmt.Sprint(key))
			h.value(v.MapIndex(key))
		}
	default:
		h.note(fmt.Sprint(v))
	}
}

func (h *packageHash) fields(v reflect.Value) {
	skip := irrelevant()
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if !field.IsExported() || skip[v.Type().Name()+"."+field.Name] {
			continue
		}
		h.note(field.Name)
		if t, ok := v.Interface().(problems.TestCase); ok && h.made(t, field.Name) {
			continue
		}
		h.value(v.Field(i))
	}
	if e, ok := v.Interface().(problems.External); ok && e.Path != "" {
		h.headers(e.Path)
	}
}

// made adds the content of an input or an answer that was made: it is in no directory of the package.
func (h *packageHash) made(t problems.TestCase, field string) bool {
	path, name := t.Input, t.Name+" (made input)"
	if field == "Answer" {
		path, name = t.Answer, t.Name+" (made answer)"
	}
	if t.Recipe == nil || path == "" || field != "Input" && field != "Answer" || h.inPackage(path) {
		return false
	}
	sum, err := fileDigest(path)
	if err != nil {
		h.err = err
		return true
	}
	h.files[name] = sum[:shortHash]
	io.WriteString(h.all, sum) //nolint:errcheck // a hash
	return true
}

// inPackage reports whether a path is in one of the directories of the package.
func (h *packageHash) inPackage(path string) bool {
	inside := func(root string) bool {
		return root != "" && strings.HasPrefix(path, strings.TrimSuffix(root, "/")+"/")
	}
	return filepath.IsAbs(path) && slices.ContainsFunc(h.roots, inside)
}

// text adds a string, or the content of the file that it names.
func (h *packageHash) text(s string) {
	if !h.inPackage(s) {
		h.note(s)
		return
	}
	h.path(s)
}

// path adds a file, or all files of a directory.
func (h *packageHash) path(path string) {
	if sum, known := h.known[path]; known {
		io.WriteString(h.all, sum) //nolint:errcheck // a hash
		return
	}
	sum, err := fileDigest(path)
	if err != nil {
		var inner map[string]string
		if sum, inner, err = dirDigest(path); err != nil {
			h.err = err
			return
		}
		for name, digest := range inner {
			h.files[h.name(filepath.Join(path, name))] = digest[:shortHash]
		}
	} else {
		h.files[h.name(path)] = sum[:shortHash]
	}
	h.known[path] = sum
	io.WriteString(h.all, sum) //nolint:errcheck // a hash
}

// headers adds what a program of one file can include from its directory.
func (h *packageHash) headers(path string) {
	if _, err := fileDigest(path); err != nil {
		return // a directory: all of its files count already
	}
	for _, pattern := range []string{"*.h", "*.hh", "*.hpp"} {
		glob := filepath.Join(quoteGlob(filepath.Dir(path)), pattern)
		found, _ := filepath.Glob(glob) //nolint:errcheck // it is valid
		for _, header := range found {
			if sum, err := fileDigest(header); err == nil {
				h.files[h.name(header)] = sum[:shortHash]
				io.WriteString(h.all, sum) //nolint:errcheck // a hash
			}
		}
	}
}

func quoteGlob(dir string) string {
	return strings.NewReplacer(`*`, `\*`, `?`, `\?`, `[`, `\[`, `\`, `\\`).Replace(dir)
}

// name returns a file's name in the package.
func (h *packageHash) name(path string) string {
	if name, err := filepath.Rel(h.roots[0], path); err == nil && filepath.IsLocal(name) {
		return name
	}
	return filepath.Base(path)
}

// fileDigest returns the digest of a regular file. The path has no links.
func fileDigest(path string) (string, error) {
	file, err := safefile.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	return contentDigest(file)
}

func contentDigest(r io.Reader) (string, error) {
	sum := sha256.New()
	if _, err := io.Copy(sum, r); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// dirDigest returns the digest of all regular files in a directory, and that of each by its name in it.
func dirDigest(dir string) (string, map[string]string, error) {
	root, err := safefile.OpenRoot(dir)
	if err != nil {
		return "", nil, err
	}
	defer root.Close()
	files, left := map[string]string{}, maxEntries
	if err := hashTree(root, ".", maxDepth, &left, files); err != nil {
		return "", nil, err
	}
	all := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(all, "%d %s %s", len(name), name, files[name])
	}
	return hex.EncodeToString(all.Sum(nil)), files, nil
}

func hashTree(root *safefile.Root, at string, depth int, left *int, files map[string]string) error {
	dir, err := root.OpenDir(at)
	if err != nil {
		return err
	}
	names, err := dir.Readdirnames(*left + 1)
	dir.Close()
	if err != nil && err != io.EOF { //nolint:errorlint // as Readdirnames returns it
		return err
	}
	if *left -= len(names); *left < 0 || depth == 0 {
		return fmt.Errorf("%s: expected at most %d files and %d directories inside each other",
			root.Dir, maxEntries, maxDepth)
	}
	for _, name := range names {
		name = filepath.Join(at, name)
		mode, err := root.Lstat(name)
		switch {
		case err != nil:
			return err
		case mode.IsDir():
			if err := hashTree(root, name, depth-1, left, files); err != nil {
				return err
			}
		case mode.IsRegular():
			file, err := root.Open(name)
			if err != nil {
				return err
			}
			files[name], err = contentDigest(file)
			file.Close()
			if err != nil {
				return err
			}
		default:
			sum := sha256.Sum256([]byte(mode.Type().String()))
			files[name] = hex.EncodeToString(sum[:])
		}
	}
	return nil
}
