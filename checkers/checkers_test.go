package checkers

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strings"
	"testing"
	"testing/iotest"
)

// readings are ways to deliver bytes.
var readings = map[string]func(string) io.Reader{
	"at once":        func(s string) io.Reader { return strings.NewReader(s) },
	"byte by byte":   func(s string) io.Reader { return iotest.OneByteReader(strings.NewReader(s)) },
	"halves":         func(s string) io.Reader { return iotest.HalfReader(strings.NewReader(s)) },
	"data with EOF":  func(s string) io.Reader { return iotest.DataErrReader(strings.NewReader(s)) },
	"empty readings": func(s string) io.Reader { return &stutter{r: strings.NewReader(s)} },
}

// stutter reads nothing every other time, which io.Reader allows.
type stutter struct {
	r    io.Reader
	next bool
}

func (s *stutter) Read(p []byte) (int, error) {
	if s.next = !s.next; s.next {
		return 0, nil
	}
	return s.r.Read(p)
}

type check interface {
	Check(answer, output io.Reader) (Check, error)
}

func accepts(t *testing.T, c check, answer, output string) bool {
	t.Helper()
	var first *bool
	for name, read := range readings {
		got, err := c.Check(read(answer), read(output))
		if err != nil {
			t.Fatalf("%+v of %q and %q: %v", c, answer, output, err)
		}
		if got.Accepted != (got.Difference == nil) {
			t.Errorf("%+v of %q and %q: accepted %v, difference %+v", c, answer, output, got.Accepted, got.Difference)
		}
		if first != nil && *first != got.Accepted {
			t.Errorf("%+v of %q and %q, read %s: %v, otherwise %v", c, answer, output, name, got.Accepted, *first)
		}
		first = &got.Accepted
	}
	return *first
}

func tolerance(t testing.TB, absolute, relative float64) *Tolerance {
	t.Helper()
	tol, err := NewTolerance(absolute, relative)
	if err != nil {
		t.Fatal(err)
	}
	return tol
}

