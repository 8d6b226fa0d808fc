package checkers

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Protocol is the way to call an external checker, a program of the problem, and to read its result. The engine runs
// the program with Args and with the submission's output on stdin, and passes its ending to Decode.
type Protocol interface {
	// Args returns the arguments of the program. more are the problem's arguments for its checker.
	Args(f Files, more []string) []string
	// Decode returns the result. An error means that the checker failed, which is never the submission's fault. Its
	// text continues a sentence that begins with "checker".
	Decode(e Ending) (Check, error)
}

// Files are the paths of the files in a checker's jail. Output is the same file as stdin, and can be opened by name.
type Files struct{ Input, Output, Answer, Feedback string }

// Ending describes a checker that exited by itself.
type Ending struct {
	Code           int
	Stdout, Stderr []byte
	Feedback       map[string][]byte // contents of the FeedbackFiles in its feedback directory, by name
}

// Names in a feedback directory: ICPC problem package format 2025-09, "Output validator".
const (
	judgeMessage    = "judgemessage.txt"
	teamMessage     = "teammessage.txt"
	scoreFile       = "score.txt"
	scoreMultiplier = "score_multiplier.txt"
)

// FeedbackFiles returns the names of the files that are read from a feedback directory.
func FeedbackFiles() []string { return []string{judgeMessage, teamMessage, scoreFile, scoreMultiplier} }

// IsScore reports whether a file of the feedback directory contains a score.
func IsScore(name string) bool { return name == scoreFile || name == scoreMultiplier }

// ICPC is the output validator of the ICPC problem package format, 2025-09 and legacy: validator input answer
// feedbackdir [args] < output. It exits with 42 to accept and with 43 to reject.
type ICPC struct{}

// Args implements Protocol.
func (ICPC) Args(f Files, more []string) []string {
	return append([]string{f.Input, f.Answer, f.Feedback + "/"}, more...)
}

// Decode implements Protocol.
func (ICPC) Decode(e Ending) (Check, error) {
	const accept, reject = 42, 43
	check := Check{Accepted: e.Code == accept, Message: text(e.Feedback[judgeMessage])}
	if check.Message == "" {
		check.Message = text(e.Feedback[teamMessage])
	}
	if e.Code != accept && e.Code != reject {
		return Check{}, failed(e, "a validator exits with 42 or 43")
	}
	for _, file := range []struct {
		name string
		to   **float64
		most float64
	}{{scoreFile, &check.Points, math.MaxFloat64}, {scoreMultiplier, &check.Score, 1}} {
		written, ok := e.Feedback[file.name]
		if !ok {
			continue
		}
		given, err := number(string(written))
		if err == nil && (given < 0 || given > file.most) { // "Scoring test cases"
			err = fmt.Errorf("%v is out of range", given)
		}
		if err != nil {
			return Check{}, fmt.Errorf("wrote %s: %w", file.name, err)
		}
		*file.to = &given
	}
	if check.Points != nil && check.Score != nil {
		return Check{}, fmt.Errorf("wrote %s and %s: expected one of them", scoreFile, scoreMultiplier)
	}
	return check, nil
}

// Testlib is the protocol of testlib.h: checker input output answer. The exit codes are those of its resultExitCode,
// and the message is on stderr. A partial score _pc(n) has the code n, or 50 + n if TESTSYS was defined; its message
// shows which one.
type Testlib struct{}

// Args implements Protocol.
func (Testlib) Args(f Files, more []string) []string {
	return append([]string{f.Input, f.Output, f.Answer}, more...)
}

// Beginnings of the messages of quitp and _pc. Some versions of testlib.h exit with 0 after quitp.
var (
	points      = regexp.MustCompile(`^(?:points\s+)?([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)\s*`)
	pointsWord  = regexp.MustCompile(`^points\s+[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?(?:\s|$)`)
	partlyRight = regexp.MustCompile(`^partially correct \((\d{1,3})\)\s*`)
)

