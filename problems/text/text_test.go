package text

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestLineEscapesWhatIsNotShown(t *testing.T) {
	for _, row := range []struct{ in, want string }{
		{"plain ä 漢 ع 🎉 C:\\new", "plain ä 漢 ع 🎉 C:\\new"},
		{"\x1b[31mred\x1b]8;;http://x\x07link", `\x1b[31mred\x1b]8;;http://x\alink`},
		{"a\nb\tc\rd\x00\x7f", `a\nb\tc\rd\x00\x7f`},
		{"\xff\xfe ä\xed\xa0\x80", `\xff\xfe ä\xed\xa0\x80`}, // the last is a lone surrogate
		{"\u0085\u009b31m", `\u0085\u009b31m`},
		{"\u202eevil\u2066\u061c\u200f", `\u202eevil\u2066\u061c\u200f`},
		{"a\u2028b\u2029c\u00a0d\u3000e", `a\u2028b\u2029c\u00a0d\u3000e`},
		{"a\u200bb\ufeffc\u00add\u2060e\u034ff\u3164g\u2800h\u115fi", `a\u200bb\ufeffc\u00add\u2060e\u034ff\u3164g\u2800h\u115fi`},
		{"👩\u200d💻 ❤\ufe0f", `👩\u200d💻 ❤\ufe0f`},
		{"🏴\U000e0067\U000e007f x\U000e0100", `🏴\U000e0067\U000e007f x\U000e0100`},
		{"e\u0301 क्षि กำ", "e\u0301 क्षि กำ"},
		{"\u0301a \u0301 \"\u0301", `\u0301a \u0301 "\u0301`},
		{"a\u0301\u0302\u0303\u0304\u0305\u0306b\u0301", "a\u0301\u0302\u0303\u0304" + `\u0305\u0306b` + "\u0301"},
		{"\ue000\U0010fffe\ufffe", `\ue000\U0010fffe\ufffe`},
		{"\ufffd", "\ufffd"},
	} {
		if got := Line(row.in); got != row.want {
			t.Errorf("%q became %q, want %q", row.in, got, row.want)
		}
	}
	if got := Lines("a\r\n\tb\x07\rc"); got != "a\n\tb\\a\\rc" {
		t.Errorf("lines became %q", got)
	}
	if got := CutLine("0123456789\x1bb", 12); got != "0123456789... (cut)" {
		t.Errorf("an escape was cut through: %q", got)
	}
}

func TestEscapesAreThoseOfGo(t *testing.T) {
	for c := rune(0); c <= unicode.MaxRune; c++ {
		s := "a" + string(c)
		if shown, quoted := Line(s), fmt.Sprintf("%+q", s); shown != s && `"`+shown+`"` != quoted {
			t.Fatalf("%U is shown as %s, quoted as %s", c, shown, quoted)
		}
	}
}

type inner struct {
	Name string
	Log  string `text:"lines"`
}

type outer struct {
	inner
	One   inner
	Many  []inner
	Some  *inner
	Any   any
	Map   map[string]string
	Array [1]string
	None  []string
	Kind  kind
	own   string
}

type kind string

func TestCleanReachesEveryText(t *testing.T) {
	const evil, line, lines = "a\n\x1b", `a\n\x1b`, "a\n\\x1b"
	in := func() inner { return inner{evil, evil} }
	one := in()
	v := outer{in(), in(), []inner{in()}, &one, in(), map[string]string{evil: evil}, [1]string{evil}, nil, evil, evil}
	want := inner{line, lines}
	some := want
	got := Clean(&v)
	texts := map[string]string{line: line}
	wanted := outer{v.inner, want, []inner{want}, &some, want, texts, [1]string{line}, nil, line, evil}
	if !reflect.DeepEqual(*got, wanted) {
		t.Errorf("got  %+v\nwant %+v", *got, wanted)
	}
	if v.Many[0] != in() || *v.Some != in() || v.Map[evil] != evil {
		t.Errorf("the original was changed: %+v", v)
	}
}

func TestCleanKeepsLinesBehindAPointer(t *testing.T) {
	type report struct {
		Line  *string
		Lines *string `text:"lines"`
	}
	evil := "a\n\x1b"
	if got := Clean(report{&evil, &evil}); *got.Line != `a\n\x1b` || *got.Lines != "a\n\\x1b" {
		t.Errorf("got %q and %q", *got.Line, *got.Lines)
	}
}

