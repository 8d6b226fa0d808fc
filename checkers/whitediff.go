package checkers

import "io"

// WhiteDiff compares like CMS does for tasks without a checker: line i with line i. White space within a line counts
// as one blank, at its ends not at all. Blank lines count, except at the end of either file.
type WhiteDiff struct{}

// Check compares output and answer. An error means that one of the two could not be read.
func (WhiteDiff) Check(answer, output io.Reader) (Check, error) {
	a, o := newWindows(answer, output)
	return conclude(a, o, sameTokensOfLines(a, o, &isSpace), byLine)
}

// sameTokensOfLines passes the equal beginning and stops at the first difference. After the end of the answer, the
// output may have the bytes of trailing.
func sameTokensOfLines(a, o *window, trailing byteSet) bool {
	words := Tokens{CaseSensitive: true}
	for {
		passEqualTokens(a, o)
		a.skipSpace('\n')
		o.skipSpace('\n')
		aMore, oMore := a.some(), o.some()
		switch {
		case !aMore || !oMore:
			a.skip(&isSpace)
			o.skip(trailing)
			return !a.some() && !o.some()
		case a.rest()[0] == '\n' && o.rest()[0] == '\n':
			a.pass(1)
			o.pass(1)
		case a.rest()[0] == '\n' || o.rest()[0] == '\n':
			return false
		case !words.sameToken(a, o):
			return false
		}
	}
}
