package verify

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"judge/judge/report"
)

// saved returns results as the commands write them: of judge verify, and of judge run.
func saved(t *testing.T) (all map[string]string) {
	t.Helper()
	all = map[string]string{}
	r := sample()
	for name, value := range map[string]any{"verify": r, "run": r.Problems[0].Report} {
		data, err := json.MarshalIndent(value, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		all[name] = string(data) + "\n"
	}
	return all
}

// renderings are all outputs of a saved report.
func renderings(t *testing.T, s Saved) string {
	t.Helper()
	var b bytes.Buffer
	for _, write := range []func(io.Writer, Result) error{Text{Verbose: true}.Write, WriteJUnit, WriteHTML, WriteSummary} {
		if err := write(&b, s.Result); err != nil {
			t.Error(err)
		}
	}
	if s.Run != nil {
		if err := (report.Table{Verbose: true}).Write(&b, s.Run); err != nil {
			t.Error(err)
		}
	}
	return b.String()
}

func TestSavedReportsRenderAsTheyDidAtFirst(t *testing.T) {
	all := saved(t)
	back, err := ReadJSON(strings.NewReader(all["verify"]))
	if err != nil || back.Run != nil {
		t.Fatalf("a report of verify: %v, of run: %v", err, back.Run != nil)
	}
	if got, want := renderings(t, back), renderings(t, Saved{Result: sample()}); got != want {
		t.Errorf("got\n%s\nexpected\n%s", got, want)
	}
	back, err = ReadJSON(strings.NewReader(all["run"]))
	if err != nil || back.Run == nil {
		t.Fatalf("a report of run: %v", err)
	}
	of := sample().Problems[0].Report
	if got, want := renderings(t, back), renderings(t, Saved{Run: of, Result: OfReport(of)}); got != want {
		t.Errorf("got\n%s\nexpected\n%s", got, want)
	}
}

func TestTruncatedReportsAreIncomplete(t *testing.T) {
	for name, whole := range saved(t) {
		for n := 1; n < len(whole)-2; n += 7 {
			_, err := ReadJSON(strings.NewReader(whole[:n]))
			if err == nil || !strings.HasPrefix(err.Error(), "incomplete: the JSON ends after") {
				t.Errorf("%s, %d bytes: got %v", name, n, err)
			}
		}
	}
}

func TestOtherFilesAreRejectedByName(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"", "empty: expected the JSON of judge run or judge verify"},
		{"{}", "not a report: expected the JSON of judge run or judge verify"},
		{"[]", `malformed report: line 1: "" has the wrong type, array`},
		{"{\n\"schema\": }", "malformed JSON: line 2: invalid character '}' looking for beginning of value"},
		{`{"schema": 2, "problems": []}`, "schema 2: this judge reads schema 1"},
		{`{"schema": 1, "problems": {}}`, `malformed report: line 1: "problems" has the wrong type, object`},
		{`{"schema": 1, "problems": [{"findings": [{"severity": "x", "check": "input"}]}]}`,
			`problem 1: a finding with the severity "x": expected error or warning`},
		{`{"schema": 1, "problems": [{"findings": [{"check": "x"}]}]}`, `malformed report: unknown kind of finding "x"`},
		{`{"schema": 1, "problems": [{"report": {"problem": {"tests": 1}, "submissions": [{"verdict": "AC"}]}}]}`,
			"problem 1: submission 1 has 0 tests, the problem has 1"},
		{`{"schema": 1, "problem": {"tests": 1}, "submissions": [{"verdict": "AC"}]}`,
			"read a report: submission 1 has 0 tests, the problem has 1"},
		{`{"schema": 1, "submissions": [{"verdict": "OK"}]}`, "read a report: "},
	} {
		if _, err := ReadJSON(strings.NewReader(row.text)); err == nil || !strings.HasPrefix(err.Error(), row.want) {
			t.Errorf("%s: got %v, expected %q", row.text, err, row.want)
		}
	}
}

// TestHostileNumbersRender: whatever the numbers of a report are, it is rendered or refused.
func TestHostileNumbersRender(t *testing.T) {
	number := regexp.MustCompile(`: -?[0-9]+(\.[0-9]+)?([,\n])`)
	for name, whole := range saved(t) {
		for _, n := range []string{"-1", "1e300", "-1e300", "0", "9223372036854775807", "-9223372036854775808"} {
			text := number.ReplaceAllString(whole, fmt.Sprintf(": %s$2", n))
			text = regexp.MustCompile(`"schema": [^,]*`).ReplaceAllString(text, `"schema": 1`)
			text = regexp.MustCompile(`"tests": -?[0-9e]+`).ReplaceAllString(text, `"tests": 3`)
			s, err := ReadJSON(strings.NewReader(text))
			if err == nil {
				renderings(t, s)
			} else if !strings.Contains(n, "e300") && !strings.Contains(n, "922") {
				t.Errorf("%s with %s: %v", name, n, err)
			}
		}
	}
}

func TestReportsOfRunHaveTheirFailures(t *testing.T) {
	r := sample().Problems[0].Report
	result := OfReport(r)
	var got []string
	for _, f := range result.Problems[0].Findings {
		got = append(got, fmt.Sprintf("%s: %s", f.Check, f.Message))
	}
	want := []string{"submission: WA on secret/02: ", "judge error: judge error on test secret/02: "}
	if len(got) != len(want) {
		t.Fatalf("got %q", got)
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("got %q, expected it to begin with %q", got[i], want[i])
		}
	}
	xml := written(t, WriteJUnit, result)
	if n := strings.Count(xml, "<failure "); n != 1 || strings.Count(xml, "<error ") != 1 {
		t.Errorf("%d failures in\n%s", n, xml)
	}
	for name, schema := range map[string]map[string]element{"Ant": ant(), "Jenkins": jenkins()} {
		for _, fault := range parse(t, xml).faults(schema) {
			t.Errorf("%s: %s", name, fault)
		}
	}
	if page := written(t, WriteHTML, result); !strings.Contains(page, "<h1>judge run</h1>") {
		t.Error("the page does not name its command")
	}
}
