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
			broken = append(broken, Check{Name: l.Name, Value: "broken", State: Warn, Means: l.Fault, Fix: reinstall(l.Package)})
		default:
			works = append(works, strings.TrimSpace(l.Name+" "+l.Version))
		}
	}
	of := func(n int) string { return fmt.Sprintf("%d of %d", n, len(all)) }
	found := Check{Name: "can be judged", Value: of(len(works)), State: OK, Means: strings.Join(works, ", ")}
	if works == nil {
		found.State, found.Means, found.Fix = Unfit, "no submission can be judged", install(packages)
	}
	checks := append([]Check{found}, broken...)
	if missing != nil {
		checks = append(checks, Check{Name: "missing", Value: of(len(missing)), State: Note, Means: strings.Join(missing, ", "), Fix: install(packages)})
	}
	return checks
}

func install(packages []string) string {
	if packages == nil {
		return "install what judge languages names"
	}
	return "apt-get install " + strings.Join(packages, " ")
}

func reinstall(name string) string {
	if name == "" {
		return "correct its version command in the table of languages"
	}
	return "apt-get install --reinstall " + name
}