func TestCleanTextIsNoCommand(t *testing.T) {
	v := Clean(inner{" ::error::a##[b]", "a\n\t::error::a\n##vso[b]"})
	if want := (inner{` :\x3aerror::a##\x5bb]`, "a\n\t:\\x3aerror::a\n##vso\\x5bb]"}); v != want || Clean(v) != v {
		t.Errorf("got %q, want %q", v, want)
	}
}

type hinted struct{ name string }

func (h hinted) Error() string   { return strings.Join(h.Lines(), "\n") }
func (h hinted) Lines() []string { return []string{"no " + h.name, "hint: make it"} }

func TestErrorKeepsOurLineEndsAlone(t *testing.T) {
	path := &fs.PathError{Op: "open", Path: "a\n::error::b", Err: errors.New("no such file")}
	for _, row := range []struct {
		err  error
		want string
	}{
		{path, `open a\n::error::b: no such file`},
		{fmt.Errorf("read x\ny: %w", path), `read x\ny: open a\n::error::b: no such file`},
		{hinted{"a\nb"}, "no a\\nb\nhint: make it"},
		{fmt.Errorf("1\n2: %w (3\n4)", hinted{"a\nb"}), "1\\n2: no a\\nb\nhint: make it (3\\n4)"},
		{errors.Join(path, hinted{"x"}, errors.New("y\nz")), `open a\n::error::b: no such file` + "\nno x\nhint: make it\ny\\nz"},
		{errors.New(strings.Repeat("x", 9000)), strings.Repeat("x", 8192) + "... (cut)"},
		{fmt.Errorf("%w and\n%w", hinted{"x"}, path), "no x\nhint: make it and\\nopen a\\n::error::b: no such file"},
	} {
		if got := Error(row.err); got != row.want {
			t.Errorf("got  %.300q\nwant %.300q", got, row.want)
		}
	}
}

func TestJSONIsSafeToPrintAndTheSameText(t *testing.T) {
	for _, s := range hostile() {
		var b strings.Builder
		if err := WriteJSON(&b, map[string]any{"x": s, "y": []string{s}}); err != nil {
			t.Fatal(err)
		}
		var read struct {
			X string
			Y []string
		}
		err := json.Unmarshal([]byte(b.String()), &read)
		if err != nil || read.X != ValidUTF8(s) || read.Y[0] != ValidUTF8(s) {
			t.Errorf("%q: %v: read %q", s, err, read)
		}
		if guarded := string(NewGuard(nil, Allowance{}).guarded([]byte(b.String()))); guarded != b.String() {
			t.Errorf("%q: the guard makes %q of %q", s, guarded, b.String())
		}
	}
}

// hostile are texts of every kind that somebody obeys.
func hostile() []string {
	return []string{
		"", "a", "\x1b[2J", "a\nb", "\r\n", "::error::x", " \t ::error file=x::y", "a\n::stop-commands::x\n",
		"##[error]x", "x##[group]", "##vso[task.setvariable]x",
		"##teamcity[testFailed]", "#\u0301#\u200d[error]", ":\u200d:error::x", ":\u0591:x", "\xff\xfe", "\u202e\u2066",
		"\U000e0041\u0301", "section_start:1:x\r\x1b[0K",
		"a\u0301\u0302\u0303\u0304\u0305", "]]>", "<script>", "\"'`|*_[]@a", "\x00", "\u2028", "###[", "##a#b##c[",
		":::", ": ::x", "\ufffe",
	}
}

// obeyed says what of a text somebody would obey; "": nothing.
func obeyed(printed string) string {
	for line := range strings.Lines(printed) {
		line = strings.TrimSuffix(line, "\n")
		bare := strings.Map(func(c rune) rune { // as those compare who ignore some characters
			if c >= utf8.RuneSelf {
				return -1
			}
			return c
		}, line)
		if strings.HasPrefix(strings.TrimSpace(bare), "::") {
			return "a command in " + line
		}
		for _, part := range strings.Split(bare, "##")[1:] {
			if word := strings.TrimLeftFunc(part, func(c rune) bool { return inWord(byte(c)) }); strings.HasPrefix(word, "[") {
				return "a command in " + line
			}
		}
		if strings.ReplaceAll(line, "\t", "") != Line(strings.ReplaceAll(line, "\t", "")) {
			return "a character in " + line
		}
	}
	return ""
}

