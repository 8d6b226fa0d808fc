package problems

import (
	"errors"
	"io"
	"regexp"
	"slices"
	"time"
)

// Bytes is a size in bytes. MiB and KiB appear only where a spec is read and a result is rendered.
type Bytes int64

// Sizes in which specs speak.
const (
	KiB Bytes = 1 << 10
	MiB Bytes = 1 << 20
)

// Problem is a complete, checked problem: every path in it is absolute, exists and is beneath Dir.
type Problem struct {
	Name        string
	Dir         string // absolute path of the problem's directory
	Path        string // the file or directory that the user named
	Limits      Limits
	Tests       []TestCase // in the order in which they are listed and judged
	Scoring     *Scoring   // by which results become scores; nil: a submission passes or fails
	Checker     Checker
	Interactor  *External // interacts with the submission and decides; nil: input on stdin, output to the checker
	Manager     *Manager  // interacts with several processes of the submission and decides; nil: none
	Passes      int       // the most runs of one test that the checker may request; 0 or 1: once
	Part        bool      // some of its tests have been left out: what is expected of all of them cannot be checked
	OnlySamples bool      // all tests are samples, although the format requires others
	OutputOnly  bool      // submissions are not programs but outputs, a file for each test
	SomeOutputs bool      // its own system takes outputs for some tests, alone or with a program; here that is an error
	Files       FileNames // instead of stdin and stdout
	Unbuffered  bool      // the stdout of submissions in C, C++, Python and Lua is written at once
	Define      string    // a macro that the compilers of submissions in C, C++ and Pascal define; "": none
	Grader      *Grader   // compiled together with every submission; nil: submissions are whole programs
	Submissions []Submission
	Batches     []Batch   // runs that make tests whose names only the runs decide
	Stress      *Template // from which random tests are drawn; nil: from recipes with seeds

	Format           string            // in which it is written: "native", "ICPC 2025-09", ...
	CodeStated       bool              // it states Limits.Code, which else is the default
	NoTimeLimit      bool              // it states none: Limits.Time is a stand-in until one is found by measuring
	TimeRule         TimeRule          // by which its time limit is found
	ValidatesInputs  bool              // its format has input validators: a problem without one lacks something
	NoSubmissions    bool              // its format has no place for submissions: a problem without one lacks nothing
	NoExpectations   bool              // its format has no place for what is expected of most submissions
	InputValidators  []Validator       // programs that every input has to satisfy
	NotRun           []NotRun          // validators that cannot be run here
	Foreign          []Foreign         // submissions in languages that no table of languages has
	AnswerValidators []Validator       // programs that must accept every answer; the first argument is the input's path
	Samples          []Sample          // of inputs and outputs that validators and checkers have to tell apart
	Constants        map[string]string // what stands in place of {{name}} in the problem's own programs
	Remarks          []*Error          // notes on what the reader does not know or cannot use, and ignored

	ValidNames *regexp.Regexp // which names of files the format allows in a program's directory; nil: any

	Held []io.Closer // keep what was unpacked for the problem where it is
}

// Close removes what was unpacked for the problem. Its files must not be used afterwards.
func (p *Problem) Close() error {
	var err error
	for _, held := range p.Held {
		err = errors.Join(err, held.Close())
	}
	p.Held = nil
	return err
}

// TimeRule holds the factors by which the ICPC problem package format derives a time limit ("Problem timing"); zero
// values are its defaults.
type TimeRule struct {
	ACToTimeLimit  float64 // the limit is at least so many times what the slowest accepted submission takes
	TimeLimitToTLE float64 // and the fastest too slow one takes at least so many times the limit
	Resolution     float64 // seconds
}

// Validator is a program of the problem that decides whether an input is valid.
type Validator struct {
	Path    string // absolute: a source, or a directory of sources
	Args    []string
	Testlib bool // the exit code for a valid input is 0, as with testlib.h; else 42, as in the ICPC format

	UnixLines bool // it reads LF where its input has CRLF

	InputFile string // the input is in a file of this name, which is the first argument; "": on stdin

	Groups []string // it reads only the inputs of tests in one of these groups; nil: all
}

