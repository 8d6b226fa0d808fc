package convert

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"judge/problems"
)

// A program with another protocol is copied into a directory with one script that builds it and one that runs it and
// translates the protocol. In the package format such a directory is a program ("Other programs"), which can use a
// POSIX shell, cc, c++ and python3.

// building returns the scripts that build a program NAME, by the extension of the source.
func building() map[string]string {
	const head = "#!/bin/sh\nset -e\ncd \"$(dirname \"$0\")\"\n"
	cpp, c := head+"c++ -std=gnu++17 -O2 -o NAME SOURCE\n", head+"cc -std=gnu11 -O2 -o NAME SOURCE -lm\n"
	return map[string]string{
		".cpp": cpp, ".cc": cpp, ".cxx": cpp, ".c": c,
		".py": head + `printf '#!/bin/sh\nexec python3 "$(dirname "$0")/%s" "$@"\n' SOURCE >NAME` + "\nchmod +x NAME\n",
	}
}

// Scripts that run programs of testlib.h, whose exit codes checkers.Testlib explains. A partial score is accepted with
// that score.
const (
	verdictOfTestlib = `case $code in
0) exit 42 ;;
1 | 2 | 4 | 8) exit 43 ;;
7)
	sed -n '1s/^\(points *\)\{0,1\}\([-+0-9.eE]*\).*/\2/p' "$feedback/judgemessage.txt" >"$feedback/score.txt"
	exit 42
	;;
esac
if [ "$code" -ge 50 ] && [ "$code" -le 250 ]; then
	echo "$code" | awk '{ print ($1 - 50) / 200 }' >"$feedback/score_multiplier.txt"
	exit 42
fi
cat "$feedback/judgemessage.txt" >&2
exit "$code"
`
	runTestlib = `#!/bin/sh
# An output validator around a checker of testlib.h.
here=$(dirname "$0") input=$1 answer=$2 feedback=$3
shift 3
output=$(mktemp)
cat >"$output"
"$here/checker" "$input" "$output" "$answer" "$@" 2>"$feedback/judgemessage.txt"
code=$?
rm -f "$output"
` + verdictOfTestlib
	runInteractor = `#!/bin/sh
# An output validator around an interactor of testlib.h, and the checker of what it writes.
here=$(dirname "$0") input=$1 answer=$2 feedback=$3
shift 3
output=$(mktemp)
"$here/interactor" "$input" "$output" "$answer" "$@" 2>"$feedback/judgemessage.txt"
code=$?
if [ "$code" = 0 ] && [ -e "$here/checker" ]; then
	"$here/checker" "$input" "$output" "$answer" 2>"$feedback/judgemessage.txt"
	code=$?
fi
rm -f "$output"
` + verdictOfTestlib
	runValidator = `#!/bin/sh
# An input validator around one of testlib.h, which accepts with 0.
"$(dirname "$0")/validator" "$@" && exit 42
exit 43
`
	runUnixValidator = `#!/bin/sh
# An input validator around one of testlib.h, which accepts with 0 and reads LF where the input has CRLF.
sed "s/$(printf '\r')\$//" | "$(dirname "$0")/validator" "$@" && exit 42
exit 43
`
	// checkers.CMS explains the protocol.
	runCMS = `#!/bin/sh
# An output validator around a comparator of the CMS.
here=$(dirname "$0") input=$1 answer=$2 feedback=$3
shift 3
output=$(mktemp)
cat >"$output"
score=$("$here/checker" "$input" "$answer" "$output" "$@" 2>"$feedback/judgemessage.txt")
code=$?
rm -f "$output"
if [ "$code" != 0 ]; then
	cat "$feedback/judgemessage.txt" >&2
	exit "$code"
fi
case $(echo "$score" | awk 'NR == 1 { print ($1 >= 1 ? "all" : ($1 <= 0 ? "nothing" : "part")) }') in
all) exit 42 ;;
part)
	echo "$score" | head -n 1 >"$feedback/score_multiplier.txt"
	exit 42
	;;
*) exit 43 ;;
esac
`
)

// validation writes the package's output validator.
func (o *output) validation() error {
	const dir = "output_validator"
	p := o.problem
	checker := p.Checker.External
	switch {
	case p.Interactor != nil && p.Interactor.Protocol == problems.Testlib &&
		(checker == nil || checker.Protocol == problems.Testlib):
		if err := o.wrapped(p.Interactor.Path, dir, "interactor"); err != nil {
			return err
		}
		if checker != nil {
			if err := o.wrapped(checker.Path, dir, "checker"); err != nil {
				return err
			}
		}
		return o.writeScript(dir, runInteractor)
	case p.Interactor != nil && p.Interactor.Protocol == problems.ICPC && checker == nil:
		_, err := o.external(*p.Interactor, dir)
		return err
	case p.Interactor != nil:
		return fmt.Errorf("the format cannot express the protocol of the interactor or of its checker: %s",
			p.Interactor.Protocol)
	case checker == nil:
		return nil
	case checker.Protocol == problems.ICPC:
		_, err := o.external(*checker, dir)
		return err
	}
	scripts := map[problems.Protocol]string{problems.Testlib: runTestlib, problems.CMS: runCMS}
	script, ok := scripts[checker.Protocol]
	if !ok {
		return fmt.Errorf("the format cannot express the protocol of the checker: %s", checker.Protocol)
	}
	if err := o.wrapped(checker.Path, dir, "checker"); err != nil {
		return err
	}
	return o.writeScript(dir, script)
}

// inputValidator writes one of the package's input validators.
func (o *output) inputValidator(v problems.Validator) error {
	const dir = "input_validators"
	if !v.Testlib {
		_, err := o.programAs(v.Path, dir, validatorName(v))
		return err
	}
	own := path.Join(dir, validatorName(v))
	if err := o.wrapped(v.Path, own, "validator"); err != nil {
		return err
	}
	if v.UnixLines {
		return o.writeScript(own, runUnixValidator)
	}
	return o.writeScript(own, runValidator)
}

// wrapped copies a program of one source with its headers, and adds its commands to the script build.
func (o *output) wrapped(from, dir, name string) error {
	line, ok := building()[filepath.Ext(from)]
	if !ok {
		return fmt.Errorf("%s needs a script that builds it: expected one source in C, C++ or Python",
			filepath.Base(from))
	}
	source := filepath.Base(from)
	if _, err := o.program(from, dir); err != nil {
		return err
	}
	if strings.ContainsAny(source, "'\\\n") {
		return fmt.Errorf("%q: invalid name of a source in a script", source)
	}
	line = strings.NewReplacer("NAME", name, "SOURCE", "'"+source+"'").Replace(line)
	if built, again := o.built[dir]; again { // a second program in the same directory
		_, line, _ = strings.Cut(line, "\ncd \"$(dirname \"$0\")\"\n")
		line = built + line
	}
	o.built[dir] = line
	return nil
}

// writeScript writes the scripts that build and run the programs of a directory.
func (o *output) writeScript(dir, run string) error {
	if err := o.writeMode(path.Join(dir, "build"), []byte(o.built[dir]), 0o755); err != nil {
		return err
	}
	return o.writeMode(path.Join(dir, "run"), []byte(run), 0o755)
}
