// Package archive unpacks the zip archives in which problems come. Archives are hostile: nothing is written outside of the directory, nothing
// but plain files, and no more than a bound.
//
//	dir, err := archive.Unpack("hello.zip", "")
package archive

import (
	"archive/zip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"judge/problems/text"
)

// Bounds of an archive.
const (
	mostFiles = 200_000
	mostBytes = 8 << 30 // of all files together
	mostDepth = 32      // directories inside each other
)

// Unpack unpacks an archive beneath a directory, by default the user's cache, and returns where. What it has unpacked once, it
// finds again by the archive's content.
func Unpack(file, beneath string) (string, error) {
	if beneath == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return "", fmt.Errorf("unpack %q: %w", file, err)
		}
		beneath = filepath.Join(cache, "judge", "packages")
	}
	sum, err := hash(file)
	if err != nil {
		return "", err
	}
	dir := filepath.Join(beneath, sum)
	if info, err := os.Lstat(dir); err == nil && info.IsDir() {
		return dir, nil
	}
	if err := os.MkdirAll(beneath, 0o700); err != nil {
		return "", fmt.Errorf("unpack %q: %w", file, err)
	}
	temporary, err := os.MkdirTemp(beneath, ".unpacking-")
	if err != nil {
		return "", fmt.Errorf("unpack %q: %w", file, err)
	}
	defer os.RemoveAll(temporary)
	if err := unpack(file, temporary); err != nil {
		return "", fmt.Errorf("unpack %q: %w", file, err)
	}
	if err := os.Chmod(temporary, 0o755); err != nil {
		return "", fmt.Errorf("unpack %q: %w", file, err)
	}
	err = os.Rename(temporary, dir)
	if info, known := os.Lstat(dir); err != nil && (known != nil || !info.IsDir()) { // another may have been faster
		return "", fmt.Errorf("unpack %q: %w", file, err)
	}
	return dir, nil
}

func hash(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", fmt.Errorf("read %q: %w", file, err)
	}
	return fmt.Sprintf("%x", sum.Sum(nil)), nil
}

func unpack(file, dir string) error {
	archive, err := zip.OpenReader(file)
	if err != nil {
		return err
	}
	defer archive.Close()
	if len(archive.File) > mostFiles {
		return fmt.Errorf("more than %d files", mostFiles)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	stated := uint64(0) // what says itself that it is too much needs no room first
	for _, f := range archive.File {
		if stated += min(f.UncompressedSize64, mostBytes+1); stated > mostBytes {
			return tooMuch()
		}
	}
	left := int64(mostBytes)
	for _, f := range archive.File {
		if err := one(root, f, &left); err != nil {
			return fmt.Errorf("%.200q: %w", f.Name, err)
		}
	}
	return nil
}

func tooMuch() error { return fmt.Errorf("more than %d GiB in all", mostBytes>>30) }

// one unpacks one file or directory.
func one(root *os.Root, f *zip.File, left *int64) error {
	name := path.Clean(strings.TrimSuffix(f.Name, "/"))
	switch mode := f.Mode(); {
	case !filepath.IsLocal(name) || strings.Contains(name, `\`) || !text.IsName(name):
		return errors.New("is not a name to unpack")
	case strings.Count(name, "/") > mostDepth:
		return errors.New("too many directories inside each other")
	case mode.IsDir():
		return root.MkdirAll(name, 0o755)
	case mode&fs.ModeSymlink != 0:
		return errors.New("is a link: a copy of the file would do")
	case !mode.IsRegular():
		return errors.New("is no plain file")
	}
	if dir := path.Dir(name); dir != "." {
		if err := root.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
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
	if errors.Is(err, fs.ErrExist) {
		return errors.New("stands in it twice")
	}
	if err != nil {
		return err
	}
	n, err := io.Copy(out, io.LimitReader(in, *left+1)) // the size that the archive states may be a lie
	*left -= n
	if err = errors.Join(err, out.Close()); err == nil && *left < 0 {
		err = tooMuch()
	}
	return err
}
