package dmoj

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"judge/problems"
	"judge/problems/folder"
)

// suite reads the submissions in the tests of the DMOJ's judge: tests/NAME/test.yml states the expectations of the
// sources next to it, and their limits. All are judged under the largest of these limits.
func (r *reader) suite() error {
	names, err := r.folder.Dirs("tests")
	if err != nil {
		return err
	}
	var longest time.Duration
	var most problems.Bytes
	var trials []trial
	for _, name := range names {
		t := trial{dir: path.Join("tests", name)}
		isThere := func(name string) bool { return r.folder.IsFile(path.Join(t.dir, name)) }
		if !slices.ContainsFunc(trialFiles(), isThere) {
			continue
		}
		if err := r.trial(&t); err != nil {
			return err
		}
		longest, most = max(longest, t.limit), max(most, t.memory)
		trials = append(trials, t)
	}
	for _, t := range trials {
		if t.needsLimits(longest, most) {
			r.remarkOn(t, "skipped: it must exceed a limit below those of the other tests")
			continue
		}
		r.problem.Submissions = append(r.problem.Submissions, t.submissions...)
	}
	if longest > 0 {
		r.problem.NoTimeLimit = false
		r.problem.Limits = r.problem.Limits.WithTime(longest)
	}
	if most > 0 {
		r.problem.Limits.Memory = most
	}
	return nil
}

// trialFiles lists the files of one test of the DMOJ's judge on Linux. Values in later files override earlier ones.
func trialFiles() []string { return []string{"test.yml", "test.posix.yml", "test.linux.yml"} }

// trial is one test of the DMOJ's judge.
type trial struct {
	dir         string
	documents   []*folder.Document
	limit       time.Duration
	memory      problems.Bytes
	submissions []problems.Submission
}

// get decodes the value of a key. Without a value, to is unchanged.
func (t trial) get(key string, to any) error {
	for _, d := range t.documents {
		if err := d.Get(key, to); err != nil {
			return err
		}
	}
	return nil
}

// fault returns an error in the first file with the key.
func (t trial) fault(key, msg string) error {
	for _, d := range t.documents {
		if d.Has(key) {
			return d.Fault(key, msg, "")
		}
	}
	return t.documents[0].Fault(key, msg, "")
}

// remarkOn adds a note on a test of the DMOJ's judge.
func (r *reader) remarkOn(t trial, msg string) {
	file := path.Join(t.dir, trialFiles()[0])
	r.problem.Remarks = append(r.problem.Remarks, r.folder.Fault(file, 0, msg, ""))
}

// needsLimits reports whether the trial expects a submission to exceed its limit, which is below the problem's.
func (t trial) needsLimits(limit time.Duration, memory problems.Bytes) bool {
	return slices.ContainsFunc(t.submissions, func(s problems.Submission) bool {
		return t.limit < limit && isToFail(s, problems.TLE) || t.memory < memory && isToFail(s, problems.MLE)
	})
}

// isToFail reports whether a submission must have a verdict.
func isToFail(s problems.Submission, v problems.Verdict) bool {
	only := func(permitted []problems.Verdict) bool {
		return slices.Contains(permitted, v) && !slices.Contains(permitted, problems.AC)
	}
	return only(s.Expect) || slices.ContainsFunc(s.Demands, func(d problems.Demand) bool { return only(d.Permitted) })
}

// stated are the keys of a test of the DMOJ's judge.
type stated struct {
	Language        string
	Time, Memory    float64 // seconds, KiB
	Source          folder.One
	Expect          codes
	Cases           yaml.Node
	Score, Feedback folder.One // points of each case, one of them; messages, one of them
	Arch            folder.One
	Skip            bool
}

// stated reads the keys of a trial.
func (t trial) stated() (s stated, err error) {
	s.Expect = codes{"AC"}
	for key, to := range map[string]any{
		"language": &s.Language, "time": &s.Time, "memory": &s.Memory, "source": &s.Source, "expect": &s.Expect,
		"cases": &s.Cases, "score": &s.Score, "feedback": &s.Feedback, "arch": &s.Arch, "skip": &s.Skip,
	} {
		if err := t.get(key, to); err != nil {
			return s, err
		}
	}
	if !(s.Time >= 0 && s.Time <= 86400 && s.Memory >= 0 && s.Memory <= 1<<30) {
		return s, t.fault("time", "the limits are out of range: expected up to 86400 seconds and 1 TiB")
	}
	return s, nil
}

