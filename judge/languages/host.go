package languages

import (
	"context"
	"errors"
)

// Version is what a compiler or interpreter says of itself.
type Version struct {
	Number string // "12.2.0", for people
	Full   string // the whole line or lines, for telling two builds apart: part of a cache's key
}

// Version asks the host's compiler or interpreter for its version.
func (l Language) Version(ctx context.Context) (Version, error) {
	return Version{}, errors.New("not built yet")
}

// Missing returns the names of the executables that the language needs and this host lacks. Language.Package brings them.
func (l Language) Missing() []string { return nil }
