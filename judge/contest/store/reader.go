package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/mattn/go-sqlite3"
	"golang.org/x/sys/unix"

	"judge/judge/contest"
	"judge/problems"
	"judge/problems/safefile"
	"judge/problems/text"
)

// Reader is one result file, or several as one, that is only read. It is safe for concurrent use.
type Reader struct{ files []*file }

// OpenReader opens a result file for reading, also while a grader writes it. It writes nothing next to the file, so
// that the file may be that of another user and in a read-only directory.
func OpenReader(path string) (*Reader, error) { return Merge(path) }

// Merge opens result files of the same contest, such as those of shards. Its methods return a *MismatchError if
// they are of different contests, or of different packages.
func Merge(paths ...string) (*Reader, error) {
	r := &Reader{}
	for _, path := range paths {
		f, err := openFile(path, current())
		if err != nil {
			return nil, errors.Join(err, r.Close())
		}
		r.files = append(r.files, f)
	}
	if len(paths) > 1 {
		if _, err := r.Results(context.Background()); err != nil {
			return nil, errors.Join(err, r.Close())
		}
	}
	return r, nil
}

// Close closes the files.
func (r *Reader) Close() (err error) {
	for _, f := range r.files {
		err = errors.Join(err, f.close())
	}
	r.files = nil
	return err
}

// view calls do with one state of each file.
func (r *Reader) view(ctx context.Context, do func([]*query) error) error {
	return viewAll(ctx, r.files, nil, do)
}

func viewAll(ctx context.Context, files []*file, opened []*query, do func([]*query) error) error {
	if len(files) == 0 {
		return do(opened)
	}
	return files[0].view(ctx, func(q *query) error {
		return viewAll(ctx, files[1:], append(opened, q), do)
	})
}

// openFile opens a file for reading, in the way that its state needs.
func openFile(path string, as schema) (_ *file, err error) {
	p, err := locate(path)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.close())
		}
	}()
	for tries := 0; ; tries++ {
		f, older, err := p.tryOpen(as)
		if err == nil && older == 0 {
			return f, nil
		}
		if err == nil {
			err = f.db.Close() // an older version: it is migrated in a copy
		} else if !isCode(err, sqlite3.ErrReadonly, sqlite3.ErrCantOpen, sqlite3.ErrBusy, sqlite3.ErrProtocol) {
			return nil, p.fault(err)
		}
		if err != nil && tries < 10 { // a grader has just begun or ended
			time.Sleep(time.Duration(tries) * 10 * time.Millisecond)
			continue
		}
		if err := p.grading(); err != nil {
			return nil, err
		}
		return p.openCopy(as)
	}
}

// tryOpen opens a file. The error may be that of SQLite.
func (p *place) tryOpen(as schema) (f *file, older int, err error) {
	main, log, index, err := p.findAll()
	if err != nil {
		return nil, 0, err
	}
	if main.Ino == 0 {
		return nil, 0, &os.PathError{Op: "open", Path: p.path, Err: unix.ENOENT}
	}
	f = &file{place: p, as: as}
	switch {
	case log.Ino != 0 && index.Ino != 0:
		// A grader is at work, or it was killed. The index is only read: SQLite makes its own if nobody keeps it.
		f.db = p.openIdle("readonly_shm=1")
	case log.Size > 0:
		return nil, 0, sqlite3.Error{Code: sqlite3.ErrCantOpen} // a log without its index needs a copy
	default:
		logged, err := p.expectsLog()
		if err != nil {
			return nil, 0, err
		}
		if !logged {
			f.db = p.openIdle("readonly_shm=1")
			break
		}
		// A copy that was made while a grader was at work. SQLite would create a log.
		if err := p.grading(); err != nil {
			return nil, 0, sqlite3.Error{Code: sqlite3.ErrBusy}
		}
		f.db = p.openIdle("immutable=1")
		f.still = p.unchanged(main)
	}
	if older, err = f.checked(); err != nil {
		f.db.Close()
		return nil, 0, err
	}
	return f, older, nil
}

// checked looks whether the file is one of this package; the error may be that of SQLite.
func (f *file) checked() (older int, err error) {
	ctx := context.Background()
	conn, err := f.db.Conn(ctx)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	return f.as.check(ctx, conn, f.path)
}

