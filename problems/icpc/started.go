package icpc

import (
	"path"
	"strings"
)

// start is DOMjudge's description of how a submission starts.
type start struct {
	Entry    string `yaml:"entry_point"`
	Language string `yaml:"language_id"`
}

// started reads DOMjudge's submissions.json, by the submission's path in the package. A YAML reader reads JSON, too.
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
