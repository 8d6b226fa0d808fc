package clics

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"judge/judge/contest"
)

// strict checks an export against the rules of its version: members that must be there, no others, and their form.
type strict struct {
	t       *testing.T
	dir     string
	version Version
	kind    contest.Type
	ids     map[string]map[string]bool // by endpoint
}

// shape is a member's form: a regular expression of its JSON. A ? before it: it may be absent.
type shape map[string]string

const (
	isID    = `"[A-Za-z0-9_]([A-Za-z0-9_.-]{0,34}[A-Za-z0-9_-])?"`
	isText  = `"[^"]+"`
	isTime  = `"[12]\d{3}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{3}([+-][01]\d:[0-5]\d|Z)"`
	isSpan  = `"-?\d+:[0-5]\d:[0-5]\d\.\d{3}"`
	isCount = `\d+`
	isMilli = `\d+(\.\d{1,3})?`
	isFlag  = `true|false`
	isList  = `(?s)\[.*\]`
	isIDs   = `\[(` + isID + `(,` + isID + `)*)?\]`
	isAny   = `(?s).*`
)

func (s strict) shapes() map[string]shape {
	penalty := isCount
	if s.version == Version202601 {
		penalty = isSpan
	}
	state := shape{"started": isTime, "frozen": "?null|" + isTime, "ended": "null|" + isTime, "thawed": "?null|" + isTime,
		"finalized": "null|" + isTime, "end_of_updates": "null|" + isTime}
	all := map[string]shape{
		"api": {"version": `"` + s.version.name() + `"`, "version_url": isText, "provider": isAny},
		"contest": {"id": isID, "name": isText, "formal_name": "?" + isText, "start_time": isTime, "duration": isSpan,
			"scoreboard_freeze_duration": "?" + isSpan, "scoreboard_type": `"pass-fail"|"score"`, "penalty_time": penalty},
		"judgement-types": {"id": `"(AC|CE|RTE|TLE|WA|MLE|OLE|WTL|ILE)"`, "name": isText, "penalty": isFlag,
			"solved": isFlag},
		"languages": {"id": isID, "name": isText, "entry_point_required": isFlag, "entry_point_name": "?" + isText,
			"extensions": isList},
		"problems": {"id": isID, "label": isText, "name": isText, "ordinal": isCount, "color": "?" + isText,
			"rgb": `?"#[0-9A-Fa-f]{3}([0-9A-Fa-f]{3})?"`, "time_limit": "?" + isMilli, "test_data_count": isCount},
		"groups":        {"id": isID, "name": isText},
		"organizations": {"id": isID, "name": isText},
		"teams": {"id": isID, "name": isText, "label": isText, "display_name": "?" + isText, "organization_id": "?" + isID,
			"group_ids": isIDs, "hidden": "?" + isFlag},
		"state": state,
		"submissions": {"id": isID, "language_id": isID, "problem_id": isID, "team_id": isID, "time": isTime,
			"contest_time": isSpan, "entry_point": "null|" + isText, "files": isList},
		"judgements": {"id": isID, "submission_id": isID, "judgement_type_id": isText, "start_time": isTime,
			"start_contest_time": isSpan, "end_time": isTime, "end_contest_time": isSpan, "max_run_time": "?" + isMilli},
		"runs": {"id": isID, "judgement_id": isID, "ordinal": `[1-9]\d*`, "judgement_type_id": isText, "time": isTime,
			"contest_time": isSpan, "run_time": isMilli},
		"awards":     {"id": isID, "citation": isText, "team_ids": isIDs},
		"scoreboard": {"time": isTime, "contest_time": isSpan, "state": isAny, "rows": isList},
	}
	if s.kind == contest.Score {
		delete(all["contest"], "penalty_time")
		delete(all["judgement-types"], "penalty")
		all["judgements"]["score"], all["problems"]["max_score"] = `\d+(\.\d+)?`, `\d+(\.\d+)?`
	}
	if s.version == Version202601 {
		all["judgements"]["current"] = "true"
		for _, limit := range []string{"memory_limit", "output_limit", "code_limit"} {
			all["problems"][limit] = isCount
		}
	}
	return all
}

// object checks one object.
func (s strict) object(what string, raw []byte, rules shape) map[string]json.RawMessage {
	s.t.Helper()
	var o map[string]json.RawMessage
	if err := json.Unmarshal(raw, &o); err != nil {
		s.t.Fatalf("%s: %v", what, err)
	}
	for name, rule := range rules {
		rule, optional := strings.CutPrefix(rule, "?")
		value, ok := o[name]
		if !ok && !optional {
			s.t.Errorf("%s: expected the member %s: %s", what, name, raw)
		}
		if ok && !regexp.MustCompile(`^(`+rule+`)$`).Match(value) {
			s.t.Errorf("%s: %s is %s: expected %s", what, name, value, rule)
		}
	}
	for name := range o {
		if _, ok := rules[name]; !ok {
			s.t.Errorf("%s: unexpected member %s", what, name)
		}
	}
	return o
}

