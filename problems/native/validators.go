package native

import (
	"go.yaml.in/yaml/v3"

	"judge/problems"
)

// inputValidators reads a list of {program: ..., protocol: ..., args: ...}.
func (r *reader) inputValidators(node *yaml.Node) error {
	nodes, err := r.list(node, "input validators")
	if err != nil {
		return err
	}
	for _, n := range nodes {
		var v problems.Validator
		given, err := r.mapping(n, validatorKeys(&v))
		if err != nil {
			return err
		}
		for _, required := range []string{"program", "protocol"} {
			if given[required] == nil {
				return r.fault(n, "the key "+quote(required)+" is missing", "write input_validators: [{program: PATH, protocol: icpc | testlib}]")
			}
		}
		r.problem.InputValidators = append(r.problem.InputValidators, v)
	}
	return nil
}

func validatorKeys(v *problems.Validator) []key {
	of := func(read external, done func(problems.External)) func(*reader, *yaml.Node) error {
		return func(r *reader, node *yaml.Node) error {
			var program problems.External
			err := read(&program, r, node)
			done(program)
			return err
		}
	}
	return []key{
		{"program", of(externalProgram, func(p problems.External) { v.Path = p.Path })},
		{"protocol", func(r *reader, node *yaml.Node) error {
			name, err := r.text(node)
			if err == nil && name != "icpc" && name != "testlib" {
				err = r.fault(node, quote(name)+" is not a protocol of input validators", "use icpc or testlib")
			}
			v.Testlib = name == "testlib"
			return err
		}},
		{"args", of(externalArgs, func(p problems.External) { v.Args = p.Args })},
	}
}
