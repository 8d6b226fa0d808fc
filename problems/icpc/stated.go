package icpc

import (
	"math"
	"path"
	"regexp"
	"strconv"
	"strings"

	"judge/problems"
)

// These are what the DOMjudge looks for in the source of a submission: the final verdicts that it may have, and its score.
var (
	statement = regexp.MustCompile(`@EXPECTED_RESULTS@:[ \t]*([A-Za-z_, \t-]+)`)
	scoring   = regexp.MustCompile(`@EXPECTED_SCORE@:[ \t]*([0-9.]+)`)
)

// statements is what a submission says of itself.
type statements struct {
	verdicts []problems.Verdict // nil: nothing
	score    *problems.Range    // nil: nothing
}

// statedIn is what a submission's own source states: the first of its files that states something.
func (r *reader) statedIn(name string) (s statements, err error) {
	files := []string{name}
	if r.folder.IsDir(name) {
		inner, err := r.folder.Files(name)
		if err != nil {
			return s, err
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
		if m := scoring.FindSubmatch(data); m != nil && s.score == nil {
			if s.score = scoreOf(string(m[1])); s.score == nil {
				r.remark(r.folder.Fault(file, 0, "@EXPECTED_SCORE@: "+string(m[1])+" is no score", ""))
			}
		}
		if m := statement.FindSubmatch(data); m != nil && s.verdicts == nil {
			s.verdicts = r.verdictsOf(file, string(m[1]))
		}
	}
	return s, nil
}

// verdictsOf reads a list of verdicts.
func (r *reader) verdictsOf(file, list string) []problems.Verdict {
	expect := []problems.Verdict{}
	for _, word := range strings.Split(list, ",") {
		found := stated(strings.ToUpper(strings.TrimSpace(word)))
		if found == nil {
			r.remark(r.folder.Fault(file, 0, "@EXPECTED_RESULTS@: "+strings.TrimSpace(word)+" is not understood", "use CORRECT, WRONG-ANSWER, TIMELIMIT, RUN-ERROR, COMPILER-ERROR, NO-OUTPUT or OUTPUT-LIMIT"))
		}
		expect = append(expect, found...)
	}
	return expect
}

// scoreOf is a score as precise as it is written: 74.42 is within half of 0.01 of it; nil: it is no number.
func scoreOf(text string) *problems.Range {
	text = strings.TrimRight(text, ".")
	score, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil
	}
	within := 1e-5
	if _, decimals, ok := strings.Cut(text, "."); ok {
		within = max(within, 0.51*math.Pow10(-len(decimals)))
	}
	return &problems.Range{Least: max(0, score-within), Most: score + within}
}

// statesScores reports whether a submission states its score, which only the DOMjudge reads.
func (r *reader) statesScores() bool {
	dirs, _ := r.folder.Dirs("submissions")
	for _, dir := range dirs {
		entries, _ := r.folder.List(path.Join("submissions", dir))
		for _, e := range entries {
			if s, err := r.statedIn(path.Join("submissions", dir, e.Name)); err == nil && s.score != nil {
				return true
			}
		}
	}
	return false
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
