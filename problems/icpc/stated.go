package icpc

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"judge/problems"
)

// statements are a submission's own expectations.
type statements struct {
	verdicts []problems.Verdict // nil: none stated
	score    *problems.Range    // nil: none stated
}

// any reports whether something is stated.
func (s statements) any() bool { return s.verdicts != nil || s.score != nil }

// statedIn returns the expectations that a submission's source states, by DOMjudge's rules (SubmissionService,
// parseExpectedAnnotation; ImportProblemService). One of its files may state something, which replaces the
// expectations of its directory.
func (r *reader) statedIn(dir, name string) (s statements, err error) {
	files, err := r.filesOf(path.Join("submissions", name))
	from := ""
	for _, file := range files {
		data, err := r.folder.Read(file)
		if err != nil {
			continue // compiling the submission reports the error
		}
		one, words, fault := annotationOf(string(data))
		if fault == "" && one.any() && s.any() {
			fault = path.Base(from) + " already has an annotation"
		}
		if fault != "" {
			r.remark(r.folder.Fault(file, 0, "its annotation is not used: "+fault, "keep one annotation"))
			return statements{}, nil
		}
		for _, word := range words {
			r.remark(r.folder.Fault(file, 0,
				fmt.Sprintf("its annotation has %.80q, which is neither a verdict nor a score", word),
				"use CORRECT, WRONG-ANSWER, TIMELIMIT, RUN-ERROR, COMPILER-ERROR, NO-OUTPUT or OUTPUT-LIMIT"))
		}
		if one.any() {
			s, from = one, file
		}
	}
	s.verdicts = r.withDirectory(dir, from, s.verdicts)
	return s, err
}

// filesOf returns the files of a program, which may be a directory.
func (r *reader) filesOf(name string) ([]string, error) {
	if !r.folder.IsDir(name) {
		return []string{name}, nil
	}
	files, err := r.folder.Files(name)
	for i := range files {
		files[i] = path.Join(name, files[i])
	}
	return files, err
}

// withDirectory restricts the verdicts that a source states to that of its directory, if that is one of them.
func (r *reader) withDirectory(dir, from string, verdicts []problems.Verdict) []problems.Verdict {
	own := stated(dir)
	if own == nil || verdicts == nil || slices.Equal(own, verdicts) {
		return verdicts
	}
	codes := func(verdicts []problems.Verdict) string {
		var words []string
		for _, v := range verdicts {
			words = append(words, v.String())
		}
		return strings.Join(words, " or ")
	}
	if slices.Contains(verdicts, own[0]) {
		r.remark(r.folder.Fault(from, 0, "states "+codes(verdicts)+" in "+dir+"/: only "+codes(own)+" counts there",
			"move it to a directory of another name"))
		return own
	}
	r.remark(r.folder.Fault(from, 0, "states "+codes(verdicts)+" in "+dir+"/: the annotation counts",
		"move it to a directory of another name"))
	return verdicts
}

// annotations matches the tags in a source, in any case, and the rest of the line.
var annotations = regexp.MustCompile(`(?im)@EXPECTED_(RESULTS|SCORE)@:[ \t]*(.*)$`)

// The rest of the line may contain the end of a comment, which these patterns exclude.
var (
	resultWords = regexp.MustCompile(`^[A-Za-z_, \t-]*[A-Za-z_]`)
	scoreNumber = regexp.MustCompile(`^[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?`)
)

// annotationOf returns the expectations that a source states, and the words that are neither verdicts nor scores. A
// source may state verdicts once, and a score once by @EXPECTED_SCORE@ with a number; otherwise fault says why not.
func annotationOf(source string) (s statements, unknown []string, fault string) {
	seen := map[string]bool{}
	for _, m := range annotations.FindAllStringSubmatch(source, -1) {
		tag, rest := strings.ToUpper(m[1]), strings.TrimSpace(m[2])
		if seen[tag] {
			return statements{}, nil, "@EXPECTED_" + tag + "@ appears twice"
		}
		seen[tag] = true
		if number := scoreNumber.FindString(rest); number != "" && tag == "SCORE" {
			score, err := strconv.ParseFloat(number, 64)
			if err != nil {
				unknown = append(unknown, number)
				continue
			}
			s.score = &problems.Range{Least: score, Most: score}
			continue
		}
		if s.verdicts != nil {
			return statements{}, nil, "@EXPECTED_RESULTS@ and @EXPECTED_SCORE@ both state verdicts"
		}
		s.verdicts = []problems.Verdict{}
		for _, word := range strings.Split(resultWords.FindString(rest), ",") {
			found := stated(word)
			if found == nil {
				unknown = append(unknown, strings.TrimSpace(word))
			}
			s.verdicts = append(s.verdicts, found...)
		}
	}
	return s, unknown, ""
}

// statesScores reports whether a submission states its score, an annotation that only DOMjudge reads.
func (r *reader) statesScores() bool {
	dirs, _ := r.folder.Dirs("submissions")
	for _, dir := range dirs {
		entries, _ := r.folder.List(path.Join("submissions", dir))
		for _, e := range entries {
			files, _ := r.filesOf(path.Join("submissions", dir, e.Name))
			if slices.ContainsFunc(files, r.statesScore) {
				return true
			}
		}
	}
	return false
}

// statesScore reports whether a file states a score.
func (r *reader) statesScore(file string) bool {
	data, err := r.folder.Read(file)
	if err != nil {
		return false
	}
	s, _, _ := annotationOf(string(data))
	return s.score != nil
}

// stated returns the verdicts for a word of DOMjudge or of the format, nil if it is unknown.
func stated(word string) []problems.Verdict {
	switch strings.NewReplacer("_", "-", " ", "-").Replace(strings.ToUpper(strings.TrimSpace(word))) {
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
