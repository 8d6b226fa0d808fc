package native

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/safefile"
	"judge/problems/strictyaml"
)

// maxSources bounds the files of a program in which links are looked for.
const maxSources = 1000

// inside resolves a path that is written at node, with every link on the way. It returns the absolute path, without
// links, and the type.
func (r *reader) inside(node *strictyaml.Node, name string) (string, fs.FileMode, error) {
	full, mode, err := r.root.Path(name)
	if err != nil {
		return "", 0, r.lost(node, name, err)
	}
	if mode.IsDir() {
		r.root.FollowAll(name, maxSources, nil)
	}
	return full, mode, nil
}

// lost returns the error about a path that cannot be resolved.
func (r *reader) lost(node *strictyaml.Node, name string, err error) error {
	link, led := errors.AsType[*safefile.LinkError](err)
	switch {
	case led:
		where := quote(link.Name) + " leads to " + quote(link.Target)
		return node.Fault(quote(name)+" is a link that "+link.Why+": "+where, "put a copy in its place")
	case errors.Is(err, safefile.ErrOutside):
		return r.outside(node, name)
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(name, wildcards):
		return node.Fault(quote(name)+": no such file", "name each file: only tests are listed by globs")
	case errors.Is(err, fs.ErrNotExist):
		if near := r.nearFile(name); near != "" {
			return node.Fault(quote(name)+": no such file", "did you mean "+quote(near)+"?")
		}
		return node.Fault(quote(name)+": no such file", "write a path relative to the directory of "+FileName)
	default:
		return node.Fault(quote(name)+": "+clean(safefile.Reason(err)),
			"write a path relative to the directory of "+FileName)
	}
}

// outside returns the error about a path out of the problem's directory. Its hint rewrites an absolute path into it.
func (r *reader) outside(node *strictyaml.Node, name string) error {
	hint := "write it relative to the directory of " + FileName + ", without .."
	if within, ok := strings.CutPrefix(name, r.problem.Dir+"/"); ok {
		hint = "write " + clean(within)
	}
	return node.Fault(quote(name)+" leads out of the problem's directory", hint)
}

// nearFile returns the file of this name further down, or the file in the same directory with the nearest name; "" if
// there is neither.
func (r *reader) nearFile(name string) string {
	const most = 1000 // entries to look at
	if base := path.Base(name); !strings.ContainsAny(base, wildcards) {
		g := globber{r: r}
		if err := g.match(place{name: "."}, []string{"**", base}); err == nil && len(g.found) > 0 {
			return g.found[0]
		}
	}
	open, err := r.root.OpenDir(path.Dir(name))
	if err != nil {
		return ""
	}
	defer open.Close()
	names, _ := open.Readdirnames(most) //nolint:errcheck // a hint from what could be read
	slices.Sort(names)
	near := problems.NearestFile(path.Base(name), names)
	if near == "" || near == path.Base(name) { // a dangling link has the same name
		return ""
	}
	return path.Join(path.Dir(name), near)
}

// insideFile is inside for a regular file. Reading a FIFO or a device could block, or never end.
func (r *reader) insideFile(node *strictyaml.Node, name string) (string, error) {
	full, mode, err := r.inside(node, name)
	if err == nil && !mode.IsRegular() {
		err = node.Fault(quote(name)+" is not a regular file", "name a file that holds the data")
	}
	return full, err
}
