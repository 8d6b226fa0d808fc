package sandbox

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"unicode/utf8"

	"golang.org/x/sync/semaphore"
	"golang.org/x/sys/unix"

	"judge/isolate"
	"judge/problems/text"
)

// How many bytes of lines may wait for a core, and how many of answers for the client. Beyond that no line is read
// until the client reads answers, so a client that stops reading costs no more memory.
const (
	maxWaitingLines   = 2 * maxLine
	maxWaitingAnswers = 64 << 20
	maxWaiting        = 4096 // lines, and answers
)

// Server runs commands that come as lines of JSON, each in a fresh jail.
type Server struct {
	Run   isolate.Runner
	Level isolate.Level
	Cores []int // each runs one command at a time
	Base  Spec  // for all lines; Args is not used
}

// answer is a line of the output.
type answer struct {
	ID json.RawMessage `json:"id"`
	Usage
	Stdout       *string           `json:"stdout,omitempty"`
	StdoutBase64 []byte            `json:"stdout_base64,omitempty"`
	Stderr       *string           `json:"stderr,omitempty"`
	StderrBase64 []byte            `json:"stderr_base64,omitempty"`
	Get          map[string]string `json:"get,omitempty"`
	GetBase64    map[string][]byte `json:"get_base64,omitempty"`
	GetErrors    map[string]string `json:"get_errors,omitempty"`
}

// failure is the answer to a line that is wrong, or whose jail failed.
type failure struct {
	ID    json.RawMessage `json:"id"`
	Error string          `json:"error"`
}

// Serve answers lines of in on out until in ends, and returns once all are answered. It returns the cause of ctx's end,
// or the error of out.
func (s Server) Serve(ctx context.Context, in io.Reader, out io.Writer) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	q := queue{
		lines: make(chan input, maxWaiting), answers: make(chan []byte, maxWaiting),
		linesRoom: semaphore.NewWeighted(maxWaitingLines), answersRoom: semaphore.NewWeighted(maxWaitingAnswers),
	}
	go func() { // it may wait in a read when ctx ends
		defer close(q.lines)
		if err := q.read(ctx, in); err != nil {
			stop(err)
		}
	}()
	var all sync.WaitGroup
	for _, core := range s.Cores {
		all.Go(func() { s.work(ctx, core, &q) })
	}
	go func() {
		all.Wait()
		close(q.answers)
	}()
	written := make(chan struct{})
	go func() { // it may wait for the client when ctx ends
		defer close(written)
		if err := q.write(out); err != nil {
			stop(err)
		}
	}()
	select {
	case <-written:
	case <-ctx.Done():
		all.Wait()
	}
	return context.Cause(ctx)
}

// input is a line, or the reason why none could be read.
type input struct {
	line []byte
	err  error
}

// queue holds what waits.
type queue struct {
	lines                  chan input
	answers                chan []byte
	linesRoom, answersRoom *semaphore.Weighted
}

// weight is what some bytes take of a room.
func weight(size, room int) int64 { return int64(min(size, room)) }

// read reads lines until the end of the input.
func (q *queue) read(ctx context.Context, in io.Reader) error {
	buffered := bufio.NewReaderSize(in, 64<<10)
	for {
		line, err := readLine(buffered)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil && !errors.Is(err, errLong):
			return fmt.Errorf("read the requests: %w", err)
		case err == nil && len(bytes.TrimSpace(line)) == 0:
			continue
		}
		if q.linesRoom.Acquire(ctx, weight(len(line), maxWaitingLines)) != nil {
			return nil
		}
		select {
		case q.lines <- input{line, err}:
		case <-ctx.Done():
			return nil
		}
	}
}

// write writes answers until there are no more.
func (q *queue) write(out io.Writer) error {
	for data := range q.answers {
		if _, err := out.Write(data); err != nil {
			return err
		}
		q.answersRoom.Release(weight(len(data), maxWaitingAnswers))
	}
	return nil
}

