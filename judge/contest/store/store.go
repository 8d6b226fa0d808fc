package store

import (
	"context"
	"errors"
	"iter"
	"time"

	"judge/judge/contest"
)

// Options are what a grader tells the store.
type Options struct {
	// Judge is the version of the judge, for people.
	Judge string
	// Interval is how long a judgement waits for others to be committed with it; 0: 50 ms.
	Interval time.Duration
}

// Store is a result file that one grader writes. It is safe for concurrent use.
type Store struct{}

// Open opens a result file for grading, or creates it. It returns a *BusyError if another process grades with it.
func Open(path string, o Options) (*Store, error) { return nil, errors.ErrUnsupported }

// Close commits what is queued, and leaves one file. It returns the first error of writing.
func (s *Store) Close() error { return errors.ErrUnsupported }

// SetContest stores the contest: settings, teams, problems and submissions. Judgements stay. It returns a
// *MismatchError if the file holds another contest.
func (s *Store) SetContest(c contest.Contest) error { return errors.ErrUnsupported }

// SetMachine stores a machine and its class, and when it was seen.
func (s *Store) SetMachine(m contest.Machine) error { return errors.ErrUnsupported }

// OpenRound opens a round. The first round exists from the beginning: it is returned as it is.
func (s *Store) OpenRound(kind contest.RoundKind, of contest.Selection) (contest.Round, error) {
	return contest.Round{}, errors.ErrUnsupported
}

// Apply makes the judgements of a rejudging count, from now on. It returns a *RoundError if the round is not an open
// rejudging.
func (s *Store) Apply(round int) error { return errors.ErrUnsupported }

// Cancel closes a round whose judgements shall never count. It returns a *RoundError as Apply does.
func (s *Store) Cancel(round int) error { return errors.ErrUnsupported }

// Put queues a judgement with its runs. It is committed together with others, at the latest after Options.Interval. Put
// waits only if the disk does not keep up. After an error of writing it returns that error, until Flush succeeds.
func (s *Store) Put(j contest.Judgement) error { return errors.ErrUnsupported }

// PutThen is Put with a function that is called once: after the commit, from another goroutine, in the order of the
// calls. It must not call the store.
func (s *Store) PutThen(j contest.Judgement, then func(Fate)) error { return errors.ErrUnsupported }

// Flush waits until all that is queued has been committed. After an error of writing, such as a full disk, it tries
// again.
func (s *Store) Flush(ctx context.Context) error { return errors.ErrUnsupported }

// Fate is what became of a judgement that was put.
type Fate uint8

// The fates.
const (
	Kept      Fate = iota // it is the judgement of its submission and round
	Replaced              // it is, instead of a JE
	Known                 // there was one with the same verdict and score
	Differs               // there was one with another verdict or score: it is stored as a disagreement
	Discarded             // it is a JE, and there was a judgement
)

// Contest returns the stored contest.
func (s *Store) Contest(ctx context.Context) (contest.Contest, error) {
	return contest.Contest{}, errors.ErrUnsupported
}

// Rounds returns all rounds by number.
func (s *Store) Rounds(ctx context.Context) ([]contest.Round, error) {
	return nil, errors.ErrUnsupported
}

// Round returns the judgements of a round by submission, without their runs.
func (s *Store) Round(ctx context.Context, round int) (map[string]*contest.Judgement, error) {
	return nil, errors.ErrUnsupported
}

// Results returns the contest and the judgements that count, without their runs.
func (s *Store) Results(ctx context.Context) (*contest.Results, error) {
	return nil, errors.ErrUnsupported
}

// Which chooses judgements whose runs are read.
type Which struct {
	Round       int      // 0: the judgements that count
	Submissions []string // ids; nil: all
}

// Runs returns the runs of judgements, in the order of the contest's submissions and of the tests. An error ends them.
func (s *Store) Runs(ctx context.Context, which Which) iter.Seq2[contest.RunsOf, error] {
	return func(yield func(contest.RunsOf, error) bool) { yield(contest.RunsOf{}, errors.ErrUnsupported) }
}

// Outdated counts the judgements that count and that depend on a package or a source that has changed since.
func (s *Store) Outdated(ctx context.Context, now Digests) (Outdated, error) {
	return Outdated{}, errors.ErrUnsupported
}

// Digests are those of the files as they are now. What is missing in a map is not compared.
type Digests struct {
	Packages map[string]string // by problem
	Sources  map[string]string // by submission
}

// Outdated are the judgements that depend on old files. Those with the verdict JE are left out: they do not stay.
type Outdated struct {
	Problems map[string]int // how many judgements depend on another package, by problem
	Sources  []string       // submissions whose judgement is of another source, in the contest's order
	Total    int            // judgements of either kind
}

// Reader is one result file, or several as one, that is only read. It is safe for concurrent use.
type Reader struct{}

// OpenReader opens a result file for reading, also while a grader writes it, and without writing anything.
func OpenReader(path string) (*Reader, error) { return nil, errors.ErrUnsupported }

// Merge opens result files of the same contest, such as those of shards. It returns a *MismatchError if they are of
// different contests, or of different packages.
func Merge(paths ...string) (*Reader, error) { return nil, errors.ErrUnsupported }

// Close closes the files.
func (r *Reader) Close() error { return errors.ErrUnsupported }

// Contest returns the contest, with the submissions of all files.
func (r *Reader) Contest(ctx context.Context) (contest.Contest, error) {
	return contest.Contest{}, errors.ErrUnsupported
}

// Rounds returns the rounds by number. Of several files, they are those of the first one that has the number.
func (r *Reader) Rounds(ctx context.Context) ([]contest.Round, error) {
	return nil, errors.ErrUnsupported
}

// Round returns the judgements of a round by submission, without their runs.
func (r *Reader) Round(ctx context.Context, round int) (map[string]*contest.Judgement, error) {
	return nil, errors.ErrUnsupported
}

// Results returns the contest and the judgements that count, without their runs.
func (r *Reader) Results(ctx context.Context) (*contest.Results, error) {
	return nil, errors.ErrUnsupported
}

// Runs returns the runs of judgements, in the order of the contest's submissions and of the tests. An error ends them.
func (r *Reader) Runs(ctx context.Context, which Which) iter.Seq2[contest.RunsOf, error] {
	return func(yield func(contest.RunsOf, error) bool) { yield(contest.RunsOf{}, errors.ErrUnsupported) }
}
