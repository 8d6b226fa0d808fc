package judge

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// manifest is what an entry's product was when it was made. An entry without one was never finished.
type manifest struct {
	Key   string // of the entry: under another name it is another program
	Size  int64
	Files map[string]fileDigest // by slash-separated path in the product
}

type fileDigest struct {
	SHA256 string
	Mode   fs.FileMode
}

const manifestName = "manifest.json"

func writeManifest(entry, key string) error {
	m, err := readProduct(productOf(entry))
	if err != nil {
		return err
	}
	m.Key = key
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(entry, manifestName), data, 0o600)
}

func readManifest(entry string) (manifest, error) {
	var m manifest
	data, err := readPlain(filepath.Join(entry, manifestName), mostManifest)
	if err != nil {
		return m, err
	}
	return m, json.Unmarshal(data, &m)
}

// mostManifest is far more than the names of all files that a product may have.
const mostManifest = 64 << 20 // bytes

// readPlain reads a small file whole. What is no regular file is an error, and never waited for.
func readPlain(path string, most int64) ([]byte, error) {
	file, err := openPlain(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, most+1))
	if err == nil && int64(len(data)) > most {
		err = fmt.Errorf("%s: longer than %d bytes", path, most)
	}
	return data, err
}

// openPlain opens a regular file for reading. O_NONBLOCK, which means nothing there, keeps a FIFO from being waited for.
func openPlain(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s: not a file", path)
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

// verify reads the product of a key again and compares.
func verify(entry, key string) error {
	want, err := readManifest(entry)
	if err != nil {
		return err
	}
	got, err := readProduct(productOf(entry))
	if err != nil {
		return err
	}
	if want.Key != key {
		return errors.New("it was made for another key")
	}
	if len(got.Files) != len(want.Files) {
		return errors.New("files are missing or too many")
	}
	for name, digest := range want.Files {
		if got.Files[name] != digest {
			return fmt.Errorf("%s has changed", name)
		}
	}
	return nil
}

func readProduct(product string) (manifest, error) {
	m := manifest{Files: map[string]fileDigest{}}
	root := os.DirFS(product)
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() {
			return fmt.Errorf("%s is not a file", name)
		}
		digest, err := digestFile(root, name)
		m.Files[name] = fileDigest{digest, info.Mode()}
		m.Size += info.Size()
		return err
	})
	return m, err
}

func digestFile(root fs.FS, name string) (string, error) {
	file, err := root.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// sizeOf is an entry's size by its manifest. One without counts as nothing and is rebuilt when it is used.
func sizeOf(entry string) int64 {
	m, err := readManifest(entry)
	if err != nil {
		return 0
	}
	return m.Size
}
