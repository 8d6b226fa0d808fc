package specedit

import (
	"errors"
	"testing"
)

func TestTimeLimitIsSetInPlace(t *testing.T) {
	for _, row := range []struct{ what, before, after string }{
		{"a value with a comment",
			"name: A  # the name\nlimits:\n  # seconds\n  time_limit: 1.0   # measured in May\n  memory: 256\n",
			"name: A  # the name\nlimits:\n  # seconds\n  time_limit: 2.5   # measured in May\n  memory: 256\n"},
		{"a quoted value", "limits: {time_limit: \"1\", memory: 64}\n", "limits: {time_limit: 2.5, memory: 64}\n"},
		{"a flow mapping", "limits: {memory: 256}  # all\ntests: '*.in'\n",
			"limits: {time_limit: 2.5, memory: 256}  # all\ntests: '*.in'\n"},
		{"an empty flow mapping", "limits: {}\n", "limits: {time_limit: 2.5}\n"},
		{"a flow mapping of two lines", "limits: {\n  memory: 256,\n}\n", "limits: {time_limit: 2.5, \n  memory: 256,\n}\n"},
		{"a block without it", "limits:\n    # all of it\n    memory: 256\n",
			"limits:\n    time_limit: 2.5\n    # all of it\n    memory: 256\n"},
		{"a key without a value", "limits:\ntests: a\n", "limits:\n  time_limit: 2.5\ntests: a\n"},
		{"no limits", "name: A\ntests: a", "name: A\ntests: a\nlimits:\n  time_limit: 2.5\n"},
		{"Windows line ends", "name: A\r\nlimits:\r\n  memory: 1\r\n", "name: A\r\nlimits:\r\n  time_limit: 2.5\r\n  memory: 1\r\n"},
		{"a byte order mark", "\uFEFFlimits: {time_limit: 1}\n", "\uFEFFlimits: {time_limit: 2.5}\n"},
		{"wide characters before it", "{é: 1}", ""},
		{"names in other scripts", "name: 最大\nlimits: { memory: 3, time_limit: 1 } # ü\n",
			"name: 最大\nlimits: { memory: 3, time_limit: 2.5 } # ü\n"},
		{"an anchor", "limits: {time_limit: &t 1, validation_time: *t}\n", ""},
		{"an alias", "a: &l {time_limit: 1}\nlimits: *l\n", ""},
		{"a list", "limits: [1]\n", ""},
		{"no mapping", "- a\n", ""},
		{"no YAML", "a: [\n", ""},
		{"the end of the document", "name: A\n...\n", ""},
	} {
		got, err := SetTimeLimit([]byte(row.before), "2.5")
		if row.after == "" {
			if !errors.Is(err, ErrByHand) {
				t.Errorf("%s: expected ErrByHand, got %q, %v", row.what, got, err)
			}
			continue
		}
		if err != nil || string(got) != row.after {
			t.Errorf("%s: got\n%s%v\nwant\n%s", row.what, got, err, row.after)
		}
	}
}

func TestExpectationsAreSetInPlace(t *testing.T) {
	before := `name: A
submissions:
  # the right ones
  - path: a.cpp      # by Ada
  - {path: b.cpp, language: cpp}
  - {path: "c d.py", expect: [TLE, "ML]E"]} # slow
  - path: d.py
    expect: AC  # ?
    score: 100
  - path: ./e.py
`
	want := `name: A
submissions:
  # the right ones
  - path: a.cpp      # by Ada
    expect: AC
    score: 100
  - {path: b.cpp, expect: WA, language: cpp}
  - {path: "c d.py", expect: TLE} # slow
  - path: d.py
    expect: RTE  # ?
    score: 40
  - path: ./e.py
    expect: MLE
`
	got, err := SetExpectations([]byte(before), []Expectation{
		{"a.cpp", []string{"expect", "score"}, []string{"AC", "100"}}, {"b.cpp", []string{"expect"}, []string{"WA"}},
		{"c d.py", []string{"expect"}, []string{"TLE"}}, {"d.py", []string{"expect", "score"}, []string{"RTE", "40"}},
		{"e.py", []string{"expect"}, []string{"MLE"}}, {"unlisted.py", []string{"expect"}, []string{"MLE"}},
	})
	if err != nil || string(got) != want {
		t.Errorf("got\n%s%v\nwant\n%s", got, err, want)
	}
	for _, spec := range []string{
		"- a\n", "submissions: a.cpp\n", "submissions:\n- path: a.cpp\n  expect:\n  - AC\n",
	} {
		if got, err := SetExpectations([]byte(spec), []Expectation{{"a.cpp", []string{"expect"}, []string{"WA"}}}); err == nil {
			t.Errorf("%q: expected an error, got %q", spec, got)
		}
	}
}

func FuzzSetTimeLimit(f *testing.F) {
	f.Add([]byte("limits: {time_limit: 1}\n"))
	f.Add([]byte("a: 1\nlimits:\n  memory: '2'\n"))
	f.Fuzz(func(_ *testing.T, data []byte) { SetTimeLimit(data, "2") }) //nolint:errcheck // only a panic is a failure
}