// Decode implements Protocol.
func (Testlib) Decode(e Ending) (Check, error) {
	const (
		ok, wrong, presentation, fail, dirt, scored, eof = 0, 1, 2, 3, 4, 7, 8
		partial, full                                    = 50, 200 // _pc(n), n of 200
	)
	check := Check{Message: text(e.Stderr)}
	if match := partlyRight.FindStringSubmatch(check.Message); match != nil {
		n, err := strconv.Atoi(match[1])
		if err == nil && (e.Code == n || e.Code == n+partial) {
			return part(e, n, full)
		}
	}
	switch {
	case e.Code == scored, e.Code == ok && pointsWord.MatchString(check.Message):
		return pointed(e)
	case e.Code == ok:
		check.Accepted = true
	case e.Code == wrong, e.Code == presentation, e.Code == dirt, e.Code == eof:
	case e.Code >= partial && e.Code <= partial+full:
		return part(e, e.Code-partial, full)
	case e.Code == fail:
		return Check{}, failed(e, "the checker reports that the jury's own answer is wrong")
	default:
		return Check{}, failed(e, "expected an exit code of testlib")
	}
	return check, nil
}

// part returns the Check for _pc(n).
func part(e Ending, n, full int) (Check, error) {
	if n > full {
		return Check{}, failed(e, fmt.Sprintf("partial score %d of %d", n, full))
	}
	score := float64(n) / float64(full)
	return Check{Accepted: n == full, Score: &score, Message: text(e.Stderr)}, nil
}

// pointed returns the Check for quitp. Negative points are an error.
func pointed(e Ending) (Check, error) {
	message := text(e.Stderr)
	match := points.FindStringSubmatch(message)
	if match == nil {
		return Check{}, failed(e, "expected points in the message")
	}
	given, err := number(match[1])
	if err != nil {
		return Check{}, err
	}
	if given < 0 {
		return Check{}, failed(e, "negative points")
	}
	return Check{Accepted: true, Points: &given, Message: message[len(match[0]):]}, nil
}

// CMS is the protocol of CMS's comparators: checker input answer output. The first line of stdout is a score from 0
// to 1, that of stderr a message.
type CMS struct{}

// Args implements Protocol.
func (CMS) Args(f Files, more []string) []string {
	return append([]string{f.Input, f.Answer, f.Output}, more...)
}

// Decode implements Protocol.
func (CMS) Decode(e Ending) (Check, error) {
	if e.Code != 0 {
		return Check{}, failed(e, "a comparator exits with 0")
	}
	message := text([]byte(firstLine(e.Stderr)))
	if strings.HasPrefix(message, "Judge Failure") {
		return Check{}, fmt.Errorf("exit 0: %s", message)
	}
	score, err := number(firstLine(e.Stdout))
	if err != nil {
		return Check{}, fmt.Errorf("wrote a score: %w", err)
	}
	if score < 0 || score > 1 {
		return Check{}, fmt.Errorf("wrote the score %v: expected 0 to 1", score)
	}
	// CMS's English texts for the messages that it translates.
	if name, ok := strings.CutPrefix(message, "translate:"); ok {
		words := map[string]string{
			"success": "Output is correct", "partial": "Output is partially correct", "wrong": "Output isn't correct",
		}
		if known, ok := words[strings.TrimSpace(name)]; ok {
			message = known
		}
	}
	return Check{Accepted: score == 1, Score: &score, Message: message}, nil
}

// failed returns the error for an ending, with the checker's message.
func failed(e Ending, why string) error {
	said := text(e.Stderr)
	if bytes.Contains(e.Stderr, []byte("Traceback (most recent call last):")) { // the last line is the error
		lines := bytes.Split(bytes.TrimSpace(e.Stderr), []byte("\n"))
		said = text(lines[len(lines)-1])
	}
	if said != "" {
		said = ": " + said
	}
	return fmt.Errorf("exit %d: %s%s", e.Code, why, said)
}

// text returns the output of a checker as one line.
func text(words []byte) string { return strings.Join(strings.Fields(string(words)), " ") }

// firstLine returns the first line of data.
func firstLine(data []byte) string {
	line, _, _ := strings.Cut(string(data), "\n")
	return line
}

// number parses a finite decimal number.
func number(written string) (float64, error) {
	written = strings.TrimSpace(written)
	value, err := strconv.ParseFloat(written, 64)
	goOnly := strings.ContainsAny(written, "xX_")
	if err != nil || math.IsNaN(value) || math.IsInf(value, 0) || goOnly {
		const shown = 40
		return 0, fmt.Errorf("%q is not a number", written[:min(len(written), shown)])
	}
	return value, nil
}
