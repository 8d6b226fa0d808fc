package stress

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/recipe"
)

// TemplateOf returns the template of a command that the user has written: PROGRAM ARG... The program is a path,
// relative to the problem or to the working directory, or the name of a file in the problem's generators. Errors are
// *problems.HintError.
func TemplateOf(p *problems.Problem, command string) (*problems.Template, error) {
	words, err := recipe.Words(command)
	if err != nil {
		return nil, err
	}
	if len(words) == 0 {
		return nil, &problems.HintError{
			Msg: "the command is empty", Hint: `write PROGRAM ARG..., as in "random {1..8} {seed}"`,
		}
	}
	holes, err := recipe.Holes(words[1:])
	if err != nil {
		return nil, err
	}
	if holes == 0 {
		return nil, &problems.HintError{
			Msg:  fmt.Sprintf("%q makes the same input every time", command),
			Hint: "add {seed}, or a range such as {1..8}, to its arguments",
		}
	}
	path, err := generatorPath(p, words[0])
	if err != nil {
		return nil, err
	}
	return &problems.Template{
		Program: &problems.External{Path: path}, Words: words[1:],
		Recipe: problems.Recipe{Input: problems.Source{Origin: problems.FromStdout}, Command: command},
	}, nil
}

func generatorPath(p *problems.Problem, name string) (string, error) {
	tries := []string{filepath.Join(p.Dir, name), name}
	if !strings.Contains(name, "/") {
		inside := filepath.Join(p.Dir, "generators", name)
		matches, err := filepath.Glob(globbed(inside) + ".*")
		if err != nil {
			return "", err
		}
		tries = slices.Concat(tries, []string{inside}, matches)
	}
	for _, path := range tries {
		if _, err := os.Stat(path); err == nil {
			return filepath.Abs(path)
		}
	}
	return "", &problems.HintError{
		Msg:  fmt.Sprintf("no generator %q in %s", name, p.Dir),
		Hint: "write a path relative to the problem, or the name of a file in its generators/",
	}
}

// globbed returns a text as a pattern that matches just it.
func globbed(text string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(text)
}
