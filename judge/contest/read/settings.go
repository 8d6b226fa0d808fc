package read

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"judge/judge/contest"
	"judge/problems"
	"judge/problems/strictyaml"
)

// ourKeys are the keys of contest.yaml that only the judge has; keys are all that it acts on.
func ourKeys() []string { return []string{"problems", "submissions", "teams", "score", "ties"} }

func keys() []string {
	return append([]string{
		"id", "name", "formal_name", "start_time", "duration", "scoreboard_freeze_duration", "scoreboard_type",
		"penalty_time",
	}, ourKeys()...)
}

// silentKeys are keys of the CLICS contest object that do not concern grading.
func silentKeys() []string {
	return []string{
		"scoreboard_thaw_time", "countdown_pause_time", "end_time", "banner", "logo", "location", "shortname",
		"main_scoreboard_group_id", "problemset", "rules",
	}
}

// parse reads a YAML or JSON file of the contest. The result is nil if the file holds nothing.
func (r *reader) parse(name string) (*strictyaml.Node, error) {
	file, err := r.root.Open(name)
	if err != nil {
		return nil, fault(r.shown(name), 0, 0, reasonOf(err), "put a regular file in its place")
	}
	defer file.Close()
	data, err := readAll(file, strictyaml.MaxSize)
	if err != nil {
		return nil, fault(r.shown(name), 0, 0, err.Error(), "shorten it")
	}
	if filepath.Ext(name) == ".json" {
		data = asYAML(data)
	}
	top, err := strictyaml.Parse(r.shown(name), data, strictyaml.Options{Help: "see docs/contest.md"})
	return top, quotePattern(err, data)
}

// escapes are those of JSON: pairs of surrogates, and others.
var escapes = regexp.MustCompile(`\\u[dD][89aAbB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\.`)

// asYAML returns a JSON document as YAML: tabs only separate tokens in JSON, and the YAML library knows neither pairs
// of surrogates nor an escaped slash.
func asYAML(data []byte) []byte {
	data = bytes.ReplaceAll(data, []byte("\t"), []byte(" "))
	return escapes.ReplaceAllFunc(data, func(escape []byte) []byte {
		switch {
		case string(escape) == `\/`:
			return []byte("/")
		case len(escape) == len(`\/`):
			return escape
		}
		high, _ := strconv.ParseUint(string(escape[2:6]), 16, 16) //nolint:errcheck // the pattern has matched it
		low, _ := strconv.ParseUint(string(escape[8:12]), 16, 16) //nolint:errcheck // the pattern has matched it
		return []byte(string(utf16.DecodeRune(rune(high), rune(low))))
	})
}

var unquotedPattern = regexp.MustCompile(`(?m)^submissions:[ \t]+(\{(?:team|problem|time|file)\}.*?)[ \t]*\r?$`)

// quotePattern gives the error about a pattern without quotes its hint: a { at the beginning opens a mapping in YAML.
func quotePattern(err error, data []byte) error {
	m := unquotedPattern.FindSubmatchIndex(data)
	found, ok := asFault(err)
	if m == nil || !ok {
		return err
	}
	if line := 1 + bytes.Count(data[:m[2]], []byte("\n")); found.Line == line || found.Line == line+1 {
		pattern := string(data[m[2]:m[3]])
		return fault(found.File, line, 1+m[2]-m[0], "a pattern that begins with { needs quotes",
			"write submissions: "+strictyaml.Quote(pattern))
	}
	return err
}

// isPackage reports whether a document has none of the keys that only the judge has.
func isPackage(top *strictyaml.Node) bool {
	if top == nil || !top.IsMapping() {
		return false
	}
	entries, err := top.Entries("")
	return err == nil && !slices.ContainsFunc(entries, func(e strictyaml.Entry) bool {
		return slices.Contains(ourKeys(), e.Key.Raw())
	})
}

// read reads the contest that a document describes.
func (r *reader) read(ctx context.Context, top *strictyaml.Node) error {
	if top == nil {
		return fault(r.shown(r.file), 1, 1, "empty: expected the keys of a contest", "write problems: {A: PATH}")
	}
	given, err := top.Mapping(slices.Concat(keys(), silentKeys()), nil)
	if err != nil {
		return err
	}
	removeUnknown(given)
	if err := r.readSettings(given); err != nil {
		return err
	}
	if given["problems"] == nil {
		return top.Fault("no problems: expected a mapping from labels to packages", "write problems: {A: PATH}")
	}
	if err := r.readProblems(given["problems"]); err != nil {
		return err
	}
	if err := r.readTeams(given["teams"]); err != nil {
		return err
	}
	if err := r.readSubmissions(ctx, given["submissions"]); err != nil {
		return err
	}
	r.noteAdded(given["teams"])
	r.contest.Teams = r.teams.sorted()
	r.contest.Organizations, r.contest.Groups = r.teams.organizations, r.teams.groups
	if r.more > 0 {
		left := &problems.Error{File: r.dir, Msg: fmt.Sprintf("and %d or more other notes", r.more)}
		r.contest.Notes = append(r.contest.Notes, left)
	}
	return nil
}

// noteAdded notes the teams that have submissions and are not in the file of teams.
func (r *reader) noteAdded(node *strictyaml.Node) {
	if !r.teams.listed || len(r.teams.added) == 0 {
		return
	}
	msg := "team " + strictyaml.Quote(r.teams.added[0]) + " is not in the file of teams, and was added"
	if more := len(r.teams.added) - 1; more > 0 {
		msg += fmt.Sprintf(" (and %d more)", more)
	}
	r.addNote(&problems.Error{File: r.shown(r.file), Line: node.Line(), Msg: msg, Usual: true})
}

