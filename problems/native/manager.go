package native

import (
	"strconv"

	"go.yaml.in/yaml/v3"

	"judge/problems"
)

// mostProcesses is how many processes of a submission a manager talks with at the most, as in the Contest Management System.
const mostProcesses = 64

func managerKeys() []key {
	of := func(read external) func(*reader, *yaml.Node) error {
		return func(r *reader, node *yaml.Node) error { return read(&r.problem.Manager.External, r, node) }
	}
	return []key{
		{"program", of(externalProgram)}, {"args", of(externalArgs)},
		{"processes", func(r *reader, node *yaml.Node) error {
			text, err := r.text(node)
			if err != nil {
				return err
			}
			n, err := strconv.Atoi(text)
			if err != nil || n < 1 || n > mostProcesses {
				return r.fault(node, quote(text)+" is not a number of processes", "write a whole number from 1 to 64")
			}
			r.problem.Manager.Processes = n
			return nil
		}},
		{"io", func(r *reader, node *yaml.Node) error {
			text, err := r.text(node)
			if err == nil && text != "fifo" && text != "std" {
				err = r.fault(node, quote(text)+" is not a way to interact", suggest(text, []string{"fifo", "std"}))
			}
			r.problem.Manager.Streams = text == "std"
			return err
		}},
	}
}

// manager reads {program: ..., processes: ..., io: ...}.
func (r *reader) manager(node *yaml.Node) error {
	r.problem.Manager = &problems.Manager{External: problems.External{Protocol: problems.CMS}, Processes: 1}
	given, err := r.mapping(node, managerKeys())
	switch {
	case err != nil:
		return err
	case given["program"] == nil:
		return r.fault(node, "the key \"program\" is missing", "write manager: {program: PATH, processes: 2}")
	case r.problem.Interactor != nil:
		return r.fault(node, "a manager cannot be combined with an interactor", "remove one of the two")
	}
	return nil
}
