package quick

import "golang.org/x/sys/unix"

// Uninterrupted makes a system call until no signal ends it. Go's runtime sends itself signals all the time (SIGURG, to
// preempt), and control files like memory.limit_in_bytes give up for one in spite of SA_RESTART.
func Uninterrupted(call func() (int, error)) (int, error) {
	for {
		n, err := call()
		if err != unix.EINTR {
			return n, err
		}
	}
}
