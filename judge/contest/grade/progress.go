package grade

import (
	"maps"
	"slices"
	"sync"
	"time"

	"judge/judge/contest"
	"judge/problems"
)

// Progress counts what has been judged. It is safe for concurrent use.
type Progress struct {
	now func() time.Time

	mu       sync.Mutex
	began    time.Time
	total    int // planned submissions
	before   int // of them judged before the start
	done     int // since the start
	errors   int // judge errors since the start
	running  map[string]time.Time
	problems map[string]*rate
	last     string // problem id of the submission that ended last
}

// rate is what is known of a problem's submissions.
type rate struct {
	label    string
	bound    time.Duration // of one submission
	left     int           // submissions that have not ended
	ended    int           // submissions that have run
	took     time.Duration // by them
	judged   int           // submissions, also those that could not run
	accepted int
}

// Status is how far grading is.
type Status struct {
	Total, Judged int // planned submissions, and those of them that are judged
	Running       []string
	Errors        int           // judge errors since the start
	Left          time.Duration // estimate; 0: unknown
	Problem       string        // label of the problem of the submission that was judged last; "": none yet
	Accepted      int           // of Problem's submissions judged since the start, in percent
}

// newProgress returns the count before the first submission.
func newProgress(planned, todo []Item) *Progress {
	p := &Progress{
		now: time.Now, began: time.Now(), total: len(planned), before: len(planned) - len(todo),
		running: map[string]time.Time{}, problems: map[string]*rate{},
	}
	for _, one := range todo {
		r := p.problems[one.problem.ID]
		if r == nil {
			r = &rate{label: one.problem.Label, bound: one.Bound}
			p.problems[one.problem.ID] = r
		}
		r.left++
	}
	return p
}

// begin records that a submission is taken up.
func (p *Progress) begin(one Item) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.done == 0 && len(p.running) == 0 {
		p.began = p.now()
	}
	p.running[one.Submission.ID] = p.now()
}

// cut records that a submission was cut short.
func (p *Progress) cut(one Item) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.running, one.Submission.ID)
}

// end records a judgement.
func (p *Progress) end(one Item, j *contest.Judgement) {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.problems[one.problem.ID]
	p.done++
	r.left--
	r.judged++
	p.last = one.problem.ID
	if j.Verdict == problems.AC {
		r.accepted++
	}
	if j.Verdict == problems.JE {
		p.errors++
	}
	if len(j.Runs) > 0 {
		r.ended++
		r.took += p.now().Sub(p.running[one.Submission.ID])
	}
	delete(p.running, one.Submission.ID)
}

// Status returns how far grading is.
func (p *Progress) Status() Status {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := Status{
		Total: p.total, Judged: p.before + p.done, Errors: p.errors, Left: p.left(),
		Running: slices.Sorted(maps.Keys(p.running)),
	}
	if r := p.problems[p.last]; r != nil {
		s.Problem, s.Accepted = r.label, 100*r.accepted/r.judged
	}
	return s
}

// Done returns how many submissions were judged since the start.
func (p *Progress) Done() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.done
}

// soon is how long work must run before the time left is shown.
const soon = 2 * time.Second

// left estimates the time left. A problem's submissions take as long as those of it that have ended; where none has, a
// submission takes the share of its bound that others took. The sum over all cores becomes a time at the rate that was
// measured since the start.
func (p *Progress) left() time.Duration {
	elapsed := p.now().Sub(p.began)
	var took, bounds time.Duration
	for _, r := range p.problems {
		took += r.took
		bounds += time.Duration(r.ended) * r.bound
	}
	if elapsed < soon || took <= 0 || bounds <= 0 {
		return 0
	}
	share := float64(took) / float64(bounds)
	var rest float64
	for _, r := range p.problems {
		each := share * float64(r.bound)
		if r.ended > 0 {
			each = float64(r.took) / float64(r.ended)
		}
		rest += each * float64(r.left)
	}
	return time.Duration(float64(elapsed) * rest / float64(took))
}
