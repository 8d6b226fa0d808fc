package output

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"judge/judge/contest"
	"judge/judge/contest/score"
)

// TestRWSIsWhatTheServerReads checks every object by the rules of the server's classes: which fields there are, that
// scores have a decimal point and times have none, and that references lead to an object.
func TestRWSIsWhatTheServerReads(t *testing.T) {
	const text, integer, decimal, list, reference = `^".*"$`, `^-?\d+$`, `^-?\d+\.\d+$`, `^\[.*\]$`, `^"[A-Za-z0-9_]+"$`
	fields := map[string]map[string]string{
		"contests": {"name": text, "begin": integer, "end": integer, "score_precision": integer},
		"tasks": {"name": text, "short_name": text, "contest": reference, "max_score": decimal,
			"score_precision": integer, "extra_headers": list, "order": integer,
			"score_mode": `^"(max|max_subtask|max_tokened_last)"$`},
		"teams":       {"name": text},
		"users":       {"f_name": text, "l_name": text, "team": `^(null|"[A-Za-z0-9_]+")$`},
		"submissions": {"user": reference, "task": reference, "time": integer},
		"subchanges":  {"submission": reference, "time": integer, "score": decimal, "extra": list},
	}
	to := map[string]string{
		"contest": "contests", "team": "teams", "user": "users", "task": "tasks", "submission": "submissions",
	}
	for name, r := range samples() {
		if r.Contest.ID == "" {
			continue
		}
		dir := filepath.Join(t.TempDir(), "rws")
		if err := RWS(dir, r, score.Options{}); err != nil {
			t.Fatal(err)
		}
		for path, data := range tree(t, dir) {
			if path == markerFile {
				continue
			}
			var object map[string]json.RawMessage
			if err := json.Unmarshal([]byte(data), &object); err != nil {
				t.Fatal(err)
			}
			of := fields[filepath.Dir(path)]
			if !regexp.MustCompile(`/[A-Za-z0-9_]+\.json$`).MatchString(path) || len(object) != len(of) {
				t.Errorf("%s: %s holds %s", name, path, data)
			}
			for field, value := range object {
				compact := strings.Join(strings.Fields(string(value)), "")
				if !regexp.MustCompile(of[field]).MatchString(compact) {
					t.Errorf("%s: %s: %s is %s, expected %s", name, path, field, value, of[field])
				}
				if folder := to[field]; folder != "" && compact != "null" {
					if _, err := os.Stat(filepath.Join(dir, folder, strings.Trim(compact, `"`)+".json")); err != nil {
						t.Errorf("%s: %s: %s: %v", name, path, field, err)
					}
				}
			}
		}
	}
}

// rankingOf computes scores as the server does, from the folder alone.
func rankingOf(t *testing.T, dir string) map[string]float64 {
	t.Helper()
	type submission struct {
		User, Task string
		Time       int64
		score      float64
		extra      []string
		judged     bool
	}
	load := func(folder string, into any) {
		all := map[string]json.RawMessage{}
		for path, data := range tree(t, filepath.Join(dir, folder)) {
			all[strings.TrimSuffix(path, ".json")] = json.RawMessage(data)
		}
		data, err := json.Marshal(all)
		if err == nil {
			err = json.Unmarshal(data, into)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	submissions, tasks := map[string]*submission{}, map[string]struct {
		Mode string `json:"score_mode"`
	}{}
	changes := map[string]struct {
		Score float64
		Extra []string
	}{}
	load("submissions", &submissions)
	load("tasks", &tasks)
	load("subchanges", &changes)
	for id, change := range changes {
		s := submissions[id]
		s.score, s.extra, s.judged = change.Score, change.Extra, true
	}
	totals := map[string]float64{}
	for task, of := range tasks {
		best, groups, last := map[string]float64{}, map[string]map[int]float64{}, map[string]*submission{}
		for _, s := range submissions {
			if s.Task != task || !s.judged {
				continue
			}
			best[s.User] = max(best[s.User], s.score)
			if last[s.User] == nil || s.Time > last[s.User].Time {
				last[s.User] = s
			} else if s.Time == last[s.User].Time {
				t.Errorf("two submissions of %s to %s have the same time", s.User, s.Task)
			}
			if groups[s.User] == nil {
				groups[s.User] = map[int]float64{}
			}
			if len(s.extra) == 0 {
				groups[s.User][0] = max(groups[s.User][0], s.score)
			}
			for i, e := range s.extra {
				points, err := strconv.ParseFloat(e, 64)
				if err != nil {
					t.Fatal(err)
				}
				groups[s.User][i] = max(groups[s.User][i], points)
			}
		}
		for user := range best {
			switch of.Mode {
			case "max":
				totals[user] += best[user]
			case "max_tokened_last":
				totals[user] += last[user].score
			default:
				for _, points := range groups[user] {
					totals[user] += points
				}
			}
		}
	}
	return totals
}

func TestRankingServerComputesTheSameScores(t *testing.T) {
	for name, r := range samples() {
		if r.Contest.ID == "" {
			continue
		}
		for _, frozen := range []bool{false, true} {
			dir := filepath.Join(t.TempDir(), "rws")
			if err := RWS(dir, r, score.Options{Frozen: frozen}); err != nil {
				t.Fatal(err)
			}
			totals := rankingOf(t, dir)
			for _, row := range board(r, frozen).Rows {
				want := row.Score
				if r.Contest.Scoring.Type == contest.PassFail {
					want = float64(row.Solved)
				}
				if got := totals[key(row.Team.ID)]; math.Abs(got-want) > 1e-9 {
					t.Errorf("%s, frozen %v: expected %v for %s, got %v", name, frozen, want, row.Team.ID, got)
				}
			}
		}
	}
}

func TestRWSKeepsFacesAndFlags(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "rws")
	for range 2 {
		if err := RWS(dir, sample(contest.Score), score.Options{}); err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(dir, "flags", "lu.png"))
	}
	if _, there := tree(t, dir)["flags/lu.png"]; !there {
		t.Error("the flags are gone")
	}
}

func TestKeysAreThoseOfCMS(t *testing.T) {
	for id, want := range map[string]string{"abc9": "abc9", "a_b-c.d": "a_5fb_2dc_2ed", "é": "_e9"} {
		if got := key(id); got != want {
			t.Errorf("%s: expected %s, got %s", id, want, got)
		}
	}
}
