package icpc

import (
	"fmt"

	"judge/problems/folder"
)

// objective reads the objective of scores in problem.yaml ("Grading" of the legacy version). Other versions lack the
// key.
func (r *reader) objective(yaml *folder.Document) error {
	given, err := yaml.Inner("grading")
	if err != nil || !r.legacy {
		return err
	}
	objective := "max"
	if err := given.Get("objective", &objective); err != nil {
		return err
	}
	if objective != "min" && objective != "max" {
		return given.Fault("objective", fmt.Sprintf("unknown objective %q", objective), "use min or max")
	}
	r.minimize = objective == "min"
	r.problem.Remarks = append(r.problem.Remarks, given.Unknown("show_test_data_groups")...)
	return nil
}
