package kinds

import (
	"judge/isolate/threads"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// TestOtherUsersCannotReachCommunicationPipes: the manager waits while a user of the host looks for them.
func TestOtherUsersCannotReachCommunicationPipes(t *testing.T) {
	tmp, err := os.MkdirTemp("", "open")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(tmp)
	if err := os.Chmod(tmp, 0o777); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", tmp)
	v, err := openVenue(2, true, func() threads.Held { return nil })
	if err != nil {
		t.Fatal(err)
	}
	defer v.close()
	for _, path := range []string{v.dir, filepath.Join(v.dir, "0"), v.all[1].toManager.path, v.all[0].toProcess.path} {
		list := exec.Command("/bin/ls", "-d", path)
		list.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		if out, err := list.CombinedOutput(); err == nil {
			t.Errorf("user 65534 reaches %s", out)
		}
	}
}