func TestGuardLetsNothingThrough(t *testing.T) {
	for _, s := range hostile() {
		var b strings.Builder
		g := NewGuard(&b, Allowance{})
		fmt.Fprintf(g, "%s\n", s)
		fmt.Fprintf(g, "    %s: %s\n", s, s)
		fmt.Fprint(g, ":")
		fmt.Fprint(g, ":error::in two pieces\n#")
		fmt.Fprint(g, "#[error]\n")
		if what := obeyed(b.String()); what != "" {
			t.Errorf("%q: %s", s, what)
		}
	}
	var b strings.Builder
	fmt.Fprint(NewGuard(&b, Allowance{}), "judge: a::b ##a #[x] # [y]\n\t| x |\n")
	if want := "judge: a::b ##a #[x] # [y]\n\t| x |\n"; b.String() != want {
		t.Errorf("%q became %q", want, b.String())
	}
}

func TestGuardLetsOurOwnThrough(t *testing.T) {
	const ours = "\r\x1b[Kprogress\r\x1b[K\x1b[1;31mWA\x1b[0m\n"
	for _, row := range []struct {
		allow    Allowance
		in, want string
	}{
		{Allowance{Drawing: true}, ours, ours},
		{Allowance{}, ours, `\r\x1b[Kprogress\r\x1b[K\x1b[1;31mWA\x1b[0m` + "\n"},
		{Allowance{Drawing: true}, "\x1b[2J\x1b[31\x1b]0;x\x07\x1b[", `\x1b[2J\x1b[31\x1b]0;x\a\x1b[`},
		{Allowance{Drawing: true}, "\r\x1b[K::error::x\n", "\r\x1b[K:\\x3aerror::x\n"},
		{Allowance{Commands: true}, "::error file=a::##[x]\n", "::error file=a::##\\x5bx]\n"},
	} {
		var b strings.Builder
		n, err := NewGuard(&b, row.allow).Write([]byte(row.in))
		if n != len(row.in) || err != nil || b.String() != row.want {
			t.Errorf("%q became %q, want %q (%d, %v)", row.in, b.String(), row.want, n, err)
		}
	}
	var b strings.Builder
	g := NewGuard(&b, Allowance{})
	fmt.Fprint(Commands(g), "::error::x\n")
	fmt.Fprint(g, "::error::x\n")
	if want := "::error::x\n:\\x3aerror::x\n"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}

func FuzzText(f *testing.F) {
	for _, s := range hostile() {
		f.Add(s, 20)
	}
	f.Fuzz(func(t *testing.T, s string, limit int) {
		limit &= 0xfff
		for name, change := range map[string]func(string) string{
			"Line": Line, "Lines": Lines, "ValidUTF8": ValidUTF8,
			"CutLine":  func(s string) string { return CutLine(s, limit) },
			"CutLines": func(s string) string { return CutLines(s, limit) },
		} {
			got := change(s)
			if !utf8.ValidString(got) || strings.HasPrefix(name, "Cut") && len(got) > limit+len("... (cut)") {
				t.Fatalf("%s(%q) is not UTF-8 or has %d bytes", name, got, len(got))
			}
			if again := change(got); !strings.HasPrefix(name, "Cut") && again != got {
				t.Fatalf("%s is not idempotent: %q, then %q", name, got, again)
			}
			if c := strings.IndexFunc(got, unicode.IsControl); c >= 0 && strings.HasSuffix(name, "Line") {
				t.Fatalf("%s(%q) keeps a control character: %q", name, s, got)
			}
		}
		g := NewGuard(nil, Allowance{})
		if what := obeyed(string(g.guarded([]byte(s + "\n" + s)))); what != "" {
			t.Fatalf("%q: the guard lets through %s", s, what)
		}
		var document strings.Builder
		if err := WriteJSON(&document, []string{s}); err != nil || obeyed(document.String()) != "" {
			t.Fatalf("JSON of %q: %v, %s", s, err, obeyed(document.String()))
		}
		var read []string
		if err := json.Unmarshal([]byte(document.String()), &read); err != nil || read[0] != ValidUTF8(s) {
			t.Fatalf("JSON of %q is read as %q (%v)", s, read, err)
		}
		if Neutral(Line(s)) != Line(Neutral(Line(s))) {
			t.Fatalf("%q: Neutral makes something that is not shown", s)
		}
	})
}
