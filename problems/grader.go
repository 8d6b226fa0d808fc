package problems

// Grader is what comes with a problem to be compiled together with a submission: it reads the input, calls the
// submission and writes the output, as tasks of the IOI have it.
type Grader struct {
	// Name is what the submission's single file is called, without the extension; "": as it is.
	Name string
	// Files are absolute paths of files, by the id of a language. The first of each starts the program.
	Files map[string][]string
	// Beside says that the files only lie beside the submission, which starts as its language has it.
	Beside bool
	// Before is put before the first file, and BeforeSubmission before every source of the submission: lines of a
	// preprocessor.
	Before, BeforeSubmission string
}
