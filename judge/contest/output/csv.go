package output

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"judge/judge/contest"
	"judge/judge/contest/score"
)

// CSV writes all submissions, a line each, in the order of the contest: id, team, problem, language, contest_time,
// verdict, reason, score, path. A field is empty where JSON has null. schema_csv.json describes the columns.
//
// Fields are written as they are. A path that begins with = or + stays so, although a spreadsheet may compute it: a
// guard against that would name another file. Ids and verdicts cannot begin so.
func CSV(w io.Writer, r *contest.Results, o score.Options) error {
	out := csv.NewWriter(w)
	lines := [][]string{{"id", "team", "problem", "language", "contest_time", "verdict", "reason", "score", "path"}}
	for _, s := range submissions(r, o) {
		number := ""
		if s.Score != nil {
			number = strconv.FormatFloat(*s.Score, 'f', -1, 64)
		}
		lines = append(lines, []string{s.ID, s.Team, s.Problem, s.Language, orEmpty(s.ContestTime), orEmpty(s.Verdict),
			orEmpty(s.Reason), number, s.Path})
	}
	if err := out.WriteAll(lines); err != nil {
		return fmt.Errorf("write the submissions: %w", err)
	}
	return nil
}

func orEmpty(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
