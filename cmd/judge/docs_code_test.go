package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// codePages are the pages for people who change the code, by their paths from the root.
func codePages() []string { return []string{"docs/CONTRIBUTING.md", "docs/ARCHITECTURE.md"} }

// blocks returns the paragraphs, list items, rows of tables and code blocks of a page, each in one line.
func blocks(page string) (all []string) {
	first := regexp.MustCompile(`^(\||- |#|\d+\. )`)
	joins := false
	for line := range strings.Lines(page) {
		line = strings.TrimRight(line, "\n")
		if joins && line != "" && !first.MatchString(line) {
			all[len(all)-1] += "\n" + line
			continue
		}
		joins = line != ""
		all = append(all, line)
	}
	return all
}

// spans returns what a text has in code quotes.
func spans(block string) (all []string) {
	block = strings.ReplaceAll(block, "```", "")
	for _, found := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(block, -1) {
		all = append(all, found[1])
	}
	return all
}

// isPlaceholder reports whether a span stands for a name of the reader's choice, such as judge/verify/NAME.go.
func isPlaceholder(span string) bool {
	return regexp.MustCompile(`NAME|ID|COMMAND|FOLDER|VERSION`).MatchString(span)
}

// inTree reports whether a path from the root exists.
func inTree(path string) bool {
	_, err := os.Stat(filepath.Join("../..", path))
	return err == nil
}

// TestCodePagesNameFilesThatExist: a path is from the root; a file name without a path is in the folder of a path of the
// same paragraph or row.
func TestCodePagesNameFilesThatExist(t *testing.T) {
	roots := regexp.MustCompile(`^(cmd|judge|problems|checkers|isolate|examples|docs|\.ci|\.dist)/[\w./*-]+$`)
	file := regexp.MustCompile(`^\w+\.(go|c|h|json|yaml|txtar)$`)
	for _, page := range codePages() {
		text, err := os.ReadFile("../../" + page)
		if err != nil {
			t.Fatal(err)
		}
		checked := 0
		for _, block := range blocks(string(text)) {
			var folders []string
			for _, span := range spans(block) {
				switch {
				case isPlaceholder(span):
					span = span[:regexp.MustCompile(`[^/]*(NAME|ID|COMMAND|FOLDER|VERSION)`).FindStringIndex(span)[0]]
					if span != "" && roots.MatchString(span) && !inTree(span) {
						t.Errorf("%s names the folder %q, which does not exist", page, span)
					}
					folders = append(folders, strings.TrimSuffix(span, "/"))
				case roots.MatchString(span):
					checked++
					if found, err := filepath.Glob("../../" + span); err != nil || len(found) == 0 {
						t.Errorf("%s names %q, which does not exist", page, span)
					}
					folder := strings.TrimSuffix(span, "/")
					if filepath.Ext(span) != "" {
						folder = filepath.Dir(span)
					}
					folders = append(folders, folder)
				case file.MatchString(span):
					checked++
					if !slices.ContainsFunc(folders, func(dir string) bool { return inTree(dir + "/" + span) }) {
						t.Errorf("%s names %q, which is in none of %q: write its path", page, span, folders)
					}
				}
			}
		}
		if checked < 20 {
			t.Errorf("%s: found only %d names of files", page, checked)
		}
	}
}

// goSource returns all Go code of the repository but this file.
func goSource(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for _, top := range []string{"cmd", "judge", "problems", "checkers", "isolate"} {
		err := filepath.WalkDir("../../"+top, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".go" || filepath.Base(path) == "docs_code_test.go" {
				return err
			}
			text, err := os.ReadFile(path)
			all.Write(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

// TestCodePagesNameCodeThatExists: functions, methods, types and tests, such as build.Reader.Read and formats().
func TestCodePagesNameCodeThatExists(t *testing.T) {
	name := regexp.MustCompile(`^(?:[a-z]+\.)?([A-Za-z]\w*(?:\.[A-Z]\w*)?)(\(.*\).*)?$`)
	mixed := regexp.MustCompile(`[a-z][A-Z]|^[A-Z][a-z]`)
	source := goSource(t)
	for _, page := range codePages() {
		text, err := os.ReadFile("../../" + page)
		if err != nil {
			t.Fatal(err)
		}
		for _, span := range spans(string(text)) {
			found := name.FindStringSubmatch(span)
			if found == nil || isPlaceholder(span) || found[2] == "" && !mixed.MatchString(found[1]) {
				continue
			}
			for _, word := range strings.Split(found[1], ".") {
				if !regexp.MustCompile(`\b` + regexp.QuoteMeta(word) + `\b`).MatchString(source) {
					t.Errorf("%s names %q: no Go file has %s", page, span, word)
				}
			}
		}
	}
}

// alternatives returns the parts of a -run pattern such as A|B or Test(A|B), without the names of subtests.
func alternatives(pattern string) (all []string) {
	pattern, _, _ = strings.Cut(pattern, "/")
	prefix, inside, grouped := strings.Cut(pattern, "(")
	if !grouped {
		return strings.Split(pattern, "|")
	}
	for part := range strings.SplitSeq(strings.TrimSuffix(inside, ")"), "|") {
		all = append(all, prefix+part)
	}
	return all
}

// TestCodePagesRunTestsThatExist: each part of a -run pattern matches a test of the packages that the command names.
func TestCodePagesRunTestsThatExist(t *testing.T) {
	command := regexp.MustCompile(`go test ((?:\./[\w/]+ ?)+)(?:-run ('[^']+'|\w+))?`)
	for _, page := range codePages() {
		text, err := os.ReadFile("../../" + page)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range command.FindAllStringSubmatch(string(text), -1) {
			var names []string
			for _, folder := range strings.Fields(found[1]) {
				files, err := filepath.Glob(filepath.Join("../..", folder, "*_test.go"))
				if err != nil || len(files) == 0 {
					t.Errorf("%s: %q: %s has no tests", page, found[0], folder)
				}
				for _, path := range files {
					code, err := os.ReadFile(path)
					if err != nil {
						t.Fatal(err)
					}
					for _, test := range regexp.MustCompile(`(?m)^func (Test\w+)`).FindAllStringSubmatch(string(code), -1) {
						names = append(names, test[1])
					}
				}
			}
			for _, part := range alternatives(strings.Trim(found[2], "'")) {
				if !slices.ContainsFunc(names, regexp.MustCompile(part).MatchString) {
					t.Errorf("%s: %q: no test matches %s", page, found[0], part)
				}
			}
		}
	}
}
