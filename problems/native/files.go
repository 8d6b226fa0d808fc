package native

import "judge/problems/strictyaml"

func fileKeys() []key {
	into := func(set func(r *reader, name string)) func(*reader, *strictyaml.Node) error {
		return func(r *reader, node *strictyaml.Node) error {
			name, err := node.Text()
			if err == nil && !fileName.matches(name) {
				err = node.Fault(quote(name)+" is not the name of a file in the working directory",
					"write it as input.txt")
			}
			set(r, name)
			return err
		}
	}
	return []key{
		{"input", into(func(r *reader, name string) { r.problem.Files.Input = name })},
		{"output", into(func(r *reader, name string) { r.problem.Files.Output = name })},
	}
}

// files reads {input: NAME, output: NAME}.
func (r *reader) files(node *strictyaml.Node) error {
	given, err := r.mapping(node, fileKeys())
	switch names := r.problem.Files; {
	case err != nil:
		return err
	case len(given) == 0:
		return node.Fault("neither an input nor an output", "write files: {input: input.txt, output: output.txt}")
	case names.Input == names.Output:
		return node.Fault("input and output are one file", "give them two names")
	case r.problem.Passes > 1:
		return node.Fault("files cannot be combined with passes",
			"the input of a further pass has no name: remove one of the two")
	case r.problem.Interactor != nil || r.problem.Manager != nil:
		return node.Fault("files cannot be combined with an interactor or a manager",
			"an interaction goes over stdin and stdout: remove one of the two")
	}
	return nil
}
