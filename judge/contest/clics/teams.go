package clics

import (
	"cmp"
	"encoding/json"
	"slices"

	"judge/judge/contest"
)

// writeTeams writes the groups, organizations and teams, and what was read of persons and accounts.
func (w *writer) writeTeams() error {
	var groups, organizations, teams []json.RawMessage
	known := map[string]bool{}
	for _, g := range w.c.Groups {
		var b builder
		b.text("id", g.ID)
		b.text("name", cmp.Or(g.Name, g.ID))
		w.carry(&b, "groups", g.ID, g.Extra)
		groups = append(groups, b.end())
		known["group "+g.ID] = true
	}
	for _, o := range w.c.Organizations {
		var b builder
		b.text("id", o.ID)
		b.text("name", cmp.Or(o.Name, o.ID))
		w.carry(&b, "organizations", o.ID, o.Extra)
		organizations = append(organizations, b.end())
		known["organization "+o.ID] = true
	}
	for _, t := range w.c.Teams {
		teams = append(teams, w.team(t, known))
	}
	for _, list := range []struct {
		endpoint string
		objects  []json.RawMessage
	}{{"groups", groups}, {"organizations", organizations}, {"teams", teams}} {
		if err := w.putList(list.endpoint, list.objects); err != nil {
			return err
		}
	}
	for _, endpoint := range []string{"persons", "accounts"} {
		if err := w.putCarried(endpoint); err != nil {
			return err
		}
	}
	w.events = append(w.events, entry{kind: "state", data: w.started()})
	return w.put("state.json", w.state())
}

// team returns a team.
func (w *writer) team(t contest.Team, known map[string]bool) json.RawMessage {
	var b builder
	b.text("id", t.ID)
	b.text("label", cmp.Or(t.Label, t.ID))
	b.text("name", cmp.Or(t.Name, t.ID))
	b.textIf("display_name", t.DisplayName)
	if known["organization "+t.Organization] {
		b.text("organization_id", t.Organization)
	}
	var groups []string
	for _, id := range t.Groups {
		if known["group "+id] && !slices.Contains(groups, id) {
			groups = append(groups, id)
		}
	}
	b.list("group_ids", groups)
	if w.hidden[t.ID] {
		b.flag("hidden", true)
	}
	w.carry(&b, "teams", t.ID, t.Extra)
	return b.end()
}

// putCarried writes an endpoint that was read, if there is anything in it.
func (w *writer) putCarried(endpoint string) error {
	var list []map[string]json.RawMessage
	if json.Unmarshal(w.c.Carried[endpoint], &list) != nil {
		return nil //nolint:nilerror // nothing was read
	}
	var objects []json.RawMessage
	seen := map[string]bool{}
	for _, o := range list {
		if object, id := w.carried(endpoint, o); object != nil && !seen[id] {
			seen[id] = true
			objects = append(objects, object)
		}
	}
	if len(objects) == 0 {
		return nil
	}
	return w.putList(endpoint, objects)
}

// carried returns an object of an endpoint that was read, and its id; nil if it lacks what the version requires.
func (w *writer) carried(endpoint string, o map[string]json.RawMessage) (json.RawMessage, string) {
	one := object{members: o}
	id, err := one.id("id")
	if err != nil || id == "" {
		return nil, ""
	}
	w.adapt(endpoint, o)
	var b builder
	b.text("id", id)
	written := w.carry(&b, endpoint, id, o)
	for _, name := range required(endpoint) {
		if !slices.Contains(written, name) {
			return nil, ""
		}
	}
	bound := endpoint == "persons" && slices.Contains([]string{`"contestant"`, `"coach"`}, string(o["role"]))
	if bound && !slices.Contains(written, "team_ids") || endpoint == "accounts" && string(o["type"]) == `"team"` &&
		!slices.Contains(written, "team_id") {
		return nil, "" // they need a team
	}
	return b.end(), id
}

// adapt turns members into those of the version. References to teams that are not there are removed.
func (w *writer) adapt(endpoint string, o map[string]json.RawMessage) {
	one := object{members: o}
	if endpoint == "clarifications" {
		if to, err := one.id("to_team_id"); err == nil && to != "" && w.Version == Version202601 {
			o["to_team_ids"] = append(append([]byte("["), quoted(to)...), ']')
			delete(o, "to_team_id")
		}
		if to, err := one.ids("to_team_ids"); err == nil && len(to) == 1 && w.Version == Version202306 {
			o["to_team_id"] = quoted(to[0])
		}
	}
	missing := func(id string) bool {
		return !slices.ContainsFunc(w.c.Teams, func(t contest.Team) bool { return t.ID == id })
	}
	if ids, err := one.ids("team_ids"); err == nil && len(ids) > 0 {
		if ids = slices.DeleteFunc(ids, missing); len(ids) == 0 {
			delete(o, "team_ids")
		} else {
			data, _ := json.Marshal(ids) // texts always have one
			o["team_ids"] = data
		}
	}
	for _, name := range []string{"team_id", "from_team_id", "to_team_id"} {
		if id, err := one.id(name); err == nil && id != "" && missing(id) {
			delete(o, name)
		}
	}
}
