package store

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// networkKinds are the network and cluster file systems, by their number in statfs(2). One file may be open on several
// hosts there, and they share no memory for SQLite's log.
func networkKinds() map[int64]string {
	return map[int64]string{
		unix.NFS_SUPER_MAGIC:   "NFS",
		unix.SMB_SUPER_MAGIC:   "SMB",
		unix.SMB2_SUPER_MAGIC:  "SMB",
		unix.CIFS_SUPER_MAGIC:  "SMB",
		unix.V9FS_MAGIC:        "9P",
		unix.AFS_SUPER_MAGIC:   "AFS",
		unix.AFS_FS_MAGIC:      "AFS",
		unix.CODA_SUPER_MAGIC:  "Coda",
		unix.CEPH_SUPER_MAGIC:  "Ceph",
		unix.NCP_SUPER_MAGIC:   "NCP",
		unix.OCFS2_SUPER_MAGIC: "OCFS2",
		0x01161970:             "GFS2",
		0x0bd00bd0:             "Lustre",
		0x47504653:             "GPFS",
		0x19830326:             "BeeGFS",
		0xaad7aaea:             "PanFS",
		0x786f4256:             "a shared folder of VirtualBox",
		0xbacbacbc:             "a shared folder of VMware",
	}
}

// localFuse are the file systems in user space that keep their files on this host.
func localFuse() []string {
	return []string{
		"fuseblk", "fuse.fuse-overlayfs", "fuse.overlayfs", "fuse.bindfs", "fuse.mergerfs", "fuse.gocryptfs",
		"fuse.encfs", "fuse.securefs", "fuse.cryfs", "fuse.ntfs-3g", "fuse.lxcfs",
	}
}

// networkKind returns the name of a network file system; "": the files are on this host. mounted returns the type in
// mountinfo, which is asked for if the number does not decide.
func networkKind(magic int64, mounted func() string) string {
	if kind := networkKinds()[magic]; kind != "" {
		return kind
	}
	if magic != unix.FUSE_SUPER_MAGIC {
		return ""
	}
	kind := mounted()
	switch {
	case slices.Contains(localFuse(), kind):
		return ""
	case kind == "":
		return "FUSE"
	}
	return kind
}

// checkLocal returns a *NetworkError if the file would be on a network file system.
func (p *place) checkLocal() error {
	var system unix.Statfs_t
	if err := unix.Statfs(p.dir.At("."), &system); err != nil {
		return &os.PathError{Op: "statfs", Path: p.path, Err: err}
	}
	// A number of 32 bits: some architectures return it with a sign.
	if kind := networkKind(int64(uint32(system.Type)), p.mounted); kind != "" {
		return &NetworkError{p.path, kind}
	}
	return nil
}

// mounted returns the type of the file system as proc_pid_mountinfo(5) names it; "": unknown.
func (p *place) mounted() string {
	var stat unix.Stat_t
	if unix.Stat(p.dir.At("."), &stat) != nil {
		return ""
	}
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return ""
	}
	return mountedType(string(mounts), fmt.Sprintf("%d:%d", unix.Major(stat.Dev), unix.Minor(stat.Dev)))
}

func mountedType(mounts, device string) string {
	for line := range strings.Lines(mounts) {
		before, after, ok := strings.Cut(line, " - ")
		fields := strings.Fields(before)
		if kind := strings.Fields(after); ok && len(fields) > 2 && fields[2] == device && len(kind) > 0 {
			return kind[0]
		}
	}
	return ""
}
