package icpc

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"judge/problems"
)

// included reads the files that are added to every submission ("Included files").
func (r *reader) included() error {
	languages, err := r.folder.Dirs("include")
	if err != nil || len(languages) == 0 {
		return err
	}
	grader := &problems.Grader{Files: map[string][]string{}, Library: true}
	for _, dir := range languages {
		files, err := r.folder.Files(path.Join("include", dir))
		if err != nil {
			return err
		}
		language := dir
		if dir == "default" {
			language = "" // every language
		}
		for _, name := range files {
			full, err := r.folder.File("include", path.Join("include", dir, name))
			if err != nil {
				return err
			}
			grader.Files[language] = append(grader.Files[language], full)
		}
	}
	if len(grader.Files) > 0 {
		r.problem.Grader = grader
	}
	return nil
}

// inputValidators finds the programs that check inputs ("Input Validators").
func (r *reader) inputValidators() (err error) {
	r.problem.InputValidators, err = r.validators("input_validators", "input_format_validators", "input_validator")
	for i := range r.problem.NotRun {
		r.problem.NotRun[i].Inputs = true
	}
	return err
}

// answerValidators finds the programs that check answers, an extension of BAPCtools that DOMjudge's own example uses.
func (r *reader) answerValidators() (err error) {
	r.problem.AnswerValidators, err = r.validators("answer_validators", "answer_validator")
	return err
}

// validators returns the validators in the first of dirs that has any. The later names are deprecated.
func (r *reader) validators(dirs ...string) (all []problems.Validator, err error) {
	for _, dir := range dirs {
		programs, err := r.programs(dir)
		if err != nil {
			return nil, err
		}
		for _, name := range programs {
			if language, ok := map[string]string{".ctd": "Checktestdata", ".viva": "VIVA"}[path.Ext(name)]; ok {
				file := r.folder.Fault(name, 0, "", "").File
				r.problem.NotRun = append(r.problem.NotRun, problems.NotRun{File: file, Language: language})
				continue
			}
			full, err := r.folder.Program(dir, name)
			if err != nil {
				return nil, err
			}
			all = append(all, problems.Validator{Path: full})
		}
		if fault := r.folder.BarredIn(dir); fault != nil {
			return nil, fault // a skipped validator would accept everything
		}
		if len(programs) > 0 {
			break
		}
	}
	return all, nil
}

// programs returns the programs in a directory ("Programs"): each subdirectory, and each file that is not a header.
// If one of the files is a header or a script that builds or runs, the directory is one program.
func (r *reader) programs(dir string) ([]string, error) {
	if r.folder.IsFile(dir) {
		return []string{dir}, nil
	}
	entries, err := r.folder.List(dir)
	var dirs, files []string
	whole := false
	for _, e := range entries {
		switch ext := path.Ext(e.Name); {
		case e.Dir && e.Name != "__pycache__":
			dirs = append(dirs, path.Join(dir, e.Name))
		case e.Dir, ext == ".md", ext == ".txt", ext == ".pyc":
		case ext == ".h" || ext == ".hpp" || e.Name == "build" || e.Name == "run" || e.Name == "__main__.py":
			whole = true
		default:
			files = append(files, path.Join(dir, e.Name))
		}
	}
	if whole && len(dirs) == 0 {
		return []string{dir}, err
	}
	return append(dirs, slices.DeleteFunc(files, r.isNoProgram)...), err
}

// isNoProgram reports whether a file among programs is not one, such as check.py.old or a Makefile. It notes such a
// file unless an editor created it.
func (r *reader) isNoProgram(name string) bool {
	ext := path.Ext(name)
	inner := path.Ext(strings.TrimSuffix(name, ext))
	switch {
	case isSource(ext) || isUntold(ext):
		return false
	case isLeftover(name):
		return true
	case isSource(inner) || isUntold(inner):
		r.remark(r.folder.Fault(name, 0, "is not used: "+quote(ext)+" comes after the extension of its language",
			"rename or remove it"))
		return true
	case ext != "":
		return false
	}
	if data, err := r.folder.Read(name); err == nil && bytes.HasPrefix(data, []byte("#!")) {
		return false
	}
	r.remark(r.folder.Fault(name, 0, "is not used: unknown language: no extension and no shebang",
		"add one of them"))
	return true
}

// isUntold reports whether an extension is that of a validator language that judge does not run.
func isUntold(ext string) bool { return ext == ".ctd" || ext == ".viva" }

func quote(s string) string { return fmt.Sprintf("%q", s) }
