package jailer

import (
	"os"
	"os/exec"
	"testing"

	"golang.org/x/sys/unix"
)

func TestExitingProcesses(t *testing.T) {
	if exiting(os.Getpid()) {
		t.Error("got exiting for this process, expected not")
	}
	command := exec.Command("/bin/true")
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	pid := command.Process.Pid
	if err := unix.Waitid(unix.P_PID, pid, nil, unix.WEXITED|unix.WNOWAIT, nil); err != nil {
		t.Fatal(err)
	}
	if !exiting(pid) {
		t.Error("got not exiting for a zombie, expected exiting")
	}
	if err := command.Wait(); err != nil {
		t.Fatal(err)
	}
	if !exiting(pid) {
		t.Error("got not exiting for a process that is gone, expected exiting")
	}
}
