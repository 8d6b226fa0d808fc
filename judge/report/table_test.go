package report

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/mattn/go-runewidth"
	"github.com/olekukonko/tablewriter/pkg/twwidth"

	"judge/problems"
)

// TestMain takes the golden files out of the hands of the locale: characters of ambiguous width are narrow here.
func TestMain(m *testing.M) {
	twwidth.SetEastAsian(false)
	runewidth.DefaultCondition.EastAsianWidth = false
	os.Exit(m.Run())
}

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares with a file of testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what is drawn now; if that is meant, run the test with -update:\n%s", path, got)
	}
}

func draw(t *testing.T, table Table, r *Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := table.Write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTables(t *testing.T) {
	for _, row := range []struct {
		golden string
		report *Report
		table  Table
	}{
		{"one.txt", allAccepted(), Table{}},
		{"failing.txt", failing(), Table{}},
		{"verbose.txt", failing(), Table{Verbose: true}},
		{"surprising.txt", surprising(), Table{}},
		{"grouped.txt", grouped(), Table{}},
		{"scored.txt", scored(), Table{}},
		{"scored_several.txt", scoredToo(), Table{}},
		{"broken.txt", broken(), Table{}},
		{"partial.txt", partial(), Table{}},
		{"judge_error.txt", judgeError(), Table{}},
		{"mixed.txt", mixed(), Table{}},
		{"colour.txt", mixed(), Table{Color: true, Width: 80}},
		{"several.txt", mixed(), Table{Verbose: true}},
		{"wide.txt", wide(), Table{}},
		{"restless.txt", restless(), Table{}},
		{"flipping.txt", flipping(), Table{}},
		{"excerpts.txt", excerpted(), Table{Width: 80}},
		{"excerpts_narrow.txt", excerpted(), Table{Width: 34}},
		{"excerpts_long.txt", longLines(), Table{Width: 80}},
		{"excerpts_several.txt", silent(), Table{Width: 80}},
		{"excerpts_interactive.txt", talking(), Table{Width: 80}},
		{"list.txt", crowd(), Table{Width: 80}},
		{"roomy.txt", mixed(), Table{Width: 220}},
		{"hostile.txt", hostile(), Table{}},
		{"narrow.txt", hostile(), Table{Width: 40}},
	} {
		t.Run(row.golden, func(t *testing.T) { golden(t, row.golden, []byte(draw(t, row.table, row.report))) })
	}
}

func TestCSV(t *testing.T) {
	r := crowd()
	r.Submissions = append(r.Submissions[:4], scored().Submissions[0], compileError("=broken, \"here\".cpp", 4))
	var b bytes.Buffer
	if err := WriteCSV(&b, r); err != nil {
		t.Fatal(err)
	}
	golden(t, "submissions.csv", b.Bytes())
}

func TestHostileTextIsEscapedOnTheTerminal(t *testing.T) {
	for _, table := range []Table{{}, {Verbose: true}, {Width: 40}} {
		for _, r := range []*Report{hostile(), {Problem: Problem{Name: "\x1b[2J\n"}, Submissions: hostile().Submissions[:0]}} {
			for _, c := range draw(t, table, r) {
				if c != '\n' && !unicode.IsPrint(c) {
					t.Errorf("%+v: %q is drawn", table, c)
				}
			}
		}
	}
}

func TestRenderingLeavesTheReportAsItWas(t *testing.T) {
	r := hostile()
	draw(t, Table{}, r)
	var before, after bytes.Buffer
	if WriteJSON(&before, hostile()) != nil || WriteJSON(&after, r) != nil || before.String() != after.String() {
		t.Error("the report was changed")
	}
}

// TestBlocksFitTheTerminal: as long as one submission fits, no line of the table proper is wider than asked for.
func TestBlocksFitTheTerminal(t *testing.T) {
	for _, width := range []int{70, 80, 100, 200} {
		for _, r := range []*Report{mixed(), wide(), restless(), excerpted(), longLines(), silent(), crowd()} {
			for line := range strings.Lines(draw(t, Table{Width: width}, r)) {
				if n := twwidth.Width(strings.TrimSuffix(line, "\n")); n > width {
					t.Errorf("width %d: a line of %d: %s", width, n, line)
				}
			}
		}
	}
}

func TestColoursChangeNothingElse(t *testing.T) {
	escapes := strings.NewReplacer("\x1b[0m", "", "\x1b[1m", "", "\x1b[2m", "", "\x1b[31m", "", "\x1b[32m", "", "\x1b[33m", "", "\x1b[1;35m", "")
	for _, r := range []*Report{mixed(), failing(), partial(), judgeError(), surprising(), excerpted(), longLines(), crowd()} {
		plain, coloured := draw(t, Table{}, r), draw(t, Table{Color: true}, r)
		if got := escapes.Replace(coloured); got != plain {
			t.Errorf("without its colours it is\n%s\ninstead of\n%s", got, plain)
		}
		if coloured == plain {
			t.Error("nothing is coloured")
		}
	}
}

func TestUnjudgedReportIsNotDrawn(t *testing.T) {
	unjudged, short := sample(1), sample(2)
	unjudged.Submissions = []Submission{{Path: "a.cpp", Tests: []Test{{Name: "1", Verdict: problems.AC}}}}
	short.Submissions = []Submission{submission("a.cpp", ac(0.1))}
	for what, r := range map[string]*Report{"no verdict": unjudged, "a test too few": short} {
		if err := (Table{}).Write(&bytes.Buffer{}, r); err == nil {
			t.Errorf("%s: it was drawn", what)
		}
	}
}

func TestRowsHoldEveryTestOnceInOrder(t *testing.T) {
	for _, r := range []*Report{allAccepted(), failing(), grouped(), mixed(), wide(), restless()} {
		for _, verbose := range []bool{false, true} {
			next := 0
			all := rows(r.Submissions, r.Problem.Tests, verbose)
			for _, row := range all {
				if row.first != next || row.last < row.first {
					t.Fatalf("%+v after test %d", row, next)
				}
				next = row.last + 1
			}
			if next != r.Problem.Tests {
				t.Errorf("the rows end at %d of %d", next, r.Problem.Tests)
			}
			if verbose && len(all) != r.Problem.Tests {
				t.Errorf("verbose: %d lines for %d tests", len(all), r.Problem.Tests)
			}
			if most := maxRows + 2*len(r.Submissions) + 1; !verbose && len(all) > most {
				t.Errorf("%d lines, more than %d", len(all), most)
			}
		}
	}
}

func TestTheDecidingTestHasALineOfItsVerdict(t *testing.T) {
	r := restless()
	all := rows(r.Submissions, r.Problem.Tests, false)
	for _, s := range r.Submissions {
		i := firstFailure(s)
		at := slices.IndexFunc(all, func(row row) bool { return row.first <= i && i <= row.last })
		if v, text := all[at].verdict(s.Tests); v != s.Verdict || text != brief(s.Verdict, s.Reason) {
			t.Errorf("%s fails on test %s, whose line says %s", s.Path, s.Tests[i].Name, text)
		}
	}
}

func TestTimeOverTheLimitHasEnoughDecimals(t *testing.T) {
	for _, row := range []struct {
		spent, limit float64
		want         string
	}{
		{1.01, 1, "used 1.01 s of CPU, limit 1.00 s"},
		{1.004, 1, "used 1.004 s of CPU, limit 1.00 s"},
		{1.00001, 1, "used 1.00001 s of CPU, limit 1.00 s"},
		{0.5, 0.125, "used 0.50 s of CPU, limit 0.125 s"},
		{1, 1, "used 1.00 s of CPU, limit 1.00 s"},
	} {
		if got := over(row.spent, row.limit); got != row.want {
			t.Errorf("%v of %v: %s, want %s", row.spent, row.limit, got, row.want)
		}
	}
}

func TestCoresAreWrittenAsRanges(t *testing.T) {
	for want, cores := range map[string][]int{"": {}, "0": {0}, "0-1": {0, 1}, "1-3,5": {1, 2, 3, 5}, "2,0": {2, 0}} {
		if got := ranges(cores); got != want {
			t.Errorf("%v: %q, want %q", cores, got, want)
		}
	}
}

func TestALongNameKeepsItsBeginningAndItsEnd(t *testing.T) {
	for name, want := range map[string]string{
		"short.cpp":            "short.cpp",
		"a-rather-long-name.c": "a-rat…me.c",
		"漢字漢字漢字漢字.c":           "漢字…字.c",
	} {
		if got := CutMiddle(name, 10); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestSubmissionsHaveTheShortestDistinctNames(t *testing.T) {
	for _, row := range []struct{ paths, want string }{
		{"a.c", "a.c"},
		{"x/a.c y/b.c", "a.c b.c"},
		{"x/a.c y/a.c b.c", "x/a.c y/a.c b.c"},
		{"x/a.c a.c", "x/a.c a.c"},
		{"/x/a.c /y/x/a.c", "/x/a.c y/x/a.c"},
		{"a.c a.c", "a.c a.c"},
		{"dir/ other/dir//", "dir other/dir"},
	} {
		var submissions []Submission
		for path := range strings.FieldsSeq(row.paths) {
			submissions = append(submissions, Submission{Path: path})
		}
		if got := strings.Join(shortNames(submissions), " "); got != row.want {
			t.Errorf("%s: %s, want %s", row.paths, got, row.want)
		}
	}
}

func ExampleTable() {
	r := allAccepted()
	r.Submissions[0].Compile.Seconds = 0.9
	if err := (Table{}).Write(os.Stdout, r); err != nil {
		fmt.Println(err)
	}
	// Output:
	// A + B   57 tests · 1 s · 256 MiB · cores 0-1 · isolation full
	// right.cpp   cpp · compiled in 0.90 s
	//  test      verdict    time   memory
	// ────────────────────────────────────
	//  1 … 57    AC ×57   0.41 s  3.0 MiB
	// ────────────────────────────────────
	//  57 of 57  AC       0.41 s  3.0 MiB
}

func TestPartialScoreIsNextToTheVerdict(t *testing.T) {
	number := func(x float64) *float64 { return &x }
	for _, r := range []struct {
		tests []Test
		want  string
	}{
		{[]Test{{Verdict: problems.WA, Score: number(0.75)}}, "WA 0.75"},
		{[]Test{{Verdict: problems.WA, Score: number(1.0 / 3)}}, "WA 0.333333"},
		{[]Test{{Verdict: problems.AC, Score: number(1)}}, "AC"},
		{[]Test{{Verdict: problems.WA, Score: number(0)}}, "WA"},
		{[]Test{{Verdict: problems.AC, Points: number(12.5)}}, "AC 12.5 p"},
		{[]Test{{Verdict: problems.AC, Points: number(1e300)}}, "AC 1e+300 p"},
		{[]Test{{Verdict: problems.WA, Score: number(0.5)}, {Verdict: problems.WA, Score: number(0.5)}}, "WA 0.5"},
		{[]Test{{Verdict: problems.WA, Score: number(0.5)}, {Verdict: problems.WA}}, "2 WA"},
	} {
		if _, got := (row{0, len(r.tests) - 1}).verdict(r.tests); got != r.want {
			t.Errorf("%+v: %q, want %q", r.tests, got, r.want)
		}
	}
	of := func(a, b float64) []Submission { return []Submission{{Tests: []Test{{Score: &a}, {Score: &b}}}} }
	if !alike(of(0.5, 0.5), 0, 1) || alike(of(0.5, 0.75), 0, 1) {
		t.Error("tests that earn different parts are one line")
	}
}
