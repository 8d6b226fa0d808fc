package main

import (
	"errors"
	"fmt"
	"os"

	"judge/judge/contest/page"
	"judge/judge/report"
	"judge/problems/text"
)

// destination is a flag that names an output, and its value.
type destination struct{ flag, path string }

// checkFiles returns an error if the file of a flag cannot be written, or if writing it would destroy one of the
// result files.
func checkFiles(files []destination, results []string) error {
	for _, file := range files {
		if file.path == "" {
			continue
		}
		for _, path := range results {
			if isResultFile(file.path, path) {
				return &usageError{fmt.Sprintf("--%s %s: this is the result file", file.flag, text.Line(file.path)),
					"name another file"}
			}
		}
		// A page is never written through a link. Without this, grading would end before the user learns of it.
		if info, err := os.Lstat(file.path); file.flag == "html" && err == nil && info.Mode()&os.ModeSymlink != 0 {
			return &usageError{fmt.Sprintf("--html %s: expected a file, found a symbolic link", text.Line(file.path)),
				"name the file itself"}
		}
		if err := report.CanWrite(file.path); err != nil {
			return &misuse{fmt.Errorf("--%s %s: %w", file.flag, file.path, err)}
		}
	}
	return nil
}

// isResultFile reports whether a path is a result file, or one of the files that SQLite and judge keep next to it.
func isResultFile(path, results string) bool {
	if path == results+"-wal" || path == results+"-shm" || path == results+".lock" || path == results {
		return true
	}
	one, err := os.Stat(path)
	if err != nil {
		return false
	}
	for _, suffix := range []string{"", "-wal", "-shm", ".lock"} {
		if other, err := os.Stat(results + suffix); err == nil && os.SameFile(one, other) {
			return true
		}
	}
	return false
}

// checkFolders returns an error for "-": only --csv and --json are written to stdout.
func checkFolders(all []destination) error {
	for _, one := range all {
		if one.path == "-" {
			return &usageError{fmt.Sprintf("--%s -: only --csv and --json can be written to stdout", one.flag),
				"name a path, such as ./-"}
		}
	}
	return nil
}

// occupied turns the error about a directory with other contents into a mistake of the user.
func occupied(err error) error {
	var foreign *page.ForeignError
	if errors.As(err, &foreign) {
		return &misuse{&hinted{err, "name another directory"}}
	}
	return err
}
