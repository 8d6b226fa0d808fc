package lack

import (
	"io/fs"
	"strings"
)

// PrivilegedFix is for whoever is refused without a setting that refuses: most often root in a container.
const PrivilegedFix = "run it as root with all capabilities; " +
	"in a container, run that privileged, as with docker run --privileged"

// settings refuse user namespaces to ordinary users when they have this value. They are looked at to name the one to
// change, after the kernel has refused.
var settings = [...]struct{ path, refuses, fix string }{
	{"proc/sys/user/max_user_namespaces", "0", "sudo sysctl -w user.max_user_namespaces=15000"},
	{"proc/sys/kernel/unprivileged_userns_clone", "0", "sudo sysctl -w kernel.unprivileged_userns_clone=1"},
	{"proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1", "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"},
}

// RefusingSetting returns the fix for the first setting that refuses, "" without one.
func RefusingSetting(root fs.FS) string {
	for _, s := range settings {
		value, err := fs.ReadFile(root, s.path)
		if err == nil && strings.TrimSpace(string(value)) == s.refuses {
			return s.fix + ", or run as root"
		}
	}
	return ""
}
