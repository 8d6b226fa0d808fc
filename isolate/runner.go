package isolate

import "context"

// Runner runs one command in one fresh jail, as Pool.Run does.
type Runner func(context.Context, Command) (Outcome, error)
