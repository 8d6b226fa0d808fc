package grade

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"judge/judge"
	"judge/judge/contest"
	"judge/judge/report"
	"judge/problems"
)

// Engine compiles and runs: *judge.Judge.
type Engine interface {
	Prepare(ctx context.Context, p *problems.Problem, stop judge.Stop) (*judge.Prepared, error)
	Stream(ctx context.Context, next func() (judge.Job, bool)) error
}

// Grade judges what is to do, and returns when it is done and stored. A judgement is stored completely or not at all;
// what an interruption cuts short is not stored. Errors: those of Prepare and Stream, *store.FullError, and that of
// ctx.
func (g *Grading) Grade(ctx context.Context, engine Engine, machine contest.Machine) error {
	if len(g.Todo) == 0 {
		return nil
	}
	if err := g.prepare(ctx, engine); err != nil {
		return err
	}
	if err := g.begin(machine); err != nil {
		return err
	}
	under, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	r := &run{Grading: g, stop: stop, machine: machine.Name, ctx: under}
	err := engine.Stream(under, r.next)
	if r.failure() != nil {
		err = nil // it followed from the failure
	}
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	flushed := g.store.Flush(context.WithoutCancel(ctx))
	if flushed == nil {
		flushed = r.failure() // there is room again, but grading has stopped
	}
	return errors.Join(err, flushed)
}

// prepare compiles the programs of all problems that have something to judge.
func (g *Grading) prepare(ctx context.Context, engine Engine) error {
	needed := map[string]bool{}
	for _, one := range g.Todo {
		if one.Submission.Fault == nil {
			needed[one.Submission.Problem] = true
		}
	}
	for _, id := range slices.Sorted(maps.Keys(needed)) {
		p := g.problems[id]
		stop := judge.AtFirstFailure
		if g.options.AllTests || p.Facts.Points {
			stop = judge.AtEnd
		}
		if p.prepared != nil {
			continue
		}
		var err error
		if p.prepared, err = engine.Prepare(ctx, p.spec, stop); err != nil {
			return ofProblem(p.Problem, err)
		}
	}
	return nil
}

// begin opens the round of a rejudging.
func (g *Grading) begin(machine contest.Machine) error {
	if g.Round == 0 {
		opened, err := g.store.OpenRound(contest.Rejudge, g.options.Selection)
		if err != nil {
			return err
		}
		g.Round, g.open = opened.ID, &opened
		for i := range g.Todo {
			g.Todo[i].round = g.Round
		}
	}
	return g.store.SetMachine(machine)
}

// run is one call of Grade.
type run struct {
	*Grading
	ctx     context.Context // of the engine
	stop    context.CancelCauseFunc
	machine string
	at      int // in Todo; used by next alone

	mu     sync.Mutex
	failed error
}

// next hands out the next submission that has something to judge; what cannot be judged is stored on the way.
func (r *run) next() (judge.Job, bool) {
	for r.at < len(r.Todo) && r.ctx.Err() == nil {
		one := r.Todo[r.at]
		r.at++
		r.Progress.begin(one)
		if job, ok := r.job(one); ok {
			return job, true
		}
	}
	return judge.Job{}, false
}

// job returns a submission as a job of the engine; false: it cannot be judged, and its judgement is stored.
func (r *run) job(one Item) (judge.Job, bool) {
	s, started := one.Submission, time.Now()
	if s.Fault != nil {
		r.put(one, one.faulty(*s.Fault, r.machine, started))
		return judge.Job{}, false
	}
	var err error
	if one.source, err = r.tree.digest(s); err != nil {
		r.put(one, one.faulty(*juryFault(err), r.machine, started))
		return judge.Job{}, false
	}
	files, fault := r.tree.prepare(s, one.problem.spec)
	if fault != nil {
		r.put(one, one.faulty(*fault, r.machine, started))
		return judge.Job{}, false
	}
	return judge.Job{
		Prepared: one.problem.prepared, Path: files.path, Language: r.languageOf(s.Language), Entry: s.Entry,
		Done: func(result report.Submission, err error) {
			files.release()
			r.done(one, result, err, started)
		},
	}, true
}

// done stores what the engine has found.
func (r *run) done(one Item, result report.Submission, err error, started time.Time) {
	ended := time.Now()
	now, gone := r.tree.digest(one.Submission)
	switch {
	case err == nil && result.Unfinished, err != nil && r.ctx.Err() != nil:
		r.Progress.cut(one)
	case err != nil:
		fault := contest.Fault{Verdict: problems.JE, Reason: cleaned(report.Fault(err, report.MaxReason))}
		r.put(one, one.faulty(fault, r.machine, started))
	case gone != nil || now != one.source:
		r.put(one, one.faulty(contest.Fault{Verdict: problems.JE, Reason: changedReason}, r.machine, started))
	default:
		r.put(one, one.judgement(result, r.machine, started, ended))
	}
}

// put stores a judgement. If that fails, nothing more is handed out, and what runs is cut short.
func (r *run) put(one Item, j *contest.Judgement) {
	r.Progress.end(one, j)
	if err := r.store.Put(*j); err != nil {
		r.mu.Lock()
		r.failed = err
		r.mu.Unlock()
		r.stop(err)
	}
}

func (r *run) failure() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.failed
}
