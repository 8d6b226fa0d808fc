package icpc

import (
	"path"
	"slices"
	"strings"
)

// noteStray notes sources directly in submissions/. Submissions are in a directory that states their expected
// verdict, so these are not judged. They share one note.
func (r *reader) noteStray() error {
	files, err := r.folder.Files("submissions")
	if err != nil {
		return err
	}
	stray := slices.DeleteFunc(files, func(name string) bool { return !isSource(name) })
	if len(stray) == 0 {
		return nil
	}
	where := "is not in a directory that states an expected verdict"
	if also := stray[1:]; len(also) > 0 {
		where += " (also " + strings.Join(also[:min(len(also), mostStray)], ", ")
		if len(also) > mostStray {
			where += ", ..."
		}
		where += ")"
	}
	r.remark(r.folder.Fault(path.Join("submissions", stray[0]), 0, "is not judged: it "+where,
		"move it to one, such as submissions/accepted"))
	return nil
}

// mostStray bounds the names that the note lists after the first.
const mostStray = 5

// isSource reports whether a name has an extension of the format's languages ("Languages").
func isSource(name string) bool {
	return slices.Contains([]string{
		".adb", ".c", ".c++", ".cc", ".cpp", ".cs", ".cxx", ".d", ".erl", ".f90", ".fs", ".go", ".hs", ".java", ".js",
		".jl", ".kt", ".lisp", ".lua", ".m", ".ml", ".nim", ".pas", ".php", ".pl", ".py", ".py2", ".py3", ".rb", ".rs",
		".scala", ".sh", ".swift", ".ts",
	}, path.Ext(name))
}
