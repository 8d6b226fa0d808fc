// Package page writes the results of a contest as HTML: one self-contained page with the scoreboard and the
// submissions, which Writer keeps up to date during grading, and a page for each team.
//
// Names, messages and sources are foreign text. They pass through package text and html/template, and each page has a
// content security policy that permits its own script and style by their digests and nothing else.
package page

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"judge/judge/contest"
	"judge/judge/contest/score"
	"judge/problems/safefile"
	"judge/problems/text"
)

//go:embed page.html
var pageText string

//go:embed page.css
var styleText string

//go:embed page.js
var scriptText string

// Live is what a page shows besides the results.
type Live struct {
	Grading bool     // the page reloads itself until this is false
	Frozen  bool     // judgements of submissions made during the freeze are left out
	Running []string // ids of the submissions that are being judged
	// Left is the estimate of the time until grading ends; 0: unknown.
	Left    time.Duration
	Written time.Time // when the page is written; zero: it is not shown
	// Round returns the judgements of a round by submission id. nil: the page shows no rejudgings.
	Round func(id int) (map[string]*contest.Judgement, error)
}

// document is what the template gets.
type document struct {
	Live
	Policy
	Contest    string
	Summary    string
	Judged     int
	Total      int
	Judge      string
	Moment     string
	Estimate   string // of the time left
	Reload     int    // seconds; 0: never
	Board      boardView
	Choices    choices
	Scored     bool
	Timed      bool
	Rejudgings []rejudging
	Machines   machines
	Pending    pending
	Data       template.JS
}

// reloadSeconds lie between two loads of a page during grading. A screen reader begins again with each.
const reloadSeconds = 10

// Write writes the page. It contains no data of hidden teams or of submissions outside the contest's time.
func Write(w io.Writer, r *contest.Results, live Live) error {
	t, err := template.New("page").Parse(pageText)
	if err != nil {
		return fmt.Errorf("read the page's template: %w", err)
	}
	shown := visible(r, live.Frozen, false)
	live.Running = slices.DeleteFunc(slices.Clone(live.Running), func(id string) bool { return !shown.open(id) })
	rejudgings, err := rejudgingsOf(shown, live.Round)
	if err != nil {
		return err
	}
	board := score.Compute(&shown.Results, score.Options{Frozen: live.Frozen})
	made := document{
		Live:       live,
		Policy:     policy(),
		Contest:    contestName(&shown.Contest),
		Judged:     shown.judged,
		Total:      len(shown.Contest.Submissions),
		Judge:      text.CutLine(r.Judge, maxName),
		Board:      newBoardView(board, shown),
		Scored:     shown.scored(),
		Timed:      shown.Contest.Timed,
		Rejudgings: rejudgings,
		Machines:   machinesOf(shown),
		Pending:    pendingOf(shown, live),
	}
	made.Summary = summary(made, shown)
	if live.Left > 0 {
		made.Estimate = remaining(live.Left)
	}
	if !live.Written.IsZero() {
		made.Moment = moment(shown, live.Written)
	}
	if live.Grading {
		made.Reload = reloadSeconds
	}
	if made.Data, made.Choices, err = dataOf(shown, live, made.Moment); err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, 1<<16)
	if err := t.Execute(out, made); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return out.Flush()
}

// WriteFile writes the page completely or not at all, as safefile.Replace does. A link in the place of the file is an
// error, even if it belongs to the user: contests are unpacked from archives of others.
func WriteFile(path string, r *contest.Results, live Live) error {
	info, err := os.Lstat(path)
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return &LinkError{path}
	}
	return safefile.Replace(path, func(w io.Writer) error { return Write(w, r, live) })
}

// LinkError reports that a symbolic link is in the place of a page.
type LinkError struct{ Path string }

// Error returns a sentence without a hint.
func (e *LinkError) Error() string {
	return fmt.Sprintf("%s: expected a file, found a symbolic link", text.Line(e.Path))
}

// Policy is what a page permits the browser to do.
type Policy struct {
	Style      template.CSS
	Script     template.JS
	First      template.JS // runs before the page is shown
	StyleHash  string
	ScriptHash string
	FirstHash  string
}

// policy returns the style and the scripts of a page, with their digests.
func policy() Policy {
	const first = `document.documentElement.className = "js";`
	return Policy{
		Style: template.CSS(styleText), Script: template.JS(scriptText), First: template.JS(first),
		StyleHash: digest(styleText), ScriptHash: digest(scriptText), FirstHash: digest(first),
	}
}

// digest returns the source expression of a content security policy that permits a text.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// summary describes the contest in a line.
func summary(d document, s *shown) string {
	parts := []string{
		plural(len(s.Contest.Problems), "problem"), plural(len(s.Contest.Teams), "team"),
		plural(d.Total, "submission"),
	}
	if d.Frozen {
		parts = append(parts, "scoreboard frozen at "+clock(s.Contest.Duration-s.Contest.Freeze))
	}
	return strings.Join(parts, " · ")
}
