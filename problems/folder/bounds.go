package folder

import "fmt"

// Bounds of a problem's directory. Links can make a few files look like any number, so the reader counts its reads, not
// the files on disk.
const (
	mostEntries = 200_000    // files and directories in one directory
	mostListed  = 1_000_000  // entries of all directories together; a directory counts each time it is listed
	mostDirs    = 10_000     // directories listed; one counts each time it is listed
	mostText    = 4 << 20    // bytes of one file that describes the problem
	mostTexts   = 1 << 30    // bytes of all such files
	maxYAMLs    = 32 << 20   // bytes of all YAML files
	mostSteps   = 10_000_000 // comparisons of patterns with names
	mostSources = 1000       // files of a program that are checked for links
	mostSkipped = 100        // notes on unused files
	mostUnknown = 20         // notes on unknown keys of one file
)

// spent counts how much of each bound has been used.
type spent struct{ dirs, entries, text, yaml, steps int }

// listed adds a listed directory to the counts. It returns an error once a bound is exceeded.
func (f *Folder) listed(dir string, entries int) error {
	f.spent.dirs++
	f.spent.entries += entries
	switch {
	case f.spent.dirs > mostDirs:
		return f.Fault(dir, 0, fmt.Sprintf("more than %d directories to read, links to directories included", mostDirs),
			"look for links that lead back to a directory above")
	case f.spent.entries > mostListed:
		return f.Fault(dir, 0,
			fmt.Sprintf("more than %d files in all directories, files behind links included", mostListed),
			"look for links that lead back to a directory above")
	}
	return nil
}

// read adds n bytes to the count of text. It returns an error once the bound is exceeded.
func (f *Folder) read(name string, n int) error {
	if f.spent.text += n; f.spent.text > mostTexts {
		return f.Fault(name, 0, fmt.Sprintf("more than %d MiB of text to read in all files", mostTexts>>20), "")
	}
	return nil
}

// Steps counts the steps of a search whose length is a product, such as patterns times tests. It returns an error
// once there are too many.
func (f *Folder) Steps(name string, n int) error {
	if f.spent.steps += n; f.spent.steps > mostSteps {
		return f.Fault(name, 0, fmt.Sprintf("more than %d comparisons of patterns with names", mostSteps),
			"use fewer patterns")
	}
	return nil
}
