package page

import (
	"bufio"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"iter"
	"os"
	"slices"
	"strings"

	"judge/judge/contest"
	"judge/judge/contest/score"
	"judge/problems/safefile"
	"judge/problems/text"
)

//go:embed team.html
var teamText string

// TeamsOptions are the choices for Teams.
type TeamsOptions struct {
	Frozen bool // judgements of submissions made during the freeze are left out
	// AllInputs shows the failing input of every test, and not only of samples.
	AllInputs bool
	// Input returns the beginning of the input of a test, by its ordinal from 1. nil: no inputs are shown. An error
	// is shown in place of the input.
	Input func(problem contest.Problem, test int) ([]byte, error)
	// Runs yields the runs of judgements, judgement by judgement in any order. It is called once for some teams
	// together. nil: verdicts by test are not shown.
	Runs func(ctx context.Context, judgements []*contest.Judgement) iter.Seq2[contest.RunsOf, error]
}

// manifestName is the file that marks a directory as written by Teams, and lists its pages.
const manifestName = ".judge-teams"

// maxManifest bounds the manifest, in bytes.
const maxManifest = 16 << 20

// ForeignError reports that a directory has contents that Teams did not write.
type ForeignError struct{ Dir, Entry string }

// Error returns a sentence without a hint.
func (e *ForeignError) Error() string {
	return fmt.Sprintf("%s: expected an empty directory or one of team pages, found %s",
		text.Line(e.Dir), text.Line(e.Entry))
}

// Teams writes a directory with a page for each team that is not hidden, and an index. The directory must be absent,
// empty, or one that Teams wrote earlier, of which it then replaces the pages: anything else is a *ForeignError. Late
// submissions are on the page of their team, with a note. Memory is bounded by the runs of teamsAtOnce teams.
func Teams(ctx context.Context, dir string, r *contest.Results, o TeamsOptions) error {
	to, err := safefile.Created(dir)
	if err != nil {
		return err
	}
	defer to.Close()
	earlier, err := earlierPages(to)
	if err != nil {
		return err
	}
	t, err := template.New("team").Parse(teamText)
	if err != nil {
		return fmt.Errorf("read the template of a team: %w", err)
	}
	w := teamWriter{dir: to, template: t, options: o, book: newBook(r, o.Frozen)}
	names := w.book.files()
	// The manifest comes first, so that an interrupted export is recognized.
	if err := w.manifest(slices.Concat(earlier, names)); err != nil {
		return err
	}
	for first := 0; first < len(names); first += teamsAtOnce {
		if err := w.pages(ctx, first, min(first+teamsAtOnce, len(names)), names); err != nil {
			return err
		}
	}
	if err := w.index(names); err != nil {
		return err
	}
	return w.forget(earlier, names)
}

// teamsAtOnce is how many teams' runs are read together: each reading looks at the whole result file.
const teamsAtOnce = 64