// whyNot returns why a test of the DMOJ's judge does not apply here, "" if it does.
func (s stated) whyNot() string {
	switch {
	case s.Skip || len(s.Arch) > 0 && !slices.Contains(s.Arch, "amd64"):
		return "skipped: the DMOJ's judge skips it on this system"
	case slices.Contains(s.Expect, "IE"):
		return "skipped: it expects an error of the DMOJ's own judge"
	case slices.ContainsFunc(s.Feedback, func(f string) bool { return strings.HasPrefix(f, "ca.dmoj.java.") }):
		return "skipped: it tests the DMOJ's own Java agent"
	case slices.Contains(s.Feedback, "PermissionError"):
		return "skipped: it tests which files the DMOJ's own sandbox denies"
	}
	return ""
}

// trial reads one test of the DMOJ's judge.
func (r *reader) trial(t *trial) error {
	for _, name := range trialFiles() {
		d, err := r.folder.YAML(path.Join(t.dir, name))
		if err != nil {
			return err
		}
		t.documents = append(t.documents, d)
	}
	given, err := t.stated()
	if err != nil {
		return err
	}
	if why := given.whyNot(); why != "" {
		r.remarkOn(*t, why)
		return nil
	}
	id, known := ids()[given.Language]
	if id == "java" && slices.Contains(given.Expect, "CE") && r.isRefusedJava(*t, given.Source) {
		r.remarkOn(*t, "skipped: it tests the DMOJ's own check for one public class and no package")
		return nil
	}
	s := problems.Submission{Language: id, Pace: problems.NoPace}
	if err := r.expected(&s, given.Expect, &given.Cases); err != nil {
		return t.fault("cases", err.Error())
	}
	if err := r.scored(&s, given.Score); err != nil {
		return t.fault("score", err.Error())
	}
	for _, source := range given.Source {
		s.Listed = path.Join(t.dir, source)
		if !known {
			foreign := problems.Foreign{Submission: s, Language: foreignName(given.Language)}
			r.problem.Foreign = append(r.problem.Foreign, foreign)
			continue
		}
		if s.Path, err = r.folder.Program(path.Join(t.dir, trialFiles()[0]), s.Listed); err != nil {
			return err
		}
		t.submissions = append(t.submissions, s)
	}
	if known {
		t.limit = time.Duration(given.Time * float64(time.Second))
		t.memory = problems.Bytes(given.Memory) * problems.KiB
	}
	return nil
}

// isRefusedJava reports whether the DMOJ rejects one of the sources before the compiler sees it. javac accepts them.
func (r *reader) isRefusedJava(t trial, sources []string) bool {
	return slices.ContainsFunc(sources, func(name string) bool {
		data, err := r.folder.Read(path.Join(t.dir, name))
		if err != nil {
			return false // the missing source is an error later
		}
		code := javaNoise.ReplaceAll(data, []byte(" "))
		return !javaPublicClass.Match(code) || javaPackage.Match(code)
	})
}

var (
	// javaNoise matches comments, and texts in quotation marks.
	javaNoise       = regexp.MustCompile(`(?s)/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'`)
	javaPublicClass = regexp.MustCompile(`\bpublic\s+(?:(?:strictfp|abstract|final)\s+)*class\s`)
	javaPackage     = regexp.MustCompile(`\bpackage\s+[^;]+;`)
)

// scored adds a demand for the points of each case. In a batch the points of a case are not known here.
func (r *reader) scored(s *problems.Submission, score folder.One) error {
	if len(score) == 0 || slices.Contains(score, "*") {
		return nil
	}
	if slices.ContainsFunc(r.problem.Tests, func(t problems.TestCase) bool { return batchOf(t) > 0 }) {
		return nil
	}
	var points []float64
	for _, written := range score {
		n, err := strconv.Atoi(written)
		if err != nil {
			return fmt.Errorf("score: %.40q: expected a whole number", written)
		}
		points = append(points, float64(n*len(r.problem.Tests)))
	}
	scores := &problems.Range{Least: slices.Min(points), Most: slices.Max(points)}
	s.Demands = append(s.Demands, problems.Demand{Score: scores})
	return nil
}

