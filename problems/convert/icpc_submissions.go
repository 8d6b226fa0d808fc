package convert

import (
	"path"
	"slices"
	"strings"

	"judge/problems"
)

// aboutYAML is a submission's entry in submissions.yaml.
type aboutYAML struct {
	Permitted []string  `yaml:"permitted,omitempty"`
	Required  []string  `yaml:"required,omitempty"`
	Score     []float64 `yaml:"score,omitempty"`
	Message   string    `yaml:"message,omitempty"`
	Model     bool      `yaml:"model_solution,omitempty"`
	Language  string    `yaml:"language,omitempty"`
	Entry     string    `yaml:"entrypoint,omitempty"`
}

// empty reports whether the entry states nothing.
func (a aboutYAML) empty() bool {
	return a.Permitted == nil && a.Required == nil && a.Score == nil && a.Message == "" && !a.Model &&
		a.Language == "" && a.Entry == ""
}

// directoryOf returns the directory whose meaning is nearest to a submission's expectations.
func directoryOf(s problems.Submission) string {
	var of []problems.Verdict
	for _, v := range s.Expect {
		if v == problems.MLE || v == problems.OLE {
			v = problems.RTE
		}
		if !slices.Contains(of, v) {
			of = append(of, v)
		}
	}
	if len(of) == 1 {
		return map[problems.Verdict]string{
			problems.AC: "accepted", problems.WA: "wrong_answer", problems.TLE: "time_limit_exceeded",
			problems.RTE: "run_time_error",
		}[of[0]]
	}
	return ""
}

// anyVerdict returns all of the format's codes.
func anyVerdict() []string { return []string{"AC", "WA", "TLE", "RTE"} }

// icpcSubmissions copies the submissions and writes their expectations to submissions.yaml. The format states them
// for each test, and the first failed test decides the verdict, so other verdicts are permitted on the others.
func (o *output) icpcSubmissions() error {
	about := map[string]aboutYAML{}
	for _, s := range o.problem.Submissions {
		if slices.Contains(s.Expect, problems.CE) {
			o.lose("%s: a submission that does not compile", o.within(s.Path))
			continue
		}
		given := aboutYAML{Model: s.Model, Language: s.Language, Entry: s.Entry}
		dir := directoryOf(s)
		if dir != "accepted" {
			given.Permitted = anyVerdict()
			if len(s.Expect) > 0 && !slices.Contains(s.Expect, problems.AC) {
				given.Required = shortCodes(s.Expect)
			}
		}
		if dir == "" {
			dir = "other"
		}
		name := path.Join(dir, plain(strings.ReplaceAll(o.within(s.Path), "/", "_")))
		o.demands(name, s, &given)
		to, err := o.submission(s, path.Join("submissions", name))
		if err != nil {
			return err
		}
		name = strings.TrimPrefix(to, "submissions/")
		if slices.Contains(s.Expect, problems.MLE) || slices.Contains(s.Expect, problems.OLE) {
			o.lose("%s: the verdict MLE or OLE, a run-time error in the format", name)
		}
		if !given.empty() {
			about[name] = given
		}
	}
	// A directory's own demands would apply in addition to these.
	for _, dir := range []string{"wrong_answer", "time_limit_exceeded", "run_time_error"} {
		for name := range about {
			if strings.HasPrefix(name, dir+"/") {
				about[dir] = aboutYAML{Permitted: anyVerdict()}
				break
			}
		}
	}
	if len(about) == 0 {
		return nil
	}
	return o.yaml("submissions/submissions.yaml", about)
}

// demands sets the expectations of a submission in addition to its verdict.
func (o *output) demands(name string, s problems.Submission, given *aboutYAML) {
	for _, d := range s.Demands {
		if d.Tests != nil || d.Group != "" {
			o.lose("%s: its expectations on single tests or groups", name)
			continue
		}
		if d.Permitted != nil {
			given.Permitted = shortCodes(d.Permitted)
		}
		if d.Required != nil {
			given.Required = shortCodes(d.Required)
		}
		if d.Score != nil {
			given.Score = []float64{d.Score.Least, d.Score.Most}
		}
		if d.Message != "" {
			given.Message = d.Message
		}
	}
}

// shortCodes returns the format's codes. The format counts exceeded memory and output limits as run-time errors.
func shortCodes(verdicts []problems.Verdict) []string {
	var all []string
	for _, v := range verdicts {
		code := v.String()
		if v == problems.MLE || v == problems.OLE {
			code = "RTE"
		}
		if !slices.Contains(all, code) {
			all = append(all, code)
		}
	}
	return all
}
