package isolate

import (
	"bytes"
	"context"
	"os"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"judge/isolate/threads"
)

// pipePeer passes a party's output to the stdin of another one, and records it.
type pipePeer struct {
	read, write *os.File
	mu          sync.Mutex
	said        bytes.Buffer
	once        sync.Once
}

func newPipePeer(t *testing.T) *pipePeer {
	t.Helper()
	var fds [2]int
	if err := unix.Pipe2(fds[:], unix.O_CLOEXEC); err != nil {
		t.Fatal(err)
	}
	if err := unix.SetNonblock(fds[1], true); err != nil {
		t.Fatal(err)
	}
	return &pipePeer{read: os.NewFile(uintptr(fds[0]), "read"), write: os.NewFile(uintptr(fds[1]), "write")}
}

func (p *pipePeer) Write(data []byte) (int, error) {
	p.mu.Lock()
	p.said.Write(data)
	p.mu.Unlock()
	return p.write.Write(data)
}

func (p *pipePeer) Full() bool {
	raw, _ := p.write.SyscallConn()
	full := false
	raw.Control(func(fd uintptr) {
		n, err := unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLOUT}}, 0)
		full = n == 0 && err == nil
	})
	return full
}

func (p *pipePeer) CloseWrite() { p.once.Do(func() { p.write.Close() }) }

// conversation runs two Perl programs that are connected by their standard streams.
type conversation struct {
	outcomes [2]Outcome
	said     [2]string
	deadlock []threads.Wait // nil: none
	errs     [2]error
}

func converse(t *testing.T, pool *Pool, limits Limits, programs ...string) (c conversation) {
	t.Helper()
	stop := make(chan struct{})
	m := NewMeeting(MeetingConfig{Parties: 2, OnDeadlock: func(waits []threads.Wait) {
		c.deadlock = waits
		close(stop)
	}})
	to := [2]*pipePeer{newPipePeer(t), newPipePeer(t)} // to[i] is party i's stdin
	var both sync.WaitGroup
	for i, program := range programs {
		both.Go(func() {
			defer m.Leave(i)
			defer to[1-i].CloseWrite()
			c.outcomes[i], c.errs[i] = pool.Run(context.Background(), Command{
				Root: hostRoot(), Args: []string{"/usr/bin/perl", "-e", program}, Core: OnCore(pool.cores[0]), Limits: limits,
				Stdin: to[i].read, Stdout: to[1-i], Stop: stop,
				Interaction: &Interaction{Meeting: m, Party: i, OnStart: func() { to[i].read.Close() }},
			})
		})
	}
	both.Wait()
	for i := range programs {
		c.said[i] = to[1-i].said.String()
	}
	return c
}

const (
	autoflush = "$| = 1; "
	// asks prints a number and reads one that is larger by one, ten times.
	asks = autoflush + "for (1 .. 10) { print qq($_\\n); exit 5 unless <STDIN> == $_ + 1 }"
	// answers continues until the end of its input.
	answers = autoflush + "while (<STDIN>) { print $_ + 1, qq(\\n) }"
)

// TestTwoWritersAreADeadlock: both pipes are full, and the judge holds output that nobody reads.
func TestTwoWritersAreADeadlock(t *testing.T) {
	const floods = autoflush + "print 'x' x 4096 for 1 .. 1000"
	c := converse(t, openPool(t), patient(), floods, floods)
	if c.deadlock == nil || c.deadlock[0].Call != threads.Write || c.deadlock[1].Call != threads.Write {
		t.Errorf("deadlock %+v; %s and %s, %v", c.deadlock, describe(c.outcomes[0]), describe(c.outcomes[1]), c.errs)
	}
}

// TestOnlyEndlessWaitsAreADeadlock: the second party only answers. The first waits in one way, and
// then continues or never does.
func TestOnlyEndlessWaitsAreADeadlock(t *testing.T) {
	pool := openPool(t)
	const talks = "print qq(1\\n); exit(<STDIN> == 2 ? 0 : 5)"
	const pause, timerfdCreate, timerfdSettime, recvfrom, pselect = "34", "283", "286", "45", "270"
	const onAlarm = "$SIG{ALRM} = sub {}; alarm 1; "
	const sigprocmask, sigtimedwait = "14", "128"
	const blocksAlarm = "my $set = pack('q', 1 << 13); my $old = pack('q', 0); " + // SIGALRM is 14
		"syscall(" + sigprocmask + ", 0, $set, $old, 8) == 0 or die; "
	const timerfd = "my $t = syscall(" + timerfdCreate + ", 1, 0); my $in = pack('q4', 0, 0, 1, 0); my $out = pack('q4', 0, 0, 0, 0); " +
		"syscall(" + timerfdSettime + ", $t, 0, $in, $out) == 0 or die; "
	rows := []struct {
		what, program string
		deadlock      bool
	}{
		{"it reads what nobody writes", "<STDIN>", true},
		{"it waits for a descriptor of its own", "pipe my $r, my $w; sysread $r, my $x, 1", true},
		{"it waits for input by select", "my $r = ''; vec($r, 0, 1) = 1; select $r, undef, undef, undef", true},
		{"it fills the other's pipe, and its own", "print 'x' x 4096 for 1 .. 100; print qq(\\n); <STDIN>; " + talks, false},
		{"it sleeps", "select undef, undef, undef, 1; " + talks, false},
		{"it waits for a signal that comes", onAlarm + "syscall " + pause + "; " + talks, false},
		{"it takes a blocked signal that comes", blocksAlarm + "alarm 1; syscall " + sigtimedwait + ", $set, 0, 0, 8; " + talks, false},
		{"it reads until a signal comes", onAlarm + "sysread STDIN, my $x, 1; " + talks, false},
		{"it reads a timer", timerfd + "sysread do { open my $f, '<&=', $t; $f }, my $x, 8; " + talks, false},
		{"it selects on a timer", timerfd + "my $r = ''; vec($r, $t, 1) = 1; select $r, undef, undef, undef; " + talks, false},
		{"it waits for a child that sleeps", "if (!fork) { select undef, undef, undef, 1; exit } wait; " + talks, false},
		{"it waits for a child that dies of its alarm", "if (!fork) { alarm 1; syscall " + pause + " } wait; " + talks, false},
		{"a child of it writes in its stead", "if (!fork) { select undef, undef, undef, 1; " + talks + " } wait", false},
		{"it receives with a timeout", "use Socket; socketpair my $a, my $b, AF_UNIX, SOCK_STREAM, 0; setsockopt $a, SOL_SOCKET, SO_RCVTIMEO, pack('q2', 1, 0); recv $a, my $x, 1, 0; " + talks, false},
	}
	for _, row := range rows {
		t.Run(row.what, func(t *testing.T) {
			c := converse(t, pool, patient(), autoflush+row.program, answers)
			if (c.deadlock != nil) != row.deadlock {
				t.Errorf("deadlock %+v, want %v; outcomes %s and %s, %v; said %q", c.deadlock, row.deadlock, describe(c.outcomes[0]), describe(c.outcomes[1]), c.errs, c.said)
			}
			if !row.deadlock && (describe(c.outcomes[0]) != "Exited 0" || describe(c.outcomes[1]) != "Exited 0") {
				t.Errorf("%s and %s, want that both end; %v", describe(c.outcomes[0]), describe(c.outcomes[1]), c.errs)
			}
		})
	}
}

