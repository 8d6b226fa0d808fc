// Package store keeps a contest and its judgements in one SQLite file, the result file. A grader writes it with a
// Store; any number of others read it with a Reader meanwhile.
//
// A judgement and its runs are committed together or not at all, and what was committed survives a crash of the
// judge and of the host. Next to the file are, while a grader is at work:
//
//   - NAME.lock with the grader's process id. It is locked by flock(2), so that a dead grader leaves no obstacle.
//   - NAME-wal and NAME-shm, SQLite's write-ahead log and its index. Close moves everything into the one file.
//
// Result files are untrusted. Only files with exactly the tables that this package creates are read: no views,
// triggers or virtual tables. Rows must be in order and hold no more than the file can hold, so that loops in a
// damaged file end.
package store
