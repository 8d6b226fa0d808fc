package main

import (
	"context"
	"errors"
	"io"

	"judge/cmd/judge/progress"
	"judge/isolate"
	"judge/judge"
	"judge/judge/generate"
	"judge/judge/languages"
	"judge/problems"
)

// making says how the tests of a problem are made.
type making struct {
	choose func(*problems.Problem) error // see generate.Maker
	check  bool                          // see generate.Maker.Check
	quiet  bool                          // show no progress
}

// makeTests makes those tests of a problem that its recipes make, and shows how far that is. Their files stay until the
// problem is closed. Every command calls it after it has opened a problem whose tests it reads.
func makeTests(
	ctx context.Context, stderr io.Writer, engine *judge.Judge, p *problems.Problem, how making,
) ([]generate.Test, error) {
	if !p.Made() {
		return nil, nil
	}
	count := progress.NewMaking()
	maker := generate.Maker{Judge: engine, Observe: count.Observe, Choose: how.choose}
	if engine.Cache != nil {
		maker.Cache = engine.Cache.Cache
	}
	end := func() {}
	if !how.quiet {
		end = progressOutput(stderr).Start(count.String)
	}
	work := maker.Make
	if how.check {
		work = maker.Check
	}
	made, err := work(ctx, p)
	end()
	if ctx.Err() != nil {
		return nil, errors.Join(context.Cause(ctx), made.Close())
	}
	if made == nil {
		return nil, err
	}
	p.Held = append(p.Held, made)
	return made.Tests, err
}

// makeAll makes the tests of a problem for a command that runs nothing else, on the default cores.
func makeAll(
	ctx context.Context, stderr io.Writer, p *problems.Problem, choose func(*problems.Problem) error,
) error {
	if !p.Made() {
		return nil
	}
	var warned warnings
	defer warned.print(stderr)
	engine, pool, err := runFlags{isolation: isolate.Levels()[0]}.engine(warned.add)
	if err != nil {
		return err
	}
	_, err = makeTests(ctx, stderr, engine, p, making{choose: choose})
	return errors.Join(err, pool.Close())
}

// lazyHost prepares the host when something has to run: a contest that is graded needs none.
type lazyHost struct {
	flags runFlags
	table *languages.Table
	warn  func(error)

	engine *judge.Judge
	pool   *isolate.Pool
}

// open returns the engine, the same at each call until close.
func (h *lazyHost) open() (*judge.Judge, error) {
	if h.engine != nil {
		return h.engine, nil
	}
	engine, pool, err := h.flags.engine(h.warn)
	if err != nil {
		return nil, err
	}
	engine.Languages = h.table
	h.engine, h.pool = engine, pool
	return engine, nil
}

// close releases the host, if it was prepared.
func (h *lazyHost) close() error {
	if h.engine == nil {
		return nil
	}
	h.engine = nil
	return h.pool.Close()
}

// makeTests makes the tests of a problem of a contest, on the host that grades.
func (f gradeFlags) makeTests(ctx context.Context, stderr io.Writer, host *lazyHost, p *problems.Problem) error {
	if !p.Made() {
		return nil
	}
	engine, err := host.open()
	if err == nil {
		_, err = makeTests(ctx, stderr, engine, p, making{quiet: f.quiet})
	}
	return err
}
