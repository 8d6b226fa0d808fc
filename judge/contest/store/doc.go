// Package store keeps a contest and its judgements in one SQLite file, the result file.
package store
