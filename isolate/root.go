package isolate

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
)

// The private tmpfs when a Root does not say. What is in it counts as memory of the jail.
const (
	DefaultScratch       = 256 * MiB
	DefaultScratchInodes = 16384
)

// WorkDir is the working directory in every jail.
const WorkDir = "/box/work"

func (r Root) equal(other Root) bool {
	return slices.Equal(r.Sees, other.Sees) && slices.Equal(r.Binds, other.Binds) &&
		r.Scratch == other.Scratch && r.ScratchInodes == other.ScratchInodes
}

// clone is a copy that stays as it is whatever the caller does to the lists of r.
func (r Root) clone() Root {
	r.Sees, r.Binds = slices.Clone(r.Sees), slices.Clone(r.Binds)
	return r
}

func (r Root) scratchOptions() string {
	size, inodes := cmp.Or(r.Scratch, DefaultScratch), cmp.Or(r.ScratchInodes, DefaultScratchInodes)
	return fmt.Sprintf("size=%d,nr_inodes=%d,mode=0555", size, inodes)
}

// builtRoot is a root that no process sees yet: a detached tmpfs with every directory, link and mount point, and the
// detached trees that belong there.
//
// close does not close the stage.
type builtRoot struct {
	root   *os.File
	mounts []jailer.Mount
	stage  *stage
}

func (b *builtRoot) close() {
	b.root.Close()
	for _, m := range b.mounts {
		if m.Tree != nil {
			m.Tree.Close()
		}
	}
}

// build makes the root. Nothing of it is mounted anywhere on the host: it lives in descriptors, and goes with them.
func (r Root) build() (*builtRoot, error) {
	plan, err := r.plan()
	if err != nil {
		return nil, err
	}
	root, err := newTmpfs(MiB, 8192) // it holds directories, links and mount points only
	if err != nil {
		return nil, fmt.Errorf("make a root: %w", err)
	}
	b := &builtRoot{root: root}
	if b.stage, err = newStage(); err != nil {
		b.close()
		return nil, err
	}
	if err := b.fill(plan); err != nil {
		b.stage.close()
		b.close()
		return nil, err
	}
	return b, nil
}

// newTmpfs returns a detached tmpfs: fsopen(2), fsmount(2), Linux 5.2.
func newTmpfs(size Bytes, inodes int) (*os.File, error) {
	context, err := unix.Fsopen("tmpfs", unix.FSOPEN_CLOEXEC)
	if err != nil {
		return nil, err
	}
	defer unix.Close(context)
	for key, value := range map[string]string{"mode": "0755", "size": fmt.Sprint(size), "nr_inodes": fmt.Sprint(inodes)} {
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

// standardLinks point into the private tmpfs and at the descriptors of the process itself.
var standardLinks = map[string]string{
	"/tmp": "box/tmp", "/dev/shm": "/box/shm", "/dev/fd": "/proc/self/fd",
	"/dev/stdin": "/proc/self/fd/0", "/dev/stdout": "/proc/self/fd/1", "/dev/stderr": "/proc/self/fd/2",
}

func (b *builtRoot) fill(p plan) error {
	for _, dir := range []string{"/box", "/proc", path.Dir(jailer.Input)} {
		if err := b.mkdir(dir); err != nil {
			return fmt.Errorf("make %s in a root: %w", dir, err)
		}
	}
	for _, links := range []map[string]string{standardLinks, p.links} {
		for name, to := range links {
			if err := b.symlink(name, to); err != nil {
				return fmt.Errorf("make the link %s in a root: %w", name, err)
			}
		}
	}
	for _, m := range p.mounts {
		inside := slices.ContainsFunc(p.mounts, func(above mountPoint) bool { return beneath(m.target, above.target) })
		if !inside { // otherwise the mount above must have the place: it is the host's, and read-only
			if err := b.mountPoint(m); err != nil {
				return fmt.Errorf("make a place for %s in a root: %w", m.target, err)
			}
		}
		tree, err := b.show(m)
		if err != nil {
			return fmt.Errorf("show %s in a jail: %w", m.source, err)
		}
		b.mounts = append(b.mounts, jailer.Mount{Target: m.target[1:], Tree: tree})
	}
	b.mounts = append(b.mounts, jailer.Mount{Target: path.Dir(jailer.Input)[1:]})
	return nil
}

// show returns the tree for a mount point; nil: it is in the stage.
func (b *builtRoot) show(m mountPoint) (*os.File, error) {
	if m.copied {
		if taken, err := b.stage.take(m); taken || err != nil {
			return nil, err
		}
	}
	return m.open()
}

func (b *builtRoot) mkdir(name string) error { return mkdirAt(b.root, name) }

// mkdirAt makes a directory and its parents. The mode is set apart: mkdir's is cut by the umask.
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

func (b *builtRoot) symlink(name, to string) error {
	if err := b.mkdir(path.Dir(name)); err != nil {
		return err
	}
	return unix.Symlinkat(to, int(b.root.Fd()), name[1:])
}

func (b *builtRoot) mountPoint(m mountPoint) error {
	if m.directory {
		return b.mkdir(m.target)
	}
	if err := b.mkdir(path.Dir(m.target)); err != nil {
		return err
	}
	fd, err := unix.Openat(int(b.root.Fd()), m.target[1:], unix.O_CREAT|unix.O_RDONLY|unix.O_CLOEXEC|unix.O_NOFOLLOW, 0o444)
	if err != nil {
		return err
	}
	return unix.Close(fd)
}

// open clones the mount of the source, with all beneath it, and makes the copy read-only, all of it: a bind mount that
// is remounted read-only without AT_RECURSIVE leaves its submounts writable. open_tree(2), mount_setattr(2), Linux 5.12.
func (m mountPoint) open() (*os.File, error) {
	fd, err := unix.OpenTree(unix.AT_FDCWD, m.source, unix.OPEN_TREE_CLONE|unix.OPEN_TREE_CLOEXEC|unix.AT_RECURSIVE)
	if err != nil {
		return nil, err
	}
	attributes := unix.MountAttr{Attr_set: unix.MOUNT_ATTR_RDONLY | unix.MOUNT_ATTR_NOSUID, Propagation: unix.MS_PRIVATE}
	if !m.device {
		attributes.Attr_set |= unix.MOUNT_ATTR_NODEV
	}
	if err := unix.MountSetattr(fd, "", unix.AT_EMPTY_PATH|unix.AT_RECURSIVE, &attributes); err != nil {
		unix.Close(fd)
		return nil, err
	}
	return os.NewFile(uintptr(fd), strings.TrimPrefix(m.target, "/")), nil
}
