package checkers

import (
	"io"
	"strings"
	"testing"
)

// standardRows are cases of each checker of testlib: "ok", "wa", or "fail" if the answer makes the program fail.
func standardRows() []struct{ name, answer, output, want string } {
	return []struct{ name, answer, output, want string }{
		{"lcmp", "a  b\nc\n", "a b\nc\n", "ok"},
		{"lcmp", "a b\nc\n", "a b c\n", "wa"},
		{"lcmp", "a\n\nb\n", "a\nb\n", "wa"},
		{"lcmp", "a\nb", " a\t\r\n b \n\n", "ok"},
		{"lcmp", "a\n\n \n", "a", "ok"},
		{"lcmp", "a", "a\n\v", "wa"},
		{"lcmp", "a\n", "A\n", "wa"},
		{"lcmp", "", "", "ok"},
		{"lcmp", "", "x", "wa"},

		{"fcmp", "a b\nc\n", "a b\nc\n", "ok"},
		{"fcmp", "a b\nc\n", "a  b\nc\n", "wa"},
		{"fcmp", "a b\nc\n", "a b \nc\n", "wa"},
		{"fcmp", "a b \nc", "a b\nc", "wa"},
		{"fcmp", "a\r\nb\r\n", "a\nb", "ok"},
		{"fcmp", "a\nb", "a\r\nb\r\n", "ok"},
		{"fcmp", "a", "a\n \t\n", "ok"},
		{"fcmp", "a\n\n\n", "a", "ok"},
		{"fcmp", "a\n \n", "a", "wa"},
		{"fcmp", "a", "a ", "wa"},
		{"fcmp", "a\n", "a\nb\n", "wa"},
		{"fcmp", "a\n\nb\n", "a\nb\n", "wa"},
		{"fcmp", "\n", "", "ok"},
		{"fcmp", "", "\n\n", "ok"},
		{"fcmp", "a\n\n", "a\n \n", "ok"},
		{"fcmp", "a\n\n", "a\n \nb", "wa"},
		{"fcmp", "a\n\n\n", "a\n \n", "wa"},
		{"fcmp", "a\n\r\n", "a\n ", "ok"},
		{"fcmp", "\n", " ", "ok"},

		{"wcmp", "a b\nc", " a\nb c ", "ok"},
		{"wcmp", "a b", "a B", "wa"},
		{"wcmp", "a b", "a", "wa"},
		{"wcmp", "a", "a b", "wa"},
		{"wcmp", "", "\n", "ok"},
		{"wcmp", "1", "1.0", "wa"},
		{"wcmp", "a b", "a\vb", "wa"},

		{"icmp", "5 rest", "5", "ok"},
		{"icmp", "5", "5 6", "wa"},
		{"icmp", "5", "05", "wa"},
		{"icmp", "5", "+5", "wa"},
		{"icmp", "5", "", "wa"},
		{"icmp", "-2147483648", "-2147483648", "ok"},
		{"icmp", "2147483648", "2147483648", "fail"},
		{"icmp", "x", "x", "fail"},
		{"icmp", "", "", "fail"},
		{"icmp", "05", "05", "fail"},
		{"icmp", "x", "", "fail"},
		{"icmp", "-0", "-0", "fail"},

		{"ncmp", "1 -2\n3", "1\n-2 3\n", "ok"},
		{"ncmp", "", "", "ok"},
		{"ncmp", "1 2", "1", "wa"},
		{"ncmp", "1", "1 2", "wa"},
		{"ncmp", "1", "1.0", "wa"},
		{"ncmp", "9223372036854775807", "9223372036854775807", "ok"},
		{"ncmp", "9223372036854775808", "9223372036854775808", "fail"},
		{"ncmp", "a", "a", "fail"},

		{"uncmp", "3 1 2 2", "2 1 3 2", "ok"},
		{"uncmp", "3 1 2 2", "2 1 3 3", "wa"},
		{"uncmp", "1 2", "2 1 1", "wa"},
		{"uncmp", "1 2", "2 x", "wa"},
		{"uncmp", "", " ", "ok"},
		{"uncmp", "1 x", "1 2", "fail"},

		{"hcmp", "-123456789012345678901234567890", "-123456789012345678901234567890\n", "ok"},
		{"hcmp", "12", "13", "wa"},
		{"hcmp", "12", "012", "wa"},
		{"hcmp", "12", "12 1", "wa"},
		{"hcmp", "12 13", "12", "fail"},
		{"hcmp", "012", "012", "fail"},
		{"hcmp", "-0", "-0", "fail"},
		{"hcmp", "0", "0", "ok"},
		{"hcmp", "x", "", "wa"},

		{"yesno", "YES", "yEs", "ok"},
		{"yesno", "YES", "NO", "wa"},
		{"yesno", "YES", "Y", "wa"},
		{"yesno", "YES", "YES YES", "wa"},
		{"yesno", "maybe", "maybe", "fail"},
		{"yesno", "", "", "fail"},
		{"yesno", "maybe", "", "wa"},

		{"nyesno", "YES no\nYes", "yes NO yes", "ok"},
		{"nyesno", "YES NO", "YES", "wa"},
		{"nyesno", "YES", "YES NO", "wa"},
		{"nyesno", "", "", "ok"},
		{"nyesno", "YES what", "YES what", "fail"},

		{"acmp", "1", "1.0000014", "ok"},
		{"acmp", "1", "1.0000016", "wa"},
		{"acmp", "1000000", "1000001", "wa"},
		{"rcmp", "1", "0.9999986", "ok"},
		{"rcmp", "1", "0.9999984", "wa"},
		{"rcmp", "1 2", "1", "ok"},
		{"rcmp", "1", "1 2", "wa"},
		{"rcmp", "1", "x", "wa"},
		{"rcmp", "x", "1", "fail"},
		{"rcmp", "", "", "fail"},
		{"rcmp", "x", "", "fail"},
		{"rcmp", "1", "", "wa"},
		{"dcmp", "1000000", "1000000.9", "ok"},
		{"dcmp", "1000000", "1000001.1", "wa"},
		{"dcmp", "1e3", "+1000.", "ok"},

		{"rncmp", "1 1000", "1.00001 1000.00001", "ok"},
		{"rncmp", "1 1000", "1.00001 1000.0001", "wa"},
		{"rncmp", "1", "1 2", "wa"},
		{"rncmp", "1 2", "1", "wa"},
		{"rncmp", "", "", "ok"},

		{"rcmp4", "1000 1", "1000.09 1.0001", "ok"},
		{"rcmp4", "1000", "1000.2", "wa"},
		{"rcmp6", "1 2", "1.000001 2", "ok"},
		{"rcmp6", "1 2", "1.000003 2", "wa"},
		{"rcmp6", "-1000000", "-1000000.5", "ok"},
		{"rcmp6", "1e301", "1e302", "ok"},
		{"rcmp6", "1e301", "-1e302", "wa"},
		{"rcmp6", "1e301", "1", "wa"},
		{"rcmp6", "nan", "nan", "fail"},
		{"rcmp6", "1", "nan", "wa"},
		{"rcmp6", "1", "0x1", "wa"},
		{"rcmp6", "abc", "abc", "fail"},
		{"rcmp9", "1", "1.000000001", "ok"},
		{"rcmp9", "1", "1.000000003", "wa"},

		{"caseicmp", "Case 1: 5\nCase 2: 6\n", "Case 1: 5 Case 2: 6", "ok"},
		{"caseicmp", "Case 1: 5\nCase 2: 6\n", "Case 1: 5", "wa"},
		{"caseicmp", "Case 1: 5", "Case 1: 6", "wa"},
		{"caseicmp", "Case 1: 5", "case 1: 5", "wa"},
		{"caseicmp", "Case 1: 5 6", "Case 1: 5 6", "fail"},
		{"caseicmp", "Case 2: 5", "Case 2: 5", "fail"},
		{"caseicmp", "Case 1:", "Case 1:", "fail"},
		{"caseicmp", "", "", "ok"},

		{"casencmp", "Case 1: 5 6\nCase 2:\n", "Case 1: 5\n6 Case 2:", "ok"},
		{"casencmp", "Case 1: 5 6", "Case 1: 5", "wa"},
		{"casencmp", "Case 1: 5", "Case 1: 5 Case 2: 6", "wa"},
		{"casencmp", "Case 1: x", "Case 1: x", "fail"},
		{"casewcmp", "Case 1: x y Case 2: z", "Case 1: x y Case 2: z", "ok"},
		{"casewcmp", "Case 1: x y", "Case 1: x z", "wa"},
		{"casewcmp", "Case 1: x Case 3: y", "Case 1: x Case 3: y", "fail"},
	}
}

