package problems

import (
	"slices"
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

func TestWhatNobodyJudgedIsNeverWrittenDown(t *testing.T) {
	for _, v := range []Verdict{Unjudged, SKIP + 1} {
		if text, err := v.MarshalText(); err == nil {
			t.Errorf("%d was written as %q", v, text)
		}
	}
	for _, code := range []string{"", "unjudged", "ac", "OK"} {
		if v, err := ParseVerdict(code); err == nil {
			t.Errorf("%q was read as %v", code, v)
		}
	}
}

func TestNaturalOrder(t *testing.T) {
	want := []string{"", "1", "01", "1a", "2", "10", "a", "a1", "a2b1", "a2b10", "a10", "b"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, NaturalOrder)
	// Between 1 and 01 byte order decides.
	want[1], want[2] = "01", "1"
	if !slices.Equal(got, want) {
		t.Errorf("sorted: %q, want %q", got, want)
	}
}

func FuzzNaturalOrder(f *testing.F) {
	f.Add("a01", "a1", "a10")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		if NaturalOrder(a, b) != -NaturalOrder(b, a) {
			t.Errorf("%q and %q: both before the other", a, b)
		}
		if (NaturalOrder(a, b) == 0) != (a == b) {
			t.Errorf("%q and %q: equal, and not the same", a, b)
		}
		if NaturalOrder(a, b) < 0 && NaturalOrder(b, c) < 0 && NaturalOrder(a, c) >= 0 {
			t.Errorf("%q < %q < %q, but not the first before the last", a, b, c)
		}
	})
}

func TestAnotherTimeLimitKeepsTheRuleOfTheWallLimit(t *testing.T) {
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
