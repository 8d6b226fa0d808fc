package page

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"

	"judge/judge/contest"
	"judge/problems/text"
)

// Bounds of foreign texts on a page, in bytes.
const (
	maxName     = 120  // of a team, a problem or a machine
	maxEvidence = 300  // of the evidence of a submission; less on a page with many
	maxMessage  = 1000 // of the message of a test
	maxLog      = 16 << 10
	maxInput    = 4 << 10
)

// maxListed bounds the lists of a page that are no tables to search in.
const maxListed = 200

// name makes the name of a team, a problem or an organization fit for a page. Emoji and scripts that need joiners
// stay as they are.
func name(s string) string {
	visible := strings.IndexFunc(s, func(c rune) bool { return unicode.IsPrint(c) && text.Plain("x"+string(c)) }) >= 0
	if !text.IsName(s) || !visible || crowded(s) {
		return text.CutLine(s, maxName)
	}
	if len(s) > maxName {
		cut := maxName
		for cut > 0 && s[cut]&0xc0 == 0x80 {
			cut--
		}
		return s[:cut] + "…"
	}
	return s
}

// crowded reports whether so many marks are on one letter that they cover other lines.
func crowded(s string) bool {
	const most = 4
	marks := 0
	for _, c := range s {
		if !unicode.In(c, unicode.Mn, unicode.Me) || unicode.In(c, unicode.Variation_Selector) {
			marks = 0
			continue
		}
		if marks++; marks > most {
			return true
		}
	}
	return false
}

// nameOr returns the first text that is not empty, as a name.
func nameOr(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return name(s)
		}
	}
	return ""
}

func contestName(c *contest.Contest) string { return nameOr(c.FormalName, c.Name, c.ID, "Contest") }

// team returns the name of a team by its id.
func (s *shown) team(id string) string {
	t := s.teams[id]
	return nameOr(t.DisplayName, t.Name, id)
}

// label returns the label of a problem by its id.
func (s *shown) label(id string) string {
	p := s.problems[id]
	return nameOr(p.Label, id)
}

// moment writes a time in the time zone of the contest.
func moment(s *shown, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	if start := s.Contest.Start; !start.IsZero() {
		at = at.In(start.Location())
	}
	return at.Format("2006-01-02 15:04:05 -07:00")
}

// clock writes a contest time as h:mm:ss.
func clock(d time.Duration) string {
	sign := ""
	if d < 0 {
		sign, d = "-", -d
	}
	seconds := int64(d / time.Second)
	return fmt.Sprintf("%s%d:%02d:%02d", sign, seconds/3600, seconds/60%60, seconds%60)
}

// remaining writes an estimate in the unit that suits it.
func remaining(d time.Duration) string {
	switch {
	case d < time.Minute:
		return plural(int(math.Ceil(d.Seconds())), "second")
	case d < 2*time.Hour:
		return plural(int(math.Round(d.Minutes())), "minute")
	default:
		return fmt.Sprintf("%.1f hours", d.Hours())
	}
}

// points writes a score with at most two decimals.
func points(score float64) string {
	if math.IsNaN(score) || math.IsInf(score, 0) {
		return "?"
	}
	return strconv.FormatFloat(math.Round(score*100)/100, 'f', -1, 64)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }

func mebibytes(bytes int64) string { return fmt.Sprintf("%.1f MiB", float64(bytes)/(1<<20)) }

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%s %ss", thousands(n), noun)
}

// thousands writes a number with a comma between groups of three digits.
func thousands(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0 && digits[at-1] != '-'; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

// short shortens a digest.
func short(digest string) string { return digest[:min(len(digest), 12)] }
