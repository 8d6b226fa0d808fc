package native

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"judge/problems"
)

// protocols are the names of the protocols of external checkers, in the order in which they are told.
func protocols() []struct {
	name     string
	protocol problems.Protocol
} {
	return []struct {
		name     string
		protocol problems.Protocol
	}{{"icpc", problems.ICPC}, {"testlib", problems.Testlib}, {"cms", problems.CMS}}
}

func protocolNames() []string {
	var names []string
	for _, p := range protocols() {
		names = append(names, p.name)
	}
	return names
}

// external is the checker's program, which the keys fill in in any order.
func (r *reader) external() *problems.External {
	if r.problem.Checker.External == nil {
		r.problem.Checker.External = &problems.External{}
	}
	return r.problem.Checker.External
}

func (r *reader) externalProgram(node *yaml.Node) error {
	name, err := r.text(node)
	if err != nil {
		return err
	}
	full, info, err := r.inside(node, name)
	if err != nil {
		return err
	}
	if full == r.problem.Dir || !info.Mode().IsRegular() && !info.IsDir() {
		return r.fault(node, quote(name)+" is no source of a checker", "name a file, or a directory of sources")
	}
	r.external().Path = full
	return nil
}

func (r *reader) externalProtocol(node *yaml.Node) error {
	name, err := r.text(node)
	if err != nil {
		return err
	}
	for _, p := range protocols() {
		if p.name == name {
			r.external().Protocol = p.protocol
			return nil
		}
	}
	return r.fault(node, "unknown protocol "+quote(name), suggest(name, protocolNames()))
}

func (r *reader) externalArgs(node *yaml.Node) error {
	nodes := []*yaml.Node{node}
	if node.Kind != yaml.ScalarNode {
		var err error
		if nodes, err = r.list(node, "arguments"); err != nil {
			return err
		}
	}
	for _, n := range nodes {
		arg, err := r.text(n)
		if err != nil {
			return err
		}
		r.external().Args = append(r.external().Args, arg)
	}
	return nil
}

// externalWhole checks that a program and its protocol stand together, and alone.
func (r *reader) externalWhole(node *yaml.Node, given map[string]*yaml.Node) error {
	for _, required := range []string{"program", "protocol"} {
		if given[required] == nil {
			return r.fault(node, "the key "+quote(required)+" is missing", "write checker: {program: PATH, protocol: "+strings.Join(protocolNames(), " | ")+"}")
		}
	}
	for _, k := range checkerKeys() {
		switch k.name {
		case "program", "protocol", "args":
		default:
			if other := given[k.name]; other != nil {
				return r.fault(other, quote(k.name)+" is an option of the checker tokens, not of a program", "remove it, or give it to the program in args")
			}
		}
	}
	return nil
}
