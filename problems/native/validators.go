package native

import (
	"judge/problems"
	"judge/problems/strictyaml"
)

// inputValidators reads a list of {program: ..., protocol: ..., args: ...}.
func (r *reader) inputValidators(node *strictyaml.Node) error {
	nodes, err := node.List("input validators", "write [{program: PATH, protocol: testlib}]")
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
				return n.Fault("the key "+quote(required)+" is missing",
					"write input_validators: [{program: PATH, protocol: icpc | testlib}]")
			}
		}
		r.problem.InputValidators = append(r.problem.InputValidators, v)
	}
	return nil
}

func validatorKeys(v *problems.Validator) []key {
	of := func(read external, done func(problems.External)) func(*reader, *strictyaml.Node) error {
		return func(r *reader, node *strictyaml.Node) error {
			var program problems.External
			err := read(&program, r, node)
			done(program)
			return err
		}
	}
	return []key{
		{"program", of(externalProgram, func(p problems.External) { v.Path = p.Path })},
		{"protocol", func(r *reader, node *strictyaml.Node) error {
			name, err := node.Text()
			if err == nil && name != "icpc" && name != "testlib" {
				err = node.Fault(quote(name)+" is not a protocol of input validators", "use icpc or testlib")
			}
			v.Testlib = name == "testlib"
			return err
		}},
		{"args", of(externalArgs, func(p problems.External) { v.Args = p.Args })},
	}
}
