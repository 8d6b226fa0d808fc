// Package recipe reads the commands that make tests: their words, the ranges {A..B} and {seed} in them, and scripts of
// one command a line. It runs nothing.
//
//	words, err := recipe.Words("random --n {1..8} --seed {seed}")
//	tests, err := recipe.Expand("small-{1..8}", words, nil, &recipe.Budget{})
//
// Commands come from packages of strangers: the number and the size of what they expand to are bounded.
package recipe

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"judge/problems"
	"judge/problems/text"
)

// maxCommand bounds a command, in bytes.
const maxCommand = 64 << 10

// Word is a word of a command, and its column in bytes from 1.
type Word struct {
	Text   string
	Column int
}

// Words splits a command into its words at blanks. Single and double quotes group: within them a blank is a character
// like others. There are no escapes, variables or patterns, as no shell reads the command. Errors are
// *problems.HintError.
func Words(command string) ([]string, error) {
	words, err := split(command, false)
	if err != nil {
		return nil, &problems.HintError{Msg: err.Msg, Hint: err.Hint}
	}
	return texts(words), nil
}

// split returns the words of a command. If comments is set, an unquoted # at the beginning of a word ends the command.
// Errors have no file and no line.
func split(command string, comments bool) ([]Word, *problems.Error) {
	switch {
	case len(command) > maxCommand:
		return nil, &problems.Error{
			Col: 1, Msg: fmt.Sprintf("the command is longer than %d KiB", maxCommand>>10),
			Hint: "give the generator a seed or a size, and let it write the data",
		}
	case !utf8.ValidString(command):
		return nil, &problems.Error{Col: 1, Msg: "the command is not UTF-8", Hint: "save the file as UTF-8"}
	case strings.ContainsRune(command, 0):
		return nil, &problems.Error{
			Col: 1, Msg: "the command has a NUL character", Hint: "remove it: no argument can hold it",
		}
	}
	var words []Word
	for at := 0; ; {
		at += len(command[at:]) - len(strings.TrimLeft(command[at:], blanks))
		if at == len(command) || comments && command[at] == '#' {
			return words, nil
		}
		word, end, err := next(command, at)
		if err != nil {
			return nil, err
		}
		words = append(words, Word{word, at + 1})
		at = end
	}
}

// blanks separate words. A command in YAML may have several lines.
const blanks = " \t\r\n"

// next reads the word that begins at an offset, and returns it with the offset of its end.
func next(command string, at int) (word string, end int, err *problems.Error) {
	var b strings.Builder
	for at < len(command) && !strings.ContainsRune(blanks, rune(command[at])) {
		quote := command[at]
		if quote != '"' && quote != '\'' {
			b.WriteByte(quote)
			at++
			continue
		}
		length := strings.IndexByte(command[at+1:], quote)
		if length < 0 {
			return "", 0, &problems.Error{
				Col: at + 1, Msg: "the quote " + string(quote) + " is not closed",
				Hint: "close it, or put it in quotes of the other kind",
			}
		}
		b.WriteString(command[at+1 : at+1+length])
		at += length + 2
	}
	return b.String(), at, nil
}

func texts(words []Word) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = w.Text
	}
	return all
}

// Join returns a command that Words splits into these words.
func Join(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = quote(w)
	}
	return strings.Join(quoted, " ")
}

// quote returns a word of a command, in quotes if it needs them.
func quote(word string) string {
	switch {
	case word != "" && !strings.ContainsAny(word, blanks+`'"#`):
		return word
	case !strings.Contains(word, "'"):
		return "'" + word + "'"
	default:
		return `'` + strings.ReplaceAll(word, "'", `'"'"'`) + `'`
	}
}

// printable returns a text of a package in quotes, for messages.
func printable(s string) string {
	const most = 60
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "..."
	}
	return `"` + text.Line(s) + `"`
}
