package clics

import (
	"encoding/json"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"judge/judge/contest"
	"judge/problems/safefile"
)

// kind is what a member of a carried object holds. Only what the version allows is written: otherwise a
// strict reader refuses the whole package.
type kind uint8

const (
	anyText kind = iota
	oneID
	manyIDs
	moment
	span
	country
	subdivision
	uuid
	point   // latitude and longitude
	spot    // position on a contest floor
	command // of a compiler
	images
	sex
	role
	account
	tags
)

// member is a member that an object may have in addition to those that are computed.
type member struct {
	name  string
	kind  kind
	since Version // the first version that has it
}

// members returns the members of the objects of an endpoint that are carried.
func members(endpoint string) []member {
	switch endpoint {
	case "contest":
		return []member{{"location", point, 0}, {"scoreboard_thaw_time", moment, Version202601},
			{"main_scoreboard_group_id", oneID, Version202601}, {"banner", images, 0}, {"logo", images, 0}}
	case "problems":
		return []member{{"uuid", uuid, 0}}
	case "languages":
		return []member{{"compiler", command, 0}, {"runner", command, 0}}
	case "groups":
		return []member{{"icpc_id", anyText, 0}, {"type", anyText, 0}, {"location", point, 0}}
	case "organizations":
		return []member{{"icpc_id", anyText, 0}, {"formal_name", anyText, 0}, {"country", country, 0},
			{"country_flag", images, 0}, {"country_subdivision", subdivision, Version202601},
			{"country_subdivision_flag", images, Version202601}, {"url", anyText, 0}, {"twitter_hashtag", anyText, 0},
			{"twitter_account", anyText, 0}, {"location", point, 0}, {"logo", images, 0}}
	case "teams":
		return []member{{"icpc_id", anyText, 0}, {"location", spot, 0}, {"photo", images, 0}}
	case "persons":
		return []member{{"icpc_id", anyText, 0}, {"team_ids", manyIDs, 0}, {"name", anyText, 0}, {"title", anyText, 0},
			{"email", anyText, 0}, {"sex", sex, 0}, {"role", role, 0}, {"photo", images, 0}}
	case "accounts":
		return []member{{"username", anyText, 0}, {"name", anyText, 0}, {"type", account, 0}, {"ip", anyText, 0},
			{"team_id", oneID, 0}, {"person_id", oneID, 0}}
	case "clarifications":
		return []member{{"from_team_id", oneID, 0}, {"to_team_id", oneID, 0}, {"to_team_ids", manyIDs, Version202601},
			{"to_group_ids", manyIDs, Version202601}, {"reply_to_id", oneID, 0}, {"problem_id", oneID, 0},
			{"text", anyText, 0}, {"time", moment, 0}, {"contest_time", span, 0}}
	case "commentary":
		return []member{{"time", moment, 0}, {"contest_time", span, 0}, {"message", anyText, 0}, {"tags", tags, 0},
			{"team_ids", manyIDs, 0}, {"problem_ids", manyIDs, 0}, {"submission_ids", manyIDs, 0}}
	}
	return nil
}

// required are the members without which an object of an endpoint is left out.
func required(endpoint string) []string {
	switch endpoint {
	case "persons":
		return []string{"name", "role"}
	case "accounts":
		return []string{"username", "type"}
	case "clarifications":
		return []string{"text", "time", "contest_time"}
	case "commentary":
		return []string{"time", "contest_time", "message", "tags"}
	}
	return nil
}

// carry writes the members of an object that were read and that the version has. It returns their names.
func (w *writer) carry(b *builder, endpoint, id string, extra map[string]json.RawMessage) []string {
	var names []string
	for _, m := range members(endpoint) {
		raw, ok := extra[m.name]
		if !ok || m.since > w.Version {
			continue
		}
		if m.kind == images {
			raw = w.carryFiles(endpoint, id, m.name, raw)
		} else {
			raw = carryValue(m.kind, raw)
		}
		if raw != nil {
			b.raw(m.name, escape(raw))
			names = append(names, m.name)
		}
	}
	return names
}

// carryValue returns a value if it is of a kind, with ids as this package writes them; nil if it is not.
func carryValue(k kind, raw json.RawMessage) json.RawMessage {
	switch k {
	case oneID:
		o := object{members: map[string]json.RawMessage{"": raw}}
		if id, err := o.id(""); err == nil && id != "" {
			return quoted(id)
		}
		return nil
	case manyIDs:
		o := object{members: map[string]json.RawMessage{"": raw}}
		ids, err := o.ids("")
		distinct := slices.Compact(slices.Sorted(slices.Values(ids)))
		if err != nil || slices.Contains(ids, "") || len(ids) != len(distinct) {
			return nil
		}
		var b builder
		b.list("", ids)
		return b.data[len(`{"":`):]
	case point, spot, command:
		return carryObject(k, raw)
	case tags:
		var list []string
		if json.Unmarshal(raw, &list) != nil {
			return nil
		}
		return raw
	}
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return nil
	}
	return carryText(k, text)
}

