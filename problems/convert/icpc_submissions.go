package convert

import (
	"path"
	"slices"
	"strings"

	"judge/problems"
)

// aboutYAML is what submissions.yaml says of a submission.
type aboutYAML struct {
	Permitted []string  `yaml:"permitted,omitempty"`
	Required  []string  `yaml:"required,omitempty"`
	Score     []float64 `yaml:"score,omitempty"`
	Message   string    `yaml:"message,omitempty"`
	Model     bool      `yaml:"model_solution,omitempty"`
	Language  string    `yaml:"language,omitempty"`
	Entry     string    `yaml:"entrypoint,omitempty"`
}

func (a aboutYAML) empty() bool {
	return a.Permitted == nil && a.Required == nil && a.Score == nil && a.Message == "" && !a.Model &&
		a.Language == "" && a.Entry == ""
}

// directoryOf is the directory whose meaning is nearest to what is expected of a submission.
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

// anyVerdict are all of the format's codes.
func anyVerdict() []string { return []string{"AC", "WA", "TLE", "RTE"} }

// icpcSubmissions copies the submissions, each with its expectations in submissions.yaml. The format states them for
// all tests, and a verdict is that of the first that failed: what is not the verdict is permitted on the others.
func (o *output) icpcSubmissions() error {
	about := map[string]aboutYAML{}
	for _, s := range o.problem.Submissions {
		if slices.Contains(s.Expect, problems.CE) {
			o.lose("%s, which does not compile", o.within(s.Path))
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
			o.lose("%s: that it is MLE or OLE, where the format has run-time errors", name)
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

// demands sets what is expected of a submission in addition to its verdict.
func (o *output) demands(name string, s problems.Submission, given *aboutYAML) {
	for _, d := range s.Demands {
		if d.Tests != nil || d.Group != "" {
			o.lose("%s: what is expected of single tests or groups", name)
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

// shortCodes are the format's codes: limits on memory and output are run-time errors to it.
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
