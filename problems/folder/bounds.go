package folder

import "fmt"

// Bounds of a problem's directory. Links can make a few files look like any number, so that reads are counted instead
// of files.
const (
	mostEntries = 200_000    // files and directories in one directory
	mostListed  = 1_000_000  // in all directories together, each time that they are listed
	mostDirs    = 10_000     // directories that are listed, each time
	mostText    = 4 << 20    // bytes of a file that says what the problem is
	mostTexts   = 1 << 30    // of all of them
	maxYAMLs    = 32 << 20   // bytes of all YAML files
	mostSteps   = 10_000_000 // comparisons of patterns with names
	mostSources = 1000       // files of a program in which links are looked for
	mostSkipped = 100        // notes on what is not used, and on unknown keys
	mostUnknown = 20         // notes on unknown keys of one file
)

// spent is how much of the bounds was used.
type spent struct{ dirs, entries, text, yaml, steps int }

// listed counts a directory that was listed.
func (f *Folder) listed(dir string, entries int) error {
	f.spent.dirs++
	f.spent.entries += entries
	switch {
	case f.spent.dirs > mostDirs:
		return f.Fault(dir, 0, fmt.Sprintf("more than %d directories to read: a link to a directory counts as one", mostDirs),
			"look for links that lead back to a directory above")
	case f.spent.entries > mostListed:
		return f.Fault(dir, 0,
			fmt.Sprintf("more than %d files in all directories: a link counts as what it leads to", mostListed),
			"look for links that lead back to a directory above")
	}
	return nil
}

// read counts bytes that were read.
func (f *Folder) read(name string, n int) error {
	if f.spent.text += n; f.spent.text > mostTexts {
		return f.Fault(name, 0, fmt.Sprintf("more than %d MiB of text to read in all files", mostTexts>>20), "")
	}
	return nil
}

// Steps counts the steps of a search whose length is a product, such as patterns times tests. Too many are an error.
func (f *Folder) Steps(name string, n int) error {
	if f.spent.steps += n; f.spent.steps > mostSteps {
		return f.Fault(name, 0, fmt.Sprintf("more than %d comparisons of patterns with names", mostSteps),
			"use fewer patterns")
	}
	return nil
}