// TestDelayedJudgeFindsNoDeadlock delays the judge between reading output and passing it on, each
// time for longer than it takes to detect a deadlock. The output arrives all the same, and a real
// deadlock is still detected.
func TestDelayedJudgeFindsNoDeadlock(t *testing.T) {
	pool := openPool(t)
	pool.pause = func() { time.Sleep(3 * blockedFor) }
	if c := converse(t, pool, patient(), asks, answers); c.deadlock != nil || describe(c.outcomes[0]) != "Exited 0" {
		t.Errorf("%s, deadlock %+v, %v; said %q", describe(c.outcomes[0]), c.deadlock, c.errs, c.said)
	}
	if c := converse(t, pool, patient(), asks, autoflush+"<STDIN>; print qq(2\\n); <STDIN>; <STDIN>"); c.deadlock == nil {
		t.Errorf("no deadlock was found; %s and %s", describe(c.outcomes[0]), describe(c.outcomes[1]))
	}
}

// TestClosedStdoutEndsThePeersInput: whichever of the two closes it and continues.
func TestClosedStdoutEndsThePeersInput(t *testing.T) {
	pool := openPool(t)
	const closes = autoflush + "print qq(3\\n4\\n); close STDOUT; my $got = <STDIN>; exit($got == 7 ? 0 : 5)"
	const sums = autoflush + "my $sum = 0; $sum += $_ while <STDIN>; print $sum, qq(\\n)"
	for _, programs := range [][]string{{closes, sums}, {sums, closes}} {
		c := converse(t, pool, patient(), programs...)
		if describe(c.outcomes[0]) != "Exited 0" || describe(c.outcomes[1]) != "Exited 0" || c.deadlock != nil {
			t.Errorf("%s and %s, deadlock %+v, %v", describe(c.outcomes[0]), describe(c.outcomes[1]), c.deadlock, c.errs)
		}
	}
}

// TestClosedStdinDiscardsOutput: what the other party still writes is lost, and blocks nobody.
func TestClosedStdinDiscardsOutput(t *testing.T) {
	pool := openPool(t)
	const closes = autoflush + "close STDIN; select undef, undef, undef, 0.2; print qq(done\\n)"
	const floods = autoflush + "print 'x' x 4096 for 1 .. 1000; exit(<STDIN> eq qq(done\\n) ? 0 : 5)"
	c := converse(t, pool, patient(), closes, floods)
	if describe(c.outcomes[0]) != "Exited 0" || describe(c.outcomes[1]) != "Exited 0" || c.deadlock != nil {
		t.Errorf("%s and %s, deadlock %+v, %v", describe(c.outcomes[0]), describe(c.outcomes[1]), c.deadlock, c.errs)
	}
}

// TestMeetingWallTimeBeginsWithTheLastParty: the second party cannot start for longer than the wall
// limit of the first.
func TestMeetingWallTimeBeginsWithTheLastParty(t *testing.T) {
	pool := openPool(t)
	const wall = 6 * time.Second
	m := NewMeeting(MeetingConfig{Parties: 2, OnDeadlock: func([]threads.Wait) {}})
	done := make(chan Outcome, 1)
	go func() {
		defer m.Leave(0)
		command := shell("exit 0")
		command.Interaction, command.Limits.Wall = &Interaction{Meeting: m}, wall
		outcome, err := pool.Run(context.Background(), command)
		if err != nil {
			t.Error(err)
		}
		done <- outcome
	}()
	select {
	case outcome := <-done:
		t.Fatalf("the first party did not wait: %s", describe(outcome))
	case <-time.After(wall + wall/6):
	}
	m.Leave(1)
	if outcome := <-done; describe(outcome) != "Exited 0" || outcome.Usage.Wall > wall {
		t.Errorf("%s after %v", describe(outcome), outcome.Usage.Wall)
	}
}
