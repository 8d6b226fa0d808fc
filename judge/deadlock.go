package judge

import (
	"fmt"
	"strings"

	"judge/isolate/threads"
)

// Deadlock tells who waited for what when the programs of a test waited for each other.
type Deadlock struct{ waits []waiting }

type waiting struct{ who, what string }

// maxWaits is how many parties a message names.
const maxWaits = 3

// String returns a sentence without its end.
func (d Deadlock) String() string {
	var parts []string
	for _, w := range d.waits[:min(len(d.waits), maxWaits)] {
		parts = append(parts, w.who+" "+w.what)
	}
	if more := len(d.waits) - len(parts); more > 0 {
		parts = append(parts, fmt.Sprintf("%d more wait", more))
	}
	return "deadlock: " + strings.Join(parts, ", ")
}

// add notes what a party that is present waits for. link returns the other end of a pipe between two parties, "" for other files.
func (d *Deadlock) add(who string, w threads.Wait, link func(threads.Wait) string) {
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
	d.waits = append(d.waits, waiting{who, what})
}
