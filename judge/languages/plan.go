package languages

import "errors"

// Limits are the bounds that a command line must know of, in bytes.
type Limits struct {
	Memory            int64 // of one run
	CompilationMemory int64
}

// Plan is how one submission is compiled and run: argv, environments and what of the host the jails see.
type Plan struct {
	Language string // id
	Entry    string // the file or class that a run starts; "" where the product is an executable

	Files            []File   // what the working directory of the compile jail holds, besides an empty directory "out"
	Compile          []string // Compile[0] is absolute; nil: nothing to compile
	CompileEnv       []string // the whole environment
	CompileSees      []string // for isolate.Root.Sees: absolute, no globs, "?" at the end of optional ones
	CompileProcesses int      // 0: the jail's default

	Product Product

	Run       []string // Run[0] is absolute; the product is at /prog
	RunEnv    []string
	RunSees   []string
	Processes int // 0: the jail's default
}

// Plan says how these sources are compiled and run. An error is the user's to mend: no entry point, or a language that
// is not installed.
func (l Language) Plan(s Sources, limits Limits) (Plan, error) {
	return Plan{}, errors.New("not built yet")
}
