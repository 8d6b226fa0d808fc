package languages

import (
	"os"
	"regexp"
	"testing"
)

// TestPackagesOfLanguagesAreInstalledAndSuggested compares the table with the two other lists of Debian packages.
func TestPackagesOfLanguagesAreInstalledAndSuggested(t *testing.T) {
	for path, unlisted := range map[string]map[string]bool{
		"../../.ci/setup":       {},
		"../../.dist/nfpm.yaml": {"bash": true}, // every system has it
	} {
		list, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range mustLoad(t, "").All() {
			listed := regexp.MustCompile(`(?m)(^|[\s\[])` + regexp.QuoteMeta(l.Package) + `([\s,\]]|$)`)
			if !unlisted[l.Package] && !listed.Match(list) {
				t.Errorf("%s: the package %s is not listed in %s", l.ID, l.Package, path)
			}
		}
	}
}
