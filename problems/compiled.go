package problems

// Grader is the set of files that are compiled with a submission, as in tasks of the IOI: they read the input, call the
// submission's functions and write the output.
type Grader struct {
	// Name is the name that a submission's single file gets, without the extension; "": it keeps its own.
	Name string
	// Files are absolute paths by language id. The first file of a language starts the program.
	Files map[string][]string
	// Library says that the files are only added to the submission, whose own files start the program.
	Library bool
	// Before is put before the first file, and BeforeSubmission before every source of the submission: lines of a
	// preprocessor.
	Before, BeforeSubmission string
}

// Headers are what the sources of a problem's own programs and of its listed submissions in C and C++ can include. Each
// source is then compiled at its place in the problem's directory, so that "../x.h" is found, too.
type Headers struct {
	// Files are headers that are no files of the package. Their names are relative to the problem's directory.
	Files []File
	// Dirs are searched for headers, as by the compilers' option -I. They are relative to the problem's directory.
	Dirs []string
}