// removeUnknown removes keys without a value: CLICS has null for what is not known.
func removeUnknown(given map[string]*strictyaml.Node) {
	for key, node := range given {
		if node.IsNull() && slices.Contains(slices.Concat(silentKeys(), []string{
			"formal_name", "start_time", "scoreboard_freeze_duration", "duration",
		}), key) {
			delete(given, key)
		}
	}
}

// readSettings reads what concerns the contest as a whole.
func (r *reader) readSettings(given map[string]*strictyaml.Node) error {
	base := filepath.Base(r.root.Dir)
	c := &r.contest
	c.Dir, c.ID, c.Name = r.root.Dir, contest.ID(base), base
	c.Scoring.Penalty = 20 * time.Minute
	for _, one := range []struct {
		key  string
		read func(*strictyaml.Node) error
	}{
		{"id", func(n *strictyaml.Node) error { return readID(n, &c.ID) }},
		{"name", func(n *strictyaml.Node) error { return readText(n, &c.Name) }},
		{"formal_name", func(n *strictyaml.Node) error { return readText(n, &c.FormalName) }},
		{"start_time", func(n *strictyaml.Node) error { return readStart(n, &c.Start) }},
		{"duration", func(n *strictyaml.Node) error { return readDuration(n, &c.Duration, time.Second) }},
		{"scoreboard_freeze_duration", r.readFreeze},
		{"penalty_time", func(n *strictyaml.Node) error { return readPenalty(n, &c.Scoring.Penalty) }},
		{"scoreboard_type", func(n *strictyaml.Node) error {
			i, err := n.OneOf("scoreboard type", []string{"pass-fail", "score"})
			c.Scoring.Type = []contest.Type{contest.PassFail, contest.Score}[i]
			return err
		}},
		{"score", func(n *strictyaml.Node) error {
			i, err := n.OneOf("rule", []string{"best", "best-per-group", "last"})
			c.Scoring.Best = []contest.Best{contest.BestSubmission, contest.BestPerGroup, contest.LastSubmission}[i]
			return err
		}},
		{"ties", func(n *strictyaml.Node) error {
			i, err := n.OneOf("rule for ties", []string{"share", "time"})
			c.Scoring.Ties = []contest.Ties{contest.ShareRank, contest.TimeBreaks}[i]
			return err
		}},
	} {
		if node := given[one.key]; node != nil {
			if err := one.read(node); err != nil {
				return err
			}
		}
	}
	return nil
}

func readText(n *strictyaml.Node, to *string) (err error) {
	*to, err = n.Text()
	return err
}

// readID reads an id of CLICS.
func readID(n *strictyaml.Node, to *string) error {
	id, err := n.Text()
	if err != nil {
		return err
	}
	if !contest.ValidID(id) {
		return n.Fault("the id "+strictyaml.Quote(id)+" is not an id of CLICS: expected 1 to 36 of A-Z a-z 0-9 _ . -, "+
			"without - or . at the ends", "write "+plainID(id))
	}
	*to = id
	return nil
}

var notInID = regexp.MustCompile(`[^A-Za-z0-9_]+`)

// plainID returns an id that resembles a text.
func plainID(text string) string {
	id := strings.Trim(notInID.ReplaceAllString(text, "-"), "-")
	const longest = 36
	id = strings.TrimRight(id[:min(len(id), longest)], "-")
	if id == "" {
		return "an id such as spring27"
	}
	return strings.ToLower(id)
}

// readStart reads a moment with its zone.
func readStart(n *strictyaml.Node, to *time.Time) error {
	text, err := n.Text()
	if err != nil {
		return err
	}
	at, hasZone, ok := calendarOf(text, time.UTC)
	switch {
	case !ok:
		return n.Fault("expected a date and a time, found "+n.Found(), "write 2027-03-06T10:00:00+01:00")
	case !hasZone:
		zoned := strings.ReplaceAll(text, " ", "T") + "+01:00"
		return n.Fault("the time has no zone", "add the offset from UTC, as in "+zoned)
	}
	*to = at
	return nil
}

// readDuration reads a time such as 5:00:00 that is at least so long.
func readDuration(n *strictyaml.Node, to *time.Duration, least time.Duration) error {
	text, err := n.Text()
	if err != nil {
		return err
	}
	d, ok := relOf(text)
	switch {
	case !ok:
		return n.Fault("expected hours, minutes and seconds, found "+n.Found(), "write 5:00:00 for five hours")
	case d < least:
		return n.Fault(text+" is out of range", "write 5:00:00 for five hours")
	}
	*to = d
	return nil
}

// readFreeze reads how long before the end the scoreboard is frozen.
func (r *reader) readFreeze(n *strictyaml.Node) error {
	if err := readDuration(n, &r.contest.Freeze, 0); err != nil {
		return err
	}
	switch {
	case r.contest.Freeze > 0 && r.contest.Duration == 0:
		return n.Fault("a freeze without a duration of the contest", "add duration: 5:00:00")
	case r.contest.Freeze > r.contest.Duration:
		return n.Fault("the freeze is longer than the contest", "write the time before the end, such as 1:00:00")
	}
	return nil
}

// readPenalty reads minutes, as CLICS 2023-06 has them, or a time, as later versions have it.
func readPenalty(n *strictyaml.Node, to *time.Duration) error {
	if d, ok := relOf(n.Raw()); ok && n.IsScalar() && d >= 0 {
		*to = d
		return nil
	}
	const most = 100_000
	minutes, err := n.Int(0, most)
	if err != nil {
		return n.Fault("expected minutes, found "+n.Found(), "write a whole number of minutes, or 0:20:00")
	}
	*to = time.Duration(minutes) * time.Minute
	return nil
}
