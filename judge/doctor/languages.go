package doctor

import (
	"fmt"
	"slices"
	"strings"
)

// installer words the fixes that install packages. The names of packages are Debian's.
type installer struct {
	apt bool // this host has apt-get
}

func (i installer) install(packages []string) string {
	switch {
	case packages == nil:
		return "install a compiler: judge languages lists them"
	case !i.apt:
		return "install the equivalents of Debian's packages " + strings.Join(packages, ", ")
	}
	return "apt-get install " + strings.Join(packages, " ")
}

func (i installer) reinstall(name string) string {
	switch {
	case name == "":
		return "fix its version command in the language table"
	case !i.apt:
		return "reinstall the equivalent of Debian's package " + name
	}
	return "apt-get install --reinstall " + name
}

// languages returns one check for those that work, one for those to install, and one for each that is broken.
func languages(all []Language, by installer) []Check {
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
				Name: l.Name, Value: "broken", State: Warn, Means: l.Fault, Fix: by.reinstall(l.Package),
			})
		default:
			works = append(works, strings.TrimSpace(l.Name+" "+l.Version))
		}
	}
	of := func(n int) string { return fmt.Sprintf("%d of %d", n, len(all)) }
	found := Check{Name: "working", Value: of(len(works)), State: OK, Means: strings.Join(works, ", ")}
	if works == nil {
		found.State, found.Means, found.Fix = Unfit, "no submission can be judged", by.install(packages)
	}
	checks := append([]Check{found}, broken...)
	if missing != nil {
		checks = append(checks, Check{
			Name: "missing", Value: of(len(missing)), State: Note,
			Means: strings.Join(missing, ", "), Fix: by.install(packages),
		})
	}
	return checks
}
