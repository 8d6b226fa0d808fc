package doctor

import (
	"fmt"
	"slices"
	"strings"
)

// languages returns one check for those that work, one for those to install, and one for each that is broken.
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
			broken = append(broken, Check{
				Name: l.Name, Value: "broken", State: Warn, Means: l.Fault, Fix: reinstall(l.Package),
			})
		default:
			works = append(works, strings.TrimSpace(l.Name+" "+l.Version))
		}
	}
	of := func(n int) string { return fmt.Sprintf("%d of %d", n, len(all)) }
	found := Check{Name: "working", Value: of(len(works)), State: OK, Means: strings.Join(works, ", ")}
	if works == nil {
		found.State, found.Means, found.Fix = Unfit, "no submission can be judged", install(packages)
	}
	checks := append([]Check{found}, broken...)
	if missing != nil {
		checks = append(checks, Check{
			Name: "missing", Value: of(len(missing)), State: Note,
			Means: strings.Join(missing, ", "), Fix: install(packages),
		})
	}
	return checks
}

func install(packages []string) string {
	if packages == nil {
		return "install a compiler: judge languages lists them"
	}
	return "apt-get install " + strings.Join(packages, " ")
}

func reinstall(name string) string {
	if name == "" {
		return "fix its version command in the language table"
	}
	return "apt-get install --reinstall " + name
}