// Reads reports whether the validator reads the input of a test.
func (v Validator) Reads(t TestCase) bool {
	return v.Groups == nil || slices.ContainsFunc(t.Groups, func(g string) bool { return slices.Contains(v.Groups, g) })
}

// NotRun is a program of the package in a language that nothing here can run.
type NotRun struct {
	File     string // as the user would name it
	Language string // the name of the language: Checktestdata, VIVA
	Inputs   bool   // it validates inputs
}

// Foreign is a submission in a language that is in no table of languages.
type Foreign struct {
	Submission Submission
	Language   string // its name
}

// Sample is a file on which validators or the checker are tested.
type Sample struct {
	Name   string
	Input  string   // absolute path
	Answer string   // absolute path; "": it is the input that counts
	Output string   // absolute path; "": it is the answer that counts, or the input
	Good   bool     // it has to be accepted; else to be refused
	Args   []string // for the checker

	Checker *Checker // a comparison instead of the problem's; nil: the problem's

	AnswerArgs      []string            // for the answer validators
	ValidatorArgs   []string            // for the input validators
	ValidatorArgsOf map[string][]string // for those of these names
}

// Limits are the limits of a problem.
type Limits struct {
	Time              time.Duration // CPU time (user + system, all processes) of one test case
	Wall              time.Duration // elapsed time of one test case
	WallFactor        float64       // Wall is so many times Time, also for another Time; 0: it is not
	Memory            Bytes         // everything that the jail holds, its file systems too
	Output            Bytes         // what may be written to stdout
	OutputOfAll       bool          // Output is of stdout, stderr and files together, and ValidationOutput likewise
	ReadOnly          bool          // submissions can write no files
	Processes         int           // processes and threads at one time; 0: the language's own number
	CompilationTime   time.Duration
	CompilationMemory Bytes
	Code              Bytes         // sources of a submission together
	ValidationTime    time.Duration // CPU time of the problem's own programs, such as an external checker, on one test
	ValidationMemory  Bytes
	ValidationOutput  Bytes
	GenerationOutput  Bytes // of a generator, and of the model solution that makes an answer
}

// StrictArgs are the arguments by which an output validator is strict with answers, as BAPCtools has it.
func StrictArgs() []string { return []string{"case_sensitive", "space_change_sensitive"} }

// TestCase is one test case: an input and the jury's answer to it.
type TestCase struct {
	Name       string   // unique within the problem
	Groups     []string // that it belongs to; it is run once all the same
	Points     float64  // its share in a group with the rule Sum; all shares are equal if no test of it has points
	Args       []string // for the checker, the interactor or the manager, instead of the problem's; nil: the problem's
	Recipe     *Recipe  // how Input and Answer are made; nil: they are files of the package
	Input      string   // absolute path; "": not made yet
	Answer     string   // absolute path; "": not made yet
	Listed     Pair     // Input and Answer as the package lists them
	Sample     bool     // contestants are shown it
	ExtraFiles string   // absolute path of a directory whose files a run finds in its working directory; "": none

	Checker *Checker // a comparison instead of the problem's; nil: the problem's

	NeedsOutput bool // a program is not run on it, and scores nothing: only an output can be submitted

	RunArgs         []string            // for the submission
	AnswerArgs      []string            // for the answer validators
	ValidatorArgs   []string            // for the input validators, behind their own and those by name
	ValidatorArgsOf map[string][]string // for the input validators of these names
}

// Pair names the files of a test relative to the problem's directory. Of a link it has the link's own name, where Input
// and Answer name what it leads to. "": the path beneath the directory is all there is.
type Pair struct{ Input, Answer string }

// Manager is a program of the problem that interacts with processes of the submission over named pipes, as in
// Communication tasks of the Contest Management System. It speaks the protocol of that system.
type Manager struct {
	External
	Processes int  // of the submission, 1 to 64
	Streams   bool // they talk over stdin and stdout; else over the pipes that their arguments name
}

// FileNames are the files of the working directory that a submission reads and writes; "": stdin, stdout.
type FileNames struct{ Input, Output string }

// Comparison names a built-in checker.
type Comparison uint8

