package librarychecker

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"judge/problems"
	"judge/problems/safefile"
)

// Bounds of the headers that all problems of a repository share.
const (
	mostCommon  = 100
	commonBytes = 4 << 20
)

// commonDir has headers such as random.h for all problems of a repository.
const commonDir = "common"

// programs reads the checker and the verifier.
func (r *reader) programs() error {
	checker, err := r.folder.Program(FileName, cmp.Or(r.given.Checker, "checker.cpp"))
	if err != nil {
		return err
	}
	r.problem.Checker.External = &problems.External{Path: checker, Protocol: problems.Testlib}
	name := cmp.Or(r.given.Verifier, "verifier.cpp")
	if r.given.Verifier == "" && !r.folder.IsFileOrLink(name) {
		return nil
	}
	verifier, err := r.folder.Program(FileName, name)
	if err != nil {
		return err
	}
	r.problem.InputValidators = []problems.Validator{{Path: verifier, Testlib: true}}
	return nil
}

// headers writes params.h, and reads the headers of the repository.
func (r *reader) headers() error {
	h := &problems.Headers{Dirs: []string{commonDir}}
	params, err := r.params()
	if err != nil {
		return err
	}
	h.Files = append(h.Files, problems.File{Name: "params.h", Data: params})
	r.problem.Headers = h
	if r.folder.IsDir(commonDir) {
		return nil
	}
	dir := r.common()
	if dir == "" {
		r.problem.Remarks = append(r.problem.Remarks, r.folder.Fault("", 0,
			"no common/random.h in the git repository around the problem",
			"name the problem in a clone of its whole repository"))
		return nil
	}
	files, err := readCommon(dir)
	if err != nil {
		return r.folder.Fault("", 0, fmt.Sprintf("reading %s: %s", commonDir, safefile.Reason(err)), "")
	}
	h.Files = append(h.Files, files...)
	return nil
}

// common returns the directory of the headers that problems share: the nearest one above the problem within its git
// repository; "": there is none.
func (r *reader) common() string {
	top := safefile.Repository(r.folder.Dir)
	if top == "" {
		return ""
	}
	for at := r.folder.Dir; at != top; {
		at = filepath.Dir(at)
		root, err := safefile.OpenRoot(at)
		if err != nil {
			return ""
		}
		mode, err := root.Lstat(path.Join(commonDir, "random.h"))
		root.Close() //nolint:errcheck // it was only looked at
		if err == nil && mode.IsRegular() {
			return filepath.Join(at, commonDir)
		}
	}
	return ""
}

// readCommon reads the headers in a directory.
func readCommon(dir string) ([]problems.File, error) {
	root, err := safefile.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	open, err := root.OpenDir(".")
	if err != nil {
		return nil, err
	}
	defer open.Close()
	names, err := open.Readdirnames(mostCommon)
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var files []problems.File
	left := int64(commonBytes)
	for _, name := range names {
		if !slices.Contains([]string{".h", ".hpp"}, path.Ext(name)) {
			continue
		}
		file, err := root.Open(name)
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(io.LimitReader(file, left+1))
		file.Close() //nolint:errcheck // it was only read
		if err != nil {
			return nil, err
		}
		if left -= int64(len(data)); left < 0 {
			return nil, fmt.Errorf("the headers have more than %d MiB", commonBytes>>20)
		}
		files = append(files, problems.File{Name: path.Join(commonDir, name), Data: data})
	}
	return files, nil
}

// params returns params.h: a macro for each key of [params].
func (r *reader) params() ([]byte, error) {
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(r.given.Params)) {
		if !regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`).MatchString(key) {
			return nil, r.folder.Fault(FileName, 0, fmt.Sprintf("params: %q is not the name of a macro", key), "")
		}
		switch value := r.given.Params[key].(type) {
		case int64:
			fmt.Fprintf(&b, "#define %s (long long)%d\n", key, value)
		case float64:
			number := strconv.FormatFloat(value, 'g', -1, 64)
			if !strings.ContainsAny(number, ".eEnN") {
				number += ".0"
			}
			fmt.Fprintf(&b, "#define %s %s\n", key, number)
		case string:
			fmt.Fprintf(&b, "#define %s \"%s\"\n", key, strings.NewReplacer("\n", `\n`, "\r", `\r`).Replace(value))
		default:
			return nil, r.folder.Fault(FileName, 0, fmt.Sprintf("params: %s is not a number or a text", key),
				"write a number or a text")
		}
	}
	return []byte(b.String()), nil
}

// solution is an element of [[solutions]].
type solution struct {
	Name     string `toml:"name"`
	Expect   string `toml:"expect"` // on at least one test
	Wrong    bool   `toml:"wrong"`  // the older spelling of WA
	AllowWA  bool   `toml:"allow_wa"`
	AllowTLE bool   `toml:"allow_tle"`
	AllowRE  bool   `toml:"allow_re"`
	Function bool   `toml:"function"` // it is compiled with grader/grader.cpp
}

// solutions reads sol/correct.cpp, whose outputs are the answers, and [[solutions]].
func (r *reader) solutions() error {
	all := append([]solution{{Name: "correct.cpp"}}, r.given.Solutions...)
	functions := 0
	for i, given := range all {
		if given.Function {
			functions++
			continue
		}
		listed := path.Join("sol", given.Name)
		full, err := r.folder.Program(FileName, listed)
		if err != nil {
			return err
		}
		s := problems.Submission{Path: full, Listed: listed, Model: i == 0}
		if err := r.expect(&s, given); err != nil {
			return err
		}
		r.problem.Submissions = append(r.problem.Submissions, s)
	}
	if functions > 0 {
		r.problem.Remarks = append(r.problem.Remarks, r.folder.Fault(FileName, 0,
			fmt.Sprintf("solutions that are functions for grader/ are left out: %d", functions), ""))
	}
	return nil
}

// expect sets the expectations of a solution: a verdict on at least one test, and verdicts that are allowed on all.
func (r *reader) expect(s *problems.Submission, given solution) error {
	failed := []problems.Verdict{problems.RTE, problems.MLE, problems.OLE}
	expect := given.Expect
	if given.Wrong && expect == "" {
		expect = "WA"
	}
	var d problems.Demand
	switch expect {
	case "", "AC":
	case "WA":
		d.Required = []problems.Verdict{problems.WA}
	case "TLE":
		d.Required, s.Pace = []problems.Verdict{problems.TLE}, problems.SlowEnough
	case "RE":
		d.Required = failed
	default:
		return r.folder.Fault(FileName, 0, fmt.Sprintf("solution %q: unknown verdict %q", given.Name, expect),
			"use WA, TLE or RE")
	}
	d.Permitted = append([]problems.Verdict{problems.AC}, d.Required...)
	if given.AllowWA {
		d.Permitted = append(d.Permitted, problems.WA)
	}
	if given.AllowTLE {
		d.Permitted = append(d.Permitted, problems.TLE)
	}
	if given.AllowRE {
		d.Permitted = append(d.Permitted, failed...)
	}
	if len(d.Permitted) == 1 {
		s.Expect = d.Permitted
		return nil
	}
	if s.Pace == problems.PaceAsExpected {
		s.Pace = problems.NoPace
	}
	slices.Sort(d.Permitted)
	d.Permitted = slices.Compact(d.Permitted)
	s.Demands = []problems.Demand{d}
	return nil
}
