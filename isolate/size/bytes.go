// Package size has the unit of memory and files.
package size

// Bytes is a size in bytes.
type Bytes int64

// Sizes.
const (
	KiB Bytes = 1 << 10
	MiB Bytes = 1 << 20
	GiB Bytes = 1 << 30
)
