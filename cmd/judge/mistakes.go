package main

import (
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"judge/problems"
	"judge/problems/formats"
	"judge/problems/text"
)

// nearest returns a hint with the most similar word; "": no word is similar.
func nearest(word string, words []string) string {
	if near := problems.Nearest(word, words); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return ""
}

// nearFile returns a hint for a submission that does not exist: a file of the same name in the problem, or one
// with a similar name in the same directory. "": there is neither.
func nearFile(file, problem string) string {
	dirs := []string{problem, filepath.Join(problem, "submissions"), filepath.Join(problem, "solutions")}
	byVerdict, _ := filepath.Glob(filepath.Join(problem, "submissions", "*")) //nolint:errcheck // for a hint
	for _, dir := range append(dirs, byVerdict...) {
		if at := filepath.Join(dir, filepath.Clean("/"+file)); exists(at) {
			return fmt.Sprintf("did you mean %q?", fromHere(at))
		}
	}
	if near := problems.NearestFile(filepath.Base(file), namesIn(filepath.Dir(file))); near != "" {
		return fmt.Sprintf("did you mean %q?", filepath.Join(filepath.Dir(file), near))
	}
	return ""
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// fromHere returns a path relative to the working directory, if it lies there.
func fromHere(path string) string {
	here, err := os.Getwd()
	if err != nil {
		return path
	}
	if short, err := filepath.Rel(here, path); err == nil && filepath.IsLocal(short) {
		return short
	}
	return path
}

// namesIn lists a directory, up to a bound.
func namesIn(dir string) []string {
	const most = 1000
	open, err := os.Open(dir)
	if err != nil {
		return nil
	}
	defer open.Close()
	names, _ := open.Readdirnames(most) //nolint:errcheck // a hint from what could be read
	slices.Sort(names)
	return names
}

// isProblem reports whether a path is likely to name a problem.
func isProblem(path string) bool {
	info, err := os.Stat(path)
	return err == nil && (info.IsDir() && formats.Holds(path) || info.Mode().IsRegular() && formats.Names(path))
}

// submissionAlone is the error for one argument that is a submission and not a problem; nil: it is not.
func submissionAlone(only string) error {
	if info, err := os.Stat(only); err == nil && info.Mode().IsRegular() && !formats.Names(only) && isProblem(".") {
		return &usageError{"no problem given: judge run PROBLEM SUBMISSION...", "write judge run . " + only}
	}
	return nil
}

// problemFirst is the error for a problem that was written after the submissions; nil: it was not.
func problemFirst(first string, rest []string) error {
	info, err := os.Stat(first)
	if err != nil || !info.Mode().IsRegular() || formats.Names(first) {
		return nil
	}
	i := slices.IndexFunc(rest, isProblem)
	if i < 0 {
		return nil
	}
	submissions := slices.Delete(slices.Clone(rest), i, i+1)
	words := slices.Concat([]string{"judge run", rest[i], first}, submissions)
	return &usageError{first + ": not a problem", "write the problem first: " + strings.Join(words, " ")}
}

// noTest returns the error for a pattern that no test's name matches. A name has neither directory nor extension.
func noTest(glob string, tests []problems.TestCase) error {
	hint := fmt.Sprintf("quote the pattern, as in --tests \"%s*\"", tests[0].Name)
	stem := strings.TrimSuffix(glob, path.Ext(glob))
	for _, shorter := range []string{stem, path.Base(stem)} {
		matches := func(t problems.TestCase) bool {
			is, err := path.Match(shorter, t.Name)
			return is && err == nil
		}
		if slices.ContainsFunc(tests, matches) {
			hint = fmt.Sprintf("did you mean --tests %q?", shorter)
		}
	}
	return &hinted{&emptyError{fmt.Sprintf("no test matches %q (tests are named like %q)", glob, tests[0].Name)}, hint}
}

// counted writes "1 usable core", "2 usable cores".
func counted(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}

// longLimit is a time limit above which it was most likely meant in milliseconds.
const longLimit = time.Minute

// noteLongLimit warns of an unusually long time limit before any test runs. given is --time-limit.
func noteLongLimit(stderr io.Writer, given string, limit time.Duration) {
	if limit <= longLimit {
		return
	}
	where := "the problem's time limit"
	if given != "" {
		where = "--time-limit " + text.Line(given)
	}
	seconds := func(s float64) string { return strconv.FormatFloat(s, 'f', -1, 64) }
	fmt.Fprintf(stderr, "judge: note: %s is %s s\nhint: time limits are in seconds: %s ms are %s s\n",
		where, seconds(limit.Seconds()), seconds(limit.Seconds()), seconds(limit.Seconds()/1000))
}
