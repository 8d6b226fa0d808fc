package polygon

import (
	"fmt"
	"path"

	"judge/problems"
)

// trials are the tests of a package's checker or validator: inputs, and for a checker outputs and answers.
type trials struct {
	InputPattern  string `xml:"input-path-pattern"`
	OutputPattern string `xml:"output-path-pattern"`
	AnswerPattern string `xml:"answer-path-pattern"`
	Tests         []struct {
		Verdict string `xml:"verdict,attr"`
		Testset string `xml:"testset,attr"`
		Group   string `xml:"group,attr"`
	} `xml:"tests>test"`
}

// samples reads the tests of checker and validators. It skips those whose verdict is neither good nor bad, such as
// points.
func (r *reader) samples() error {
	if c := r.given.Checker; c != nil && r.problem.Checker.External != nil && r.problem.Interactor == nil {
		if err := r.tried(c.Trials, true); err != nil {
			return err
		}
	}
	for _, v := range r.given.Validators {
		if err := r.tried(v.Trials, false); err != nil {
			return err
		}
	}
	return nil
}

// tried reads the tests of one program.
func (r *reader) tried(t trials, checker bool) error {
	for i, test := range t.Tests {
		sample := problems.Sample{}
		switch test.Verdict {
		case "ok", "valid":
			sample.Good = true
		case "wrong-answer", "presentation-error", "invalid":
		default:
			continue
		}
		if !checker {
			sample.ValidatorArgs = placeArgs(test.Testset, test.Group)
		}
		files := []struct {
			pattern string
			full    *string
		}{{t.InputPattern, &sample.Input}}
		if checker {
			files = append(files, []struct {
				pattern string
				full    *string
			}{{t.OutputPattern, &sample.Output}, {t.AnswerPattern, &sample.Answer}}...)
		}
		for _, file := range files {
			name, ok := numbered(file.pattern, i+1)
			if !ok {
				return r.folder.Fault(FileName, 0,
					fmt.Sprintf("%q is not a pattern such as tests/%%02d", file.pattern), "")
			}
			var err error
			if *file.full, err = r.folder.File(FileName, name); err != nil {
				r.problem.Remarks = append(r.problem.Remarks,
					r.folder.Fault(FileName, 0, fmt.Sprintf("no file %q", name), "download the full package"))
				return nil
			}
		}
		sample.Name = path.Join(path.Base(path.Dir(t.InputPattern)), fmt.Sprintf("%02d", i+1))
		r.problem.Samples = append(r.problem.Samples, sample)
	}
	return nil
}