// expected adds demands for the codes of all cases and of single cases.
func (r *reader) expected(s *problems.Submission, all codes, cases *yaml.Node) error {
	if slices.Contains(all, "CE") {
		s.Expect = []problems.Verdict{problems.CE}
		return nil
	}
	own, err := byCase(cases)
	if err != nil {
		return err
	}
	if permitted := all.verdicts(s.Language); len(own) == 0 && permitted != nil {
		s.Demands = []problems.Demand{{Permitted: permitted}}
		if slices.Equal(all, codes{"AC"}) {
			s.Expect, s.Demands = permitted, nil
		}
		return nil
	}
	var others []string
	for i, t := range r.problem.Tests {
		switch of, ok := own[i+1]; {
		case !ok:
			others = append(others, t.Name)
		case of.verdicts(s.Language) != nil:
			s.Demands = append(s.Demands, problems.Demand{Tests: []string{t.Name}, Permitted: of.verdicts(s.Language)})
		}
	}
	if permitted := all.verdicts(s.Language); permitted != nil && others != nil {
		s.Demands = append(s.Demands, problems.Demand{Tests: others, Permitted: permitted})
	}
	return nil
}

// byCase reads the codes of cases by number from 1: a list or a mapping.
func byCase(node *yaml.Node) (map[int]codes, error) {
	own := map[int]codes{}
	switch node.Kind {
	case yaml.SequenceNode:
		var list []codes
		if err := node.Decode(&list); err != nil {
			return nil, err
		}
		for i, c := range list {
			own[i+1] = c
		}
	case yaml.MappingNode:
		var named map[string]codes
		if err := node.Decode(&named); err != nil {
			return nil, err
		}
		for number, c := range named {
			n, err := strconv.Atoi(number)
			if err != nil {
				return nil, fmt.Errorf("%q is not the number of a case", number)
			}
			own[n] = c
		}
	}
	return own, nil
}

// codes are result codes of the DMOJ. "*" means any.
type codes []string

// UnmarshalYAML reads a code or a list.
func (c *codes) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		*c = codes{node.Value}
		return nil
	}
	return node.Decode((*[]string)(c))
}

// verdicts returns the verdicts for the codes, nil for any. A skipped case has none. A Java program that exceeds its
// heap gets RTE here, and MLE from the DMOJ.
func (c codes) verdicts(language string) []problems.Verdict {
	var all []problems.Verdict
	for _, code := range c {
		switch code {
		case "AC":
			all = append(all, problems.AC)
		case "WA":
			all = append(all, problems.WA)
		case "TLE":
			all = append(all, problems.TLE)
		case "MLE":
			if all = append(all, problems.MLE); language == "java" {
				all = append(all, problems.RTE)
			}
		case "OLE":
			all = append(all, problems.OLE)
		case "RTE", "IR":
			all = append(all, problems.RTE)
		default:
			return nil
		}
	}
	return all
}

// foreignName returns the name of a language that judge does not have.
func foreignName(code string) string {
	switch code {
	case "PY2", "PYPY2":
		return "Python 2"
	}
	return code
}

// ids returns the languages for the DMOJ's codes.
func ids() map[string]string {
	return map[string]string{
		"C": "c", "C11": "c", "CPP03": "cpp17", "CPP11": "cpp17", "CPP14": "cpp17", "CPP17": "cpp17", "CPP20": "cpp",
		"JAVA": "java", "JAVA8": "java", "JAVA9": "java", "JAVA10": "java", "JAVA11": "java", "JAVA17": "java",
		"PY3": "python3", "PYPY3": "pypy3", "GO": "go", "RUST": "rust", "V8JS": "javascript", "NODEJS": "javascript",
		"MONOCS": "csharp", "PAS": "pascal", "HASK": "haskell", "OCAML": "ocaml", "RUBY2": "ruby", "RUBY": "ruby",
		"PERL": "perl", "LUA": "lua", "PHP": "php", "BASH": "bash", "KOTLIN": "kotlin",
	}
}
