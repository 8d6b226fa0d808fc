package clics

import (
	"cmp"
	"encoding/json"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"judge/judge/contest"
)

// name returns the version as api.json states it.
func (v Version) name() string {
	if v == Version202601 {
		return "2026-01"
	}
	return "2023-06"
}

// writeSetting writes what is known before a contest starts, without its teams.
func (w *writer) writeSetting() error {
	var api, from builder
	api.text("version", w.Version.name())
	api.text("version_url", "https://ccs-specs.icpc.io/"+w.Version.name()+"/contest_api")
	from.text("name", provider)
	from.textIf("version", w.Results.Judge)
	api.raw("provider", from.end())
	if err := w.put("api.json", api.end()); err != nil {
		return err
	}
	object := w.contestObject()
	w.events = append(w.events, entry{kind: "contest", data: object})
	if err := w.put("contest.json", object); err != nil {
		return err
	}
	if err := w.putList("judgement-types", w.judgementTypes()); err != nil {
		return err
	}
	w.chooseLanguages()
	var all []json.RawMessage
	for _, l := range w.languages {
		all = append(all, w.language(l))
	}
	if err := w.putList("languages", all); err != nil {
		return err
	}
	all = nil
	for i, p := range w.c.Problems {
		all = append(all, w.problem(i+1, p))
	}
	return w.putList("problems", all)
}

// contestObject returns contest.json.
func (w *writer) contestObject() json.RawMessage {
	var b builder
	c, k := w.c, w.clock
	b.text("id", contest.ID(c.ID))
	b.text("name", cmp.Or(c.Name, c.ID))
	b.textIf("formal_name", c.FormalName)
	b.moment("start_time", k.start)
	b.span("duration", k.duration)
	if c.Freeze > 0 {
		b.span("scoreboard_freeze_duration", min(c.Freeze, k.duration))
	}
	if c.Scoring.Type == contest.Score {
		b.text("scoreboard_type", "score")
	} else {
		b.text("scoreboard_type", "pass-fail")
		if w.Version == Version202601 {
			b.span("penalty_time", c.Scoring.Penalty)
		} else {
			b.int("penalty_time", int(math.Round(c.Scoring.Penalty.Minutes())))
		}
	}
	w.carry(&b, "contest", c.ID, c.Extra)
	return b.end()
}

// judgementTypes returns the judgement types that the export uses.
func (w *writer) judgementTypes() []json.RawMessage {
	all := []struct {
		id, name          string
		penalty, detailed bool
	}{
		{"AC", "correct", false, false},
		{"CE", "compile error", false, false},
		{"RTE", "run-time error", true, false},
		{"TLE", "time limit exceeded", true, false},
		{"WA", "wrong answer", true, false},
		{"ILE", "idleness limit exceeded", true, true},
		{"MLE", "memory limit exceeded", true, true},
		{"OLE", "output limit exceeded", true, true},
		{"WTL", "wall time limit exceeded", true, true},
	}
	var objects []json.RawMessage
	for _, t := range all {
		if t.detailed && !w.Detailed {
			continue
		}
		var b builder
		b.text("id", t.id)
		b.text("name", t.name)
		if w.c.Scoring.Type == contest.PassFail {
			b.flag("penalty", t.penalty)
		}
		b.flag("solved", t.id == "AC")
		objects = append(objects, b.end())
	}
	return objects
}

// problem returns a problem.
func (w *writer) problem(ordinal int, p contest.Problem) json.RawMessage {
	var b builder
	b.text("id", p.ID)
	b.text("label", cmp.Or(p.Label, p.ID))
	b.text("name", cmp.Or(p.Name, p.Label, p.ID))
	b.int("ordinal", ordinal)
	b.textIf("color", p.Color)
	if rgb.MatchString(p.RGB) {
		b.text("rgb", p.RGB)
	}
	facts := cmp.Or(p.Facts, &contest.Facts{})
	if limit := cmp.Or(p.TimeLimit, facts.TimeLimit); limit > 0 {
		b.seconds("time_limit", limit)
	}
	if w.Version == Version202601 {
		w.limit(&b, p, "memory_limit", facts.MemoryLimit, 1<<20)
		w.limit(&b, p, "output_limit", facts.OutputLimit, 1<<20)
		w.limit(&b, p, "code_limit", facts.CodeLimit, 1<<10)
	}
	if p.Facts == nil {
		stated, _ := strconv.ParseUint(string(p.Extra["test_data_count"]), 10, 31)
		b.int("test_data_count", int(stated))
	} else {
		b.int("test_data_count", len(facts.Tests))
	}
	if w.c.Scoring.Type == contest.Score {
		b.number("max_score", w.maxScore(p))
	}
	w.carry(&b, "problems", p.ID, p.Extra)
	return b.end()
}