// earlierPages returns the names of the pages that an earlier call wrote.
func earlierPages(dir *safefile.Dir) ([]string, error) {
	entries, err := dir.List()
	if err != nil {
		return nil, err
	}
	if len(entries) == 0 {
		return nil, nil
	}
	listed, err := dir.ReadFile(manifestName, maxManifest)
	if errors.Is(err, fs.ErrNotExist) {
		slices.Sort(entries)
		return nil, &ForeignError{dir.Path, entries[0]}
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for name := range strings.Lines(string(listed)) {
		if name = strings.TrimSuffix(name, "\n"); isPage(name) {
			names = append(names, name)
		}
	}
	return names, nil
}

// isPage reports whether a name can be that of a team's page, so that a manifest of others deletes nothing else.
func isPage(name string) bool {
	id, isHTML := strings.CutSuffix(name, ".html")
	return isHTML && name != "index.html" && (contest.ValidID(id) || name == indexTeam)
}

// indexTeam is the page of a team with the id "index": a name that no other id has.
const indexTeam = "team=index.html"

// fileName returns the name of a team's page. Ids of a result file are not trusted.
func fileName(team string) string {
	id := contest.ID(team)
	if id == "index" {
		return indexTeam
	}
	return id + ".html"
}

// teamWriter writes the pages of teams.
type teamWriter struct {
	dir      *safefile.Dir
	template *template.Template
	options  TeamsOptions
	book     *book
}

// write writes a file of the directory completely or not at all. A link in its place is replaced, and not followed.
func (w *teamWriter) write(name string, write func(io.Writer) error) error {
	temporary := name + ".tmp"
	if err := w.dir.Remove(temporary); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	file, err := w.dir.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(file, 1<<16)
	err = errors.Join(write(out), out.Flush(), file.Close())
	if err == nil {
		err = w.dir.Rename(temporary, name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", text.Line(w.dir.Path+"/"+name), err), w.dir.Remove(temporary))
	}
	return nil
}

// pages writes the pages of the teams from first to last, exclusive.
func (w *teamWriter) pages(ctx context.Context, first, last int, names []string) error {
	runs, err := w.runs(ctx, w.book.teams[first:last])
	if err != nil {
		return err
	}
	for i := first; i < last; i++ {
		page := w.team(w.book.teams[i], runs)
		write := func(out io.Writer) error { return w.template.ExecuteTemplate(out, "team", page) }
		if err := w.write(names[i], write); err != nil {
			return err
		}
	}
	return nil
}

// indexPage is what the template of the index gets.
type indexPage struct {
	Policy
	Contest string
	Scored  bool
	Timed   bool
	Rows    []indexRow
}

type indexRow struct {
	File, Name           string
	Rank                 int
	Solved, Penalty      int
	Score                string
	Submissions, Pending int
}

func (w *teamWriter) index(names []string) error {
	b := w.book
	page := indexPage{
		Policy: policy(), Contest: contestName(&b.Contest), Scored: b.scored(), Timed: b.Contest.Timed,
	}
	for i, team := range b.teams {
		row := b.rows[team.ID]
		page.Rows = append(page.Rows, indexRow{
			File: names[i], Name: b.team(team.ID), Rank: row.Rank, Solved: row.Solved, Penalty: row.Penalty,
			Score: points(row.Score), Submissions: len(b.of[team.ID]), Pending: row.Pending,
		})
	}
	return w.write("index.html", func(out io.Writer) error { return w.template.ExecuteTemplate(out, "index", page) })
}

// forget deletes pages of teams that no longer exist, and lists the others.
func (w *teamWriter) forget(earlier, names []string) error {
	current := map[string]bool{}
	for _, name := range names {
		current[name] = true
	}
	for _, name := range earlier {
		if current[name] {
			continue
		}
		if err := w.dir.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return w.manifest(names)
}

// manifest lists pages in the manifest.
func (w *teamWriter) manifest(names []string) error {
	listed := strings.Join(slices.Sorted(slices.Values(names)), "\n") + "\n"
	return w.write(manifestName, func(out io.Writer) error {
		_, err := io.WriteString(out, listed)
		return err
	})
}

// book is what the pages of teams share.
type book struct {
	*shown
	board score.Board
	rows  map[string]*score.Row // of the scoreboard, by team
	teams []contest.Team        // in the order of the scoreboard; all that are not hidden are on it
	of    map[string][]contest.Submission
	late  map[string]bool // submissions that do not count by their time
}

func newBook(r *contest.Results, frozen bool) *book {
	s := visible(r, frozen, true)
	b := &book{
		shown: s, board: score.Compute(&s.Results, score.Options{Frozen: frozen}),
		rows: map[string]*score.Row{}, of: map[string][]contest.Submission{}, late: map[string]bool{},
	}
	for i := range b.board.Rows {
		row := &b.board.Rows[i]
		if b.rows[row.Team.ID] == nil { // an untrusted file may have an id twice
			b.teams = append(b.teams, row.Team)
		}
		b.rows[row.Team.ID] = row
	}
	for _, one := range s.Contest.Submissions {
		b.of[one.Team] = append(b.of[one.Team], one)
		b.late[one.ID] = !score.Counts(&s.Contest, one)
	}
	return b
}

// files returns the names of the pages of all teams.
func (b *book) files() []string {
	names := make([]string, 0, len(b.teams))
	for _, t := range b.teams {
		names = append(names, fileName(t.ID))
	}
	return names
}
