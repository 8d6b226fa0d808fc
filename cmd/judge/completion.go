package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

func completionCommand(stdio IO) *cli.Command {
	shells := map[string]func(io.Writer, []*cli.Command) error{
		"bash": bashCompletion, "zsh": zshCompletion, "fish": fishCompletion,
	}
	return &cli.Command{
		Name:      "completion",
		Usage:     "print a shell completion script",
		ArgsUsage: "bash | zsh | fish",
		Description: "bash: judge completion bash >/etc/bash_completion.d/judge\n" +
			"zsh:  judge completion zsh >\"${fpath[1]}/_judge\"\n" +
			"fish: judge completion fish >~/.config/fish/completions/judge.fish",
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			if c.NArg() != 1 {
				return &usageError{"no shell given: judge completion bash | zsh | fish", ""}
			}
			write, ok := shells[c.Args().First()]
			if !ok {
				shell := c.Args().First()
				hint := nearest(shell, []string{"bash", "zsh", "fish"})
				return &usageError{fmt.Sprintf("unknown shell %q", shell), hint}
			}
			return ignoreClosed(write(stdio.Stdout, c.App.Commands))
		},
	}
}

func manCommand(stdio IO) *cli.Command {
	return &cli.Command{
		Name:         "man",
		Usage:        "print the manual page: judge man | man -l -",
		OnUsageError: flagError,
		Action: func(c *cli.Context) error {
			if c.NArg() > 0 {
				return &usageError{"judge man takes no arguments", ""}
			}
			page, err := c.App.ToManWithSection(1)
			if err != nil {
				return fmt.Errorf("create the manual page: %w", err)
			}
			_, err = io.WriteString(stdio.Stdout, page)
			return ignoreClosed(err)
		},
	}
}

// longFlags are a command's flags as they are written.
func longFlags(c *cli.Command) []string {
	words := []string{"--help"}
	for _, f := range c.Flags {
		for _, name := range f.Names() {
			dashes := "--"
			if len(name) == 1 {
				dashes = "-"
			}
			words = append(words, dashes+name)
		}
	}
	slices.Sort(words)
	return words
}

func namesOf(commands []*cli.Command) string {
	var names []string
	for _, c := range commands {
		names = append(names, c.Name)
	}
	return strings.Join(names, " ")
}

func bashCompletion(w io.Writer, commands []*cli.Command) error {
	var b strings.Builder
	fmt.Fprintf(&b, `_judge() {
	local word=${COMP_WORDS[COMP_CWORD]}
	COMPREPLY=()
	if ((COMP_CWORD == 1)); then
		COMPREPLY=($(compgen -W "%s" -- "$word"))
		return
	fi
	[[ $word == -* ]] || return 0
	case ${COMP_WORDS[1]} in
`, namesOf(commands))
	for _, c := range commands {
		words := strings.Join(longFlags(c), " ")
		fmt.Fprintf(&b, "\t%s) COMPREPLY=($(compgen -W \"%s\" -- \"$word\")) ;;\n", c.Name, words)
	}
	b.WriteString("\tesac\n}\ncomplete -o default -F _judge judge\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// quoted makes a text one word of a shell, in single quotes.
func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// zshQuoted is quoted for a specification of _arguments or _describe, in which a colon parts fields and brackets
// enclose them.
func zshQuoted(text string) string {
	return quoted(strings.NewReplacer(`\`, `\\`, ":", `\:`, "[", `\[`, "]", `\]`).Replace(text))
}

func zshCompletion(w io.Writer, commands []*cli.Command) error {
	var b strings.Builder
	b.WriteString("#compdef judge\n_judge() {\n\tif ((CURRENT == 2)); then\n\t\tlocal -a commands=(\n")
	for _, c := range commands {
		fmt.Fprintf(&b, "\t\t\t%s':'%s\n", quoted(c.Name), zshQuoted(c.Usage))
	}
	b.WriteString("\t\t)\n\t\t_describe command commands\n\t\treturn\n\tfi\n")
	b.WriteString("\tif [[ $words[CURRENT] == -* ]]; then\n\t\tcase $words[2] in\n")
	for _, c := range commands {
		fmt.Fprintf(&b, "\t\t%s) compadd -- %s ;;\n", c.Name, strings.Join(longFlags(c), " "))
	}
	// In a directory of fpath the file is itself the body of _judge, and its first call must complete something.
	b.WriteString("\t\tesac\n\t\treturn\n\tfi\n\t_files\n}\n" +
		"if [[ ${funcstack[1]-} == _judge ]]; then\n\t_judge \"$@\"\nelse\n\tcompdef _judge judge\nfi\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func fishCompletion(w io.Writer, commands []*cli.Command) error {
	var b strings.Builder
	for _, c := range commands {
		fmt.Fprintf(&b, "complete -c judge -n __fish_use_subcommand -f -a %s -d %s\n", c.Name, fishQuoted(c.Usage))
		for _, f := range c.Flags {
			line := "complete -c judge -n '__fish_seen_subcommand_from " + c.Name + "'"
			for _, name := range f.Names() {
				if len(name) == 1 {
					line += " -s " + name
				} else {
					line += " -l " + name
				}
			}
			if _, isBool := f.(*cli.BoolFlag); !isBool {
				line += " -r"
			}
			if d, ok := f.(cli.DocGenerationFlag); ok {
				line += " -d " + fishQuoted(strings.ReplaceAll(d.GetUsage(), "`", ""))
			}
			b.WriteString(line + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// fishQuoted is a word in fish's single quotes, in which a backslash escapes.
func fishQuoted(text string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(text) + "'"
}
