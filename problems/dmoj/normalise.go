package dmoj

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"judge/problems/archive"
	"judge/problems/cache"
	"judge/problems/safefile"
)

// mostText bounds the total size of the test files whose line ends are converted.
const mostText = 8 << 30 // bytes

// normalise gives tests the line ends of the DMOJ: "\r
// " and "\r" become "
// ", and the last line ends with one, unless a case is binary_data. Files with other line ends are copied.
func (r *reader) normalise() error {
	slices.Sort(r.texts)
	r.texts = slices.Compact(r.texts)
	sum, left := sha256.New(), int64(mostText)
	var others []string
	for _, name := range r.texts {
		other, err := r.examine(name, sum, &left)
		if err != nil {
			return r.yaml.Fault(r.key("test_cases"), fmt.Sprintf("cannot read %.300q: %.200q", name, err.Error()),
				"")
		}
		if other {
			others = append(others, name)
		}
	}
	if len(others) == 0 {
		return nil
	}
	key := sum.Sum(nil)
	made, err := archive.Make("", "lines-"+hex.EncodeToString(key), func(product string) error {
		again := sha256.New()
		for i, name := range others {
			if err := copyLines(name, filepath.Join(product, strconv.Itoa(i)), again); err != nil {
				return cache.ErrorOf("convert a test's line ends", err)
			}
		}
		if !bytes.Equal(again.Sum(nil), key) {
			return r.yaml.Fault(r.key("test_cases"), "the files of the tests changed while they were read", "")
		}
		return nil
	})
	if err != nil {
		return err
	}
	r.problem.Held = append(r.problem.Held, made)
	if made.Note != "" {
		r.remark(r.key("test_cases"), made.Note)
	}
	for i := range r.problem.Tests {
		t := &r.problem.Tests[i]
		if r.binary[i] {
			continue
		}
		for _, file := range []*string{&t.Input, &t.Answer} {
			if at, ok := slices.BinarySearch(others, *file); ok {
				*file = filepath.Join(made.Dir, strconv.Itoa(at))
			}
		}
	}
	return nil
}

// examine reports whether a file has other line ends than the DMOJ's. If so, it adds the content to the sum.
func (r *reader) examine(name string, sum io.Writer, left *int64) (bool, error) {
	file, err := safefile.Open(name)
	if err != nil {
		return false, err
	}
	defer file.Close()
	content := io.LimitReader(file, *left+1)
	part, last, found := make([]byte, 64<<10), byte('\n'), false
	for {
		n, err := content.Read(part)
		if *left -= int64(n); *left < 0 {
			return false, fmt.Errorf("the tests are larger than %d GiB", mostText>>30)
		}
		if n > 0 {
			last = part[n-1]
		}
		found = found || bytes.IndexByte(part[:n], '\r') >= 0
		switch {
		case errors.Is(err, io.EOF):
			if found = found || last != '\n'; !found {
				return false, nil
			}
			if _, err := file.Seek(0, io.SeekStart); err != nil {
				return false, err
			}
			size, err := io.Copy(sum, file)
			between(sum, size)
			return true, err
		case err != nil:
			return false, err
		}
	}
}

// between separates two files in a sum, so that different lists of files have different sums.
func between(sum io.Writer, size int64) { fmt.Fprintf(sum, "\x00%d\x00", size) }

// counting counts the bytes that are written to it.
type counting int64

// Write adds the length of p.
func (c *counting) Write(p []byte) (int, error) { *c += counting(len(p)); return len(p), nil }

// copyLines copies a file with the DMOJ's line ends. It adds the original content to the sum, as examine does.
func copyLines(from, to string, sum io.Writer) error {
	in, err := safefile.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	var size counting
	read := io.TeeReader(in, io.MultiWriter(sum, &size))
	err = writeLines(bufio.NewReaderSize(read, 64<<10), bufio.NewWriterSize(out, 64<<10))
	between(sum, int64(size))
	return errors.Join(err, out.Close())
}

// writeLines copies a stream with the DMOJ's line ends.
func writeLines(r *bufio.Reader, w *bufio.Writer) error {
	last := byte('\n')
	for {
		c, err := r.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
			if last != '\n' && last != '\r' {
				w.WriteByte('\n') //nolint:errcheck // Flush returns it
			}
			return w.Flush()
		case err != nil:
			return err
		case c == '\n' && last == '\r': // it ended with the "\r"
		case c == '\r':
			w.WriteByte('\n') //nolint:errcheck // Flush returns it
		default:
			w.WriteByte(c) //nolint:errcheck // Flush returns it
		}
		last = c
	}
}
