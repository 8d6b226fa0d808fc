package checkers

// linesRule returns the rule for a comparison that accepts any answer.
func linesRule(same func(a, o *window) bool) func(a, o *window) (Check, error) {
	return func(a, o *window) (Check, error) { return conclude(a, o, same(a, o), byLine) }
}

// sameFullLines compares line by line, white space included. A line ends with LF or CRLF, or at the end of the file.
// After the end of the output its lines are empty. After the end of the answer the output may have blanks.
func sameFullLines(a, o *window) bool {
	for started := false; ; {
		if n := commonPrefix(a.rest(), o.rest()); n > 0 {
			started = a.rest()[n-1] != '\n'
			passCommon(a, o)
			continue
		}
		aMore, oMore := a.some(), o.some()
		switch {
		case aMore && oMore && a.rest()[0] == o.rest()[0]:
			continue // either window was empty
		case !aMore && !started:
			o.skip(&blanks)
			return !o.some()
		}
		answerEnd, outputEnd := lineEnd(a), lineEnd(o)
		if !started && answerEnd > 0 && a.endsWithin(answerEnd) {
			o.skip(&blanks) // an empty last line of the answer is not compared
			return !o.some()
		}
		if answerEnd < 0 || outputEnd < 0 {
			return false
		}
		a.pass(answerEnd)
		o.pass(outputEnd)
		started = false
	}
}

// lineEnd returns the length of a line end at the window's position: 0 for the end of the file, -1 if there is none.
func lineEnd(w *window) int {
	if w.some() && w.rest()[0] == '\r' && len(w.rest()) == 1 {
		w.more()
	}
	rest := w.rest()
	switch {
	case len(rest) == 0:
		return 0
	case rest[0] == '\n':
		return 1
	case rest[0] == '\r' && len(rest) > 1 && rest[1] == '\n':
		return 2
	}
	return -1
}
