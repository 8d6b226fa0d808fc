package isolate

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"golang.org/x/sys/unix"
)

// Work is a jail's working directory after all processes of the jail are dead. A hostile program
// has made everything in it: no method follows a link, opens a file that could block, or trusts a
// size.
type Work struct{ dir int } // a descriptor

// Bounds of what is taken out of a working directory.
const (
	maxEntries = 10_000
	maxDepth   = 32
	maxPath    = 1024 // bytes; far below PATH_MAX, as it is appended to other paths
)

// ProductError says why a file that a program left cannot be taken out of the jail.
type ProductError struct{ Name, Why string }

// Error names the file and the reason.
func (e *ProductError) Error() string { return fmt.Sprintf("%q: %s", e.Name, e.Why) }

const notThere = "does not exist"

// Is reports whether the error is fs.ErrNotExist.
func (e *ProductError) Is(target error) bool { return target == fs.ErrNotExist && e.Why == notThere }

// CopyContents copies the contents of a directory in the working directory to the directory to of
// the host, which must be empty. Links, devices, FIFOs, sockets, files with more than one link,
// more than limit bytes in total, more than 10,000 entries, more than 32 levels and paths of more
// than 1024 bytes are errors (*ProductError); the caller then discards what has been copied. Files
// get mode 0644, or 0755 if they were executable, directories 0755.
func (w *Work) CopyContents(directory, to string, limit Bytes) error {
	destination, err := os.OpenRoot(to)
	if err != nil {
		return err
	}
	defer destination.Close()
	source, stat, err := openBeneath(w.dir, directory)
	if err != nil {
		return err
	}
	defer source.Close()
	if stat.Mode&unix.S_IFMT != unix.S_IFDIR {
		return &ProductError{directory, "not a directory"}
	}
	c := copier{to: destination, bytes: limit, limit: limit, entries: maxEntries}
	return c.entriesOf(source, directory, ".", 0)
}

