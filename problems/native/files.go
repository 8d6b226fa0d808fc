package native

import "go.yaml.in/yaml/v3"

func fileKeys() []key {
	into := func(set func(r *reader, name string)) func(*reader, *yaml.Node) error {
		return func(r *reader, node *yaml.Node) error {
			name, err := r.text(node)
			if err == nil && !fileName.matches(name) {
				err = r.fault(node, quote(name)+" is not the name of a file in the working directory", "write it as input.txt")
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
func (r *reader) files(node *yaml.Node) error {
	given, err := r.mapping(node, fileKeys())
	switch names := r.problem.Files; {
	case err != nil:
		return err
	case len(given) == 0:
		return r.fault(node, "neither an input nor an output", "write files: {input: input.txt, output: output.txt}")
	case names.Input == names.Output:
		return r.fault(node, "input and output are one file", "give them two names")
	case r.problem.Passes > 1:
		return r.fault(node, "files cannot be combined with passes",
			"the input of a further pass has no name: remove one of the two")
	case r.problem.Interactor != nil || r.problem.Manager != nil:
		return r.fault(node, "files cannot be combined with an interactor or a manager",
			"an interaction goes over stdin and stdout: remove one of the two")
	}
	return nil
}
