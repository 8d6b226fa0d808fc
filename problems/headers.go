package problems

// Headers are what the sources of a problem's own programs and of its listed submissions in C and C++ can include. Each
// source is then compiled at its place in the problem's directory, so that "../x.h" is found, too.
type Headers struct {
	// Files are headers that are no files of the package. Their names are relative to the problem's directory.
	Files []File
	// Dirs are searched for headers, as by the compilers' option -I. They are relative to the problem's directory.
	Dirs []string
}
