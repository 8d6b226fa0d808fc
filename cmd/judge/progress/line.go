// Package progress shows how far long work is: counts, then the current item, then the time left. On a terminal it
// redraws one line, elsewhere it writes a line a minute.
//
//	tests := progress.NewTests(submissions, names)
//	defer progress.Output{To: os.Stderr}.Start(tests.String)()
package progress

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/mattn/go-runewidth"
)

const (
	redrawn = 100 * time.Millisecond // fast enough for an eye, and fast tests do not wait for a slow terminal
	written = time.Minute            // so that an hour in CI is not an hour of silence
)

// Output is where progress is shown.
type Output struct {
	To    io.Writer
	Width func() int    // returns the columns of a terminal whose line is redrawn; nil: lines are appended
	Every time.Duration // between two lines; 0: 100 ms on a terminal, a minute elsewhere
}

// Start shows the result of text until the returned function is called, which clears the line of a terminal. Call
// that function once.
func (o Output) Start(text func() string) (end func()) {
	show, every := o.draw, redrawn
	if o.Width == nil {
		show, every = o.write, written
	}
	if o.Every > 0 {
		every = o.Every
	}
	over := make(chan struct{}) // closed by end
	var line sync.WaitGroup
	if o.Width != nil {
		show(text())
	}
	line.Go(func() {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				show(text())
			case <-over:
				return
			}
		}
	})
	return func() {
		close(over)
		line.Wait()
		if o.Width != nil {
			fmt.Fprint(o.To, "\r\x1b[K")
		}
	}
}

// draw redraws the line. A line as wide as the terminal would wrap, and could not be redrawn.
func (o Output) draw(text string) {
	fmt.Fprintf(o.To, "\r\x1b[K%s", runewidth.Truncate(text, max(1, o.Width()-1), "…"))
}

func (o Output) write(text string) { fmt.Fprintf(o.To, "judge: %s\n", text) }