// ReadFile returns at most limit bytes of a regular file with one link. If the file is missing or
// of another kind, the error is a *ProductError.
func (w *Work) ReadFile(name string, limit Bytes) ([]byte, error) {
	file, stat, err := openBeneath(w.dir, name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if stat.Mode&unix.S_IFMT != unix.S_IFREG || stat.Nlink != 1 {
		return nil, &ProductError{name, "not a regular file with one link"}
	}
	return io.ReadAll(io.LimitReader(file, int64(limit)))
}

// Copy writes at most limit bytes of a regular file with one link, and returns how many. If the file
// is missing or of another kind, the error is a *ProductError.
func (w *Work) Copy(name string, to io.Writer, limit Bytes) (Bytes, error) {
	file, stat, err := openBeneath(w.dir, name)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	if stat.Mode&unix.S_IFMT != unix.S_IFREG || stat.Nlink != 1 {
		return 0, &ProductError{name, "not a regular file with one link"}
	}
	n, err := io.Copy(to, io.LimitReader(file, int64(limit)))
	return Bytes(n), err
}

// Files returns the names of the regular files with one link, in byte order. It stops at 10,000
// entries, 32 levels and paths of more than 1024 bytes.
func (w *Work) Files() ([]string, error) {
	top, _, err := openBeneath(w.dir, ".")
	if err != nil {
		return nil, err
	}
	defer top.Close()
	l := lister{entries: maxEntries}
	err = l.list(top, "", 0)
	slices.Sort(l.names)
	return l.names, err
}

// lister collects the names of files.
type lister struct {
	names   []string
	entries int // that it may still look at
}

func (l *lister) list(dir *os.File, within string, depth int) error {
	names, err := dir.Readdirnames(l.entries + 1)
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read the directory %q of a jail: %w", within, err)
	}
	for _, entry := range names {
		name := path.Join(within, entry)
		if l.entries--; l.entries < 0 || depth > maxDepth || len(name) > maxPath {
			return nil
		}
		file, stat, err := openBeneath(int(dir.Fd()), entry)
		if err != nil {
			continue // a link, a socket or a device
		}
		switch stat.Mode & unix.S_IFMT {
		case unix.S_IFREG:
			if stat.Nlink == 1 {
				l.names = append(l.names, name)
			}
		case unix.S_IFDIR:
			err = l.list(file, name, depth+1)
		}
		file.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// copier counts down what may still be copied.
type copier struct {
	to      *os.Root
	bytes   Bytes
	limit   Bytes
	entries int
}

func (c *copier) copy(from int, name, to string, depth int) error {
	if c.entries--; c.entries < 0 || depth > maxDepth {
		why := fmt.Sprintf("more than %d files, or more than %d levels of directories", maxEntries, maxDepth)
		return &ProductError{name, why}
	}
	if len(to) > maxPath {
		return &ProductError{name, fmt.Sprintf("path is longer than %d bytes", maxPath)}
	}
	source, stat, err := openBeneath(from, name)
	if err != nil {
		return err
	}
	defer source.Close()
	switch stat.Mode & unix.S_IFMT {
	case unix.S_IFREG:
		return c.file(source, stat, name, to)
	case unix.S_IFDIR:
		return c.directory(source, name, to, depth)
	default:
		return &ProductError{name, "neither a file nor a directory"}
	}
}

// openBeneath opens a file of a directory that a hostile program has filled.
func openBeneath(dir int, name string) (*os.File, *unix.Stat_t, error) {
	// O_NONBLOCK keeps a FIFO from blocking. It has no effect on files and directories.
	fd, err := unix.Openat2(dir, name, &unix.OpenHow{
		Flags:   unix.O_RDONLY | unix.O_NOFOLLOW | unix.O_NONBLOCK | unix.O_CLOEXEC | unix.O_NOCTTY,
		Resolve: unix.RESOLVE_BENEATH | unix.RESOLVE_NO_SYMLINKS | unix.RESOLVE_NO_MAGICLINKS | unix.RESOLVE_NO_XDEV,
	})
	if err != nil {
		return nil, nil, &ProductError{name, openingWhy(err)}
	}
	file := os.NewFile(uintptr(fd), name)
	var stat unix.Stat_t
	if err := unix.Fstat(fd, &stat); err != nil {
		file.Close()
		return nil, nil, err
	}
	return file, &stat, nil
}

func openingWhy(err error) string {
	switch {
	case errors.Is(err, unix.ELOOP):
		return "symbolic link"
	case errors.Is(err, unix.ENOENT):
		return notThere
	case errors.Is(err, unix.ENXIO):
		return "socket or device"
	case errors.Is(err, unix.EXDEV):
		return "leads out of the working directory"
	default:
		return err.Error()
	}
}

func (c *copier) file(source *os.File, stat *unix.Stat_t, name, to string) error {
	if stat.Nlink != 1 {
		return &ProductError{name, fmt.Sprintf("has %d links", stat.Nlink)}
	}
	if c.bytes -= Bytes(stat.Size); c.bytes < 0 {
		return &ProductError{name, fmt.Sprintf("larger than %d bytes", c.limit)}
	}
	mode := os.FileMode(0o644)
	if stat.Mode&0o111 != 0 {
		mode = 0o755
	}
	target, err := c.to.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	// Nobody is left to change the file, but a copy never exceeds the size that was counted.
	_, err = io.Copy(target, io.LimitReader(source, stat.Size))
	if err == nil {
		err = target.Chmod(mode) // the umask may have changed it
	}
	return errors.Join(err, target.Close())
}

func (c *copier) directory(source *os.File, name, to string, depth int) error {
	if err := c.to.Mkdir(to, 0o755); err != nil {
		return err
	}
	if err := c.to.Chmod(to, 0o755); err != nil { // the umask may have changed it
		return err
	}
	return c.entriesOf(source, name, to, depth)
}

func (c *copier) entriesOf(source *os.File, name, to string, depth int) error {
	names, err := source.Readdirnames(c.entries + 1) // one too many is enough to know
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read the directory %q of a jail: %w", name, err)
	}
	for _, entry := range names {
		if err := c.copy(int(source.Fd()), entry, path.Join(to, entry), depth+1); err != nil {
			return err
		}
	}
	return nil
}

// putFiles puts files and directories into a working directory before the program starts.
func putFiles(dir int, files []File, dirs []string, uid int) error {
	if len(files)+len(dirs) == 0 {
		return nil
	}
	root, err := os.OpenRoot(fmt.Sprintf("/proc/self/fd/%d", dir))
	if err != nil {
		return fmt.Errorf("open a working directory: %w", err)
	}
	defer root.Close()
	for _, name := range dirs {
		if err := makeDirs(root, path.Clean(name), uid); err != nil {
			return fmt.Errorf("create %s in a jail: %w", name, err)
		}
	}
	for _, file := range files {
		if err := putFile(root, file, uid); err != nil {
			return fmt.Errorf("put %s into a jail: %w", file.Name, err)
		}
	}
	return nil
}

func putFile(root *os.Root, file File, uid int) error {
	if !filepath.IsLocal(file.Name) {
		return errors.New("name leads out of the working directory")
	}
	if err := makeDirs(root, path.Dir(file.Name), uid); err != nil {
		return err
	}
	if file.Link != "" {
		return root.Symlink(file.Link, file.Name)
	}
	mode := os.FileMode(0o644)
	if file.Executable {
		mode = 0o755
	}
	target, err := root.OpenFile(file.Name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = target.Write(file.Data)
	return errors.Join(err, target.Chmod(mode), target.Chown(uid, uid), target.Close())
}

// makeDirs creates a directory and its parents. They belong to the program.
func makeDirs(root *os.Root, dir string, uid int) error {
	if dir == "." {
		return nil
	}
	if err := makeDirs(root, path.Dir(dir), uid); err != nil {
		return err
	}
	err := root.Mkdir(dir, 0o755)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	return errors.Join(err, root.Chown(dir, uid, uid))
}
