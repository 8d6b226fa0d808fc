package judge

import (
	"strings"

	"judge/judge/cache"
	"judge/judge/report"
	"judge/problems"
)

// known takes a result that was kept, under the test's own name.
func (w *judging) known(i int, t problems.TestCase) (report.Test, bool) {
	l := w.ledgers[i]
	if l == nil {
		return report.Test{}, false
	}
	test, ok := l.Find(w.testKey(t), timing(w.request.Problem.Limits))
	test.Name, test.Group = t.Name, strings.Join(t.Groups, ", ")
	return test, ok
}

// openLedgers opens the kept results of every program.
func (w *judging) openLedgers() {
	w.ledgers = make([]*cache.Ledger, len(w.programs))
	for i, p := range w.programs {
		if w.judge.Verdicts != nil && p.Ready() && p.Outputs == nil {
			w.ledgers[i] = w.judge.Verdicts.Open(w.settingKey(p))
		}
	}
}
