package clics

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"judge/judge/contest"
	"judge/problems"
	"judge/problems/strictyaml"
)

// wanted are the endpoints that are read. Runs and the scoreboard are not: grading computes them.
func wanted() []string {
	return append([]string{"contest", "problems", "teams", "organizations", "groups", "languages", "submissions",
		"judgements", "judgement-types", "team-members"}, carried()...)
}

// carried are the endpoints that are written again as they were read.
func carried() []string {
	return []string{"persons", "accounts", "clarifications", "commentary", "awards"}
}

const mostFaults = 20 // that are reported at once

// reader makes a contest from the objects of a package.
type reader struct {
	pack    *pack
	lists   map[string][]*object
	contest *contest.Contest
	faults  []error
	more    int             // faults that are not reported
	off     map[string]bool // ids of groups whose teams are on no scoreboard
	main    string          // id of the only group on the scoreboard; "": all are
	teams   map[string]bool
}

// Read reads a contest package, a directory or a zip archive, or an event feed. A package without submissions is a
// contest without submissions. What is wrong with the files of one submission is its Fault. The caller closes the
// Closer after the last use of the contest's files.
func Read(path string) (*contest.Contest, io.Closer, error) {
	p, err := openPack(path)
	if err != nil {
		return nil, nil, err
	}
	r := &reader{pack: p, off: map[string]bool{}, teams: map[string]bool{}}
	c, err := r.read()
	if err != nil {
		return nil, nil, errors.Join(err, p.Close())
	}
	return c, p, nil
}

// read reads all endpoints.
func (r *reader) read() (*contest.Contest, error) {
	if err := r.load(); err != nil {
		return nil, err
	}
	r.contest = &contest.Contest{Dir: r.pack.root.Dir, Timed: true}
	r.readContest()
	r.readProblems()
	r.readGroups()
	r.readOrganizations()
	r.readLanguages()
	r.readTeams()
	r.readSubmissions()
	r.readJudgements()
	r.readCarried()
	if r.more > 0 {
		r.faults = append(r.faults, fmt.Errorf("%s: %d more faults", r.pack.message(""), r.more))
	}
	if len(r.faults) > 0 {
		return nil, errors.Join(r.faults...)
	}
	return r.contest, nil
}

// load reads the files. What has no file of its own is taken from the event feed.
func (r *reader) load() error {
	r.lists = map[string][]*object{}
	missing := false
	for _, endpoint := range wanted() {
		list, found, err := r.pack.objects(endpoint)
		if err != nil {
			return err
		}
		if found {
			r.lists[endpoint] = list
		} else {
			missing = true
		}
	}
	if missing && r.pack.feed != "" {
		fed, err := r.pack.readFeed()
		if err != nil {
			return err
		}
		for endpoint, list := range fed {
			if _, found := r.lists[endpoint]; !found {
				r.lists[endpoint] = list
			}
		}
	}
	for _, needed := range []string{"contest", "problems"} {
		if _, found := r.lists[needed]; !found {
			return &problems.Error{File: r.pack.message(""), Msg: "there is no " + needed + ".json",
				Hint: "add " + needed + ".json, " + needed + ".yaml or " + feedName}
		}
	}
	if len(r.lists["contest"]) != 1 {
		return &problems.Error{File: r.pack.message(""), Msg: "expected one contest",
			Hint: "keep one contest a package"}
	}
	return nil
}

// note keeps a fault, if there is one.
func (r *reader) note(err error) {
	switch {
	case err == nil:
	case len(r.faults) == mostFaults:
		r.more++
	default:
		r.faults = append(r.faults, err)
	}
}

// readContest reads the contest object.
func (r *reader) readContest() {
	o, c := r.lists["contest"][0], r.contest
	c.ID = get(r, o.id, "id")
	if c.ID == "" { // DOMjudge's contest.yaml
		c.ID = get(r, o.id, "short_name")
	}
	if c.ID == "" {
		c.ID = contest.ID(strings.TrimSuffix(filepath.Base(r.pack.named), ".zip"))
	}
	c.Name = get(r, o.text, "name")
	c.FormalName = get(r, o.text, "formal_name")
	c.Name = cmp.Or(c.Name, c.FormalName, c.ID)
	c.Start = get(r, o.moment, "start_time")
	c.Duration = get(r, o.span, "duration")
	c.Freeze = get(r, o.span, "scoreboard_freeze_duration")
	if length := get(r, o.span, "scoreboard_freeze_length"); c.Freeze == 0 {
		c.Freeze = length // older contest.yaml
	}
	if c.Duration < 0 || c.Freeze < 0 || c.Freeze > c.Duration && c.Duration > 0 {
		r.note(o.fault("scoreboard_freeze_duration", "expected 0 <= scoreboard_freeze_duration <= duration",
			"state how long before the end the scoreboard is frozen"))
	}
	switch kind := get(r, o.text, "scoreboard_type"); kind {
	case "", "pass-fail":
		c.Scoring.Type = contest.PassFail
	case "score":
		c.Scoring.Type = contest.Score
	default:
		r.note(o.fault("scoreboard_type", fmt.Sprintf("unknown type %s", strictyaml.Quote(kind)),
			"write pass-fail or score"))
	}
	if c.Scoring.Type == contest.PassFail {
		c.Scoring.Penalty = usualPenalty
		if o.has("penalty_time") {
			c.Scoring.Penalty = get(r, o.penalty, "penalty_time")
		}
	}
	r.main = get(r, o.id, "main_scoreboard_group_id")
	c.Extra = o.extra("id", "name", "formal_name", "start_time", "duration", "scoreboard_freeze_duration",
		"scoreboard_freeze_length", "scoreboard_type", "penalty_time", "short_name")
}

