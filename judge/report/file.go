package report

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// WriteFile writes a file, whole or not at all: readers never see half of one. What is no regular file, such as a pipe
// or /dev/null, is written to as it is.
func WriteFile(path string, write func(io.Writer) error) error {
	path, info, err := target(path)
	if err != nil {
		return err
	}
	if info != nil && !info.Mode().IsRegular() {
		file, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(write(file), file.Close())
	}
	mode := fs.FileMode(0o644)
	if info != nil {
		mode = info.Mode().Perm()
	}
	return replace(path, mode, write)
}

// replace writes beside the file and then puts the new one in its place.
func replace(path string, mode fs.FileMode, write func(io.Writer) error) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".judge-*.tmp")
	if err != nil {
		return err
	}
	err = errors.Join(write(file), file.Chmod(mode), file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		os.Remove(file.Name())
	}
	return err
}

// target follows links to the file that is meant, so that a link stays one. The info is nil where there is no file yet.
func target(path string) (string, fs.FileInfo, error) {
	full, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		return path, nil, nil
	}
	if err != nil {
		return "", nil, err
	}
	info, err := os.Stat(full)
	return full, info, err
}

// CanWrite tells beforehand why WriteFile could not write there, as far as one can know.
func CanWrite(path string) error {
	full, info, err := target(path)
	switch {
	case err != nil:
		return err
	case info != nil && info.IsDir():
		return fmt.Errorf("%s: is a directory", path)
	case info != nil && !info.Mode().IsRegular():
		return nil
	}
	dir := filepath.Dir(full)
	if err := unix.Access(dir, unix.W_OK|unix.X_OK); err != nil {
		return fmt.Errorf("directory %s: %w", dir, err)
	}
	return nil
}
