// Package root builds the root directory of jails: what they see of the host, all of it read-only.
package root

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"judge/isolate/jailer"
	"judge/isolate/size"
)

// Defaults of a Root. The files on the private tmpfs count as memory of the jail.
const (
	DefaultScratch       = 256 * size.MiB
	DefaultScratchInodes = 16384
)

// WorkDir is the working directory in every jail.
const WorkDir = "/box/work"

// Root lists what a jail sees of the host, read-only unless a bind is Writable. Programs with equal roots share its
// preparation.
type Root struct {
	// Sees lists absolute host paths that appear at the same path in the jail. Symbolic links are
	// reproduced, and their targets are shown as well. A missing path is an error, unless it ends
	// in "?".
	Sees []string
	// Binds show a host directory or file at another path.
	Binds []Bind
	// Scratch is the size of the private tmpfs. ScratchInodes is how many files and directories it
	// can hold. 0 means DefaultScratch, DefaultScratchInodes.
	Scratch       size.Bytes
	ScratchInodes int
}

// Bind shows Source of the host, read-only, at Target in the jail. Both are absolute.
type Bind struct {
	Source, Target string
	// Copy shows jails a copy in memory that every user can read. A bind without it lets a jail
	// learn the name of Source on the host, and what other jails do with the same file. A directory
	// must not change while the pool is open. A Source that is larger than MaxCopied, or holds a
	// pipe or a socket, is shown without a copy.
	Copy bool
	// Writable lets programs write to Source on the host, as far as its modes allow their users: such a
	// bind carries state from one jail to another and to the host. No limit counts these files. It
	// excludes Copy.
	Writable bool
}

// Equal reports whether two roots show the same and have equal private file systems.
func (r Root) Equal(other Root) bool {
	return slices.Equal(r.Sees, other.Sees) && slices.Equal(r.Binds, other.Binds) &&
		r.Scratch == other.Scratch && r.ScratchInodes == other.ScratchInodes
}

// Clone returns a copy that shares no list with r.
func (r Root) Clone() Root {
	r.Sees, r.Binds = slices.Clone(r.Sees), slices.Clone(r.Binds)
	return r
}

// ScratchOptions returns the mount options of the private tmpfs.
func (r Root) ScratchOptions() string {
	size, inodes := cmp.Or(r.Scratch, DefaultScratch), cmp.Or(r.ScratchInodes, DefaultScratchInodes)
	return fmt.Sprintf("size=%d,nr_inodes=%d,mode=0555", size, inodes)
}

// Built is a root that no process sees yet: a detached tmpfs with all directories, links and mount
// points, and the detached trees that belong there.
//
// Close does not close the stage.
type Built struct {
	Root   *os.File
	Mounts []jailer.Mount
	Stage  *Stage
}

// Close closes the root and its trees. Jails that were made of them keep them.
func (b *Built) Close() {
	b.Root.Close()
	for _, m := range b.Mounts {
		if m.Tree != nil {
			m.Tree.Close()
		}
	}
}

// Build creates the root. None of it is mounted on the host: it exists as descriptors, and ends
// with them. The error is an *Error if a path cannot be shown.
func (r Root) Build() (*Built, error) {
	plan, err := r.plan()
	if err != nil {
		return nil, err
	}
	root, err := newTmpfs(size.MiB, 8192) // it holds directories, links and mount points only
	if err != nil {
		return nil, fmt.Errorf("create a root: %w", err)
	}
	b := &Built{Root: root}
	if b.Stage, err = newStage(); err != nil {
		b.Close()
		return nil, err
	}
	if err := b.fill(plan); err != nil {
		b.Stage.Close()
		b.Close()
		return nil, err
	}
	return b, nil
}

// newTmpfs returns a detached tmpfs: fsopen(2), fsmount(2), Linux 5.2.
func newTmpfs(size size.Bytes, inodes int) (*os.File, error) {
	context, err := unix.Fsopen("tmpfs", unix.FSOPEN_CLOEXEC)
	if err != nil {
		return nil, err
	}
	defer unix.Close(context)
	options := map[string]string{"mode": "0755", "size": fmt.Sprint(size), "nr_inodes": fmt.Sprint(inodes)}
	for key, value := range options {
		if err := unix.FsconfigSetString(context, key, value); err != nil {
			return nil, err
		}
	}
	if err := unix.FsconfigCreate(context); err != nil {
		return nil, err
	}
	fd, err := unix.Fsmount(context, unix.FSMOUNT_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), "root"), nil
}

