package main

import (
	"regexp"
	"slices"
	"testing"

	"github.com/urfave/cli/v2"
)

// TestOnlyCommandsKnowFlags: a package outside cmd says what is wrong, and the command knows which of its flags helps: it
// adds a hint, or passes the words, as to doctor.Sources. Flags of other programs are fine, such as systemd-run --user.
func TestOnlyCommandsKnowFlags(t *testing.T) {
	flag := regexp.MustCompile(`(?:^|[^-\w])--([a-z][a-z0-9-]*)`)
	own := flagNames(newApp(IO{}, IO{}).Commands)
	for _, p := range packages(t) {
		if top(p.ImportPath) == "judge/cmd" || aside(p) {
			continue
		}
		for _, name := range p.goFiles() {
			for _, literal := range stringsIn(t, p.Dir+"/"+name) {
				for _, found := range flag.FindAllStringSubmatch(literal, -1) {
					if slices.Contains(own, found[1]) {
						t.Errorf("%s names the flag --%s of judge: %q", p.place(name), found[1], literal)
					}
				}
			}
		}
	}
}

// flagNames are the long names of all flags of these commands and of those below them.
func flagNames(commands []*cli.Command) (all []string) {
	for _, c := range commands {
		for _, f := range c.Flags {
			for _, name := range f.Names() {
				if len(name) > 1 {
					all = append(all, name)
				}
			}
		}
		all = append(all, flagNames(c.Subcommands)...)
	}
	return all
}
