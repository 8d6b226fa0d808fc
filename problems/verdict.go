package problems

import "fmt"

// Verdict is the result of one test case or of one submission. The zero value is Unjudged, which is never a pass and
// cannot be marshalled.
type Verdict uint8

// The verdict codes. SKIP marks a test case that was not run; it is never a pass.
const (
	Unjudged Verdict = iota
	AC               // accepted
	WA               // wrong answer
	TLE              // time limit exceeded
	MLE              // memory limit exceeded
	OLE              // output limit exceeded
	RTE              // run-time error
	CE               // compile error
	JE               // judge error: the jail, the checker or the problem failed, never the submission
	SKIP             // not run
)

// codes are the codes of the verdicts.
var codes = [...]string{
	AC: "AC", WA: "WA", TLE: "TLE", MLE: "MLE", OLE: "OLE", RTE: "RTE", CE: "CE", JE: "JE", SKIP: "SKIP",
}

// String returns the code, "unjudged" for the zero value.
func (v Verdict) String() string {
	if v == Unjudged || int(v) >= len(codes) {
		return "unjudged"
	}
	return codes[v]
}

// ParseVerdict returns the verdict with a code. It is the inverse of String for every verdict except Unjudged.
func ParseVerdict(code string) (Verdict, error) {
	for v := AC; int(v) < len(codes); v++ {
		if codes[v] == code {
			return v, nil
		}
	}
	return Unjudged, fmt.Errorf("unknown verdict %q: use one of %v", code, codes[AC:])
}

// MarshalText writes the code. Unjudged is an error: a result that was never judged must not be saved as one.
func (v Verdict) MarshalText() ([]byte, error) {
	if v == Unjudged || int(v) >= len(codes) {
		return nil, fmt.Errorf("marshalling a verdict that was never judged")
	}
	return []byte(codes[v]), nil
}

// UnmarshalText reads a code.
func (v *Verdict) UnmarshalText(text []byte) error {
	parsed, err := ParseVerdict(string(text))
	*v = parsed
	return err
}
