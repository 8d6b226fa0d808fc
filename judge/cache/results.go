package cache

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"slices"
	"sync"
	"syscall"
	"time"

	"judge/judge/report"
	"judge/problems"
	store "judge/problems/cache"
	"judge/problems/safefile"
)

// Verdicts keep results of tests, by all that they came from, so that nothing is run twice that cannot differ. A file
// holds those of one program of a problem under its limits, a line for each; lines are only added, so that what a
// judging had settled when it was interrupted is there for the next.
//
//	DIR/verdicts/KEY.jsonl
type Verdicts struct {
	dir   *safefile.Dir
	judge string // whose results they are
}

// maxFile bounds one file that is read, in bytes.
const maxFile = 32 << 20

// OpenVerdicts opens, and where needed creates, the kept verdicts in a cache's directory; "" is the user's, as for
// OpenCache.
func OpenVerdicts(dir string) (*Verdicts, error) {
	c, err := store.Open(dir)
	if err != nil {
		return nil, err
	}
	return &Verdicts{dir: c.Part(store.Verdicts), judge: thisJudge()}, nil
}

// Judge identifies the judge whose results are kept; "" if it cannot be told.
func (v *Verdicts) Judge() string {
	if v == nil {
		return ""
	}
	return v.judge
}

// Part is the directory of the kept verdicts; nil: none is.
func (v *Verdicts) Part() *safefile.Dir {
	if v == nil {
		return nil
	}
	return v.dir
}

// kept is one line: a result, and under which limits on time it came about.
type kept struct {
	Key  string        `json:"key"` // of the test
	Time time.Duration `json:"time"`
	Wall time.Duration `json:"wall"`
	Test report.Test   `json:"test"`
}

// Timing is the limits on time under which a result comes about, or would. The zero value is for what has none.
type Timing struct {
	Time, Wall time.Duration
	Margin     time.Duration // a measurement that is nearer to Time decides nothing
}

// Ledger is the file of one program. A nil one keeps nothing.
type Ledger struct {
	mu   sync.Mutex
	file *os.File
	byID map[string]kept
}

// Open reads the results of a key. Lines that are not whole, or not ours, count for nothing.
func (v *Verdicts) Open(key string) *Ledger {
	if v == nil || v.judge == "" || key == "" {
		return nil
	}
	name := key + ".jsonl"
	file, err := v.dir.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_APPEND|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0o600)
	if err != nil {
		return nil
	}
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxFile {
		file.Close()
		return nil
	}
	l := &Ledger{file: file, byID: map[string]kept{}}
	lines := bufio.NewReader(io.LimitReader(file, maxFile))
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			break // also an unfinished last line
		}
		var k kept
		if json.Unmarshal(line, &k) == nil && k.Key != "" && k.Test.Verdict != problems.Unjudged {
			l.byID[k.Key] = k
		}
	}
	now := time.Now()
	v.dir.Chtimes(name, now, now) //nolint:errcheck // for eviction alone
	return l
}

// Close ends the use of the file. A nil ledger has none.
func (l *Ledger) Close() {
	if l != nil {
		l.file.Close()
	}
}

// Find returns the result of a test that stands under these limits.
func (l *Ledger) Find(key string, limits Timing) (report.Test, bool) {
	if l == nil || key == "" {
		return report.Test{}, false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	k, ok := l.byID[key]
	if !ok || !k.stands(limits) {
		return report.Test{}, false
	}
	k.Test.Cached = true
	return k.Test, true
}

// stands reports whether a result under some limits on time is one under others: a pass that is clearly within the new
// limit stands, and so does the result of one that ran for clearly longer than it.
func (k kept) stands(limits Timing) bool {
	if k.Time == limits.Time && k.Wall == limits.Wall {
		return true
	}
	cpu, wall := seconds(k.Test.CPUSeconds), seconds(k.Test.WallSeconds)
	if k.Test.Verdict == problems.TLE {
		return k.Test.Reason == report.OverCPU && limits.Time <= k.Time && cpu > limits.Time+limits.Margin
	}
	return cpu < limits.Time-limits.Margin && wall < limits.Wall/2
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

// Keep adds a result that would be the same again: not one that the judge failed at, that was not run, or that hung on
// the machine.
func (l *Ledger) Keep(key string, limits Timing, test report.Test) {
	same := []problems.Verdict{problems.AC, problems.WA, problems.MLE, problems.OLE, problems.RTE}
	again := slices.Contains(same, test.Verdict) ||
		test.Verdict == problems.TLE && (test.Reason == report.OverCPU || test.Reason == report.Idle)
	if l == nil || key == "" || !again || test.Rerun || test.Cached {
		return
	}
	k := kept{Key: key, Time: limits.Time, Wall: limits.Wall, Test: test}
	line, err := json.Marshal(k)
	if err != nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if old, ok := l.byID[key]; ok && old.stands(limits) {
		return // another test of the same files came first
	}
	l.byID[key] = k
	// The line end before it parts it from a line that a killed judge or a full disk has cut short.
	l.file.Write(slices.Concat([]byte{'\n'}, line, []byte{'\n'})) //nolint:errcheck // without it the test is run again
}
