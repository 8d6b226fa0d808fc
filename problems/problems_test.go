package problems

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestVerdictsKeepTheirNames(t *testing.T) {
	for v := AC; v <= SKIP; v++ {
		if got, err := ParseVerdict(v.String()); err != nil || got != v {
			t.Errorf("%v is read back as %v, %v", v, got, err)
		}
		text, err := v.MarshalText()
		var back Verdict
		if err != nil || back.UnmarshalText(text) != nil || back != v {
			t.Errorf("%v is written as %q, %v", v, text, err)
		}
	}
}

func TestUnjudgedIsNeverMarshalled(t *testing.T) {
	for _, v := range []Verdict{Unjudged, SKIP + 1} {
		if text, err := v.MarshalText(); err == nil {
			t.Errorf("%d was written as %q", v, text)
		}
	}
	for _, code := range []string{"", "unjudged", "ac", "OK"} {
		var v Verdict
		if err := v.UnmarshalText([]byte(code)); err == nil || v != Unjudged {
			t.Errorf("%q was read as %v", code, v)
		}
	}
}

func TestNaturalOrder(t *testing.T) {
	rows := []struct {
		rule string
		want []string
	}{
		{"numbers count as numbers", []string{"1", "2", "10", "100"}},
		{"also within a name", []string{"a1", "a1b2", "a1b10", "a2b1", "a10"}},
		{"leading zeros make no other number, and byte order decides", []string{"0", "00", "01", "1", "02", "2"}},
		{"leading zeros decide only where nothing else does", []string{"1a", "01b", "1c"}},
		{"a beginning goes before what goes on", []string{"", "1", "1a", "a", "ab"}},
		{"digits go before letters and after punctuation", []string{"a-1", "a1", "aa"}},
		{"numbers of any length", []string{"99999999999999999999", "100000000000000000000", strings.Repeat("9", 99)}},
		{"directories too", []string{"2/10", "10/2"}},
	}
	for _, row := range rows {
		got := slices.Clone(row.want)
		slices.Reverse(got)
		slices.SortFunc(got, NaturalOrder)
		if !slices.Equal(got, row.want) {
			t.Errorf("%s: sorted %q, want %q", row.rule, got, row.want)
		}
	}
}

func FuzzNaturalOrderIsTotal(f *testing.F) {
	f.Add("a01", "a1", "a10")
	f.Add("1a", "01", "01b")
	f.Add("0", "00", "")
	f.Add("x0y1", "x00y01", "x0y")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		if NaturalOrder(a, b) != -NaturalOrder(b, a) {
			t.Errorf("%q and %q: both before the other", a, b)
		}
		if (NaturalOrder(a, b) == 0) != (a == b) {
			t.Errorf("%q and %q: equal, and not the same", a, b)
		}
		sorted := []string{a, b, c}
		slices.SortFunc(sorted, NaturalOrder)
		if NaturalOrder(sorted[0], sorted[1]) > 0 || NaturalOrder(sorted[1], sorted[2]) > 0 || NaturalOrder(sorted[0], sorted[2]) > 0 {
			t.Errorf("no order among %q", sorted)
		}
	})
}

func TestWithTimeKeepsTheWallRule(t *testing.T) {
	rows := []struct {
		rule              string
		wall, limit, want time.Duration
	}{
		{"the default grows along", 3 * time.Second, 5 * time.Second, 11 * time.Second},
		{"the default shrinks along", 3 * time.Second, time.Second / 2, 2 * time.Second},
		{"a given one stays", 4 * time.Second, 2 * time.Second, 4 * time.Second},
		{"a given one grows if it must", 4 * time.Second, 10 * time.Second, 10 * time.Second},
	}
	for _, row := range rows {
		got := Limits{Time: time.Second, Wall: row.wall}.WithTime(row.limit)
		if got.Time != row.limit || got.Wall != row.want {
			t.Errorf("%s: %v and %v, want %v", row.rule, got.Time, got.Wall, row.want)
		}
	}
}

func TestErrorsNameThePlaceAndTheCure(t *testing.T) {
	rows := []struct {
		fault Error
		want  string
	}{
		{Error{"p.yaml", 4, 3, "what", "do this", false}, "p.yaml:4:3: what\nhint: do this"},
		{Error{"p.yaml", 4, 0, "what", "", false}, "p.yaml:4: what"},
		{Error{"p.yaml", 0, 7, "what", "", false}, "p.yaml: what"},
		{Error{"", 0, 0, "what", "", false}, `"": what`},
		{Error{"a b/é.yaml", 0, 0, "what", "", false}, "a b/é.yaml: what"},
		{Error{"\x1b[2J/p.yaml", 1, 1, "what", "", false}, `"\x1b[2J/p.yaml":1:1: what`},
		{Error{"a\u202e\xff", 1, 1, "what", "", false}, `"a\u202e\xff":1:1: what`},
	}
	for _, row := range rows {
		if got := row.fault.Error(); got != row.want {
			t.Errorf("got %q, want %q", got, row.want)
		}
	}
}
