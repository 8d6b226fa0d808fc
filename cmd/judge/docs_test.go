package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// pages are the papers for people, by their paths from the root.
func pages(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	return append(all, "../../README.md", "../../CHANGELOG.md", "../../SECURITY.md")
}

// prose returns the lines of a page outside of code.
func prose(page string) (lines []string) {
	code := false
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "```") {
			code = !code
		} else if !code && !strings.HasPrefix(line, "    ") {
			lines = append(lines, strings.TrimSuffix(line, "\n"))
		}
	}
	return lines
}

// anchors are the names that GitHub gives to the headings of a page.
func anchors(page string) (all []string) {
	for _, line := range prose(page) {
		if title, found := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); found && strings.HasPrefix(line, "#") {
			title = regexp.MustCompile(`[^\p{L}\p{N}_ -]`).ReplaceAllString(strings.ToLower(title), "")
			all = append(all, strings.ReplaceAll(title, " ", "-"))
		}
	}
	return all
}

// TestDocsLinksResolve checks that every relative link of the pages leads to a file and, within pages, to a heading.
func TestDocsLinksResolve(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	for _, path := range pages(t) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range link.FindAllStringSubmatch(strings.Join(prose(string(text)), "\n"), -1) {
			target, anchor, _ := strings.Cut(found[1], "#")
			if strings.Contains(target, "://") {
				continue
			}
			to := path
			if target != "" {
				to = filepath.Join(filepath.Dir(path), target)
			}
			if _, err := os.Stat(to); err != nil {
				t.Errorf("%s: %q leads to nothing: %v", path, found[1], err)
				continue
			}
			if anchor == "" {
				continue
			}
			other, err := os.ReadFile(to)
			if err != nil {
				t.Fatal(err)
			}
			if headings := anchors(string(other)); !slices.Contains(headings, anchor) {
				t.Errorf("%s: %q names no heading: %s has %q", path, found[1], to, headings)
			}
		}
	}
}
