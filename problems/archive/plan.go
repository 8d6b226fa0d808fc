package archive

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// plan lists what to unpack from an archive.
type plan struct {
	top   *dir
	files int
	bytes uint64 // as the archive states them
	notes []string
	more  int // notes that were left out
}

// dir is a directory to create.
type dir struct {
	dirs  map[string]*dir
	files map[string]*node // originals
	again map[string]*node // further names of files that the archive has elsewhere
}

// planOf reads the entries of an archive and follows its links.
func planOf(file io.ReaderAt, size int64) (*plan, error) {
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return nil, err
	}
	if len(archive.File) > mostFiles {
		return nil, tooMany()
	}
	p := &plan{}
	tree, err := treeOf(archive, p.note)
	if err != nil {
		return nil, err
	}
	if p.top, err = p.expand(tree, ".", nil); err != nil {
		return nil, err
	}
	if p.more > 0 {
		p.notes = append(p.notes, fmt.Sprintf("%d more entries are left out", p.more))
	}
	return p, nil
}

func tooMany() error {
	return fmt.Errorf("more than %d files: files behind links included", mostFiles)
}

func tooMuch(most int64) error {
	return fmt.Errorf("%w: %.3g GiB in all", ErrTooLarge, float64(most)/(1<<30))
}

func (p *plan) note(name, why string) {
	if len(p.notes) == mostNotes {
		p.more++
		return
	}
	p.notes = append(p.notes, fmt.Sprintf("%.200q is left out: %s", name, why))
}

// expand plans a directory of the archive at a place; behind a link that is not the directory's own path. above are
// the directories on the way to it.
func (p *plan) expand(n *node, at string, above []*node) (*dir, error) {
	if strings.Count(at, "/") > mostDepth {
		return nil, about(at, errors.New("directories are nested too deeply"))
	}
	above = append(slices.Clip(above), n)
	d := &dir{map[string]*dir{}, map[string]*node{}, map[string]*node{}}
	for _, name := range n.sorted() {
		if p.files++; p.files > mostFiles {
			return nil, tooMany()
		}
		place := path.Join(at, name)
		entry := n.children[name]
		real, err := entry.follow()
		if err == nil && slices.Contains(above, real) {
			err = errLoop // expanding it would reach this place again
		}
		switch {
		case err == errLost, err == errLoop: //nolint:errorlint // as follow returns them
			p.note(place, err.Error())
		case err != nil:
			return nil, about(place, err)
		case real.children != nil:
			if d.dirs[name], err = p.expand(real, place, above); err != nil {
				return nil, err
			}
		default:
			if p.bytes += min(real.file.UncompressedSize64, mostBytes+1); p.bytes > mostBytes {
				return nil, tooMuch(mostBytes) // before any file is written
			}
			if real.name == place {
				d.files[name] = real
			} else {
				d.again[name] = real
			}
		}
	}
	return d, nil
}

// unpack writes the planned files into an empty directory, at most so many bytes.
func (p *plan) unpack(to string, most int64) error {
	root, err := os.OpenRoot(to)
	if err != nil {
		return err
	}
	defer root.Close()
	u := &unpacking{root, most, most, make([]byte, 64<<10)}
	if err := u.originals(root, p.top); err != nil {
		return err
	}
	return u.copies(p.top, ".")
}

// unpacking is the state of one call of unpack.
type unpacking struct {
	top    *os.Root
	most   int64 // bytes
	left   int64 // of most
	buffer []byte
}

// originals creates the directories, and the files of the archive.
func (u *unpacking) originals(in *os.Root, d *dir) error {
	for name, n := range d.files {
		if err := u.file(in, name, n.file); err != nil {
			return fmt.Errorf("%.200q: %w", n.name, err)
		}
	}
	for name, inner := range d.dirs {
		if err := in.Mkdir(name, 0o755); err != nil {
			return err
		}
		root, err := in.OpenRoot(name)
		if err != nil {
			return err
		}
		err = errors.Join(u.originals(root, inner), root.Close())
		if err != nil {
			return err
		}
	}
	return nil
}

// file unpacks one file.
func (u *unpacking) file(root *os.Root, name string, f *zip.File) error {
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	mode := fs.FileMode(0o644)
	if f.Mode()&0o100 != 0 {
		mode = 0o755
	}
	out, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	// The size in the archive may be false. The struct hides the file's ReadFrom, which would allocate a new buffer.
	n, err := io.CopyBuffer(struct{ io.Writer }{out}, io.LimitReader(in, u.left+1), u.buffer)
	u.left -= n
	if err = errors.Join(err, out.Close()); err == nil && u.left < 0 {
		err = tooMuch(u.most)
	}
	return err
}

// copies creates the further names of files that links lead to. Each name counts with the file's full size.
func (u *unpacking) copies(d *dir, at string) error {
	for name, n := range d.again {
		info, err := u.top.Lstat(n.name)
		if err != nil {
			return err
		}
		if u.left -= info.Size(); u.left < 0 {
			return tooMuch(u.most)
		}
		if err := u.top.Link(n.name, path.Join(at, name)); err != nil {
			return fmt.Errorf("%.200q: %w", path.Join(at, name), err)
		}
	}
	for name, inner := range d.dirs {
		if err := u.copies(inner, path.Join(at, name)); err != nil {
			return err
		}
	}
	return nil
}
