package main

import (
	"bytes"
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// oldWords are phrases that readers had to read twice, with what to write instead. They stay out of the help, the
// documents and the messages.
var oldWords = map[string]string{
	"held against":            "compared with",
	"hold problems against":   "check problems for consistency",
	"against themselves":      "for consistency",
	"was understood":          "was parsed",
	"what is kept from":       "cache",
	"lay the table":           "merge the table",
	"over the built-in one":   "into the built-in one",
	"write a problem down":    "convert a problem",
	"is told on stderr":       "is listed on stderr",
	"take warnings for":       "treat warnings as",
	"was looked at":           "was checked",
	"another time limit, in":  "override the time limit",
	"another FACTOR":          "the factor",
	"skip what follows":       "skip the remaining tests",
	"makes a shell complete":  "a shell completion script",
	"is written over":         "is overwritten",
	"times are those of":      "times are from the cached run",
	"a page to `FILE`":        "a self-contained HTML report",
	"a jail cannot be made":   "cannot create a jail",
	"the cache is of no use":  "the cache is unavailable",
	"hardly too slow":         "too close to count as TLE",
	"hangs on the machine":    "may differ between machines",
	"has to refuse":           "must reject",
	"nothing is expected of":  "no expected verdict declared",
	"is there to be run":      "no input validator",
	"is there already":        "exists",
	"no test is called so":    "no test matches",
	"where the answer has":    "expected X, got Y",
	"is stated to be":         "is expected to be",
	"too near to each other":  "too close",
	"times do not count":      "times are ignored",
	"unasked":                 "silently",
	"was interrupted, and no": "interrupted; no",
	"tell the authors":        "report it",
	"may move timings":        "may affect timing",
	"Nobody who does not":     "Submissions behave exactly as without it",
	"Who fears that":          "If that matters to you",
}

// commit is a line that quotes a commit of old, as a list of examples to follow does.
var commit = regexp.MustCompile(`(?m)^\s+[0-9a-f]{7,40} .*$`)

// TestPlainWords looks for the old phrases in the help of every command, the documents and the strings of all packages.
func TestPlainWords(t *testing.T) {
	look := func(where, text string) {
		text = strings.Join(strings.Fields(text), " ")
		for old, better := range oldWords {
			if strings.Contains(text, old) {
				t.Errorf("%s says %q: write %q", where, old, better)
			}
		}
	}
	app := newApp(IO{}, IO{})
	for _, name := range commandNames(app) {
		var help bytes.Buffer
		Main(context.Background(), []string{"judge", name, "--help"}, IO{Stdout: &help, Stderr: &help})
		if !strings.Contains(help.String(), "judge "+name) {
			t.Errorf("judge %s --help prints no help", name)
		}
		look("judge "+name+" --help", help.String())
	}
	documents, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(documents) == 0 {
		t.Fatalf("no documents: %v", err)
	}
	for _, path := range append(documents, "../../README.md") {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		look(path, commit.ReplaceAllString(string(text), ""))
	}
	for _, p := range packages(t) {
		for _, name := range append(p.GoFiles, p.CgoFiles...) {
			path := filepath.Join(p.Dir, name)
			for _, literal := range stringsIn(t, path) {
				look(path, literal)
			}
		}
	}
}

// stringsIn returns the string literals of a Go file.
func stringsIn(t *testing.T, path string) (all []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			if text, err := strconv.Unquote(literal.Value); err == nil {
				all = append(all, text)
			}
		}
		return true
	})
	return all
}
