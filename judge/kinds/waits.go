package kinds

import (
	"judge/isolate/threads"
	"judge/judge/decide"
)

// addWait notes what a party that is present waits for. link returns the other end of a pipe between two parties, ""
// for other files.
func addWait(d *decide.Deadlock, who string, w threads.Wait, link func(threads.Wait) string) {
	if w == (threads.Wait{}) {
		return
	}
	what := w.Call.String()
	switch end := link(w); {
	case end == "":
	case w.Call == threads.Read:
		what = "reads from " + end
	case w.Call == threads.Write:
		what = "writes to " + end
	}
	d.Waits = append(d.Waits, decide.Wait{Who: who, What: what})
}
