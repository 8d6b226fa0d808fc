package main

import (
	"errors"
	"fmt"
	"os"

	"judge/judge/contest/page"
	"judge/judge/contest/read"
	"judge/judge/report"
	"judge/problems/text"
)

// destination is a flag that names an output, and its value.
type destination struct{ flag, path string }

// precious are the files that no output replaces.
type precious struct {
	results []string // result files
	inputs  []string // of the contest
}

// preciousOf returns the precious files of contests and result files.
func preciousOf(paths []string) (all precious) {
	for _, path := range paths {
		all.results = append(all.results, resultFileOf(path))
		all.inputs = append(all.inputs, read.Inputs(path)...)
	}
	return all
}

// checkFiles returns an error if the file of a flag cannot be written, or if writing it would destroy a precious one.
func checkFiles(files []destination, not precious) error {
	for _, file := range files {
		if file.path == "" {
			continue
		}
		if what := not.names(file.path); what != "" {
			return &usageError{fmt.Sprintf("--%s %s: this is %s", file.flag, text.Line(file.path), what),
				"name another file"}
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

// names says which precious file a path is; "": none of them.
func (p precious) names(path string) string {
	for _, results := range p.results {
		if isResultFile(path, results) {
			return "the result file"
		}
	}
	for _, input := range p.inputs {
		if sameFile(path, input) {
			return "a file of the contest"
		}
	}
	return ""
}

func sameFile(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// isResultFile reports whether a path is a result file, or one of the files that SQLite and judge keep next to it.
func isResultFile(path, results string) bool {
	for _, suffix := range []string{"", "-wal", "-shm", ".lock"} {
		if path == results+suffix || sameFile(path, results+suffix) {
			return true
		}
	}
	return false
}

// checkNotStdout returns an error for "-": only --csv and --json are written to stdout.
func checkNotStdout(all []destination) error {
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
