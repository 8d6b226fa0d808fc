package judge

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"judge/judge/languages"
	"judge/problems"
)

// graderCode bounds the files of a grader in one language, in bytes.
const graderCode = 16 << 20

// addGrader puts the problem's grader beside a submission. That there is none for the submission's language is the submission's doing, as
// a contest offers certain languages; that it cannot be read is the problem's.
func (j *Judge) addGrader(g *problems.Grader, l languages.Language, s languages.Sources) (languages.Sources, error) {
	id, ok := j.Languages.Nearest(l, slices.Collect(maps.Keys(g.Files)))
	if !ok {
		return s, fmt.Errorf("the problem has no grader for %s, only for %s", l.ID, strings.Join(slices.Sorted(maps.Keys(g.Files)), ", "))
	}
	var files []languages.File
	left := int64(graderCode)
	for _, path := range g.Files[id] {
		read, err := languages.ReadSources(path, left)
		if err != nil {
			return s, &CheckerError{path, "cannot be read: " + err.Error()}
		}
		left -= int64(len(read.Files[0].Data))
		files = append(files, languages.File{Name: filepath.Base(path), Data: read.Files[0].Data})
	}
	return l.WithGrader(s, g.Name, files), nil
}