// limit writes a limit in units, rounded up: that of the package, else the one that was read.
func (w *writer) limit(b *builder, p contest.Problem, name string, bytes, unit int64) {
	if bytes > 0 {
		b.int(name, int((bytes+unit-1)/unit))
	} else if stated, err := strconv.ParseUint(string(p.Extra[name]), 10, 31); err == nil {
		b.int(name, int(stated))
	}
}

// maxScore returns the most points of a problem: 100 if nobody states them.
func (w *writer) maxScore(p contest.Problem) float64 {
	if p.Facts != nil {
		return p.Facts.MaxScore
	}
	if stated, err := strconv.ParseFloat(string(p.Extra["max_score"]), 64); err == nil {
		return stated
	}
	return 100
}

// rgb matches colours such as #fff and #AC00FF.
var rgb = regexp.MustCompile(`^#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$`)

// chooseLanguages chooses the languages to write: those of the contest's package, and all that are used.
func (w *writer) chooseLanguages() {
	w.languages = slices.Clone(w.c.Languages)
	used := map[string]bool{}
	for _, s := range w.c.Submissions {
		used[w.languageOf(s)] = true
	}
	for _, l := range w.languages {
		delete(used, l.ID)
	}
	for id := range used {
		w.languages = append(w.languages, known(id))
	}
	slices.SortFunc(w.languages, func(a, b contest.Language) int { return strings.Compare(a.ID, b.ID) })
}

// languageOf returns the id of the language of a submission: as the contest names it, else as the judge found it.
func (w *writer) languageOf(s contest.Submission) string {
	found := ""
	if j := w.Results.Judgements[s.ID]; j != nil {
		found = j.Language
	}
	return contest.ID(cmp.Or(s.Language, found, "unknown"))
}

// language returns a language.
func (w *writer) language(l contest.Language) json.RawMessage {
	var b builder
	b.text("id", l.ID)
	b.text("name", cmp.Or(l.Name, l.ID))
	b.flag("entry_point_required", l.EntryName != "")
	b.textIf("entry_point_name", l.EntryName)
	var once []string
	for _, extension := range l.Extensions {
		if !slices.Contains(once, extension) {
			once = append(once, extension)
		}
	}
	b.list("extensions", once)
	w.carry(&b, "languages", l.ID, l.Extra)
	return b.end()
}

// known returns a language of the CLICS list, or one of the judge that is not in it. A number at the end of an id is
// that of a version.
func known(id string) contest.Language {
	const class, file = "Main class", "Main file"
	for _, l := range []contest.Language{
		{ID: "bash", Name: "Bash", EntryName: file, Extensions: []string{"sh"}},
		{ID: "c", Name: "C", Extensions: []string{"c"}},
		{ID: "cpp", Name: "C++", Extensions: []string{"cc", "cpp", "cxx", "c++", "C"}},
		{ID: "csharp", Name: "C#", Extensions: []string{"cs"}},
		{ID: "go", Name: "Go", Extensions: []string{"go"}},
		{ID: "haskell", Name: "Haskell", Extensions: []string{"hs"}},
		{ID: "java", Name: "Java", EntryName: class, Extensions: []string{"java"}},
		{ID: "javascript", Name: "JavaScript", EntryName: file, Extensions: []string{"js"}},
		{ID: "kotlin", Name: "Kotlin", EntryName: class, Extensions: []string{"kt"}},
		{ID: "lua", Name: "Lua", EntryName: file, Extensions: []string{"lua"}},
		{ID: "ocaml", Name: "OCaml", Extensions: []string{"ml"}},
		{ID: "pascal", Name: "Pascal", Extensions: []string{"pas"}},
		{ID: "perl", Name: "Perl", EntryName: file, Extensions: []string{"pl"}},
		{ID: "php", Name: "PHP", EntryName: file, Extensions: []string{"php"}},
		{ID: "pypy3", Name: "PyPy 3", EntryName: file, Extensions: []string{"py"}},
		{ID: "python2", Name: "Python 2", EntryName: file, Extensions: []string{"py"}},
		{ID: "python3", Name: "Python 3", EntryName: file, Extensions: []string{"py"}},
		{ID: "ruby", Name: "Ruby", Extensions: []string{"rb"}},
		{ID: "rust", Name: "Rust", Extensions: []string{"rs"}},
	} {
		if l.ID == id {
			return l
		}
		version, ok := strings.CutPrefix(id, l.ID)
		if ok && (l.ID == "c" || l.ID == "cpp") && strings.Trim(version, "0123456789") == "" {
			l.ID, l.Name = id, l.Name+version
			return l
		}
	}
	return contest.Language{ID: id, Name: id}
}