func (s strict) read(name string) []byte {
	s.t.Helper()
	data, err := os.ReadFile(filepath.Join(s.dir, name))
	if err != nil {
		s.t.Fatal(err)
	}
	return data
}

// check checks all files of the export.
func (s strict) check(withRuns bool) {
	s.t.Helper()
	s.ids = map[string]map[string]bool{}
	rules := s.shapes()
	endpoints := []string{"judgement-types", "languages", "problems", "groups", "organizations", "teams", "submissions",
		"judgements", "awards"}
	if withRuns {
		endpoints = append(endpoints, "runs")
	} else if _, err := os.Stat(filepath.Join(s.dir, "runs.json")); err == nil {
		s.t.Error("runs.json is there: expected no runs")
	}
	s.object("api", s.read("api.json"), rules["api"])
	s.object("contest", s.read("contest.json"), rules["contest"])
	s.state(s.object("state", s.read("state.json"), rules["state"]))
	lists := map[string][]json.RawMessage{}
	for _, endpoint := range endpoints {
		var list []json.RawMessage
		if err := json.Unmarshal(s.read(endpoint+".json"), &list); err != nil {
			s.t.Fatalf("%s: %v", endpoint, err)
		}
		lists[endpoint] = list
		s.ids[endpoint] = map[string]bool{}
		for _, raw := range list {
			o := s.object(endpoint, raw, rules[endpoint])
			if id := idOf(o["id"]); s.ids[endpoint][id] {
				s.t.Errorf("%s: the id %s is there twice", endpoint, id)
			} else {
				s.ids[endpoint][id] = true
			}
			s.refers(endpoint, o)
			s.details(endpoint, o)
		}
	}
	s.scoreboard(s.object("scoreboard", s.read("scoreboard.json"), rules["scoreboard"]))
	s.feed(lists, rules)
}

// refers checks that an object refers to what there is.
func (s strict) refers(what string, o map[string]json.RawMessage) {
	s.t.Helper()
	for member, endpoint := range map[string]string{"language_id": "languages", "problem_id": "problems",
		"team_id": "teams", "submission_id": "submissions", "judgement_type_id": "judgement-types",
		"judgement_id": "judgements", "organization_id": "organizations"} {
		if value, ok := o[member]; ok && !s.ids[endpoint][idOf(value)] {
			s.t.Errorf("%s: %s refers to %s, which is not there", what, member, value)
		}
	}
	for member, endpoint := range map[string]string{"team_ids": "teams", "group_ids": "groups"} {
		var ids []string
		if json.Unmarshal(o[member], &ids) != nil {
			continue
		}
		for _, id := range ids {
			if !s.ids[endpoint][id] {
				s.t.Errorf("%s: %s refers to %q, which is not there", what, member, id)
			}
		}
	}
}

// details checks what holds between the members of an object.
func (s strict) details(endpoint string, o map[string]json.RawMessage) {
	s.t.Helper()
	switch endpoint {
	case "languages":
		if _, named := o["entry_point_name"]; named != (string(o["entry_point_required"]) == "true") {
			s.t.Errorf("language %s: expected entry_point_name if and only if it is required", o["id"])
		}
	case "submissions":
		if l := idOf(o["language_id"]); (l == "c" || l == "cpp") != (string(o["entry_point"]) == "null") &&
			slices.Contains([]string{"c", "cpp", "java", "python3"}, l) {
			s.t.Errorf("submission %s in %s has the entry point %s", o["id"], l, o["entry_point"])
		}
		var files []map[string]json.RawMessage
		if err := json.Unmarshal(o["files"], &files); err != nil || len(files) != 1 {
			s.t.Fatalf("submission %s: expected one file: %s", o["id"], o["files"])
		}
		rules := shape{"filename": `"files\.zip"`, "mime": `"application/zip"`}
		if s.version == Version202306 {
			rules["href"] = isText
		}
		data, _ := json.Marshal(files[0])
		s.object("file", data, rules)
		s.read("submissions/" + idOf(o["id"]) + "/files.zip")
	}
}

// state checks the order of the states.
func (s strict) state(o map[string]json.RawMessage) {
	s.t.Helper()
	at := func(name string) string { return idOf(o[name]) }
	for _, pair := range [][2]string{{"started", "frozen"}, {"frozen", "ended"}, {"ended", "thawed"},
		{"ended", "finalized"}, {"thawed", "end_of_updates"}, {"finalized", "end_of_updates"}} {
		if a, b := at(pair[0]), at(pair[1]); a != "" && b != "" && a >= b { // all are in one zone
			s.t.Errorf("state: expected %s < %s, got %s and %s", pair[0], pair[1], a, b)
		}
	}
}

