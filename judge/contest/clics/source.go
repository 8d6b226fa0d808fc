package clics

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/archive"
	"judge/problems/lfs"
	"judge/problems/safefile"
	"judge/problems/strictyaml"
)

// Bounds of a package's files.
const (
	mostFile    = 256 << 20 // bytes of a JSON file
	mostObjects = 1_000_000 // of one endpoint
)

const feedName = "event-feed.ndjson"

// markers are files of which a contest package has at least one. contest.yaml is not among them: other contests have
// it, too.
func markers() []string {
	return []string{"contest.json", "api.json", "submissions.json", feedName, "config/contest.json",
		"events/" + feedName, "events/submissions.json"}
}

// folders are where a package has its endpoints: at the top, since 2021-11.
func folders() []string { return []string{"", "config", "registration", "events", "results"} }

// Holds reports whether a path is a CLICS contest package: a directory, a zip archive or an event feed.
func Holds(name string) bool {
	info, err := os.Stat(name)
	if err != nil {
		return false
	}
	if !info.IsDir() {
		return info.Mode().IsRegular() && (filepath.Ext(name) == ".ndjson" || holdsArchive(name))
	}
	for _, marker := range markers() {
		if info, err := os.Stat(filepath.Join(name, marker)); err == nil && info.Mode().IsRegular() {
			return true
		}
	}
	return false
}

// holdsArchive reports whether a file is a zip archive of a contest package.
func holdsArchive(name string) bool {
	file, err := safefile.OpenNamed(name)
	if err != nil {
		return false
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return false
	}
	entries, err := zip.NewReader(file, info.Size())
	if err != nil {
		return false
	}
	return slices.ContainsFunc(entries.File, func(f *zip.File) bool {
		_, below, _ := strings.Cut(f.Name, "/")
		return slices.Contains(markers(), path.Clean(f.Name)) || slices.Contains(markers(), below)
	})
}

// pack is a contest package that is open for reading.
type pack struct {
	root     *safefile.Root
	unpacked *archive.Unpacked // nil: a directory
	named    string            // as the user named it, for messages
	feed     string            // name of the event feed in root; "": no feed
	onlyFeed bool              // the user named the event feed itself
}

// openPack opens a directory, a zip archive or an event feed.
func openPack(named string) (*pack, error) {
	info, err := os.Stat(named)
	if err != nil {
		return nil, fmt.Errorf("%s: %s", strictyaml.Quote(named), safefile.Reason(err))
	}
	p := &pack{named: named}
	switch {
	case info.IsDir():
		p.root, err = safefile.OpenPackage(named)
	case filepath.Ext(named) == ".ndjson":
		p.onlyFeed, p.feed, p.named = true, filepath.Base(named), filepath.Dir(named)
		p.root, err = safefile.OpenPackage(p.named)
	default:
		err = p.unpack()
	}
	if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	if p.feed == "" {
		p.feed = p.find(feedName)
	}
	return p, nil
}

// unpack opens a zip archive.
func (p *pack) unpack() error {
	file, err := safefile.OpenNamed(p.named)
	if err != nil {
		return fmt.Errorf("%s: %s", strictyaml.Quote(p.named), safefile.Reason(err))
	}
	defer file.Close()
	if p.unpacked, err = archive.Unpack(file, ""); err != nil {
		hint := "expected a zip archive of a contest package: pack it again with zip -r"
		if errors.Is(err, lfs.ErrPointer) {
			hint = "run git lfs pull"
		} else if e, ok := errors.AsType[*archive.Error](err); ok {
			hint = e.Hint
		}
		return &problems.Error{File: p.named, Msg: err.Error(), Hint: hint}
	}
	if p.root, err = safefile.OpenRoot(p.unpacked.Dir); err != nil {
		return err
	}
	for _, marker := range append(markers(), "contest.yaml", "contest.yml") {
		if p.isFile(marker) {
			return nil
		}
	}
	return p.descend()
}

// descend opens the only directory of an archive, if there is one: many archives hold a directory with everything.
func (p *pack) descend() error {
	dir, err := p.root.OpenDir(".")
	if err != nil {
		return err
	}
	defer dir.Close()
	entries, err := dir.ReadDir(mostEntries)
	if err != nil && len(entries) == 0 {
		return nil //nolint:nilerror // an empty archive; what is missing is named later
	}
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		return !e.IsDir() || e.Name() == "__MACOSX" || strings.HasPrefix(e.Name(), ".")
	})
	if len(entries) != 1 {
		return nil
	}
	full, _, err := p.root.Path(entries[0].Name())
	if err != nil {
		return err
	}
	inner, err := safefile.OpenRoot(full)
	if err != nil {
		return err
	}
	err = p.root.Close()
	p.root = inner
	return err
}

const mostEntries = 1000 // at the top of an archive, to find its only directory

// Close closes the package. The files of an archive may be gone afterwards.
func (p *pack) Close() error {
	var err error
	if p.root != nil {
		err = p.root.Close()
	}
	if p.unpacked != nil {
		err = errors.Join(err, p.unpacked.Close())
	}
	return err
}

func (p *pack) isFile(name string) bool {
	mode, err := p.root.Type(name)
	return err == nil && mode.IsRegular()
}

func (p *pack) isDir(name string) bool {
	mode, err := p.root.Type(name)
	return err == nil && mode.IsDir()
}

// find returns the name of a file in one of the folders; "": no such file.
func (p *pack) find(names ...string) string {
	if p.onlyFeed {
		return ""
	}
	for _, folder := range folders() {
		for _, name := range names {
			if full := path.Join(folder, name); p.isFile(full) {
				return full
			}
		}
	}
	return ""
}

// message returns a file's name for messages.
func (p *pack) message(name string) string { return path.Join(filepath.ToSlash(p.named), name) }

// read reads a file.
func (p *pack) read(name string) ([]byte, error) {
	file, err := p.root.Open(name)
	if err != nil {
		return nil, &problems.Error{File: p.message(name), Msg: safefile.Reason(err), Hint: "make the file readable"}
	}
	defer file.Close()
	data, err := safefile.ReadAll(file, mostFile)
	if err != nil {
		return nil, &problems.Error{File: p.message(name), Msg: safefile.Reason(err),
			Hint: fmt.Sprintf("leave out what is not needed: at most %d MiB are read", mostFile>>20)}
	}
	return bytes.TrimPrefix(data, []byte("\ufeff")), nil
}

// objects reads the file of an endpoint: found is false if it has no file.
func (p *pack) objects(endpoint string) (all []*object, found bool, err error) {
	name := p.find(endpoint+".json", endpoint+".yaml", endpoint+".yml")
	if name == "" {
		return nil, false, nil
	}
	data, err := p.read(name)
	if err != nil {
		return nil, true, err
	}
	switch {
	case path.Ext(name) != ".json":
		all, err = parseYAML(p.message(name), data)
	case endpoint == "contest":
		var one *object
		one, err = parseOne(p.message(name), data)
		all = []*object{one}
	default:
		all, err = parseList(p.message(name), data)
	}
	if err == nil && len(all) > mostObjects {
		err = &problems.Error{File: p.message(name), Msg: fmt.Sprintf("more than %d objects", mostObjects),
			Hint: "split the contest"}
	}
	return all, true, err
}
