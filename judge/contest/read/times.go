package read

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// moment is a time in a contest: since its start, or a moment of the calendar.
type moment struct {
	rel      time.Duration
	at       time.Time
	absolute bool
}

// The hint of a malformed time.
const timeHint = "write 1:02:03 since the start, 2027-03-06T10:15:00+01:00, 20270306T101500, or seconds since 1970"

// The error about a moment of the calendar in a contest whose start is not known, and its hint.
const (
	noStart     = "a time of the calendar, but contest.yaml has no start_time"
	noStartHint = "add start_time: 2027-03-06T10:00:00+01:00"
)

var (
	relTime = regexp.MustCompile(`^(-?)([0-9]{1,6}):([0-5][0-9]):([0-5][0-9])(?:\.([0-9]{1,9}))?$`)
	// epoch has as many digits as the seconds from 1973 to 5138 have. A small number is no moment of a contest.
	epoch = regexp.MustCompile(`^([0-9]{9,11})(?:\.([0-9]{1,9}))?$`)
	// calendar is a time of ISO 8601, in its extended or basic form, with or without a zone.
	calendar = regexp.MustCompile(`^([0-9]{4})(-?)([0-9]{2})(-?)([0-9]{2})[T ]([0-9]{2})(:?)([0-9]{2})(:?)([0-9]{2})` +
		`(\.[0-9]{1,9})?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?$`)
)

// relOf reads a CLICS RELTIME, such as 1:02:03.456.
func relOf(text string) (time.Duration, bool) {
	m := relTime.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	d := time.Duration(number(m[2]))*time.Hour + time.Duration(number(m[3]))*time.Minute +
		time.Duration(number(m[4]))*time.Second + fraction(m[5])
	if m[1] != "" {
		d = -d
	}
	return d, true
}

// number returns the value of at most 11 digits.
func number(digits string) int64 {
	value, _ := strconv.ParseInt(digits, 10, 64) //nolint:errcheck // a pattern has matched it
	return value
}

// fraction returns the part of a second that the digits after the point stand for.
func fraction(digits string) time.Duration {
	return time.Duration(number((digits + "000000000")[:9]))
}

// momentOf reads a time of a submission. A time without a zone is in the given one.
func momentOf(text string, zone *time.Location) (moment, bool) {
	if rel, ok := relOf(text); ok {
		return moment{rel: floor(rel)}, true
	}
	if m := epoch.FindStringSubmatch(text); m != nil {
		at := time.Unix(number(m[1]), int64(fraction(m[2]))).In(zone)
		return moment{at: at, absolute: true}, inRange(at)
	}
	at, _, ok := calendarOf(text, zone)
	return moment{at: at, absolute: true}, ok
}

// calendarOf reads a time of ISO 8601. hasZone reports whether the text has a zone.
func calendarOf(text string, zone *time.Location) (at time.Time, hasZone, ok bool) {
	m := calendar.FindStringSubmatch(text)
	if m == nil || m[2] != m[4] || m[7] != m[9] || (m[2] == "") != (m[7] == "") {
		return time.Time{}, false, false
	}
	layout, value := "20060102150405", m[1]+m[3]+m[5]+m[6]+m[8]+m[10]
	if m[12] != "" {
		offset, ok := offsetOf(m[12])
		if !ok {
			return time.Time{}, true, false
		}
		zone = time.FixedZone("", offset)
	}
	at, err := time.ParseInLocation(layout, value, zone)
	if err != nil {
		return time.Time{}, m[12] != "", false
	}
	at = at.Add(fraction(strings.TrimPrefix(m[11], ".")))
	return at, m[12] != "", inRange(at)
}

// offsetOf returns the seconds east of Greenwich of a zone such as +01:00, +0100, +01 or Z.
func offsetOf(zone string) (int, bool) {
	if zone == "Z" {
		return 0, true
	}
	digits := strings.ReplaceAll(zone[1:], ":", "") + "00"
	hours, minutes := int(number(digits[:2])), int(number(digits[2:4]))
	if hours > 18 || minutes > 59 {
		return 0, false
	}
	seconds := hours*60*60 + minutes*60
	if zone[0] == '-' {
		seconds = -seconds
	}
	return seconds, true
}

// inRange reports whether a moment is one that a contest can have. The difference of two of them is a Duration.
func inRange(at time.Time) bool { return at.Year() >= 1970 && at.Year() < 2200 }

// floor rounds a time of a contest down to a millisecond, which is what CLICS has.
func floor(d time.Duration) time.Duration {
	down := d.Truncate(time.Millisecond)
	if down > d {
		down -= time.Millisecond
	}
	return down
}

// place returns a moment as the time since the start and as a moment. ok is false if the start must be known and is
// not.
func (m moment) place(start time.Time) (rel time.Duration, at time.Time, ok bool) {
	switch {
	case !m.absolute && start.IsZero():
		return m.rel, time.Time{}, true
	case !m.absolute:
		return m.rel, start.Add(m.rel), true
	case start.IsZero():
		return 0, time.Time{}, false
	}
	return floor(m.at.Sub(start)), m.at.In(start.Location()), true
}
