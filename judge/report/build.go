package report

import (
	"cmp"
	"runtime/debug"
)

// release is the version of a packaged build. Only the linker sets it: -X judge/judge/report.release=v0.1.0.
var release string

// Build identifies the judge that made a report.
type Build struct {
	Version  string `json:"version"`  // a release such as v0.1.0; "(devel)": built from a checkout
	Revision string `json:"revision"` // of git, with "+" behind it if files were changed; "": unknown
}

// ThisBuild returns what the Go toolchain has recorded about this binary.
func ThisBuild() Build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return Build{Version: "unknown"}
	}
	return buildOf(release, info)
}

// buildOf prefers the version of a packaged build to that of the toolchain, which knows none outside a git repository.
func buildOf(release string, info *debug.BuildInfo) Build {
	b := Build{Version: cmp.Or(release, info.Main.Version)}
	if b.Version == "" {
		b.Version = "(devel)"
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	b.Revision = settings["vcs.revision"]
	if b.Revision != "" && settings["vcs.modified"] == "true" {
		b.Revision += "+"
	}
	return b
}

// String returns the build as people write it.
func (b Build) String() string {
	if b.Revision == "" {
		return b.Version
	}
	return b.Version + " (" + b.Revision + ")"
}
