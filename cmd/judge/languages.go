package main

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/urfave/cli/v2"

	"judge/judge/languages"
	"judge/judge/report"
	"judge/problems/text"
)

func languagesCommand(stdio IO) *cli.Command {
	return &cli.Command{
		Name:  "languages",
		Usage: "list the languages with their versions on this host, and what is missing",
		Flags: []cli.Flag{
			languagesFlag(), boolFlag("json", "", "print the list as JSON"),
		},
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			if c.NArg() > 0 {
				return &usageError{"judge languages takes no arguments", ""}
			}
			table, err := loadLanguages(c.String("languages"))
			if err != nil {
				return err
			}
			all := probe(c.Context, table.All())
			if c.Context.Err() != nil {
				return context.Cause(c.Context) // a compiler that was interrupted has not failed
			}
			if c.Bool("json") {
				return ignoreClosed(text.WriteJSON(stdio.Stdout, all))
			}
			return ignoreClosed(writeLanguages(stdio, all))
		},
	}
}

// languageState is a language as it is on this host.
type languageState struct {
	ID         string   `json:"id"`
	Name       string   `json:"name"`
	Extensions []string `json:"extensions"`
	Works      bool     `json:"works"`
	Version    string   `json:"version"`
	Linking    string   `json:"linking"` // "static" or "dynamic"; "": the compiler decides
	Lacks      []string `json:"lacks"`   // the static libraries without which it is dynamic
	Missing    []string `json:"missing"` // executables
	Package    string   `json:"package"` // of Debian, that brings the language
	Fault      string   `json:"fault"`   // why its version cannot be told
}

// probe runs the version commands of all languages at once: most of it is waiting.
func probe(ctx context.Context, all []languages.Language) []languageState {
	states := make([]languageState, len(all))
	var asking sync.WaitGroup
	for i, l := range all {
		asking.Go(func() {
			s := languageState{
				ID: l.ID, Name: l.Name, Extensions: l.Extensions, Missing: l.Missing(), Package: l.Package,
			}
			if s.Works = len(s.Missing) == 0; s.Works {
				version, err := l.Version(ctx)
				s.Version = version.Number
				if err != nil {
					s.Works, s.Fault = false, err.Error()
				}
				linking := l.Linking()
				s.Linking, s.Lacks = linking.Kind, linking.Lacks
			}
			states[i] = s
		})
	}
	asking.Wait()
	return states
}

func writeLanguages(stdio IO, all []languageState) error {
	table := report.Grid{Align: "llll", Header: []string{"id", "language", "extensions", "here"}}
	for _, l := range text.Clean(all) {
		here := l.Version
		switch {
		case l.Fault != "":
			here = l.Fault
		case len(l.Lacks) > 0:
			here += ", linked dynamically: no " + strings.Join(l.Lacks, ", no ")
		case !l.Works:
			here = fmt.Sprintf("missing: %s (install %s)", strings.Join(l.Missing, ", "), l.Package)
		}
		table.Rows = append(table.Rows, []string{l.ID, l.Name, strings.Join(l.Extensions, " "), here})
	}
	return table.Write(stdio.Stdout)
}
