package checkers

import (
	"strings"
	"testing"
)

// TestLineFloats expects the results of the DMOJ's checkers.
func TestLineFloats(t *testing.T) {
	either, absolute, relative := LineFloats{0.01, 0.01}, LineFloats{0.01, -1}, LineFloats{-1, 0.01}
	for _, row := range []struct {
		with           LineFloats
		answer, output string
		want           bool
	}{
		{either, "1 2\n3\n", "1.005 2\n\r\n3", true},
		{either, "1 2\n3\n", "1 2 3\n", false},
		{either, "1 2\n3\n", "1 2\r3\r", true},
		{either, "1\n", "1\n \n", false}, // a line of blanks is a line
		{either, "1\n \n", "1\n\t\n", true},
		{either, " \n", "", false},
		{either, "\n\n", "", true},
		{either, "a 0.68", "a 0.675", true},
		{either, "a 0.68", "a 0.67", false}, // the difference of the float64s is larger
		{either, "a 1", "A 1", false},
		{either, "1", "x", false},
		{either, "x", "x", true},
		{either, "nan", "nan", false},
		{either, "inf", "inf", false},
		{absolute, "inf", "inf", false},
		{relative, "-Infinity", "-inf", true},
		{relative, "nan", "nan", false},
		{either, "1_000", "1000.0", true},
		{either, "1__0", "10", false},
		{either, "_1", "_1", true},
		{either, "1_.5", "1_.5", true},
		{either, "0x10", "16", false},
		{either, "1e400", "inf", false},
		{relative, "1e400", "inf", true},
		{either, "0", "0.01", true},
		{relative, "0", "0.001", false},
		{relative, "-100", "-101", true},
		{relative, "-100", "-102", false},
		{either, "100", "100.9", true},
		{absolute, "100", "100.9", false},
		{LineFloats{0, 0}, "0", "-0", true},
		{LineFloats{0, 0}, "0", "1e-300", false},
		{LineFloats{1, 1}, "0.5", "-0.4", true},
		{LineFloats{1, 1}, "0.5", "1.6", false}, // relative only from the tolerance on
	} {
		for name, read := range readings {
			check, err := row.with.Check(read(row.answer), read(row.output))
			if err != nil || check.Accepted != row.want {
				t.Errorf("%+v %q, %q, read %s: %v (%v), want %v", row.with, row.answer, row.output, name,
					check.Accepted, err,
					row.want)
			}
		}
	}
	long := strings.Repeat("7", 3*windowSize)
	for _, output := range []string{long, long + "7", long[1:]} {
		check, err := either.Check(strings.NewReader(long), strings.NewReader(output))
		if err != nil || check.Accepted != (output == long) {
			t.Errorf("a token longer than the window, %d bytes of output: %v (%v)", len(output), check.Accepted, err)
		}
	}
}

// TestLinesEndWithCarriageReturnsToo if the comparison is line-sensitive, as in the DMOJ's checker standard.
func TestLinesEndWithCarriageReturnsToo(t *testing.T) {
	for _, row := range []struct {
		answer, output string
		want           bool
	}{
		{"1\n2\n", "1\r2", true}, {"1\n2\n", "1 \r\v2\r", true}, {"1 2\n", "1\r2", false}, {"1\r2", "1 2", false},
	} {
		for name, read := range readings {
			check, err := (Tokens{CaseSensitive: true, LineSensitive: true}).Check(read(row.answer), read(row.output))
			if err != nil || check.Accepted != row.want {
				t.Errorf("%q, %q, read %s: %v (%v), want %v", row.answer, row.output, name, check.Accepted, err,
					row.want)
			}
		}
	}
}

func FuzzLineFloats(f *testing.F) {
	f.Add("1 nan\n\n2", "1 inf\r2_0", 0.01, -1.0)
	f.Fuzz(func(t *testing.T, answer, output string, absolute, relative float64) {
		with := LineFloats{absolute, relative}
		whole, err := with.Check(strings.NewReader(answer), strings.NewReader(output))
		pieces, alsoErr := with.Check(readings["byte by byte"](answer), readings["halves"](output))
		if whole.Accepted != pieces.Accepted || err != nil || alsoErr != nil {
			t.Errorf("%q, %q: %v in one piece, %v in many", answer, output, whole.Accepted, pieces.Accepted)
		}
	})
}
