package clics

import (
	"archive/zip"
	"bufio"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"judge/problems"
	"judge/problems/safefile"
)

// sink takes the files of an export, one after the other.
type sink interface {
	// create begins a file. It is valid until the next call. packed reports that the content is compressed already.
	create(name string, packed bool) (io.Writer, error)
	// put writes a packed file as a whole. An export has one for each submission.
	put(name string, data []byte) error
}

// provider is the name in api.json by which an earlier export is known.
const provider = "judge"

// written are the names at the top of an export.
func written() []string {
	return []string{"api.json", "contest.json", "contest", "judgement-types.json", "languages.json", "problems.json",
		"groups.json", "organizations.json", "organizations", "teams.json", "teams", "persons.json", "persons",
		"accounts.json", "state.json", "submissions.json", "submissions", "clarifications.json", "judgements.json",
		"runs.json", "commentary.json", "awards.json", "scoreboard.json", feedName}
}

// zipSink writes a zip archive.
type zipSink struct{ *zip.Writer }

func (z zipSink) create(name string, packed bool) (io.Writer, error) {
	header := &zip.FileHeader{Name: name, Method: zip.Deflate}
	if packed {
		header.Method = zip.Store
	}
	return z.CreateHeader(header)
}

func (z zipSink) put(name string, data []byte) error {
	to, err := z.create(name, true)
	if err != nil {
		return err
	}
	_, err = to.Write(data)
	return err
}

// toArchive calls fill with a zip archive at a path, which appears once it is complete.
func toArchive(dest string, fill func(sink) error) error {
	if err := replaceable(dest); err != nil {
		return err
	}
	return safefile.Replace(dest, func(to io.Writer) error {
		buffered := bufio.NewWriterSize(to, 1<<18)
		z := zip.NewWriter(buffered)
		if err := fill(zipSink{z}); err != nil {
			return err
		}
		return errors.Join(z.Close(), buffered.Flush())
	})
}

// replaceable returns an error if a path holds something else than an archive that Write has written.
func replaceable(dest string) error {
	info, err := os.Stat(dest)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil || !info.Mode().IsRegular() {
		return occupied(dest, "is not a regular file")
	}
	archive, err := zip.OpenReader(dest)
	if err != nil {
		return occupied(dest, "is not an export of judge")
	}
	defer archive.Close()
	for _, f := range archive.File {
		if top, _, _ := strings.Cut(f.Name, "/"); !slices.Contains(written(), top) {
			return occupied(dest, "holds other files than an export of judge")
		}
	}
	if !isOurs(archive.Open("api.json")) {
		return occupied(dest, "is not an export of judge")
	}
	return nil
}

func occupied(dest, why string) error {
	return &problems.Error{File: dest, Msg: why + ": expected an earlier export, or nothing",
		Hint: "name another place, or remove it first"}
}

// isOurs reports whether an api.json could be opened and states that Write has written the package. It closes the file.
func isOurs(api io.ReadCloser, err error) bool {
	if err != nil {
		return false
	}
	defer api.Close()
	var object struct {
		Provider struct {
			Name string `json:"name"`
		} `json:"provider"`
	}
	return json.NewDecoder(io.LimitReader(api, 1<<16)).Decode(&object) == nil && object.Provider.Name == provider
}

// dirSink writes files below a directory.
type dirSink struct {
	root   *os.Root
	at     int             // descriptor of root
	made   map[string]bool // directories
	file   *os.File
	buffer *bufio.Writer
}

func (d *dirSink) create(name string, _ bool) (io.Writer, error) {
	if err := errors.Join(d.finish(), d.mkdir(path.Dir(name))); err != nil {
		return nil, err
	}
	file, err := d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err
	}
	d.file = file
	d.buffer.Reset(file)
	return d.buffer, nil
}

// mkdir creates a directory and those above it, once.
func (d *dirSink) mkdir(dir string) error {
	if dir == "." || d.made[dir] {
		return nil
	}
	if err := d.mkdir(path.Dir(dir)); err != nil {
		return err
	}
	d.made[dir] = true
	return unix.Mkdirat(d.at, dir, 0o755)
}

