package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/mattn/go-sqlite3"

	"judge/judge/contest"
)

// Options are what a grader tells the store.
type Options struct {
	// Judge is the version of the judge, for people.
	Judge string
	// Interval is how long a judgement waits for others to be committed with it; 0: 50 ms.
	Interval time.Duration
}

// Store is a result file that one grader writes. Its Reader reads what has been committed, by connections that cannot
// write. It is safe for concurrent use.
type Store struct {
	*Reader
	*place

	options Options
	lock    *lock
	writer  *sql.DB // one connection

	writing  sync.Mutex       // held while a transaction is open
	machines map[string]int64 // numbers, by name; guarded by writing
	known    known

	queue *queue
	done  chan struct{} // closed when the goroutine that commits has ended

	closing  sync.Once
	closeErr error
}

// Open opens a result file for grading, or creates it. It returns a *BusyError if another process grades with it.
func Open(path string, o Options) (*Store, error) { return open(path, o, current()) }

func open(path string, o Options, as schema) (_ *Store, err error) {
	if o.Interval <= 0 {
		o.Interval = 50 * time.Millisecond
	}
	p, err := locate(path)
	if err != nil {
		return nil, unwritable(path, err)
	}
	s := &Store{place: p, options: o, done: make(chan struct{}), queue: newQueue()}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.closeFiles())
		}
	}()
	if err := p.checkLocal(); err != nil {
		return nil, err
	}
	if s.lock, err = p.acquire(time.Now()); err != nil {
		return nil, err
	}
	if err := p.prepare(as, o.Judge); err != nil {
		return nil, err
	}
	// journal_mode: see leave. The log exists from here on, so that readers see that a grader is at work.
	s.writer = p.open("", 1, "mode=rw", "_synchronous=FULL", "_txlock=immediate",
		"_stmt_cache_size=32")
	ctx := context.Background()
	if err := s.begin(ctx, as); err != nil {
		return nil, p.fault(err)
	}
	s.Reader = &Reader{[]*file{{place: p, as: as, db: p.open("", maxReading, "mode=ro")}}}
	go s.commitAll()
	return s, nil
}

// begin checks the file and switches it to the write-ahead log.
func (s *Store) begin(ctx context.Context, as schema) error {
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	older, err := as.check(ctx, conn, s.path)
	if err != nil {
		return err
	}
	if err := quickCheck(ctx, conn, s.place); err != nil {
		return err
	}
	err = switchMode(ctx, conn, "WAL")
	for tries := 0; tries < 5 && isCode(err, sqlite3.ErrBusy); tries++ { // readers are at work; each try takes 5 s
		err = switchMode(ctx, conn, "WAL")
	}
	if err != nil {
		return err
	}
	if older != 0 {
		if err := as.migrate(ctx, conn, s.path, older); err != nil {
			return err
		}
	}
	if s.options.Judge != "" {
		if err := setMeta(ctx, conn, keyJudge, s.options.Judge); err != nil {
			return err
		}
	}
	// Reading after a commit sets a mark in the index of the log. Readers of other users cannot set one, and need one.
	if err := s.loadMachines(ctx, conn); err != nil {
		return err
	}
	return s.loadKnown(ctx, conn)
}

// mostChecked bounds the files that are checked completely when grading begins: that takes a second for each 100 MiB.
const mostChecked = 200 << 20

// quickCheck looks for damage before something is added to it.
func quickCheck(ctx context.Context, conn *sql.Conn, p *place) error {
	if p.size() > mostChecked {
		return nil
	}
	var found string
	if err := conn.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return p.damaged("%s", strings.TrimPrefix(found, "*** in database main ***\n"))
	}
	return nil
}

// switchMode changes the journal mode. The one transaction that this needs writes two bytes of the first page, and
// keeps no rollback journal on the disk: see findAll.
func switchMode(ctx context.Context, conn *sql.Conn, mode string) error {
	var is string
	if err := conn.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&is); err != nil {
		return err
	}
	if is != "wal" {
		if err := conn.QueryRowContext(ctx, "PRAGMA journal_mode = MEMORY").Scan(&is); err != nil {
			return err
		}
	}
	if err := conn.QueryRowContext(ctx, "PRAGMA journal_mode = "+mode).Scan(&is); err != nil {
		return err
	}
	if mode == "WAL" && is != "wal" {
		return fmt.Errorf("SQLite's write-ahead log cannot be used: it needs shared memory in the file's directory")
	}
	return nil
}

