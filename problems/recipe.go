package problems

// Recipe is one run of a program of the problem's, or none, and what of it is the input and the answer of a test. Tests
// whose recipes have the same program, arguments and stdin share one run.
type Recipe struct {
	Program *External // the generator; nil: nothing runs, and Input and Answer come from elsewhere
	Args    []string
	Stdin   string // absolute path; "": an empty stdin

	Input  Source // FromModel is not allowed
	Answer Source // the zero value: the model solution makes it, or an empty file of a problem without answers

	// InputSHA256 and AnswerSHA256 are the digests that the package states, in hexadecimal; "": it states none.
	InputSHA256, AnswerSHA256 string

	Command string // as the setter wrote it, for messages
	Line    string // the line of the package that holds the recipe, which may make several tests; "": Command
	File    string // where it stands, as the user named it
	Row     int    // line and column in File, from 1; 0: unknown
	Column  int
	Seeded  bool // another seed makes another test: `judge stress` may draw from it
}

// Error returns a fault of the recipe, with its place.
func (r *Recipe) Error(msg, hint string) *Error {
	return &Error{File: r.File, Line: r.Row, Col: r.Column, Msg: msg, Hint: hint}
}

// Origin says where an input or an answer comes from.
type Origin uint8

// The origins of inputs and answers.
const (
	FromModel   Origin = iota // the output of the model solution for the input; of answers only
	FromStdout                // of the run
	FromStderr                // of the run
	FromRunFile               // a file that the run leaves in its working directory: Source.Name
	FromPath                  // a file of the package: Source.Name is its absolute path
	FromText                  // Source.Name is the content
	FromNothing               // an empty file
)

// Source is where an input or an answer comes from.
type Source struct {
	Origin Origin
	Name   string // see Origin

	// Optional is for FromRunFile: a run that leaves no such file has the input on stdout, and the model makes the
	// answer. Without it, a missing file is a fault of the generator.
	Optional bool
}

// Batch is a run of a generator that decides itself which tests there are: each file that it leaves may be one.
type Batch struct {
	Recipe Recipe // Input and Answer are unused
	// Complete adds the tests to the problem, given the names of the files that the run left, in natural order. The
	// tests have recipes of the same run, with FromRunFile.
	Complete func(files []string) error
}

// Template is a recipe with holes: {A..B} is a number of a range, {seed} a fresh seed.
type Template struct {
	Program *External
	Words   []string // arguments, with their holes
	Recipe  Recipe   // Args are unused
}

// Solution returns the model solution, whose outputs are the answers; nil: the problem declares none.
func (p *Problem) Solution() *Submission {
	for i := range p.Submissions {
		if p.Submissions[i].Model {
			return &p.Submissions[i]
		}
	}
	return nil
}

// Made reports whether any test has to be made before the problem can be judged.
func (p *Problem) Made() bool {
	if len(p.Batches) > 0 {
		return true
	}
	for _, t := range p.Tests {
		if t.Recipe != nil {
			return true
		}
	}
	return false
}

// HasAnswers reports whether a missing answer is made by the model solution; else it is an empty file.
func (p *Problem) HasAnswers() bool { return p.Interactor == nil && p.Manager == nil && p.Passes <= 1 }
