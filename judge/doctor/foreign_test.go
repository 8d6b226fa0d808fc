package doctor

import (
	"io"
	"strings"
	"testing"

	"judge/problems/text"
	"judge/problems/text/texttest"
)

func TestUntrustedTextIsEscaped(t *testing.T) {
	for _, s := range texttest.Texts() {
		e := Examination{Checks: []Check{{State: OK}, {Group: Timing, State: Warn}, {Group: Languages, State: Note}}}
		if texttest.Fill(&e, s) < 10 {
			t.Fatal("the examination has no strings")
		}
		for name, write := range map[string]func(io.Writer, Examination) error{"table": Table{}.Write, "narrow": Table{Width: 60}.Write, "JSON": WriteJSON} {
			var b strings.Builder
			if err := write(text.NewGuard(&b, text.Allowance{}), e); err != nil {
				t.Fatal(err)
			}
			if what := texttest.Obeyed(b.String()); what != "" {
				t.Errorf("%s of %.60q: %s", name, s, what)
			}
		}
	}
}
