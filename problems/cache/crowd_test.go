package cache

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"
)

func TestManyJudgesMakeTheSameEntryAtOnce(t *testing.T) {
	dir := t.TempDir()
	var judges sync.WaitGroup
	for range 8 {
		judges.Go(func() {
			c, err := Open(dir)
			if err != nil {
				t.Error(err)
				return
			}
			for range 20 {
				e := put(t, c, "a", "program")
				if data, err := os.ReadFile(filepath.Join(e.Product, "main")); err != nil || string(data) != "program" {
					t.Errorf("%q, %v", data, err)
				}
				mustRelease(t, e)
			}
		})
	}
	judges.Wait()
	c, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	onlyEntries(t, c, "a")
}

func TestManyJudgesMeetADamagedEntryAtOnce(t *testing.T) {
	for range 20 {
		c := newCache(t)
		mustRelease(t, put(t, c, "a", "program"))
		if err := os.Truncate(filepath.Join(programs(c), "a", "product", "main"), 1); err != nil {
			t.Fatal(err)
		}
		var judges sync.WaitGroup
		for range 4 {
			judges.Go(func() { useOrMake(t, c.Dir, Size, "a") })
		}
		judges.Wait()
	}
}

func TestJudgesThatMakeRoomDoNotTakeFromEachOther(t *testing.T) {
	dir := t.TempDir()
	var judges sync.WaitGroup
	for judge := range 4 {
		judges.Go(func() {
			for i := range 30 {
				useOrMake(t, dir, 3*int64(len("program")), string(rune('a'+(i*(judge+1))%7)))
			}
		})
	}
	judges.Wait()
	c, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(programs(c))
	if err != nil || len(entries) > 3+4 { // a judge can leave what another had in use while it made room
		t.Errorf("%d entries, %v", len(entries), err)
	}
}

// useOrMake does with a cache what a judge does, and checks that the product is whole for as long as it is in use.
func useOrMake(t *testing.T, dir string, most int64, key string) {
	c, err := Open(dir)
	if err != nil {
		t.Error(err)
		return
	}
	c.Most = most
	e, err := c.Store(Programs).Get(key)
	if err == nil && e == nil {
		e, err = c.Store(Programs).Put(key, func(product string) error {
			return os.WriteFile(filepath.Join(product, "main"), []byte("program"), 0o755)
		})
	}
	if err != nil {
		t.Error(err)
		return
	}
	for range 10 {
		if data, err := os.ReadFile(filepath.Join(e.Product, "main")); err != nil || string(data) != "program" {
			t.Errorf("a product in use: %q, %v", data, err)
		}
	}
	if err := e.Release(); err != nil {
		t.Error(err)
	}
}

func TestSweepSparesLivingJudges(t *testing.T) {
	c := newCache(t)
	e, err := c.Store(Programs).Put("a", func(product string) error {
		if _, err := Open(c.Dir); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(product, "main"), []byte("program"), 0o755)
	})
	if err != nil {
		t.Fatal(err)
	}
	mustRelease(t, e)
	if got := content(t, c, "a"); got != "program" {
		t.Errorf("found %q", got)
	}
}

// victimEnv makes this test binary a judge that compiles for ever; see TestMain.
const victimEnv = "JUDGE_TEST_CACHE"

func TestMain(m *testing.M) {
	if dir := os.Getenv(victimEnv); dir != "" {
		compileForEver(dir)
	}
	os.Exit(m.Run())
}

func compileForEver(dir string) {
	c, err := Open(dir)
	if err != nil {
		panic(err)
	}
	e, err := Temporary(func(string) error { return nil })
	if err != nil {
		panic(err)
	}
	defer e.Release()
	c.Store(Programs).Put("a", func(string) error {
		os.Stdout.WriteString("compiling\n")
		_, err := os.Stdin.Read(make([]byte, 1)) // nobody writes: it ends with the test, if not before
		return err
	})
}

func TestSweepRemovesKilledJudges(t *testing.T) {
	dir, tmp := t.TempDir(), t.TempDir()
	t.Setenv("TMPDIR", tmp)
	victim := exec.Command(os.Args[0])
	victim.Env = append(os.Environ(), victimEnv+"="+dir)
	out, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := victim.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 1)); err != nil {
		t.Error(err)
	}
	longAgo(t, tmp)
	afterwards := func() (kept, temporary int) {
		c, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		SweepTemporary()
		return len(namesIn(t, programs(c))), len(namesIn(t, tmp))
	}
	if kept, temporary := afterwards(); kept != 1 || temporary != 1 {
		t.Errorf("of a living judge: %d and %d directories are left, want 1 and 1", kept, temporary)
	}
	victim.Process.Kill()
	victim.Wait()
	if kept, temporary := afterwards(); kept != 0 || temporary != 0 {
		t.Errorf("of a dead judge: %d and %d directories are left", kept, temporary)
	}
}

// longAgo makes what is in a directory old.
func longAgo(t *testing.T, dir string) {
	t.Helper()
	then := time.Now().Add(-time.Hour)
	for _, name := range namesIn(t, dir) {
		if err := os.Chtimes(filepath.Join(dir, name), then, then); err != nil {
			t.Fatal(err)
		}
	}
}

func TestOnlyOldDirectoriesOfOurNameAreSwept(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	for _, name := range []string{"judge-programs", "other", TemporaryPrefix + "1"} {
		writeFile(t, filepath.Join(tmp, name, "file"), "")
	}
	if err := os.Symlink(filepath.Join(tmp, "other"), filepath.Join(tmp, TemporaryPrefix+"link")); err != nil {
		t.Fatal(err)
	}
	longAgo(t, tmp)
	writeFile(t, filepath.Join(tmp, TemporaryPrefix+"young", "file"), "")
	SweepTemporary()
	want := []string{TemporaryPrefix + "link", TemporaryPrefix + "young", "judge-programs", "other"}
	if got := namesIn(t, tmp); !slices.Equal(got, want) {
		t.Errorf("left are %v, want %v", got, want)
	}
}

func namesIn(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func writeFile(t *testing.T, path, content string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(content), 0o644)); err != nil {
		t.Fatal(err)
	}
}
