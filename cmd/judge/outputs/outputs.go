// Package outputs writes the result of a command in all requested formats: JSON, JUnit XML, an HTML page and
// annotations. All of them render the same verify.Result, whether it comes from judge verify, judge run or a saved
// report.
//
//	files := outputs.Files{JUnit: "results.xml"}
//	err := files.Write(outputs.Streams{Stdout: stdout, Stderr: stderr}, result, result)
package outputs

import (
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"

	"judge/judge/report"
	"judge/judge/verify"
	"judge/judge/verify/annotations"
	"judge/judge/verify/codequality"
	"judge/judge/verify/sarif"
	"judge/problems/text"
)

// Files are the outputs that were requested, by their flags; "": none.
type Files struct {
	JSON  string // "-": stdout
	CSV   string // of the submissions of the first problem
	JUnit string
	HTML  string
	SARIF string
	// CodeQuality is GitLab's report.
	CodeQuality string
	GitHub      bool // annotations, and the summary of the step
}

// Streams are where a command writes what goes to no file.
type Streams struct{ Stdout, Stderr io.Writer }

// output is a file in one format.
type output struct {
	flag, path string
	write      func(io.Writer) error
}

// all returns the file outputs. saved is the value for JSON.
func (f Files) all(r verify.Result, saved any) []output {
	return []output{
		{"json", f.JSON, func(w io.Writer) error { return text.WriteJSON(w, saved) }},
		{"csv", f.CSV, func(w io.Writer) error { return report.WriteCSV(w, submissionsOf(r)) }},
		{"junit", f.JUnit, func(w io.Writer) error { return verify.WriteJUnit(w, r) }},
		{"html", f.HTML, func(w io.Writer) error { return verify.WriteHTML(w, r) }},
		{"sarif", f.SARIF, func(w io.Writer) error { return sarif.Write(w, r, place()) }},
		{"codequality", f.CodeQuality, func(w io.Writer) error { return codequality.Write(w, r, place()) }},
	}
}

// submissionsOf returns the report of the only problem. Without a problem it is empty.
func submissionsOf(r verify.Result) *report.Report {
	if len(r.Problems) == 0 || r.Problems[0].Report == nil {
		return &report.Report{}
	}
	return r.Problems[0].Report
}

// place is where CI systems show findings: paths are relative to the root of the repository.
func place() annotations.Place { return annotations.Place{Workspace: os.Getenv("GITHUB_WORKSPACE")} }

// Paths returns the files that are written. Stdout is none of them.
func (f Files) Paths() (all []string) {
	for _, o := range f.all(verify.Result{}, nil) {
		if !o.absent() {
			all = append(all, o.path)
		}
	}
	return all
}

// Flag returns the first flag that requests a file, with its dashes; "": none does.
func (f Files) Flag() string {
	for _, o := range f.all(verify.Result{}, nil) {
		if o.path != "" {
			return "--" + o.flag
		}
	}
	return ""
}

// absent reports whether the output is written to no file.
func (o output) absent() bool { return o.path == "" || o.flag == "json" && o.path == "-" }

// Check reports, before any work is done, why one of the files cannot be written. It creates missing directories.
func (f Files) Check() error {
	for _, o := range f.all(verify.Result{}, nil) {
		if o.absent() {
			continue
		}
		if err := report.CanWrite(o.path); err != nil {
			return fmt.Errorf("--%s %s: %w", o.flag, o.path, err)
		}
	}
	return nil
}

// Write writes every output. A failed output does not stop the others: they may hold hours of work. saved is the
// value for JSON. A reader of stdout that is gone is not an error.
func (f Files) Write(to Streams, r verify.Result, saved any) error {
	var errs []error
	for _, o := range f.all(r, saved) {
		switch {
		case o.path == "":
		case o.flag == "json" && o.path == "-":
			errs = append(errs, ignoreClosed(o.write(to.Stdout)))
		default:
			errs = append(errs, report.WriteFile(o.path, o.write))
		}
	}
	if f.GitHub {
		errs = append(errs, f.annotate(to, r))
	}
	return errors.Join(errs...)
}

// annotate writes workflow commands, and the summary to the file that GitHub names.
func (f Files) annotate(to Streams, r verify.Result) error {
	out := to.Stdout
	if f.JSON == "-" {
		out = to.Stderr // the runner reads commands there, too
	}
	err := ignoreClosed(annotations.Write(text.Commands(out), r, place()))
	path := os.Getenv("GITHUB_STEP_SUMMARY")
	if path == "" {
		return err
	}
	file, failed := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o644)
	if failed != nil {
		return errors.Join(err, fmt.Errorf("write the step's summary: %w", failed))
	}
	return errors.Join(err, verify.WriteSummary(file, r), file.Close())
}

func ignoreClosed(err error) error {
	if errors.Is(err, syscall.EPIPE) {
		return nil
	}
	return err
}
