package root

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// plan is the content of a jail's root, by absolute paths in the jail.
type plan struct {
	links  map[string]string // symbolic links, reproduced from the host
	mounts []mountPoint      // sorted: mounts come before those below them
}

type mountPoint struct {
	source, target string
	directory      bool
	device         bool // a device node must keep working: without nodev
	copied         bool // show a copy if possible
	writable       bool // programs may change the source
}

// Error says why a path of a Root cannot be shown in a jail. The caller can fix it.
type Error struct {
	Path string
	Err  error
}

// Error names the path and the cause.
func (e *Error) Error() string { return fmt.Sprintf("show %s in a jail: %v", e.Path, e.Err) }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// ErrReserved is the cause if every jail has its own version of a path.
var ErrReserved = errors.New("every jail has its own version of this path")

// deviceNodes are the devices that programs expect.
var deviceNodes = [...]string{"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"}

// ours are the directories that the jail itself fills. Nothing of the host can be shown there.
var ours = [...]string{"/box", "/dev", "/proc", "/sys", "/tmp"}

func isOurs(target string) bool {
	return target == "/" || slices.ContainsFunc(ours[:], func(place string) bool {
		return target == place || beneath(target, place)
	})
}

// plan resolves the root's lists on the host's file system.
func (r Root) plan() (plan, error) {
	p := plan{links: map[string]string{}}
	for _, seen := range r.Sees {
		if err := p.see(strings.CutSuffix(seen, "?")); err != nil {
			return plan{}, err
		}
	}
	for _, bind := range r.Binds {
		if err := p.bind(bind); err != nil {
			return plan{}, err
		}
	}
	for _, node := range deviceNodes {
		p.mounts = append(p.mounts, mountPoint{source: node, target: node, device: true})
	}
	p.prune()
	return p, nil
}

// see follows a host path link by link. Every link becomes a link in the jail, and the final target
// is shown.
func (p *plan) see(name string, optional bool) error {
	if !path.IsAbs(name) || path.Clean(name) != name {
		return &Error{name, errors.New("not a clean absolute path")}
	}
	if isOurs(name) {
		return &Error{name, ErrReserved}
	}
	const maxLinks = 40 // as the kernel, path_resolution(7)
	done, rest := "/", strings.Split(name[1:], "/")
	for links := 0; len(rest) > 0; {
		next := path.Join(done, rest[0])
		info, err := os.Lstat(next)
		if optional && errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return &Error{name, err}
		}
		if info.Mode().Type() != fs.ModeSymlink {
			done, rest = next, rest[1:]
			continue
		}
		if links++; links > maxLinks {
			return &Error{name, errors.New("too many symbolic links")}
		}
		to, err := os.Readlink(next)
		if err != nil {
			return &Error{name, err}
		}
		p.links[next] = to
		target := to
		if !path.IsAbs(to) {
			target = path.Join(done, to)
		}
		done, rest = "/", append(strings.Split(strings.Trim(path.Clean(target), "/"), "/"), rest[1:]...)
	}
	return p.bind(Bind{Source: done, Target: done})
}

func (p *plan) bind(b Bind) error {
	if !path.IsAbs(b.Source) || !path.IsAbs(b.Target) || path.Clean(b.Target) != b.Target {
		return &Error{b.Source, fmt.Errorf("source and target %q must be clean absolute paths", b.Target)}
	}
	if b.Writable && b.Copy {
		return &Error{b.Source, errors.New("a copy cannot be writable")}
	}
	if isOurs(b.Target) {
		return &Error{b.Target, ErrReserved}
	}
	info, err := os.Stat(b.Source)
	if err != nil {
		return &Error{b.Source, err}
	}
	if !info.IsDir() && !info.Mode().IsRegular() {
		return &Error{b.Source, errors.New("neither a file nor a directory")}
	}
	p.mounts = append(p.mounts, mountPoint{
		source: b.Source, target: b.Target, directory: info.IsDir(), copied: b.Copy, writable: b.Writable,
	})
	return nil
}

// prune sorts the mounts and removes those that a mount above shows already.
func (p *plan) prune() {
	slices.SortStableFunc(p.mounts, func(a, b mountPoint) int { return strings.Compare(a.target, b.target) })
	kept := p.mounts[:0]
	for _, m := range p.mounts {
		if !slices.ContainsFunc(kept, m.shownBy) {
			kept = append(kept, m)
		}
	}
	p.mounts = kept
	for link := range p.links {
		if slices.ContainsFunc(kept, func(above mountPoint) bool { return beneath(link, above.target) }) {
			delete(p.links, link)
		}
	}
}

// shownBy reports whether the mount above shows m at its target already.
func (m mountPoint) shownBy(above mountPoint) bool {
	if m.target == above.target {
		return m.source == above.source && m.copied == above.copied && m.writable == above.writable
	}
	return m.writable == above.writable && beneath(m.target, above.target) &&
		m.source == above.source+strings.TrimPrefix(m.target, above.target)
}

func beneath(name, directory string) bool { return strings.HasPrefix(name, directory+"/") }
