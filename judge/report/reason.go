package report

// Reason explains a verdict beyond its code. The judge compares only the constants below; any other reason is
// text for people, such as "exit 3". JSON holds the text.
type Reason string

// Reasons that the judge acts on, with the verdict that they belong to.
const (
	OverCPU     Reason = "cpu"         // TLE: the program used more CPU time than the limit
	OverWall    Reason = "wall"        // TLE: the program was at work until the wall limit
	Idle        Reason = "idle"        // TLE: it waited until the wall limit, or for a partner that waited for it
	Interrupted Reason = "interrupted" // SKIP: an interruption kept the test from being run
	ByGrader    Reason = "grader"      // the verdict is that of a grader, and of no test
)
