package icpc

import (
	"path"
	"strings"
)

// start is what the DOMjudge is told of a submission.
type start struct {
	Entry    string `yaml:"entry_point"`
	Language string `yaml:"language_id"`
}

// started reads the DOMjudge's submissions.json: a submission's path in the package, and how it starts. JSON is YAML,
// too.
func (r *reader) started() (map[string]start, error) {
	given, err := r.folder.YAML("submissions.json")
	if err != nil {
		return nil, err
	}
	all := map[string]start{}
	for _, key := range given.Keys() {
		var s start
		if err := given.Get(key, &s); err != nil {
			return nil, err
		}
		name := strings.TrimPrefix(path.Clean("/"+key), "/submissions/")
		all[name] = s
	}
	return all, nil
}
