// Package safefile opens files that others may have prepared: files of packages, of the cache and of reports. Each kind
// of file is opened in one way, relative to a directory descriptor. Opening never waits for the writer of a FIFO and
// never opens a device.
//
//   - Root is a package. Links are followed within it, and only regular files are opened.
//   - Open opens a file again whose links a Root has followed. A link in the path is an error: it was not there before.
//   - Private is a directory of the user, such as the cache. Only links of the user or of root are followed.
//   - Replace writes a report: next to the old file, and then in its place. The same rule applies to links.
package safefile