// Close commits what is queued, and leaves one file, without a log. It returns the first error of writing.
func (s *Store) Close() error {
	s.closing.Do(func() {
		s.queue.close()
		<-s.done
		err := s.commit()
		s.closeErr = errors.Join(err, s.closeFiles())
	})
	return s.closeErr
}

// closeFiles closes what open has opened.
func (s *Store) closeFiles() (err error) {
	if s.Reader != nil {
		err = s.Reader.files[0].db.Close()
	}
	if s.writer != nil {
		s.leave()
		err = errors.Join(err, s.writer.Close())
	}
	if s.lock != nil {
		err = errors.Join(err, s.lock.release())
	}
	return errors.Join(err, s.place.close())
}

// leave moves the log into the file. A reader that is at work, or a full disk, may keep it from that; then the log
// stays, nothing is lost, and the next grader moves it.
func (s *Store) leave() {
	ctx := context.Background()
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return
	}
	defer conn.Close()
	for tries := 0; tries < 50; tries++ {
		err := switchMode(ctx, conn, "MEMORY")
		if !isCode(err, sqlite3.ErrBusy, sqlite3.ErrLocked) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// write runs a transaction of the grader, and commits what is queued before it.
func (s *Store) write(do func(context.Context, *sql.Tx) error) error {
	if err := s.commit(); err != nil {
		return err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.transact(do); err != nil {
		return err
	}
	return s.fault(s.loadKnown(context.Background(), s.writer))
}

// transact runs a transaction; s.writing is held.
func (s *Store) transact(do func(context.Context, *sql.Tx) error) error {
	ctx := context.Background()
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return s.fault(err)
	}
	if err = do(ctx, tx); err == nil {
		err = tx.Commit()
	}
	if err != nil {
		tx.Rollback()                 //nolint:errcheck // SQLite may have done that already
		s.loadMachines(ctx, s.writer) //nolint:errcheck // the numbers of machines that are not stored after all
	}
	return s.fault(err)
}

// known are what judgements refer to. Put asks it and must not wait for the disk: it has a lock of its own.
type known struct {
	mu          sync.RWMutex
	submissions map[string]int64 // numbers, by id
	rounds      map[int]bool
}

// loadKnown reads what judgements may refer to.
func (s *Store) loadKnown(ctx context.Context, db execer) error {
	submissions, err := numbers(ctx, db, "SELECT external, id FROM submission")
	if err != nil {
		return err
	}
	named, err := numbers(ctx, db, "SELECT id, id FROM round")
	if err != nil {
		return err
	}
	rounds := map[int]bool{}
	for _, id := range named {
		rounds[int(id)] = true
	}
	s.known.mu.Lock()
	defer s.known.mu.Unlock()
	s.known.submissions, s.known.rounds = submissions, rounds
	return nil
}

// submission returns the number of a submission; 0: unknown.
func (k *known) submission(id string) int64 {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.submissions[id]
}

// check refuses a judgement of a submission or round that is not stored.
func (k *known) check(j *contest.Judgement) error {
	k.mu.RLock()
	defer k.mu.RUnlock()
	switch {
	case k.submissions[j.Submission] == 0:
		return fmt.Errorf("the judgement is of submission %q, which is not in the contest", j.Submission)
	case !k.rounds[j.Round]:
		return &RoundError{j.Round, "does not exist"}
	}
	return nil
}

// loadMachines reads the numbers of the machines: of several with one name, the one that was seen last.
func (s *Store) loadMachines(ctx context.Context, db execer) (err error) {
	s.machines, err = numbers(ctx, db, "SELECT name, id FROM machine ORDER BY last_seen, id")
	return err
}

func numbers(ctx context.Context, db execer, statement string) (map[string]int64, error) {
	rows, err := db.QueryContext(ctx, statement)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[string]int64{}
	for rows.Next() {
		var name string
		var id int64
		if err := rows.Scan(&name, &id); err != nil {
			return nil, err
		}
		all[name] = id
	}
	return all, rows.Err()
}
