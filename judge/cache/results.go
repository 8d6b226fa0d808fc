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

// Verdicts caches results of tests under a digest of everything that determines them. A file has the results of
// one program of a problem under its limits, one a line. Lines are only appended, so results that were settled
// before an interruption are available to the next run.
//
//	DIR/verdicts/KEY.jsonl
type Verdicts struct {
	dir   *safefile.Dir
	judge string // the judge that produced the results
}

// maxFile bounds one file that is read, in bytes.
const maxFile = 32 << 20

// OpenVerdicts opens, and if needed creates, the cached verdicts in a cache's directory; "" is the user's default,
// as for Open.
func OpenVerdicts(dir string) (*Verdicts, error) {
	c, err := store.Open(dir)
	if err != nil {
		return nil, err
	}
	return &Verdicts{dir: c.Part(store.Verdicts), judge: thisJudge()}, nil
}

// Judge identifies the judge that produced the results; "" if it is unknown.
func (v *Verdicts) Judge() string {
	if v == nil {
		return ""
	}
	return v.judge
}

// Part returns the directory of the cached verdicts; nil: no cache.
func (v *Verdicts) Part() *safefile.Dir {
	if v == nil {
		return nil
	}
	return v.dir
}

// kept is one line: a result, and the time limits under which it was obtained.
type kept struct {
	Key  string        `json:"key"` // of the test
	Time time.Duration `json:"time"`
	Wall time.Duration `json:"wall"`
	Test report.Test   `json:"test"`
}

// Timing holds the time limits under which a result is or would be obtained. The zero value is for results without
// any.
type Timing struct {
	Time, Wall time.Duration
	Margin     time.Duration // a measurement within it of Time is not conclusive
}

// Ledger is the file of one program. A nil Ledger stores nothing.
type Ledger struct {
	mu   sync.Mutex
	file *os.File
	byID map[string]kept
}

// Open reads the results of a key. Incomplete and foreign lines are ignored.
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
	v.dir.Chtimes(name, now, now) //nolint:errcheck // for eviction only
	return l
}

// Close closes the file. It does nothing for a nil ledger.
func (l *Ledger) Close() {
	if l != nil {
		l.file.Close()
	}
}

// Find returns the result of a test if it is valid under these limits.
func (l *Ledger) Find(key string, limits Timing) (report.Test, bool) {
	if l == nil || key == "" {
		return report.Test{}, false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	k, ok := l.byID[key]
	if !ok || !k.validFor(limits) {
		return report.Test{}, false
	}
	k.Test.Cached = true
	return k.Test, true
}

// validFor reports whether a result under some time limits is valid under others: a pass clearly within the new
// limit is, and so is a result of a run that took clearly longer than it.
func (k kept) validFor(limits Timing) bool {
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

// Keep stores a result that a repetition would confirm: not a judge error, a skipped test, or a result that
// depends on the machine.
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
	if old, ok := l.byID[key]; ok && old.validFor(limits) {
		return // another test with the same files came first
	}
	l.byID[key] = k
	// The leading line end separates it from a line that a killed judge or a full disk has cut short.
	l.file.Write(slices.Concat([]byte{'\n'}, line, []byte{'\n'})) //nolint:errcheck // else the test runs again
}
