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

//go:embed first
var firstProblem embed.FS

func initCommand(stdio IO) *cli.Command {
	return &cli.Command{
		Name:      "init",
		Usage:     "create a new problem from a template",
		ArgsUsage: "DIRECTORY",
		Description: "Creates a commented spec, tests, a validator and submissions.\n" +
			"Existing files are never overwritten.",
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			if c.NArg() != 1 {
				return &usageError{"no directory given: judge init DIRECTORY", ""}
			}
			dir := c.Args().First()
			if err := createProblem(dir); err != nil {
				return &misuse{err}
			}
			spec := text.Line(filepath.Join(dir, "problem.yaml"))
			fmt.Fprintf(stdio.Stdout, "created %s. Next:\n  judge verify %s\n", spec, text.Line(dir))
			return nil
		},
	}
}

// createProblem writes the template of a problem. Links are not followed.
func createProblem(dir string) error {
	first, err := fs.Sub(firstProblem, "first")
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
	return each(func(name string, data []byte) error { return create(root, name, data) })
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
