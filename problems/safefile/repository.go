package safefile

import (
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// widen lets links lead to all of the git repository around the package, if there is one that can be trusted. It
// reports whether there is.
func (r *Root) widen() bool {
	if !r.repository {
		return false
	}
	r.repository = false
	top, ok := openRepository("/"+filepath.Join(r.home...), true)
	if ok {
		r.bound = top
		r.closes = append(r.closes, top.file)
	}
	return ok
}

// Repository returns the root of the git repository that a directory is or lies in, without links; "" if there is none
// that can be trusted. See openRepository.
func Repository(dir string) string {
	top, ok := openRepository(dir, false)
	if !ok {
		return ""
	}
	defer top.file.Close()
	return top.file.Name()
}

// openRepository opens the root of the git repository around a directory, which is an absolute path without links. The
// repository is the nearest directory with a .git. It counts only if nobody but those who wrote the directory can have
// made it one: its root, .git and the directory belong to the user of the judge or to root, or to the one user for whom
// root judges. A directory that everybody can create files in and / are no repositories. With around, neither is the
// directory itself, nor the user's home.
func openRepository(dir string, around bool) (tree, bool) {
	var home, owner unix.Stat_t
	if unix.Stat(dir, &owner) != nil {
		return tree{}, false
	}
	named, err := os.UserHomeDir()
	isHome := err == nil && unix.Stat(named, &home) == nil
	for at := dir; at != "/"; at = filepath.Dir(at) {
		fd, err := openat2(unix.AT_FDCWD, at, unix.O_PATH|unix.O_DIRECTORY, 0, unix.RESOLVE_NO_SYMLINKS)
		if err != nil {
			return tree{}, false
		}
		var top, git unix.Stat_t
		err = unix.Fstat(fd, &top)
		if err == nil {
			err = unix.Fstatat(fd, ".git", &git, unix.AT_SYMLINK_NOFOLLOW)
		}
		if err == unix.ENOENT { //nolint:errorlint // it is a bare errno
			unix.Close(fd)
			continue
		}
		kind := git.Mode & unix.S_IFMT
		trusted := err == nil && (kind == unix.S_IFDIR || kind == unix.S_IFREG) && !forAll(top) &&
			ours(top.Uid, top.Uid) && ours(git.Uid, top.Uid) && ours(owner.Uid, top.Uid)
		if around {
			atHome := isHome && home.Dev == top.Dev && home.Ino == top.Ino
			trusted = trusted && at != dir && !atHome
		}
		if !trusted {
			unix.Close(fd)
			return tree{}, false
		}
		return tree{os.NewFile(uintptr(fd), at), split(at)}, true
	}
	return tree{}, false
}

// ours reports whether a user is the user of the judge or root, or the owner of a repository for whom root judges.
func ours(user, owner uint32) bool {
	euid := uint32(os.Geteuid())
	return user == 0 || user == euid || euid == 0 && user == owner
}
