package decide

import (
	"fmt"
	"strings"
)

// Deadlock describes what each program waited for when the programs of a test waited for each other.
type Deadlock struct{ Waits []Wait }

// Wait is one program, and what it waited for.
type Wait struct{ Who, What string }

// maxWaits bounds the programs that a message names.
const maxWaits = 3

// String returns a sentence without its full stop.
func (d Deadlock) String() string {
	var parts []string
	for _, w := range d.Waits[:min(len(d.Waits), maxWaits)] {
		parts = append(parts, w.Who+" "+w.What)
	}
	if more := len(d.Waits) - len(parts); more > 0 {
		parts = append(parts, fmt.Sprintf("%d more wait", more))
	}
	return "deadlock: " + strings.Join(parts, ", ")
}
