package output

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"maps"
	"math"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"judge/judge/contest"
	"judge/judge/contest/score"
	"judge/judge/report"
)

func schema(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.AssertFormat()
	compiled, err := compiler.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// samples are contests of every kind.
func samples() map[string]*contest.Results {
	best := sample(contest.Score)
	best.Contest.Scoring.Best, best.Contest.Scoring.Ties = contest.BestPerGroup, contest.TimeBreaks
	last := sample(contest.Score)
	last.Contest.Scoring.Best = contest.LastSubmission
	untimed := sample(contest.PassFail)
	untimed.Contest.Timed, untimed.Contest.Start = false, time.Time{}
	for i := range untimed.Contest.Submissions {
		untimed.Contest.Submissions[i].Time = 0
	}
	endless := sample(contest.Score)
	endless.Contest.Duration = 0
	return map[string]*contest.Results{"pass-fail": sample(contest.PassFail), "score": sample(contest.Score),
		"best-per-group": best, "last": last, "untimed": untimed, "endless": endless, "empty": {}}
}

func TestDocumentsAreAsTheSchemaSays(t *testing.T) {
	of := schema(t, "schema.json")
	for name, r := range samples() {
		for _, frozen := range []bool{false, true} {
			var b bytes.Buffer
			if err := JSON(&b, r, score.Options{Frozen: frozen}); err != nil {
				t.Fatal(err)
			}
			value, err := jsonschema.UnmarshalJSON(&b)
			if err != nil {
				t.Fatal(err)
			}
			if err := of.Validate(value); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// TestSchemaHasEveryField compares the schema's fields with those that are written; all of them are required.
func TestSchemaHasEveryField(t *testing.T) {
	data, err := os.ReadFile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	type object struct {
		Required   []string
		Properties map[string]any
	}
	var top struct {
		object
		Defs map[string]object `json:"$defs"`
	}
	if err := json.Unmarshal(data, &top); err != nil {
		t.Fatal(err)
	}
	types := map[string]any{"": Document{}, "judge": report.Build{}, "contest": Contest{}, "problem": Problem{},
		"team": Team{}, "submission": Submission{}, "row": Row{}, "cell": Cell{}, "round": Round{},
		"selection": Selection{}, "machine": Machine{}, "disagreement": Disagreement{}}
	for name, of := range types {
		described := top.Defs[name]
		if name == "" {
			described = top.object
		}
		var written []string
		for i := range reflect.TypeOf(of).NumField() {
			written = append(written, reflect.TypeOf(of).Field(i).Tag.Get("json"))
		}
		slices.Sort(written)
		slices.Sort(described.Required)
		if !slices.Equal(written, slices.Sorted(maps.Keys(described.Properties))) ||
			!slices.Equal(written, described.Required) {
			t.Errorf("%q: written are %q, the schema has %q", name, written, slices.Sorted(maps.Keys(described.Properties)))
		}
	}
	for name := range top.Defs {
		if _, known := types[name]; !known && name != "relative" && name != "moment" {
			t.Errorf("nothing is written as %q", name)
		}
	}
}

// document returns what JSON writes.
func document(t *testing.T, r *contest.Results, frozen bool) (d Document) {
	t.Helper()
	var b bytes.Buffer
	if err := JSON(&b, r, score.Options{Frozen: frozen}); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestJSONShowsWhatIsNotGradedAsNull(t *testing.T) {
	d := document(t, sample(contest.PassFail), false)
	if len(d.Submissions) != 16 || len(d.Scoreboard) != 4 {
		t.Fatalf("expected 16 submissions and 4 teams, got %d and %d", len(d.Submissions), len(d.Scoreboard))
	}
	if one := d.Submissions[6]; one.Verdict != nil || one.Reason != nil || one.Score != nil || one.Language != "C++" {
		t.Errorf("expected null for a submission that is not graded, got %+v", one)
	}
	if one := d.Submissions[0]; *one.Verdict != "AC" || *one.ContestTime != "0:12:34.567" || one.Language != "cpp" {
		t.Errorf("got %+v", one)
	}
	if one := d.Submissions[15]; *one.ContestTime != "-0:05:00.000" {
		t.Errorf("got %+v", one)
	}
	if first := d.Scoreboard[0]; first.Team != "lund2" || *first.Penalty != 12+64+299 || first.Score != nil {
		t.Errorf("got %+v", first)
	}
}

func TestFrozenOutputsTellNothingOfTheFreeze(t *testing.T) {
	r := sample(contest.PassFail)
	// Whatever was judged of the freeze: nothing of the frozen outputs changes.
	other := sample(contest.PassFail)
	for _, s := range other.Contest.Submissions {
		if s.Time >= 4*time.Hour {
			delete(other.Judgements, s.ID)
		}
	}
	other.Differ = other.Differ[:1]
	for name, write := range map[string]func(*contest.Results) (string, error){
		"JSON": func(r *contest.Results) (string, error) {
			var b bytes.Buffer
			err := JSON(&b, r, score.Options{Frozen: true})
			return b.String(), err
		},
		"CSV": func(r *contest.Results) (string, error) {
			var b bytes.Buffer
			err := CSV(&b, r, score.Options{Frozen: true})
			return b.String(), err
		},
		"terminal": func(r *contest.Results) (string, error) {
			return draw(t, Terminal{}, board(r, true)), nil
		},
	} {
		one, err := write(r)
		if err != nil {
			t.Fatal(err)
		}
		two, err := write(other)
		if err != nil {
			t.Fatal(err)
		}
		if one != two {
			t.Errorf("%s tells of the freeze: expected\n%s\ngot\n%s", name, two, one)
		}
	}
}

func TestScoresOfAScoreContestAreNumbersOfTheBoard(t *testing.T) {
	r := sample(contest.Score)
	bad := math.Inf(1)
	r.Judgements["s02"].Score = &bad
	d := document(t, r, false)
	if *d.Submissions[0].Score != 100 || *d.Submissions[1].Score != 0 || d.Submissions[8].Score != nil {
		t.Errorf("expected 100 for AC, 0 for what is no number, null for JE, got %v %v %v",
			d.Submissions[0].Score, d.Submissions[1].Score, d.Submissions[8].Score)
	}
	if first := d.Scoreboard[0]; *first.Score != 260 || first.Penalty != nil || *first.Problems[2].Score != 60 {
		t.Errorf("got %+v", first)
	}
}

func TestCSVIsAsTheSchemaSays(t *testing.T) {
	of := schema(t, "schema_csv.json")
	data, err := os.ReadFile("schema_csv.json")
	if err != nil {
		t.Fatal(err)
	}
	var described struct{ Required []string }
	if err := json.Unmarshal(data, &described); err != nil {
		t.Fatal(err)
	}
	for name, r := range samples() {
		var b bytes.Buffer
		if err := CSV(&b, r, score.Options{}); err != nil {
			t.Fatal(err)
		}
		lines, err := csv.NewReader(&b).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(lines[0], described.Required) || len(lines) != 1+len(r.Contest.Submissions) {
			t.Fatalf("%s: got %d lines with the columns %q", name, len(lines), lines[0])
		}
		for _, line := range lines[1:] {
			row := map[string]any{}
			for i, column := range lines[0] {
				row[column] = line[i]
			}
			if err := of.Validate(row); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func TestCSVKeepsPathsAsTheyAre(t *testing.T) {
	var b bytes.Buffer
	if err := CSV(&b, sample(contest.PassFail), score.Options{}); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := lines[8]; got[8] != hostile || got[5] != "TLE" || got[6] != "cpu" {
		t.Errorf("expected the path %q, got %q", hostile, got)
	}
	if got := strings.Join(lines[1], ","); got != "s01,lund2,A,cpp,0:12:34.567,AC,,,submissions/s01.cpp" {
		t.Errorf("got %s", got)
	}
}