func TestStandardCheckers(t *testing.T) {
	tried := map[string]bool{}
	for _, row := range standardRows() {
		s, ok := NewStandard(row.name)
		if !ok {
			t.Fatalf("%s is not known", row.name)
		}
		tried[row.name] = true
		for name, read := range readings {
			check, err := s.Check(read(row.answer), read(row.output))
			got := map[bool]string{true: "ok", false: "wa"}[check.Accepted]
			if err != nil {
				got = "fail"
			}
			if got != row.want {
				t.Errorf("%s %q, %q, read %s: %s (%v), want %s", row.name, row.answer, row.output, name, got, err,
					row.want)
			}
			if got == "wa" && check.Difference == nil && check.Message == "" {
				t.Errorf("%s %q, %q: the difference is not described", row.name, row.answer, row.output)
			}
		}
	}
	for _, name := range StandardNames() {
		if !tried[name] {
			t.Errorf("%s has no row", name)
		}
	}
	for _, name := range []string{"pointscmp", "pointsinfo", "wcmp.cpp", ""} {
		if _, ok := NewStandard(name); ok {
			t.Errorf("%q is known", name)
		}
	}
}

func TestStandardCheckersOfLongTokens(t *testing.T) {
	long := strings.Repeat("7", 3*windowSize)
	for _, row := range []struct{ name, answer, output, want string }{
		{"wcmp", long + " " + long, long + "\n" + long, "ok"},
		{"wcmp", long, long + "7", "wa"},
		{"wcmp", long, long[1:], "wa"},
		{"hcmp", long, long, "ok"},
		{"hcmp", long + "x", long + "x", "fail"},
		{"ncmp", "1", long, "wa"},
		{"ncmp", long, long, "fail"},
		{"uncmp", "1", long, "wa"},
		{"rcmp6", "1", long, "wa"},
		{"fcmp", long + "\n" + long, long + "\r\n" + long, "ok"},
		{"fcmp", long, long + " ", "wa"},
		{"lcmp", long + " " + long, long + "  " + long, "ok"},
	} {
		s, _ := NewStandard(row.name)
		check, err := s.Check(strings.NewReader(row.answer), strings.NewReader(row.output))
		got := map[bool]string{true: "ok", false: "wa"}[check.Accepted]
		if err != nil {
			got = "fail"
		}
		if got != row.want {
			t.Errorf("%s: %s (%v), want %s", row.name, got, err, row.want)
		}
	}
}

func FuzzStandard(f *testing.F) {
	for _, row := range standardRows() {
		f.Add(row.name, row.answer, row.output)
	}
	f.Fuzz(func(t *testing.T, name, answer, output string) {
		s, ok := NewStandard(name)
		if !ok {
			return
		}
		whole, err := s.Check(strings.NewReader(answer), strings.NewReader(output))
		pieces, alsoErr := s.Check(readings["byte by byte"](answer), io.Reader(readings["halves"](output)))
		if whole.Accepted != pieces.Accepted || (err == nil) != (alsoErr == nil) {
			t.Errorf("%s %q, %q: %v %v in one piece, %v %v in many", name, answer, output, whole.Accepted, err,
				pieces.Accepted, alsoErr)
		}
		if self, err := s.Check(strings.NewReader(answer),
			strings.NewReader(answer)); err == nil && !self.Accepted && name != "icmp" &&
			name != "yesno" && name != "acmp" && name != "rcmp" && name != "dcmp" && !strings.ContainsAny(answer,
			"\v\f") {
			t.Errorf("%s rejects the answer %q itself: %+v", name, answer, self.Difference)
		}
	})
}
