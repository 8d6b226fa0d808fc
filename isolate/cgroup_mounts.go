package isolate

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// hierarchy is one mounted cgroup hierarchy.
type hierarchy struct {
	controllers []string // of v1; nil: v2
	root        string   // which directory of the hierarchy is mounted
	mount       string   // where
}

// hierarchies lists the mounted cgroup hierarchies, from /proc/self/mountinfo (proc(5)).
func hierarchies(mountinfo io.Reader) ([]hierarchy, error) {
	var found []hierarchy
	lines := bufio.NewScanner(mountinfo)
	for lines.Scan() {
		before, after, ok := strings.Cut(lines.Text(), " - ")
		mount, fs := strings.Fields(before), strings.Fields(after)
		if !ok || len(mount) < 6 || len(fs) < 3 {
			continue
		}
		switch fs[0] {
		case "cgroup":
			found = append(found, hierarchy{strings.Split(fs[2], ","), mount[3], mount[4]})
		case "cgroup2":
			found = append(found, hierarchy{nil, mount[3], mount[4]})
		}
	}
	return found, lines.Err()
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
