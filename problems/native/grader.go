package native

import (
	"path"

	"go.yaml.in/yaml/v3"

	"judge/problems"
)

func graderKeys() []key {
	return []key{
		{"name", func(r *reader, node *yaml.Node) error {
			text, err := r.text(node)
			if err == nil && !fileStem.matches(text) {
				err = r.fault(node, quote(text)+" is not a name for a submission's file", "letters, digits and _, without an extension")
			}
			r.problem.Grader.Name = text
			return err
		}},
		{"files", (*reader).graderFiles},
	}
}

// grader reads {name: ..., files: {LANGUAGE: FILE or list}}.
func (r *reader) grader(node *yaml.Node) error {
	const example = "write grader: {name: NAME, files: {cpp: [grader.cpp, NAME.h]}}"
	if node.Kind != yaml.MappingNode {
		return r.fault(node, "expected a mapping, found "+kindOf(node), example)
	}
	for i := 0; i < len(node.Content); i += 2 {
		id := node.Content[i].Value
		if languageID.matches(id) && problems.Synonym(id, names(graderKeys())) == "" {
			return r.fault(node.Content[i], "unknown key "+quote(id), "write {files: {"+id+": "+sample(node.Content[i+1])+"}}")
		}
	}
	r.problem.Grader = &problems.Grader{Files: map[string][]string{}}
	given, err := r.mapping(node, graderKeys())
	if err == nil && given["files"] == nil {
		err = r.fault(node, "the key \"files\" is missing", example)
	}
	return err
}

func (r *reader) graderFiles(node *yaml.Node) error {
	if node.Kind != yaml.MappingNode || len(node.Content) == 0 {
		return r.fault(node, "expected files by language, found "+kindOf(node), "write {cpp: [grader.cpp, NAME.h], python3: grader.py}")
	}
	files := r.problem.Grader.Files
	for i := 0; i+1 < len(node.Content); i += 2 {
		language, value := node.Content[i], node.Content[i+1]
		id, err := r.text(language)
		switch {
		case err != nil:
			return err
		case !languageID.matches(id):
			return r.fault(language, quote(id)+" is not the id of a language", languageHint(id))
		case files[id] != nil:
			return r.fault(language, "a second "+quote(id), "remove one")
		}
		if files[id], err = r.graderOf(value); err != nil {
			return err
		}
	}
	return nil
}

// graderOf reads the files for one language, no two of which may have one name.
func (r *reader) graderOf(node *yaml.Node) ([]string, error) {
	names, err := r.texts(node, "files")
	if err != nil {
		return nil, err
	}
	var full []string
	base := map[string]bool{}
	for _, name := range names {
		file, err := r.insideFile(node, name)
		if err != nil {
			return nil, err
		}
		if base[path.Base(name)] {
			return nil, r.fault(node, "two files are called "+quote(path.Base(name)),
				"rename one: they are compiled in one directory")
		}
		base[path.Base(name)] = true
		full = append(full, file)
	}
	return full, nil
}
