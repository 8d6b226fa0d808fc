package doctor

import (
	"fmt"
	"slices"
	"strings"
)

// languages are those that work in one check, those to install in another, and each that is broken in one of its own.
func languages(all []Language) []Check {
	var works, missing, packages []string
	var broken []Check
	for _, l := range all {
		switch {
		case len(l.Missing) > 0:
			missing = append(missing, l.Name)
			if l.Package != "" && !slices.Contains(packages, l.Package) {
				packages = append(packages, l.Package)
			}
		case l.Fault != "":
			broken = append(broken, Check{Name: "broken", Value: l.Name, State: Warn, Means: l.Fault, Fix: reinstall(l.Package)})
		default:
			works = append(works, strings.TrimSpace(l.Name+" "+l.Version))
		}
	}
	found := Check{Name: "found", Value: strings.Join(works, ", "), State: OK, Means: fmt.Sprintf("%d of %d can be judged", len(works), len(all))}
	if works == nil {
		found.Value, found.State, found.Fix = "none", Unfit, "apt-get install "+strings.Join(packages, " ")
	}
	checks := append([]Check{found}, broken...)
	if missing != nil {
		checks = append(checks, Check{Name: "missing", Value: strings.Join(missing, ", "), State: Note,
			Means: "submissions in them are not judged", Fix: "apt-get install " + strings.Join(packages, " ")})
	}
	return checks
}

func reinstall(name string) string {
	if name == "" {
		return "correct its version command in the table of languages"
	}
	return "apt-get install --reinstall " + name
}