func TestDefaultValidatorRules(t *testing.T) {
	both := Tokens{Tolerance: tolerance(t, 1e-6, 1e-6)}
	absolute, relative := Tokens{Tolerance: tolerance(t, 0.1, -1)}, Tokens{Tolerance: tolerance(t, -1, 0.1)}
	rows := []struct {
		rule           string
		checker        Tokens
		answer, output string
		want           bool
	}{
		{"the same", Tokens{}, "1 2\n", "1 2\n", true},
		{"nothing and nothing", Tokens{}, "", "", true},
		{"nothing and white space", Tokens{}, "", " \n\t", true},
		{"white space does not count", Tokens{}, "1 2\n3\n", "  1\n2\t3", true},
		{"every white space of the format", Tokens{}, "a b c d e f", "a\fb\nc\rd\te\vf", true},
		{"a no-break space is not white space", Tokens{}, "a b", "a\u00a0b", false},
		{"a NUL is not white space", Tokens{}, "a b", "a\x00b", false},
		{"a token is missing", Tokens{}, "1 2", "1", false},
		{"a token too many", Tokens{}, "1", "1 2", false},
		{"lines of tokens", Tokens{LineSensitive: true}, "1 2\n3\n", "1  2 \n3", true},
		{"one line too many", Tokens{LineSensitive: true}, "1 2\n3\n", "1\n2\n3\n", false},
		{"one line too few", Tokens{LineSensitive: true}, "1 2\n3\n", "1 2 3\n", false},
		{"lines without tokens do not count", Tokens{LineSensitive: true}, "1 2\n3\n", "\n\n1 2\n \n\n3\n\n", true},
		{"nor in the answer", Tokens{LineSensitive: true}, "\n1 2\n\n3\n\n", "1 2\n3", true},
		{"lines, and the case does not count", Tokens{LineSensitive: true}, "ab\ncd\n", "AB\nCD\n", true},
		{"lines broken otherwise, and the case does not count", Tokens{LineSensitive: true}, "ab\ncd\n", "AB CD\n",
			false},
		{"carriage returns are white space", Tokens{LineSensitive: true}, "1 2\n3\n", "1 2\r\n3\r\n", true},
		{"tokens run together", Tokens{}, "1 2", "12", false},
		{"case does not count", Tokens{}, "Yes", "yES", true},
		{"case counts", Tokens{CaseSensitive: true}, "Yes", "yes", false},
		{"case beyond ASCII counts", Tokens{}, "Ä", "ä", false},
		{"[ is not {", Tokens{}, "[", "{", false},
		{"@ is not `", Tokens{}, "@", "`", false},
		{"numbers are text without a tolerance", Tokens{}, "0.5", "0.50", false},
		{"leading zeros are text without a tolerance", Tokens{}, "7", "07", false},

		{"space counts", Tokens{SpaceChangeSensitive: true}, "1 2\n", "1  2\n", false},
		{"type of space counts", Tokens{SpaceChangeSensitive: true}, "1 2\n", "1\t2\n", false},
		{"trailing space counts", Tokens{SpaceChangeSensitive: true}, "1 2\n", "1 2", false},
		{"leading space counts", Tokens{SpaceChangeSensitive: true}, "1", " 1", false},
		{"the same space", Tokens{SpaceChangeSensitive: true}, " 1 \t2\n", " 1 \t2\n", true},
		{"space counts, case does not", Tokens{SpaceChangeSensitive: true}, "A b\n", "a B\n", true},

		{"any format of a number", both, "0.0314", "3.14000000e-2", true},
		{"integers are numbers with a tolerance", both, "200", "2.0e2", true},
		{"nearly", both, "1", "1.0000009", true},
		{"not nearly", both, "1", "1.0000021", false},
		{"relative where absolute is too strict", both, "1e9", "1000000999.9", true},
		{"absolute where relative is too strict", both, "0", "0.000001", true},
		{"text stays text", both, "abc", "ABC", true},
		{"text is not a number", both, "1", "one", false},
		{"a number is not text", both, "one", "1", false},
		{"no inf", both, "1", "inf", false},
		{"inf is text", both, "inf", "INF", true},
		{"inf is not infinity", both, "inf", "infinity", false},
		{"nan is text", both, "nan", "NaN", true},
		{"no hexadecimal", both, "16", "0x10", false},
		{"hexadecimal is text", both, "0x10", "16", false},
		{"no underscores", both, "1000", "1_000", false},
		{"no trailing letters", both, "1", "1f", false},
		{"a point is no number", both, "0", ".", false},
		{"an exponent needs digits", both, "1", "1e", false},
		{"an exponent needs digits behind its sign", both, "1", "1e+", false},
		{"point first", both, "0.5", ".5", true},
		{"point last", both, "5", "5.", true},
		{"a plus sign", both, "5", "+5", true},
		{"two signs", both, "5", "++5", false},
		{"negative zero", both, "0", "-0", true},
		{"leading zeros", both, "7", "007", true},
		{"a capital E", both, "100", "1E2", true},

		{"at the absolute bound", absolute, "1", "1.1", true},
		{"at the absolute bound beneath", absolute, "1.0", "0.9", true},
		{"beyond the absolute bound by little", absolute, "1", "1.1000000000000000000000001", false},
		{"at the relative bound", relative, "30", "33", true},
		{"at the relative bound, negative", relative, "-30", "-27", true},
		{"beyond the relative bound by little", relative, "30", "33.00000000000000000000001", false},
		{"relative to the answer, not to the output", relative, "10", "11.05", false},
		{"relative to zero", relative, "0", "1e-300", false},
		{"relative to zero, zero", relative, "0", "0.000", true},
		{"zero tolerance compares values", Tokens{Tolerance: tolerance(t, 0, -1)}, "0.1", "1e-1", true},
		{"zero tolerance is strict", Tokens{Tolerance: tolerance(t, 0, -1)}, "0.1", "0.10000000000000000001", false},
		{"beyond float64", both, "1e400", "1.0000000001e400", true},
		{"far beyond float64", both, "1e400", "2e400", false},
		{"beyond float64 and within", both, "1", "1e400", false},
		{"beyond every exponent", both, "1", "1e99999999999999999999", false},
		{"beneath every exponent", both, "0", "1e-99999999999999999999", true},
		{"hundreds of digits", both, strings.Repeat("9", 400), strings.Repeat("9", 399) + "8", true},
		{"thirty digits before and after the point", Tokens{Tolerance: tolerance(t, 1e-25, -1)},
			"123456789012345678901234567890.123456789012345678901234567890",
			"123456789012345678901234567890.123456789012345678901234567891", true},
		{"thirty digits before and after the point, off", Tokens{Tolerance: tolerance(t, 1e-25, -1)},
			"123456789012345678901234567890.123456789012345678901234567890",
			"123456789012345678901234567890.123456789012345678901235567890", false},
	}
	for _, row := range rows {
		if got := accepts(t, row.checker, row.answer, row.output); got != row.want {
			t.Errorf("%s: %q for %q: accepted %v", row.rule, row.output, row.answer, got)
		}
	}
}

