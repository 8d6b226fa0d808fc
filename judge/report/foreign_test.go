package report

import (
	"bytes"
	"testing"

	"judge/problems/text"
	"judge/problems/text/texttest"
)

func TestUntrustedTextIsEscapedInATable(t *testing.T) {
	for _, s := range texttest.Texts() {
		for _, r := range []*Report{mixed(), failing(), grouped(), scored(), surprising(), hostile(), judgeError(), excerpted(), longLines(), talking()} {
			r = text.Clean(r) // a copy: samples share parts
			if texttest.Fill(r, s) < 20 {
				t.Fatal("the report has no strings")
			}
			for _, table := range []Table{{}, {Width: 40, Verbose: true}} {
				var b bytes.Buffer
				if err := table.Write(text.NewGuard(&b, text.Allowance{}), r); err != nil {
					t.Fatal(err)
				}
				if what := texttest.Obeyed(b.String()); what != "" {
					t.Errorf("%+v of %.60q: %s", table, s, what)
				}
			}
			var b bytes.Buffer
			if err := WriteJSON(&b, r); err != nil {
				t.Fatal(err)
			}
			if what := texttest.Obeyed(b.String()); what != "" {
				t.Errorf("JSON of %.60q: %s", s, what)
			}
			read, err := ReadJSON(&b)
			if err != nil || read.Submissions[0].Path != text.ValidUTF8(s) {
				t.Errorf("JSON of %.60q: read again it is another (%v)", s, err)
			}
		}
	}
}