// work answers lines on one core.
func (s Server) work(ctx context.Context, core int, q *queue) {
	for {
		var next input
		var open bool
		select {
		case next, open = <-q.lines:
		case <-ctx.Done():
		}
		if !open {
			return
		}
		reply := s.reply(ctx, core, next)
		q.linesRoom.Release(weight(len(next.line), maxWaitingLines))
		if ctx.Err() != nil || q.answersRoom.Acquire(ctx, weight(len(reply), maxWaitingAnswers)) != nil {
			return
		}
		select {
		case q.answers <- reply:
		case <-ctx.Done():
			return
		}
	}
}

// reply returns the answer to a line.
func (s Server) reply(ctx context.Context, core int, next input) []byte {
	if next.err != nil {
		return encoded(failure{json.RawMessage("null"), next.err.Error()})
	}
	j, err := parse(next.line, s.Base)
	if err != nil {
		return encoded(failure{j.id, err.Error()})
	}
	a, err := s.carryOut(ctx, core, j)
	if err != nil {
		return encoded(failure{j.id, text.Error(err)})
	}
	return encoded(a)
}

// encoded returns a line.
func encoded(value any) []byte {
	line, err := json.Marshal(value)
	if err != nil {
		line = []byte(`{"id":null,"error":"bug: an answer that is no JSON"}`)
	}
	return append(line, '\n')
}

// carryOut runs a command.
func (s Server) carryOut(ctx context.Context, core int, j job) (answer, error) {
	command, err := j.spec.Command()
	var missing *MissingError
	if errors.As(err, &missing) {
		a := answer{ID: j.id, Usage: NotStarted(missing.Code)}
		a.Stdout, a.StdoutBase64 = stringOrBytes(nil)
		a.Stderr, a.StderrBase64 = stringOrBytes([]byte(missing.Why + "\n"))
		return a, nil
	}
	if err != nil {
		return answer{}, err
	}
	if command.Stdin, err = memoryFile(j.stdin); err != nil {
		return answer{}, err
	}
	defer command.Stdin.Close()
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr, command.Core = &stdout, &stderr, isolate.OnCore(core)
	a := answer{ID: j.id}
	if len(j.get) > 0 {
		command.Collect = func(w *isolate.Work) error { return a.collect(w, j.get) }
	}
	outcome, err := s.Run(ctx, command)
	if err != nil {
		return answer{}, err
	}
	a.Usage = NewUsage(s.Level, outcome)
	a.Stdout, a.StdoutBase64 = stringOrBytes(stdout.Bytes())
	a.Stderr, a.StderrBase64 = stringOrBytes(stderr.Bytes())
	return a, nil
}

// stringOrBytes returns one of the two forms.
func stringOrBytes(data []byte) (*string, []byte) {
	if utf8.Valid(data) {
		plain := string(data)
		return &plain, nil
	}
	return nil, data
}

// collect reads the files that a program left, MaxFile bytes in all.
func (a *answer) collect(work *isolate.Work, names []string) error {
	a.Get, a.GetBase64, a.GetErrors = map[string]string{}, map[string][]byte{}, map[string]string{}
	rest := isolate.Bytes(MaxFile)
	for _, name := range names {
		data, err := copyOut(work, name, rest)
		var product *isolate.ProductError
		switch {
		case errors.As(err, &product):
			a.GetErrors[name] = product.Why
			continue
		case err != nil:
			return err
		}
		rest -= isolate.Bytes(len(data))
		if utf8.Valid(data) {
			a.Get[name] = string(data)
		} else {
			a.GetBase64[name] = data
		}
	}
	return nil
}

// memoryFile returns a file in memory that holds data, at its beginning.
func memoryFile(data []byte) (*os.File, error) {
	fd, err := unix.MemfdCreate("input", unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		return nil, fmt.Errorf("create an input: %w", err)
	}
	file := os.NewFile(uintptr(fd), "input")
	if _, err := file.WriteAt(data, 0); err != nil {
		return nil, errors.Join(fmt.Errorf("write an input: %w", err), file.Close())
	}
	return file, nil
}
