package cache

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"sync"

	"judge/problems/safefile"
)

// thisJudge is the digest of this judge's own program: another judge may judge otherwise, and the same one, built anew,
// does not. "" if it cannot be told.
func thisJudge() string {
	file, err := os.Open("/proc/self/exe")
	if err != nil {
		return ""
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// HashOf is the digest of a value's JSON; "" if it has none.
func HashOf(of any) string {
	sum := sha256.New()
	if json.NewEncoder(sum).Encode(of) != nil {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Digests are those of files, each read once in a judging, whatever its names.
type Digests struct {
	mu     sync.Mutex
	known  map[safefile.Stamp]string
	buffer []byte // for reading: most files are small, and there are very many
}

// Of is a file's digest; "" if it cannot be read.
func (d *Digests) Of(path string) string {
	file, err := safefile.Open(path)
	if err != nil {
		return ""
	}
	defer file.Close()
	stamp, err := safefile.StampOfFile(file)
	if err != nil {
		return ""
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if sum, ok := d.known[stamp]; ok {
		return sum
	}
	if d.buffer == nil {
		d.buffer = make([]byte, 32<<10)
	}
	hash := sha256.New()
	if _, err := io.CopyBuffer(hash, struct{ io.Reader }{file}, d.buffer); err != nil {
		return ""
	}
	if d.known == nil {
		d.known = map[safefile.Stamp]string{}
	}
	d.known[stamp] = hex.EncodeToString(hash.Sum(nil))
	return d.known[stamp]
}