// expectsLog reports whether the header of the file says that there is a log: the database format, file header, 18.
func (p *place) expectsLog() (bool, error) {
	file, err := p.dir.Open(p.name)
	if err != nil {
		return false, err
	}
	defer file.Close()
	header := make([]byte, 100)
	if _, err := io.ReadFull(file, header); err != nil || string(header[:16]) != "SQLite format 3\x00" {
		return false, &FormatError{p.path, "is not a result file of judge"}
	}
	return header[18] == 2, nil
}

// unchanged returns a function that reports as an error that the file has been written since.
func (p *place) unchanged(then unix.Stat_t) func() error {
	return func() error {
		now, _, err := p.find("")
		if err == nil && (now.Mtim != then.Mtim || now.Size != then.Size || now.Ino != then.Ino) {
			err = &problems.HintError{
				Msg: text.Line(p.path) + " was changed while it was read", Hint: "run the command again",
			}
		}
		return err
	}
}

// maxCopied bounds the files that are copied to be read.
const maxCopied = 4 << 30

// openCopy reads a copy of the file and of its log, in a private directory: the index of the log is missing and may not
// be created, or the tables are of an older version.
func (p *place) openCopy(as schema) (_ *file, err error) {
	if p.size() > maxCopied {
		why := fmt.Sprintf("must be copied to be read, and is longer than %d GiB", maxCopied>>30)
		return nil, &FormatError{p.path, why}
	}
	dir, err := os.MkdirTemp("", "judge-results-")
	if err != nil {
		return nil, err
	}
	clean := func() error { return os.RemoveAll(dir) }
	f, err := p.copyTo(dir, as)
	if err != nil {
		return nil, errors.Join(err, clean())
	}
	f.cleanup = clean
	return f, p.close()
}

func (p *place) copyTo(dir string, as schema) (*file, error) {
	main, _, err := p.find("")
	if err != nil {
		return nil, err
	}
	for _, suffix := range []string{"", "-wal"} {
		_, exists, err := p.find(suffix)
		if err == nil && exists {
			err = p.copyOne(suffix, filepath.Join(dir, "results.judge"+suffix))
		}
		if err != nil {
			return nil, err
		}
	}
	if err := p.unchanged(main)(); err != nil {
		return nil, err
	}
	copied, err := locate(filepath.Join(dir, "results.judge"))
	if err != nil {
		return nil, err
	}
	f := &file{place: &place{copied.dir, copied.name, p.path}, as: as} // messages name the original
	writer := copied.open("", 1, "mode=rw", "_synchronous=OFF", "_txlock=immediate")
	if err := migrateCopy(writer, as, p.path); err != nil {
		return nil, errors.Join(f.fault(err), writer.Close(), copied.close())
	}
	if err := writer.Close(); err != nil {
		return nil, errors.Join(f.fault(err), copied.close())
	}
	f.db = copied.openIdle()
	return f, nil
}

// migrateCopy moves the log into the copy, and brings it to the current version.
func migrateCopy(db *sql.DB, as schema, path string) error {
	ctx := context.Background()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	older, err := as.check(ctx, conn, path)
	if err == nil && older != 0 {
		err = as.migrate(ctx, conn, path, older)
	}
	if err != nil {
		return err
	}
	return switchMode(ctx, conn, "MEMORY")
}

func (p *place) copyOne(suffix, to string) error {
	from, err := p.dir.Open(p.name + suffix)
	if err != nil {
		return err
	}
	defer from.Close()
	return safefile.Replace(to, func(w io.Writer) error {
		n, err := io.CopyN(w, from, maxCopied)
		if err == nil && n == maxCopied {
			return &FormatError{p.path, "grew while it was copied"}
		}
		if errors.Is(err, io.EOF) {
			err = nil
		}
		return err
	})
}

// Rounds returns the rounds by number. Of several files, they are those of the first one that has the number.
func (r *Reader) Rounds(ctx context.Context) (all []contest.Round, err error) {
	results, err := r.Results(ctx)
	if err != nil {
		return nil, err
	}
	return results.Rounds, nil
}

// Round returns the judgements of a round by submission, without their runs.
func (r *Reader) Round(ctx context.Context, round int) (map[string]*contest.Judgement, error) {
	results, err := r.results(ctx, round)
	if err != nil {
		return nil, err
	}
	return results.Judgements, nil
}

// Results returns the contest and the judgements that count, without their runs.
func (r *Reader) Results(ctx context.Context) (*contest.Results, error) { return r.results(ctx, 0) }

func (r *Reader) results(ctx context.Context, round int) (results *contest.Results, err error) {
	return results, r.view(ctx, func(all []*query) error {
		u, err := unite(all, round)
		if err == nil {
			results = u.results
		}
		return err
	})
}
