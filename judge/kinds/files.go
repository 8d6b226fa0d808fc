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

// inputSeen is the path of the input in a jail, if the program opens it by name.
const inputSeen = "/input"

// maxExtra bounds the extra files of a test: they are in the memory of the judge and of the run.
const maxExtra = 256 * isolate.MiB

// extraFiles returns the files that a test adds to the working directory (".files" of the ICPC problem package
// format).
func extraFiles(of languages.Package, t problems.TestCase) ([]isolate.File, error) {
	if t.ExtraFiles == "" {
		return nil, nil
	}
	all, err := languages.ReadProgram(of, t.ExtraFiles, t.ExtraFiles, int64(maxExtra))
	if errors.Is(err, languages.ErrTooLarge) {
		return nil, fmt.Errorf("the files of test %s: more than %s", t.Name, mebibytes(maxExtra))
	}
	if err != nil {
		return nil, fmt.Errorf("the files of test %s: %w", t.Name, err)
	}
	return build.JailFiles(all.Files), nil
}

// named makes a command read its input from a file in the working directory and write its output to one, as far as
// the problem names them. The input is bound, not copied: a copy would count as the program's memory. Collect
// reads the output when the program has ended.
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
	command.Limits.FileSize = command.Limits.Output + 1 // one byte more shows that the file is too large
	command.Collect = output.collect
	return command, output, nil
}

// readableByAll returns an error for an input that a jail's user cannot read. With room for a copy, the program
// gets a readable one.
func readableByAll(root isolate.Root, seen, path string) error {
	info, err := os.Stat(path)
	if err != nil || info.Mode()&0o004 != 0 {
		return err
	}
	copied, err := root.Copies(seen)
	if err == nil && !copied {
		err = fmt.Errorf("%s is not readable by all users, but programs open it by name: chmod o+r", path)
	}
	return err
}

// namedOutput is an output file of a program.
type namedOutput struct {
	name  string
	limit isolate.Bytes
	to    io.Writer

	size isolate.Bytes
}

// collect passes the file to the checker. A missing file, or one that is not a regular file, is an empty output.
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
		o.to.Write(data) // the result is in the check's own state
	}
	return nil
}

// account replaces the figures for stdout in an outcome with those of the file.
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
