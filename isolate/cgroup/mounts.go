package cgroup

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"judge/isolate/lack"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Hierarchy is one mounted cgroup hierarchy.
type Hierarchy struct {
	Controllers []string // of v1; nil: v2
	root        string   // the directory of the hierarchy that is mounted
	Mount       string   // the mount point
}

// usualMount is where hosts mount their control groups.
const usualMount = "/sys/fs/cgroup"

// hierarchies lists the mounted cgroup hierarchies, from /proc/self/mountinfo (proc(5)). If one is
// mounted several times, it returns the first mount below usualMount, or else the first one: a
// chroot often has the host's /sys bound into it.
func hierarchies(mountinfo io.Reader) ([]Hierarchy, error) {
	var found []Hierarchy
	at := map[string]int{} // index into found, by file system number
	lines := bufio.NewScanner(mountinfo)
	for lines.Scan() {
		before, after, ok := strings.Cut(lines.Text(), " - ")
		mount, fs := strings.Fields(before), strings.Fields(after)
		if !ok || len(mount) < 6 || len(fs) < 3 {
			continue
		}
		h := Hierarchy{root: UnescapeMount(mount[3]), Mount: UnescapeMount(mount[4])}
		switch fs[0] {
		case "cgroup":
			h.Controllers = strings.Split(fs[2], ",")
		case "cgroup2":
		default:
			continue
		}
		i, again := at[mount[2]]
		switch {
		case !again:
			at[mount[2]] = len(found)
			found = append(found, h)
		case h.usual() && !found[i].usual():
			found[i] = h
		}
	}
	return found, lines.Err()
}

func (h Hierarchy) usual() bool { return atOrBeneath(h.Mount, usualMount) }

// UnescapeMount decodes a path of /proc/self/mountinfo, which holds blanks and a few other
// characters as three octal digits.
func UnescapeMount(field string) string {
	var b strings.Builder
	for rest := field; rest != ""; {
		if len(rest) >= 4 && rest[0] == '\\' {
			if code, err := strconv.ParseUint(rest[1:4], 8, 8); err == nil {
				b.WriteByte(byte(code))
				rest = rest[4:]
				continue
			}
		}
		b.WriteByte(rest[0])
		rest = rest[1:]
	}
	return b.String()
}

// ownGroups returns this process's directory by controller, "" for v2, from /proc/self/cgroup
// (cgroups(7)).
func ownGroups(cgroup io.Reader) (map[string]string, error) {
	own := map[string]string{}
	lines := bufio.NewScanner(cgroup)
	for lines.Scan() {
		fields := strings.SplitN(lines.Text(), ":", 3)
		if len(fields) != 3 {
			return nil, fmt.Errorf("/proc/self/cgroup: malformed line %q", lines.Text())
		}
		for controller := range strings.SplitSeq(fields[1], ",") {
			own[controller] = fields[2]
		}
	}
	return own, lines.Err()
}

// Mounts returns the mounted hierarchies, and this process's group in them by controller, "" for
// v2.
func Mounts() ([]Hierarchy, map[string]string, error) {
	mountinfo, err := os.Open("/proc/self/mountinfo")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, lack.New("/proc", "/proc is not mounted", "mount -t proc proc /proc")
	}
	if err != nil {
		return nil, nil, err
	}
	defer mountinfo.Close()
	mounts, err := hierarchies(mountinfo)
	if err != nil {
		return nil, nil, err
	}
	cgroup, err := os.Open("/proc/self/cgroup")
	if err != nil {
		return nil, nil, err
	}
	defer cgroup.Close()
	own, err := ownGroups(cgroup)
	return mounts, own, err
}

// Directory returns the path of a group that /proc/self/cgroup names. In a container only a part of
// the hierarchy is mounted.
func (h Hierarchy) Directory(group string) string {
	relative, err := filepath.Rel(h.root, group)
	if err != nil || relative == ".." || strings.HasPrefix(relative, "../") {
		relative = "." // the group is outside the mounted part: use the top of that part
	}
	return filepath.Join(h.Mount, relative)
}

// Has reports whether the hierarchy has a controller of v1.
func (h Hierarchy) Has(controller string) bool { return slices.Contains(h.Controllers, controller) }

// atOrBeneath reports whether a directory is top or below it.
func atOrBeneath(dir, top string) bool { return dir == top || strings.HasPrefix(dir, top+"/") }
