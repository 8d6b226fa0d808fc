package convert

import (
	"cmp"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/icpc/generators"
)

// dataCase is a written test, or a sample of validators.
type dataCase struct {
	stem   string           // its path beneath data, without extension
	recipe *problems.Recipe // nil: its files are all there is
	files  map[string]string
	yaml   any // its settings; nil: none
}

// generatorsYAML is generators/generators.yaml of BAPCtools.
type generatorsYAML struct {
	Solution   string              `yaml:"solution,omitempty"`
	Generators map[string][]string `yaml:"generators,omitempty"`
	Data       map[string]any      `yaml:"data"`
}

// icpcGenerators writes generators/generators.yaml if a test is made by a program. BAPCtools removes test data that the
// file does not describe, so it describes all of it: files are copied from generators/manual.
func (o *output) icpcGenerators() error {
	if !slices.ContainsFunc(o.cases, func(c dataCase) bool { return expressed(c.recipe) }) {
		return nil
	}
	if slices.ContainsFunc(o.problem.Tests, func(t problems.TestCase) bool { return t.ExtraFiles != "" }) {
		o.lose("how tests are made: BAPCtools removes the files of tests (NAME.files)")
		return nil
	}
	if err := o.root.MkdirAll("generators/manual", 0o755); err != nil {
		return err
	}
	given := generatorsYAML{Generators: map[string][]string{}, Data: map[string]any{}}
	for _, dir := range []string{"sample", "secret"} {
		directoryIn(given.Data, dir)
	}
	for dir, settings := range o.settings {
		if !settings.empty() {
			directoryIn(given.Data, strings.TrimPrefix(dir, "data/"))["test_group.yaml"] = settings
		}
	}
	names := map[string]string{}
	for _, c := range o.cases {
		made := map[string]any{}
		if expressed(c.recipe) {
			name, err := o.generator(c.recipe.Program, names, given.Generators)
			if err != nil {
				return err
			}
			made["generate"] = command(name, c.recipe.Args)
			if kept := c.recipe.Answer; kept.Origin == problems.FromModel || kept.Optional {
				delete(c.files, ".ans")
			}
			delete(c.files, ".in")
		}
		for ext, from := range c.files {
			made["copy"] = path.Join("manual", c.stem)
			if err := o.copyFile(from, path.Join("generators/manual", c.stem+ext)); err != nil {
				return err
			}
		}
		if c.yaml != nil {
			made["yaml"] = c.yaml
		}
		directoryIn(given.Data, path.Dir(c.stem))["data"].(map[string]any)[path.Base(c.stem)] = made
	}
	for _, w := range o.written {
		if w.Model {
			given.Solution = "/" + w.name
		}
	}
	return o.yaml(generators.FileName, given)
}

// directoryIn returns the directory at a path in the data, and creates it if needed.
func directoryIn(data map[string]any, dir string) map[string]any {
	var at map[string]any
	for _, name := range strings.Split(dir, "/") {
		if data[name] == nil {
			data[name] = map[string]any{"data": map[string]any{}}
		}
		at = data[name].(map[string]any)
		data = at["data"].(map[string]any)
	}
	return at
}

// expressed reports whether generators.yaml can express how an input is made.
func expressed(r *problems.Recipe) bool {
	if r == nil || r.Program == nil || r.Program.Path == "" || len(r.Program.Flags) > 0 || r.Stdin != "" {
		return false
	}
	named := r.Input.Origin == problems.FromRunFile && r.Input.Name == "testcase.in"
	holes := func(arg string) bool { return hole.MatchString(arg) }
	return (named || r.Input.Origin == problems.FromStdout) && !slices.ContainsFunc(r.Args, holes)
}

// hole matches what BAPCtools replaces in a command.
var hole = regexp.MustCompile(`\{(name|seed(:[0-9]+)?)\}|\{\{`)

