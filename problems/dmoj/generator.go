package dmoj

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"judge/problems"
	"judge/problems/folder"
)

// generating is the generator of a case: a source, several sources, or keys.
type generating struct {
	Source   folder.One  `yaml:"source"`
	Flags    []string    `yaml:"flags"`
	Args     []yaml.Node `yaml:"args"`
	Language string      `yaml:"language"`

	TimeLimit    any                  `yaml:"time_limit"`
	MemoryLimit  any                  `yaml:"memory_limit"`
	CompilerTime any                  `yaml:"compiler_time_limit"`
	Others       map[string]yaml.Node `yaml:",inline"`
}

// recipe returns how a case is made, nil if its files are all there is. A generator writes the input to stdout and the
// answer to stderr. A case with an input file of its own has no arguments, and needs the generator only for its answer.
func (r *reader) recipe(c *config, files pair) (*problems.Recipe, error) {
	node, set := c.node("generator")
	if !set {
		return nil, nil
	}
	for _, key := range []string{"generator_args", "generator_in"} {
		if files.in != "" && c.has(key) {
			return nil, r.folder.Fault(FileName, c.line,
				key+": the case also has an input file: expected one of the two",
				"remove "+key)
		}
	}
	if files.in != "" && files.out != "" {
		return nil, nil
	}
	given, err := r.generating(node)
	if err != nil {
		return nil, err
	}
	made := &problems.Recipe{
		Input: problems.Source{Origin: problems.FromStdout}, Answer: problems.Source{Origin: problems.FromStderr},
		File: r.folder.Fault(FileName, 0, "", "").File, Row: c.line, Column: c.column,
	}
	if made.Program, err = r.generator(node, given); err != nil {
		return nil, err
	}
	if made.Args, err = r.argsOf(c, given); err != nil {
		return nil, err
	}
	if made.Stdin, err = r.stdin(c); err != nil {
		return nil, err
	}
	made.Command = strings.Join(append([]string{given.Source[0]}, made.Args...), " ")
	return made, nil
}

// node returns the value of a key of the case, or of the batch or the problem around it.
func (c *config) node(key string) (*yaml.Node, bool) {
	for ; c != nil; c = c.outer {
		for _, spelled := range []string{key, strings.ReplaceAll(key, "_", "-")} {
			if node, ok := c.values[spelled]; ok {
				return resolved(&node), node.Tag != "!!null"
			}
		}
	}
	return nil, false
}

// generating reads the value of generator.
func (r *reader) generating(node *yaml.Node) (generating, error) {
	var given generating
	err := node.Decode(&given.Source)
	if node.Kind == yaml.MappingNode {
		err = node.Decode(&given)
	}
	if err != nil || len(given.Source) == 0 {
		return given, r.folder.FaultAt(FileName, node, "generator: expected a source, a list of sources, or keys",
			"write generator: NAME, or generator: {source: NAME, flags: [...]}")
	}
	return given, nil
}

// generator returns the program of a generator. Cases share it.
func (r *reader) generator(node *yaml.Node, given generating) (*problems.External, error) {
	if known := r.generators[node.Line<<16+node.Column]; known != nil {
		return known, nil
	}
	bad := func(msg, hint string) error { return r.folder.FaultAt(FileName, node, "generator: "+msg, hint) }
	for _, name := range given.Source {
		if !r.folder.IsFileOrLink(name) {
			return nil, bad(fmt.Sprintf("no file %q", name), "name a source next to "+FileName)
		}
	}
	if given.TimeLimit != nil || given.MemoryLimit != nil || given.CompilerTime != nil {
		r.remark("generator", "generator: its limits are not used: validation_time and validation_memory apply")
	}
	for name := range given.Others {
		r.remark("generator", fmt.Sprintf("generator: unknown key %q", name))
	}
	program := &problems.External{}
	if err := r.sources("generator", bridged{Files: given.Source}, program); err != nil {
		return nil, err
	}
	if isC(path.Ext(program.Path)) {
		program.Flags = slices.Concat(given.Flags, standard(given.Language))
	} else if len(given.Flags) > 0 {
		r.remark("generator", "generator: flags are not used: they are for programs in C and C++")
	}
	r.generators[node.Line<<16+node.Column] = program
	return program, nil
}

// argsOf returns the arguments of the generator for a case: its own, or those of the generator.
func (r *reader) argsOf(c *config, given generating) ([]string, error) {
	nodes := given.Args
	if node, set := c.node("generator_args"); set {
		if node.Kind != yaml.SequenceNode {
			return nil, r.folder.FaultAt(FileName, node, "generator_args: expected a list", "write [A, B]")
		}
		if len(node.Content) > 0 {
			nodes = nil
		}
		for _, one := range node.Content {
			nodes = append(nodes, *one)
		}
	}
	var args []string
	for i := range nodes {
		arg, ok := pythonText(resolved(&nodes[i]))
		if !ok {
			return nil, r.folder.FaultAt(FileName, &nodes[i], "generator_args: expected numbers and texts",
				"write the arguments as one list")
		}
		args = append(args, arg)
	}
	return args, nil
}

// pythonText returns what Python's str makes of a scalar that its YAML library has read.
func pythonText(node *yaml.Node) (string, bool) {
	if node.Kind != yaml.ScalarNode {
		return "", false
	}
	switch node.ShortTag() {
	case "!!null":
		return "None", true
	case "!!bool":
		on := false
		err := node.Decode(&on)
		return map[bool]string{true: "True", false: "False"}[on], err == nil
	case "!!int":
		n := int64(0)
		if node.Decode(&n) == nil {
			return strconv.FormatInt(n, 10), true
		}
	case "!!float":
		x := 0.0
		if plain := !strings.ContainsAny(node.Value, "eEnN"); plain && node.Decode(&x) == nil {
			text := strconv.FormatFloat(x, 'f', -1, 64)
			if !strings.Contains(text, ".") {
				text += ".0"
			}
			return text, true
		}
	}
	return node.Value, true
}

// stdin returns the path of the file that a generator reads; "" if there is none.
func (r *reader) stdin(c *config) (string, error) {
	name := ""
	if err := c.get("generator_in", &name); err != nil {
		return "", r.folder.Fault(FileName, c.line, "generator_in: expected the name of a file", "")
	}
	if name == "" {
		return "", nil
	}
	return r.file(name, true, c.line)
}
