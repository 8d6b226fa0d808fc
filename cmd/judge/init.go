package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"judge/problems/safefile"
	"judge/problems/text"
)

//go:embed first firstcontest
var templates embed.FS

// template is what judge init creates.
type template struct {
	name  string   // value of --type
	from  string   // directory of the files
	spec  string   // the file that describes it
	taken []string // files that must not be there, in addition to those of the template
	dirs  []string // empty directories to create
	next  string   // what to do next; %s is the directory
}

// allTemplates returns the templates. The first one is the default of --type.
func allTemplates() []template {
	return []template{
		{"problem", "first", "problem.yaml", nil, nil, "judge verify %s"},
		{"contest", "firstcontest", "contest.yaml", []string{"contest.yml", "contest.json"},
			[]string{"problems", "submissions"}, "judge grade %s"},
	}
}

func initCommand(stdio IO) *cli.Command {
	return &cli.Command{
		Name:      "init",
		Usage:     "create a new problem or contest from a template",
		ArgsUsage: "DIRECTORY",
		Description: "Creates a commented spec, tests, a validator and submissions of a problem, or a commented\n" +
			"contest.yaml. Without DIRECTORY a contest is created in the current directory.\n" +
			"Existing files are never overwritten.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "type", Value: "problem", Usage: "create a `TYPE`: problem or contest"},
		},
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			kind, err := templateOf(c.String("type"))
			if err != nil {
				return err
			}
			dir := c.Args().First()
			switch {
			case c.NArg() == 0 && kind.name == "contest":
				dir = "."
			case c.NArg() != 1:
				return &usageError{"no directory given: judge init DIRECTORY", ""}
			}
			if err := kind.create(dir); err != nil {
				return &misuse{err}
			}
			spec := text.Line(filepath.Join(dir, kind.spec))
			fmt.Fprintf(stdio.Stdout, "created %s. Next:\n  "+kind.next+"\n", spec, text.Line(dir))
			return nil
		},
	}
}

// templateOf returns the template of a type.
func templateOf(name string) (template, error) {
	var names []string
	for _, t := range allTemplates() {
		if t.name == name {
			return t, nil
		}
		names = append(names, t.name)
	}
	return template{}, &usageError{fmt.Sprintf("--type %s: expected problem or contest", name), nearest(name, names)}
}

// create writes the template. Links are not followed.
func (t template) create(dir string) error {
	first, err := fs.Sub(templates, t.from)
	if err != nil {
		return err
	}
	if info, err := os.Lstat(filepath.Clean(dir)); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return &hinted{fmt.Errorf("%s: a link", dir), "name the directory that it leads to"}
	}
	to, err := safefile.Created(dir)
	if err != nil {
		return err
	}
	defer to.Close()
	root := to.Root
	each := func(do func(name string, data []byte) error) error {
		return fs.WalkDir(first, ".", func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			data, err := fs.ReadFile(first, name)
			return errors.Join(err, do(name, data))
		})
	}
	if err := each(func(name string, _ []byte) error {
		return free(root, dir, name)
	}); err != nil {
		return err
	}
	for _, name := range t.taken {
		if err := free(root, dir, name); err != nil {
			return err
		}
	}
	for _, name := range t.dirs {
		if err := directory(root, dir, name); err != nil {
			return err
		}
	}
	return each(func(name string, data []byte) error { return create(root, name, data) })
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
