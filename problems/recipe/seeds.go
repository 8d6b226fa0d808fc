package recipe

import (
	"crypto/sha512"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"judge/problems"
)

// Seed returns what stands in place of {seed} in a command, 0 to 2^31-1. words are its words with the ranges filled in
// and {seed} as written; number is that of the line's first range, nil without one. The seed depends on nothing else,
// so that other tests can be added, removed or renamed, and a range can grow.
func Seed(words []string, number *int64) int32 {
	hash := sha512.New()
	for _, w := range words {
		hash.Write([]byte(w)) // a hash never returns an error
		hash.Write([]byte{0})
	}
	if number != nil {
		hash.Write([]byte(strconv.FormatInt(*number, 10)))
	}
	return int32(binary.BigEndian.Uint32(hash.Sum(nil)) >> 1) //nolint:gosec // 31 bits
}

// Seeded reports whether a word of the command has {seed}.
func Seeded(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(w, "{seed}") })
}

// Holes returns how many ranges and {seed} the words of a command have. Errors are *problems.HintError.
func Holes(words []string) (int, error) {
	n := 0
	for _, w := range words {
		parts, err := parse(w)
		if err != nil {
			return 0, err
		}
		for _, p := range parts {
			if p.seed || p.span != nil {
				n++
			}
		}
	}
	return n, nil
}

// Draw returns a recipe with the holes of a template filled at random: a number of each range {A..B}, and a fresh seed.
// Each range is drawn for itself. The recipe's other fields are those of t.Recipe. Errors are *problems.HintError.
func Draw(t *problems.Template, r *rand.Rand) (*problems.Recipe, error) { return DrawUpTo(t, r, 1) }

// DrawUpTo is Draw from the first share of each range, from 0 (the first number alone) to 1, for tests that grow.
func DrawUpTo(t *problems.Template, r *rand.Rand, share float64) (*problems.Recipe, error) {
	made := t.Recipe
	made.Program, made.Args = t.Program, nil
	seed := strconv.Itoa(int(r.Int32()))
	for _, word := range t.Words {
		parts, err := parse(word)
		if err != nil {
			return nil, err
		}
		var b strings.Builder
		for _, p := range parts {
			i := int64(0)
			if p.span != nil {
				i = r.Int64N(max(1, min(p.span.size(), int64(share*float64(p.span.size()-1))+1)))
			}
			b.WriteString(fill([]part{p}, i, seed))
		}
		made.Args = append(made.Args, b.String())
	}
	return &made, nil
}

// Template returns the template that a recipe with a seed was made from, by the words of its line; nil if it has no
// seed or its line is no command.
func Template(r *problems.Recipe) *problems.Template {
	if !r.Seeded || r.Program == nil {
		return nil
	}
	line := r.Line
	if line == "" {
		line = r.Command
	}
	words, err := Words(line)
	if err != nil || len(words) == 0 || !Seeded(words[1:]) {
		return nil
	}
	return &problems.Template{Program: r.Program, Words: words[1:], Recipe: *r}
}
