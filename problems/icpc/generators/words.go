package generators

import (
	"crypto/sha512"
	"encoding/binary"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// validName matches the names of tests, directories and generators.
var validName = regexp.MustCompile(`^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,254}$`)

// seedHole matches the place of a seed in a command.
var seedHole = regexp.MustCompile(`\{seed(:[0-9]+)?\}`)

// nameHole is the place of the test's name. BAPCtools writes the same name for every test.
const nameHole, nameOfTest = "{name}", "testcase"

// Words splits a command as shlex.split of Python does: at white space, with the quotes and backslashes of a shell.
func Words(command string) ([]string, error) {
	var words []string
	var word strings.Builder
	inWord, quote := false, rune(0)
	runes := []rune(command)
	for i := 0; i < len(runes); i++ {
		c := runes[i]
		switch {
		case quote == '\'' && c != quote:
			word.WriteRune(c)
		case quote == '"' && c == '\\':
			if i++; i == len(runes) {
				return nil, errors.New("a backslash at the end")
			}
			if runes[i] != '"' && runes[i] != '\\' {
				word.WriteRune(c)
			}
			word.WriteRune(runes[i])
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(c)
		case c == '\'' || c == '"':
			quote, inWord = c, true
		case c == '\\':
			if i++; i == len(runes) {
				return nil, errors.New("a backslash at the end")
			}
			inWord = true
			word.WriteRune(runes[i])
		case strings.ContainsRune(" \t\r\n", c):
			if inWord {
				words = append(words, word.String())
				word.Reset()
			}
			inWord = false
		default:
			inWord = true
			word.WriteRune(c)
		}
	}
	if quote != 0 {
		return nil, fmt.Errorf("a quotation that begins with %c and does not end", quote)
	}
	if inWord {
		words = append(words, word.String())
	}
	return words, nil
}

// Seed returns the seed of a command, from 0 to 2^31-1. Tests of one count other than the first have different seeds.
func Seed(salt, command string, count int) int {
	key := salt
	if count != 1 {
		key += ":" + strconv.Itoa(count-1)
	}
	sum := sha512.Sum512([]byte(key + strings.TrimSpace(command)))
	const bits31 = 1<<31 - 1
	return int(binary.BigEndian.Uint32(sum[len(sum)-4:]) & bits31)
}
