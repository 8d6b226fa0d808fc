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

// plan is what of an archive is unpacked.
type plan struct {
	top   *dir
	files int
	bytes uint64 // as the archive states them
	notes []string
	more  int // notes that are left out
}

// dir is a directory to make.
type dir struct {
	dirs  map[string]*dir
	files map[string]*node // originals
	again map[string]*node // what is there already, under another name
}

// planOf reads what an archive holds, and follows its links.
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
	return fmt.Errorf("more than %d files: a link counts as what it leads to", mostFiles)
}

func tooMuch() error { return fmt.Errorf("more than %d GiB in all", mostBytes>>30) }

func (p *plan) note(name, why string) {
	if len(p.notes) == mostNotes {
		p.more++
		return
	}
	p.notes = append(p.notes, fmt.Sprintf("%.200q is left out: %s", name, why))
}

// expand plans a directory of the archive at a place, which is another one behind a link. above are the directories
// that it is in by the names on the way.
func (p *plan) expand(n *node, at string, above []*node) (*dir, error) {
	if strings.Count(at, "/") > mostDepth {
		return nil, about(at, errors.New("too many directories inside each other"))
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
			err = errLoop // behind it this place would come again
		}
		switch {
		case err == errLost, err == errLoop: //nolint:errorlint // as follow returns them
			p.note(place, "it is a link, and "+strings.TrimPrefix(err.Error(), "it "))
		case err != nil:
			return nil, about(place, err)
		case real.children != nil:
			if d.dirs[name], err = p.expand(real, place, above); err != nil {
				return nil, err
			}
		default:
			if p.bytes += min(real.file.UncompressedSize64, mostBytes+1); p.bytes > mostBytes {
				return nil, tooMuch() // what says itself that it is too much needs no room first
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

// unpack writes what is planned into an empty directory.
func (p *plan) unpack(to string) error {
	root, err := os.OpenRoot(to)
	if err != nil {
		return err
	}
	defer root.Close()
	u := &unpacking{root, mostBytes, make([]byte, 64<<10)}
	if err := u.originals(root, p.top); err != nil {
		return err
	}
	return u.copies(p.top, ".")
}

// unpacking is an archive that is being unpacked.
type unpacking struct {
	top    *os.Root
	left   int64 // bytes
	buffer []byte
}

// originals makes the directories and the files that are in the archive.
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
	// The size that the archive states may be a lie. The struct hides that a file has its own way to read, with a new
	// buffer.
	n, err := io.CopyBuffer(struct{ io.Writer }{out}, io.LimitReader(in, u.left+1), u.buffer)
	u.left -= n
	if err = errors.Join(err, out.Close()); err == nil && u.left < 0 {
		err = tooMuch()
	}
	return err
}

// copies gives files the other names by which links lead to them. They count as often.
func (u *unpacking) copies(d *dir, at string) error {
	for name, n := range d.again {
		info, err := u.top.Lstat(n.name)
		if err != nil {
			return err
		}
		if u.left -= info.Size(); u.left < 0 {
			return tooMuch()
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
