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
