package icpc

import (
	"errors"
	"strings"
	"testing"

	"judge/problems"
)

// versionOf is the problem.yaml of a package of some version.
func versionOf(version, more string) map[string]string {
	return map[string]string{"problem.yaml": "problem_format_version: " + version + "\nname: Hello\nuuid: x\n" + more}
}

func TestFileWritingByVersion(t *testing.T) {
	for _, row := range []struct {
		version, more string
		readOnly      bool
	}{
		{"2025-09", "", true},
		{"2025-09", "allow_file_writing: false\n", true},
		{"2025-09", "allow_file_writing: true\n", false},
		{"2023-07", "", false},
		{"2023-07", "allow_file_writing: false\n", true},
		{"2023-07-draft", "", false},
		{"draft", "", false},
		{"legacy", "", false},
		{"legacy-icpc", "", false},
		{"2042-01", "", true},
	} {
		p := read(t, versionOf(row.version, row.more))
		if p.Limits.ReadOnly != row.readOnly {
			t.Errorf("%s with %q: ReadOnly is %v, want %v", row.version, row.more, p.Limits.ReadOnly, row.readOnly)
		}
		if latest := row.version == "2025-09" || row.version == "2042-01"; p.Limits.OutputOfAll != latest {
			t.Errorf("%s: OutputOfAll is %v", row.version, p.Limits.OutputOfAll)
		}
	}
	if p := read(t,
		map[string]string{"problem.yaml": "name: Hello\nallow_file_writing: false\n"}); p.Limits.ReadOnly || len(p.Remarks) != 1 {
		t.Errorf("legacy with the key: %v, %v", p.Limits.ReadOnly, p.Remarks)
	}
	if _, err := Read(tree(t, hello(versionOf("2025-09", "allow_file_writing: 7\n")))); err == nil {
		t.Error("a number for allow_file_writing: no error")
	}
}

func TestTimeLimitIsAMultipleOfTimeResolution(t *testing.T) {
	for _, row := range []struct {
		version, limits string
		fails           bool
	}{
		{"2025-09", "time_limit: 1.5", true},
		{"2025-09", "time_limit: 0.5", true},
		{"2025-09", "{time_limit: 1.5, time_resolution: 1.0}", true},
		{"2025-09", "{time_limit: 1, time_resolution: 2}", true},
		{"2025-09", "{time_limit: 0.25, time_resolution: 0.1}", true},
		{"2025-09", "{time_limit: 1.0001, time_resolution: 0.1}", true},
		{"2025-09", "time_limit: 2", false},
		{"2025-09", "time_limit: 2.0", false},
		{"2025-09", "{time_limit: 1.5, time_resolution: 0.5}", false},
		{"2025-09", "{time_limit: 0.3, time_resolution: 0.1}", false},
		{"2025-09", "{time_limit: 0.7, time_resolution: 0.1}", false},
		{"2025-09", "{time_limit: 4.35, time_resolution: 0.05}", false},
		{"2025-09", "{time_limit: 1.1, time_resolution: 0.001}", false},
		{"2025-09", "time_resolution: 0.3", false},
		{"2023-07", "time_limit: 1.5", false},
		{"legacy", "time_limit: 1.5", false},
	} {
		more := "limits: " + row.limits + "\n"
		if !strings.HasPrefix(row.limits, "{") {
			more = "limits:\n  " + row.limits + "\n"
		}
		_, err := Read(tree(t, hello(versionOf(row.version, more))))
		if row.fails {
			fault := new(problems.Error)
			if !errors.As(err, &fault) || fault.Line == 0 || !strings.Contains(fault.Msg,
				"not a multiple of time_resolution") || fault.Hint == "" {
				t.Errorf("%s, %s: %v", row.version, row.limits, err)
			}
		} else if err != nil {
			t.Errorf("%s, %s: %v", row.version, row.limits, err)
		}
	}
	dir := tree(t, hello(map[string]string{"problem.yaml": "problem_format_version: 2025-09\nname: Hello\n",
		".timelimit": "1.5\n"}))
	if _, err := Read(dir); err != nil {
		t.Errorf("a limit in a file of another tool: %v", err)
	}
}

func TestConflictingTolerances(t *testing.T) {
	const group = "data/secret/test_group.yaml"
	for _, row := range []struct {
		args  string
		fails string
	}{
		{`[float_tolerance, "1e-6", float_absolute_tolerance, "1e-9"]`, "alongside"},
		{`[float_absolute_tolerance, "1e-9", float_tolerance, "1e-6"]`, "alongside"},
		{`[float_relative_tolerance, "1e-9", case_sensitive, float_tolerance, "1e-6"]`, "alongside"},
		{`[float_tolerance, "1e-6", float_tolerance, "1e-6"]`, "twice"},
		{`[float_absolute_tolerance, "1e-6", float_relative_tolerance, "1e-6", float_absolute_tolerance, "1e-6"]`, "twice"},
		{`[float_relative_tolerance, "1e-6", float_relative_tolerance, "1e-9"]`, "twice"},
		{`[float_absolute_tolerance, "1e-9", float_relative_tolerance, "1e-6"]`, ""},
		{`[float_tolerance, "1e-6", case_sensitive, space_change_sensitive]`, ""},
		{`[case_sensitive, case_sensitive]`, ""},
		{`[]`, ""},
	} {
		for _, file := range []string{group, "data/secret/01.yaml"} {
			files := hello(map[string]string{file: "output_validator_args: " + row.args + "\n"})
			_, err := Read(tree(t, files))
			if row.fails == "" && err != nil || row.fails != "" && (err == nil || !strings.Contains(err.Error(), row.fails)) {
				t.Errorf("%s in %s: %v", row.args, file, err)
			}
		}
	}
	// The legacy version has no such rule.
	for _, version := range []string{"legacy", "2023-07"} {
		read(t,
			map[string]string{"problem.yaml": "problem_format_version: " + version + "\nname: Hello\nvalidator_flags: float_tolerance 1e-6 float_absolute_tolerance 1e-9\n"})
	}
}
