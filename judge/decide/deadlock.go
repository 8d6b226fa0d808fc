package decide

import (
	"fmt"
	"strings"
)

// Deadlock tells who waited for what when the programs of a test waited for each other.
type Deadlock struct{ Waits []Wait }

// Wait is what one of them waited for.
type Wait struct{ Who, What string }

// maxWaits is how many parties a message names.
const maxWaits = 3

// String returns a sentence without its end.
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
