package annotations

import (
	"os"
	"path/filepath"
	"slices"

	"judge/judge/verify"
)

// Place is where annotations are shown: their paths are relative to the root of a repository.
type Place struct {
	Workspace string // the directory to which GitHub has checked the repository out; "": the repository of each file
}

// Locate puts the files of findings where GitHub looks for them. What is about no one file is put on the file that
// describes the problem; a file that is not in the repository is left out.
func (at Place) Locate(r verify.Result) verify.Result {
	r.Problems = slices.Clone(r.Problems)
	for i, p := range r.Problems {
		findings := slices.Clone(p.Findings)
		for k, f := range findings {
			file, line := f.File, f.Line
			if !isFile(file) {
				findings[k].Message = inside(p.Path, file) + f.Message
				file, line = nearest(file), 0
			}
			if file == "" && p.Spec != "" {
				file, line = p.Spec, 1
			}
			if file = at.relative(file); file == "" {
				line = 0
			}
			findings[k].File, findings[k].Line = file, line
		}
		r.Problems[i].Findings = findings
	}
	return r
}

// inside is what a message begins with whose annotation is elsewhere than on the file or directory that it is about:
// its path in the problem, which may be named by the file that describes it. "": it is about the whole problem.
func inside(problem, file string) string {
	if file == "" || file == problem {
		return ""
	}
	for _, root := range []string{problem, filepath.Dir(problem)} {
		if relative, err := filepath.Rel(root, file); err == nil && relative != "." && filepath.IsLocal(relative) {
			return filepath.ToSlash(relative) + ": "
		}
	}
	return ""
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir()
}

// nearest is the file that a path leads through, as paths in an archive do; "": there is none.
func nearest(path string) string {
	for at := path; at != "" && at != filepath.Dir(at); at = filepath.Dir(at) {
		if info, err := os.Stat(at); err == nil {
			if info.IsDir() {
				return ""
			}
			return at
		}
	}
	return ""
}

// relative is a path from the root of the repository; "" if it is not in it. Links to directories on the way are
// followed, as the repository has the files there; the last one is a separate file.
func (at Place) relative(path string) string {
	if path == "" {
		return ""
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return ""
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(absolute))
	if err != nil {
		return ""
	}
	for _, root := range []string{at.Workspace, repository(dir)} {
		if root == "" {
			continue
		}
		root, err := filepath.EvalSymlinks(root)
		if err != nil {
			continue
		}
		relative, err := filepath.Rel(root, filepath.Join(dir, filepath.Base(absolute)))
		if err == nil && filepath.IsLocal(relative) {
			return filepath.ToSlash(relative)
		}
	}
	return ""
}

// repository is the root of the git repository that a directory is in; the working directory if it is in none.
func repository(dir string) string {
	for at := dir; ; at = filepath.Dir(at) {
		if _, err := os.Lstat(filepath.Join(at, ".git")); err == nil {
			return at
		}
		if at == filepath.Dir(at) {
			break
		}
	}
	if here, err := os.Getwd(); err == nil {
		return here
	}
	return "/"
}
