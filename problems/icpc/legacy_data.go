package icpc

import "path"

// legacyKeys are those by which testdata.yaml of the legacy version is known.
func legacyKeys() []string {
	return []string{"on_reject", "grading", "grader_flags", "accept_score", "reject_score", "range"}
}

// findLegacyData reports whether groups of tests are described as in the legacy version. Packages of 2023-07 are, too:
// the reference implementation reads nothing else.
func (r *reader) findLegacyData() error {
	if r.legacyData = r.legacy; r.legacy || r.latest {
		return nil
	}
	var err error
	r.legacyData, err = r.hasLegacyData("data", 0)
	return err
}

func (r *reader) hasLegacyData(dir string, depth int) (bool, error) {
	if depth > mostDepth {
		return false, nil
	}
	yaml, err := r.withConstants(path.Join(dir, "testdata.yaml"))
	if err != nil {
		return false, err
	}
	for _, key := range legacyKeys() {
		if yaml.Has(key) {
			return true, nil
		}
	}
	inner, err := r.folder.Dirs(dir)
	if err != nil {
		return false, err
	}
	for _, name := range inner {
		if found, err := r.hasLegacyData(path.Join(dir, name), depth+1); found || err != nil {
			return found, err
		}
	}
	return false, nil
}
