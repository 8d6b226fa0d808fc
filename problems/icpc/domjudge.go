package icpc

import (
	"fmt"
	"strings"
	"time"
)

// domjudge reads DOMjudge's own settings file: the time limit, and the name if there is no problem.yaml.
func (r *reader) domjudge() error {
	if !r.folder.IsFileOrLink(domjudgeFile) {
		return nil
	}
	data, err := r.folder.Read(domjudgeFile)
	if err != nil {
		return err
	}
	lines := map[string]int{} // of each key
	for i, line := range strings.Split(string(data), "\n") {
		key, value, found := strings.Cut(line, "=")
		key = strings.TrimSpace(key)
		if !found || strings.HasPrefix(key, ";") {
			continue
		}
		if first, twice := lines[key]; twice { // DOMjudge silently uses the last, as YAML libraries do
			return r.folder.Fault(domjudgeFile, i+1,
				fmt.Sprintf("the key %.80q appears twice: line %d has it already", key, first), "remove one")
		}
		lines[key] = i + 1
		value = strings.Trim(strings.TrimSpace(value), `'"`)
		switch {
		case key == "timelimit" && !r.timeLimited:
			limit, err := time.ParseDuration(value + "s")
			if err != nil || limit <= 0 || limit > 24*time.Hour {
				return r.folder.Fault(domjudgeFile, i+1,
					fmt.Sprintf("timelimit: %q is not a number of seconds", value), "")
			}
			r.limit(limit)
		case key == "name" && value != "" && !r.folder.IsFile(FileName):
			r.problem.Name = value
		}
	}
	return nil
}