var (
	countryCode     = regexp.MustCompile(`^[A-Z]{3}$`)
	subdivisionCode = regexp.MustCompile(`^[A-Z]{2}-[A-Z0-9]{1,3}$`)
	uuidCode        = regexp.MustCompile(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)
)

// carryText returns a text as JSON if it is of a kind.
func carryText(k kind, text string) json.RawMessage {
	valid := true
	switch k {
	case moment, span:
		var b builder
		if at, ok := parseMoment(text); ok && k == moment {
			b.moment("", at)
		} else if d, ok := parseSpan(text); ok && k == span {
			b.span("", d)
		} else {
			return nil
		}
		return b.data[len(`{"":`):]
	case country:
		valid = countryCode.MatchString(text)
	case subdivision:
		valid = subdivisionCode.MatchString(text)
	case uuid:
		valid = uuidCode.MatchString(text)
	case sex:
		valid = text == "male" || text == "female"
	case role:
		valid = slices.Contains([]string{"contestant", "coach", "staff", "other"}, text)
	case account:
		valid = slices.Contains([]string{"team", "judge", "admin", "analyst", "staff"}, text)
	}
	if !valid {
		return nil
	}
	return appendText(nil, text)
}

// carryObject returns an object of a kind with its known members.
func carryObject(k kind, raw json.RawMessage) json.RawMessage {
	o, err := newObject(place{}, raw)
	if err != nil {
		return nil
	}
	var b builder
	numbers := []string{"latitude", "longitude"}
	if k == spot {
		numbers = []string{"x", "y", "rotation"}
	}
	if k == command {
		numbers = nil
		for _, name := range []string{"command", "args", "version", "version_command"} {
			if text, err := o.text(name); err == nil && o.has(name) {
				b.text(name, text)
			}
		}
		if !o.has("command") {
			return nil
		}
	}
	for _, name := range numbers {
		var value float64
		if !o.has(name) || json.Unmarshal(o.members[name], &value) != nil {
			return nil
		}
		bound := map[string]float64{"latitude": 90, "longitude": 180, "rotation": 360}[name]
		if bound > 0 && (value > bound || value < -bound || name == "rotation" && value < 0) {
			return nil
		}
		b.number(name, value)
	}
	return b.end()
}

// fileRef is a reference to a file.
type fileRef struct {
	Href     string   `json:"href"`
	Filename string   `json:"filename"`
	Mime     string   `json:"mime"`
	Width    int      `json:"width"`
	Height   int      `json:"height"`
	Tag      []string `json:"tag"`
}

// mostImage bounds an image that is copied, in bytes.
const mostImage = 16 << 20

// carryFiles copies the images of a member and returns the references to them. Without the file a reference stays if
// it leads to a web site.
func (w *writer) carryFiles(endpoint, id, name string, raw json.RawMessage) json.RawMessage {
	var refs []fileRef
	if json.Unmarshal(raw, &refs) != nil {
		return nil
	}
	data := []byte("[")
	for _, ref := range refs {
		if ref.Filename == "" {
			ref.Filename = path.Base(strings.TrimSuffix(ref.Href, "/"))
		}
		mimes := []string{"image/png", "image/jpeg", "image/svg+xml"}
		if ref.Width < 1 || ref.Height < 1 || !slices.Contains(mimes, ref.Mime) || !safeName(ref.Filename) {
			continue
		}
		at := path.Join(endpoint, id, ref.Filename)
		if endpoint == "contest" {
			at = path.Join(endpoint, ref.Filename)
		}
		link, err := url.Parse(ref.Href)
		onWeb := err == nil && (link.Scheme == "http" || link.Scheme == "https")
		copied := w.copy(at)
		if !copied && !onWeb {
			continue
		}
		if !onWeb {
			ref.Href = "contests/" + contest.ID(w.c.ID) + "/" + endpoint + "/" + id + "/" + name
		}
		if len(data) > 1 {
			data = append(data, ',')
		}
		data = append(data, w.fileRef(ref)...)
	}
	if len(data) == 1 {
		return nil
	}
	return append(data, ']')
}

// fileRef returns a reference to a file.
func (w *writer) fileRef(ref fileRef) json.RawMessage {
	var b builder
	if w.Version == Version202306 || strings.Contains(ref.Href, "://") {
		b.text("href", ref.Href)
	}
	b.text("filename", ref.Filename)
	b.text("mime", ref.Mime)
	if ref.Width > 0 {
		b.int("width", ref.Width)
		b.int("height", ref.Height)
	}
	if w.Version == Version202601 && len(ref.Tag) > 0 {
		b.list("tag", ref.Tag)
	}
	return b.end()
}

// copy copies a file of the contest's directory into the export, once. It reports whether the file is there.
func (w *writer) copy(name string) bool {
	if w.files == nil || w.copied[name] {
		return w.copied[name]
	}
	file, err := w.files.Open(name)
	if err != nil {
		return false
	}
	defer file.Close()
	data, err := safefile.ReadAll(file, mostImage)
	if err != nil {
		return false
	}
	if err := w.out.put(name, data); err != nil {
		w.warn(err)
		return false
	}
	w.copied[name] = true
	return true
}