func TestLinesRules(t *testing.T) {
	rows := []struct {
		rule, answer, output string
		want                 bool
	}{
		{"the same", "a b\nc\n", "a b\nc\n", true},
		{"no line end at the end", "a\n", "a", true},
		{"blank lines at the end", "a\n", "a\n\n \n", true},
		{"white space at line ends", "a\nb\n", "a \t\nb\r\n", true},
		{"different white space at line ends", "a \nb", "a\t \nb", true},
		{"white space at the beginning of a line", "a\n", " a\n", false},
		{"white space within a line", "a b\n", "a  b\n", false},
		{"tab for space", "a b\n", "a\tb\n", false},
		{"a blank line between", "a\nb\n", "a\n\nb\n", false},
		{"a blank line missing", "a\n\nb\n", "a\nb\n", false},
		{"a blank line at the beginning", "a\n", "\na\n", false},
		{"case", "a\n", "A\n", false},
		{"nothing and blank lines", "", "\n \n", true},
		{"nothing and something", "", "\n x", false},
		{"a line too many", "a\n", "a\nb", false},
		{"a line missing", "a\nb\n", "a\n", false},
		{"a line cut", "ab\n", "a\n", false},
	}
	for _, row := range rows {
		if got := accepts(t, Lines{}, row.answer, row.output); got != row.want {
			t.Errorf("%s: %q for %q: accepted %v", row.rule, row.output, row.answer, got)
		}
	}
}

func TestExactRules(t *testing.T) {
	for _, row := range []struct {
		answer, output string
		want           bool
	}{{"a\n", "a\n", true}, {"", "", true}, {"a\n", "a", false}, {"a", "a\n", false}, {"a", "A", false}, {"a b", "a  b",
		false}} {
		if got := accepts(t, Exact{}, row.answer, row.output); got != row.want {
			t.Errorf("%q for %q: accepted %v", row.output, row.answer, got)
		}
	}
}

func TestWindowsLineEndsAreNamed(t *testing.T) {
	for _, row := range []struct {
		checker              check
		answer, output, want string
	}{
		{Exact{}, "1\r\n", "1\n", "the answer has Windows line ends (CR LF), the output does not"},
		{Exact{}, "1\r\n2\r\n", "1", "the answer has Windows line ends (CR LF), the output does not"},
		{Exact{}, "1\n", "1\r\n", "the output has Windows line ends (CR LF), the answer does not"},
		{Tokens{SpaceChangeSensitive: true}, "1\r\n", "1\n",
			"the answer has Windows line ends (CR LF), the output does not"},
		{Exact{}, "1\r\n", "2\n", ""},
		{Exact{}, "1\r\n", "1\r", ""},
		{Exact{}, "1\n", "1", ""},
	} {
		for name, read := range readings {
			got, err := row.checker.Check(read(row.answer), read(row.output))
			if err != nil || got.Accepted || got.Message != row.want {
				t.Errorf("%+v of %q and %q read %s: %q, %v; want %q", row.checker, row.answer, row.output, name,
					got.Message, err, row.want)
			}
		}
	}
}

