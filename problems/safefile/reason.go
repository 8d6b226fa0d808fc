package safefile

import (
	"errors"
	"io/fs"
)

// Reason returns the text of an error of the operating system without the path, for messages that begin with it.
func Reason(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "no such file"
	}
	if inner, ok := errors.AsType[*fs.PathError](err); ok {
		return inner.Err.Error()
	}
	return err.Error()
}
