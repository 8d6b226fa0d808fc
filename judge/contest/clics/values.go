package clics

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"judge/judge/contest"
	"judge/problems/strictyaml"
	"judge/problems/text"
)

const mostText = 4096 // bytes of a text that grading uses

// has reports whether an object has a member that is not null.
func (o *object) has(member string) bool {
	raw, ok := o.members[member]
	return ok && string(raw) != "null"
}

// text returns a member that is a text; "" without one.
func (o *object) text(member string) (string, error) {
	if !o.has(member) {
		return "", nil
	}
	var value string
	if err := json.Unmarshal(o.members[member], &value); err != nil {
		return "", o.fault(member, "expected a text, found "+o.quote(member), "write it in quotes")
	}
	if len(value) > mostText {
		return "", o.fault(member, fmt.Sprintf("longer than %d bytes", mostText), "shorten it")
	}
	return text.ValidUTF8(value), nil
}

func (o *object) quote(member string) string { return strictyaml.Quote(string(o.members[member])) }

// rawID returns a member that is an id, as it is written; "" without one. Some programs write numbers.
func (o *object) rawID(member string) (string, error) {
	raw := string(o.members[member])
	if n, err := strconv.ParseUint(raw, 10, 63); err == nil {
		return strconv.FormatUint(n, 10), nil
	}
	return o.text(member)
}

// id returns a member that is an id; "" without one.
func (o *object) id(member string) (string, error) {
	value, err := o.rawID(member)
	if err != nil || value == "" {
		return "", err
	}
	return contest.ID(value), nil
}

// ids returns a member that is a list of ids.
func (o *object) ids(member string) ([]string, error) {
	if !o.has(member) {
		return nil, nil
	}
	var list []json.RawMessage
	if err := json.Unmarshal(o.members[member], &list); err != nil {
		return nil, o.fault(member, "expected a list of ids, found "+o.quote(member), `write ["..."]`)
	}
	var all []string
	for _, raw := range list {
		one := object{place: o.place, raw: o.raw, members: map[string]json.RawMessage{member: raw}}
		value, err := one.id(member)
		if err != nil {
			return nil, err
		}
		all = append(all, value)
	}
	return all, nil
}

// flag returns a member that is true or false; false without one.
func (o *object) flag(member string) (bool, error) {
	if !o.has(member) {
		return false, nil
	}
	var value bool
	if err := json.Unmarshal(o.members[member], &value); err != nil {
		return false, o.fault(member, "expected true or false, found "+o.quote(member), "write it without quotes")
	}
	return value, nil
}

// number returns a member that is a number of at least 0; nil without one.
func (o *object) number(member string) (*float64, error) {
	if !o.has(member) {
		return nil, nil
	}
	const most = 1e9
	var value float64
	if err := json.Unmarshal(o.members[member], &value); err != nil || value < 0 || value > most {
		return nil, o.fault(member, "expected a number from 0 to 1e9, found "+o.quote(member),
			"write it without quotes")
	}
	return &value, nil
}

// span returns a member that is a RELTIME.
func (o *object) span(member string) (time.Duration, error) {
	value, err := o.text(member)
	if err != nil || value == "" {
		return 0, err
	}
	d, ok := parseSpan(value)
	if !ok {
		return 0, o.fault(member, "expected a relative time, found "+o.quote(member),
			"write it as in 5:00:00 or 0:03:38.749")
	}
	return d, nil
}

// parseSpan reads a RELTIME: (-)h:mm:ss(.uuu).
func parseSpan(value string) (time.Duration, bool) {
	rest, negative := strings.CutPrefix(value, "-")
	parts := strings.Split(strings.TrimPrefix(rest, "+"), ":")
	if len(parts) != 3 || len(parts[0]) > 6 || len(parts[1]) != 2 {
		return 0, false
	}
	seconds, fraction, _ := strings.Cut(parts[2], ".")
	var numbers [3]int
	for i, part := range []string{parts[0], parts[1], seconds} {
		n, err := strconv.ParseUint(part, 10, 32)
		if err != nil || i > 0 && n > 59 {
			return 0, false
		}
		numbers[i] = int(n)
	}
	d := time.Duration(numbers[0])*time.Hour + time.Duration(numbers[1])*time.Minute +
		time.Duration(numbers[2])*time.Second
	if fraction != "" {
		if len(fraction) > 9 {
			return 0, false
		}
		n, err := strconv.ParseUint(fraction+strings.Repeat("0", 9-len(fraction)), 10, 32)
		if err != nil {
			return 0, false
		}
		d += time.Duration(n)
	}
	if negative {
		d = -d
	}
	return d, true
}

// moment returns a member that is a TIME; zero without one.
func (o *object) moment(member string) (time.Time, error) {
	value, err := o.text(member)
	if err != nil || value == "" {
		return time.Time{}, err
	}
	at, ok := parseMoment(value)
	if !ok {
		return time.Time{}, o.fault(member, "expected an absolute time, found "+o.quote(member),
			"write it as in 2027-03-06T10:00:00+01:00")
	}
	return at, nil
}

// parseMoment reads a TIME, an ISO 8601 time whose zone may have no minutes.
func parseMoment(value string) (time.Time, bool) {
	const date = len("2006-01-02")
	if len(value) <= date {
		return time.Time{}, false
	}
	value = value[:date] + "T" + value[date+1:] // YAML has a blank there
	if i := strings.LastIndexAny(value, "+-"); i > date {
		switch len(value) - i {
		case len("+01"):
			value += ":00"
		case len("+0100"):
			value = value[:i+3] + ":" + value[i+3:]
		}
	}
	at, err := time.Parse(time.RFC3339, value)
	if err != nil || at.Year() < 1900 || at.Year() > 2800 { // durations have up to 114 years
		return time.Time{}, false
	}
	return at, true
}

// penalty returns the penalty time: minutes up to 2023-06, a RELTIME since.
func (o *object) penalty(member string) (time.Duration, error) {
	minutes, err := strconv.Atoi(string(o.members[member]))
	if err == nil && 0 <= minutes && minutes < math.MaxInt16 {
		return time.Duration(minutes) * time.Minute, nil
	}
	if raw := string(o.members[member]); len(raw) == 0 || raw[0] != '"' {
		return 0, o.fault(member, "expected minutes or a relative time, found "+o.quote(member),
			"write 20 or \"0:20:00\"")
	}
	return o.span(member)
}

// extra returns the members that are not known, without those that are null.
func (o *object) extra(known ...string) map[string]json.RawMessage {
	var all map[string]json.RawMessage
	for name, value := range o.members {
		if !o.has(name) || slices.Contains(known, name) {
			continue
		}
		if all == nil {
			all = map[string]json.RawMessage{}
		}
		all[name] = compact(value)
	}
	return all
}
