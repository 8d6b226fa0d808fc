package kinds

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"golang.org/x/sys/unix"

	"judge/isolate"
	"judge/judge/build"
	"judge/judge/languages"
	"judge/problems"
)

// inputSeen is where a jail sees the input, if the program opens it by name.
const inputSeen = "/input"

// maxExtra bounds the files of a test, which are in the judge's memory and in that of the run.
const maxExtra = 256 * isolate.MiB

// extraFiles are the files that a test of a problem puts into the working directory (".files" of the ICPC problem
// package format).
func extraFiles(problem string, t problems.TestCase) ([]isolate.File, error) {
	if t.Beside == "" {
		return nil, nil
	}
	all, err := languages.ReadProgram(languages.Package{Dir: problem}, t.Beside, t.Beside, int64(maxExtra))
	if errors.Is(err, languages.ErrTooLarge) {
		return nil, fmt.Errorf("the files of test %s: more than %s", t.Name, mebibytes(maxExtra))
	}
	if err != nil {
		return nil, fmt.Errorf("the files of test %s: %w", t.Name, err)
	}
	return build.JailFiles(all.Files), nil
}

// named makes a command take its input from a file of the working directory and leave its output in one, as far as the
// problem has names for them. The input is shown and not copied: a copy would count as the program's memory. The output
// is what Collect finds when the program has ended.
func named(
	command isolate.Command, names problems.FileNames, input string, to io.Writer,
) (isolate.Command, *namedOutput, error) {
	if names.Input != "" {
		command.Stdin = nil
		seen := inputSeen + "/" + names.Input
		bind := isolate.Bind{Source: input, Target: seen, Copy: true}
		command.Root.Binds = append(slices.Clone(command.Root.Binds), bind)
		if err := readableByAll(command.Root, seen, input); err != nil {
			return command, nil, err
		}
		command.Files = append(build.LayOver(command.Files, names.Input), isolate.File{Name: names.Input, Link: seen})
	}
	if names.Output == "" {
		return command, nil, nil
	}
	command.Files = build.LayOver(command.Files, names.Output)
	output := &namedOutput{name: names.Output, limit: command.Limits.Output, to: to}
	command.Stdout = nil
	command.Limits.FileSize = command.Limits.Output + 1 // a byte too many shows that there would have been more
	command.Collect = output.collect
	return command, output, nil
}

// readableByAll: a program opens its input as a user that owns nothing. Where there is room for a copy it gets one
// that it may read.
func readableByAll(root isolate.Root, seen, path string) error {
	info, err := os.Stat(path)
	if err != nil || info.Mode()&0o004 != 0 {
		return err
	}
	copied, err := root.Copies(seen)
	if err == nil && !copied {
		err = fmt.Errorf("%s is not readable for everybody, and programs open it by its name: chmod o+r", path)
	}
	return err
}

// namedOutput is a file that a program leaves.
type namedOutput struct {
	name  string
	limit isolate.Bytes
	to    io.Writer

	size isolate.Bytes
}

// collect hands the file on. One that is not there, or is no plain file, is an empty output.
func (o *namedOutput) collect(work *isolate.Work) error {
	data, err := work.ReadFile(o.name, o.limit+1)
	if errors.As(err, new(*isolate.ProductError)) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the output %s: %w", o.name, err)
	}
	o.size = isolate.Bytes(len(data))
	if o.size <= o.limit {
		o.to.Write(data) // what it makes of them is in its own state
	}
	return nil
}

// account puts into an outcome what is true of the file instead of stdout.
func (o *namedOutput) account(outcome *isolate.Outcome) {
	if o == nil {
		return
	}
	outcome.Usage.Output = o.size
	killed := outcome.Cause == isolate.Signaled && outcome.Signal == unix.SIGXFSZ // over Limits.FileSize
	if killed || outcome.Cause == isolate.Exited && o.size > o.limit {
		outcome.Cause = isolate.OutputLimit
	}
}
