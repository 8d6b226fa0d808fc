// Package generators reads generators/generators.yaml of an ICPC problem package, in which BAPCtools describes how the
// test data is made:
//
//	file, err := generators.Read(folder, constants)
//
// The rules are those of BAPCtools' documentation and program: the names of tests, their arguments and their seeds are
// the same, so the inputs are, too. Nothing is run.
package generators

import (
	"path/filepath"
	"slices"

	"judge/problems"
	"judge/problems/folder"
	"judge/problems/strictyaml"
)

// FileName is the path of the file in a package.
const FileName = "generators/generators.yaml"

// File is the content of the file.
type File struct {
	Tests []*Test         // in the order of the file, without included ones
	Dirs  map[string]*Dir // directories of test data by their paths beneath data, such as secret/1-small
	// Programs holds the files of the generators that the file lists: paths in the package, the first of which starts
	// the program.
	Programs map[string][]string
	Notes    []*problems.Error
}

// Dir is a directory of test data.
type Dir struct {
	Cases    map[string]*Test // by their names in the directory, included ones as well
	Groups   []string         // names of the directories in it
	Settings *strictyaml.Node // the content of test_group.yaml; nil: none
}

// Test describes one test.
type Test struct {
	Name     string            // its path beneath data without an extension, such as secret/01-a
	Command  string            // as written, with constants and the count filled in; "": no generator is run
	Line     string            // Command with {seed} where another seed can stand, and with the test's name filled in
	Program  string            // path of the generator, beneath the package
	Args     []string          // of the generator, with the seed filled in
	Seeded   bool              // the command has a seed
	Copy     string            // path beneath the package, without extension, of the files to copy; "": none
	Texts    map[string]string // contents of files by their extensions: in, ans, out, yaml
	Settings *strictyaml.Node  // the content of the test's yaml, a mapping; nil: none
	Solution Solution
	Counted  bool // one of several tests of a command without a seed: they may be equal

	node *strictyaml.Node
}

// Fault returns an error at the test.
func (t *Test) Fault(msg, hint string) error { return t.node.Fault(msg, hint) }

// Place returns the line and the column of the test.
func (t *Test) Place() (line, column int) { return t.node.YAML().Line, t.node.YAML().Column }

// Solution is the submission that makes an answer.
type Solution struct {
	Path string // beneath the package; "": no solution is stated
	None bool   // no solution makes answers

	node *strictyaml.Node
}

// Fault returns an error at the statement of the solution.
func (s Solution) Fault(msg, hint string) error { return s.node.Fault(msg, hint) }

// Read reads the file of a package, nil if it has none. constants replace {{name}} in commands. Errors are
// *problems.Error.
func Read(f *folder.Folder, constants map[string]string) (*File, error) {
	if !f.IsFileOrLink(FileName) {
		return nil, nil
	}
	data, err := f.Read(FileName)
	if err != nil {
		return nil, err
	}
	p := parser{
		name: filepath.Join(f.Named, FileName), constants: constants, keys: map[string][]*rule{},
		file: &File{Dirs: map[string]*Dir{}, Programs: map[string][]string{}},
		same: map[string]*Test{}, left: mostText, noted: map[string]bool{},
	}
	root, err := strictyaml.Parse(p.name, data, strictyaml.Options{Foreign: true, MaxText: mostText})
	if err != nil || root == nil {
		return nil, err
	}
	return p.file, p.root(root)
}

// Bounds of a file. Aliases, counts and includes can make a short file describe any number of tests.
const (
	mostTests = 100_000  // included ones as well
	mostText  = 64 << 20 // bytes of all commands and texts
	mostDepth = 16       // nested directories
	mostCount = 100      // tests of one count
)

// parser reads the file.
type parser struct {
	name      string
	file      *File
	constants map[string]string
	keys      map[string][]*rule // what a key can include
	same      map[string]*Test   // the first test that is made in a way
	tests     int                // included ones as well
	left      int                // bytes of commands and texts
	noted     map[string]bool

	numbered int // tests in all lists
	width    int // digits of their numbers
}

// rule is a test or a directory that a key describes.
type rule struct {
	test *Test // nil: a directory
	dir  *Dir
	all  []*rule // the rules in a directory
	more []*Test // the tests that a directory includes
}

// note adds a note at a node, once for each kind of note.
func (p *parser) note(n *strictyaml.Node, once, msg, hint string) {
	if p.noted[once] {
		return
	}
	p.noted[once] = once != ""
	p.file.Notes = append(p.file.Notes, &problems.Error{
		File: p.name, Line: n.YAML().Line, Col: n.YAML().Column, Msg: msg, Hint: hint,
	})
}

// spend counts the bytes of a command or a text.
func (p *parser) spend(n *strictyaml.Node, bytes int) error {
	if p.left -= bytes; p.left < 0 {
		return n.Fault("more than 64 MiB of commands and texts, with aliases and counts written out",
			"put large inputs into files, and write copy:")
	}
	return nil
}

// another counts a test.
func (p *parser) another(n *strictyaml.Node) error {
	if p.tests++; p.tests > mostTests {
		return n.Fault("more than 100000 tests, included ones counted again", "use fewer")
	}
	return nil
}

// fields returns the values of a mapping by their keys.
func fields(n *strictyaml.Node) (map[string]*strictyaml.Node, error) {
	entries, err := n.Entries("write keys and values")
	if err != nil {
		return nil, err
	}
	given := map[string]*strictyaml.Node{}
	for _, e := range entries {
		given[e.Key.Raw()] = e.Value.Target()
	}
	return given, nil
}

// isText reports whether a node is a text for YAML, and not a number or another value.
func isText(n *strictyaml.Node) bool { return n.IsScalar() && n.YAML().ShortTag() == "!!str" }

// ofTests lists the keys that only tests have.
func ofTests() []string {
	return append([]string{"copy", "generate", "count", "match"}, extensions()...)
}

// extensions lists the extensions of the files of a test.
func extensions() []string {
	return []string{
		"in", "ans", "out", "in.statement", "ans.statement", "in.download", "ans.download", "interaction", "yaml",
	}
}

// isTest reports whether a value describes a test. A value that is neither a test nor a directory is an error.
func isTest(n *strictyaml.Node) bool {
	if n.IsNull() || isText(n) {
		return true
	}
	if !n.IsMapping() {
		return false
	}
	given, err := fields(n)
	return err == nil && slices.ContainsFunc(ofTests(), func(key string) bool { return given[key] != nil })
}

// isDir reports whether a value describes a directory.
func isDir(n *strictyaml.Node) bool { return n.IsMapping() && !isTest(n) }
