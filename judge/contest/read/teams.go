package read

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"judge/judge/contest"
	"judge/problems/safefile"
	"judge/problems/strictyaml"
	"judge/problems/text"
)

// roster is the teams of a contest: those that a file lists, and those that submissions add.
type roster struct {
	teams  map[string]*contest.Team // by id
	raw    map[string]string        // ids by the text in the file, or by the name of a directory
	byName map[string][]string      // ids of listed teams by name, in Unicode's composed form
	listed bool
	added  []string // names of teams that are not listed, if a file lists teams

	organizations []contest.Organization
	groups        []contest.Group
}

func newRoster() *roster {
	return &roster{teams: map[string]*contest.Team{}, raw: map[string]string{}, byName: map[string][]string{}}
}

// readTeams reads the file of teams; without one, submissions add all teams.
func (r *reader) readTeams(node *strictyaml.Node) error {
	r.teams = newRoster()
	if node == nil || node.IsNull() {
		return nil
	}
	data, name, err := r.csvAt(node, "teams.csv")
	if err != nil {
		return err
	}
	t, err := tableOf(r.shown(name), data, layout{
		[]string{"id", "name", "organization", "groups", "hidden"}, []string{"id"}, maxRows,
	})
	if err != nil {
		return err
	}
	r.teams.listed = true
	lines := map[string]int{}
	for _, row := range t.rows {
		if err := r.teams.list(t, row, lines); err != nil {
			return err
		}
	}
	return nil
}

// csvAt reads the CSV that a node of contest.yaml names.
func (r *reader) csvAt(node *strictyaml.Node, example string) ([]byte, string, error) {
	named, err := node.Text()
	if err != nil {
		return nil, "", err
	}
	quoted := strictyaml.Quote(named)
	name, outside := inside("", named)
	switch {
	case outside:
		return nil, "", node.Fault(quoted+" leads out of the contest's directory", "copy the file into it")
	case !strings.EqualFold(filepath.Ext(name), ".csv"):
		return nil, "", node.Fault(quoted+" is not a CSV: expected a name such as "+example, "save it as CSV")
	}
	file, err := r.root.Open(name)
	switch {
	case isMissing(err):
		hint := nearFile(filepath.Join(r.root.Dir, name), "create it, or remove the key")
		return nil, "", node.Fault("no such file: "+quoted, hint)
	case err != nil:
		return nil, "", node.Fault(quoted+": "+reasonOf(err), "put a regular file in its place")
	}
	defer file.Close()
	data, err := readAll(file, maxFile)
	if err != nil {
		return nil, "", node.Fault(quoted+": "+err.Error(), "split the file")
	}
	return data, name, nil
}

// readAll reads a file of at most limit bytes.
func readAll(file *os.File, limit int64) ([]byte, error) {
	data, err := safefile.ReadAll(file, limit)
	if err != nil {
		return nil, &reason{safefile.Reason(err)}
	}
	return data, nil
}

// reason is an error without the path of the file.
type reason struct{ text string }

// Error returns the text.
func (e *reason) Error() string { return e.text }

// list adds the team of a row.
func (s *roster) list(t *table, r row, lines map[string]int) error {
	given := t.cell(r, "id")
	if given == "" {
		return t.fault(r, "a team without an id", "write an id in each row")
	}
	id := contest.ID(given)
	if first, twice := lines[id]; twice {
		return t.fault(r, "the team "+strictyaml.Quote(given)+" appears twice: "+lineHas(first), "remove one")
	}
	lines[id] = r.line
	team := &contest.Team{ID: id, Name: t.cell(r, "name")}
	if team.Name == "" {
		team.Name = given
	}
	switch hidden := strings.ToLower(t.cell(r, "hidden")); hidden {
	case "true":
		team.Hidden = true
	case "false", "":
	default:
		msg := "hidden is " + strictyaml.Quote(hidden) + ": expected true or false"
		return t.fault(r, msg, "write true, false or nothing")
	}
	if named := t.cell(r, "organization"); named != "" {
		team.Organization = s.organization(named)
	}
	for group := range strings.SplitSeq(t.cell(r, "groups"), ";") {
		if group = strings.TrimSpace(group); group != "" {
			team.Groups = appendNew(team.Groups, s.group(group))
		}
	}
	s.teams[id], s.raw[given] = team, id
	if _, known := s.raw[id]; !known {
		s.raw[id] = id
	}
	composed := norm.NFC.String(team.Name)
	s.byName[composed] = appendNew(s.byName[composed], id)
	return nil
}

func appendNew(all []string, one string) []string {
	if slices.Contains(all, one) {
		return all
	}
	return append(all, one)
}

// organization returns the id of an organization, and adds it.
func (s *roster) organization(name string) string {
	id := contest.ID(name)
	if !slices.ContainsFunc(s.organizations, func(o contest.Organization) bool { return o.ID == id }) {
		s.organizations = append(s.organizations, contest.Organization{ID: id, Name: name})
	}
	return id
}

// group returns the id of a group, and adds it.
func (s *roster) group(name string) string {
	id := contest.ID(name)
	if !slices.ContainsFunc(s.groups, func(g contest.Group) bool { return g.ID == id }) {
		s.groups = append(s.groups, contest.Group{ID: id, Name: name})
	}
	return id
}

// team returns the id of the team that a submission names: by id, else by name. It adds a team that is not listed. msg
// says what is wrong, hint how to fix it.
func (s *roster) team(name string) (id, msg, hint string) {
	if id, known := s.raw[name]; known {
		return id, "", ""
	}
	ids := s.byName[norm.NFC.String(name)]
	if len(ids) > 1 {
		msg = "the team " + strictyaml.Quote(name) + " may be " + strings.Join(ids[:2], " or ")
		return "", msg, "write the team's id"
	}
	if len(ids) == 1 {
		s.raw[name] = ids[0]
		return ids[0], "", ""
	}
	id = contest.ID(name)
	if _, taken := s.teams[id]; taken {
		return "", "the id of team " + strictyaml.Quote(name) + " is that of another team: " + id, "rename one of them"
	}
	s.teams[id] = &contest.Team{ID: id, Name: text.ValidUTF8(name)}
	s.raw[name] = id
	if s.listed {
		s.added = append(s.added, name)
	}
	return id, "", ""
}

// sorted returns the teams by id.
func (s *roster) sorted() []contest.Team {
	teams := make([]contest.Team, 0, len(s.teams))
	for _, team := range s.teams {
		teams = append(teams, *team)
	}
	slices.SortFunc(teams, func(a, b contest.Team) int { return strings.Compare(a.ID, b.ID) })
	return teams
}