// usualPenalty is the penalty time of a contest that states none.
const usualPenalty = 20 * time.Minute

// get reads a member and keeps its fault.
func get[T any](r *reader, read func(member string) (T, error), member string) T {
	value, err := read(member)
	r.note(err)
	return value
}

// newID returns the id of an object in a collection, and keeps the fault of one that is missing or not new.
func (r *reader) newID(o *object, what string, seen map[string]bool) string {
	id := get(r, o.id, "id")
	switch {
	case id == "":
		r.note(o.fault("", "the "+what+" has no id", `write "id": "..."`))
	case seen[id]:
		r.note(o.fault("id", fmt.Sprintf("the id %s is used twice", strictyaml.Quote(id)),
			"give each "+what+" its own id"))
	}
	seen[id] = true
	return id
}

// readProblems reads the problems, by ordinal.
func (r *reader) readProblems() {
	type numbered struct {
		contest.Problem
		ordinal float64
	}
	var all []numbered
	seen, labels := map[string]bool{}, map[string]bool{}
	for i, o := range r.lists["problems"] {
		one := numbered{ordinal: float64(i)}
		one.ID = r.newID(o, "problem", seen)
		one.Label = cmp.Or(get(r, o.text, "label"), get(r, o.text, "letter"), one.ID)
		if labels[one.Label] {
			r.note(o.fault("label", fmt.Sprintf("the label %s is used twice", strictyaml.Quote(one.Label)),
				"give each problem its own label"))
		}
		labels[one.Label] = true
		one.Name = get(r, o.text, "name")
		one.Color, one.RGB = get(r, o.text, "color"), get(r, o.text, "rgb")
		if limit := get(r, o.number, "time_limit"); limit != nil {
			one.TimeLimit = min(seconds(*limit), mostLimit)
		}
		if ordinal := get(r, o.number, "ordinal"); ordinal != nil {
			one.ordinal = *ordinal
		}
		one.Package = r.problemPackage(o, one.ID)
		one.Extra = o.extra("id", "label", "letter", "name", "color", "rgb", "time_limit", "ordinal", "package")
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b numbered) int { return cmp.Compare(a.ordinal, b.ordinal) })
	for _, one := range all {
		r.contest.Problems = append(r.contest.Problems, one.Problem)
	}
}

const mostLimit = 24 * time.Hour // of CPU time for a test

// seconds returns so many seconds as a duration, which is a multiple of a millisecond.
func seconds(s float64) time.Duration {
	return time.Duration(min(s, 1e6)*1000+0.5) * time.Millisecond
}

// problemPackage returns the path of a problem's package: the file that the object names, else one of the usual names,
// else the directory of the problem, whether or not it exists.
func (r *reader) problemPackage(o *object, id string) string {
	if own, err := o.rawID("id"); err == nil && safeName(own) {
		id = own // the directory has the id as the package states it
	}
	dir := path.Join("problems", id)
	names := []string{"package.zip", id + ".zip"}
	if name := filename(o.members["package"]); name != "" {
		names = append([]string{name}, names...)
	}
	for _, name := range names {
		if full := path.Join(dir, name); r.pack.isFile(full) {
			return full
		}
	}
	others := []string{dir + ".zip", dir + ".kpp", path.Join("config", dir), path.Join("config", dir+".zip")}
	for _, other := range others {
		if !r.pack.isDir(dir) && (r.pack.isFile(other) || r.pack.isDir(other)) {
			return other
		}
	}
	return dir
}

// filename returns the name of the only file of a list of file references; "" if it cannot be used.
func filename(raw json.RawMessage) string {
	var files []struct {
		Filename string `json:"filename"`
	}
	if json.Unmarshal(raw, &files) != nil || len(files) != 1 || !safeName(files[0].Filename) {
		return ""
	}
	return files[0].Filename
}

// safeName reports whether a text is the name of a file, and not a path.
func safeName(name string) bool {
	return name != "" && name != "." && name != ".." && len(name) < 256 && !strings.ContainsAny(name, "/\\\x00")
}