// standardLinks point into the private tmpfs and to the descriptors of the process itself.
var standardLinks = map[string]string{
	"/tmp": "box/tmp", "/dev/shm": "/box/shm", "/dev/fd": "/proc/self/fd",
	"/dev/stdin": "/proc/self/fd/0", "/dev/stdout": "/proc/self/fd/1", "/dev/stderr": "/proc/self/fd/2",
}

func (b *Built) fill(p plan) error {
	for _, dir := range []string{"/box", "/proc", path.Dir(jailer.Input)} {
		if err := b.mkdir(dir); err != nil {
			return fmt.Errorf("create %s in a root: %w", dir, err)
		}
	}
	for _, links := range []map[string]string{standardLinks, p.links} {
		for name, to := range links {
			if err := b.symlink(name, to); err != nil {
				return fmt.Errorf("create the link %s in a root: %w", name, err)
			}
		}
	}
	for _, m := range p.mounts {
		inside := slices.ContainsFunc(p.mounts, func(above mountPoint) bool { return beneath(m.target, above.target) })
		if !inside { // otherwise the mount above must already have the path: it is read-only
			if err := b.mountPoint(m); err != nil {
				return fmt.Errorf("create a mount point for %s in a root: %w", m.target, err)
			}
		}
		tree, err := b.show(m)
		if err != nil {
			return fmt.Errorf("show %s in a jail: %w", m.source, err)
		}
		b.Mounts = append(b.Mounts, jailer.Mount{Target: m.target[1:], Tree: tree})
	}
	b.Mounts = append(b.Mounts, jailer.Mount{Target: path.Dir(jailer.Input)[1:]})
	return nil
}

// show returns the tree for a mount point, or nil if it is in the stage.
func (b *Built) show(m mountPoint) (*os.File, error) {
	if m.copied {
		if taken, err := b.Stage.take(m); taken || err != nil {
			return nil, err
		}
	}
	return m.open()
}

func (b *Built) mkdir(name string) error { return mkdirAt(b.Root, name) }

// mkdirAt creates a directory and its parents. It sets the mode separately, as the umask changes
// that of mkdir.
func mkdirAt(root *os.File, name string) error {
	if name == "/" {
		return nil
	}
	if err := mkdirAt(root, path.Dir(name)); err != nil {
		return err
	}
	err := unix.Mkdirat(int(root.Fd()), name[1:], 0o755)
	if errors.Is(err, unix.EEXIST) {
		return nil
	}
	return errors.Join(err, unix.Fchmodat(int(root.Fd()), name[1:], 0o755, 0))
}

func (b *Built) symlink(name, to string) error {
	if err := b.mkdir(path.Dir(name)); err != nil {
		return err
	}
	return unix.Symlinkat(to, int(b.Root.Fd()), name[1:])
}

func (b *Built) mountPoint(m mountPoint) error {
	if m.directory {
		return b.mkdir(m.target)
	}
	if err := b.mkdir(path.Dir(m.target)); err != nil {
		return err
	}
	const flags = unix.O_CREAT | unix.O_RDONLY | unix.O_CLOEXEC | unix.O_NOFOLLOW
	fd, err := unix.Openat(int(b.Root.Fd()), m.target[1:], flags, 0o444)
	if err != nil {
		return err
	}
	return unix.Close(fd)
}

// open clones the mount of the source, with all mounts below it, and makes the clone read-only unless
// it is to be writable, all of it: a bind mount that is remounted read-only without AT_RECURSIVE leaves its submounts
// writable. open_tree(2), mount_setattr(2), Linux 5.12.
func (m mountPoint) open() (*os.File, error) {
	fd, err := unix.OpenTree(unix.AT_FDCWD, m.source, unix.OPEN_TREE_CLONE|unix.OPEN_TREE_CLOEXEC|unix.AT_RECURSIVE)
	if err != nil {
		return nil, err
	}
	attributes := unix.MountAttr{Attr_set: unix.MOUNT_ATTR_NOSUID, Propagation: unix.MS_PRIVATE}
	if !m.writable {
		attributes.Attr_set |= unix.MOUNT_ATTR_RDONLY
	}
	if !m.device {
		attributes.Attr_set |= unix.MOUNT_ATTR_NODEV
	}
	if err := unix.MountSetattr(fd, "", unix.AT_EMPTY_PATH|unix.AT_RECURSIVE, &attributes); err != nil {
		unix.Close(fd)
		return nil, err
	}
	return os.NewFile(uintptr(fd), strings.TrimPrefix(m.target, "/")), nil
}
