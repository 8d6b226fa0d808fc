package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"judge/problems/native"
	"judge/problems/safefile"
	"judge/problems/text"
)

//go:embed first firstcontest
var templates embed.FS

// template is what judge init creates.
type template struct {
	name  string   // value of --type
	from  []string // directories of the files; LANGUAGE in one is that of the programs
	spec  string   // the file that describes it
	taken []string // files that must not be there, in addition to those of the template
	dirs  []string // empty directories to create
	next  string   // what to do next; %s is the directory
}

// allTemplates returns the templates. The first one is the default of --type.
func allTemplates() []template {
	var all []template
	for _, name := range []string{
		"pass-fail", "scoring", "interactive", "output-only", "communication", "grader", "multi-pass",
	} {
		t := template{name: name, spec: native.FileName, next: "judge verify %s"}
		t.from = []string{"first/" + name, "first/common", "first/common/LANGUAGE", "first/" + name + "/files",
			"first/" + name + "/LANGUAGE"}
		all = append(all, t)
	}
	return append(all, template{"contest", []string{"firstcontest"}, "contest.yaml",
		[]string{"contest.yml", "contest.json"}, []string{"problems", "submissions"}, "judge grade %s"})
}

// initLanguages returns the values of --language, each with the extension of its sources and the entry of its grader.
// The first one is the default.
func initLanguages() []struct{ name, ext, grader string } {
	return []struct{ name, ext, grader string }{
		{"cpp", "cpp", "cpp: [graders/grader.cpp, graders/largest.h]"},
		{"python", "py", "python3: graders/grader.py"},
	}
}

func initCommand(stdio IO) *cli.Command {
	return &cli.Command{
		Name:      "init",
		Usage:     "create a new problem or contest from a template",
		ArgsUsage: "DIRECTORY",
		Description: "Creates a problem that is valid at once: a commented spec, a statement, a generator, " +
			"a validator,\n" +
			"and submissions with their expected verdicts. Or a commented contest.yaml: without DIRECTORY it is\n" +
			"created in the current directory. Existing files are never overwritten.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "type", Value: "pass-fail", Usage: "create a `TYPE`: " +
				strings.Join(templateNames(), ", ")},
			&cli.StringFlag{Name: "language", Value: "cpp", Usage: "write the programs in `LANGUAGE`: cpp or python"},
		},
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			kind, err := templateOf(c.String("type"))
			if err != nil {
				return err
			}
			language := c.String("language")
			if language != "cpp" && language != "python" {
				return &usageError{fmt.Sprintf("--language %s: expected cpp or python", language),
					nearest(language, []string{"cpp", "python"})}
			}
			dir := c.Args().First()
			switch {
			case c.NArg() == 0 && kind.name == "contest":
				dir = "."
			case c.NArg() != 1:
				return &usageError{"no directory given: judge init DIRECTORY", ""}
			}
			if err := kind.create(dir, language); err != nil {
				return &misuse{err}
			}
			spec := text.Line(filepath.Join(dir, kind.spec))
			fmt.Fprintf(stdio.Stdout, "created %s. Next:\n  "+kind.next+"\n", spec, text.Line(dir))
			return nil
		},
	}
}

// templateNames returns the values of --type.
func templateNames() []string {
	var names []string
	for _, t := range allTemplates() {
		names = append(names, t.name)
	}
	return names
}

// templateOf returns the template of a type.
func templateOf(name string) (template, error) {
	for _, t := range allTemplates() {
		if t.name == name || name == "problem" { // an older name of the first one
			return t, nil
		}
	}
	names := templateNames()
	return template{}, &usageError{
		fmt.Sprintf("--type %s: expected %s", name, strings.Join(names, ", ")), nearest(name, names),
	}
}

// files returns the files of the template by their names. The programs are in a language.
func (t template) files(language string) (map[string][]byte, error) {
	ext, grader := "", ""
	for _, l := range initLanguages() {
		if l.name == language {
			ext, grader = l.ext, l.grader
		}
	}
	files := map[string][]byte{}
	for i, from := range t.from {
		from = strings.ReplaceAll(from, "LANGUAGE", language)
		deep := i > 1 || len(t.from) == 1 // the first ones hold directories of other templates and languages
		err := fs.WalkDir(templates, from, func(name string, entry fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist) && name == from:
				return fs.SkipDir
			case err != nil:
				return err
			case entry.IsDir() && name != from && !deep:
				return fs.SkipDir
			case entry.IsDir():
				return nil
			}
			data, err := fs.ReadFile(templates, name)
			name = strings.TrimPrefix(name, from+"/")
			if name == "gitignore" {
				name = ".gitignore" // go:embed leaves out names that begin with a dot
			}
			if name == t.spec {
				data = []byte(strings.NewReplacer(".EXT", "."+ext, "GRADER", grader).Replace(string(data)))
			}
			files[name] = data
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	if !bytes.Contains(files[t.spec], []byte(`"random `)) {
		delete(files, "generators/random."+ext)
	}
	return files, nil
}

// create writes the template. Links are not followed.
func (t template) create(dir, language string) error {
	files, err := t.files(language)
	if err != nil {
		return err
	}
	names := slices.Sorted(maps.Keys(files))
	if info, err := os.Lstat(filepath.Clean(dir)); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return &hinted{fmt.Errorf("%s: a link", dir), "name the directory that it leads to"}
	}
	to, err := safefile.Created(dir)
	if err != nil {
		return err
	}
	defer to.Close()
	root := to.Root
	for _, name := range slices.Concat([]string{t.spec}, names, t.taken) {
		if err := free(root, dir, name); err != nil {
			return err
		}
	}
	for _, name := range t.dirs {
		if err := directory(root, dir, name); err != nil {
			return err
		}
	}
	for _, name := range names {
		if err := create(root, name, files[name]); err != nil {
			return err
		}
	}
	return nil
}

// directory creates a directory, unless there is one. A link is an error.
func directory(root *os.Root, dir, name string) error {
	if info, err := root.Lstat(name); err == nil && !info.IsDir() {
		return fmt.Errorf("%s: not a directory", filepath.Join(dir, name))
	}
	return root.MkdirAll(name, 0o755)
}

// free returns an error if a file cannot be created: it exists, or a directory on the way to it is a link or not a
// directory.
func free(root *os.Root, dir, name string) error {
	if _, err := root.Lstat(name); err == nil {
		return fmt.Errorf("%s exists", filepath.Join(dir, name))
	}
	for above := filepath.Dir(name); above != "."; above = filepath.Dir(above) {
		if info, err := root.Lstat(above); err == nil && !info.IsDir() {
			return fmt.Errorf("%s: not a directory", filepath.Join(dir, above))
		}
	}
	return nil
}

// create writes a file that does not exist yet.
func create(root *os.Root, name string, data []byte) error {
	if err := root.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	file, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	return errors.Join(err, file.Close())
}
