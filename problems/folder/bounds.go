package folder

import (
	"bytes"
	"fmt"

	"go.yaml.in/yaml/v3"
)

// Bounds of a problem's directory. Links can make a few files look like any number of them, so that what is read is
// counted and not what is there.
const (
	mostEntries = 200_000    // files and directories in one directory
	mostListed  = 1_000_000  // in all directories together, each time that they are listed
	mostDirs    = 10_000     // directories that are listed, each time
	mostText    = 4 << 20    // bytes of a file that says what the problem is
	mostTexts   = 1 << 30    // of all of them
	mostYAML    = 2 << 20    // bytes of a YAML file: the library makes about 150 bytes of each one it reads
	mostYAMLs   = 32 << 20   // of all of them
	mostSteps   = 10_000_000 // comparisons of patterns with names
	mostSources = 1000       // files of a program in which links are looked for
	mostSkipped = 100        // notes on what is not used, and on unknown keys
	mostUnknown = 20         // notes on unknown keys of one file
)

// Bounds of a YAML file. The library compares each key of a mapping with each other one when it decodes the mapping.
const (
	mostKeys       = 10_000    // of one mapping
	mostNodes      = 1_000_000 // with aliases written out
	mostDirectives = 100       // each is compared with all before it
)

// spent is how much of the bounds was used.
type spent struct{ dirs, entries, text, yaml, steps int }

// listed counts a directory that was listed.
func (f *Folder) listed(dir string, entries int) error {
	f.spent.dirs++
	f.spent.entries += entries
	switch {
	case f.spent.dirs > mostDirs:
		return f.Fault(dir, 0, fmt.Sprintf("more than %d directories to read: a link to a directory counts as one", mostDirs),
			"look for links that lead back to a directory above")
	case f.spent.entries > mostListed:
		return f.Fault(dir, 0, fmt.Sprintf("more than %d files in all directories: a link counts as what it leads to", mostListed),
			"look for links that lead back to a directory above")
	}
	return nil
}

// read counts bytes that were read.
func (f *Folder) read(name string, n int) error {
	if f.spent.text += n; f.spent.text > mostTexts {
		return f.Fault(name, 0, fmt.Sprintf("more than %d MiB of text to read in all files", mostTexts>>20), "")
	}
	return nil
}

// Steps counts the steps of a search whose length is a product, such as patterns times tests. Too many are an error.
func (f *Folder) Steps(name string, n int) error {
	if f.spent.steps += n; f.spent.steps > mostSteps {
		return f.Fault(name, 0, fmt.Sprintf("more than %d comparisons of patterns with names", mostSteps), "use fewer patterns")
	}
	return nil
}

// checkText refuses a YAML file for which the library would need too long.
func (f *Folder) checkText(name string, data []byte) error {
	if len(data) > mostYAML {
		return f.Fault(name, 0, fmt.Sprintf("larger than %d MiB", mostYAML>>20), "")
	}
	if f.spent.yaml += len(data); f.spent.yaml > mostYAMLs {
		return f.Fault(name, 0, fmt.Sprintf("more than %d MiB of YAML in all files", mostYAMLs>>20), "")
	}
	if bytes.Count(data, []byte("\n%")) > mostDirectives {
		return f.Fault(name, 0, fmt.Sprintf("more than %d lines begin with %%", mostDirectives), "remove the YAML directives")
	}
	return nil
}

// checkNode refuses a document that decoding would make too large, or that would take too long, or that has a key
// twice.
func (f *Folder) checkNode(name string, top *yaml.Node) error {
	sizes := map[*yaml.Node]int{} // of nodes with an anchor
	var size func(*yaml.Node) (int, error)
	size = func(node *yaml.Node) (int, error) {
		if known, ok := sizes[node]; ok {
			return known, nil
		}
		if node.Anchor != "" {
			sizes[node] = mostNodes + 1 // until it is known: an alias in it would have no end
		}
		n := 1
		if node.Kind == yaml.MappingNode && len(node.Content)/2 > mostKeys {
			return 0, f.Fault(name, node.Line, fmt.Sprintf("more than %d keys in one mapping", mostKeys), "")
		}
		if err := f.distinctKeys(name, node); err != nil {
			return 0, err
		}
		inner := node.Content
		if node.Kind == yaml.AliasNode && node.Alias != nil {
			inner = []*yaml.Node{node.Alias}
		}
		for _, child := range inner {
			m, err := size(child)
			if err != nil {
				return 0, err
			}
			if n += m; n > mostNodes {
				return 0, f.Fault(name, child.Line, fmt.Sprintf("more than %d values, with aliases written out", mostNodes), "")
			}
		}
		if node.Anchor != "" {
			sizes[node] = n
		}
		return n, nil
	}
	_, err := size(top)
	return err
}
