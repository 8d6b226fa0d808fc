package icpc

import "path"

// legacyKeys lists the keys that identify a testdata.yaml of the legacy version.
func legacyKeys() []string {
	return []string{"on_reject", "grading", "grader_flags", "accept_score", "reject_score", "range"}
}

// findLegacyData sets legacyData. It is true for packages of 2023-07 with legacy keys, too, as the reference
// implementation reads only those.
func (r *reader) findLegacyData() error {
	if r.legacyData = r.legacy; r.legacy || r.latest {
		return nil
	}
	var err error
	r.legacyData, err = r.hasLegacyData("data", 0)
	return err
}

// hasLegacyData reports whether a directory, or one beneath it, has legacy keys.
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
