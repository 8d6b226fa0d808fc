package native

import (
	"strings"

	"judge/problems"
	"judge/problems/strictyaml"
)

// external reads a key of a program that comes with the problem, into *at.
type external func(at *problems.External, r *reader, node *strictyaml.Node) error

// ofChecker returns what reads a key of the checker.
func ofChecker(read external) func(*reader, *strictyaml.Node) error {
	return func(r *reader, node *strictyaml.Node) error {
		if r.problem.Checker.External == nil {
			r.problem.Checker.External = &problems.External{}
		}
		return read(r.problem.Checker.External, r, node)
	}
}

// interactorKeys are the keys of the interactor.
func interactorKeys() []key {
	of := func(read external) func(*reader, *strictyaml.Node) error {
		return func(r *reader, node *strictyaml.Node) error { return read(r.problem.Interactor, r, node) }
	}
	return []key{{"program", of(externalProgram)}, {"protocol", of(externalProtocol)}, {"args", of(externalArgs)}}
}

func (r *reader) interactor(node *strictyaml.Node) error {
	r.problem.Interactor = &problems.External{}
	given, err := r.mapping(node, interactorKeys())
	if err != nil {
		return err
	}
	for _, required := range []string{"program", "protocol"} {
		if given[required] == nil {
			return node.Fault("the key "+quote(required)+" is missing",
				"write interactor: {program: PATH, protocol: icpc | testlib}")
		}
	}
	if protocol := r.problem.Interactor.Protocol; !protocol.Interacts() {
		return given["protocol"].Fault("the protocol "+quote(protocol.String())+" has no interactors",
			"use one of "+strings.Join(problems.InteractorProtocolNames(), ", "))
	}
	return nil
}

func externalProgram(at *problems.External, r *reader, node *strictyaml.Node) error {
	name, err := node.Text()
	if err != nil {
		return err
	}
	full, mode, err := r.inside(node, name)
	if err != nil {
		return err
	}
	if full == r.problem.Dir || !mode.IsRegular() && !mode.IsDir() {
		return node.Fault(quote(name)+" is not the source of a program", "name a file, or a directory of sources")
	}
	at.Path = full
	return nil
}

func externalProtocol(at *problems.External, _ *reader, node *strictyaml.Node) error {
	i, err := node.OneOf("protocol", problems.ProtocolNames())
	if err != nil {
		return err
	}
	at.Protocol = problems.ParseProtocol(problems.ProtocolNames()[i])
	return nil
}

func externalArgs(at *problems.External, r *reader, node *strictyaml.Node) error {
	nodes, err := node.OneOrMore("arguments", "")
	if err != nil {
		return err
	}
	for _, n := range nodes {
		arg, err := n.Text()
		if err != nil {
			return err
		}
		at.Args = append(at.Args, arg)
	}
	return nil
}

// externalWhole checks that a custom checker has a program and a protocol, and no option of the checker tokens.
func (r *reader) externalWhole(node *strictyaml.Node, given map[string]*strictyaml.Node) error {
	for _, required := range []string{"program", "protocol"} {
		if given[required] == nil {
			return node.Fault("the key "+quote(required)+" is missing",
				"write checker: {program: PATH, protocol: "+strings.Join(problems.ProtocolNames(), " | ")+"}")
		}
	}
	for _, k := range checkerKeys() {
		switch k.name {
		case "program", "protocol", "args":
		default:
			if other := given[k.name]; other != nil {
				return other.Fault(quote(k.name)+" is an option of the checker tokens, not of a program",
					"remove it, or give it to the program in args")
			}
		}
	}
	return nil
}
