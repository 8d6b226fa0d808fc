package judge

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"judge/problems"
)

// stamp is which file stands under a path, and when it was last changed. The kernel sets the change time at every write,
// and at every change of owner, mode or name; nobody else can set it.
type stamp struct {
	device, inode uint64
	size          int64
	changed       syscall.Timespec
}

// stamps are those of files that a judging relies on while others could change them. A file that is not there has none.
type stamps map[string]stamp

func stampOf(path string) (stamp, error) {
	info, err := os.Stat(path)
	if err != nil {
		return stamp{}, err
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return stamp{}, errors.New("bug: a file without a status")
	}
	return stamp{stat.Dev, stat.Ino, stat.Size, stat.Ctim}, nil
}

// take notes the files of these paths.
func (s stamps) take(paths ...string) {
	for _, path := range paths {
		if now, err := stampOf(path); err == nil {
			s[path] = now
		}
	}
}

// check says which of these files is no longer the one that was noted; nil: all are.
func (s stamps) check(paths ...string) error {
	for _, path := range paths {
		before, known := s[path]
		if now, err := stampOf(path); known && err != nil {
			return fmt.Errorf("%w: it was there when the judging began", err)
		} else if now != before {
			return fmt.Errorf("%s was changed during the judging: judge again", path)
		}
	}
	return nil
}

// stampsOfTests notes the inputs and answers of a problem.
func stampsOfTests(tests []problems.TestCase) stamps {
	s := make(stamps, 2*len(tests))
	for _, t := range tests {
		s.take(t.Input, t.Answer)
	}
	return s
}

// stampsOfProduct notes the files of a product. What cannot be looked at gets a stamp that no file has.
func stampsOfProduct(product string) stamps {
	s := stamps{}
	filepath.WalkDir(product, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			s[path] = stamp{}
		case !entry.IsDir():
			s.take(path)
		}
		return nil
	})
	return s
}

// checkAll checks every file that was noted.
func (s stamps) checkAll() error {
	for path := range s {
		if err := s.check(path); err != nil {
			return err
		}
	}
	return nil
}
