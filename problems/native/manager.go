package native

import (
	"judge/problems"
	"judge/problems/strictyaml"
)

// maxProcesses bounds the processes of a submission that a manager interacts with, as in the Contest Management System.
const maxProcesses = 64

func managerKeys() []key {
	of := func(read external) func(*reader, *strictyaml.Node) error {
		return func(r *reader, node *strictyaml.Node) error { return read(&r.problem.Manager.External, r, node) }
	}
	return []key{
		{"program", of(externalProgram)}, {"args", of(externalArgs)},
		{"processes", func(r *reader, node *strictyaml.Node) error {
			n, err := node.Int(1, maxProcesses)
			r.problem.Manager.Processes = n
			return err
		}},
		{"io", func(r *reader, node *strictyaml.Node) error {
			i, err := node.OneOf("way to interact", []string{"fifo", "std"})
			r.problem.Manager.Streams = i == 1
			return err
		}},
	}
}

// manager reads {program: ..., processes: ..., io: ...}.
func (r *reader) manager(node *strictyaml.Node) error {
	r.problem.Manager = &problems.Manager{External: problems.External{Protocol: problems.CMS}, Processes: 1}
	given, err := r.mapping(node, managerKeys())
	switch {
	case err != nil:
		return err
	case given["program"] == nil:
		return node.Fault("the key \"program\" is missing", "write manager: {program: PATH, processes: 2}")
	case r.problem.Interactor != nil:
		return node.Fault("a manager cannot be combined with an interactor", "remove one of the two")
	}
	return nil
}
