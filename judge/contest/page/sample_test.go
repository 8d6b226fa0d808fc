package page

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"judge/judge/contest"
	"judge/problems"
)

// hostile is a text that has to stay a text on every page.
const hostile = "</script><script>alert(1)</script><!--]]>&\"'`{{.}}\u202eevil\x1b[2J\x00\u2028"

// start is when the sample's contest starts.
func start() time.Time { return time.Date(2027, 3, 6, 10, 0, 0, 0, time.FixedZone("", 3600)) }

// sample is a small contest with a bit of everything: hostile names, a hidden team, a late submission, a judge error,
// a submission that is not judged, and an open rejudging.
func sample() *contest.Results {
	c := contest.Contest{
		ID: "spring27", Name: "Spring contest 2027", Start: start(), Duration: 5 * time.Hour, Freeze: time.Hour, Timed: true,
		Scoring: contest.Scoring{Penalty: 20 * time.Minute},
		Problems: []contest.Problem{
			{ID: "A", Label: "A", Name: "Alpha", RGB: "#ff0000", Facts: &contest.Facts{Tests: []contest.Test{
				{Name: "sample/1", Sample: true}, {Name: "secret/1", Group: "secret"},
			}}},
			{ID: "B", Label: "B", Name: hostile, RGB: "red;}", Facts: &contest.Facts{
				Tests: []contest.Test{{Name: "1"}, {Name: "2"}},
			}},
		},
		Organizations: []contest.Organization{{ID: "lth", Name: "Lunds tekniska högskola"}},
		Teams: []contest.Team{
			{ID: "evil", Name: hostile},
			{ID: "index", Name: "الفريق"},
			{ID: "jury", Name: "JURY TEAM", Hidden: true},
			{ID: "lund2", Name: "Lund 2 👩‍💻", Organization: "lth"},
		},
	}
	r := &contest.Results{Contest: c, Judge: "v1.2", Judgements: map[string]*contest.Judgement{}, Rounds: []contest.Round{
		{ID: 1, Opened: start(), Applied: start()},
		{ID: 2, Kind: contest.Rejudge, Opened: start().Add(time.Hour), Selection: contest.Selection{
			Problems: []string{"A"}, Submissions: []string{"s1", "s2", "s6", "s7"},
		}},
	}}
	r.Machines = []contest.Machine{{
		ID: 1, Name: "grader-1", FirstSeen: start(), LastSeen: start().Add(time.Hour), Class: contest.Class{
			ID: 1, CPU: "AMD EPYC", Kernel: "6.18", Cgroup: "v2", Isolation: "full", Toolchain: "0123456789abcdef",
			Judge: "fedcba9876543210", Speed: 1.01,
		},
	}}
	add := func(id, team, problem string, minute int, v problems.Verdict, evidence string) {
		r.Contest.Submissions = append(r.Contest.Submissions, contest.Submission{
			ID: id, Team: team, Problem: problem, Language: "cpp", Time: time.Duration(minute) * time.Minute,
		})
		if v != problems.Unjudged {
			r.Judgements[id] = &contest.Judgement{
				Submission: id, Round: 1, Verdict: v, Language: "cpp", CPU: 120 * time.Millisecond, Memory: 3 << 20,
				Evidence: evidence, Machine: "grader-1",
			}
		}
	}
	add("s1", "lund2", "A", 12, problems.WA, `WA on test secret/1: line 1: expected "5", got "6"`)
	add("s2", "lund2", "A", 44, problems.AC, "")
	add("s3", "evil", "A", 50, problems.CE, hostile)
	add("s4", "evil", "B", 60, problems.JE, "the checker crashed")
	add("s5", "jury", "A", 70, problems.RTE, "JURY EVIDENCE")
	add("s6", "lund2", "B", 250, problems.MLE, "FROZEN EVIDENCE")
	add("s7", "evil", "A", 299, problems.OLE, "FROZEN EVIDENCE")
	add("s8", "index", "B", 100, problems.Unjudged, "")
	add("s9", "lund2", "B", 301, problems.TLE, "LATE EVIDENCE")
	r.Judgements["s3"].Log = "a.cpp:1: error: " + hostile
	return r
}

// again are the judgements of the sample's rejudging.
func again(id int) (map[string]*contest.Judgement, error) {
	if id != 2 {
		return nil, fmt.Errorf("there is no round %d", id)
	}
	made := map[string]*contest.Judgement{}
	for id, v := range map[string]problems.Verdict{
		"s1": problems.AC, "s2": problems.AC, "s7": problems.OLE, "s6": problems.RTE,
	} {
		made[id] = &contest.Judgement{Submission: id, Round: 2, Verdict: v, Evidence: "AGAIN EVIDENCE"}
	}
	return made, nil
}

// many is a contest with many teams and submissions.
func many(teams, submissions int) *contest.Results {
	r := sample()
	r.Contest.Teams, r.Contest.Submissions, r.Judgements = nil, nil, map[string]*contest.Judgement{}
	for i := range teams {
		r.Contest.Teams = append(r.Contest.Teams, contest.Team{
			ID: fmt.Sprintf("t%04d", i), Name: fmt.Sprintf("Team %d of a university", i),
		})
	}
	r.Contest.Problems = nil
	for i := range 12 {
		id := string(rune('A' + i))
		r.Contest.Problems = append(r.Contest.Problems,
			contest.Problem{ID: id, Label: id, Name: fmt.Sprintf("Problem %d", i)})
	}
	for i := range submissions {
		id := fmt.Sprintf("s%05d", i)
		r.Contest.Submissions = append(r.Contest.Submissions, contest.Submission{
			ID: id, Team: fmt.Sprintf("t%04d", i*7%teams), Problem: string(rune('A' + i*5%12)),
			Language: []string{"cpp", "java", "python3"}[i%3],
			Time:     time.Duration(i) * 4 * time.Hour / time.Duration(submissions),
		})
		v := []problems.Verdict{problems.WA, problems.AC, problems.TLE, problems.RTE}[i%4]
		r.Judgements[id] = &contest.Judgement{
			Submission: id, Round: 1, Verdict: v, CPU: time.Duration(i) * time.Millisecond, Memory: 3 << 20,
		}
		if v != problems.AC {
			r.Judgements[id].Evidence = fmt.Sprintf(`%s on test secret/%d-random: `+
				`line %d, column 4: expected "%d 17 a longer line of output", got "%d <&> something else"`,
				v, i%40, i, i, i+1)
		}
	}
	return r
}

func written(t *testing.T, r *contest.Results, live Live) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, r, live); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
