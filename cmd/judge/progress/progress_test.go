package progress

import (
	"strings"
	"testing"
	"time"

	"judge/judge"
	"judge/judge/report"
	"judge/problems"
)

func TestTestsAreCountedBeforeTheItemAndTheTimeLeft(t *testing.T) {
	clock := time.Now()
	count := NewTests([]string{"a/int.c", "b.py"}, []string{"1", "2\n"})
	count.now = func() time.Time { return clock }
	test := func(submission int, v problems.Verdict) judge.Event {
		return judge.Event{Submission: submission, Test: &report.Test{Verdict: v}}
	}
	if got := count.String(); got != "0 of 2 compiled" {
		t.Errorf("at the beginning: got %q", got)
	}
	for _, step := range []struct {
		event judge.Event
		want  string
	}{
		{judge.Event{Compile: &report.Compile{}}, "1 of 2 compiled"},
		{judge.Event{Compile: &report.Compile{}}, "0 of 4 tests, 0 failed · int.c, test 1"},
		{test(0, problems.AC), `1 of 4 tests, 0 failed · int.c, test 2\n · about 30 s left`},
		{test(1, problems.WA), `2 of 4 tests, 1 failed · int.c, test 2\n · about 20 s left`},
		{test(0, problems.SKIP), "3 of 4 tests, 1 failed · b.py, test 2\\n · about 10 s left"},
		{test(1, problems.AC), "4 of 4 tests, 1 failed"},
	} {
		count.Observe(step.event)
		if step.event.Test != nil {
			clock = clock.Add(10 * time.Second)
		}
		if got := count.String(); got != step.want {
			t.Errorf("got %q, expected %q", got, step.want)
		}
	}
}

func TestProblemsAreCountedBeforeThePath(t *testing.T) {
	clock := time.Now()
	count := NewProblems(3)
	count.began, count.now = clock, func() time.Time { return clock }
	count.Begin("p/a")
	count.Observe(judge.Event{Test: &report.Test{}})
	count.Done()
	count.Begin("p/\x1bb")
	clock = clock.Add(time.Hour)
	if got, want := count.String(), `1 of 3 problems, 1 tests run · p/\x1bb · about 2 h left`; got != want {
		t.Errorf("got %q, expected %q", got, want)
	}
}

func TestTimeLeftIsKnownWhenSomeIsDone(t *testing.T) {
	for _, row := range []struct {
		elapsed     time.Duration
		done, total int
		want        string
	}{
		{time.Second, 1, 10, ""},
		{time.Minute, 0, 10, ""},
		{time.Minute, 10, 10, ""},
		{2 * time.Second, 10, 11, "about 1 s left"},
		{30 * time.Second, 1, 4, "about 90 s left"},
		{10 * time.Minute, 1, 4, "about 30 min left"},
		{2 * time.Hour, 1, 3, "about 4 h left"},
	} {
		if got := left(row.elapsed, row.done, row.total); got != row.want {
			t.Errorf("%v, %d of %d: got %q, expected %q", row.elapsed, row.done, row.total, got, row.want)
		}
	}
}

// lines is a writer that hands on what is written to it.
type lines chan string

func (l lines) Write(data []byte) (int, error) {
	l <- string(data)
	return len(data), nil
}

func TestTerminalHasOneLineThatIsWipedAtTheEnd(t *testing.T) {
	drawn := make(lines, 1000)
	end := Output{To: drawn, Width: func() int { return 10 }, Every: time.Hour}.Start(func() string { return "0123456789" })
	end()
	close(drawn)
	var all []string
	for text := range drawn {
		all = append(all, text)
	}
	if got, want := strings.Join(all, "|"), "\r\x1b[K01234567…|\r\x1b[K"; got != want {
		t.Errorf("got %q, expected %q", got, want)
	}
}

func TestPipeHasALineFromTimeToTime(t *testing.T) {
	written := make(lines)
	end := Output{To: written, Every: time.Millisecond}.Start(func() string { return "1 of 2 tests" })
	for range 2 {
		if got, want := <-written, "judge: 1 of 2 tests\n"; got != want {
			t.Errorf("got %q, expected %q", got, want)
		}
	}
	go func() { // one more may be on its way
		for range written {
		}
	}()
	end()
	close(written)
}

func TestShortWorkWritesNothingToAPipe(t *testing.T) {
	written := make(lines, 1)
	Output{To: written}.Start(func() string { return "x" })()
	if len(written) > 0 {
		t.Errorf("got %q", <-written)
	}
}
