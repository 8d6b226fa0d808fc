package dmoj

import (
	"fmt"
	"path"
	"strings"

	"go.yaml.in/yaml/v3"

	"judge/problems"
)

// signature reads the grader of problems in which a function is submitted.
func (r *reader) signature() error {
	if !r.yaml.Has("signature_grader") {
		return nil
	}
	if r.problem.Interactor != nil { // in Python: interactive is read after signature_grader
		r.remark("signature_grader", "signature_grader is not used: the DMOJ's judge reads custom_judge first")
		return nil
	}
	var given struct {
		Entry     string               `yaml:"entry"`
		Header    string               `yaml:"header"`
		AllowMain bool                 `yaml:"allow_main"`
		Others    map[string]yaml.Node `yaml:",inline"`
	}
	if err := r.yaml.Get("signature_grader", &given); err != nil {
		return err
	}
	for name := range given.Others {
		r.remark("signature_grader", fmt.Sprintf("signature_grader: unknown key %q", name))
	}
	entry, err := r.folder.File(FileName, given.Entry)
	if err != nil {
		return err
	}
	header, err := r.folder.File(FileName, given.Header)
	if err != nil {
		return err
	}
	if strings.ContainsAny(given.Header, "\"\\\n") {
		return r.yaml.Fault("signature_grader", fmt.Sprintf(
			"signature_grader: %.100q cannot be included: the name has a quote or a backslash", given.Header), "")
	}
	// As dmoj/graders/signature.py does: the submission includes the header, and its main has another name.
	const defined = "#define SIGNATURE_GRADER 1\n"
	before := defined + "#include \"" + path.Base(given.Header) + "\"\n"
	if !given.AllowMain {
		before += "#define main main_of_submission\n"
	}
	r.problem.Grader = &problems.Grader{
		Name: "submission", Files: map[string][]string{},
		Before: defined + "#line 1\n", BeforeSubmission: before + "#line 1\n",
	}
	if strings.TrimSuffix(path.Base(entry), path.Ext(entry)) == r.problem.Grader.Name {
		r.problem.Grader.Name = "the_submission"
	}
	for _, id := range []string{"c", "cpp"} {
		if id == "cpp" || path.Ext(entry) == ".c" {
			r.problem.Grader.Files[id] = []string{entry, header}
		}
	}
	return nil
}
