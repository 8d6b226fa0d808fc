package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"judge/cmd/judge/outputs"
	"judge/cmd/judge/terminal"
	"judge/judge/report"
	"judge/judge/verify"
	"judge/problems"
	"judge/problems/formats"
	"judge/problems/safefile"
)

// reportFlags are the flags of show that are about a saved report.
type reportFlags struct {
	out              outputs.Files
	verbose, noColor bool
}

// maxReport bounds a saved report, in bytes.
const maxReport = 512 << 20

// isReport reports whether a path is one of a saved report: a JSON file that no format calls its own.
func isReport(path string) bool {
	info, err := os.Stat(path)
	return filepath.Ext(path) == ".json" && !formats.Names(path) && err == nil && info.Mode().IsRegular()
}

// showReport renders a saved report again.
func showReport(stdio IO, path string, f reportFlags) error {
	if err := f.out.Check(); err != nil {
		return &misuse{err}
	}
	saved, err := readReport(path)
	if err != nil {
		return &problems.Error{File: path, Msg: err.Error()}
	}
	width := terminal.Width(stdio.Stdout)
	color := terminal.Colours(width, f.noColor)
	if saved.Run != nil {
		err = report.Table{Verbose: f.verbose, Width: width, Color: color}.Write(stdio.Stdout, saved.Run)
	} else {
		err = verify.Text{Color: color, Verbose: f.verbose}.Write(stdio.Stdout, saved.Result)
	}
	streams := outputs.Streams{Stdout: stdio.Stdout, Stderr: stdio.Stderr}
	return errors.Join(ignoreClosed(err), f.out.Write(streams, saved.Result, nil))
}

// cause returns a file error without the name, where the message has it already.
func cause(err error) error {
	var inner *fs.PathError
	if errors.As(err, &inner) {
		return inner.Err
	}
	return err
}

// readReport reads a saved report. One of judge run that does not say when it was made has the time of its file.
func readReport(path string) (verify.Saved, error) {
	file, err := safefile.OpenNamed(path)
	if err != nil {
		return verify.Saved{}, cause(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return verify.Saved{}, cause(err)
	}
	if info.Size() > maxReport {
		return verify.Saved{}, errors.New("larger than 512 MiB: not a report")
	}
	saved, err := verify.ReadJSON(file)
	if err == nil && saved.Run != nil && saved.Run.Began == nil {
		saved.Result.Began = info.ModTime()
	}
	return saved, err
}
