package kinds

import (
	"fmt"
	"slices"

	"judge/isolate/threads"
	"judge/judge/decide"
)

// addWait records what a living party waits for. link returns the other end of a pipe between two parties, "" for
// other files.
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

// describe reports which programs wait for which: the manager first, then the process that it waits for.
func describe(waits []threads.Wait, all []pipes) (d decide.Deadlock) {
	manager := len(all)
	partner := -1
	addWait(&d, "the manager", waits[manager], func(w threads.Wait) string {
		partner = slices.IndexFunc(all, func(p pipes) bool {
			return w.File == p.toManager.file || w.File == p.toProcess.file
		})
		if partner < 0 {
			return ""
		}
		return processName(partner)
	})
	process := func(i int) {
		addWait(&d, processName(i), waits[i], func(w threads.Wait) string {
			connected := w.File == all[i].toManager.file || w.File == all[i].toProcess.file
			if connected || w.FD == 1 && w.Call == threads.Write {
				return "the manager"
			}
			return ""
		})
	}
	if partner >= 0 {
		process(partner)
	}
	for i := range all {
		if i != partner {
			process(i)
		}
	}
	return d
}

func processName(i int) string { return fmt.Sprintf("process %d", i) }
