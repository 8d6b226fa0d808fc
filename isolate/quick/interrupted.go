package quick

import "golang.org/x/sys/unix"

// Uninterrupted repeats a system call until no signal interrupts it. Unlike the other functions of
// this package the call may wait. Go's runtime sends itself signals all the time (SIGURG, to
// preempt), and control files such as memory.limit_in_bytes give up for one in spite of SA_RESTART.
func Uninterrupted(call func() (int, error)) (int, error) {
	for {
		n, err := call()
		if err != unix.EINTR {
			return n, err
		}
	}
}
