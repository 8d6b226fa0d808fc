package clics

import (
	"archive/zip"
	"bytes"
	"context"
	"iter"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"judge/judge/contest"
	"judge/judge/report"
	"judge/problems"
)

// unpackText writes the files of a txtar archive to a new directory. A file x.zip/NAME becomes a file of the archive
// x.zip.
func unpackText(t *testing.T, data []byte) string {
	t.Helper()
	dir := t.TempDir()
	zips := map[string][]txtar.File{}
	for _, f := range txtar.Parse(data).Files {
		if archive, name, ok := strings.Cut(f.Name, ".zip/"); ok {
			zips[archive+".zip"] = append(zips[archive+".zip"], txtar.File{Name: name, Data: f.Data})
			continue
		}
		writeFile(t, filepath.Join(dir, f.Name), f.Data)
	}
	for name, files := range zips {
		writeFile(t, filepath.Join(dir, name), zipOf(t, files))
	}
	return dir
}

func zipOf(t *testing.T, files []txtar.File) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(f.Data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func writeFile(t testing.TB, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// smallContest returns the results of a contest with all that an export may hold: a frozen scoreboard, CE, hidden
// teams, groups, late submissions, a folder and an archive as sources.
func smallContest(t *testing.T, kind contest.Type) *contest.Results {
	t.Helper()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "a.cpp"), []byte("int main() {}\n"))
	writeFile(t, filepath.Join(dir, "b/Solve.java"), []byte("class Solve {}\n"))
	writeFile(t, filepath.Join(dir, "b/inner/Help.java"), []byte("class Help {}\n"))
	writeFile(t, filepath.Join(dir, "c.zip"), zipOf(t, []txtar.File{{Name: "main.py", Data: []byte("print(1)\n")}}))
	start := time.Date(2027, 3, 6, 10, 0, 0, 0, time.FixedZone("", 3600))
	facts := func(most float64) *contest.Facts {
		return &contest.Facts{TimeLimit: 1500 * time.Millisecond, MemoryLimit: 256 << 20, OutputLimit: 8 << 20,
			CodeLimit: 128 << 10, Tests: make([]contest.Test, 3), MaxScore: most, Points: most != 100}
	}
	r := &contest.Results{Judge: "v1.2.3", Contest: contest.Contest{
		ID: "spring27", Name: "Spring contest 2027", FormalName: "The Spring Contest of 2027", Start: start,
		Duration: 5 * time.Hour, Freeze: time.Hour, Timed: true, Dir: dir,
		Scoring: contest.Scoring{Type: kind, Penalty: 20 * time.Minute},
		Problems: []contest.Problem{
			{ID: "alpha", Label: "A", Name: "Alpha", Color: "blue", RGB: "#00f", Package: "problems/alpha", Facts: facts(100)},
			{ID: "beta", Label: "B", Name: "Beta", Package: "problems/beta", TimeLimit: 2 * time.Second, Facts: facts(60)},
		},
		Teams: []contest.Team{
			{ID: "1", Name: "Lund 2", Label: "L2", Organization: "lu", Groups: []string{"north"}},
			{ID: "2", Name: "ÅKth", DisplayName: "KTH 1", Groups: []string{"north", "judges"}},
			{ID: "3", Name: "zoe \u202e evil", Hidden: true},
			{ID: "4", Name: "Ack"},
		},
		Organizations: []contest.Organization{{ID: "lu", Name: "Lund University"}},
		Groups:        []contest.Group{{ID: "north", Name: "North"}, {ID: "judges", Name: "Judges"}},
	}, Judgements: map[string]*contest.Judgement{}}
	add := func(team, problem, path, language string, at time.Duration, v problems.Verdict, why report.Reason,
		points float64) {
		id := "s" + strconv.Itoa(1+len(r.Contest.Submissions))
		r.Contest.Submissions = append(r.Contest.Submissions, contest.Submission{ID: id, Team: team, Problem: problem,
			Path: path, Time: at, At: start.Add(at)})
		j := &contest.Judgement{Submission: id, Round: 1, Verdict: v, Reason: why, Language: language,
			CPU: 123456 * time.Microsecond, Memory: 1 << 20, Started: start.Add(6 * time.Hour), Ended: start.Add(6*time.Hour +
				2*time.Second)}
		if kind == contest.Score {
			j.Score = &points
		}
		r.Judgements[id] = j
	}
	add("1", "alpha", "a.cpp", "cpp", 10*time.Minute+500*time.Millisecond, problems.WA, "", 30)
	add("1", "alpha", "a.cpp", "cpp17", 20*time.Minute, problems.AC, "", 100)
	add("2", "alpha", "b", "java", 30*time.Minute, problems.CE, "", 0)
	add("2", "beta", "c.zip", "python3", 40*time.Minute, problems.TLE, report.Idle, 0)
	add("2", "beta", "c.zip", "python3", 41*time.Minute, problems.TLE, report.OverWall, 0)
	add("2", "beta", "a.cpp", "c", 42*time.Minute, problems.MLE, "", 20)
	add("2", "beta", "a.cpp", "cpp", 4*time.Hour+time.Minute, problems.OLE, "", 0)
	add("2", "beta", "a.cpp", "rust", 4*time.Hour+2*time.Minute, problems.AC, "", 60)
	add("3", "alpha", "a.cpp", "cpp", time.Minute, problems.AC, "", 100)
	add("4", "alpha", "a.cpp", "cpp", 5*time.Hour, problems.AC, "", 100)
	return r
}

// threeRuns returns three runs of each judgement: accepted, with the judgement's verdict, and skipped.
func threeRuns(r *contest.Results) func(context.Context) iter.Seq2[contest.RunsOf, error] {
	return func(context.Context) iter.Seq2[contest.RunsOf, error] {
		return func(yield func(contest.RunsOf, error) bool) {
			for _, s := range r.Contest.Submissions {
				j := r.Judgements[s.ID]
				if j == nil || j.Verdict == problems.CE {
					continue
				}
				of := contest.RunsOf{Submission: s.ID, Round: j.Round, Runs: []contest.Run{
					{Test: 1, Verdict: problems.AC, CPU: 10 * time.Millisecond, Wall: 20 * time.Millisecond},
					{Test: 2, Verdict: j.Verdict, Reason: j.Reason, CPU: j.CPU, Wall: 1500 * time.Millisecond},
					{Test: 3, Verdict: problems.SKIP},
				}}
				if !yield(of, nil) {
					return
				}
			}
		}
	}
}