// The built-in checkers; the zero value is the ICPC default validator's comparison.
const (
	Tokens     Comparison = iota // whitespace-separated tokens, case ignored unless CaseSensitive
	Lines                        // line by line, white space at line ends and blank lines at the end ignored
	Exact                        // byte by byte
	WhiteDiff                    // the tokens of each line, blank lines at the end ignored, as in CMS
	Standard                     // the checker of testlib that Checker.Standard names
	LineFloats                   // the tokens of each line, numbers within Checker.Tolerance, as the DMOJ's floats
)

// StandardCheckers are the checkers of testlib that a Checker can name.
func StandardCheckers() []string {
	return []string{
		"acmp", "caseicmp", "casencmp", "casewcmp", "dcmp", "fcmp", "hcmp", "icmp", "lcmp", "ncmp", "nyesno", "rcmp",
		"rcmp4", "rcmp6", "rcmp9", "rncmp", "uncmp", "wcmp", "yesno",
	}
}

// Checker says how output is compared with the answer. The zero value is the ICPC default: tokens, case-insensitive.
// The options apply to Tokens only, and mean the same as in the ICPC package format's default output validator.
type Checker struct {
	Compare              Comparison
	Standard             string // one of StandardCheckers, with the comparison of that name
	CaseSensitive        bool
	SpaceChangeSensitive bool
	LineSensitive        bool       // line breaks must be where the answer has them; not in the ICPC format
	Tolerance            *Tolerance // nil: numbers are compared as text

	External *External // a program of the problem's, which decides instead; nil: none
}

// External is a program that comes with the problem: a checker, an interactor or a manager.
type External struct {
	Path     string // absolute: a source, or a directory of sources; "": the driver is all there is
	Protocol Protocol
	Args     []string // after the protocol's
	Format   []string // arguments, with {input_file}, {output_file}, {answer_file} for paths; nil: the protocol's
	Flags    []string // for its compiler, in C and C++
	Driver   []File   // sources that stand beside it and start it; nil: it starts itself
	Entry    string   // of several files, the one that starts it; "": by the rules of its language
	// RunFacts says that a checker finds in its environment what the run used, JUDGE_CPU and JUDGE_WALL in seconds and
	// JUDGE_MEMORY in bytes, and of the submission JUDGE_LANGUAGE and, if it is one file, its path JUDGE_SOURCE.
	RunFacts bool

	Also *External // of a checker: another one, which has to accept too; nil: it decides alone
}

// File is a source that a reader adds: a relative, slash-separated name, and the content.
type File struct {
	Name string
	Data []byte
}

// Tolerance accepts a number that is within Absolute of the answer or within Relative of it; a negative bound is off.
type Tolerance struct {
	Absolute, Relative float64
}

// Submission is a program that comes with the problem, with the expectations of its author.
type Submission struct {
	Path     string    // absolute
	Listed   string    // its path relative to the problem's directory; of a link its own, not the target's
	Language string    // id of a language; "": by the sources
	Entry    string    // the file or class that starts it; "": by the rules of its language
	Expect   []Verdict // its verdict, that of the first test that is not accepted, is one of these; empty: not stated
	Demands  []Demand  // what its tests have to show besides
	Pace     Pace      // what it says of the time limit
	Model    bool      // the answers are its outputs
}

// Demand is an expectation about some tests of a submission together.
type Demand struct {
	Tests     []string  // names of the tests that it is about; nil: all
	Permitted []Verdict // each test has one of these; nil: whatever
	Required  []Verdict // one test at least has one of these; nil: none needs to
	Score     *Range    // of the group, or of the submission
	Group     string    // whose score it is; "": the submission's
	Message   string    // stands in the checker's message of a test; "": none needs to
}

// Range is a range of scores, its ends included.
type Range struct{ Least, Most float64 }

// Pace is what a submission demands of the problem's time limit.
type Pace uint8

// The paces. By the zero value, a submission that expects AC is fast enough, and one that expects TLE is slow enough.
const (
	PaceAsExpected Pace = iota
	FastEnough          // the time limit has to leave it room
	SlowEnough          // the time limit has to stop it
	NoPace              // it says nothing
)
