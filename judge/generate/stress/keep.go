package stress

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"judge/problems"
	"judge/problems/recipe"
	"judge/problems/safefile"
)

// Keeper adds an input that was found to a problem with a native spec, as a test. It writes files where the spec looks
// for tests, else a line where the spec lists generators.
type Keeper struct {
	name   string
	dir    string
	input  string     // path of the new input, relative to dir; "": no glob of the spec finds new files
	answer string     // and of its answer
	spec   string     // path of the spec, relative to dir
	script string     // path of the script of generators, relative to dir; "": none
	list   *yaml.Node // the list of generators in the spec; nil: none
}

// maxSpec bounds the spec that is read, in bytes.
const maxSpec = 4 << 20

// NewKeeper returns the keeper of a problem for a new test. Errors are *problems.HintError.
func NewKeeper(p *problems.Problem, name string) (*Keeper, error) {
	k := &Keeper{name: name, dir: p.Dir, spec: "problem.yaml"}
	switch {
	case p.Format != "native":
		return nil, &problems.HintError{
			Msg:  fmt.Sprintf("tests can be added to native specs alone, and this problem is %s", p.Format),
			Hint: "add the test by hand",
		}
	case !regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`).MatchString(name):
		return nil, &problems.HintError{
			Msg: fmt.Sprintf("%q cannot name a test", name), Hint: "use letters, digits, dots, - and _",
		}
	}
	for _, t := range p.Tests {
		if t.Name == name || path.Base(t.Name) == name {
			return nil, &problems.HintError{
				Msg: fmt.Sprintf("the problem has a test %q", name), Hint: "choose another name",
			}
		}
	}
	if info, err := os.Stat(p.Path); err == nil && info.Mode().IsRegular() {
		k.spec = filepath.Base(p.Path)
	}
	data, err := safefile.ReadFile(filepath.Join(k.dir, k.spec), maxSpec)
	if err != nil {
		return nil, err
	}
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		return nil, err
	}
	if len(document.Content) == 1 {
		k.look(document.Content[0], p)
	}
	if k.input == "" && k.script == "" && k.list == nil {
		return nil, &problems.HintError{
			Msg: "the spec has no place for another test", Hint: "add a glob, such as tests: tests/*.in",
		}
	}
	return k, nil
}

// look finds the places for tests in a spec.
func (k *Keeper) look(spec *yaml.Node, p *problems.Problem) {
	tests, recipes := value(spec, "tests"), value(spec, "generate")
	for _, glob := range append(scalars(tests), scalars(value(tests, "input"))...) {
		dir, base := path.Split(glob)
		if strings.Count(base, "*") != 1 || strings.ContainsAny(glob, `?[\`) || strings.Contains(dir, "*") {
			continue
		}
		k.input = path.Join(dir, strings.Replace(base, "*", k.name, 1))
		extension := ".ans"
		for _, t := range p.Tests {
			if t.Answer != "" && filepath.Dir(t.Input) == filepath.Join(k.dir, dir) {
				extension = filepath.Ext(t.Answer)
			}
		}
		k.answer = strings.TrimSuffix(k.input, path.Ext(k.input)) + extension
		return
	}
	switch {
	case recipes != nil && recipes.Kind == yaml.ScalarNode:
		k.script = recipes.Value
	case recipes != nil && recipes.Kind == yaml.SequenceNode && recipes.Style&yaml.FlowStyle == 0:
		k.list = recipes
	}
}

// value returns what a mapping has for a key; nil: nothing.
func value(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// scalars returns the texts of a node: its own, or those of its list.
func scalars(n *yaml.Node) (all []string) {
	switch {
	case n == nil:
	case n.Kind == yaml.ScalarNode:
		all = append(all, n.Value)
	case n.Kind == yaml.SequenceNode:
		for _, one := range n.Content {
			all = append(all, scalars(one)...)
		}
	case n.Kind == yaml.MappingNode:
		all = scalars(value(n, "input"))
	}
	return all
}

// Keep adds the test, and returns the paths of the files that it has written. Nothing is overwritten.
func (k *Keeper) Keep(f *Found) ([]string, error) {
	root, err := os.OpenRoot(k.dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	switch {
	case k.input != "":
		var written []string
		for _, file := range []struct {
			name string
			data []byte
		}{{k.input, f.Input}, {k.answer, f.Answer}} {
			to, err := root.OpenFile(file.name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
			if err != nil {
				return written, err
			}
			_, err = to.Write(file.data)
			if closed := to.Close(); err == nil {
				err = closed
			}
			if err != nil {
				return written, err
			}
			written = append(written, filepath.Join(k.dir, file.name))
		}
		return written, nil
	case k.script != "":
		return k.extend(root, k.script, func(script []byte) ([]byte, error) { return k.addLine(script, f) })
	default:
		return k.extend(root, k.spec, func(spec []byte) ([]byte, error) { return k.addItem(spec, f) })
	}
}

// extend replaces a file by an edit of it.
func (k *Keeper) extend(root *os.Root, name string, edit func([]byte) ([]byte, error)) ([]string, error) {
	full := filepath.Join(k.dir, name)
	data, err := safefile.ReadFile(full, recipe.MaxScript)
	if err != nil {
		return nil, err
	}
	if data, err = edit(data); err != nil {
		return nil, err
	}
	temporary := name + ".new"
	to, err := root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) // follows no link, opens no FIFO
	if err != nil {
		return nil, err
	}
	_, err = to.Write(data)
	if err = errors.Join(err, to.Close()); err != nil {
		root.Remove(temporary) //nolint:errcheck // the first error is returned
		return nil, err
	}
	if info, err := root.Stat(name); err == nil {
		root.Chmod(temporary, info.Mode().Perm()) //nolint:errcheck // the mode does not matter
	}
	return []string{full}, root.Rename(temporary, name)
}

// addLine appends a line to a script of generators.
func (k *Keeper) addLine(script []byte, f *Found) ([]byte, error) {
	if f.Edited {
		return nil, &problems.HintError{
			Msg:  "the input was shrunk, so that no generator makes it, and a script of generators holds nothing else",
			Hint: "add a glob to the spec, such as tests: tests/*.in",
		}
	}
	return append(ended(script), k.name+"  "+k.command(f)+"\n"...), nil
}

func ended(text []byte) []byte {
	if len(text) > 0 && !bytes.HasSuffix(text, []byte("\n")) {
		return append(text, '\n')
	}
	return text
}

// command returns the command of a recipe with its program relative to the spec.
func (k *Keeper) command(f *Found) string {
	program, err := filepath.Rel(k.dir, f.Recipe.Program.Path)
	if err != nil {
		program = f.Recipe.Program.Path
	}
	return recipe.Join(slices.Concat([]string{program}, f.Recipe.Program.Args, f.Recipe.Args))
}

// addItem appends an item to the list of generators in the spec, whose other lines stay as they are.
func (k *Keeper) addItem(spec []byte, f *Found) ([]byte, error) {
	last := lastLine(k.list)
	if last == 0 || !utf8.Valid(f.Input) {
		return nil, &problems.HintError{
			Msg:  "the test cannot be written into the list of generators",
			Hint: "add a glob to the spec, such as tests: tests/*.in",
		}
	}
	item := fmt.Sprintf("{name: %s, run: %s}", strconv.Quote(k.name), strconv.QuoteToASCII(k.command(f)))
	if f.Edited {
		item = fmt.Sprintf("{name: %s, text: %s}", strconv.Quote(k.name), strconv.QuoteToASCII(string(f.Input)))
	}
	lines := bytes.SplitAfter(ended(spec), []byte("\n"))
	if last > len(lines) {
		last = len(lines)
	}
	added := strings.Repeat(" ", max(k.list.Column-1, 0)) + "- " + item + "\n"
	return bytes.Join(slices.Insert(lines, last, []byte(added)), nil), nil
}

// lastLine returns the last line of a node; 0: it cannot be told, as of a text of several lines.
func lastLine(n *yaml.Node) int {
	long := n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 || strings.Contains(n.Value, "\n")
	if n.Kind == yaml.ScalarNode && long {
		return 0
	}
	last := n.Line
	for _, one := range n.Content {
		line := lastLine(one)
		if line == 0 {
			return 0
		}
		last = max(last, line)
	}
	return last
}