// put takes four system calls. Nobody else knows the directory, so that no link is on the way.
func (d *dirSink) put(name string, data []byte) (err error) {
	if err := errors.Join(d.finish(), d.mkdir(path.Dir(name))); err != nil {
		return err
	}
	fd, err := unix.Openat(d.at, name, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0o644)
	if err != nil {
		return fmt.Errorf("create %q: %w", name, err)
	}
	defer func() { err = errors.Join(err, unix.Close(fd)) }()
	for len(data) > 0 {
		n, err := unix.Write(fd, data)
		if err != nil && !errors.Is(err, unix.EINTR) {
			return fmt.Errorf("write %q: %w", name, err)
		}
		data = data[max(n, 0):]
	}
	return nil
}

// finish completes the last file.
func (d *dirSink) finish() error {
	if d.file == nil {
		return nil
	}
	err := errors.Join(d.buffer.Flush(), d.file.Close())
	d.file = nil
	return err
}

// toDirectory calls fill with a directory next to a path, and renames it to the path once it is complete.
func toDirectory(dest string, fill func(sink) error) (err error) {
	full, err := filepath.Abs(dest)
	if err != nil {
		return err
	}
	parent, err := safefile.Created(filepath.Dir(full))
	if err != nil {
		return err
	}
	defer parent.Close()
	base := filepath.Base(full)
	if err := vacant(parent, base, dest); err != nil {
		return err
	}
	temporary := "." + base + "." + rand.Text()[:8] + ".partial"
	if err := parent.Mkdir(temporary, 0o755); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, parent.RemoveAll(temporary)) }() // the old export, or what an error left
	root, err := parent.OpenRoot(temporary)
	if err != nil {
		return err
	}
	err = fillDirectory(root, fill)
	if err = errors.Join(err, root.Close()); err != nil {
		return err
	}
	return swap(parent, temporary, base)
}

// fillDirectory calls fill with a directory.
func fillDirectory(root *os.Root, fill func(sink) error) error {
	here, err := root.Open(".")
	if err != nil {
		return err
	}
	defer here.Close()
	d := &dirSink{root: root, at: int(here.Fd()), made: map[string]bool{}, buffer: bufio.NewWriterSize(nil, 1<<16)}
	return errors.Join(fill(d), d.finish())
}

// vacant returns an error if a name in a directory is taken by something else than an export.
func vacant(parent *safefile.Dir, base, dest string) error {
	info, err := parent.Lstat(base)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return occupied(dest, "is not a directory")
	}
	dir, err := parent.OpenDir(base)
	if err != nil {
		return err
	}
	defer dir.Close()
	names, err := dir.Readdirnames(-1)
	if err != nil || len(names) == 0 {
		return err
	}
	for _, name := range names {
		if !slices.Contains(written(), name) {
			return occupied(dest, fmt.Sprintf("holds %q, which is not part of an export of judge", name))
		}
	}
	if !isOurs(parent.Root.Open(path.Join(base, "api.json"))) {
		return occupied(dest, "is not an export of judge")
	}
	return nil
}

// swap puts a directory in the place of another in one step. What was there gets the temporary name.
func swap(parent *safefile.Dir, temporary, base string) error {
	here, err := parent.Root.Open(".")
	if err != nil {
		return err
	}
	defer here.Close()
	at := int(here.Fd())
	err = unix.Renameat2(at, temporary, at, base, unix.RENAME_EXCHANGE)
	if errors.Is(err, unix.ENOENT) {
		return parent.Rename(temporary, base)
	}
	if !errors.Is(err, unix.EINVAL) && !errors.Is(err, unix.ENOSYS) {
		return err
	}
	old := temporary + ".old" // a file system that cannot exchange names
	if err := parent.Rename(base, old); err != nil {
		return err
	}
	if err := parent.Rename(temporary, base); err != nil {
		return errors.Join(err, parent.Rename(old, base))
	}
	return parent.RemoveAll(old)
}
