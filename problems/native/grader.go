package native

import (
	"path"

	"judge/problems"
	"judge/problems/strictyaml"
)

func graderKeys() []key {
	return []key{
		{"name", func(r *reader, node *strictyaml.Node) error {
			text, err := node.Text()
			if err == nil && !fileStem.matches(text) {
				err = node.Fault(quote(text)+" is not a name for a submission's file",
					"use letters, digits and _, without an extension")
			}
			r.problem.Grader.Name = text
			return err
		}},
		{"files", (*reader).graderFiles},
	}
}

// grader reads {name: ..., files: {LANGUAGE: FILE or list}}.
func (r *reader) grader(node *strictyaml.Node) error {
	const example = "write grader: {name: NAME, files: {cpp: [grader.cpp, NAME.h]}}"
	entries, err := node.Entries(example)
	if err != nil {
		return err
	}
	for _, e := range entries {
		id := e.Key.Raw()
		if languageID.matches(id) && problems.Synonym(id, names(graderKeys())) == "" {
			return e.Key.Fault("unknown key "+quote(id), "write {files: {"+id+": "+e.Value.Sample()+"}}")
		}
	}
	r.problem.Grader = &problems.Grader{Files: map[string][]string{}}
	given, err := r.mapping(node, graderKeys())
	if err == nil && given["files"] == nil {
		err = node.Fault("the key \"files\" is missing", example)
	}
	return err
}

func (r *reader) graderFiles(node *strictyaml.Node) error {
	const example = "write {cpp: [grader.cpp, NAME.h], python3: grader.py}"
	entries, err := node.Entries(example)
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		return node.Fault("the mapping of languages to files is empty", example)
	}
	files := r.problem.Grader.Files
	for _, e := range entries {
		id, err := e.Key.Text()
		switch {
		case err != nil:
			return err
		case !languageID.matches(id):
			return e.Key.Fault(quote(id)+" is not the id of a language", languageHint(id))
		}
		if files[id], err = r.graderOf(e.Value); err != nil {
			return err
		}
	}
	return nil
}

// graderOf reads the files for one language. Their base names must differ.
func (r *reader) graderOf(node *strictyaml.Node) ([]string, error) {
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
			return nil, node.Fault("two files are named "+quote(path.Base(name)),
				"rename one: they are compiled in one directory")
		}
		base[path.Base(name)] = true
		full = append(full, file)
	}
	return full, nil
}
