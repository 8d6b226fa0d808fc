package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"syscall"

	"judge/problems/safefile"
)

// manifest describes the product of an entry when it was made. An entry without one was never finished.
type manifest struct {
	Key   string // of the entry: under another name it is another product
	Size  int64
	Files map[string]fileDigest // by slash-separated path in the product
}

type fileDigest struct {
	SHA256 string
	Mode   fs.FileMode
}

const (
	manifestName = "manifest.json"
	productName  = "product"
)

// maxManifest bounds a manifest, far above the names of all files that a product may have.
const maxManifest = 64 << 20 // bytes

// fill lets build make the product in an entry, and writes the manifest next to it. It returns the digests of the files.
func fill(
	in *safefile.Dir, name, key string, build func(product string) error,
) (map[string]fileDigest, error) {
	product := path.Join(name, productName)
	err := in.Mkdir(product, 0o755)
	if err == nil {
		err = in.Chmod(product, 0o755) // jails see it, whatever the umask
	}
	if err != nil {
		return nil, ErrorOf("make a directory in the cache", err)
	}
	if err := build(in.At(product)); err != nil {
		return nil, err
	}
	files, err := writeManifest(in, name, key)
	return files, ErrorOf("note what an entry consists of", err)
}

func writeManifest(in *safefile.Dir, name, key string) (map[string]fileDigest, error) {
	m, err := readProduct(in, name)
	if err != nil {
		return nil, err
	}
	m.Key = key
	data, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	return m.Files, in.WriteFile(path.Join(name, manifestName), data, 0o600)
}

// verify compares the product of a key with the manifest, and returns the digests of its files. The lock is the directory
// of the entry, which must be ours.
func (s *Store) verify(key string, lock *os.File) (map[string]fileDigest, error) {
	info, err := lock.Stat()
	if err == nil {
		err = owned(info)
	}
	if err != nil {
		return nil, err
	}
	var want manifest
	data, err := s.dir.ReadFile(path.Join(key, manifestName), maxManifest)
	if err == nil {
		err = json.Unmarshal(data, &want)
	}
	if err != nil {
		return nil, err
	}
	if want.Key != key {
		return nil, errors.New("it was made for another key")
	}
	got, err := readProduct(s.dir, key)
	if err != nil {
		return nil, err
	}
	if len(got.Files) != len(want.Files) {
		return nil, errors.New("files are missing or too many")
	}
	for name, digest := range want.Files {
		if got.Files[name] != digest {
			return nil, fmt.Errorf("%s has changed", name)
		}
	}
	return got.Files, nil
}

// owned checks that a file or a directory belongs to the user.
func owned(info fs.FileInfo) error {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok && int(stat.Uid) != os.Geteuid() {
		return fmt.Errorf("%s belongs to user %d", info.Name(), stat.Uid)
	}
	return nil
}

// readProduct reads the product of an entry, which must consist of files and directories of the user.
func readProduct(in *safefile.Dir, name string) (manifest, error) {
	m := manifest{Files: map[string]fileDigest{}}
	product, err := in.OpenRoot(path.Join(name, productName))
	if err != nil {
		return m, err
	}
	defer product.Close()
	buffer := make([]byte, 64<<10)
	err = fs.WalkDir(product.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			err = owned(info)
		}
		if err != nil || entry.IsDir() {
			return err
		}
		if !info.Mode().IsRegular() {
			return fmt.Errorf("%s is not a file", name)
		}
		digest, err := digestFile(product, name, buffer)
		m.Files[name] = fileDigest{digest, info.Mode()}
		m.Size += info.Size()
		return err
	})
	return m, err
}

func digestFile(product *os.Root, name string, buffer []byte) (string, error) {
	// O_NONBLOCK: it may have become a FIFO since it was listed.
	file, err := product.OpenFile(name, os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
	if err != nil {
		return "", err
	}
	defer file.Close()
	hash := sha256.New()
	// The struct hides that a file has its own way to be read, with a new buffer.
	if _, err := io.CopyBuffer(hash, struct{ io.Reader }{file}, buffer); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// sizeOf returns the size of an entry by the beginning of its manifest, or an error if it has none.
func (s *Store) sizeOf(key string) (int64, error) {
	file, err := s.dir.Open(path.Join(key, manifestName))
	if err != nil {
		return 0, err
	}
	defer file.Close()
	beginning := make([]byte, 1024) // key and size stand first
	n, err := io.ReadFull(file, beginning)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return 0, err
	}
	_, rest, found := bytes.Cut(beginning[:n], []byte(`"Size":`))
	var size int64
	if _, err := fmt.Sscanf(string(rest), "%d", &size); err != nil || !found || size < 0 {
		return 0, errors.New("the manifest has no size")
	}
	return size, nil
}
