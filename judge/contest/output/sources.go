package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode"

	"judge/judge/contest"
	"judge/judge/contest/score"
	"judge/problems"
)

// Limits of a submission's files. Submissions were judged within narrower ones.
const (
	maxSourceFiles = 1000
	maxSourceBytes = 64 << 20
	maxSourceName  = 100 // bytes
	maxSourceDepth = 16  // directories
)

// SourceError is why the files of a submission were not written.
type SourceError struct {
	Submission contest.Submission
	Err        error
}

// Error names the submission.
func (e *SourceError) Error() string {
	return fmt.Sprintf("submission %s: %s: %v", e.Submission.ID, e.Submission.Path, e.Err)
}

// Unwrap returns the cause.
func (e *SourceError) Unwrap() error { return e.Err }

// Sources writes all accepted programs, also those that are on no scoreboard: PROBLEM/TEAM-ID.ext if a submission is
// one file, and the directory PROBLEM/TEAM-ID if it has several. JPlag and MOSS read that. TEAM and PROBLEM are ids of
// the contest, ID is that of the submission. Characters of file names that a shell or a terminal may obey become _.
//
// open returns the files of a submission; if they can be closed, they are. A submission that cannot be read is left
// out, and is in left. An existing folder is replaced if it was written by Sources.
func Sources(
	dir string, r *contest.Results, o score.Options, open func(contest.Submission) (fs.FS, error),
) (left []*SourceError, err error) {
	err = replaceFolder(dir, "sources", func(root *os.Root) error {
		names := newPlaces()
		for _, s := range r.Contest.Submissions {
			j := score.Shown(&r.Contest, s, r.Judgements[s.ID], o)
			if j == nil || j.Verdict != problems.AC {
				continue
			}
			folder := fileName(s.Problem)
			if err := root.MkdirAll(folder, 0o755); err != nil {
				return err
			}
			fault, err := writeSource(root, names.next(folder, fileName(s.Team+"-"+s.ID)), s, open)
			if err != nil {
				return err
			}
			if fault != nil {
				left = append(left, &SourceError{s, fault})
			}
		}
		return nil
	})
	return left, err
}

// source is a file of a submission.
type source struct {
	name string // in the submission
	data []byte
}

// writeSource writes a submission: to a file that is called name with an extension, or to a directory that is called
// so. fault is why it cannot be read, err why it cannot be written.
func writeSource(
	root *os.Root, name string, s contest.Submission, open func(contest.Submission) (fs.FS, error),
) (fault, err error) {
	files, err := open(s)
	if err != nil {
		return err, nil
	}
	if closer, ok := files.(io.Closer); ok {
		defer closer.Close()
	}
	all, err := readSources(files)
	if err != nil {
		return err, nil
	}
	if len(all) == 1 {
		return nil, create(root, name+extension(all[0].name), all[0].data)
	}
	members := newPlaces()
	for _, one := range all {
		to := path.Join(name, members.of(one.name))
		if err := root.MkdirAll(path.Dir(to), 0o755); err != nil {
			return nil, err
		}
		if err := create(root, to, one.data); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

func create(root *os.Root, name string, data []byte) error {
	file, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	return errors.Join(err, file.Close())
}

// readSources reads the regular files of a submission. Links and other special files are left out.
func readSources(files fs.FS) (all []source, err error) {
	room := int64(maxSourceBytes)
	err = fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && strings.Count(name, "/") >= maxSourceDepth:
			return fmt.Errorf("more than %d directories deep", maxSourceDepth)
		case !entry.Type().IsRegular():
			return nil
		case len(all) == maxSourceFiles:
			return fmt.Errorf("more than %d files", maxSourceFiles)
		}
		data, err := readSource(files, name, room)
		if err != nil {
			return err
		}
		room -= int64(len(data))
		all = append(all, source{name, data})
		return nil
	})
	if err == nil && len(all) == 0 {
		err = errors.New("no files")
	}
	return all, err
}

func readSource(files fs.FS, name string, room int64) ([]byte, error) {
	file, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, room+1))
	if err == nil && int64(len(data)) > room {
		err = fmt.Errorf("more than %d MiB", maxSourceBytes>>20)
	}
	return data, err
}

// extension returns the extension of a file with its dot; "": none that a tool could know.
func extension(name string) string {
	end := filepath.Ext(path.Base(name))
	if len(end) < 2 || len(end) > 11 || strings.IndexFunc(end[1:], func(c rune) bool {
		return c >= 0x80 || !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '+' && c != '_'
	}) >= 0 {
		return ""
	}
	return end
}

// places gives names of an untrusted source safe names in a folder. They differ in more than case.
type places struct {
	made  map[string]string // by the path in the source
	taken map[string]bool   // in lower case
}

func newPlaces() *places { return &places{made: map[string]string{".": "."}, taken: map[string]bool{}} }

// of returns the safe path for a path of the source.
func (p *places) of(name string) string {
	if made, known := p.made[name]; known {
		return made
	}
	made := p.next(p.of(path.Dir(name)), fileName(path.Base(name)))
	p.made[name] = made
	return made
}

// next returns a path in a folder that is not taken, and takes it. A number is put before the extension.
func (p *places) next(folder, name string) string {
	made, end := path.Join(folder, name), path.Ext(name)
	for n := 2; p.taken[strings.ToLower(made)]; n++ {
		made = path.Join(folder, fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, end), n, end))
	}
	p.taken[strings.ToLower(made)] = true
	return made
}

// fileName returns a name that is safe in a shell and on a terminal: letters, digits, and . _ - within it.
func fileName(name string) string {
	safe := strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) || c == '.' || c == '_' || c == '-' || c == '+' {
			return c
		}
		return '_'
	}, name)
	if safe == "" || safe[0] == '.' || safe[0] == '-' {
		safe = "_" + safe
	}
	if len(safe) > maxSourceName {
		end := extension(safe)
		safe = strings.ToValidUTF8(safe[:maxSourceName-len(end)], "") + end
	}
	return safe
}
