package icpc

import (
	"path"
	"regexp"
	"strings"

	"judge/problems"
)

// statement is what the DOMjudge looks for in the source of a submission: the final verdicts that it may have.
var statement = regexp.MustCompile(`@EXPECTED_RESULTS@:[ \t]*([A-Za-z_, \t-]+)`)

// statedIn are the verdicts that a submission's own source states; nil: it states none.
func (r *reader) statedIn(name string) ([]problems.Verdict, error) {
	files := []string{name}
	if r.folder.IsDir(name) {
		inner, err := r.folder.Files(name)
		if err != nil {
			return nil, err
		}
		files = nil
		for _, file := range inner {
			files = append(files, path.Join(name, file))
		}
	}
	for _, file := range files {
		data, err := r.folder.Read(file)
		if err != nil {
			continue // whether it can be judged is seen when it is
		}
		m := statement.FindSubmatch(data)
		if m == nil {
			continue
		}
		var expect []problems.Verdict
		for _, word := range strings.Split(string(m[1]), ",") {
			found := stated(strings.ToUpper(strings.TrimSpace(word)))
			if found == nil {
				r.remark(r.folder.Fault(file, 0, "@EXPECTED_RESULTS@: "+strings.TrimSpace(word)+" is not understood", "use CORRECT, WRONG-ANSWER, TIMELIMIT, RUN-ERROR, COMPILER-ERROR, NO-OUTPUT or OUTPUT-LIMIT"))
			}
			expect = append(expect, found...)
		}
		return expect, nil
	}
	return nil, nil
}

// stated are the verdicts that a word of the DOMjudge stands for, its own and those of the format.
func stated(word string) []problems.Verdict {
	switch strings.NewReplacer("_", "-", " ", "-").Replace(word) {
	case "CORRECT", "ACCEPTED":
		return verdicts("AC")
	case "WRONG-ANSWER", "NO-OUTPUT":
		return verdicts("WA")
	case "TIMELIMIT", "TIME-LIMIT-EXCEEDED":
		return verdicts("TLE")
	case "RUN-ERROR", "RUN-TIME-ERROR", "MEMORY-LIMIT":
		return verdicts("RTE")
	case "OUTPUT-LIMIT":
		return []problems.Verdict{problems.OLE}
	case "COMPILER-ERROR", "COMPILE-ERROR":
		return []problems.Verdict{problems.CE}
	default:
		return nil
	}
}
