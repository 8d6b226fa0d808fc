package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// arrange moves the flags of a command before its arguments, because urfave/cli treats every word after the first
// argument as an argument. Words after "--" stay in place. An unknown flag is an error with the most similar flag.
func arrange(app *cli.App, args []string) ([]string, error) {
	if len(args) < 2 {
		return args, nil
	}
	if args[1] == "help" { // judge help run: judge run --help
		args = slices.Concat(args[:1], args[2:min(3, len(args))], []string{"--help"})
	}
	if args[1] == "--version" { // as every tool has it
		args = slices.Concat(args[:1], []string{"version"}, args[2:])
	}
	i := slices.IndexFunc(app.Commands, func(c *cli.Command) bool { return c.HasName(args[1]) })
	if i < 0 {
		help := []string{"-h", "--help", "-help"}
		if name := args[1]; strings.HasPrefix(name, "-") && !slices.Contains(help, name) {
			return nil, &usageError{"unknown flag " + name, nearest(name, []string{"--help", "--version"})}
		}
		return args, nil
	}
	command := app.Commands[i]
	flags, rest, err := split(flagsOf(command), args[2:])
	if err != nil && command.Name == "jail" && !slices.Contains(args, "--") {
		var wrong *usageError
		if errors.As(err, &wrong) && wrong.hint == "" {
			wrong.hint = "put the command after --, as in: judge jail -- " + strings.Join(args[2:], " ")
		}
		return nil, err
	}
	if err != nil {
		return nil, err
	}
	if slices.Contains(flags, "--help") || slices.Contains(flags, "-h") { // whatever it is about
		rest = nil
	}
	return slices.Concat(args[:2], flags, []string{"--"}, rest), nil
}

// flagsOf lists the flags of a command by name, and whether they take a value.
func flagsOf(command *cli.Command) map[string]bool {
	takes := map[string]bool{"help": false, "h": false}
	for _, f := range command.Flags {
		_, isBool := f.(*cli.BoolFlag)
		for _, name := range f.Names() {
			takes[name] = !isBool
		}
	}
	return takes
}

// split divides words into flags with their values and arguments.
func split(takes map[string]bool, words []string) (flags, rest []string, err error) {
	for i := 0; i < len(words); i++ {
		word := words[i]
		switch {
		case word == "--":
			return flags, append(rest, words[i+1:]...), nil
		case word == "-" || !strings.HasPrefix(word, "-"):
			rest = append(rest, word)
			continue
		}
		flag, value, hasValue := parseFlag(takes, word)
		needs, known := takes[strings.TrimLeft(flag, "-")]
		if !known {
			return nil, nil, &usageError{"unknown flag " + word, nearest(flag, names(takes))}
		}
		if needs && !hasValue && i+1 < len(words) && !isFlag(takes, words[i+1]) {
			i++
			value, hasValue = words[i], true
		}
		if needs && value == "" {
			return nil, nil, &usageError{flag + " needs a value", ""}
		}
		if !needs && hasValue && value != "true" && value != "false" {
			return nil, nil, &usageError{flag + " takes no value", "write " + flag + " alone"}
		}
		if hasValue {
			flag += "=" + value
		}
		flags = append(flags, flag)
	}
	return flags, rest, nil
}

// parseFlag reads --name, --name=value, -n, -n=value and -nvalue.
func parseFlag(takes map[string]bool, word string) (flag, value string, hasValue bool) {
	flag, value, hasValue = strings.Cut(word, "=")
	if _, known := takes[strings.TrimLeft(flag, "-")]; known || strings.HasPrefix(word, "--") || len(word) < 3 {
		return flag, value, hasValue
	}
	if takes[word[1:2]] { // -j2
		return word[:2], strings.TrimPrefix(word[2:], "="), true
	}
	return flag, value, hasValue
}

// isFlag reports whether a word must be a flag, and not the value of the flag before it.
func isFlag(takes map[string]bool, word string) bool {
	if word == "--" {
		return true
	}
	flag, _, _ := strings.Cut(word, "=")
	_, known := takes[strings.TrimLeft(flag, "-")]
	return known && strings.HasPrefix(word, "-")
}

func names(takes map[string]bool) []string {
	var all []string
	for name := range takes {
		if len(name) > 1 {
			all = append(all, "--"+name)
		}
	}
	slices.Sort(all)
	return all
}
