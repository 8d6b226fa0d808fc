// Package since finds the problems of a git repository that have changed since a commit.
package since

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"judge/problems/formats"
	"judge/problems/safefile"
)

// RefError says why a commit cannot be compared with.
type RefError struct{ Ref, Why, Hint string }

// Error names the commit.
func (e *RefError) Error() string { return fmt.Sprintf("%s: %s", e.Ref, e.Why) }

// Changed returns the problems with changes since the commit at which the present branch left ref: in commits, and in
// files that are not committed yet, ignored ones aside. A change outside of all problems counts for those that link to
// the file, or mention its name in a text file of theirs, as in an #include. Changes below hidden directories, such as
// .github, count for none.
func Changed(ctx context.Context, paths []string, ref string) ([]string, error) {
	files := map[string][]string{} // of each repository
	var chosen []string
	places := map[string]string{}
	for _, p := range paths {
		place, err := placeOf(p)
		if err != nil {
			chosen = append(chosen, p) // verify says what is wrong with it
			continue
		}
		places[p] = place
		root := safefile.Repository(filepath.Dir(place))
		if inner := safefile.Repository(place); inner != "" {
			root = inner
		}
		if root == "" {
			return nil, &RefError{ref, p + " is in no git repository", ""}
		}
		if _, known := files[root]; !known {
			if files[root], err = changes(ctx, root, ref); err != nil {
				return nil, err
			}
		}
	}
	var all, outside []string
	for root, names := range files {
		for _, name := range names {
			file := filepath.Join(root, name)
			all = append(all, file)
			inside := slices.ContainsFunc(paths, func(p string) bool { return within(places[p], file) })
			if !inside && !hidden(name) {
				outside = append(outside, file)
			}
		}
	}
	for _, p := range paths {
		place, known := places[p]
		if !known {
			continue
		}
		inside := slices.ContainsFunc(all, func(file string) bool { return within(place, file) })
		if inside || uses(ctx, place, outside) {
			chosen = append(chosen, p)
		}
	}
	slices.Sort(chosen)
	return chosen, ctx.Err()
}

// placeOf returns the real path of a problem's directory, or of its archive.
func placeOf(path string) (string, error) {
	place, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", err
	}
	if place, err = filepath.Abs(place); err != nil {
		return "", err
	}
	info, err := os.Stat(place)
	if err == nil && !info.IsDir() && !formats.IsArchive(place) {
		place = filepath.Dir(place)
	}
	return place, err
}

// within reports whether a file is at a place or below it. An empty place holds nothing.
func within(place, file string) bool {
	return place != "" && (file == place || strings.HasPrefix(file, place+"/"))
}

// hidden reports whether a name on a relative path begins with a dot.
func hidden(file string) bool { return strings.Contains("/"+file, "/.") }

// changes returns the changed files of a repository, relative to its root.
func changes(ctx context.Context, root, ref string) ([]string, error) {
	if ref == "" || strings.HasPrefix(ref, "-") {
		return nil, &RefError{ref, "not the name of a commit", ""}
	}
	g, err := newGit(ctx, root)
	if err != nil {
		return nil, err
	}
	at, err := g.run(ctx, "rev-parse", "--verify", "-q", "--end-of-options", ref+"^{commit}")
	if err != nil && ctx.Err() == nil {
		return nil, &RefError{ref, "no such commit in " + root, "fetch it: a shallow clone has only the newest commits"}
	}
	if err != nil {
		return nil, err
	}
	base, err := g.run(ctx, "merge-base", string(bytes.TrimSpace(at)), "HEAD")
	if err != nil && ctx.Err() == nil {
		return nil, &RefError{ref, "shares no commit with HEAD in " + root, "fetch the whole history"}
	}
	if err != nil {
		return nil, err
	}
	differ, err := g.run(ctx, "diff", "--name-only", "-z", "--no-renames", "--no-relative", "--no-ext-diff",
		"--no-textconv", "--ignore-submodules=dirty", string(bytes.TrimSpace(base)), "--")
	if err != nil {
		return nil, err
	}
	unknown, err := g.run(ctx, "ls-files", "--others", "--exclude-standard", "-z")
	if err != nil {
		return nil, err
	}
	return append(fields(differ), fields(unknown)...), nil
}

// Bounds of the search for mentions in a problem.
const (
	maxText  = 1 << 20 // bytes of a file
	maxFiles = 10_000
)

var errFound = errors.New("found")

// uses reports whether a problem links to one of the files or mentions its name. If the problem cannot be searched as a
// whole, it may use them.
func uses(ctx context.Context, place string, files []string) bool {
	if len(files) == 0 {
		return false
	}
	var names [][]byte
	for _, file := range files {
		names = append(names, []byte(filepath.Base(file)))
	}
	seen := 0
	err := filepath.WalkDir(place, func(path string, entry fs.DirEntry, err error) error {
		seen++
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case seen > maxFiles:
			return errFound
		case entry.Type() == fs.ModeSymlink:
			target, err := filepath.EvalSymlinks(path)
			if err == nil && !slices.ContainsFunc(files, func(f string) bool { return within(target, f) }) {
				return nil
			}
			return errFound // a link to what is gone may be one to a changed file
		case entry.Type().IsRegular() && !isTest(path) && mentions(path, names):
			return errFound
		}
		return nil
	})
	return err != nil
}

// isTest reports whether a file is data of a test, which includes nothing.
func isTest(path string) bool {
	return slices.Contains([]string{".in", ".ans", ".out", ".a"}, filepath.Ext(path))
}

// mentions reports whether a text file holds one of the names.
func mentions(path string, names [][]byte) bool {
	data, err := safefile.ReadFile(path, maxText)
	if err != nil {
		return false // too large for a program
	}
	return slices.ContainsFunc(names, func(name []byte) bool { return bytes.Contains(data, name) })
}
