package judge

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"

	"judge/judge/languages"
)

// version is what a language's compiler says of itself. Asking takes up to half a second (javac), so the answer is kept
// for as long as the executable stays the same file.
func (c *Cache) version(ctx context.Context, l languages.Language) (string, error) {
	name, known := executableID(l)
	path := filepath.Join(c.versions(), name)
	if known {
		if said, err := os.ReadFile(path); err == nil && len(said) > 0 {
			return string(said), nil
		}
	}
	version, err := l.Version(ctx)
	if err != nil {
		return "", err
	}
	if known {
		keep(path, version.Full)
	}
	return version.Full, nil
}

// executableID names the file behind the version command by what changes when it is replaced: its path, links followed,
// its size and its times.
func executableID(l languages.Language) (string, bool) {
	path, ok := l.VersionExecutable()
	if !ok {
		return "", false
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", false
	}
	info, err := os.Stat(real)
	if err != nil {
		return "", false
	}
	id := fmt.Sprintf("%q %q %d %d", l.VersionCommand, real, info.Size(), info.ModTime().UnixNano())
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:]), true
}

// keep writes a small file whole or not at all. Without it the next judge asks again.
func keep(path, text string) {
	file, err := os.CreateTemp(filepath.Dir(path), newPrefix)
	if err != nil {
		return
	}
	_, err = file.WriteString(text)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil || os.Rename(file.Name(), path) != nil {
		os.Remove(file.Name())
	}
}