func TestPlaceOfTheFirstDifference(t *testing.T) {
	rows := []struct {
		checker        check
		answer, output string
		want           Difference
	}{
		{Tokens{}, "1 2\n3 4\n", "1 2\n3 5\n", Difference{Line: 2, Column: 3, Token: 4, Expected: "4", Got: "5"}},
		{Tokens{}, "hello", "help me", Difference{Line: 1, Column: 1, Token: 1, Expected: "hello", Got: "help"}},
		{Tokens{}, "1 2", "1\n", Difference{Line: 2, Column: 1, Token: 2, Expected: "2", GotEnd: true}},
		{Tokens{}, "1", "1 22", Difference{Line: 1, Column: 3, Token: 2, ExpectedEnd: true, Got: "22"}},
		{Tokens{SpaceChangeSensitive: true}, "1 2", "1  2", Difference{Line: 1, Column: 3, Token: 2, Expected: "2",
			Got: " "}},
		{Lines{}, "ab\ncd\n", "ab\ncx\n", Difference{Line: 2, Column: 2, Expected: "d", Got: "x"}},
		{Exact{}, "ab\n", "ab", Difference{Line: 1, Column: 3, Expected: "\n", GotEnd: true}},
		{Tokens{}, "x " + strings.Repeat("a", 300), "x " + strings.Repeat("b", 300),
			Difference{Line: 1, Column: 3, Token: 2, Expected: strings.Repeat("a", 100), Got: strings.Repeat("b",
				100)}},
	}
	for _, row := range rows {
		for name, read := range readings {
			got, err := row.checker.Check(read(row.answer), read(row.output))
			if err != nil || got.Difference == nil || *got.Difference != row.want {
				t.Errorf("%+v of %.20q and %.20q read %s: %+v, %v; want %+v", row.checker, row.answer, row.output, name,
					got.Difference, err, row.want)
			}
		}
	}
}

func TestUnreadableStreamsAreErrors(t *testing.T) {
	broken := errors.New("broken")
	for _, c := range []check{Tokens{}, Lines{}, Exact{}} {
		for name, pair := range map[string][2]io.Reader{
			"answer": {iotest.ErrReader(broken), strings.NewReader("x")},
			"output": {strings.NewReader("x"), iotest.ErrReader(broken)},
		} {
			if got, err := c.Check(pair[0], pair[1]); !errors.Is(err, broken) || got.Accepted {
				t.Errorf("%T with a broken %s: %+v, %v", c, name, got, err)
			}
		}
	}
}

func TestInvalidTolerancesAreRejected(t *testing.T) {
	for _, pair := range [][2]float64{{math.NaN(), 1}, {1, math.NaN()}, {math.Inf(1), 1}, {1, math.Inf(1)}, {-1, -1}} {
		if tol, err := NewTolerance(pair[0], pair[1]); err == nil {
			t.Errorf("%v became %+v", pair, tol)
		}
	}
}

// endless repeats a text until size bytes are read. It does not keep them in memory.
func endless(text string, size int64) io.Reader {
	return io.LimitReader(&repeat{text: text}, size)
}

type repeat struct {
	text string
	at   int
}

func (r *repeat) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		c := copy(p[n:], r.text[r.at:])
		r.at = (r.at + c) % len(r.text)
		n += c
	}
	return n, nil
}

func TestStreamsLargerThanAnyWindow(t *testing.T) {
	const size = 5*windowSize + 13
	for name, pair := range map[string][2]string{
		"one token":         {"a", "A"},
		"one line of space": {" ", "\t"},
		"short tokens":      {"12 345\n", "12 345\n"},
	} {
		same, err := Tokens{}.Check(endless(pair[0], size), endless(pair[1], size))
		if err != nil || !same.Accepted {
			t.Errorf("%s: %+v, %v", name, same.Difference, err)
		}
	}
	long := func(tail string) io.Reader { return io.MultiReader(endless("a", size), strings.NewReader(tail)) }
	for _, pair := range [][2]string{{"b", "c"}, {"", "a"}, {"a", ""}, {" b", "b"}} {
		if got, err := (Tokens{}).Check(long(pair[0]), long(pair[1])); err != nil || got.Accepted {
			t.Errorf("a long token and %q, %q: %+v, %v", pair[0], pair[1], got, err)
		}
	}
	if got, err := (Tokens{Tolerance: tolerance(t, 1, 1)}).Check(endless("1", size), endless("1",
		size)); err != nil || !got.Accepted {
		t.Errorf("a very long number that is equal: %+v, %v", got, err)
	}
}

