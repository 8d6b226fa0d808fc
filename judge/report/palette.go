package report

import "judge/problems"

// palette colours words, or leaves them as they are.
type palette struct{ on bool }

// Paint colours a text of a terminal by a verdict, as the table does.
func Paint(v problems.Verdict, text string) string { return palette{true}.verdict(v, text) }

func (p palette) paint(code, text string) string {
	if !p.on || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (p palette) bold(text string) string  { return p.paint("1", text) }
func (p palette) faint(text string) string { return p.paint("2", text) }
func (p palette) good(text string) string  { return p.paint("32", text) }
func (p palette) bad(text string) string   { return p.paint("31", text) }
func (p palette) ours(text string) string  { return p.paint("1;35", text) }

// verdict colours a text by a verdict: green for AC, yellow for a limit, red for wrong, grey for SKIP, magenta for JE.
func (p palette) verdict(v problems.Verdict, text string) string {
	switch v {
	case problems.AC:
		return p.good(text)
	case problems.TLE, problems.MLE, problems.OLE:
		return p.paint("33", text)
	case problems.JE:
		return p.ours(text)
	case problems.SKIP:
		return p.faint(text)
	default:
		return p.bad(text)
	}
}
