package clics

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"judge/judge/contest"
	"judge/problems/strictyaml"
)

// readGroups reads the groups.
func (r *reader) readGroups() {
	seen := map[string]bool{}
	for _, o := range r.lists["groups"] {
		one := contest.Group{ID: r.newID(o, "group", seen), Name: get(r, o.text, "name")}
		one.Name = cmp.Or(one.Name, one.ID)
		one.Hidden = get(r, o.flag, "hidden")
		r.off[one.ID] = one.Hidden
		one.Extra = o.extra("id", "name", "hidden")
		r.contest.Groups = append(r.contest.Groups, one)
	}
	slices.SortStableFunc(r.contest.Groups, func(a, b contest.Group) int { return strings.Compare(a.ID, b.ID) })
	if r.main != "" && !seen[r.main] {
		r.note(r.lists["contest"][0].fault("main_scoreboard_group_id",
			fmt.Sprintf("unknown group %s", strictyaml.Quote(r.main)), "add the group to groups.json"))
	}
}

// readOrganizations reads the organizations.
func (r *reader) readOrganizations() {
	seen := map[string]bool{}
	for _, o := range r.lists["organizations"] {
		one := contest.Organization{ID: r.newID(o, "organization", seen), Name: get(r, o.text, "name")}
		one.Name = cmp.Or(one.Name, one.ID)
		one.Extra = o.extra("id", "name")
		r.contest.Organizations = append(r.contest.Organizations, one)
	}
	slices.SortStableFunc(r.contest.Organizations, func(a, b contest.Organization) int {
		return strings.Compare(a.ID, b.ID)
	})
}

// readLanguages reads the languages.
func (r *reader) readLanguages() {
	seen := map[string]bool{}
	for _, o := range r.lists["languages"] {
		one := contest.Language{ID: r.newID(o, "language", seen), Name: get(r, o.text, "name")}
		one.Name = cmp.Or(one.Name, one.ID)
		if get(r, o.flag, "entry_point_required") {
			one.EntryName = cmp.Or(get(r, o.text, "entry_point_name"), "Entry point")
		}
		if o.has("extensions") && json.Unmarshal(o.members["extensions"], &one.Extensions) != nil {
			r.note(o.fault("extensions", "expected a list of texts, found "+o.quote("extensions"),
				`write ["cpp", "cc"]`))
		}
		one.Extra = o.extra("id", "name", "entry_point_required", "entry_point_name", "extensions")
		r.contest.Languages = append(r.contest.Languages, one)
	}
}

// readTeams reads the teams. Without the endpoint the teams are those that have submissions.
func (r *reader) readTeams() {
	list, stated := r.lists["teams"]
	for _, o := range list {
		one := contest.Team{ID: r.newID(o, "team", r.teams), Name: get(r, o.text, "name")}
		one.Name = cmp.Or(one.Name, one.ID)
		one.DisplayName, one.Label = get(r, o.text, "display_name"), get(r, o.text, "label")
		one.Organization = get(r, o.id, "organization_id")
		one.Groups = get(r, o.ids, "group_ids")
		one.Hidden = get(r, o.flag, "hidden") || r.main != "" && !slices.Contains(one.Groups, r.main) ||
			slices.ContainsFunc(one.Groups, func(id string) bool { return r.off[id] })
		r.checkTeam(o, one)
		one.Extra = o.extra("id", "name", "display_name", "label", "organization_id", "group_ids", "hidden")
		r.contest.Teams = append(r.contest.Teams, one)
	}
	if !stated {
		for _, o := range r.lists["submissions"] {
			name, err := o.rawID("team_id")
			if id := contest.ID(name); err == nil && name != "" && !r.teams[id] {
				r.teams[id] = true
				r.contest.Teams = append(r.contest.Teams, contest.Team{ID: id, Name: name})
			}
		}
	}
	slices.SortStableFunc(r.contest.Teams, func(a, b contest.Team) int { return strings.Compare(a.ID, b.ID) })
}

// checkTeam keeps the faults of a team of an unknown organization or group.
func (r *reader) checkTeam(o *object, one contest.Team) {
	has := slices.ContainsFunc(r.contest.Organizations, func(x contest.Organization) bool {
		return x.ID == one.Organization
	})
	if one.Organization != "" && !has {
		r.note(o.fault("organization_id", "unknown organization "+o.quote("organization_id"),
			"add the organization to organizations.json"))
	}
	for _, id := range one.Groups {
		if _, known := r.off[id]; !known {
			r.note(o.fault("group_ids", fmt.Sprintf("unknown group %s", strictyaml.Quote(id)),
				"add the group to groups.json"))
		}
	}
}

// readCarried keeps the endpoints that grading does not use. Passwords are left out: results are shown to others.
func (r *reader) readCarried() {
	lists := map[string][]*object{}
	for _, endpoint := range carried() {
		lists[endpoint] = r.lists[endpoint]
	}
	if lists["persons"] == nil {
		lists["persons"] = r.lists["team-members"] // its name up to 2021-11
	}
	for endpoint, list := range lists {
		if len(list) == 0 {
			continue
		}
		var b bytes.Buffer
		wrap(&b, '[', ']', len(list), func(i int) {
			members := list[i].extra()
			delete(members, "password")
			if endpoint == "persons" {
				asPerson(members)
			}
			data, _ := json.Marshal(members) // valid JSON always has one
			b.Write(data)
		})
		if r.contest.Carried == nil {
			r.contest.Carried = map[string]json.RawMessage{}
		}
		r.contest.Carried[endpoint] = bytes.Clone(b.Bytes())
	}
}

// asPerson turns an object of an older version into one of 2023-06: a team member, or a person with one team.
func asPerson(members map[string]json.RawMessage) {
	if team, ok := members["team_id"]; ok && members["team_ids"] == nil {
		members["team_ids"] = json.RawMessage("[" + string(team) + "]")
		delete(members, "team_id")
	}
	if members["name"] == nil {
		name := strings.TrimSpace(idOf(members["first_name"]) + " " + idOf(members["last_name"]))
		members["name"] = quoted(name)
		delete(members, "first_name")
		delete(members, "last_name")
	}
	if members["role"] == nil {
		members["role"] = quoted("contestant")
	}
}
