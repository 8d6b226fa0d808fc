package doctor

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
	"github.com/olekukonko/tablewriter/pkg/twwidth"
)

// TestMain takes the golden files out of the hands of the locale: characters of ambiguous width are narrow here.
func TestMain(m *testing.M) {
	twwidth.SetEastAsian(false)
	runewidth.DefaultCondition.EastAsianWidth = false
	os.Exit(m.Run())
}

var update = flag.Bool("update", false, "rewrite the golden files")

func draw(t *testing.T, table Table, s Sources) string {
	t.Helper()
	var b bytes.Buffer
	if err := table.Write(&b, Examine(s)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTables(t *testing.T) {
	ordinaryUbuntu := sources(quiet().with(ordinary).with(ubuntu))
	lacking(&ordinaryUbuntu)
	ordinaryUbuntu.Writable = denied
	for _, row := range []struct {
		golden string
		table  Table
		s      Sources
	}{
		{"quiet.txt", Table{}, sources(quiet())},
		{"laptop.txt", Table{Width: 100}, sources(quiet().with(laptop))},
		{"unfit.txt", Table{Width: 80}, ordinaryUbuntu},
		{"colour.txt", Table{Width: 80, Color: true}, ordinaryUbuntu},
	} {
		t.Run(row.golden, func(t *testing.T) {
			got, path := draw(t, row.table, row.s), filepath.Join("testdata", row.golden)
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want, err := os.ReadFile(path); err != nil || got != string(want) {
				t.Errorf("%s is not what is drawn now (%v); if that is meant, run the test with -update:\n%s", path, err, got)
			}
		})
	}
}

// TestTheGridFitsTheTerminal looks at all above the commands, which are never broken.
func TestTheGridFitsTheTerminal(t *testing.T) {
	s := sources(quiet().with(laptop))
	s.Languages = func() []Language { return []Language{{Name: strings.Repeat("long", 40), Fault: "no output"}} }
	for _, width := range []int{60, 80, 97, 120} {
		grid, _, _ := strings.Cut(draw(t, Table{Width: width}, s), "what to do")
		for line := range strings.Lines(grid) {
			if n := runewidth.StringWidth(strings.TrimSuffix(line, "\n")); n > width {
				t.Errorf("a line takes %d columns of %d: %s", n, width, line)
			}
		}
	}
}

func TestCommandsAreNotBroken(t *testing.T) {
	const command = "\n        echo 1 > /sys/devices/system/cpu/intel_pstate/no_turbo\n"
	if table := draw(t, Table{Width: 40}, sources(quiet().with(laptop))); !strings.Contains(table, command) {
		t.Errorf("it cannot be copied:\n%s", table)
	}
}

func TestHostTextIsEscapedOnTerminals(t *testing.T) {
	s := sources(quiet().with(changes{"proc/sys/kernel/core_pattern": "|/bin/x\x1b[2J\xff\u202e\nnext\n"}))
	s.Cache.Dir = "/tmp/a\x1b]0;b\x07\nc"
	table := draw(t, Table{}, s)
	if strings.ContainsAny(table, "\x1b\x07\u202e") || !utf8.ValidString(table) || !strings.Contains(table, `x\x1b[2J\xff\u202e next`) {
		t.Errorf("%q", table)
	}
}

func TestTextBreaksAtSpacesAndPathsBehindSlashes(t *testing.T) {
	for _, row := range []struct {
		text, want string
		width      int
	}{
		{"", "", 4},
		{"one two three", "one two\nthree", 8},
		{"to /sys/fs/cgroup", "to\n/sys/fs/\ncgroup", 9},
		{"kernel.core_pattern=x", "kernel.core_\npattern=x", 14},
		{"abcdefgh", "abc\ndef\ngh", 3},
		{"日本語", "日\n本\n語", 3},
		{"日本", "日\n本", 1}, // narrower than a character
	} {
		if got := wrap(row.text, row.width); got != row.want {
			t.Errorf("%q in %d columns: %q, want %q", row.text, row.width, got, row.want)
		}
	}
}

func TestTheConclusionCountsWhatMovesTimings(t *testing.T) {
	for name, row := range map[string]struct {
		s    Sources
		want string
	}{
		"nothing": {sources(quiet()), "\nfit for full isolation; no problem with timing found\n"},
		"one":     {sources(quiet().with(changes{cpuDir + "/cpu3/cpufreq/scaling_governor": "schedutil\n"})), "\nfit for full isolation; 1 warning about timing\n"},
		"more":    {sources(quiet().with(laptop)), "\nfit for full isolation; 4 warnings about timing; 1 other warning\n"},
	} {
		if table := draw(t, Table{}, row.s); !strings.HasSuffix(table, row.want) {
			t.Errorf("%s: it ends\n%s\nwant%s", name, table[max(0, len(table)-100):], row.want)
		}
	}
}

func TestJSONHasTheFactsOfTheTable(t *testing.T) {
	e := Examine(sources(quiet().with(laptop)))
	var b bytes.Buffer
	if err := WriteJSON(&b, e); err != nil {
		t.Fatal(err)
	}
	var read struct {
		Schema int
		Fit    *bool
		Checks []map[string]string
	}
	if err := json.Unmarshal(b.Bytes(), &read); err != nil {
		t.Fatal(err)
	}
	if read.Schema != 1 || read.Fit == nil || !*read.Fit || len(read.Checks) != len(e.Checks) {
		t.Fatalf("%s", b.String())
	}
	for i, c := range e.Checks {
		want := map[string]string{"name": c.Name, "group": c.Group.String(), "value": c.Value, "state": c.State.String(), "means": c.Means, "fix": c.Fix}
		for key, value := range want {
			if got, ok := read.Checks[i][key]; !ok || got != value {
				t.Errorf("%s: %s is %q, want %q", c.Name, key, got, value)
			}
		}
	}
}

func TestCheckWithoutStateIsNotWritten(t *testing.T) {
	if err := WriteJSON(&bytes.Buffer{}, Examination{Checks: []Check{{Name: "x"}}}); err == nil {
		t.Error("it was written")
	}
}