// model is the default validator as specified, without streams.
func model(t Tokens, answer, output []byte) bool {
	space := func(r rune) bool { return r < 128 && isSpace[r] == 1 }
	if t.SpaceChangeSensitive {
		a := bytes.FieldsFunc(answer, func(r rune) bool { return !space(r) })
		o := bytes.FieldsFunc(output, func(r rune) bool { return !space(r) })
		lead := func(b []byte) bool { return len(b) > 0 && space(rune(b[0])) }
		if len(a) != len(o) || lead(answer) != lead(output) || !bytes.Equal(bytes.Join(a, []byte("x")), bytes.Join(o,
			[]byte("x"))) {
			return false
		}
	}
	a, o := bytes.FieldsFunc(answer, space), bytes.FieldsFunc(output, space)
	if len(a) != len(o) {
		return false
	}
	for i := range a {
		if !t.equal(a[i], o[i]) {
			return false
		}
	}
	return true
}

func FuzzTokens(f *testing.F) {
	for _, seed := range [][2]string{{"1 2\n", "1  2"}, {"0.5", ".5"}, {"Ab c", "aB  C\n"}, {"1e400", "-1e400"}, {"",
		" "}, {"x\x00", "x"}} {
		f.Add([]byte(seed[0]), []byte(seed[1]), true, true, true)
		f.Add([]byte(seed[0]), []byte(seed[1]), false, false, false)
	}
	f.Fuzz(func(t *testing.T, answer, output []byte, sensitive, space, float bool) {
		c := Tokens{CaseSensitive: sensitive, SpaceChangeSensitive: space}
		plain := c
		if float {
			c.Tolerance = tolerance(t, 1e-6, 1e-6)
		}
		got := accepts(t, c, string(answer), string(output))
		if want := model(c, answer, output); got != want {
			t.Errorf("%+v of %q and %q: %v, the model says %v", c, answer, output, got, want)
		}
		if !accepts(t, c, string(answer), string(answer)) {
			t.Errorf("%+v: %q is not itself", c, answer)
		}
		if accepts(t, plain, string(answer), string(output)) != accepts(t, plain, string(output), string(answer)) {
			t.Errorf("%+v of %q and %q is not symmetric", plain, answer, output)
		}
		if !space && got != accepts(t, c, "\n "+string(answer), string(output)+" \t\n") {
			t.Errorf("%+v of %q and %q depends on white space around", c, answer, output)
		}
	})
}

func FuzzTokensOfLines(f *testing.F) {
	f.Add("a b\n\nc\n", " a  b\nc")
	f.Add("a\nb", "a b")
	f.Fuzz(func(t *testing.T, answer, output string) {
		canonical := func(s string) string {
			var lines []string
			for _, line := range strings.Split(s, "\n") {
				words := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(" \f\n\r\t\v", r) })
				if len(words) > 0 {
					lines = append(lines, strings.Join(words, " "))
				}
			}
			return strings.Join(lines, "\n")
		}
		got := accepts(t, Tokens{CaseSensitive: true, LineSensitive: true}, answer, output)
		if want := canonical(answer) == canonical(output); got != want {
			t.Errorf("%q and %q: %v, want %v", answer, output, got, want)
		}
	})
}

func FuzzLines(f *testing.F) {
	f.Add("a \nb\n", "a\nb")
	f.Fuzz(func(t *testing.T, answer, output string) {
		canonical := func(s string) string {
			lines := strings.Split(s, "\n")
			for i := range lines {
				lines[i] = strings.TrimRight(lines[i], " \f\r\t\v")
			}
			return strings.TrimRight(strings.Join(lines, "\n"), "\n")
		}
		if got, want := accepts(t, Lines{}, answer, output), canonical(answer) == canonical(output); got != want {
			t.Errorf("%q and %q: %v, want %v", answer, output, got, want)
		}
	})
}

// BenchmarkTokens compares a correct output of numbers with its answer; bytes are those of the output.
func BenchmarkTokens(b *testing.B) {
	for name, text := range map[string]string{"numbers": "1234567 -89 3.25\n",
		"letters": "abcdefghijklmnopqrstuvwxyz\n"} {
		b.Run(name, func(b *testing.B) {
			const size = 64 << 20
			data := make([]byte, size)
			io.ReadFull(endless(text, size), data)
			b.SetBytes(size)
			for b.Loop() {
				if got, err := (Tokens{}).Check(bytes.NewReader(data),
					bytes.NewReader(data)); err != nil || !got.Accepted {
					b.Fatal(got, err)
				}
			}
		})
	}
}
