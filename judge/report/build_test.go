package report

import (
	"runtime/debug"
	"testing"
)

func TestBuildFromWhatTheToolchainRecords(t *testing.T) {
	setting := func(key, value string) debug.BuildSetting { return debug.BuildSetting{Key: key, Value: value} }
	for _, row := range []struct {
		release  string
		version  string
		settings []debug.BuildSetting
		want     string
	}{
		{"", "", nil, "(devel)"},
		{"", "v0.1.0", nil, "v0.1.0"},
		{"", "v0.1.0", []debug.BuildSetting{setting("vcs.revision", "abc"), setting("vcs.modified", "false")}, "v0.1.0 (abc)"},
		{"", "(devel)", []debug.BuildSetting{setting("vcs.revision", "abc"), setting("vcs.modified", "true")}, "(devel) (abc+)"},
		{"v0.2.0", "", nil, "v0.2.0"},
		{"v0.2.0", "v0.1.1-0.2026-abc", []debug.BuildSetting{setting("vcs.revision", "abc")}, "v0.2.0 (abc)"},
	} {
		got := buildOf(row.release, &debug.BuildInfo{Main: debug.Module{Version: row.version}, Settings: row.settings}).String()
		if got != row.want {
			t.Errorf("%q %v: got %q, expected %q", row.version, row.settings, got, row.want)
		}
	}
}
