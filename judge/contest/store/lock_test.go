package store

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// holder starts a process that grades with the file, until end is called.
func holder(t *testing.T, path string) (cmd *exec.Cmd, end func()) {
	t.Helper()
	cmd = another(t, "hold", path)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	end = func() {
		in.Close()
		cmd.Wait() //nolint:errcheck // it may have been killed
	}
	t.Cleanup(end)
	if lines := bufio.NewScanner(out); !lines.Scan() {
		t.Fatal("the holder did not start")
	}
	return cmd, end
}

func TestSecondGraderIsRefusedByName(t *testing.T) {
	path := filepath.Join(t.TempDir(), "results.judge")
	cmd, end := holder(t, path)
	_, err := Open(path, Options{})
	var of *BusyError
	if !errors.As(err, &of) || of.PID != cmd.Process.Pid || of.Since.IsZero() {
		t.Fatalf("expected a BusyError that names pid %d, got %v", cmd.Process.Pid, err)
	}
	want := fmt.Sprintf("%s: pid %d has been grading since %s", path, of.PID, of.Since.Local().Format("15:04"))
	if err.Error() != want {
		t.Errorf("expected %q, got %q", want, err)
	}
	end()
	closed(t, opened(t, path, 1))
}

func TestBusyErrorNamesTheDayUnlessItIsToday(t *testing.T) {
	e := &BusyError{Path: "r.judge", PID: 7, Since: time.Now().Add(-72 * time.Hour)}
	if want := "r.judge: pid 7 has been grading since " + e.Since.Format("2006-01-02 15:04"); e.Error() != want {
		t.Errorf("expected %q, got %q", want, e)
	}
	if e = (&BusyError{Path: "r.judge"}); e.Error() != "r.judge: another process has been grading" {
		t.Errorf("unexpected %q", e)
	}
}

func TestLockOfADeadGraderIsNoObstacle(t *testing.T) {
	path := filepath.Join(t.TempDir(), "results.judge")
	cmd, end := holder(t, path)
	cmd.Process.Kill() //nolint:errcheck // end waits for it
	end()
	if _, err := os.Stat(path + ".lock"); err != nil {
		t.Fatalf("expected a lock file that is left: %v", err)
	}
	closed(t, opened(t, path, 1))
	if err := os.WriteFile(path+".lock", []byte(strings.Repeat("9", 1000)), 0o666); err != nil {
		t.Fatal(err)
	}
	closed(t, opened(t, path, 1))
	if found := names(t, filepath.Dir(path)); len(found) != 1 {
		t.Errorf("expected results.judge alone, got %v", found)
	}
}

// TestPlantedFilesAreRefused: links and FIFOs in the place of the file and of those next to it.
func TestPlantedFilesAreRefused(t *testing.T) {
	plant := map[string]func(from, at string) error{
		"link":      os.Symlink,
		"dangling":  func(from, at string) error { return os.Symlink(from+"-none", at) },
		"hard link": os.Link,
		"FIFO":      func(_, at string) error { return unix.Mkfifo(at, 0o600) },
		"directory": func(_, at string) error { return os.Mkdir(at, 0o700) },
	}
	for _, suffix := range []string{"", ".lock", "-wal", "-shm", "-journal"} {
		for name, make := range plant {
			if name == "hard link" && suffix != "" && suffix != ".lock" {
				continue // SQLite finds no log of its own in it
			}
			t.Run(name+" as NAME"+suffix, func(t *testing.T) {
				dir := t.TempDir()
				path, victim := filepath.Join(dir, "results.judge"), filepath.Join(dir, "victim")
				if suffix != "" {
					closed(t, opened(t, path, 1))
				}
				if err := os.WriteFile(victim, []byte("precious"), 0o600); err != nil {
					t.Fatal(err)
				}
				if err := make(victim, path+suffix); err != nil {
					t.Fatal(err)
				}
				if s, err := Open(path, Options{}); err == nil {
					s.Close()
					t.Error("expected an error of Open")
				}
				if suffix != ".lock" {
					if r, err := OpenReader(path); err == nil {
						r.Close()
						t.Error("expected an error of OpenReader")
					}
				}
				if content, err := os.ReadFile(victim); err != nil || string(content) != "precious" {
					t.Errorf("the victim now holds %q, %v", content, err)
				}
				if _, err := os.Lstat(victim + "-none"); err == nil {
					t.Error("the target of the link was created")
				}
			})
		}
	}
}

func TestNobodyElseCanWriteTheFiles(t *testing.T) {
	old := unix.Umask(0)
	defer unix.Umask(old)
	s, path := created(t, 1)
	defer s.Close()
	for _, name := range names(t, filepath.Dir(path)) {
		info, err := os.Stat(filepath.Join(filepath.Dir(path), name))
		if err != nil || info.Mode().Perm()&0o022 != 0 {
			t.Errorf("%s: expected that only the owner can write, got %v, %v", name, info.Mode(), err)
		}
	}
}

func TestNetworkFileSystemsAreRefused(t *testing.T) {
	tests := []struct {
		magic   int64
		mounted string
		want    string
	}{
		{unix.NFS_SUPER_MAGIC, "nfs4", "NFS"},
		{0xff534d42, "cifs", "SMB"},
		{0xfe534d42, "smb3", "SMB"},
		{unix.V9FS_MAGIC, "9p", "9P"},
		{unix.EXT4_SUPER_MAGIC, "ext4", ""},
		{unix.TMPFS_MAGIC, "tmpfs", ""},
		{unix.OVERLAYFS_SUPER_MAGIC, "overlay", ""},
		{unix.FUSE_SUPER_MAGIC, "fuse.sshfs", "fuse.sshfs"},
		{unix.FUSE_SUPER_MAGIC, "fuseblk", ""},
		{unix.FUSE_SUPER_MAGIC, "", "FUSE"},
	}
	for _, test := range tests {
		if got := networkKind(test.magic, func() string { return test.mounted }); got != test.want {
			t.Errorf("%x, %s: expected %q, got %q", test.magic, test.mounted, test.want, got)
		}
	}
	mounts := "36 35 98:0 /m1 /m2 rw,noatime master:1 - ext3 /dev/root rw\n" +
		"37 35 0:44 / /home/x rw - fuse.sshfs h:/ rw\n"
	if got := mountedType(mounts, "0:44"); got != "fuse.sshfs" {
		t.Errorf("expected fuse.sshfs, got %q", got)
	}
	if got := mountedType(mounts, "0:45"); got != "" {
		t.Errorf("expected nothing, got %q", got)
	}
	err := &NetworkError{"x/results.judge", "NFS"}
	if !strings.Contains(err.Error(), "NFS") || !strings.Contains(err.Error(), "\nhint: ") {
		t.Errorf("expected the file system and a hint, got %q", err)
	}
}
