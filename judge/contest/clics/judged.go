package clics

import (
	"cmp"
	"encoding/json"
	"strconv"
	"time"

	"judge/judge/contest"
	"judge/judge/contest/score"
	"judge/judge/report"
	"judge/problems"
)

// verdict is a judgement that is written.
type verdict struct {
	*contest.Judgement
	id         string
	kind       string // judgement type
	start, end time.Time
}

// verdicts returns the judgements that are written, by submission: those that are final and may be shown.
func (w *writer) verdicts() map[string]*verdict {
	all := map[string]*verdict{}
	for _, s := range w.c.Submissions {
		j := score.Shown(w.c, s, w.Results.Judgements[s.ID], score.Options{Frozen: w.frozen})
		if j == nil {
			continue
		}
		if kind := w.typeOf(j.Verdict, j.Reason); kind != "" {
			id := contest.ID(s.ID + "-" + strconv.Itoa(max(j.Round, 1)))
			all[s.ID] = &verdict{Judgement: j, id: id, kind: kind}
		}
	}
	return all
}

// typeOf returns the judgement type of a verdict; "" for one that is not final.
func (w *writer) typeOf(v problems.Verdict, reason report.Reason) string {
	switch v {
	case problems.AC, problems.WA, problems.RTE, problems.CE:
		return v.String()
	case problems.TLE:
		switch {
		case w.Detailed && reason == report.OverWall:
			return "WTL"
		case w.Detailed && reason == report.Idle:
			return "ILE"
		}
		return "TLE"
	case problems.MLE:
		if w.Detailed {
			return "MLE"
		}
		return "RTE"
	case problems.OLE:
		if w.Detailed {
			return "OLE"
		}
		return "WA"
	}
	return ""
}

// writeSubmissions writes the submissions with their files.
func (w *writer) writeSubmissions() error {
	languages := map[string]contest.Language{}
	for _, l := range w.languages {
		languages[l.ID] = l
	}
	var ids []string
	var objects []json.RawMessage
	for i, s := range w.c.Submissions {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		data, names := w.sources(s)
		if err := w.out.put("submissions/"+s.ID+"/files.zip", data); err != nil {
			return err
		}
		ids = append(ids, s.ID)
		objects = append(objects, w.submission(i, s, languages[w.languageOf(s)], names))
	}
	if err := w.putEach("submissions", ids, objects); err != nil {
		return err
	}
	return w.putCarried("clarifications")
}

// submission returns a submission. Those of a contest without times are a millisecond apart, to keep their order.
func (w *writer) submission(i int, s contest.Submission, l contest.Language, names []string) json.RawMessage {
	var b builder
	at, since := w.clock.at(s), s.Time
	if !w.c.Timed {
		since = time.Duration(i) * time.Millisecond
		at = w.clock.start.Add(since)
	}
	b.text("id", s.ID)
	b.text("language_id", l.ID)
	b.text("problem_id", s.Problem)
	b.text("team_id", s.Team)
	b.moment("time", at)
	b.span("contest_time", since)
	entry := s.Entry
	if l.EntryName != "" {
		entry = entryPoint(l, s, names)
	}
	if entry == "" || l.ID == "c" || l.ID == "cpp" {
		b.null("entry_point")
	} else {
		b.text("entry_point", entry)
	}
	href := "contests/" + contest.ID(w.c.ID) + "/submissions/" + s.ID + "/files"
	file := w.fileRef(fileRef{Href: href, Filename: "files.zip", Mime: "application/zip"})
	b.raw("files", append(append([]byte("["), file...), ']'))
	return b.end()
}

// writeJudgements writes the judgements and, on request, the runs.
func (w *writer) writeJudgements() error {
	var ids []string
	var objects []json.RawMessage
	for _, s := range w.c.Submissions {
		if j := w.judged[s.ID]; j != nil {
			ids = append(ids, j.id)
			objects = append(objects, w.judgement(s, j))
		}
	}
	if err := w.putEach("judgements", ids, objects); err != nil {
		return err
	}
	if w.Runs != nil {
		w.events = append(w.events, entry{kind: runs})
		if err := w.writeRuns(); err != nil {
			return err
		}
	}
	return w.putCarried("commentary")
}

// judgement returns a judgement.
func (w *writer) judgement(s contest.Submission, j *verdict) json.RawMessage {
	var b builder
	b.text("id", j.id)
	b.text("submission_id", s.ID)
	b.text("judgement_type_id", j.kind)
	if w.c.Scoring.Type == contest.Score {
		b.number("score", w.scoreOf(s, j))
	}
	if w.Version == Version202601 {
		b.flag("current", true)
	}
	b.moment("start_time", j.start)
	b.span("start_contest_time", w.clock.since(j.start))
	b.moment("end_time", j.end)
	b.span("end_contest_time", w.clock.since(j.end))
	if j.Verdict != problems.CE {
		b.seconds("max_run_time", j.CPU)
	}
	return b.end()
}

// scoreOf returns the score of a judgement: all points for AC if the problem has no points.
func (w *writer) scoreOf(s contest.Submission, j *verdict) float64 {
	switch {
	case j.Score != nil:
		return max(*j.Score, 0)
	case j.Verdict == problems.AC && w.problems[s.Problem] != nil:
		return w.maxScore(*w.problems[s.Problem])
	}
	return 0
}

// writeRuns writes the runs as they are read from the store.
func (w *writer) writeRuns() error {
	to, err := w.out.create("runs.json", false)
	if err != nil {
		return err
	}
	separator := "[\n"
	err = w.eachRun(func(_ string, data json.RawMessage) error {
		if _, err := to.Write([]byte(separator)); err != nil {
			return err
		}
		separator = ",\n"
		_, err := to.Write(data)
		return err
	})
	if err != nil {
		return err
	}
	end := "\n]\n"
	if separator == "[\n" {
		end = "[]\n"
	}
	_, err = to.Write([]byte(end))
	return err
}

// eachRun calls do with the runs of all judgements that are written. The object is valid during the call.
func (w *writer) eachRun(do func(id string, data json.RawMessage) error) error {
	var b builder
	for of, err := range w.Runs(w.ctx) {
		if err = cmp.Or(err, w.ctx.Err()); err != nil {
			return err
		}
		j := w.judged[of.Submission]
		if j == nil || of.Round != 0 && of.Round != j.Round {
			continue
		}
		at := j.start
		for _, r := range of.Runs {
			kind := w.typeOf(r.Verdict, r.Reason)
			if kind == "" || r.Verdict == problems.CE {
				continue
			}
			if at = at.Add(r.Wall); at.After(j.end) {
				at = j.end
			}
			id := contest.ID(j.id + "-" + strconv.Itoa(r.Test))
			b.data = b.data[:0]
			b.text("id", id)
			b.text("judgement_id", j.id)
			b.int("ordinal", r.Test)
			b.text("judgement_type_id", kind)
			b.moment("time", at)
			b.span("contest_time", w.clock.since(at))
			b.seconds("run_time", r.CPU)
			b.data = b.end()
			if err := do(id, b.data); err != nil {
				return err
			}
		}
	}
	return nil
}