// needsNoQuotes matches an argument that is one word of a command as it is.
var needsNoQuotes = regexp.MustCompile(`^[a-zA-Z0-9_./:=+,@%-]+$`)

// command returns the command of a generator.
func command(name string, args []string) string {
	words := []string{name}
	for _, arg := range args {
		if !needsNoQuotes.MatchString(arg) {
			arg = "'" + strings.ReplaceAll(arg, "'", `'"'"'`) + "'"
		}
		words = append(words, arg)
	}
	return strings.Join(words, " ")
}

// generator copies a generator and returns its name in commands. One of several files is listed, as BAPCtools shows a
// generator no other files.
func (o *output) generator(e *problems.External, names map[string]string, listed map[string][]string) (string, error) {
	if name := names[e.Path]; name != "" {
		return name, nil
	}
	base := plain(filepath.Base(e.Path))
	stem := strings.TrimSuffix(base, path.Ext(base))
	for n := 2; o.exists("generators/" + base); n++ {
		base = fmt.Sprintf("%s_%d%s", stem, n, path.Ext(base))
	}
	info, err := os.Stat(e.Path)
	if err != nil {
		return "", err
	}
	files, err := o.besides(e, info.IsDir())
	if err != nil {
		return "", err
	}
	if files == nil {
		names[e.Path] = base
		return base, o.copyNew(e.Path, path.Join("generators", base))
	}
	dir := strings.TrimSuffix(base, path.Ext(base))
	for n := 2; o.exists("generators/"+dir) || listed[dir] != nil; n++ {
		dir = fmt.Sprintf("%s_%d", stem, n)
	}
	main := cmp.Or(e.Entry, filepath.Base(e.Path))
	if err := o.copyNew(e.Path, path.Join("generators", dir, filepath.Base(e.Path))); err != nil {
		return "", err
	}
	listed[dir+"_files"] = []string{path.Join(dir, main)}
	for _, f := range files {
		if err := o.write(path.Join("generators", dir, f.Name), f.Data); err != nil {
			return "", err
		}
		if f.Name != main {
			listed[dir+"_files"] = append(listed[dir+"_files"], path.Join(dir, f.Name))
		}
	}
	if main != filepath.Base(e.Path) {
		listed[dir+"_files"] = append(listed[dir+"_files"], path.Join(dir, filepath.Base(e.Path)))
	}
	names[e.Path] = dir + "_files"
	return names[e.Path], nil
}

// exists reports whether the output has a file.
func (o *output) exists(name string) bool {
	_, err := o.root.Lstat(name)
	return err == nil
}

// besides returns the files that a generator needs besides its source: those that start it, and the headers next to
// it.
func (o *output) besides(e *problems.External, isDir bool) ([]problems.File, error) {
	files := slices.Clone(e.Driver)
	if isDir {
		return files, nil
	}
	entries, err := os.ReadDir(filepath.Dir(e.Path))
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		ext := filepath.Ext(entry.Name())
		header := slices.Contains([]string{".h", ".hpp", ".hh"}, ext)
		if !entry.Type().IsRegular() || !header || ext == path.Ext(e.Path) {
			continue
		}
		data, err := o.readFrom(filepath.Join(filepath.Dir(e.Path), entry.Name()))
		if err != nil {
			return nil, err
		}
		files = append(files, problems.File{Name: entry.Name(), Data: data})
	}
	return files, nil
}

// checkRecipes compares the recipes of the written tests with the original ones.
func (o *output) checkRecipes(after *problems.Problem) error {
	if !o.exists(generators.FileName) {
		return nil
	}
	for i, t := range o.problem.Tests {
		if !expressed(t.Recipe) || i >= len(after.Tests) {
			continue
		}
		if r := after.Tests[i].Recipe; r == nil || !slices.Equal(r.Args, t.Recipe.Args) {
			return fmt.Errorf("the target format cannot express how the test %q is made", t.Name)
		}
	}
	return nil
}
