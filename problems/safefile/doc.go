// Package safefile opens files that others may have prepared: those of a package, of the cache and of a report.
// Each kind of file is opened in one way, relative to a directory descriptor, and never waits for the writer of a
// FIFO or opens a device.
//
//   - Root is a package. Links are followed within it, and only regular files are opened.
//   - Open opens a file again whose links a Root has followed before. A link in the path is then an error: it was not there before.
//   - Private is a directory of the user's own, such as the cache. Only links that belong to the user or to root are followed.
//   - Replace writes a report: beside the old file, and then in its place. The same rule applies to links.
package safefile