// scoreboard checks the rows.
func (s strict) scoreboard(o map[string]json.RawMessage) {
	s.t.Helper()
	minutes := isCount
	if s.version == Version202601 {
		minutes = isSpan
	}
	var rows []json.RawMessage
	if err := json.Unmarshal(o["rows"], &rows); err != nil {
		s.t.Fatal(err)
	}
	last := 0
	for _, raw := range rows {
		row := s.object("row", raw, shape{"rank": `[1-9]\d*`, "team_id": isID, "score": isAny, "problems": isList})
		s.refers("row", row)
		var rank int
		_ = json.Unmarshal(row["rank"], &rank)
		if rank < last {
			s.t.Errorf("the rank %d follows %d", rank, last)
		}
		last = rank
		total := shape{"num_solved": isCount, "total_time": minutes, "time": "?" + minutes}
		if s.kind == contest.Score {
			total = shape{"score": isMilli, "time": "?" + minutes}
		}
		if s.version == Version202601 {
			total["time"] = "null|" + minutes
		}
		sums := s.object("score", row["score"], total)
		nothing := string(sums["num_solved"]) == "0" || string(sums["score"]) == "0"
		if _, timed := sums["time"]; s.version == Version202306 && timed == nothing {
			s.t.Errorf("row %s: expected a time if and only if something is solved", raw)
		}
		var cells []json.RawMessage
		if err := json.Unmarshal(row["problems"], &cells); err != nil {
			s.t.Fatal(err)
		}
		for _, raw := range cells {
			rules := shape{"problem_id": isID, "num_judged": isCount, "num_pending": isCount, "time": "?" + minutes,
				"solved": isFlag}
			if s.kind == contest.Score {
				delete(rules, "solved")
				rules["score"] = isMilli
			}
			cell := s.object("cell", raw, rules)
			s.refers("cell", cell)
			scored := string(cell["solved"]) == "true" || cell["score"] != nil && string(cell["score"]) != "0"
			if _, timed := cell["time"]; timed != scored {
				s.t.Errorf("cell %s: expected a time if and only if it is solved", raw)
			}
		}
	}
}

// feed checks that the event feed has what the files have, in the order of references, and ends with the state.
func (s strict) feed(lists map[string][]json.RawMessage, rules map[string]shape) {
	s.t.Helper()
	lines := bufio.NewScanner(bytes.NewReader(s.read(feedName)))
	lines.Buffer(nil, 1<<24)
	seen := map[string][]json.RawMessage{}
	var last struct {
		Type string
		Data json.RawMessage
	}
	var order []string
	for lines.Scan() {
		e := s.object("event", lines.Bytes(), shape{"type": isText, "id": "null|" + isID, "data": isAny})
		last.Type, last.Data = idOf(e["type"]), e["data"]
		if !slices.Contains(order, last.Type) {
			order = append(order, last.Type)
		}
		if last.Data[0] == '[' {
			var list []json.RawMessage
			if err := json.Unmarshal(last.Data, &list); err != nil || idOf(e["id"]) != "" {
				s.t.Errorf("event %s: expected a null id and a list", lines.Text())
			}
			seen[last.Type] = append(seen[last.Type], list...)
			continue
		}
		s.object("event "+last.Type, last.Data, rules[last.Type])
		seen[last.Type] = append(seen[last.Type], last.Data)
	}
	for endpoint, list := range lists {
		if fmt.Sprintf("%s", list) != fmt.Sprintf("%s", seen[endpoint]) {
			s.t.Errorf("the feed has other %s than %s.json", endpoint, endpoint)
		}
	}
	want := []string{"contest", "judgement-types", "languages", "problems", "groups", "organizations", "teams", "state",
		"submissions", "judgements", "runs", "awards"}
	if lists["runs"] == nil {
		want = slices.DeleteFunc(want, func(s string) bool { return s == "runs" })
	}
	if !slices.Equal(order, want) {
		s.t.Errorf("the feed has the order %v: expected %v", order, want)
	}
	if state := compact(s.read("state.json")); last.Type != "state" || !bytes.Equal(last.Data, bytes.TrimSpace(state)) {
		s.t.Errorf("the feed ends with %s %s: expected the state", last.Type, last.Data)
	}
}

// TestExportsAreStrict: both versions, both kinds of contests, frozen or not, with and without runs.
func TestExportsAreStrict(t *testing.T) {
	for _, version := range []Version{Version202306, Version202601} {
		for _, kind := range []contest.Type{contest.PassFail, contest.Score} {
			for i, frozen := range []bool{false, true} {
				t.Run(fmt.Sprint(version.name(), kind, frozen), func(t *testing.T) {
					r := smallContest(t, kind)
					e := Export{Results: r, Version: version, Frozen: frozen, Detailed: frozen,
						Warn: func(err error) { t.Errorf("unexpected warning: %v", err) }}
					if i == 0 {
						e.Runs = threeRuns(r)
					}
					dest := filepath.Join(t.TempDir(), "export")
					if err := Write(t.Context(), dest, e); err != nil {
						t.Fatal(err)
					}
					strict{t: t, dir: dest, version: version, kind: kind}.check(i == 0)
				})
			}
		}
	}
}
