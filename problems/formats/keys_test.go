package formats

import (
	"maps"
	"strings"
	"testing"
)

// TestRepeatedKeysAreErrors in every settings file of every format.
func TestRepeatedKeysAreErrors(t *testing.T) {
	icpc := map[string]string{
		"problem.yaml":     "problem_format_version: 2025-09\nname: P\ntype: scoring\n",
		"data/secret/1.in": "", "data/secret/1.ans": "", "submissions/accepted/a.py": "",
	}
	legacy := map[string]string{
		"problem.yaml": "name: P\ntype: scoring\n", "data/secret/1.in": "", "data/secret/1.ans": "",
	}
	cms := map[string]string{"task.yaml": "name: P\n", "input/input0.txt": "", "output/output0.txt": ""}
	for _, row := range []struct {
		format          map[string]string
		file, text, key string
		line            string
	}{
		{icpc, "problem.yaml", "name: P\nlimits:\n  time_limit: 1\n  time_limit: 9\n", "time_limit", "4:3"},
		{icpc, "problem.yaml", "name: P\nlimits: {output: 1}\nlimits: {memory: 9}\n", "limits", "3:1"},
		{icpc, "data/secret/test_group.yaml", "max_score: 1\nmax_score: 2\n", "max_score", "2:1"},
		{icpc, "data/secret/1.yaml", "args: [a]\nargs: [b]\n", "args", "2:1"},
		{icpc, "submissions/submissions.yaml", "accepted: {}\naccepted: {}\n", "accepted", "2:1"},
		{icpc, "submissions.json", `{"a.py": {}, "a.py": {}}`, "a.py", "1:14"},
		{legacy, "data/secret/testdata.yaml", "accept_score: 1\naccept_score: 2\n", "accept_score", "2:1"},
		{legacy, "domjudge-problem.ini", "timelimit=1\ntimelimit=2\n", "timelimit", "2"},
		{cms, "task.yaml", "name: P\ntime_limit: 1\nname: Q\n", "name", "3:1"},
		{nil, "init.yml", "test_cases: []\nchecker: exact\nchecker: standard\n", "checker", "3:1"},
	} {
		files := maps.Clone(row.format)
		if files == nil {
			files = map[string]string{}
		}
		files[row.file] = row.text
		dir := tree(t, files)
		_, err := Open(dir)
		want := dir + "/" + row.file + ":" + row.line + `: the key "` + row.key + `" appears twice: line `
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("got %v\nexpected %s", err, want)
		}
	}
}
