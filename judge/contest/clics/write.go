package clics

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"judge/judge/contest"
	"judge/judge/contest/score"
	"judge/problems/safefile"
)

// Write writes a contest with its judgements as a contest package: a zip archive if dest ends with .zip, else a
// directory. It appears complete or not at all. What is at dest is replaced only if Write has written it.
func Write(ctx context.Context, dest string, e Export) error {
	w, err := newWriter(ctx, e)
	if err != nil {
		return err
	}
	defer w.close()
	if strings.EqualFold(filepath.Ext(dest), ".zip") {
		return toArchive(dest, w.fill)
	}
	return toDirectory(dest, w.fill)
}

// writer writes one export.
type writer struct {
	Export
	ctx    context.Context
	c      *contest.Contest
	board  score.Board
	files  *safefile.Root // the contest's directory; nil: it is gone
	out    sink
	clock  clock
	frozen bool

	problems  map[string]*contest.Problem
	hidden    map[string]bool     // ids of teams
	languages []contest.Language  // those that are written
	judged    map[string]*verdict // by submission: those that are written
	copied    map[string]bool     // files
	events    []entry             // of the feed, but for runs
}

// entry is a line of the feed to write.
type entry struct {
	kind, id string // id "": the whole collection
	data     json.RawMessage
}

func newWriter(ctx context.Context, e Export) (*writer, error) {
	w := &writer{Export: e, ctx: ctx, c: &e.Results.Contest, problems: map[string]*contest.Problem{},
		copied: map[string]bool{}, hidden: score.Hidden(&e.Results.Contest)}
	w.frozen = e.Frozen && w.c.Freeze > 0
	if err := w.checkIDs(); err != nil {
		return nil, err
	}
	for i := range w.c.Problems {
		w.problems[w.c.Problems[i].ID] = &w.c.Problems[i]
	}
	w.board = score.Compute(e.Results, score.Options{Frozen: w.frozen})
	if w.c.Dir != "" {
		root, err := safefile.OpenPackage(w.c.Dir)
		if err != nil {
			w.warn(err)
		}
		w.files = root
	}
	w.judged = w.verdicts()
	w.clock = w.newClock()
	return w, nil
}

// checkIDs returns an error if an id is not valid: ids become names of files.
func (w *writer) checkIDs() error {
	check := func(what, id string) error {
		if contest.ValidID(id) {
			return nil
		}
		return fmt.Errorf("the %s %q has no valid id", what, id)
	}
	var err error
	for _, p := range w.c.Problems {
		err = cmp.Or(err, check("problem", p.ID))
	}
	for _, t := range w.c.Teams {
		err = cmp.Or(err, check("team", t.ID))
	}
	for _, o := range w.c.Organizations {
		err = cmp.Or(err, check("organization", o.ID))
	}
	for _, g := range w.c.Groups {
		err = cmp.Or(err, check("group", g.ID))
	}
	for _, s := range w.c.Submissions {
		err = cmp.Or(err, check("submission", s.ID))
	}
	return err
}

func (w *writer) close() {
	if w.files != nil {
		w.files.Close()
	}
}

// warn reports what is left out of the export.
func (w *writer) warn(err error) {
	if w.Warn != nil {
		w.Warn(err)
	}
}

// fill writes all files.
func (w *writer) fill(out sink) error {
	w.out = out
	steps := []func() error{w.writeSetting, w.writeTeams, w.writeSubmissions, w.writeJudgements, w.writeResults,
		w.writeFeed}
	for _, step := range steps {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// put writes a file.
func (w *writer) put(name string, data []byte) error {
	to, err := w.out.create(name, false)
	if err != nil {
		return err
	}
	_, err = to.Write(append(data, '\n'))
	return err
}

// putList writes the file of an endpoint, and an event about the whole collection.
func (w *writer) putList(endpoint string, objects []json.RawMessage) error {
	data := listOf(objects)
	w.events = append(w.events, entry{kind: endpoint, data: data})
	return w.put(endpoint+".json", data)
}

// putEach writes the file of an endpoint, and an event about each object.
func (w *writer) putEach(endpoint string, ids []string, objects []json.RawMessage) error {
	for i, data := range objects {
		w.events = append(w.events, entry{kind: endpoint, id: ids[i], data: data})
	}
	return w.put(endpoint+".json", listOf(objects))
}

// listOf returns objects as a list, one a line.
func listOf(objects []json.RawMessage) []byte {
	data := []byte("[")
	for i, object := range objects {
		if i > 0 {
			data = append(data, ',')
		}
		data = append(append(data, '\n'), object...)
	}
	if len(objects) > 0 {
		data = append(data, '\n')
	}
	return append(data, ']')
}

// writeFeed writes the event feed. It ends with the state, and runs are read from the store once more.
func (w *writer) writeFeed() error {
	to, err := w.out.create(feedName, false)
	if err != nil {
		return err
	}
	var line []byte
	emit := func(e entry) error {
		line = append(append(line[:0], `{"type":"`...), e.kind...)
		line = append(line, `","id":`...)
		if e.id == "" {
			line = append(line, "null"...)
		} else {
			line = appendText(line, e.id)
		}
		line = append(append(line, `,"data":`...), withoutLines(e.data)...)
		line = append(line, "}\n"...)
		_, err := to.Write(line)
		return err
	}
	for _, e := range w.events {
		if e.kind == runs {
			err = w.eachRun(func(id string, data json.RawMessage) error { return emit(entry{runs, id, data}) })
		} else {
			err = emit(e)
		}
		if err != nil {
			return err
		}
	}
	return emit(entry{kind: "state", data: w.state()})
}

const runs = "runs"

// withoutLines returns a list as one line: an event is a line.
func withoutLines(data json.RawMessage) json.RawMessage {
	if len(data) > 0 && data[0] == '[' {
		return compact(data)
	}
	return data
}
