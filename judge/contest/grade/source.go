package grade

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"judge/judge/contest"
	"judge/problems"
	"judge/problems/archive"
	"judge/problems/safefile"
)

// Bounds of a submission's files.
const (
	maxZipFiles  = 2000
	minZipBytes  = 1 << 20   // whatever the limit on code: what is too large is a CE of the engine, with its language
	maxOutputZip = 512 << 20 // of outputs that are submitted
	hashedOfFile = 256 << 20 // bytes of one file that the digest covers; its size counts, too
)

// changedReason is the reason of a judge error.
const changedReason = "the submission's files changed while they were judged"

// juryFault is a fault of the jury: the file is missing or cannot be read.
func juryFault(err error) *contest.Fault {
	return &contest.Fault{Verdict: problems.JE, Reason: cleaned(safefile.Reason(err))}
}

// teamFault is a fault of the team, such as a broken archive.
func teamFault(format string, a ...any) *contest.Fault {
	return &contest.Fault{Verdict: problems.CE, Reason: cleaned(fmt.Sprintf(format, a...))}
}

// tree finds the files of submissions. It keeps the contest's directory open: opening it for each file costs more than
// reading the file. It is safe for concurrent use. Close it after use.
type tree struct {
	dir string // of the contest

	mu   sync.Mutex
	root *safefile.Root // nil: not open
}

// Close closes the contest's directory.
func (t *tree) Close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.root == nil {
		return nil
	}
	err := t.root.Close()
	t.root = nil
	return err
}

// locate returns the absolute path of a submission's file or directory, without links: a link in a contest's directory
// that leads out of it is not followed.
func (t *tree) locate(s contest.Submission) (path string, mode fs.FileMode, err error) {
	if filepath.IsAbs(s.Path) { // no reader makes one, but a foreign result file could name any file of this host
		return "", 0, safefile.ErrOutside
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.root == nil {
		if t.root, err = safefile.OpenRoot(t.dir); err != nil {
			return "", 0, err
		}
	}
	return t.root.Path(s.Path)
}

// digest returns the digest of a submission's files; "" if they cannot be read.
func (t *tree) digest(s contest.Submission) (string, error) {
	path, mode, err := t.locate(s)
	switch {
	case err != nil:
		return "", err
	case mode.IsDir():
		sum, _, err := dirDigest(path)
		return sum, err
	case !mode.IsRegular():
		return "", safefile.ErrNotRegular
	}
	file, err := safefile.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	buffer := make([]byte, min(32<<10, info.Size()+1)) // io.Copy would take 32 KiB for each small file
	if _, err := io.CopyBuffer(sum, io.LimitReader(file, hashedOfFile), buffer); err != nil {
		return "", err
	}
	if info.Size() > hashedOfFile {
		fmt.Fprintf(sum, "%d", info.Size())
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// ready is a submission whose files are in place for the engine.
type ready struct {
	path    string
	release func() // removes what was unpacked
}

// prepare makes a submission's files ready: an archive is unpacked into a temporary directory. The fault is why it
// cannot be judged; nil: it can.
func (t *tree) prepare(s contest.Submission, p *problems.Problem) (ready, *contest.Fault) {
	path, mode, err := t.locate(s)
	switch {
	case err != nil:
		return ready{}, juryFault(err)
	case mode.IsDir():
		return ready{path, func() {}}, nil
	case !mode.IsRegular():
		return ready{}, juryFault(safefile.ErrNotRegular)
	case !strings.EqualFold(filepath.Ext(path), ".zip"):
		return ready{path, func() {}}, nil
	}
	file, err := safefile.Open(path)
	if err != nil {
		return ready{}, juryFault(err)
	}
	defer file.Close()
	bound := max(minZipBytes, int64(p.Limits.Code)*2)
	if p.OutputOnly {
		bound = maxOutputZip
	}
	unpacked, err := archive.Within(file, maxZipFiles, bound)
	if err != nil {
		return ready{}, archiveFault(err, p)
	}
	release := func() { unpacked.Close() } //nolint:errcheck // the next judge removes it
	return ready{innermost(unpacked.Dir), release}, nil
}

// archiveFault tells a fault of the archive, which is its team's, from one of this host.
func archiveFault(err error, p *problems.Problem) *contest.Fault {
	var host *fs.PathError
	switch {
	case errors.Is(err, archive.ErrTooLarge) && p.OutputOnly:
		return teamFault("files: the archive holds more than 512 MiB")
	case errors.Is(err, archive.ErrTooLarge):
		return teamFault("code size: more than the limit of %.4g KiB", float64(p.Limits.Code)/float64(problems.KiB))
	case errors.Is(err, zip.ErrFormat), errors.Is(err, zip.ErrChecksum), errors.Is(err, zip.ErrAlgorithm):
		return teamFault("files: the archive cannot be unpacked")
	case errors.As(err, &host):
		return juryFault(err)
	default:
		for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(inner) {
			err = inner
		}
		return teamFault("files: the archive cannot be unpacked: %v", err)
	}
}

// innermost goes into the directory that an archive often has around everything in it.
func innermost(dir string) string {
	for range maxDepth {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return dir
		}
		var kept []fs.DirEntry
		for _, e := range entries {
			if name := e.Name(); !strings.HasPrefix(name, ".") && name != "__MACOSX" {
				kept = append(kept, e)
			}
		}
		if len(kept) != 1 || !kept[0].IsDir() {
			return dir
		}
		dir = filepath.Join(dir, kept[0].Name())
	}
	return dir
}
