package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"

	"judge/isolate"
)

// server answers with size bytes of stdout, without a jail.
func server(size int, ran *atomic.Int64) Server {
	return Server{Cores: []int{0, 1}, Run: func(ctx context.Context, c isolate.Command) (isolate.Outcome, error) {
		ran.Add(1)
		if c.Args[1] == "fail" {
			return isolate.Outcome{}, errors.New("no jail")
		}
		_, err := io.WriteString(c.Stdout, strings.Repeat("x", size))
		return isolate.Outcome{Cause: isolate.Exited}, err
	}}
}

func TestServeAnswersEveryLine(t *testing.T) {
	var ran atomic.Int64
	var in, out strings.Builder
	const lines = 5000
	for i := range lines {
		fmt.Fprintf(&in, `{"id":%d,"cmd":["/bin/true","x"]}`+"\n", i)
	}
	in.WriteString("wrong\n\n" + `{"id":"e","cmd":["/bin/true","fail"]}`)
	if err := server(10, &ran).Serve(t.Context(), strings.NewReader(in.String()), &out); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(out.String()) {
		var a struct {
			ID    json.RawMessage
			Error string
		}
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		seen[string(a.ID)+a.Error] = true
	}
	if len(seen) != lines+2 || !seen[`"e"no jail`] || !seen["0"] {
		t.Errorf("%d different answers, expected %d", len(seen), lines+2)
	}
}

// stuck is a client that reads nothing until it is released.
type stuck struct{ released chan struct{} }

func (s stuck) Write(data []byte) (int, error) {
	<-s.released
	return len(data), nil
}

// endless is a client that never stops to write.
type endless struct{ sent atomic.Int64 }

func (e *endless) Read(buffer []byte) (int, error) {
	n := copy(buffer, `{"id":1,"cmd":["/bin/true","x"]}`+"\n")
	e.sent.Add(1)
	return n, nil
}

// TestAClientThatDoesNotReadCostsNoMore: answers wait up to a bound, then nothing more is read or run. The end of the
// context ends the server all the same.
func TestAClientThatDoesNotReadCostsNoMore(t *testing.T) {
	const size = 1 << 20
	var ran atomic.Int64
	ctx, cancel := context.WithCancelCause(t.Context())
	s, full := server(size, &ran), make(chan struct{})
	run := s.Run
	s.Run = func(ctx context.Context, c isolate.Command) (isolate.Outcome, error) {
		outcome, err := run(ctx, c)
		if ran.Load() == maxWaitingAnswers/size+1 { // more do not fit
			close(full)
		}
		return outcome, err
	}
	client := stuck{make(chan struct{})}
	defer close(client.released)
	served := make(chan error, 1)
	in := &endless{}
	go func() { served <- s.Serve(ctx, in, client) }()
	<-full
	gone := errors.New("gone")
	cancel(gone)
	if err := <-served; !errors.Is(err, gone) {
		t.Errorf("got %v", err)
	}
	if n := ran.Load(); n > maxWaitingAnswers/size+3 {
		t.Errorf("%d commands ran, expected at most %d", n, maxWaitingAnswers/size+3)
	}
}
