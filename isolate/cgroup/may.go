package cgroup

import (
	"os"

	"github.com/containerd/cgroups/v3"
	"golang.org/x/sys/unix"
)

// MayCreate returns a *lack.Error if this user certainly cannot create control groups.
func MayCreate() error {
	switch cgroups.Mode() {
	case cgroups.Legacy, cgroups.Hybrid:
		parents, err := v1Parents()
		if err != nil {
			return err
		}
		for i, parent := range parents {
			if err := unix.Access(parent, unix.W_OK); err != nil {
				return v1Refused(v1Controllers[i], &os.PathError{Op: "write to", Path: parent, Err: err})
			}
		}
		return nil
	case cgroups.Unified:
		return mayDivide()
	default:
		return noGroups()
	}
}
