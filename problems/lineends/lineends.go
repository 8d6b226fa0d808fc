// Package lineends converts files to LF line ends, for programs that accept no others.
//
//	input, err = lineends.Unix(input)
package lineends

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// Unix returns a file with LF for every CRLF. Without a CRLF that is the file itself, rewound. Otherwise it is a
// temporary file without a name, and the original is closed. Files are regular and of any size.
func Unix(file *os.File) (*os.File, error) {
	windows, err := Windows(file)
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil || !windows {
		return file, err
	}
	unix, err := unnamed()
	if err != nil {
		return file, err
	}
	to := bufio.NewWriterSize(unix, 64<<10)
	err = errors.Join(copyUnix(to, bufio.NewReaderSize(file, 64<<10)), to.Flush())
	if err == nil {
		_, err = unix.Seek(0, io.SeekStart)
	}
	if err != nil {
		unix.Close() //nolint:errcheck // it is thrown away
		return file, fmt.Errorf("copy with other line ends: %w", err)
	}
	file.Close() //nolint:errcheck // it was only read
	return unix, nil
}

// Windows reports whether a stream contains a CRLF.
func Windows(from io.Reader) (bool, error) {
	part, before := make([]byte, 64<<10), false
	for {
		n, err := from.Read(part)
		if before && n > 0 && part[0] == '\n' || bytes.Contains(part[:n], []byte("\r\n")) {
			return true, nil
		}
		if n > 0 {
			before = part[n-1] == '\r'
		}
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
}

// copyUnix copies a stream with LF for each CRLF.
func copyUnix(to *bufio.Writer, from *bufio.Reader) error {
	for {
		part, err := from.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) && part[len(part)-1] == '\r' {
			part = part[:len(part)-1] // an LF may follow
			if unread := from.UnreadByte(); unread != nil {
				return unread
			}
		}
		if err == nil && bytes.HasSuffix(part, []byte("\r\n")) {
			part = append(part[:len(part)-2], '\n')
		}
		if _, err := to.Write(part); err != nil {
			return err
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// unnamed creates a temporary file and removes its name.
func unnamed() (*os.File, error) {
	file, err := os.CreateTemp("", "judge-lines-")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(file.Name()); err != nil {
		file.Close() //nolint:errcheck // it is thrown away
		return nil, err
	}
	return file, nil
}
