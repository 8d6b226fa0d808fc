package isolate

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// hierarchy is one mounted cgroup hierarchy.
type hierarchy struct {
	controllers []string // of v1; nil: v2
	root        string   // which directory of the hierarchy is mounted
	mount       string   // where
}

// usualMount is where hosts have their control groups.
const usualMount = "/sys/fs/cgroup"

// hierarchies lists the mounted cgroup hierarchies, from /proc/self/mountinfo (proc(5)). Of one that is mounted at
// several places it takes the first beneath usualMount, or else the first: whoever builds a chroot binds the host's
// /sys into it.
func hierarchies(mountinfo io.Reader) ([]hierarchy, error) {
	var found []hierarchy
	at := map[string]int{} // in found, by the number of the file system
	lines := bufio.NewScanner(mountinfo)
	for lines.Scan() {
		before, after, ok := strings.Cut(lines.Text(), " - ")
		mount, fs := strings.Fields(before), strings.Fields(after)
		if !ok || len(mount) < 6 || len(fs) < 3 {
			continue
		}
		h := hierarchy{root: UnescapeMount(mount[3]), mount: UnescapeMount(mount[4])}
		switch fs[0] {
		case "cgroup":
			h.controllers = strings.Split(fs[2], ",")
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

func (h hierarchy) usual() bool { return h.mount == usualMount || beneath(h.mount, usualMount) }

// UnescapeMount decodes a path of /proc/self/mountinfo, where a blank and a few others stand as three octal digits.
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

// ownGroups gives this process's directory by controller, "" for v2, from /proc/self/cgroup (cgroups(7)).
func ownGroups(cgroup io.Reader) (map[string]string, error) {
	own := map[string]string{}
	lines := bufio.NewScanner(cgroup)
	for lines.Scan() {
		fields := strings.SplitN(lines.Text(), ":", 3)
		if len(fields) != 3 {
			return nil, fmt.Errorf("/proc/self/cgroup: strange line %q", lines.Text())
		}
		for controller := range strings.SplitSeq(fields[1], ",") {
			own[controller] = fields[2]
		}
	}
	return own, lines.Err()
}

// cgroupMounts reads both files of this process.
func cgroupMounts() ([]hierarchy, map[string]string, error) {
	mountinfo, err := os.Open("/proc/self/mountinfo")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, &LackError{[]Lack{{"/proc", "/proc is not mounted", "mount -t proc proc /proc"}}}
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

// directory is where the group named by /proc/self/cgroup lies in the file system. In a container only a part of the
// hierarchy is mounted.
func (h hierarchy) directory(group string) string {
	beneath, err := filepath.Rel(h.root, group)
	if err != nil || beneath == ".." || strings.HasPrefix(beneath, "../") {
		beneath = "." // the group is outside of what is mounted: the mounted part is what we have
	}
	return filepath.Join(h.mount, beneath)
}

func (h hierarchy) has(controller string) bool { return slices.Contains(h.controllers, controller) }
