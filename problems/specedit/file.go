package specedit

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"judge/problems/safefile"
	"judge/problems/strictyaml"
)

// File edits a file. check reads the problem again: if it returns an error, the file gets its old content back. changed
// is false if the file has said the same before.
func File(path string, change func([]byte) ([]byte, error), check func() error) (changed bool, err error) {
	file, err := safefile.OpenNamed(path)
	if err != nil {
		return false, err
	}
	before, err := io.ReadAll(io.LimitReader(file, strictyaml.MaxSize+1))
	if err = errors.Join(err, file.Close()); err != nil {
		return false, err
	}
	if len(before) > strictyaml.MaxSize {
		return false, fmt.Errorf("%s: more than %d MiB", path, strictyaml.MaxSize>>20)
	}
	after, err := change(before)
	if err != nil {
		return false, fmt.Errorf("%s: %w", path, err)
	}
	if bytes.Equal(before, after) {
		return false, nil
	}
	if err := write(path, after); err != nil {
		return false, err
	}
	if err := check(); err != nil {
		err = fmt.Errorf("%s would be invalid, and is unchanged: %w", path, err)
		return false, errors.Join(err, write(path, before))
	}
	return true, nil
}

func write(path string, data []byte) error {
	return safefile.Replace(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}
